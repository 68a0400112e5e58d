"""What differs between two states: nothing missed, nothing said that is the same, and each difference turns round."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from pso_core.domain.comparison import changed_fields, compare
from pso_core.domain.rows import ProjectState, Row

TURNED = {"added": "removed", "removed": "added", "changed": "changed"}
BODIES = st.dictionaries(st.sampled_from(["name", "points", "code"]), st.sampled_from([None, "ก", "ข", 1, 0, {}]))
STATES = st.dictionaries(st.sampled_from([f"{kind}:{number}" for kind in ("task", "goal") for number in range(4)]), BODIES).map(
    lambda bodies: ProjectState("p", 1, {id_: Row(id_, id_.split(":")[0], 1, 1, body) for id_, body in bodies.items()})
)


def test_a_row_is_added_removed_or_changed():
    before = ProjectState("p", 1, {"a": Row("a", "task", 1, 1, {"name": "ก"}), "b": Row("b", "task", 1, 1, {"name": "ข", "points": 0})})
    after = ProjectState("p", 2, {"b": Row("b", "task", 2, 2, {"name": "ค", "points": 0}), "c": Row("c", "task", 1, 2, {"name": "ง", "points": None})})
    found = [(one.row.id, one.how, one.fields) for one in compare(before, after)]
    assert found == [("b", "changed", (("name", "ข", "ค"),)), ("c", "added", (("name", None, "ง"),)), ("a", "removed", (("name", "ก", None),))]


def test_nothing_written_is_as_good_as_an_empty_field_but_zero_and_no_are_something():
    assert changed_fields({"name": None, "lifts": {}}, {}) == ()
    assert changed_fields({"points": 0, "ready": False}, {"points": None}) == (("points", 0, None), ("ready", False, None))


@given(STATES)
def test_a_state_does_not_differ_from_itself(state: ProjectState):
    assert list(compare(state, state)) == []


@given(STATES, STATES)
def test_what_one_gained_the_other_lost(before: ProjectState, after: ProjectState):
    there = {one.row.id: (one.how, {name: (was, is_) for name, was, is_ in one.fields}) for one in compare(before, after)}
    back = {one.row.id: (TURNED[one.how], {name: (is_, was) for name, was, is_ in one.fields}) for one in compare(after, before)}
    assert there == back


@given(STATES, STATES)
def test_the_differences_laid_on_the_one_make_the_other(before: ProjectState, after: ProjectState):
    bodies = {row.id: dict(row.body) for row in before.rows.values()}
    for one in compare(before, after):
        if one.after is None:
            del bodies[one.row.id]
        else:
            bodies.setdefault(one.row.id, {}).update({name: is_ for name, _, is_ in one.fields})
    assert _filled(bodies) == _filled({row.id: row.body for row in after.rows.values()})


def _filled(bodies: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    return {id_: {name: value for name, value in body.items() if value not in (None, {})} for id_, body in bodies.items()}
