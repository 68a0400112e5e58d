"""Beginning from the standard's sample indicators: marked as samples, once, and only where there is nothing."""

from __future__ import annotations

import pytest

from pso_core import standards
from pso_core.actions.indicators import use_samples
from pso_core.errors import NotAllowed
from pso_core.office import Office
from pso_core.steps.indicators import conditions_of
from tests.actions.peopled import office, project
from tests.building import contents, person, remove, write

STANDARD = standards.load()
CRITERIA = STANDARD.choices("criteria")
MEMBER, FACILITATOR = person("member"), person("facilitator")


def indicators(office: Office, project: str) -> list:
    return list(office.store.state(project).of("indicator"))


@pytest.mark.parametrize("language", ["th", "en"])
def test_every_criterion_gets_its_sample_with_all_conditions_in_one_change(office, project, language):
    seq = office.store.state(project).seq
    use_samples(office, MEMBER, project, CRITERIA, language, seq)
    state = office.store.state(project)
    assert state.seq == seq + 1
    assert [(one["criterion"], one["name"], one["origin"], one["share"]) for one in state.of("indicator")] == [
        (sample.criterion, sample.name[language], "sample", 100) for sample in STANDARD.sample_indicators
    ]
    first, sample = state.of("indicator")[0], STANDARD.sample_indicators[0]
    written = conditions_of(state, first.id)
    assert [(written[one.level]["text"], written[one.level]["threshold"]) for one in sample.conditions] == [
        (one.text[language], one.threshold) for one in sample.conditions
    ]


def test_criteria_that_have_an_indicator_keep_theirs(office, project):
    own = write(office, project, "indicator", criterion="speed", name="ของเรา", share=100, origin="own").ids[0]
    use_samples(office, MEMBER, project, CRITERIA, "th", office.store.state(project).seq)
    assert sorted(one["criterion"] for one in indicators(office, project)) == sorted(CRITERIA)
    assert [one.id for one in indicators(office, project) if one["criterion"] == "speed"] == [own]


def test_two_who_press_at_once_get_the_samples_once(office, project):
    seen = office.store.state(project).seq
    use_samples(office, FACILITATOR, project, ["speed"], "th", seen)
    before = contents(office.store, project)
    assert use_samples(office, MEMBER, project, ["speed"], "th", seen).ids == ()
    assert contents(office.store, project) == before


def test_a_sample_that_was_removed_can_be_taken_again(office, project):
    use_samples(office, MEMBER, project, ["speed"], "th", office.store.state(project).seq)
    remove(office, project, indicators(office, project)[0].id)
    assert office.store.state(project).of("condition") == ()
    use_samples(office, MEMBER, project, ["speed"], "th", office.store.state(project).seq)
    (again,) = indicators(office, project)
    assert len(conditions_of(office.store.state(project), again.id)) == 4


def test_a_sample_moved_to_another_criterion_is_not_overwritten(office, project):
    use_samples(office, MEMBER, project, ["speed"], "th", office.store.state(project).seq)
    moved = indicators(office, project)[0].id
    write(office, project, "indicator", moved, criterion="access", name="ย้ายแล้ว")
    use_samples(office, MEMBER, project, ["speed"], "th", office.store.state(project).seq)
    assert office.store.state(project).get(moved)["name"] == "ย้ายแล้ว"
    assert sorted(one["criterion"] for one in indicators(office, project)) == ["access", "speed"]


def test_a_viewer_may_not(office, project):
    before = contents(office.store, project)
    with pytest.raises(NotAllowed):
        use_samples(office, person("viewer"), project, CRITERIA, "th", before[0])
    assert contents(office.store, project) == before
