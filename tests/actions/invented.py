"""Invented projects for hypothesis: valid by the models, with a history of edits, removals and redactions."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from hypothesis import strategies as st

from pso_core import standards
from pso_core.steps import KINDS, Field, Kind
from pso_core.steps.columns import STEP_KEYS
from pso_core.steps.rules import allowed_choices
from pso_core.steps.values import empty, read_value
from pso_core.store import Entry, Redacted, Store, Write
from tests.building import PEOPLE

STANDARD = standards.load()
PERSON_IDS = [person.id for person in PEOPLE.values()]
REFERRED_TO = {field.of for kind in KINDS.values() for field in kind.fields if field.type == "reference"}
LEAVES = set(KINDS) - REFERRED_TO - {"project"}  # nothing is left behind that refers to one of these
EARLIEST, LATEST = date(1990, 1, 1), date(2026, 1, 1)
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30) | st.text("กขคำเ๙ \n\t\u200b\u0301e<>'=;☃🙂", max_size=30)
MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2030, 1, 1)).map(lambda moment: moment.replace(tzinfo=UTC))

Change = tuple[Entry, list[Write], list[tuple[str, int]]]


@dataclass
class Invented:
    """Changes as `Store.replay` takes them; `redactions` (change, entity, revision) are made when the project is written."""

    changes: list[tuple[Entry, list[Write]]] = field(default_factory=list)
    redactions: list[tuple[str, int, str]] = field(default_factory=list)

    def write_to(self, store: Store, project_id: str) -> None:
        for entry, writes in self.changes:
            said = {"person_id": entry.person_id, "action": entry.action, "session_id": entry.session_id, "reason": entry.reason}
            store.commit(project_id, writes, occurred_at=entry.occurred_at, **said)
        for entity_id, revision, reason in self.redactions:
            store.redact(project_id, entity_id, revision, person_id=PERSON_IDS[0], reason=reason)


@st.composite
def projects(draw: st.DrawFn) -> Invented:
    """A project of one to six changes, a few rows each."""
    made, rows = Invented(), _Rows(draw)
    made.changes.append((draw(entries("create")), [rows.write(KINDS["project"], {"standard": STANDARD.key, "title": None, "example": None})]))
    for _ in range(draw(st.integers(0, 5))):
        if writes := rows.some_writes():
            made.changes.append((draw(entries("save")), writes))
    made.redactions = [(*which, draw(reasons())) for which in rows.overwritten if draw(st.booleans())]
    return made


def entries(action: str) -> st.SearchStrategy[Entry]:
    return st.builds(Entry, st.sampled_from([*PERSON_IDS, "cli"]), st.just(action), MOMENTS, st.sampled_from(["", "a1-B_2"]), reasons())


def reasons() -> st.SearchStrategy[str]:
    return TEXTS.map(lambda text: read_value(KINDS["vision"].field["text"], text) or "")


class _Rows:
    """The rows so far, so that a new one refers to what is there and repeats no code."""

    def __init__(self, draw: st.DrawFn):
        self._draw = draw
        self._bodies: dict[str, dict[str, Any]] = {}
        self._kinds: dict[str, Kind] = {}
        self._revisions: dict[str, int] = {}
        self._number = 0
        self.overwritten: list[tuple[str, int]] = []

    def some_writes(self) -> list[Write]:
        written: dict[str, Write] = {}
        for _ in range(self._draw(st.integers(1, 4))):
            write = self._one()
            if write and write.entity_id not in written:
                written[write.entity_id] = write
                self._note(write)
        return list(written.values())

    def write(self, kind: Kind, body: dict[str, Any], entity_id: str | None = None) -> Write:
        write = self._as_write(kind, body, entity_id)
        self._note(write)
        return write

    def _one(self) -> Write | None:
        removable = [id_ for id_ in self._bodies if self._kinds[id_].name in LEAVES]
        if removable and self._draw(st.integers(0, 4)) == 0:
            entity_id = self._draw(st.sampled_from(removable))
            return Write(entity_id, self._kinds[entity_id].name, self._revisions[entity_id], None)
        kind = self._draw(st.sampled_from([kind for kind in KINDS.values() if self._possible(kind)]))
        again = [id_ for id_ in self._bodies if self._kinds[id_] is kind and not kind.key]
        entity_id = self._draw(st.sampled_from([None, *again])) if not kind.single else None
        return self._as_write(kind, self._body(kind), entity_id)

    def _as_write(self, kind: Kind, body: dict[str, Any], entity_id: str | None) -> Write:
        self._number += 1
        entity_id = entity_id or kind.id_of(body) or f"{kind.name}:{self._number:012x}"
        return Write(entity_id, kind.name, self._revisions.get(entity_id, 0), body)

    def _note(self, write: Write) -> None:
        if write.base_revision and write.entity_id in self._bodies:
            self.overwritten.append((write.entity_id, write.base_revision))
        self._revisions[write.entity_id] = write.base_revision + 1
        self._kinds[write.entity_id] = KINDS[write.kind]
        if write.body is None:
            del self._bodies[write.entity_id]
        else:
            self._bodies[write.entity_id] = dict(write.body)

    def _possible(self, kind: Kind) -> bool:
        return all(self._ids(field.of) for field in kind.fields if field.type == "reference" and field.required)

    def _ids(self, kind: str) -> list[str]:
        return [id_ for id_ in self._bodies if self._kinds[id_].name == kind]

    def _body(self, kind: Kind) -> dict[str, Any]:
        if kind.name == "project":
            return {"standard": STANDARD.key, "title": self._draw(_texts(kind.field["title"])), "example": True}
        body = {**empty(kind), **{field.name: self._value(kind, field) for field in kind.fields}}
        if kind.name == "round" and any(self._bodies[id_]["closed_on"] is None for id_ in self._ids("round")):
            body["closed_on"] = body["closed_on"] or body["opened_on"]
        return _made_consistent(body)

    def _value(self, kind: Kind, field: Field) -> Any:
        if field.name in kind.unique:
            self._number += 1
            return self._number if field.type == "whole" else f"{self._number}"
        if field.type == "reference":
            ids = self._ids(field.of)
            return self._draw(st.sampled_from(ids if field.required else [None, *ids]))
        return self._draw(_values(field))


def _values(field: Field) -> st.SearchStrategy[Any]:
    values = _BY_TYPE[field.type](field)
    return values if field.required or field.type == "levels" else st.none() | values


def _texts(field: Field) -> st.SearchStrategy[str | None]:
    texts = TEXTS.map(lambda text: read_value(field, text[: field.limit]))
    return texts.map(lambda text: text or "ก") if field.required else texts


def _numbers(field: Field) -> st.SearchStrategy[Any]:
    least, most = field.ge if field.ge is not None else -(10**6), field.le if field.le is not None else 10**6
    if field.type == "whole":
        return st.integers(int(least), int(most))
    return (st.integers(int(least), int(most)) | st.floats(least, most, allow_subnormal=False)).map(lambda number: read_value(field, number))


_BY_TYPE = {
    "text": _texts,
    "whole": _numbers,
    "number": _numbers,
    "flag": lambda field: st.booleans(),
    "day": lambda field: st.dates(EARLIEST, LATEST).map(date.isoformat),
    "moment": lambda field: MOMENTS.map(lambda moment: f"{moment:%Y-%m-%dT%H:%M:%SZ}"),
    "choice": lambda field: st.sampled_from(allowed_choices(field, STANDARD)),
    "person": lambda field: st.sampled_from(PERSON_IDS),
    "levels": lambda field: st.dictionaries(st.sampled_from(STANDARD.choices("criteria")), st.integers(1, 3), max_size=3),
}


def _made_consistent(body: dict[str, Any]) -> dict[str, Any]:
    """What the models ask between the fields of a row."""
    for first, last in (("start", "due"), ("start", "target"), ("opened_on", "closed_on"), ("valid_from", "valid_to"), ("dated", "valid_until")):
        if body.get(first) and body.get(last) and body[last] < body[first]:
            body[last] = body[first]
    if needed := {"from_start": "start", "to_target": "target"}.get(body.get("direction")):
        body[needed] = body[needed] or body["start"] or body["target"] or EARLIEST.isoformat()
    if "overlap" in body and body["after"] and STEP_KEYS.index(body["after"]) >= STEP_KEYS.index(body["step"]):
        body["after"] = None  # steps that wait for each other are in no project
    if body.get("not_applicable"):
        body.update(level=None, rationale=body["rationale"] or "ก")
    if body.get("threshold") is not None:
        body["threshold"] = body["level"]  # thresholds rise with their levels
    return body


__all__ = ["Change", "Invented", "Redacted", "projects"]
