"""When the next cycle must begin for the new certificate to be there before the old one ends, at this project's own pace."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from pso_core.domain.schedule import Actual, Phase, circle, lay_back, lay_out
from pso_core.domain.workdays import Workdays


@dataclass(frozen=True, slots=True)
class Length:
    """How long something takes, in working days, and how that is known: measured (this project took so long) · planned (so
    long in its schedule) · standard (so long in the standard's)."""

    days: int
    source: str
    measured: tuple[date, date] | None = None


@dataclass(frozen=True, slots=True)
class Renewal:
    """The next cycle laid back from the day on which the certificate `expires`.

    `ready`: the day on which the request must be ready, `decision` working days before that. `begin`: the last day on which
    the first phase may begin; `late`: working days since then, 0 until it is over. `phases` as laid out from it, `lengths`
    {step: Length}. `granted`: when a certificate can be expected if the cycle begins today.
    """

    expires: date
    decision: Length
    ready: date
    begin: date
    late: int
    phases: tuple[Phase, ...]
    lengths: Mapping[str, Length]
    granted: date

    @property
    def passed(self) -> bool:
        return self.late > 0


def lengths(template: Sequence[Phase], planned: Sequence[Phase], actuals: Mapping[str, Actual], calendar: Workdays, most: int) -> dict[str, Length]:
    """{step: how long it takes}, for each phase of the standard's `template`: what it took where it began and ended, both days
    counted and at most `most`; else what was planned; else the standard's."""
    plans = {phase.step: phase.days for phase in planned}
    return {phase.step: _length(phase, plans.get(phase.step), actuals.get(phase.step, Actual()), calendar, most) for phase in template}


def waited(asked: date | None, granted: date | None, planned: int | None, usual: int, calendar: Workdays, most: int) -> Length:
    """How many working days after the request the decision comes: as it was (at most `most`), as it was planned, else as the standard reckons."""
    if asked and granted and granted >= asked:
        return Length(min(calendar.between(asked, granted), most), "measured", (asked, granted))
    return Length(usual, "standard") if planned is None else Length(planned, "planned")


def renewal(
    template: Sequence[Phase], planned: Sequence[Phase], taking: Mapping[str, Length], decision: Length, expires: date, calendar: Workdays, today: date
) -> Renewal:
    """The phases follow each other as they did in the project, else as in the standard's `template`; typed dates are of the former cycle.

    Where both together would go in a circle, for the project has only some of the phases, all follow as in the standard's.
    ValueError when the days would lie before the year 1.
    """
    was = {phase.step: phase for phase in planned}
    followed = tuple(was.get(phase.step, phase) for phase in template)
    anew = tuple(_anew(phase, taking[phase.step].days) for phase in (template if circle(followed) else followed))
    ready = calendar.shift(expires, -decision.days)
    phases = lay_back(anew, calendar, ready)
    begin = min(phase.start for phase in phases)
    soonest = max(phase.due for phase in lay_out(anew, calendar, today))
    late = max(0, calendar.between(begin, calendar.next_working(today)))
    return Renewal(expires, decision, ready, begin, late, phases, dict(taking), calendar.shift(soonest, decision.days))


def _length(phase: Phase, planned: int | None, actual: Actual, calendar: Workdays, most: int) -> Length:
    if actual.started and actual.finished and actual.finished >= actual.started:
        took = max(1, calendar.count(actual.started, actual.finished))
        return Length(min(took, most), "measured", (actual.started, actual.finished))
    return Length(phase.days, "standard") if planned is None else Length(planned, "planned")


def _anew(phase: Phase, days: int) -> Phase:
    return replace(phase, days=days, start=None, due=None, pinned_start=False, pinned_due=False)
