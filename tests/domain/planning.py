"""Plans for tests of the schedule: any phases on any calendar, and what really happened of them."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as some

from pso_core import holidays, standards
from pso_core.domain.schedule import Actual, Phase
from pso_core.domain.workdays import Workdays
from pso_core.steps.columns import STEP_KEYS

OFFICE = Workdays.of(holidays.known())
DAY = timedelta(1)
days = some.dates(date(2024, 1, 1), date(2028, 12, 31))
calendars = some.one_of(some.just(OFFICE), some.frozensets(days, max_size=60).map(Workdays))
shares = some.fractions(0, 1, max_denominator=20)


@some.composite
def plans(draw, pins: bool = True) -> tuple[Phase, ...]:
    """One to nine phases in any order, each after one of the others or none, never in a circle."""
    steps = draw(some.permutations(STEP_KEYS))[: draw(some.integers(1, 9))]
    made = [_phase(draw, steps, place, pins) for place in range(len(steps))]
    return tuple(draw(some.permutations(made)))


def _phase(draw, steps, place: int, pins: bool) -> Phase:
    after = draw(some.none() | some.sampled_from(steps[:place])) if place else None
    start, due = sorted((draw(days), draw(days)))
    pinned = {"start": start, "due": due, "pinned_start": draw(some.booleans()), "pinned_due": draw(some.booleans())} if pins else {}
    return Phase(steps[place], draw(some.integers(1, 40)), after, draw(some.integers(0, 60)), **pinned)


@some.composite
def lived(draw, phases: tuple[Phase, ...], until: date) -> dict[str, Actual]:
    """What really happened of them up to a day."""
    found = {}
    for phase in phases:
        started = draw(some.none() | some.dates(until - 400 * DAY, until))
        finished = draw(some.none() | some.dates(started, until)) if started else None
        found[phase.step] = Actual(started, finished, draw(some.none() | shares))
    return found


def template(standard: str = "pso1101") -> tuple[Phase, ...]:
    guides = (guide for guide in standards.load(standard).guides if guide.step in STEP_KEYS)
    return tuple(Phase(guide.step, guide.days, guide.after, guide.overlap) for guide in guides)


def of(phases, step: str) -> Phase:
    return next(phase for phase in phases if phase.step == step)


def followers(phases, step: str) -> set[str]:
    """The step and all that wait for it, directly or not."""
    found = {step}
    while more := {phase.step for phase in phases if phase.after in found} - found:
        found |= more
    return found


def dates(phases) -> dict[str, tuple[date, date]]:
    return {phase.step: (phase.start, phase.due) for phase in phases}


def end(phases) -> date:
    return max(phase.due for phase in phases)
