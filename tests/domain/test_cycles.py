"""One cycle after another, also when files have brought in what cannot be."""

import pytest

from pso_core.domain.cycles import cycle_number, later_cycles, next_cycle, previous_cycle
from pso_core.domain.rows import Row


def abouts(**previous: str | None) -> dict[str, Row]:
    return {project: Row("project", "project", 1, 1, {"previous": before}) for project, before in previous.items()}


THREE = abouts(a=None, b="a", c="b", other=None)


def test_each_project_knows_those_before_and_after_it():
    assert [(next_cycle(THREE, one), previous_cycle(THREE, one), cycle_number(THREE, one)) for one in THREE] == [
        ("b", None, 1), ("c", "a", 2), (None, "b", 3), (None, None, 1),
    ]  # fmt: skip
    assert (later_cycles(THREE, "a"), later_cycles(THREE, "c")) == (("b", "c"), ())


def test_a_former_cycle_that_is_not_here_is_none():
    assert (previous_cycle(abouts(b="elsewhere"), "b"), cycle_number(abouts(b="elsewhere"), "b")) == (None, 1)


def test_of_two_that_follow_the_older_is_the_next():
    assert next_cycle(abouts(**{"9": "a", "1": "a", "a": None}), "a") == "1"


@pytest.mark.parametrize("circle", [abouts(a="a"), abouts(a="b", b="a"), abouts(a="c", b="a", c="b")])
def test_a_circle_ends(circle):
    assert [len(later_cycles(circle, one)) for one in circle] == [len(circle) - 1] * len(circle)
    assert [cycle_number(circle, one) for one in circle] == [len(circle)] * len(circle)
