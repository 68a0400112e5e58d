"""Step 3's rules: what is a gap in points and order, and which code comes next."""

from __future__ import annotations

from datetime import date

import pytest

from pso_core import standards
from pso_core.steps import Review
from pso_core.steps.tasks import gaps, next_codes
from tests.domain.cases import project, row

STANDARD = standards.load()


def tasks(**points: list[int]) -> list:
    return [
        row("task", f"{tier}{place}", tier=tier, code=f"{number}.{place}", name=f"งาน {tier} {place}", points=given, position=place)
        for number, tier in enumerate(("main", "secondary", "support"), 1)
        for place, given in enumerate(points.get(tier, []), 1)
    ]


def codes(*rows) -> list[str]:
    return [gap.code for gap in gaps(Review(STANDARD, project(*rows), (), date(2026, 11, 23)))]


def test_lampangs_points_have_no_gap():
    assert codes(*tasks(main=[15, 13, 12, 10, 10], secondary=[2] * 15, support=[5, 3, 2])) == []


def test_a_tier_off_its_quota_and_the_whole_off_a_hundred_are_two_gaps():
    assert codes(*tasks(main=[15, 13, 12, 10, 7], secondary=[2] * 15, support=[5, 3, 2])) == ["tier_off_quota", "points_off_total"]


def test_a_ranked_tier_out_of_order_and_an_equal_tier_unequal_are_gaps():
    found = codes(*tasks(main=[13, 15, 12, 10, 10], secondary=[3, 1, *[2] * 13], support=[5, 3, 2]))
    assert found == ["ranked_tier_out_of_order", "equal_tier_unequal"]


@pytest.mark.parametrize(("secondary", "found"), [([5, 5, 4, 4, 4, 4, 4], []), ([6, 4, 4, 4, 4, 4, 4], ["equal_tier_unequal"])])
def test_equal_is_as_equal_as_whole_points_can_be(secondary, found):
    assert codes(*tasks(main=[60], secondary=secondary, support=[10])) == found


def test_where_the_quota_divides_evenly_one_point_apart_is_unequal():
    assert "equal_tier_unequal" in codes(*tasks(main=[60], secondary=[3, *[2] * 14], support=[10]))


def test_the_next_code_goes_on_from_the_highest_of_its_tier():
    rows = project(*tasks(main=[60], secondary=[2] * 10), row("task", "odd", tier="secondary", code="2.x", name="งาน", position=90))
    assert next_codes(rows, STANDARD, "main") == ["1.2"]
    assert next_codes(rows, STANDARD, "secondary", 2) == ["2.11", "2.12"]
    assert next_codes(rows, STANDARD, "support") == ["3.1"]
    assert rows.next_position("task") == 91
