"""A gap's sentence leads to the place where it is mended: a drawer where there is one, else the place on the page."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from pso_core.actions.assessment import close_round
from pso_core.actions.reviews import review_of, standing_in
from tests.building import person, write
from tests.pages.conftest import fault

IN_PLACE = [
    ("profile", "agency"), ("step_1_vision", "vision"), ("step_4_weights", "weight"), ("step_4_weights", "weight:speed"),
    ("step_6_assessment", "round"), ("step_6_assessment", "target:speed"), ("step_3_tasks", "step:tasks"),
]  # fmt: skip


def asked(at: AppTest, place: str) -> AppTest:
    at.query_params["at"] = place
    return at.run()


def marked(at: AppTest) -> list[str]:
    """The places that this page brings into view."""
    return [one.proto.id.split("asked/")[-1] for one in at.get("bidi_component") if "asked/" in one.proto.id]


@pytest.mark.parametrize(("page", "place"), IN_PLACE)
def test_what_is_edited_on_the_page_is_brought_into_view_and_opens_no_drawer(office, empty, visit, page, place):
    at = asked(visit(page), place)
    assert fault(at) == []
    assert "drawer" not in at.session_state
    assert len(marked(at)) == 1


@pytest.mark.parametrize("place", ["target:speed", "score"])
def test_in_a_round_the_criterion_asked_for_is_shown_and_brought_into_view(office, example, visit, place):
    if place == "score":
        state = office.store.state(example)
        place = next(row.id for row in state.of("score") if state.get(row["indicator"])["criterion"] == "speed")
    at = asked(visit("step_6_assessment"), place)
    assert fault(at) == []
    assert at.session_state["assessment/criterion"] == "speed"
    assert len(marked(at)) == 1


def test_an_indicator_added_since_the_only_round_was_closed_has_a_place_to_be_led_to(office, example, visit):
    state = office.store.state(example)
    close_round(office, person("facilitator"), example, state.of("round")[0].id, state.seq)
    write(office, example, "indicator", criterion="speed", name="เพิ่มภายหลัง")
    standing = standing_in(review_of(office, office.store.state(example)), "assessment")
    (place,) = (gap.place for gap in standing.gaps if gap.code == "unscored")
    at = asked(visit("step_6_assessment"), place)
    assert (fault(at), at.session_state["assessment/criterion"], len(marked(at))) == ([], "speed", 1)


def test_who_lacks_a_facilitator_is_led_to_the_open_form_for_people(office, empty, visit):
    at = asked(visit("people", role="administrator"), "people")
    assert fault(at) == []
    assert at.session_state["people/add"] is True
    assert len(marked(at)) == 1
