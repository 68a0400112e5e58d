"""Projects on the command line: which there are, their history, out as a file and in again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pso_core.actions.projects import export_project, files_left_behind, find_project, import_project
from pso_core.actions.project_file import FORMAT, LARGEST, moment
from pso_core.actions.rows import standard_of
from pso_core.cli.command import Answer, Command, answer
from pso_core.domain.people import COMMAND_LINE
from pso_core.domain.rows import Row
from pso_core.errors import NotFound, PsoError
from pso_core.steps import KINDS
from pso_core.steps.naming import Told, field_label, person_name, row_name, shown_value
from pso_core.store import Change, RowChange
from pso_core.store.files import written
from pso_core.text.phrases import below
from pso_core.text.thaidate import say_moment

_NOTHING = Row("", "", 0, 0, {})
_HEAD = 200  # bytes at the beginning of a project file, in which it says what it is


def listing(command: Command) -> Answer:
    """Every project, the oldest first."""
    say = command.say
    with command.office() as office:
        heads, agencies, about = office.store.heads(), office.store.everywhere("agency"), office.store.everywhere("project")
    found, lines = [], []
    for project_id, head in heads.items():
        name, project = agencies.get(project_id, _NOTHING)["name"], about.get(project_id, _NOTHING)
        shown = " – ".join(filter(None, (name or say("app.no_agency"), project["title"])))  # an agency's cycles differ in it
        lines.append(say("cli.projects.one", id=project_id, name=shown, when=say_moment(head.occurred_at, say)))
        found.append({
            "id": project_id,
            "name": name,
            "title": project["title"],
            "standard": project["standard"],
            "example": bool(project["example"]),
            "changes": head.seq,
            "changed_at": moment(head.occurred_at),
            "digest": head.digest,
        })  # fmt: skip
    return answer(lines or say("cli.projects.none"), {"projects": found})


def history(command: Command) -> Answer:
    """The newest changes, newest first."""
    with command.office() as office:
        project_id = find_project(office, command.words.project)
        state = office.store.state(project_id)
        told = Told(command.say, standard_of(state), state, office.store.people.all())
        changes = office.store.history(project_id, limit=command.words.limit)
    lines = [line for change in changes for line in _change_lines(told, change)]
    return answer(lines, {"project": project_id, "changes": [_change(told, change) for change in changes]})


def export(command: Command) -> Answer:
    """One file; an earlier project file there is replaced when all of the new one is written. Refuses file_exists of any other."""
    target = Path(command.words.file).resolve()
    if not _may_be_replaced(target):
        raise PsoError("file_exists", file=target.name)
    with command.office() as office:
        project_id = find_project(office, command.words.project)
        data = export_project(office, COMMAND_LINE, project_id, command.words.history)
    with written(target) as part:
        part.write_bytes(data)
    done = {"project": project_id, "file": str(target), "bytes": len(data), "history": command.words.history}
    return answer(command.say("cli.export.done", project=project_id, file=str(target)), done)


def take_in(command: Command) -> Answer:
    data = _read(Path(command.words.file))
    with command.office() as office:
        before = {person.id for person in office.store.people.all()}
        project_id = import_project(office, COMMAND_LINE, data)
        everybody, left_behind = office.store.people.all(), files_left_behind(office, project_id)
    strangers = [{"id": person.id, "name": person.name} for person in everybody if person.id not in before]
    lines = [command.say("cli.import.done", project=project_id)]
    if strangers:
        lines.append(command.say("cli.import.strangers", count=len(strangers)))
    if left_behind:
        lines.append(command.say("cli.import.files_missing", count=left_behind))
    if not any(person.active for person in everybody):
        lines.append(command.say("cli.import.nobody"))
    return answer(lines, {"project": project_id, "new_people": strangers, "files_missing": left_behind})


def _may_be_replaced(path: Path) -> bool:
    """Nothing, an empty file, or one that begins as project files do."""
    try:
        with path.open("rb") as file:
            begins = file.read(_HEAD)
            return not begins or FORMAT.encode() in begins
    except FileNotFoundError:
        return True
    except OSError:
        return False


def _read(path: Path) -> bytes:
    """Refuses file_not_found, file_unreadable; of a file that is too large only as much as shows that it is."""
    try:
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except FileNotFoundError:
        raise NotFound("file_not_found", file=path.name) from None
    except OSError:
        raise PsoError("file_unreadable", file=path.name or str(path)) from None


def _change(told: Told, change: Change) -> dict[str, Any]:
    return {
        "seq": change.seq,
        "occurred_at": moment(change.occurred_at),
        "person_id": change.person_id,
        "person": person_name(told, change.person_id),
        "action": change.action,
        "reason": change.reason,
        "digest": change.digest,
        "rows": [
            {"id": row.entity_id, "kind": row.kind, "revision": row.revision, "before": row.before, "after": row.after}
            for row in change.rows
        ],
    }


def _change_lines(told: Told, change: Change) -> list[str]:
    say = told.say
    what = say(
        "cli.history.change", seq=change.seq, when=say_moment(change.occurred_at, say), who=person_name(told, change.person_id),
        action=say(f"history.{change.action}"),
    )  # fmt: skip
    reason = [below(say("cli.history.reason", reason=_one_line(change.reason)))] if change.reason else []
    return [what, *reason, *(line for row in change.rows for line in _row_lines(told, row))]


def _row_lines(told: Told, row: RowChange) -> list[str]:
    name = row_name(Row(row.entity_id, row.kind, row.revision, 0, row.after or row.before or {}), told)
    kind = told.say(f"fields.{row.kind}.one")
    if row.after is None:
        return [below(told.say("cli.history.gone", kind=kind, name=name))]
    lines = [below(told.say("cli.history.row", kind=kind, name=name))]
    before = row.before or {}
    for field in KINDS[row.kind].field:
        old, new = before.get(field), row.after.get(field)
        if old != new and not (old is None and new == {}):
            shown = {side: _one_line(shown_value(told, row.kind, field, value)) for side, value in (("old", old), ("new", new))}
            lines.append(below(told.say("cli.history.field", field=field_label(told, row.kind, field), **shown), 2))
    return lines


def _one_line(text: str) -> str:
    return " ".join(text.split())
