"""An approved step is read-only: for every kind of its rows and every way of writing them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from pso_core.actions.assessment import close_round, open_round
from pso_core.actions.indicators import use_samples
from pso_core.actions.restoring import restore_row
from pso_core.actions.rows import DESPITE_APPROVAL, Edit, may_edit, save_rows
from pso_core.actions.schedule import move_activity
from pso_core.actions.sign_offs import submit
from pso_core.actions.tasks import add_tasks, order_tasks
from pso_core.errors import NotAllowed, PsoError
from pso_core.office import Office
from pso_core.steps import KINDS, STEP_OF_KIND, STEPS
from tests.actions.signing import all_approved, seq
from tests.actions.test_saving_permissions import ROWS, attempt
from tests.building import PEOPLE, an_empty_project, an_office, contents, lampang, person, remove, write

FACILITATOR, HEAD = person("facilitator"), person("head")
KINDS_SIGNED = [kind.name for step in STEPS for kind in step.kinds if not kind.despite_approval]
AS_PEOPLE_LIKE = [name for name in KINDS_SIGNED if KINDS[name].actions is None]  # the others: where the actions are tested that alone write them


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with an_office(tmp_path_factory.mktemp("office") / "nine.duckdb") as opened:
        yield opened


@pytest.fixture(scope="module")
def project(office: Office) -> str:
    """Lampang with every step approved."""
    project = lampang(office)
    write(office, project, "vision", "vision", text="รุ่นที่สอง")
    all_approved(office, project)
    return project


def read_only(office: Office, project: str, step: str, act: Callable[[], object]) -> None:
    before = contents(office.store, project)
    with pytest.raises(PsoError) as refusal:
        act()
    assert (refusal.value.code, refusal.value.facts) == ("step_approved", {"step": step})
    assert contents(office.store, project) == before


@pytest.mark.parametrize("kind", AS_PEOPLE_LIKE)
def test_no_row_is_changed_or_added(office: Office, project: str, kind: str):
    read_only(office, project, STEP_OF_KIND[kind].key, lambda: attempt(office, project, kind, "facilitator"))


@pytest.mark.parametrize("kind", [kind for kind in KINDS_SIGNED if kind in ROWS])
def test_no_row_is_removed(office: Office, project: str, kind: str):
    read_only(office, project, STEP_OF_KIND[kind].key, lambda: remove(office, project, ROWS[kind]["id"]))


@pytest.mark.parametrize("kind", KINDS_SIGNED)
def test_nobody_is_offered_to_edit_it(office: Office, project: str, kind: str):
    state = office.store.state(project)
    assert not any(may_edit(one, kind, None, state) for one in PEOPLE.values())


def test_no_earlier_version_is_brought_back(office: Office, project: str):
    read_only(office, project, "vision", lambda: restore_row(office, FACILITATOR, project, "vision", 1, seq(office, project)))


def test_tasks_are_neither_ordered_nor_added(office: Office, project: str):
    backwards = [row.id for row in office.store.state(project).where("task", tier="main")][::-1]
    read_only(office, project, "tasks", lambda: order_tasks(office, FACILITATOR, project, "main", backwards, seq(office, project)))
    read_only(office, project, "tasks", lambda: add_tasks(office, FACILITATOR, project, "main", ["ใหม่"], seq(office, project)))


def test_rounds_are_neither_opened_nor_closed(office: Office, project: str):
    read_only(office, project, "assessment", lambda: open_round(office, FACILITATOR, project, "รอบใหม่", seq(office, project)))
    read_only(office, project, "assessment", lambda: close_round(office, FACILITATOR, project, ROWS["round"]["id"], seq(office, project)))


def test_due_dates_and_owners_still_move(office: Office, project: str):
    activity = ROWS["activity"]["id"]
    move_activity(office, FACILITATOR, project, activity, "2027-09-30", seq(office, project), "รอเครื่องแม่ข่าย")
    assert office.store.state(project).get(activity)["due"] == "2027-09-30"
    save_rows(office, FACILITATOR, project, [Edit("activity", activity, {"owner": "p-member"})], seq(office, project), action="transfer")
    assert office.store.state(project).get(activity)["owner"] == "p-member"
    assert DESPITE_APPROVAL == {"transfer", "move_due"}


def test_the_profile_and_the_schedule_are_no_steps_that_are_signed(office: Office, project: str):
    assert write(office, project, "agency", "agency", province="ลำพูน").ids == ("agency",)
    with pytest.raises(KeyError):
        submit(office, HEAD, project, "schedule", seq(office, project))


def test_samples_are_not_taken_into_an_approved_step(office: Office):
    project = an_empty_project(office)
    all_approved(office, project, ["indicators"])
    read_only(office, project, "indicators", lambda: use_samples(office, FACILITATOR, project, ["coverage"], "th", seq(office, project)))


def test_rows_of_an_approved_step_do_not_go_with_what_owns_them_elsewhere(office: Office):
    project = lampang(office)
    all_approved(office, project, ["assessment"])
    read_only(office, project, "assessment", lambda: remove(office, project, ROWS["indicator"]["id"]))


@pytest.mark.parametrize("action", ["save", "restore", "transfer", "move_due"])
def test_a_sign_off_is_written_by_signing_alone(office: Office, project: str, action: str):
    before = contents(office.store, project)
    with pytest.raises(NotAllowed) as refusal:
        save_rows(office, HEAD, project, [Edit("sign_off", None, {"step": "weights", "state": "draft"})], before[0], action=action)
    assert (refusal.value.code, refusal.value.facts) == ("written_otherwise", {"kind": "sign_off"})
    assert contents(office.store, project) == before
