"""Putting tasks in order and adding many: one change each, and nothing of others lost."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from pso_core.actions.tasks import add_tasks, order_tasks
from pso_core.errors import Mistakes, NotAllowed, PsoError
from pso_core.office import Office
from pso_core.steps.tasks import tasks_of
from tests.actions.peopled import office
from tests.building import an_empty_project, contents, lampang, person, remove, write

FACILITATOR, VIEWER, MEMBER = person("facilitator"), person("viewer"), person("member")


@pytest.fixture
def project(office: Office) -> str:
    return lampang(office)


def codes(office: Office, project: str, tier: str = "main") -> list[str]:
    return [task["code"] for task in tasks_of(office.store.state(project), tier)]


def ids(office: Office, project: str, *wanted: str) -> list[str]:
    found = {task["code"]: task.id for task in office.store.state(project).of("task")}
    return [found[code] for code in wanted]


def now(office: Office, project: str) -> int:
    return office.store.state(project).seq


def test_tasks_stand_in_the_order_given_and_other_tiers_stay(office, project):
    secondary, seq = codes(office, project, "secondary"), now(office, project)
    order_tasks(office, MEMBER, project, "main", ids(office, project, "1.5", "1.1", "1.2", "1.3", "1.4"), seq)
    assert codes(office, project) == ["1.5", "1.1", "1.2", "1.3", "1.4"]
    assert codes(office, project, "secondary") == secondary
    assert now(office, project) == seq + 1
    assert [change.action for change in office.store.history(project, limit=1)] == ["order"]


def test_tasks_left_out_follow_and_foreign_ids_are_passed_over(office, project):
    order = [*ids(office, project, "1.4", "2.1"), "task:nobody", *ids(office, project, "1.2")]
    order_tasks(office, FACILITATOR, project, "main", order, now(office, project))
    assert codes(office, project) == ["1.4", "1.2", "1.1", "1.3", "1.5"]
    assert codes(office, project, "secondary")[0] == "2.1"


def test_the_order_that_there_is_writes_nothing(office, project):
    before = contents(office.store, project)
    order_tasks(office, FACILITATOR, project, "main", ids(office, project, "1.1", "1.2", "1.3", "1.4", "1.5"), before[0])
    assert contents(office.store, project) == before


def test_tasks_without_a_place_of_their_own_get_one(office):
    project = an_empty_project(office)
    for code in ("1.1", "1.2", "1.3"):
        write(office, project, "task", tier="main", code=code, name=f"งาน {code}")
    order_tasks(office, FACILITATOR, project, "main", ids(office, project, "1.3", "1.1", "1.2"), now(office, project))
    assert codes(office, project) == ["1.3", "1.1", "1.2"]


def test_two_who_move_different_tasks_both_get_their_way(office, project):
    seen = now(office, project)
    order_tasks(office, FACILITATOR, project, "main", ids(office, project, "1.2", "1.1", "1.3", "1.4", "1.5"), seen)
    order_tasks(office, MEMBER, project, "main", ids(office, project, "1.1", "1.2", "1.3", "1.5", "1.4"), seen)
    assert codes(office, project) == ["1.2", "1.1", "1.3", "1.5", "1.4"]


def test_two_who_move_the_same_tasks_the_second_is_told_and_nothing_is_written(office, project):
    seen = now(office, project)
    order_tasks(office, FACILITATOR, project, "main", ids(office, project, "1.2", "1.1", "1.3", "1.4", "1.5"), seen)
    before = contents(office.store, project)
    with pytest.raises(PsoError) as refusal:
        order_tasks(office, MEMBER, project, "main", ids(office, project, "1.3", "1.1", "1.2", "1.4", "1.5"), seen)
    assert refusal.value.code == "order_changed_since"
    assert contents(office.store, project) == before


def test_an_order_with_a_task_that_was_removed_meanwhile_is_refused(office, project):
    seen, (task,) = now(office, project), ids(office, project, "1.5")
    order = ids(office, project, "1.5", "1.1", "1.2", "1.3", "1.4")
    remove(office, project, task)
    before = contents(office.store, project)
    with pytest.raises(PsoError) as refusal:
        order_tasks(office, MEMBER, project, "main", order, seen)
    assert refusal.value.code == "order_changed_since"
    assert contents(office.store, project) == before


def test_points_typed_by_another_meanwhile_stay(office, project):
    seen, (task,) = now(office, project), ids(office, project, "1.1")
    write(office, project, "task", task, points=14)
    order_tasks(office, FACILITATOR, project, "main", ids(office, project, "1.2", "1.1", "1.3", "1.4", "1.5"), seen)
    assert office.store.state(project).get(task)["points"] == 14
    assert codes(office, project)[:2] == ["1.2", "1.1"]


def test_a_viewer_may_neither_order_nor_add(office, project):
    before = contents(office.store, project)
    with pytest.raises(NotAllowed):
        order_tasks(office, VIEWER, project, "main", ids(office, project, "1.5"), before[0])
    with pytest.raises(NotAllowed):
        add_tasks(office, VIEWER, project, "main", ["งานใหม่"], before[0])
    assert contents(office.store, project) == before


def test_many_tasks_are_added_in_one_change_with_the_next_codes(office, project):
    seq = now(office, project)
    add_tasks(office, MEMBER, project, "support", ["งานอาคารสถานที่", "งานยานพาหนะ"], seq)
    assert codes(office, project, "support") == ["3.1", "3.2", "3.3", "3.4", "3.5"]
    assert now(office, project) == seq + 1
    assert [task["points"] for task in tasks_of(office.store.state(project), "support")] == [5, 3, 2, None, None]


def test_one_name_too_long_and_none_is_added(office, project):
    before = contents(office.store, project)
    with pytest.raises(Mistakes) as refusal:
        add_tasks(office, MEMBER, project, "main", ["งานดี", "ก" * 301], before[0])
    assert [problem.code for problem in refusal.value.problems] == ["too_long"]
    assert contents(office.store, project) == before


def test_two_who_add_tasks_at_the_same_moment_both_get_codes(office, project):
    seen = now(office, project)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda number: add_tasks(office, MEMBER, project, "support", [f"งาน {number}"], seen), range(8)))
    assert codes(office, project, "support") == [f"3.{number}" for number in range(1, 12)]
