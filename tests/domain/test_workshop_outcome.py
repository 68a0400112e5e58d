"""What the answers of a round come to, method by method: the spread, the agreement, and a proposal that adds up."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from pso_core.domain.workshop.ballots import read_ballot
from pso_core.domain.workshop.outcome import most_divided_first, outcome, rater_agreement
from pso_core.domain.workshop.room import Question

NINE = tuple("abcdefghi")
LAMPANG = (20, 15, 15, 10, 10, 10, 10, 5, 5)
SWING = (100, 75, 75, 50, 50, 50, 50, 25, 25)
S7 = ["20,15,15,10,10,10,10,5,5", "25,15,10,10,10,10,10,5,5", "15,15,15,15,10,10,10,5,5", "20,20,15,10,5,10,10,5,5",
      "18,14,16,12,10,8,12,6,4", "22,15,14,9,11,9,8,7,5", "30,10,10,10,10,10,10,5,5"]  # fmt: skip


def question(method: str, about: tuple[str, ...] = NINE, hands: dict[str, int] | None = None, **settings: Any) -> Question:
    return Question("q1", method, "คำถาม", about, settings, hands=hands or {})


def scores(*levels: int | None) -> list[dict[str, Any]]:
    return [{"level": level, "reason": f"เหตุผล {place}" if place % 2 else "", "evidence": None} for place, level in enumerate(levels)]


SCORING = {"levels": [0, 1, 2, 3], "evidence": {}}


@pytest.mark.parametrize(
    ("levels", "agreement", "proposed"),
    [((2,) * 7 + (3,) * 3, "agree", 2), ((1, 1, 1, 1, 2, 2, 2, 2), "near", 1), ((0, 1, 2, 3, 0, 3, 2, 1), "split", None), ((2, 2, 2, 0), "split", None)],
)
def test_levels_agree_come_near_or_are_split(levels: tuple[int, ...], agreement: str, proposed: int | None):
    found = outcome(question("score", ("indicator:x",), **SCORING), scores(*levels))
    assert (found.answered, found.agreement, found.proposed) == (len(levels), agreement, proposed)
    assert found.counts[""] == {str(level): levels.count(level) for level in range(4)}


def test_who_abstains_is_counted_beside_the_levels_and_raised_hands_with_them():
    found = outcome(question("score", ("indicator:x",), {"2": 6, "abstain": 1}, **SCORING), scores(2, None, 3))
    assert found.counts[""] == {"0": 0, "1": 0, "2": 7, "3": 1, "abstain": 2}
    assert (found.proposed, found.agreement) == (2, "agree")


def test_reasons_come_without_a_trace_of_the_order_in_which_they_were_sent():
    sent = scores(3, 1, 2, 1, 0, 3)
    assert outcome(question("score", (), **SCORING), sent).reasons == outcome(question("score", (), **SCORING), sent[::-1]).reasons == (("1", "เหตุผล 1"), ("1", "เหตุผล 3"), ("3", "เหตุผล 5"))


def test_lampangs_swing_is_lampangs_weights():
    asked = question("swing")
    ballot = read_ballot(asked, dict(zip(NINE, SWING, strict=True)))
    found = outcome(asked, [ballot] * 5)
    assert tuple(found.proposed.values()) == LAMPANG
    assert (found.concordance, found.firm_places) == (1, 9)


@pytest.mark.parametrize(("unit", "proposed"), [(1, (21, 15, 14, 11, 9, 10, 10, 5, 5)), (5, LAMPANG)])
def test_the_sample_of_seven_makes_a_hundred_in_either_unit(unit: int, proposed: tuple[int, ...]):
    asked = question("points", total=100)
    sent = [read_ballot(asked, dict(zip(NINE, row.split(","), strict=True))) for row in S7]
    found = outcome(asked, sent, unit)
    assert tuple(found.proposed.values()) == proposed
    assert (round(float(found.concordance), 10), found.firm_places) == (0.8882070949, 4)
    assert (found.spreads["a"].median, found.spreads["a"].upper - found.spreads["a"].lower) == (20, Fraction(9, 2))


def test_points_inside_a_tier_make_its_quota():
    asked = question("points", ("t1", "t2", "t3"), total=30)
    sent = [{"points": {"t1": 10, "t2": 10, "t3": 10}}, {"points": {"t1": 16, "t2": 7, "t3": 7}}]
    found = outcome(asked, sent)
    assert (found.proposed, sum(found.means.values())) == ({"t1": 13, "t2": 9, "t3": 8}, 30)


def test_ranks_become_rank_sum_weights():
    found = outcome(question("rank"), [{"ranks": {one: place for place, one in enumerate(NINE, 1)}}])
    assert tuple(found.proposed.values()) == (20, 18, 16, 13, 11, 9, 7, 4, 2)


def test_a_tie_between_tiers_proposes_none():
    asked = question("tier", ("t1", "t2"), tiers={"main": "หลัก", "support": "สนับสนุน"})
    found = outcome(asked, [{"tiers": {"t1": "main", "t2": "main"}}, {"tiers": {"t1": "main", "t2": "support"}}])
    assert (found.proposed, found.counts["t2"]) == ({"t1": "main", "t2": None}, {"main": 1, "support": 1})


def test_what_has_most_support_comes_first_and_equals_keep_their_order():
    found = outcome(question("support", ("a", "b", "c")), [{"support": {"a": 1, "b": 3, "c": 1}}, {"support": {"a": 2, "b": 3, "c": 2}}])
    assert (found.proposed, found.means["a"]) == (("b", "a", "c"), Fraction(3, 2))


def test_dots_are_counted_and_those_without_any_are_not_proposed():
    asked = question("dots", ("a", "b", "c"), each=5, on_one=3)
    found = outcome(asked, [read_ballot(asked, sent) for sent in ({"a": "2", "b": "3"}, {"b": "1"}, {"a": "2", "c": ""})])
    assert (found.dots, found.proposed, found.answered) == ({"a": 4, "b": 4, "c": 0}, ("a", "b"), 3)
    assert found.counts == {"a": {"1": 0, "2": 2, "3": 0}, "b": {"1": 1, "2": 0, "3": 1}, "c": {"1": 0, "2": 0, "3": 0}}


def test_phrases_are_gathered_each_once():
    assert outcome(question("phrases", ()), [{"phrases": ["ข", "ก"]}, {"phrases": ["ก"]}]).texts == ("ก", "ข")


@pytest.mark.parametrize(("stances", "proposed"), [("ffa", "for"), ("fa", None), ("aan", "against")])
def test_a_vote_proposes_what_most_want_and_nothing_at_a_tie(stances: str, proposed: str | None):
    said = {"f": "for", "a": "against", "n": "abstain"}
    found = outcome(question("stance", ()), [{"stance": said[one], "reason": ""} for one in stances])
    assert (found.proposed, found.counts[""]["for"]) == (proposed, stances.count("f"))


def test_a_round_that_nobody_answered_comes_to_nothing():
    for method in ("swing", "points", "rank"):
        assert outcome(question(method), []).proposed is None
    assert outcome(question("score", (), **SCORING), []).agreement == ""


def test_the_most_divided_is_talked_about_first():
    asked = question("score", (), **SCORING)
    found = {"even": outcome(asked, scores(2, 2, 2, 2)), "torn": outcome(asked, scores(0, 3, 0, 3)), "near": outcome(asked, scores(1, 2, 1, 2)), "none": outcome(asked, [])}
    assert most_divided_first(found) == ("torn", "near", "even", "none")


def test_agreement_over_questions_is_krippendorffs():
    assert rater_agreement([scores(1, 1, 1), scores(2, 2, 2)]) == 1
    assert rater_agreement([scores(1, 1), scores(1, 1)]) is None
