"""A case as sheets: the summary, then each step with every field of its rows and the sums that follow."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from pso_core.documents.case import Case
from pso_core.documents.grids import Cell, Formula, Grid, Sheet, check, quoted, total
from pso_core.documents.parts.schedule import slip_head, slip_line
from pso_core.documents.records import kind_title, shown, told
from pso_core.domain.calendar import day_of
from pso_core.domain.exact import exact
from pso_core.domain.rows import Row
from pso_core.domain.scoring import CriterionScore, Score, score_of
from pso_core.domain.standard import Tier
from pso_core.steps import ALL_STEPS, KINDS, Field, Kind, Step
from pso_core.steps.naming import field_label, gap_sentence, name_of
from pso_core.steps.readiness import PartReadiness
from pso_core.steps.rules import allowed_choices
from pso_core.steps.tasks import points_of, tasks_of
from pso_core.steps.weights import TOTAL

WIDTHS = MappingProxyType({"whole": 12, "number": 16, "flag": 12, "day": 16, "moment": 20, "choice": 24, "reference": 28, "person": 24, "levels": 26})
NARROW, LINE, PARAGRAPHS = 16, 32, 46
LABELS, WIDE = 34, 70
TASKS = 0  # the place of the tasks among the grids of their sheet


def sheets(case: Case) -> Iterator[Sheet]:
    yield _summary(case)
    for step in ALL_STEPS:
        yield Sheet(sheet_name(case, step), _heading(case, case.say(f"steps.{step.key}.name")), tuple(_grids(case, step)))


def sheet_name(case: Case, step: Step) -> str:
    name = case.say(f"steps.{step.key}.short")
    return case.say("documents.workbook.sheet", number=step.number, name=name) if step.number else name


def rows_in_order(case: Case, kind: Kind) -> list[Row]:
    """The rows of a kind, grouped by what they belong to in its order."""
    grouping = kind.key or tuple(field for field in (kind.sums or ())[1:] if field)
    return sorted(case.state.of(kind.name), key=lambda row: [_place(case, kind.field[name], row[name]) for name in grouping])


def _grids(case: Case, step: Step) -> Iterator[Grid]:
    for kind in step.kinds:
        yield _ADDED.get(kind.name, _of_kind)(case, kind)
    if step.key in _MORE:
        yield from _MORE[step.key](case)


def _of_kind(case: Case, kind: Kind) -> Grid:
    return _record(case, kind) if kind.single else _list(case, kind)


def _record(case: Case, kind: Kind) -> Grid:
    """A kind that a project has once: its fields one under another."""
    row = case.state.only(kind.name)
    lines = tuple((field_label(case, kind.name, field.name), _value(case, row, field) if row else None) for field in kind.told)
    return Grid(_title(case, kind), _item_and_value(case), lines, (LABELS, WIDE), facts=True)


def _list(case: Case, kind: Kind, foot: Callable[[list[Row]], tuple[tuple[Cell, ...], ...]] = lambda rows: ()) -> Grid:
    rows = rows_in_order(case, kind)
    head = tuple(field_label(case, kind.name, field.name) for field in kind.told)
    lines = tuple(tuple(_value(case, row, field) for field in kind.told) for row in rows)
    empty = case.say("documents.nothing_yet", kind=case.say(f"fields.{kind.name}.many"))
    return Grid(_title(case, kind), head, lines, tuple(map(_width, kind.told)), foot(rows) if rows else (), empty)


def _summing(name: str, must_make: int | None) -> Callable[[Case, Kind], Grid]:
    """A list with the sum of one field under it, and under that whether it is what it must be."""

    def grid(case: Case, kind: Kind) -> Grid:
        column = list(kind.field).index(name)

        def foot(rows: list[Row]) -> tuple[tuple[Cell, ...], ...]:
            values = tuple(exact(row[name] or 0) for row in rows)
            lines = [_foot_line(kind, column, case.say("documents.total"), total(column, values))]
            if must_make is not None:
                lines.append(_foot_line(kind, column, case.say("documents.workbook.check"), _check(case, column, must_make, sum(values))))
            return tuple(lines)

        return _list(case, kind, foot)

    return grid


def _check(case: Case, column: int, wanted: int, came_to: Fraction) -> Formula:
    say = case.say
    wrong = f"{say('documents.workbook.wrong')} · {say('documents.must_make', total=wanted)}"
    return check(column, wanted, came_to, say("documents.workbook.right"), wrong)


def _foot_line(kind: Kind, column: int, word: str, formula: Formula) -> tuple[Cell, ...]:
    return tuple(formula if place == column else word if place == column - 1 else None for place in range(len(kind.told)))


def _people(case: Case) -> Iterator[Grid]:
    head = tuple(case.say(f"documents.people.{name}") for name in ("name", "position", "division", "role"))
    rows = tuple((p.name, p.position, p.division, case.say(f"choices.role.{p.role}")) for p in case.people if p.active)
    yield Grid(case.say("documents.workbook.people"), head, rows, (LINE, LINE, LINE, 24))


def _tiers(case: Case) -> Iterator[Grid]:
    """What the tasks of each tier make, beside its quota."""
    head = tuple(case.say(f"documents.workbook.{word}") for word in ("item", "points", "quota", "check"))
    rows = tuple(_tier(case, tier) for tier in case.standard.tiers)
    sums = total(1, tuple(_points(case, tier) for tier in case.standard.tiers)), total(2, tuple(tier.quota for tier in case.standard.tiers))
    yield Grid(case.say("documents.workbook.tiers"), head, rows, (30, 16, 12, 24), ((case.say("documents.total"), *sums, None),))


def _tier(case: Case, tier: Tier) -> tuple[Cell, ...]:
    columns, points = list(KINDS["task"].field), _points(case, tier)
    place = {name: columns.index(name) for name in ("tier", "points")}
    added = Formula(lambda at: f"=SUMIF({at.whole(place['tier'], TASKS)},{at.here(0)},{at.whole(place['points'], TASKS)})", points)
    right, wrong = case.say("documents.workbook.right"), case.say("documents.workbook.wrong")
    good = points == tier.quota
    compared = Formula(lambda at: f"=IF({at.here(1)}={at.here(2)},{quoted(right)},{quoted(wrong)})", right if good else wrong, good)
    return (name_of(case, "tiers", tier.key), added, tier.quota, compared)


def _points(case: Case, tier: Tier) -> int:
    return points_of(tasks_of(case.state, tier.key))


def _working(case: Case) -> Iterator[Grid]:
    """Weight × level of the current round, criterion by criterion; what is not scored stays empty and adds nothing."""
    say, score = case.say, case.review.score or score_of(case.state, case.standard, None)
    words = ("criterion", "weight", "level", "weighted", "target", "gap")
    head = tuple(say(f"documents.assessment.columns.{word}") for word in words)
    rows = tuple(_working_line(case, one) for one in score.criteria)
    foot = (
        (say("documents.total"), _weights_that_apply(case, score), None, _total(score), None, None),
        (say("documents.assessment.maximum"), None, None, Formula(lambda at: f"={at.above(1, 1)}*{score.top_level}", score.maximum), None, None),
        (say("documents.assessment.percent"), None, None, _percent(score.percent), None, None),
        *([(say("documents.workbook.provisional"), None, None, say("choices.flag.yes"), None, None)] if score.provisional else []),
    )
    yield Grid(say("documents.assessment.working"), head, rows, (LINE, 14, 20, 18, 16, 18), foot)


def _weights_that_apply(case: Case, score: Score) -> Formula:
    """Their sum: what is not applicable keeps its weight in its line and adds none."""
    excused = quoted(field_label(case, "score", "not_applicable"))
    return Formula(lambda at: f"=SUM({at.whole(1)})-SUMIF({at.whole(2)},{excused},{at.whole(1)})", score.weight)


def _total(score: Score) -> Formula:
    """Nothing where nothing is scored or no weight applies, also when a program reckons it anew: no score is not 0."""
    value = "" if score.total is None else score.total
    return Formula(lambda at: f'=IF(OR(COUNT({at.whole(3)})=0,{at.here(1)}=0),"",SUM({at.whole(3)}))', value)


def _percent(percent: Fraction | None) -> Formula:
    value = "" if percent is None else Fraction(round(percent * 100), 100)
    return Formula(lambda at: f'=IF({at.above(3, 2)}="","",ROUND({at.above(3, 2)}/{at.above(3, 1)}*100,2))', value)


def _working_line(case: Case, one: CriterionScore) -> tuple[Cell, ...]:
    name = name_of(case, "criteria", one.criterion)
    if one.level is None:
        said = case.say("documents.assessment.unscored") if one.applicable else field_label(case, "score", "not_applicable")
        return (name, one.weight, said, None, one.target, None)
    weighted = Formula(lambda at: f"={at.here(1)}*{at.here(2)}", one.weighted)
    gap = None if one.gap is None else Formula(lambda at: f"=({at.here(4)}-{at.here(2)})*{at.here(1)}", one.gap)
    return (name, one.weight, one.level, weighted, one.target, gap)


def _readiness(case: Case, kind: Kind) -> Grid:
    """Every part of the pack, as it follows from the data or as people said; not only the rows that people wrote."""
    say = case.say
    head = (
        field_label(case, "readiness", "part"), field_label(case, "readiness", "ready"), say("documents.completeness.known"),
        say("documents.completeness.columns.missing"), field_label(case, "readiness", "note"),
    )  # fmt: skip
    rows = tuple(_part(case, one) for one in case.parts_of_the_pack)
    return Grid(_title(case, kind), head, rows, (LINE, 12, 18, WIDE, LINE))


def _part(case: Case, one: PartReadiness) -> tuple[Cell, ...]:
    ready = case.say("choices.flag.yes" if one.ready else "choices.flag.no")
    missing = "\n".join(gap_sentence(case, gap) for gap in one.gaps)
    return (name_of(case, "checklist", one.part.key), ready, case.say(f"documents.completeness.by.{one.by}"), missing or None, one.said and one.said["note"])


def _slips(case: Case) -> Iterator[Grid]:
    """Every due date that moved once it was approved, the newest first."""
    rows = tuple(slip_line(case, one) for one in case.slips())
    if case.state.of("baseline"):
        yield Grid(case.say("page_schedule.slips"), slip_head(case), rows, (LINE, 16, 16, 12, LINE, 24, 16), empty=case.say("page_schedule.no_slips"))


def _summary(case: Case) -> Sheet:
    say, found = case.say, case.standings
    words = tuple(say(f"documents.completeness.columns.{word}") for word in ("step", "state", "missing", "warnings"))
    steps = tuple((sheet_name(case, one.step), say(f"choices.step_state.{one.state}"), len(one.gaps), len(one.warnings)) for one in found)
    sums = tuple(tuple(line[place] for line in steps) for place in (2, 3))
    foot = ((say("documents.total"), None, total(2, sums[0]), total(3, sums[1])),)
    gaps = tuple((sheet_name(case, one.step), gap_sentence(case, gap)) for one in found for gap in (*one.gaps, *one.warnings))
    grids = (
        Grid(say("documents.workbook.figures"), _item_and_value(case), tuple(_figures(case)), (LABELS, WIDE), facts=True),
        Grid(say("documents.completeness.title"), words, steps, (LABELS, WIDE, 16, 16), foot),
        Grid(say("documents.completeness.gaps"), (words[0], say("documents.workbook.sentence")), gaps, (LABELS, WIDE)),
    )
    return Sheet(say("documents.workbook.summary"), _heading(case, say("documents.title", standard=case.standard.code)), grids)


def _figures(case: Case) -> Iterator[tuple[Cell, Cell]]:
    say, state, score = case.say, case.state, case.review.score
    yield field_label(case, "agency", "name"), case.agency_name
    yield field_label(case, "project", "title"), case.field("project", "title")
    yield field_label(case, "project", "standard"), f"{case.standard.code} {case.standard.name[case.language]}"
    if previous := case.state.only("project")["previous"]:
        yield field_label(case, "project", "previous"), previous
    yield say("documents.cover.made_on"), case.review.today
    yield say("documents.cover.change"), say("documents.cover.change_number", number=state.seq)
    yield say("documents.cover.digest"), case.digest
    yield say("documents.workbook.tasks"), len(state.of("task"))
    yield say("documents.workbook.points"), sum(row["points"] or 0 for row in state.of("task"))
    yield say("documents.workbook.weights"), sum(row["weight"] or 0 for row in state.of("weight"))
    yield say("documents.assessment.total"), score.total if score else None
    yield say("documents.assessment.maximum"), score.maximum if score else None
    yield say("documents.assessment.percent"), score.percent if score else None
    if score and score.provisional:
        yield say("documents.workbook.provisional"), say("choices.flag.yes")
    if case.field("project", "example"):
        yield field_label(case, "project", "example"), say("documents.cover.example")


def _value(case: Case, row: Row, field: Field) -> Cell:
    """Numbers and dates as themselves, so that they can be added and sorted; the rest as a person reads it."""
    value = told(case, row, field.name)
    if value in (None, "", {}):
        return None
    if field.type in ("whole", "number") or field.of == "levels":
        return exact(value)
    if field.type == "day":
        return day_of(value)
    if (row.kind, field.name) == ("project", "standard"):
        return case.standard.code
    return shown(case, row, field.name)


def _place(case: Case, field: Field, value: Any) -> int:
    """Where a choice or a row stands among its like, a number by itself; what is not there comes last."""
    if field.type == "whole":
        return value or 0
    if field.type == "reference":
        order: list[Any] = [row.id for row in case.state.of(field.of)]
    else:
        order = list(allowed_choices(field, case.standard))
    return order.index(value) if value in order else len(order)


def _width(field: Field) -> int:
    if field.type == "text":
        return NARROW if field.limit <= 60 else LINE if field.limit <= 300 else PARAGRAPHS
    return WIDTHS[field.type]


def _title(case: Case, kind: Kind) -> str:
    return kind_title(case, kind.name, "one" if kind.single else "many")


def _heading(case: Case, name: str) -> str:
    return case.say("documents.workbook.heading", agency=case.agency_name, name=name)


def _item_and_value(case: Case) -> tuple[str, str]:
    return case.say("documents.workbook.item"), case.say("documents.workbook.value")


_ADDED: Mapping[str, Callable[[Case, Kind], Grid]] = {
    "task": _summing("points", TOTAL), "weight": _summing("weight", TOTAL), "activity": _summing("budget", None),
    "readiness": _readiness,
}  # fmt: skip
_MORE: Mapping[str, Callable[[Case], Iterator[Grid]]] = {"profile": _people, "tasks": _tiers, "assessment": _working, "schedule": _slips}
