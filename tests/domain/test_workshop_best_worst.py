"""Weights by best and worst, as they are sent from a phone: read, refused, and what a round of them comes to."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from pso_core.domain.workshop.aggregation import furthest_apart
from pso_core.domain.workshop.ballots import OVER, UNDER, comparisons_of, read_ballot
from pso_core.domain.workshop.outcome import outcome
from pso_core.domain.workshop.room import Question
from pso_core.errors import PsoError

ABOUT = ("price", "safety", "comfort")
ASKED = Question("q1", "best_worst", "น้ำหนัก", ABOUT, {"total": 100})
OF_THE_PAPER = {"best": "comfort", "worst": "price", "over:price": "8", "over:safety": "2", "under:safety": "5"}
CONTRADICTORY = {**OF_THE_PAPER, "over:safety": "8", "under:safety": "8"}


def refusal(sent: dict[str, Any]) -> PsoError:
    with pytest.raises(PsoError) as refused:
        read_ballot(ASKED, sent)
    return refused.value


def test_what_was_sent_is_kept_once_and_nothing_of_itself():
    sent = {**OF_THE_PAPER, "over:comfort": "9", "under:price": "9", "under:comfort": "3", "over:nobody": "x", "participant": "p-1"}
    assert read_ballot(ASKED, sent) == {"best": "comfort", "worst": "price", "over": {"price": 8, "safety": 2}, "under": {"safety": 5}}


def test_a_ballot_is_read_in_the_order_of_the_question():
    compared = comparisons_of(ASKED, read_ballot(ASKED, OF_THE_PAPER))
    assert (compared.best, compared.worst, compared.best_to_others, compared.others_to_worst) == (2, 0, (8, 2, 1), (1, 5, 8))


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"worst": "comfort"}, "ballot_best_is_worst"), ({"best": "beauty"}, "ballot_not_offered"), ({"worst": "beauty"}, "ballot_not_offered"), ({"best": ["price"]}, "ballot_not_offered"),
        ({"over:safety": "0"}, "ballot_not_offered"), ({"over:safety": "10"}, "ballot_not_offered"), ({"under:safety": "-3"}, "ballot_not_offered"), ({"under:safety": "1/3"}, "ballot_not_offered"),
        ({"over:price": "2.5"}, "ballot_not_offered"), ({"over:price": "มาก"}, "ballot_not_offered"), ({"over:price": True}, "ballot_not_offered"),
    ],
)  # fmt: skip
def test_a_ballot_made_by_hand_is_refused(changed: dict[str, Any], code: str):
    assert refusal({**OF_THE_PAPER, **changed}).code == code


@pytest.mark.parametrize(
    ("without", "missing"), [(("best",), 1), (("best", "worst"), 2), (("over:price",), 1), (("under:safety",), 1), (("over:price", "over:safety", "under:safety"), 3)],
)  # fmt: skip
def test_what_is_not_compared_is_counted(without: tuple[str, ...], missing: int):
    for left_out in ({name: value for name, value in OF_THE_PAPER.items() if name not in without}, {**OF_THE_PAPER, **dict.fromkeys(without, "")}):
        found = refusal(left_out)
        assert (found.code, found.facts["missing"]) == ("ballot_incomplete", missing)


def test_the_example_of_the_paper_becomes_whole_points_with_all_that_other_weights_have():
    """w = 1/14, 9/28, 17/28 by the linear model."""
    found = outcome(ASKED, [read_ballot(ASKED, OF_THE_PAPER)] * 5)
    assert found.means == {"price": Fraction(100, 14), "safety": Fraction(900, 28), "comfort": Fraction(1700, 28)}
    assert (found.proposed, found.answered, found.consistent) == ({"price": 7, "safety": 32, "comfort": 61}, 5, 5)
    assert (found.firm_places, found.concordance, found.spreads["safety"].median) == (3, 1, Fraction(900, 28))


def test_in_fives_it_makes_a_hundred_too():
    assert outcome(ASKED, [read_ballot(ASKED, OF_THE_PAPER)] * 5, 5).proposed == {"price": 5, "safety": 35, "comfort": 60}


def test_who_contradicts_themselves_counts_for_the_mean_and_is_counted_apart():
    found = outcome(ASKED, [read_ballot(ASKED, one) for one in (OF_THE_PAPER, OF_THE_PAPER, CONTRADICTORY)])
    assert (found.consistent, found.answered, sum(found.proposed.values())) == (2, 3, 100)
    assert found.means["safety"] != Fraction(900, 28)


def test_as_far_apart_as_this_scale_allows_is_no_agreement_at_all():
    """Each for another criterion, nine times over all others: Goepel's S* is 0 then."""
    others = {one: [other for other in ABOUT if other != one] for one in ABOUT}
    sent = [{"best": one, "worst": rest[0], **{OVER + other: "9" for other in rest}, UNDER + rest[1]: "1"} for one, rest in others.items()]
    found = outcome(ASKED, [read_ballot(ASKED, one) for one in sent])
    assert (found.consensus, found.consistent) == (pytest.approx(0), 3)


def test_nobody_compared_anything():
    found = outcome(ASKED, [])
    assert (found.proposed, found.consistent, found.answered) == (None, None, 0)


def test_only_what_can_be_contradicted_is_counted():
    assert outcome(Question("q1", "rank", "", ABOUT, {}), [{"ranks": dict.fromkeys(ABOUT, 1)}]).consistent is None


@pytest.mark.parametrize(
    ("others", "most"), [({"a": 20, "b": 50, "c": 30}, None), ({"a": 25, "b": 47, "c": 28}, "a"), ({"a": 20, "b": 40, "c": 40}, "b"), ({"a": 10, "b": 30, "c": 60}, "c")],
)  # fmt: skip
def test_a_check_says_where_it_differs_most(others: dict[str, int], most: str | None):
    assert furthest_apart({"a": 20, "b": 50, "c": 30}, others) == most
