"""Numbers that must sum are one value: two who change a set at once see both sets whole."""

from __future__ import annotations


import pytest

from pso_core.actions.rows import Edit, save_rows
from pso_core.errors import Clash, Clashing
from pso_core.office import Office
from pso_core.steps import KINDS
from tests.actions.peopled import office
from tests.building import an_empty_project, contents, person, write

ADMINISTRATOR = person("administrator")


@pytest.fixture
def project_id(office: Office) -> str:
    return an_empty_project(office)


def now(office: Office, project_id: str) -> int:
    return office.store.state(project_id).seq


def _set_of(office: Office, project_id: str, kind: str) -> tuple[list[str], str, dict]:
    """Two rows of a set that must sum: their ids, the summed field, and the values 40 and 60."""
    if kind == "weight":
        given = [{"criterion": "speed", "weight": 40}, {"criterion": "access", "weight": 60}]
    elif kind == "task":
        given = [{"tier": "main", "code": code, "name": "ก", "points": points} for code, points in (("1", 40), ("2", 60))]
    else:
        given = [{"criterion": "speed", "name": "ก", "share": share} for share in (40, 60)]
    ids = [write(office, project_id, kind, **values).ids[0] for values in given]
    return ids, KINDS[kind].sums[0], dict(zip(ids, (40, 60), strict=True))


SETS = pytest.mark.parametrize("kind", [kind.name for kind in KINDS.values() if kind.sums])


@SETS
def test_a_set_that_must_sum_clashes_as_a_whole(office, project_id, kind):
    (first, second), field, base = _set_of(office, project_id, kind)
    seen = now(office, project_id)
    write(office, project_id, kind, first, seen=seen, by=ADMINISTRATOR, **{field: 30})
    before = contents(office.store, project_id)
    with pytest.raises(Clash) as refusal:
        write(office, project_id, kind, second, seen=seen, **{field: 50})
    assert refusal.value.clashes == (
        Clashing(kind, kind, field, base, {first: 40, second: 50}, {first: 30, second: 60}, "p-admin", "2026-11-23T03:00:00+00:00"),
    )
    assert contents(office.store, project_id) == before


@SETS
def test_one_number_of_a_set_changed_by_both_is_one_clash(office, project_id, kind):
    (first, second), field, base = _set_of(office, project_id, kind)
    seen = now(office, project_id)
    write(office, project_id, kind, first, seen=seen, by=ADMINISTRATOR, **{field: 30})
    with pytest.raises(Clash) as refusal:
        write(office, project_id, kind, first, seen=seen, **{field: 20})
    assert [(one.field, one.base, one.mine, one.theirs) for one in refusal.value.clashes] == [
        (field, base, {first: 20, second: 60}, {first: 30, second: 60}),
    ]  # fmt: skip


@SETS
def test_another_field_of_a_set_does_not_clash_with_its_numbers(office, project_id, kind):
    (first, second), field, _ = _set_of(office, project_id, kind)
    text = {"weight": "reason", "task": "basis", "indicator": "method"}[kind]
    seen = now(office, project_id)
    edits = [Edit(kind, first, {field: 30}), Edit(kind, second, {field: 70})]
    save_rows(office, ADMINISTRATOR, project_id, edits, seen)
    write(office, project_id, kind, first, seen=seen, **{text: "เหตุผล"})
    rows = office.store.state(project_id).rows
    assert (rows[first][field], rows[second][field], rows[first][text]) == (30, 70, "เหตุผล")


def test_points_of_another_tier_do_not_clash(office, project_id):
    main = write(office, project_id, "task", tier="main", code="1", name="ก", points=60).ids[0]
    support = write(office, project_id, "task", tier="support", code="2", name="ข", points=10).ids[0]
    seen = now(office, project_id)
    write(office, project_id, "task", main, points=50, seen=seen, by=ADMINISTRATOR)
    write(office, project_id, "task", support, points=20, seen=seen)
    assert [row["points"] for row in office.store.state(project_id).of("task")] == [50, 20]


def test_the_first_weights_of_two_people_clash_as_well(office, project_id):
    """Which criteria there are is fixed: two people who begin at once share out the same hundred."""
    seen = office.store.state(project_id).seq
    write(office, project_id, "weight", criterion="coverage", weight=60, seen=seen)
    with pytest.raises(Clash) as clash:
        write(office, project_id, "weight", criterion="accuracy", weight=70, seen=seen)
    assert clash.value.clashes[0].mine == {"weight:coverage": 60, "weight:accuracy": 70}
    assert office.store.state(project_id).get("weight:accuracy") is None


def test_a_new_task_does_not_clash_with_another_new_one(office, project_id):
    seen = office.store.state(project_id).seq
    for code in ("9.1", "9.2"):
        write(office, project_id, "task", tier="main", code=code, name=code, points=5, seen=seen)
    assert len(office.store.state(project_id).of("task")) == 2


def test_what_is_shown_as_mine_is_the_set_i_had_before_me_and_makes_my_sum(office, project_id):
    """One moves points from the first task to the second, the other from the second to the third."""
    ids = [write(office, project_id, "task", tier="main", code=code, name=code, points=20).ids[0] for code in ("1", "2", "3")]
    seen = now(office, project_id)
    save_rows(office, ADMINISTRATOR, project_id, [Edit("task", ids[0], {"points": 25}), Edit("task", ids[1], {"points": 15})], seen)
    with pytest.raises(Clash) as refusal:
        save_rows(office, person("facilitator"), project_id, [Edit("task", ids[1], {"points": 18}), Edit("task", ids[2], {"points": 22})], seen)
    (clash,) = refusal.value.clashes
    assert (clash.mine, clash.theirs) == (dict(zip(ids, (20, 18, 22), strict=True)), dict(zip(ids, (25, 15, 20), strict=True)))


def test_a_number_that_only_they_gave_is_none_in_mine(office, project_id):
    ids = [write(office, project_id, "task", tier="main", code=code, name=code).ids[0] for code in ("1", "2")]
    seen = now(office, project_id)
    write(office, project_id, "task", ids[0], points=60, seen=seen, by=ADMINISTRATOR)
    with pytest.raises(Clash) as refusal:
        write(office, project_id, "task", ids[1], points=60, seen=seen)
    assert refusal.value.clashes[0].mine == {ids[0]: None, ids[1]: 60}
