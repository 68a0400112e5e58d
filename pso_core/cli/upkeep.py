"""Beginning, copying, restoring and checking a database on the command line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pso_core import store
from pso_core.actions import administration, first_start
from pso_core.actions.projects import import_example
from pso_core.cli.command import REFUSED, Answer, Command, answer
from pso_core.cli.server import ask_for_backup
from pso_core.domain.people import COMMAND_LINE
from pso_core.errors import NotFound, PsoError
from pso_core.office import now_utc, opened, private
from pso_core.steps.naming import Told, mistake_sentence
from pso_core.store import Copied, contents_of


def init(command: Command) -> Answer:
    """A new database, empty or with the example. Refuses already_started when there is something in it."""
    with opened(command.database) as office:
        if office.store.people.exist() or office.store.projects():
            raise PsoError("already_started")
        if command.words.example:
            first_start.fill_with_example(office, import_example)
        made = "cli.init.example" if command.words.example else "cli.init.empty"
        lines = [command.say(made, file=str(command.database))]
        return answer(lines, {"database": str(command.database), "projects": list(office.store.projects())})


def backup(command: Command) -> Answer:
    """Through the running server where one has the database, else directly. Refuses folder_not_found: a mistyped
    folder would keep the backup where nobody looks for it."""
    target = Path(command.words.file).resolve()
    if not target.parent.is_dir():
        raise NotFound("folder_not_found", folder=str(target.parent))
    copied = ask_for_backup(command.database, target)
    if copied is None:
        with command.office() as office:
            copied = _told(administration.copy_to(office, COMMAND_LINE, target))
    lines = _copied_lines(command, "cli.backup.done", copied)
    if copied["files"]:
        lines.append(command.say("cli.backup.files", files=copied["files"], folder=_folder(copied)))
    return answer(lines, copied)


def restore(command: Command) -> Answer:
    with private():
        copied = _told(store.restore(command.words.file, command.database, now_utc()))
    lines = _copied_lines(command, "cli.restore.done", copied)
    if copied["aside"]:
        lines.append(command.say("cli.restore.aside", file=copied["aside"]))
    if copied["files"]:
        lines.append(command.say("cli.restore.files", files=copied["files"], folder=_folder(copied)))
    if copied["missing"]:
        lines.append(command.say("cli.restore.missing", count=copied["missing"]))
    return answer(lines, copied)


def check(command: Command) -> Answer:
    """Everything found wrong: the chain of digests, the witness, every row against its model. Status 1 when anything is."""
    with command.office() as office:
        findings = administration.check_data(office, COMMAND_LINE)
        told = [{"code": one.code, "facts": one.facts, "sentence": command.say(f"refusals.findings.{one.code}", **one.facts)} for one in findings]
        damaged = {one.facts.get("project_id") for one in findings}
        rows = [_row_told(command, one) for one in administration.check_rows(office, COMMAND_LINE, damaged)]
        projects = [{"id": id_, "changes": head.seq, "digest": head.digest} for id_, head in office.store.heads().items()]
    found = [*told, *rows]
    lines = [one["sentence"] for one in told] + [f"{one['place']}: {one['sentence']}" for one in rows]
    lines.append(command.say("cli.check.found", count=len(found)) if found else _all_well(command, projects))
    return answer(lines, {"findings": told, "mistakes": rows, "projects": projects}, REFUSED if found else 0)


def _all_well(command: Command, projects: list[dict]) -> str:
    return command.say("cli.check.well", projects=len(projects), changes=sum(one["changes"] for one in projects))


def _row_told(command: Command, wrong: administration.WrongRow) -> dict:
    said = {"place": wrong.place, "code": wrong.problem.code, "sentence": mistake_sentence(Told(command.say), wrong.problem)}
    return {"project": wrong.project_id, "row": wrong.entity_id, "field": wrong.field, **said}


def _told(copied: Copied) -> dict:
    return {
        "path": str(copied.path), "sha256": copied.sha256, "bytes": copied.bytes, "projects": copied.projects, "changes": copied.changes,
        "findings": [{"code": one.code, "facts": one.facts} for one in copied.findings], "aside": str(copied.aside) if copied.aside else None,
        "files": copied.files, "missing": copied.missing,
    }  # fmt: skip


def _folder(copied: dict) -> str:
    """Where the attached files of a copy are."""
    return str(contents_of(Path(copied["path"])))


def _copied_lines(command: Command, sentence: str, copied: dict) -> list[str]:
    return [command.say(sentence, file=copied["path"], projects=copied["projects"], changes=copied["changes"]), *_findings(command, copied)]


def _findings(command: Command, copied: dict) -> Iterator[str]:
    yield command.say("cli.backup.digest", digest=copied["sha256"])
    for one in copied["findings"]:
        yield command.say(f"refusals.findings.{one['code']}", **one["facts"])
