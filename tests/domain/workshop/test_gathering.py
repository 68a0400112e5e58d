"""Phrases put together without losing any; dots and support; places with ties."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as some

from pso_core.domain.workshop.gathering import (
    Phrase,
    Ranked,
    check_dots,
    dots_together,
    grouped,
    groups,
    merged,
    phrase_id,
    phrases_of,
    ranked,
    standing_for,
    support,
    taken_out,
)
from pso_core.errors import NotFound, PsoError

WRITTEN = {id: Phrase(id, id * 3) for id in "abcde"}
STEPS = some.lists(some.tuples(some.sampled_from("abcde"), some.sampled_from("abcde")), max_size=12)


def together(phrases, *pairs):
    for id, into in pairs:
        phrases = merged(phrases, id, into)
    return phrases


def test_every_phrase_stands_for_itself_at_first():
    assert groups(WRITTEN) == {id: (id,) for id in "abcde"}


def test_merged_phrases_keep_their_texts_and_stand_under_one():
    phrases = together(WRITTEN, ("c", "b"), ("a", "b"))
    assert groups(phrases) == {"b": ("b", "a", "c"), "d": ("d",), "e": ("e",)}
    assert [phrase.text for phrase in phrases.values()] == [phrase.text for phrase in WRITTEN.values()]
    assert WRITTEN["c"].merged_into is None


def test_a_phrase_brings_those_under_it_along_and_takes_them_back():
    phrases = together(WRITTEN, ("c", "b"), ("b", "a"))
    assert groups(phrases)["a"] == ("a", "b", "c")
    assert groups(taken_out(phrases, "b")) == groups(together(WRITTEN, ("c", "b")))
    assert standing_for(phrases, "c") == "a"


@pytest.mark.parametrize(("id", "into"), [("a", "a"), ("a", "b"), ("a", "c")])
def test_a_phrase_cannot_stand_under_itself(id, into):
    phrases = together(WRITTEN, ("c", "b"), ("b", "a"))
    with pytest.raises(PsoError) as refusal:
        merged(phrases, id, into)
    assert (refusal.value.code, refusal.value.facts) == ("merged_in_circle", {"text": "aaa"})


def test_a_phrase_that_is_gone_is_refused():
    for act, ids in ((merged, "za"), (merged, "az"), (taken_out, "z"), (standing_for, "z")):
        with pytest.raises(NotFound) as refusal:
            act(WRITTEN, *ids)
        assert refusal.value.code == "row_gone"


def test_a_phrase_whose_head_was_removed_stands_for_itself():
    left = {id: phrase for id, phrase in together(WRITTEN, ("c", "b")).items() if id != "b"}
    assert groups(left) == {id: (id,) for id in "acde"}


@pytest.mark.parametrize("dots", [{}, {"a": 3, "b": 2}, {"a": 1}, {"a": 0}])
def test_up_to_five_dots_and_three_on_one(dots):
    check_dots(dots)


@pytest.mark.parametrize(
    ("dots", "code", "facts"),
    [
        ({"a": 4}, "dots_on_one", {"given": 4, "most": 3}), ({"a": 3, "b": 3}, "dots_too_many", {"given": 6, "most": 5}),
        ({"a": 3, "b": 3, "c": -1}, "points_negative", {}),
    ],
)  # fmt: skip
def test_too_many_dots_are_refused(dots, code, facts):
    with pytest.raises(PsoError) as refusal:
        check_dots(dots)
    assert (refusal.value.code, refusal.value.facts) == (code, facts)


def test_how_many_dots_is_for_the_facilitator_to_say():
    check_dots({"a": 8}, each=8, on_one=8)
    with pytest.raises(PsoError):
        check_dots({"a": 2}, each=1, on_one=2)


def test_dots_on_a_merged_phrase_count_for_its_head():
    phrases = together(WRITTEN, ("c", "b"))
    assert dots_together(phrases, [{"a": 2, "c": 1}, {"b": 3}]) == {"a": 2, "b": 4, "d": 0, "e": 0}


def test_support_from_none_to_full():
    found = support([3, 2, None, 0, 2])
    assert (found.counts, found.n, found.mean) == ((1, 0, 2, 1), 4, Fraction(7, 4))
    assert support([None]).mean is None


@pytest.mark.parametrize("degree", [-1, 4, "3"])
def test_support_off_the_scale_is_refused(degree):
    with pytest.raises(PsoError) as refusal:
        support([degree])
    assert refusal.value.code == "ballot_not_offered"


def test_equals_share_a_place():
    assert ranked({"c": 2, "b": 5, "a": 2, "d": 1}) == (
        Ranked("b", 1, 5), Ranked("c", 2, 2), Ranked("a", 2, 2), Ranked("d", 4, 1),
    )  # fmt: skip
    assert ranked({}) == ()


@given(STEPS)
def test_whatever_is_merged_every_phrase_stands_under_exactly_one_that_stands_for_itself(steps):
    phrases = WRITTEN
    for id, into in steps:
        try:
            phrases = merged(phrases, id, into)
        except PsoError as refusal:
            assert refusal.code == "merged_in_circle"
    members = [id for group in groups(phrases).values() for id in group]
    assert sorted(members) == list("abcde")
    assert all(standing_for(phrases, head) == head for head in groups(phrases))


@given(STEPS, some.sampled_from("abcde"), some.sampled_from("abcde"))
def test_taking_out_undoes_merging(steps, id, into):
    phrases = WRITTEN
    for step in steps:
        try:
            phrases = merged(phrases, *step)
        except PsoError:
            continue
    phrases = taken_out(phrases, id)
    if standing_for(phrases, into) != id:
        assert taken_out(merged(phrases, id, into), id) == phrases


@given(some.lists(some.dictionaries(some.sampled_from("abcde"), some.integers(0, 3)), max_size=6), STEPS)
def test_no_dot_is_lost_by_merging(everybody, steps):
    phrases = WRITTEN
    for step in steps:
        try:
            phrases = merged(phrases, *step)
        except PsoError:
            continue
    assert sum(dots_together(phrases, everybody).values()) == sum(sum(dots.values()) for dots in everybody)


def test_phrases_merged_into_each_other_at_the_same_time_are_not_lost():
    circle = {"a": Phrase("a", "a", "b"), "b": Phrase("b", "b", "a")}
    assert groups({"c": Phrase("c", "c", "b"), **circle}) == {"a": ("a", "c", "b")}


TEXTS = ("ก", "ข", "ค")
A, B, C = map(phrase_id, TEXTS)


def test_groups_come_largest_first_with_what_stands_for_them_and_what_was_written():
    found = grouped(TEXTS, {C: B}, {B: "ข หรือ ค"})
    assert [(group.id, group.text, group.originals) for group in found] == [(B, "ข หรือ ค", ("ข", "ค")), (A, "ก", ())]
    assert [group.originals for group in grouped(TEXTS, {C: B}, {})] == [("ค",), ()]


def test_other_words_of_a_phrase_wait_while_it_stands_under_another():
    assert [group.text for group in grouped(TEXTS, {B: A}, {B: "อื่น"})] == ["ก", "ค"]


def test_the_same_words_have_the_same_id_whoever_wrote_them():
    assert phrases_of(["ก", "ก"], {}) == {A: Phrase(A, "ก")}
    assert len({A, B, C}) == 3
