"""Points as they are sent from a phone: whole numbers from 0 that make the whole, in Thai or other digits."""

from __future__ import annotations

import pytest

from pso_core.domain.workshop.ballots import read_ballot
from pso_core.domain.workshop.room import Question
from pso_core.errors import PsoError

ASKED = Question("q1", "points", "ค่าถ่วงน้ำหนัก", ("a", "b"), {"total": 100})


@pytest.mark.parametrize(
    ("typed", "code"),
    [("12.5", "ballot_not_whole"), ("-10", "ballot_not_whole"), ("2e1", "ballot_not_whole"), ("x", "ballot_not_whole"), ("", "ballot_incomplete"), ("101", "ballot_sum"), ("20", "ballot_sum")],
)
def test_what_is_no_point_is_told_by_what_points_are(typed: str, code: str):
    with pytest.raises(PsoError) as refused:
        read_ballot(ASKED, {"a": typed, "b": "90"})
    assert refused.value.code == code


@pytest.mark.parametrize("typed", ["10", "๑๐", " 10 "])
def test_thai_digits_are_digits(typed: str):
    assert read_ballot(ASKED, {"a": typed, "b": "90"}) == {"points": {"a": 10, "b": 90}}


def test_where_there_are_choices_the_choices_are_named():
    with pytest.raises(PsoError) as refused:
        read_ballot(Question("q1", "rank", "อันดับ", ("a",), {}), {"a": "1.5"})
    assert refused.value.code == "ballot_not_offered"
