"""Living through a project's days: what happens on each by a story, and what the program said every morning."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from pso_core.actions.approvals import watch_all
from pso_core.actions.people import disable
from pso_core.actions.remind import remind
from pso_core.actions.reminders import digest_of, morning_of
from pso_core.actions.rows import Edit, save_rows
from pso_core.actions.schedule import Slip, ledger, move_activity
from pso_core.actions.transfer import transfer_work
from pso_core.domain.owed import Digest, Owed, digest, owed_by
from pso_core.domain.people import Person
from pso_core.domain.rows import ProjectState
from pso_core.office import Office
from pso_core.steps.sign_off import NEEDS
from pso_core.text.phrases import phrases
from pso_core.text.thaidate import BANGKOK
from tests.actions.conftest import Clock
from tests.actions.planned import HEAD, move, seen
from tests.building import PEOPLE, write

WAKES, WORKS, CLOSES = time(6, 30), time(6, 45), time(18, 30)  # in Thailand; until seven it is still yesterday in UTC
MEETS = 2  # Wednesday, the weekday on which the digest is printed for the working group

Event = Callable[[Office, str], object]
Story = Mapping[str, Sequence[Event]]  # {day: what happens on it, an hour apart}


@dataclass(frozen=True)
class Look:
    """A morning: the project as it was, and what the program said of it. `lines`: what the command printed, when the group meets."""

    today: date
    state: ProjectState
    digest: Digest
    ledger: tuple[Slip, ...]
    owed: Mapping[str, tuple[Owed, ...]]
    lines: Sequence[str]


def live(office: Office, clock: Clock, project: str, story: Story, first: date, last: date) -> Iterator[Look]:
    """Every day: the clock comes by, somebody reads the digest, people work, the clock comes by again."""
    assert all(first.isoformat() <= day <= last.isoformat() for day in story)
    look = None
    for number in range((last - first).days + 1):
        today = first + timedelta(number)
        clock.now = datetime.combine(today, WAKES, BANGKOK)
        watch_all(office)
        yield (look := _look(office, project, look))
        clock.now = datetime.combine(today, WORKS, BANGKOK)
        for event in story.get(today.isoformat(), ()):
            event(office, project)
            clock.move(hours=1)
        clock.now = datetime.combine(today, CLOSES, BANGKOK)
        watch_all(office)


def _look(office: Office, project: str, before: Look | None) -> Look:
    today, state = office.today(), office.store.state(project)
    morning = morning_of(office, state)
    owed = {person.id: owed_by(morning, person.id) for person in office.store.people.all()}
    slips = before.ledger if before and before.state.seq == state.seq else ledger(office, project)  # for speed: what is read is the history
    told = digest(morning, slips, NEEDS) if today.weekday() != MEETS else digest_of(office, state)  # which reads the same anew
    lines = remind(office, phrases("th"), project)[0] if today.weekday() == MEETS else ()
    return Look(today, state, told, slips, owed, lines)


# What happens ------------------------------------------------------------------------------------------------------------


def signs(act: Callable[..., object], by: Person, step: str, *reason: str) -> Event:
    return lambda office, project: act(office, by, project, step, seen(office, project), *reason)


def plans(act: Callable[..., object], *how: Any) -> Event:
    return lambda office, project: act(office, project, *how)


def moves(step: str, reason: str = "", **typed: Any) -> Event:
    return lambda office, project: move(office, project, step, reason=reason, **typed)


def postpones(by: Person, activity: str, due: str, reason: str) -> Event:
    return lambda office, project: move_activity(office, by, project, f"activity:{activity}", due, seen(office, project), reason)


def writes(by: Person, *rows: Mapping[str, Any]) -> Event:
    """`rows`: kind and, where it is not new, id with its values; one save."""
    edits = [Edit(row["kind"], row.get("id"), {name: value for name, value in row.items() if name not in ("kind", "id")}) for row in rows]
    return lambda office, project: save_rows(office, by, project, edits, seen(office, project))


def reports(by: Person, activity: str, on: str, percent: int, **more: str) -> Event:
    return writes(by, {"kind": "progress", "activity": f"activity:{activity}", "reported_on": on, "percent": percent, "person": by.id, **more})


def scores(by: Person, indicator: str) -> Event:
    def score(office: Office, project: str) -> None:
        round_ = office.store.state(project).of("round")[0].id
        write(office, project, "score", by=by, round=round_, indicator=indicator, level=2, rationale="ดูจากทะเบียนรับเรื่อง", evidence="แฟ้ม 05-009")

    return score


def leaves(person: Person) -> Event:
    return lambda office, _: disable(office, PEOPLE["administrator"], person.id)


def hands_over(giver: Person, taker: Person, reason: str) -> Event:
    return lambda office, project: transfer_work(office, HEAD, project, giver.id, taker.id, seen(office, project), reason)
