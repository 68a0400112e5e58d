"""How far an activity may lift: as far as the scale goes from where the current round stands."""

from __future__ import annotations

import pytest

from pso_core.actions.assessment import open_round
from pso_core.errors import Mistakes
from tests.building import an_empty_project, an_office, person, write


@pytest.fixture
def office(database):
    with an_office(database) as opened:
        yield opened


@pytest.fixture
def project(office):
    return an_empty_project(office)


def assessed(office, project: str, name: str, *levels: int) -> None:
    """A new round in which speed has these levels, one for each of its indicators."""
    round_ = open_round(office, person("facilitator"), project, name, office.store.state(project).seq).ids[0]
    found = [row.id for row in office.store.state(project).where("indicator", criterion="speed")]
    found += [write(office, project, "indicator", criterion="speed", name=str(number), share=100 / len(levels)).ids[0] for number in range(len(found), len(levels))]
    for indicator, level in zip(found, levels, strict=True):
        write(office, project, "score", round=round_, indicator=indicator, level=level)


def test_what_is_finished_can_still_be_edited_when_its_lifts_are_in_the_levels(office, project):
    assessed(office, project, "ก่อน", 1)
    activity = write(office, project, "activity", name="ก", lifts={"speed": 2}).ids[0]
    write(office, project, "progress", activity=activity, reported_on="2026-11-22", percent=100)
    assessed(office, project, "หลัง", 3)
    assert write(office, project, "activity", activity, budget=5).ids == (activity,)
    with pytest.raises(Mistakes) as refusal:
        write(office, project, "activity", name="ข", lifts={"speed": 1})
    assert [problem.code for problem in refusal.value.problems] == ["lift_above_top"]


def test_from_one_and_a_half_to_the_top_takes_two_levels(office, project):
    assessed(office, project, "ก่อน", 1, 2)
    assert write(office, project, "activity", name="ก", lifts={"speed": 2}).ids
    with pytest.raises(Mistakes) as refusal:
        write(office, project, "activity", name="ข", lifts={"speed": 3})
    assert [problem.code for problem in refusal.value.problems] == ["lift_above_top"]
