"""What a project looks like: its gaps, its weights, and its plan on the calendar."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from fractions import Fraction
from types import MappingProxyType

from pso_core.documents.blocks import Picture
from pso_core.documents.case import Case
from pso_core.documents.drawings import Bar, Gap, Span, bars_picture, gaps_picture, spans_picture
from pso_core.documents.records import figure
from pso_core.domain.exact import exact
from pso_core.domain.rows import Row
from pso_core.domain.scoring import CriterionScore
from pso_core.domain.timeline import spans
from pso_core.steps.naming import name_of
from pso_core.text.thaidate import say_date

LABELS = 5  # days named over a calendar


def gaps(case: Case) -> Iterator[Picture]:
    """Each criterion from what is proven over what is claimed to its target; nothing before anything is scored."""
    if not (said := _gaps_said(case)):
        return
    now, proven = case.totals
    rows = [_gap(case, claimed, proven.of(claimed.criterion)) for claimed in now.criteria if claimed.applicable]
    legend = [(mark, case.say(f"documents.pictures.{mark}")) for mark in ("proven", "now", "target")]
    yield gaps_picture(rows, case.standard.top_level, legend, case.language, said)


def weights(case: Case) -> Iterator[Picture]:
    """The weights as bars, in the standard's order."""
    if not (rows := _weighed(case)):
        return
    heaviest = max(exact(row["weight"]) for row in rows)
    bars = [Bar(name_of(case, "criteria", row["criterion"]), Fraction(exact(row["weight"]), heaviest), figure(case, row["weight"])) for row in rows]
    yield bars_picture(bars, case.language, _weights_said(case))


def calendar(case: Case) -> Iterator[Picture]:
    """The activities with dates, the earliest first."""
    found = [Span(one.activity["name"], one.start, one.end, one.open) for one in spans(case.state.of("activity"))]
    if found:
        yield spans_picture(found, [(day, say_date(day, case.say)) for day in _days(found)], case.language, _calendar_said(case))


def _gaps_said(case: Case) -> str:
    if (totals := case.totals) is None:
        return ""
    facts = {"total": figure(case, totals[0].total), "proven": figure(case, totals[1].total), "maximum": figure(case, totals[0].maximum)}
    return case.say("documents.pictures.gaps_said", **facts)


def _weights_said(case: Case) -> str:
    return case.say("documents.pictures.weights_said", count=count) if (count := len(_weighed(case))) else ""


def _calendar_said(case: Case) -> str:
    return case.say("documents.pictures.calendar_said", count=count) if (count := len(spans(case.state.of("activity")))) else ""


CHARTS: Mapping[str, Callable[[Case], Iterator[Picture]]] = MappingProxyType({"gaps": gaps, "weights": weights, "calendar": calendar})
SAID: Mapping[str, Callable[[Case], str]] = MappingProxyType({"gaps": _gaps_said, "weights": _weights_said, "calendar": _calendar_said})


def charts(case: Case) -> dict[str, Picture]:
    """Each that there is, in the order of the report."""
    return {key: picture for key, drawn in CHARTS.items() for picture in drawn(case)}


def charts_said(case: Case) -> dict[str, str]:
    """The same, each with what it shows in words; nothing is drawn."""
    return {key: told for key, said in SAID.items() if (told := said(case))}


def _weighed(case: Case) -> list[Row]:
    return [row for key in case.standard.choices("criteria") if (row := case.state.get(f"weight:{key}")) and row["weight"]]


def _gap(case: Case, claimed: CriterionScore, proven: CriterionScore) -> Gap:
    nothing = case.say("app.nothing")
    level = figure(case, claimed.level) if claimed.scored else nothing
    said = f"{level} → {figure(case, claimed.target) if claimed.target is not None else nothing}"
    shown = proven.level if claimed.scored else None
    return Gap(name_of(case, "criteria", claimed.criterion), claimed.level, shown, claimed.target, said)


def _days(found: list[Span]) -> Iterator[date]:
    """First days of months, evenly over the calendar."""
    first, last = min(one.first for one in found), max(one.last for one in found)
    months = list(_months(first, last))
    step = -(-len(months) // LABELS) or 1
    yield from months[::step]


def _months(first: date, last: date) -> Iterator[date]:
    month = first.replace(day=1)
    while month <= last:
        if month >= first:
            yield month
        month = (month + timedelta(32)).replace(day=1)
