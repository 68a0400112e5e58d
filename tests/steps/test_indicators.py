"""Step 5's rules: shares that make a whole, thresholds that agree, conditions for every level."""

from __future__ import annotations

from datetime import date

import pytest

from pso_core import standards
from pso_core.steps import Review
from pso_core.steps.indicators import CONDITION, gaps
from tests.domain.cases import CRITERIA, project, row

STANDARD = standards.load()


def indicator(name: str, criterion: str = "coverage", **more) -> list:
    """An indicator with a condition for every level."""
    values = {"criterion": criterion, "name": name, "origin": "own", **more}
    levels = [row("condition", f"{name}/{level}", indicator=f"indicator:{name}", level=level, text=f"เงื่อนไข {level}") for level in range(4)]
    return [row("indicator", name, **values), *levels]


def review(*rows) -> Review:
    return Review(STANDARD, project(*rows), (), date(2026, 11, 23))


def found(*rows) -> list[tuple]:
    return [(gap.code, gap.place, gap.warning) for gap in gaps(review(*rows)) if gap.code != "no_indicator"]


def test_each_criterion_without_an_indicator_is_a_gap_at_its_section():
    assert [gap.place for gap in gaps(review())] == [f"criterion:{key}" for key in CRITERIA]


@pytest.mark.parametrize(
    ("shares", "whole"), [((50, 50), True), ((33.3, 66.7), True), ((33.33, 33.33, 33.34), True), ((33.33, 33.33, 33.33), False), ((60, 50), False)]
)
def test_several_indicators_of_a_criterion_share_it_exactly(shares, whole):
    rows = [one for place, share in enumerate(shares) for one in indicator(f"i{place}", share=share)]
    assert found(*rows) == ([] if whole else [("shares_off", "criterion:coverage", False)])


def test_one_of_several_without_its_share_is_named():
    rows = [*indicator("i0", share=100), *indicator("i1", share=None)]
    assert [(gap.code, gap.facts) for gap in gaps(review(*rows)) if gap.code != "no_indicator"] == [
        ("no_share", {"criterion": "coverage", "indicator": "i1"})
    ]


def test_a_single_indicator_needs_no_share():
    assert found(*indicator("i", share=None)) == []


def test_a_level_without_a_condition_is_a_gap_and_a_sample_a_warning():
    head, zero, one, two, three = indicator("i", origin="sample")
    assert found(head, zero, one, three) == [("no_condition", "indicator:i", False), ("indicator_is_sample", "indicator:i", True)]


@pytest.mark.parametrize(
    ("thresholds", "agree"),
    [((30, 60, 90), True), ((30, 15, 5), True), ((None, 60, None), True), ((30, 90, 60), False), ((50, 50, 60), False), ((90, 60, 60), False)],
)
def test_thresholds_that_neither_rise_nor_fall_are_a_mistake_of_every_level_that_has_one(thresholds, agree):
    rows = [row("condition", f"i/{level}", indicator="indicator:i", level=level, threshold=given) for level, given in enumerate(thresholds, 1)]
    after = review(row("indicator", "i", criterion="coverage", name="ก"), *rows)
    problems = [problem for one in rows for problem in CONDITION.holds(after, one.id, one.body)]
    assert [(problem.code, problem.path) for problem in problems] == (
        [] if agree else [("thresholds_not_monotone", ("condition", one.id, "threshold")) for one in rows if one["threshold"] is not None]
    )
