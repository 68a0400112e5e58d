"""Lists to choose from: two that read alike are two."""

from pso_core.ui.fields import _told_apart
from tests.building import write
from tests.pages.conftest import fault


def test_two_people_of_one_name_can_be_chosen_each(office, example, visit):
    for activity in office.store.state(example).of("activity"):
        write(office, example, "activity", activity.id, name="กิจกรรมเดียวกัน", code=None)
    first, second = office.store.state(example).of("activity")[:2]
    at = visit("step_8_execution")
    at.session_state["drawer"], at.session_state["drawer/project"] = ("progress", None, {}), example
    at.run()
    chosen = next(box for box in at.selectbox if "(2)" in str(box.options))
    chosen.select_index(1).run()
    assert (fault(at), at.selectbox[0].value) == ([], second.id)


def test_only_names_that_occur_twice_are_numbered():
    assert _told_apart(["ก", "ข", "ก"]) == ["ก (1)", "ข", "ก (2)"]
