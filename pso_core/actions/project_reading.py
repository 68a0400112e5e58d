"""Reading a project file whole: all of it is checked before anything is written, and every mistake is told with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from pso_core import standards
from pso_core.actions.people import LONGEST_NAME
from pso_core.actions.project_file import FORMAT, LARGEST, VERSION
from pso_core.actions.project_history import Recorded, note_broken_chain, read_history
from pso_core.actions.project_json import Part, parsed, shown
from pso_core.actions.project_rows import FileRow, note_mistakes, note_mistakes_between, read_row
from pso_core.domain.people import WITHOUT_ACCOUNT, Person
from pso_core.domain.standard import Standard
from pso_core.errors import DamagedFile, Mistakes, Problem, PsoError

HEAD = ("format", "version", "standard", "people")
PERSON = ("id", "name", "position", "division")
_PERSON_ID = re.compile(r"[A-Za-z0-9_.:@-]{1,60}")
_CAPITAL = re.compile("[A-Z]")


@dataclass(frozen=True)
class ProjectFile:
    """A file without a mistake. `people`: those that the project names. `history`: its changes, None in a file without."""

    standard: Standard
    people: tuple[Person, ...]
    rows: tuple[FileRow, ...]
    history: tuple[Recorded, ...] | None = None
    digest: str | None = None


def read_project_file(data: bytes, today: date) -> ProjectFile:
    """`today`: what a file reports of later days is a mistake. Refuses project_file_large, project_file_broken, project_file_deep, project_file_foreign, project_file_newer, Mistakes."""
    file = Part(parsed(data, LARGEST))
    _refuse_foreign(file)
    with_history = "history" in file.value
    complete = file.object((*HEAD, "history", "digest") if with_history else (*HEAD, "rows"))
    standard, people = _read_standard(file.part("standard")), _read_people(file.part("people"))
    read = _read_history if with_history else _read_rows
    found = read(file, standard, people, today) if complete else None
    if found is None or file.problems:
        raise Mistakes(file.problems, "file_mistakes")
    return found


def _refuse_foreign(file: Part) -> None:
    if not isinstance(file.value, dict) or file.value.get("format") != FORMAT:
        raise DamagedFile("project_file_foreign")
    version = file.value.get("version")
    if isinstance(version, int) and version > VERSION:
        raise PsoError("project_file_newer")
    if type(version) is not int or version != VERSION:
        file.part("version").note(Problem("not_a_choice", facts={"value": shown(version)}))


def _read_standard(part: Part) -> Standard | None:
    if part.value in standards.available():
        return standards.load(part.value)
    part.note(Problem("standard_not_installed", facts={"value": shown(part.value)}))
    return None


def _read_people(part: Part) -> dict[str, Person]:
    found: dict[str, Person] = {}
    for item in part.list():
        if not item.object(PERSON):
            continue
        fit = [item.part("id").text(_PERSON_ID), *(item.part(name).text(most=LONGEST_NAME) for name in PERSON[1:])]
        if item.value["id"] in (*found, *WITHOUT_ACCOUNT):
            item.part("id").note(Problem("id_repeated"))
        elif all(fit):
            found[item.value["id"]] = _stranger(**{name: item.value[name] for name in PERSON})
    return found


def _stranger(id: str, name: str, position: str, division: str) -> Person:
    """Somebody this office does not know may be read about, and do nothing.

    No login anybody chose has a colon, no id a plus: ids that differ only in case get logins that differ without regard to it.
    """
    login = "imported:" + _CAPITAL.sub(lambda letter: f"+{letter[0].lower()}", id)
    return Person(id, login, name, position, division, "viewer", False)


def _read_rows(file: Part, standard: Standard | None, people: dict[str, Person], today: date) -> ProjectFile | None:
    rows: dict[str, FileRow] = {}
    items = list(file.part("rows").list())
    for item in items:
        row = read_row(item)
        if row and row.id in rows:
            item.part("id").note(Problem("id_repeated"))
        elif row:
            rows[row.id] = row
    if standard is None:
        return None
    some = tuple(rows.values())
    note_mistakes(some, standard, people)
    all_read = isinstance(file.value["rows"], list) and len(some) == len(items)
    note_mistakes_between(some, file.part("rows"), standard, all_read, today)
    return ProjectFile(standard, tuple(_named(people, some)), some)


def _read_history(file: Part, standard: Standard | None, people: dict[str, Person], today: date) -> ProjectFile | None:
    found = read_history(file.part("history"), people)
    if standard is None:
        return None
    all_read = not file.problems
    note_mistakes(found.bodies, standard, people)
    note_mistakes_between(found.current.values(), file.part("history"), standard, all_read, today)
    if file.problems:
        return None
    note_broken_chain(file, found.changes)
    authors = {entry.person_id for entry, _, _ in found.changes}
    named = tuple(_named(people, found.bodies, authors))
    return ProjectFile(standard, named, tuple(found.current.values()), tuple(found.changes), file.value["digest"])


def _named(people: dict[str, Person], rows: tuple[FileRow, ...] | list[FileRow], authors: set[str] = frozenset()) -> Iterator[Person]:
    """The people that somebody needs to know, because the project names them."""
    fields = {row.kind.name: [field.name for field in row.kind.fields if field.type == "person"] for row in rows}
    wanted = {row.body[name] for row in rows for name in fields[row.kind.name]} | authors
    return (person for id_, person in people.items() if id_ in wanted)
