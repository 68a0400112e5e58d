"""How far a room agrees: published numbers, and what must not change them."""

from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as some

from pso_core.domain.workshop.agreement import (
    ALPHA_WORDS,
    CONCORDANCE_WORDS,
    CONSENSUS_WORDS,
    concordance,
    entropy_consensus,
    interval,
    krippendorff_alpha,
    nominal,
    ordinal,
    ratio,
    tastle_wierman,
    van_der_eijk,
    word,
)
from tests.domain.workshop.oracles import NEWS_TONE, SEVEN_OFFICIALS, rounded

# irr, DescTools: twenty people rated by three
ANXIETY = (
    (3, 3, 3, 4, 5, 5, 2, 3, 5, 2, 2, 6, 1, 5, 2, 2, 1, 2, 4, 3),
    (3, 6, 4, 6, 2, 4, 2, 4, 3, 3, 2, 3, 3, 3, 2, 2, 1, 3, 3, 4),
    (2, 1, 4, 4, 3, 2, 1, 6, 1, 1, 1, 2, 3, 3, 1, 1, 3, 3, 2, 2),
)
# Krippendorff 2011: four observers, twelve units, not all seen by each
OBSERVERS = ("123321412...", "1233224125.3", ".3332342251.", "12332441251.")
KRIPPENDORFF_2011 = tuple(tuple(None if v == "." else int(v) for v in unit) for unit in zip(*OBSERVERS, strict=True))
VOTES = (30, 40, 210, 130, 530, 50, 10)  # agrmt

FEWER = settings(max_examples=40)
METRICS = some.sampled_from([nominal, ordinal, interval, ratio])
UNITS = some.lists(some.lists(some.none() | some.integers(0, 3), min_size=3, max_size=3), min_size=1, max_size=10)
RATERS = some.integers(2, 6).flatmap(lambda n: some.lists(some.lists(some.integers(0, 5), min_size=n, max_size=n), min_size=2, max_size=6))
COUNTS = some.lists(some.integers(0, 20), min_size=3, max_size=7)


def shuffled(items, chance):
    items = list(items)
    chance.shuffle(items)
    return items


def extremes(n, top):
    return [[top if i == j else 1 for j in range(n)] for i in range(n)]


def test_concordance_of_the_anxiety_ratings():
    found = concordance(ANXIETY)
    assert rounded([found.w, found.chi_square], 10) == (0.539656876, 30.7604419294)
    assert (found.raters, found.objects) == (3, 20)


def test_concordance_of_the_seven_officials():
    assert rounded([concordance(SEVEN_OFFICIALS).w], 10) == (0.8882070949,)


def test_concordance_of_rankings_alike_reversed_and_between():
    assert concordance([(1, 2, 3)] * 4).w == 1
    assert concordance([(1, 2, 3), (3, 2, 1)]).w == 0
    assert concordance([(1, 2, 3, 4), (1, 2, 4, 3), (2, 1, 3, 4)]).w == Fraction(37, 45)


@pytest.mark.parametrize("raters", [[], [(1, 2)], [(1,), (1,)], [(5, 5, 5)] * 3])
def test_where_nothing_can_be_ranked_there_is_no_concordance(raters):
    assert concordance(raters) is None


@pytest.mark.parametrize("n", [2, 4, 9])
def test_everybody_for_a_criterion_of_their_own_is_no_consensus(n):
    assert entropy_consensus(extremes(n, 9), top_judgment=9) == pytest.approx(0)
    assert entropy_consensus([[int(i == j) for j in range(n)] for i in range(n)]) == pytest.approx(0)


def test_everybody_alike_is_full_consensus():
    assert entropy_consensus([(60, 30, 10)] * 5) == entropy_consensus([(60, 30, 10)] * 5, 9) == pytest.approx(1)


def test_entropy_consensus_of_three_officials():
    three = [(20, 15, 15, 10, 10, 10, 10, 5, 5), (15, 15, 15, 10, 10, 10, 10, 10, 5), (25, 20, 10, 10, 5, 10, 10, 5, 5)]
    assert rounded([entropy_consensus(three, 9), entropy_consensus(three)], 6) == (0.962259, 0.982602)


def test_without_people_or_choice_there_is_no_entropy_consensus():
    assert entropy_consensus([]) is None
    assert entropy_consensus([(100,)]) is None


@pytest.mark.parametrize(
    ("metric", "alpha"), [(ordinal, 0.7598291892), (nominal, 0.4765095674), (interval, 0.7573782772)]
)
def test_alpha_of_the_news_tone(metric, alpha):
    """Hayes & Krippendorff 2007, on the very scale of 0 to 3."""
    assert rounded([krippendorff_alpha(NEWS_TONE, metric)], 10) == (alpha,)


def test_alpha_of_the_news_tone_by_ratio():
    assert rounded([krippendorff_alpha(NEWS_TONE, ratio)]) == (0.6621,)
    assert (len(NEWS_TONE), sum(value is not None for unit in NEWS_TONE for value in unit)) == (40, 159)


@pytest.mark.parametrize(
    ("metric", "alpha"),
    [(nominal, 0.7434210526), (ordinal, 0.8153875038), (interval, 0.8491071429), (ratio, 0.7974027747)],
)
def test_alpha_of_four_observers(metric, alpha):
    assert rounded([krippendorff_alpha(KRIPPENDORFF_2011, metric)], 10) == (alpha,)


def test_alpha_reads_levels_as_ordered_unless_told_otherwise():
    assert krippendorff_alpha(NEWS_TONE) == krippendorff_alpha(NEWS_TONE, ordinal)


@pytest.mark.parametrize("units", [[], [(2, 2), (2, 2)], [(1, None), (2, None)], [(1, None), (2, 2)]])
def test_where_all_are_identical_or_nothing_compares_there_is_no_alpha(units):
    for metric in (nominal, ordinal, interval, ratio):
        assert krippendorff_alpha(units, metric) is None


@pytest.mark.parametrize(
    ("counts", "consensus"),
    [(VOTES, 0.7256876), ((10, 0, 0, 0), 1), ((0, 1, 6, 3), 0.7323), ((0, 5, 5, 0), 0.7370), ((1, 2, 4, 3), 0.5351),
     ((5, 5, 5, 5), 0.3685), ((5, 0, 0, 5), 0)],
)  # fmt: skip
def test_consensus_of_tastle_and_wierman(counts, consensus):
    assert tastle_wierman(counts) == pytest.approx(consensus, abs=5e-5)
    assert rounded([tastle_wierman(VOTES)], 10) == (0.725687614,)


@pytest.mark.parametrize(
    ("counts", "agreement"),
    [(VOTES, Fraction(6113333333, 10**10)), ((0, 1, 6, 3), Fraction(2, 3)), ((1, 2, 4, 3), Fraction(1, 3)),
     ((5, 5, 5, 5), 0), ((5, 0, 0, 5), -1), ((10, 0, 0, 0), 1)],
)  # fmt: skip
def test_agreement_of_van_der_eijk(counts, agreement):
    assert van_der_eijk(counts) == pytest.approx(agreement, abs=1e-10)


def test_without_votes_there_is_no_consensus():
    assert (tastle_wierman((0, 0, 0, 0)), van_der_eijk((0, 0, 0, 0))) == (None, None)


def test_words_of_the_numbers():
    assert [word(value, CONCORDANCE_WORDS) for value in (0, 0.2, 0.6, 0.79, 1)] == [
        "slight", "fair", "substantial", "substantial", "almost_perfect",
    ]  # fmt: skip
    assert [word(value, CONSENSUS_WORDS) for value in (-0.1, 0.5, 0.6, 0.7, 0.8, 0.9)] == [
        "very_low", "low", "low", "moderate", "high", "very_high",
    ]  # fmt: skip
    assert [word(value, ALPHA_WORDS) for value in (0.66, Fraction(667, 1000), Fraction(4, 5))] == ["unreliable", "tentative", "reliable"]


@FEWER
@given(RATERS, some.randoms(use_true_random=False))
def test_concordance_asks_neither_who_rated_nor_in_which_order_nor_how_far_apart(raters, chance):
    found = concordance(raters)
    assert concordance(shuffled(raters, chance)) == found
    assert concordance(list(zip(*shuffled(zip(*raters, strict=True), chance), strict=True))) == found
    assert concordance([[value**3 for value in values] for values in raters]) == found
    assert concordance([[-value for value in values] for values in raters]) == found


@FEWER
@given(RATERS)
def test_concordance_lies_between_nothing_and_one(raters):
    found = concordance(raters)
    assume(found is not None)
    assert 0 <= found.w <= 1


@given(some.permutations(range(5)), some.permutations(range(5)))
def test_concordance_of_two_is_their_rank_correlation_halved_and_moved(first, second):
    spearman = 1 - Fraction(6 * sum((a - b) ** 2 for a, b in zip(first, second, strict=True)), 5 * 24)
    assert concordance([first, second]).w == (spearman + 1) / 2


@FEWER
@given(RATERS, some.randoms(use_true_random=False))
def test_entropy_consensus_lies_between_nothing_and_one_whoever_is_first(raters, chance):
    people = [[value + 1 for value in values] for values in raters]
    found = entropy_consensus(people)
    assert -1e-9 <= found <= 1 + 1e-9
    assert entropy_consensus(shuffled(people, chance)) == pytest.approx(found)


@FEWER
@given(UNITS, METRICS, some.randoms(use_true_random=False))
def test_alpha_asks_neither_who_rated_nor_in_which_order(units, metric, chance):
    found = krippendorff_alpha(units, metric)
    assert krippendorff_alpha([shuffled(unit, chance) for unit in shuffled(units, chance)], metric) == found
    assert krippendorff_alpha([*units, (3, None, None)], metric) == found


@FEWER
@given(UNITS)
def test_alpha_of_ordered_levels_asks_only_for_their_order(units):
    cubed = [[value if value is None else value**3 for value in unit] for unit in units]
    assert krippendorff_alpha(cubed) == krippendorff_alpha(units)
    assert krippendorff_alpha(cubed, nominal) == krippendorff_alpha(units, nominal)


@FEWER
@given(UNITS)
def test_alpha_is_one_less_the_mean_distance_within_units_over_that_of_all(units):
    """By its meaning, with every pair written out."""
    compared = [[value for value in unit if value is not None] for unit in units]
    compared = [unit for unit in compared if len(unit) > 1]
    everything = [value for unit in compared for value in unit]
    assume(len(set(everything)) > 1)
    within = sum(Fraction(2 * sum((a - b) ** 2 for a, b in combinations(unit, 2)), len(unit) - 1) for unit in compared)
    overall = Fraction(2 * sum((a - b) ** 2 for a, b in combinations(everything, 2)), len(everything) - 1)
    assert krippendorff_alpha(units, interval) == 1 - within / overall


@given(COUNTS)
def test_consensus_of_votes_does_not_ask_which_end_is_up(counts):
    assume(sum(counts))
    turned = counts[::-1]
    assert tastle_wierman(turned) == pytest.approx(tastle_wierman(counts))
    assert -1e-9 <= tastle_wierman(counts) <= 1
    assert van_der_eijk(turned) == van_der_eijk(counts)
    assert -1 <= van_der_eijk(counts) <= 1
