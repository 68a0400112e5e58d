"""Two people, one row: what merges, what clashes, and that nothing is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from pso_core.domain.merge import WHOLE_ROW, FieldClash, Merged, merge

BASE = {"a": 1, "b": 1}


@pytest.mark.parametrize(
    ("mine", "theirs", "body", "taken"),
    [
        ({"a": 2, "b": 1}, {"a": 1, "b": 3}, {"a": 2, "b": 3}, ("b",)),
        ({"a": 2}, {"a": 2, "b": 1}, {"a": 2, "b": 1}, ()),
        ({}, {"a": 3, "b": 1}, {"a": 3, "b": 1}, ("a",)),
        ({"a": 2}, BASE, {"a": 2, "b": 1}, ()),
        (BASE, BASE, BASE, ()),
    ],
)
def test_changes_of_different_fields_and_the_same_change_twice_merge(mine, theirs, body, taken):
    assert merge(BASE, mine, theirs) == Merged(body, taken)


def test_a_field_that_both_changed_differently_clashes_and_keeps_what_is_stored():
    merged = merge(BASE, {"a": 2, "b": 2}, {"a": 3, "b": 1})
    assert merged.clashes == (FieldClash("a", 1, 2, 3),)
    assert merged.body == {"a": 3, "b": 2}
    assert merged.taken_from_theirs == ()


def test_emptying_a_field_is_a_change_like_any_other():
    assert merge(BASE, {"a": None}, {"a": 1, "b": 2}).body == {"a": None, "b": 2}
    assert merge(BASE, {"b": 2}, {"a": None, "b": 1}) == Merged({"a": None, "b": 2}, ("a",))
    assert merge(BASE, {"b": 2}, {"b": 1}) == Merged({"b": 2, "a": None}, ("a",))
    assert merge(BASE, {"a": None}, {"a": 2, "b": 1}).clashes == (FieldClash("a", 1, None, 2),)


def test_fields_that_the_base_had_not_are_kept_from_both():
    assert merge(BASE, {"c": 5}, {**BASE, "d": 6}).body == {"a": 1, "b": 1, "c": 5, "d": 6}


def test_a_set_that_must_sum_clashes_as_one_field():
    base, mine, theirs = ({"points": points} for points in ({"x": 60, "y": 40}, {"x": 50, "y": 50}, {"x": 60, "y": 30}))
    assert merge(base, mine, theirs).clashes == (FieldClash("points", base["points"], mine["points"], theirs["points"]),)
    assert merge(base, base, theirs).body == theirs


def test_a_row_they_removed_clashes_with_my_change_of_it():
    merged = merge(BASE, {"a": 2, "b": 1}, None)
    assert merged == Merged(None, (), (FieldClash(WHOLE_ROW, BASE, {"a": 2, "b": 1}, None),))
    assert merge(BASE, BASE, None) == Merged(None)
    assert merge(BASE, {}, None) == Merged(None)


def test_a_row_i_remove_clashes_with_their_change_of_it():
    assert merge(BASE, None, {"a": 2, "b": 1}) == Merged(
        {"a": 2, "b": 1}, (), (FieldClash(WHOLE_ROW, BASE, None, {"a": 2, "b": 1}),)
    )
    assert merge(BASE, None, BASE) == Merged(None)
    assert merge(BASE, None, None) == Merged(None)


def test_a_field_they_emptied_is_a_change_when_i_remove_the_row():
    assert merge(BASE, None, {"a": 1}).clashes == (FieldClash(WHOLE_ROW, BASE, None, {"a": 1}),)


def test_merging_changes_none_of_the_three():
    base, mine, theirs = dict(BASE), {"a": 2}, {"a": 3, "b": 3}
    merge(base, mine, theirs).body["a"] = 9
    assert (base, mine, theirs) == (BASE, {"a": 2}, {"a": 3, "b": 3})


WHOLE = some.fixed_dictionaries({field: some.none() | some.integers(0, 2) for field in "abcd"})


@given(WHOLE, WHOLE, WHOLE)
def test_no_field_and_no_change_is_ever_lost(base, mine, theirs):
    merged = merge(base, mine, theirs)
    clashing = {clash.field: clash for clash in merged.clashes}
    assert set(merged.body) == set("abcd")
    for field in "abcd":
        changed_by_me, changed_by_them = mine[field] != base[field], theirs[field] != base[field]
        if changed_by_me and changed_by_them and mine[field] != theirs[field]:
            assert clashing[field] == (field, base[field], mine[field], theirs[field])
        else:
            assert field not in clashing
            assert merged.body[field] == (mine[field] if changed_by_me else theirs[field])


@given(WHOLE, WHOLE, WHOLE)
def test_who_saves_first_does_not_matter_where_nothing_clashes(base, mine, theirs):
    one, other = merge(base, mine, theirs), merge(base, theirs, mine)
    assert [clash.field for clash in one.clashes] == [clash.field for clash in other.clashes]
    if not one.clashes:
        assert one.body == other.body
