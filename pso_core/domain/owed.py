"""What each person owes and by when, and what a manager should know of a project in the morning."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Protocol

from pso_core.domain.calendar import day_of
from pso_core.domain.expiry import certificates, expiring, is_new
from pso_core.domain.people import Person
from pso_core.domain.progress import due_of, percent_on, reports_by_activity
from pso_core.domain.rows import ProjectState, Row
from pso_core.domain.workdays import Workdays
from pso_core.domain.worksheets import FILLS_A_WORKSHEET, still_to_fill
from pso_core.text.thaidate import thai_day

SOON = timedelta(14)
LATELY = timedelta(7)
HANDED_IN = ("submitted", "endorsed")  # whoever owns the step has done their part
WORKSHEET_STEP = "vision"

Needs = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Owed:
    """Something to be done by its due day.

    `kind`: phase · activity · finding · worksheet · sign_off (a step that waits for its owner's decision) · milestone ·
    certificate (see `domain.expiry`). `name` is what people typed, empty where the step's name says it. `days`: working days
    left to the due day, below 0 after it, None without one. `revision` and `seq` are those of the row that says when.
    `months`: of a certificate, the reminder it has come to (12 · 6 · 3 · 1 months before its last day; 0 after that day);
    None for anything else. `reminded_on`: the day on which that reminder began; `expires`: its last day.
    `on_days_off`: no working day is left although the due day is still to come.
    """

    project_id: str
    kind: str
    entity_id: str
    step: str
    name: str
    owner: str | None
    due: date | None
    days: int | None
    overdue: bool
    revision: int
    seq: int
    months: int | None = None
    reminded_on: date | None = None
    expires: date | None = None
    on_days_off: bool = False


@dataclass(frozen=True, slots=True)
class Waiting:
    """A step that was handed in: `state` submitted (to be endorsed) or endorsed (to be approved), by the first of `people` who looks."""

    step: str
    state: str
    since: date | None
    people: tuple[str, ...]
    due: date | None
    days: int | None


@dataclass(frozen=True, slots=True)
class Blocked:
    """A step whose first day has come but that needs another one approved first; `people` hold that one."""

    step: str
    needs: str
    people: tuple[str, ...]


class Slipped(Protocol):
    """A due date that moved, by so many working days, at that moment, to the day `after`; None where nothing is due any more."""

    @property
    def occurred_at(self) -> datetime: ...

    @property
    def working_days(self) -> int: ...

    @property
    def after(self) -> date | None: ...


@dataclass(frozen=True, slots=True)
class Digest:
    """What a manager should know today. `soon` is due within SOON, `slipped` became due later within LATELY, what moved last first;
    `expiring`: a certificate in its last twelve months (after them it is overdue)."""

    overdue: tuple[Owed, ...]
    soon: tuple[Owed, ...]
    slipped: tuple[Any, ...]
    waiting: tuple[Waiting, ...]
    blocked: tuple[Blocked, ...]
    expiring: tuple[Owed, ...] = ()

    @property
    def empty(self) -> bool:
        return not (self.overdue or self.soon or self.slipped or self.waiting or self.blocked or self.expiring)


@dataclass(frozen=True)
class Morning:
    """A project, the people and the calendar on a day. `renewed`: a later cycle of it has a certificate that is valid longer."""

    state: ProjectState
    people: tuple[Person, ...]
    calendar: Workdays
    today: date
    renewed: bool = False

    def owed(self, kind: str, step: str, row: Row, *, name: str = "", owner: str | None = None, entity_id: str = "") -> Owed:
        due = due_of(row)
        late = due is not None and due < self.today
        days = None if due is None else self.calendar.between(self.today, due)
        off = days == 0 and due > self.today
        return Owed(self.state.project_id, kind, entity_id or row.id, step, name, owner, due, days, late, row.revision, row.seq, on_days_off=off)

    def active(self, *roles: str) -> tuple[str, ...]:
        return tuple(person.id for person in self.people if person.active and person.role in roles)


def owed_by(morning: Morning, person_id: str) -> tuple[Owed, ...]:
    """All that this person owes, on every screen, in mail and in their calendar: overdue first, then by due day, last what has none."""
    found = (*phases(morning), *activities(morning), *findings(morning), *worksheets(morning), *decisions(morning), *certificates(morning))
    handed_in = {row["step"] for row in morning.state.of("sign_off") if row["state"] in HANDED_IN}
    return in_order(one for one in found if person_id in owing(morning, one) and not (one.kind == "phase" and one.step in handed_in))


def owing(morning: Morning, one: Owed) -> tuple[str, ...]:
    """Who owes it: its owner; a phase without one the facilitators, who find it an owner, and without any the head."""
    if one.owner or one.kind != "phase":
        return (one.owner,) if one.owner else ()
    return morning.active("facilitator") or morning.active("head")


def next_thing(items: Sequence[Owed]) -> Owed | None:
    """The one to do next, of items in order."""
    return items[0] if items else None


def in_order(items: Iterable[Owed]) -> tuple[Owed, ...]:
    """The overdue first, then by due day; last what has none. A certificate that has ended stands behind all else that is
    overdue: however long ago that was, nobody can renew it today but by the steps and activities before it."""
    return tuple(sorted(items, key=lambda one: (not one.overdue, one.overdue and one.kind == "certificate", one.due or date.max, one.project_id, one.kind, one.entity_id)))


def pressing(items: Iterable[Owed], today: date) -> tuple[Owed, ...]:
    """What is overdue, due within SOON, or waits for a decision, and a certificate whose reminder is new: what one is reminded of."""
    return tuple(one for one in items if one.kind == "sign_off" or (one.due is not None and one.due <= today + SOON) or is_new(one, today))


def escalated(items: Iterable[Owed], working_days: int) -> tuple[Owed, ...]:
    """What is overdue by at least so many working days."""
    return tuple(one for one in items if one.overdue and one.days <= -working_days)


def digest(morning: Morning, slips: Iterable[Slipped], needs: Needs) -> Digest:
    """`needs`: {step: the steps that must be approved before it}."""
    items, ending = in_order((*phases(morning), *activities(morning), *findings(morning), *milestones(morning))), tuple(expiring(morning))
    return Digest(
        tuple(one for one in in_order((*items, *ending)) if one.overdue and one.kind != "milestone"),
        tuple(one for one in items if one.due is not None and morning.today <= one.due <= morning.today + SOON),
        _lately(slips, morning.today),
        waiting(morning),
        tuple(blocked(morning, needs)),
        tuple(one for one in ending if not one.overdue),
    )


def phases(morning: Morning) -> Iterator[Owed]:
    """The phases that are not approved, whoever has them now."""
    for row in morning.state.of("phase"):
        if _sign_off(morning, row["step"]) != "approved":
            yield morning.owed("phase", row["step"], row, owner=row["owner"])


def activities(morning: Morning) -> Iterator[Owed]:
    """The activities that are not done. They are of the plan and finished in the next step, where they are reported."""
    reports = reports_by_activity(morning.state.of("progress"))
    for row in morning.state.of("activity"):
        if percent_on(reports.get(row.id, ()), morning.today) < 100:
            yield morning.owed("activity", "execution", row, name=row["name"], owner=row["owner"])


def findings(morning: Morning) -> Iterator[Owed]:
    """What the auditors found and nobody has put right."""
    for row in morning.state.of("finding"):
        if not row["resolved_on"]:
            yield morning.owed("finding", "certification", row, name=row["text"], owner=row["owner"])


def milestones(morning: Morning) -> Iterator[Owed]:
    """Everybody's: they have no owner, and one that is over is over."""
    for row in morning.state.of("milestone"):
        dated = Row(row.id, row.kind, row.revision, row.seq, {"due": row["day"]})
        yield morning.owed("milestone", "schedule", dated, name=row["name"])


def worksheets(morning: Morning) -> Iterator[Owed]:
    """One for each of the working group who has filled in none yet, due with the step it belongs to."""
    if _sign_off(morning, WORKSHEET_STEP) == "approved":
        return
    phase = _phase(morning, WORKSHEET_STEP)
    for person_id in morning.active(*FILLS_A_WORKSHEET):
        if place := still_to_fill(morning.state, person_id):
            yield morning.owed("worksheet", WORKSHEET_STEP, phase, owner=person_id, entity_id=place)


def decisions(morning: Morning) -> Iterator[Owed]:
    """Each waiting step once for everybody who may decide."""
    for row in morning.state.of("sign_off"):
        if row["state"] in HANDED_IN:
            phase = _phase(morning, row["step"])  # says when: a calendar sees that it moved
            due = Row(row.id, "sign_off", row.revision + phase.revision, max(row.seq, phase.seq), {"due": phase["due"]})
            for person_id in _deciders(morning, row):
                yield morning.owed("sign_off", row["step"], due, owner=person_id)


def waiting(morning: Morning) -> tuple[Waiting, ...]:
    """The steps that wait for somebody's decision, the earliest due first."""
    rows = [row for row in morning.state.of("sign_off") if row["state"] in HANDED_IN]
    found = [_waiting(morning, row) for row in rows]
    return tuple(sorted(found, key=lambda one: (one.due or date.max, one.step)))


def blocked(morning: Morning, needs: Needs) -> Iterator[Blocked]:
    """Every step that cannot be handed in though its first day has come, once for each step it needs; the earliest due first."""
    for row in sorted(morning.state.of("phase"), key=lambda row: (row["due"] or "", row["step"])):
        begun = row["start"] and day_of(row["start"]) <= morning.today
        if begun and _sign_off(morning, row["step"]) != "approved":
            for step in needs.get(row["step"], ()):
                if _sign_off(morning, step) != "approved":
                    yield Blocked(row["step"], step, _holders(morning, step))


def _waiting(morning: Morning, row: Row) -> Waiting:
    at, due = row[f"{row['state']}_at"], day_of(_phase(morning, row["step"])["due"])
    since = thai_day(datetime.fromisoformat(at)) if at else None
    days = None if due is None else morning.calendar.between(morning.today, due)
    return Waiting(row["step"], row["state"], since, _deciders(morning, row), due, days)


def _deciders(morning: Morning, row: Row) -> tuple[str, ...]:
    """Who may endorse what another has submitted; without anybody else, and to approve, the head."""
    endorsers = [one for one in morning.active("facilitator") if one != row["submitted_by"]] if row["state"] == "submitted" else ()
    return tuple(endorsers) or morning.active("head")


def _holders(morning: Morning, step: str) -> tuple[str, ...]:
    if _sign_off(morning, step) in HANDED_IN:
        return _deciders(morning, morning.state.get(f"sign_off:{step}"))
    phase = morning.state.get(f"phase:{step}")
    return (phase["owner"],) if phase and phase["owner"] else ()


def _sign_off(morning: Morning, step: str) -> str:
    row = morning.state.get(f"sign_off:{step}")
    return row["state"] if row else "draft"


def _phase(morning: Morning, step: str) -> Row:
    """Of a step without one, a row in which nothing stands."""
    return morning.state.get(f"phase:{step}") or Row("", "phase", 0, 0, {})


def _lately(slips: Iterable[Slipped], today: date) -> tuple[Any, ...]:
    recent = (one for one in slips if timedelta(0) <= today - thai_day(one.occurred_at) <= LATELY)
    later = sorted((one for one in recent if one.working_days > 0 or one.after is None), key=lambda one: one.after or date.max)
    return tuple(sorted(later, key=lambda one: one.occurred_at, reverse=True))
