"""The history in a project file: changes that follow one another, and a chain of digests that vouches for them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from pso_core.actions.project_file import moment
from pso_core.actions.project_json import Part, shown
from pso_core.actions.project_rows import FileRow, read_content, read_kind
from pso_core.domain.people import WITHOUT_ACCOUNT
from pso_core.errors import Problem
from pso_core.store import START, Entry, Redacted, Write, digest_of_change
from pso_core.text.phrases import LANGUAGES, phrases
from pso_core.text.thaidate import in_years_of_dates

CHANGE = ("seq", "occurred_at", "person_id", "action", "session_id", "reason", "rows", "digest")
ROW = ("id", "kind", "revision", "removed", "body")
DIGEST = re.compile("[0-9a-f]{64}")
_SESSION = re.compile("[A-Za-z0-9_-]*")

Recorded = tuple[Entry, list[Write], list[tuple[str, int]]]


@dataclass
class FileHistory:
    """`bodies`: every body of every row that is not empty; `current`: those that make the project now."""

    changes: list[Recorded] = field(default_factory=list)
    bodies: list[FileRow] = field(default_factory=list)
    current: dict[str, FileRow] = field(default_factory=dict)


def read_history(part: Part, people: Collection[str]) -> FileHistory:
    """The history in a part. What does not fit together is noted there."""
    found, walk = FileHistory(), _Walk()
    for number, change in enumerate(part.list(), 1):
        if not change.object(CHANGE, ("redactions",)):
            continue
        entry = _read_entry(change, number, people)
        rows = list(_read_rows(change.part("rows")))
        redactions = [pair for item in _redactions(change) if (pair := _read_redaction(item))]
        writes = [walk.write(row, number) for row in rows]
        for item, *pair in redactions:
            walk.redact(item, tuple(pair), number)
        found.bodies += [row.row for row in rows if row.row]
        found.changes.append((entry, writes, [(entity_id, revision) for _, entity_id, revision in redactions]))
    if not part.problems:  # what was not read would be missed here
        walk.finish()
    found.current = {entity_id: item.row for entity_id, item in walk.newest.items() if item.row}
    return found


def note_broken_chain(part: Part, changes: list[Recorded]) -> None:
    """Recomputes every digest and notes the first that differs; all after it would differ too."""
    digest = START
    for number, (entry, writes, redactions) in enumerate(changes):
        digest = digest_of_change(digest, number + 1, entry, writes, redactions)
        said = part.part("history").part(number).part("digest")
        if said.value != digest:
            said.note(Problem("digest_differs"))
            return
    if part.value["digest"] != digest:
        part.part("digest").note(Problem("digest_differs"))


@dataclass(frozen=True)
class _Item:
    """One row of one change: what it says of itself, and its body where it has one."""

    part: Part
    row: FileRow | None

    def __getitem__(self, name: str) -> Any:
        return self.part.value.get(name)


class _Walk:
    """Follows every row from revision to revision."""

    def __init__(self) -> None:
        self.newest: dict[str, _Item] = {}
        self._emptied: dict[tuple[str, int], tuple[_Item, int]] = {}

    def write(self, item: _Item, seq: int) -> Write:
        before = self.newest.get(item["id"])
        wanted = before["revision"] + 1 if before else 1
        if item["revision"] != wanted:
            item.part.part("revision").note(Problem("revision_out_of_order", facts={"wanted": wanted}))
        if before and before["kind"] != item["kind"]:
            item.part.part("kind").note(Problem("kind_changed", facts={"kind": before["kind"]}))
        self.newest[item["id"]] = item
        body = item["body"]
        if item["redacted"]:
            self._emptied[item["id"], item["revision"]] = item, seq
            body = Redacted(item["redacted"])
        return Write(item["id"], item["kind"], item["revision"] - 1, body)

    def redact(self, part: Part, which: tuple[str, int], seq: int) -> None:
        """Only a body that an earlier change wrote can be emptied, and only once."""
        _, written = self._emptied.pop(which, (None, seq))
        if written >= seq:
            part.note(Problem("redaction_unfounded"))

    def finish(self) -> None:
        for item, _ in self._emptied.values():
            item.part.part("redacted").note(Problem("redaction_unrecorded"))
        for item in self.newest.values():
            if item["redacted"]:
                item.part.part("redacted").note(Problem("newest_redacted"))


def _read_entry(change: Part, number: int, people: Collection[str]) -> Entry:
    seq, said = change.part("seq"), change.value
    if seq.whole() and seq.value != number:
        seq.note(Problem("seq_out_of_order", facts={"wanted": number}))
    _read_person(change.part("person_id"), people)
    action = change.part("action")
    if action.text() and not all(phrases(language).has(f"history.{action.value}") for language in LANGUAGES):
        action.note(Problem("not_a_choice", facts={"value": shown(action.value)}))
    change.part("session_id").text(_SESSION)
    change.part("reason").text()
    change.part("digest").text(DIGEST)
    when = _read_moment(change.part("occurred_at"))
    return Entry(said["person_id"], said["action"], when, said["session_id"], said["reason"])


def _read_person(part: Part, people: Collection[str]) -> None:
    if part.text() and part.value not in people and part.value not in WITHOUT_ACCOUNT:
        part.note(Problem("person_not_listed"))


def _read_moment(part: Part) -> datetime:
    try:
        when = datetime.strptime(part.value, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
    except (TypeError, ValueError):
        when = None
    if when is None or moment(when) != part.value or not in_years_of_dates(when):
        part.note(Problem("moment_unreadable", facts={"value": shown(part.value)}))
    return when or datetime.min.replace(tzinfo=UTC)


def _read_rows(part: Part) -> Iterator[_Item]:
    ids: set[str] = set()
    for item in part.list():
        row = _read_row(item)
        if row and row["id"] in ids:
            item.part("id").note(Problem("id_repeated"))
        elif row:
            ids.add(row["id"])
            yield row


def _read_row(part: Part) -> _Item | None:
    if not part.object(ROW, ("redacted",)) or not part.part("revision").whole():
        return None
    removed, redacted = part.value["removed"], "redacted" in part.value
    if not isinstance(removed, bool):
        part.part("removed").note(Problem("wrong_type"))
        return None
    if redacted and not part.part("redacted").text(DIGEST):
        return None
    if not (removed or redacted):
        row = read_content(part)
        return _Item(part, row) if row else None
    if part.value["body"] is not None or (removed and redacted):
        part.part("body").note(Problem("body_not_empty"))
        return None
    kind, fit = read_kind(part), part.part("id").text(most=100)
    return _Item(part, None) if kind and fit else None


def _redactions(change: Part) -> Any:
    return change.part("redactions").list() if "redactions" in change.value else ()


def _read_redaction(part: Part) -> tuple[Part, str, int] | None:
    if not (part.object(("id", "revision")) and part.part("id").text(most=100) and part.part("revision").whole()):
        return None
    return part, part.value["id"], part.value["revision"]
