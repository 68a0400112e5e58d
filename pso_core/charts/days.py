"""A calendar along the bottom of a chart: days as whole numbers, each label said by whoever knows the era."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, timedelta

import altair as alt

from pso_core.domain.calendar import fiscal_year

MONTHS_APART = (1, 2, 3, 6, 12, 24, 60, 120, 300)
WEEK = 7
AT_MOST = 6  # labels side by side
FISCAL_APART = (1, 3, 6, 12, 60, 120)
MONTH = 30  # days, at least
MOST_TICKS = 60


def ticks(first: date, last: date, at_most: int = AT_MOST) -> list[date]:
    """Round days to label from first to last: starts of months as often as there is room, days where there are no two."""
    for apart in MONTHS_APART:
        starts = _month_starts(first, last, apart)
        if len(starts) <= at_most:
            break
    if len(starts) >= 2:
        return starts
    length = (last - first).days
    steps = min(at_most - 1, max(1, length // WEEK))
    return [first + timedelta(length * step // steps) for step in range(steps + 1)] if length else [first]


def days_axis(labels: Mapping[date, str], first: date, last: date) -> alt.X:
    """The field `day` (ordinal numbers of days) with these days labelled."""
    said = {str(day.toordinal()): label for day, label in labels.items()}
    axis = alt.Axis(
        values=[day.toordinal() for day in labels], labelExpr=f"{json.dumps(said)}[datum.value]", labelOverlap=True,
        labelFlush=True, grid=False, title=None,
    )  # fmt: skip
    return alt.X("day:Q", axis=axis, scale=alt.Scale(domain=[first.toordinal(), last.toordinal()], nice=False, zero=False))


def _month_starts(first: date, last: date, apart: int) -> list[date]:
    """Starts of every so many months of the calendar year, so that a year's first is always among them."""
    number = first.year * 12 + first.month - 1 + (first.day > 1)
    number += -number % apart
    found = []
    while (start := date(number // 12, number % 12 + 1, 1)) <= last:
        found.append(start)
        number += apart
    return found


def fiscal_ticks(first: date, last: date) -> list[tuple[date, int]]:
    """Starts of months from first to last, each with the months between labels when only such as this one are labelled:
    1 for any, 3 for a quarter, 6 for half a year, 12 for the fiscal year (1 October), more for round ones of these.

    Never many: months are left out of a long time, then quarters.
    """
    apart = next((apart for apart in FISCAL_APART if (last - first).days <= apart * MONTH * MOST_TICKS), FISCAL_APART[-1])
    return [(start, max(every for every in FISCAL_APART if _months_from_october(start) % every == 0)) for start in _fiscal_starts(first, last, apart)]


def _fiscal_starts(first: date, last: date, apart: int) -> list[date]:
    """Starts of every so many months of the fiscal year."""
    starts = _month_starts(first, last, 1)
    return [start for start in starts if _months_from_october(start) % apart == 0]


def _months_from_october(day: date) -> int:
    """0 on the first of October of a fiscal year whose number in the Buddhist Era ends in 0 or 5: what is round there is round here."""
    return (fiscal_year(day) % 10) * 12 + (day.month - 10) % 12
