"""Transfer day: everything that one person still has to do goes to another, in one change, and nothing else does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pso_core.actions.people import disable
from pso_core.actions.rows import Saved, may_edit
from pso_core.actions.schedule import ledger, move_phase
from pso_core.actions.transfer import transfer_everywhere, transfer_work, transferred
from pso_core.domain.people import ROLES
from pso_core.errors import Mistakes, NotFound, PsoError
from pso_core.office import Office
from pso_core.store import Change, Write
from tests.actions.handing_over import OPEN, owners, with_work
from tests.actions.planning import seq
from tests.actions.peopled import office, own_office
from tests.building import an_empty_project, contents, lampang, person, write

HEAD, FACILITATOR = person("head"), person("facilitator")
MAY = ("administrator", "facilitator", "head")
REASON = "ย้ายไปสำนักงานจังหวัดน่าน"


def transfer(office: Office, project: str, **changes: Any) -> Saved:
    """The member's work to the facilitator by the head, as it stands now, but for `changes`."""
    how = {"actor": HEAD, "project_id": project, "from_id": "p-member", "to_id": "p-facilitator", "seen": seq(office, project), "reason": REASON}
    return transfer_work(office, **{**how, **changes})


def transfers(office: Office, project: str) -> list[Change]:
    return [change for change in office.store.history(project) if change.action == "transfer"]


def refused(office: Office, project: str, code: str, act: Callable[[], object]) -> None:
    """Refused with this code, and nothing was written."""
    before = contents(office.store, project)
    with pytest.raises(PsoError) as refusal:
        act()
    assert refusal.value.code == code
    assert contents(office.store, project) == before


def test_what_is_open_moves_and_what_is_done_or_somebody_elses_stays(office: Office):
    project = with_work(office)
    before = owners(office, project)
    assert set(transfer(office, project).ids) == OPEN
    assert owners(office, project) == {**before, **dict.fromkeys(OPEN, "p-facilitator")}


def test_it_is_one_change_with_its_reason_also_in_approved_steps(office: Office):
    project = with_work(office)
    before = seq(office, project)
    transfer(office, project)
    [change] = transfers(office, project)
    assert (change.seq, change.person_id, change.reason) == (before + 1, "p-head", REASON)
    assert {row.entity_id for row in change.rows} == OPEN


def test_only_the_owner_changes_and_nothing_slips(office: Office):
    project = with_work(office)
    transfer(office, project)
    [change] = transfers(office, project)
    assert [row.after for row in change.rows] == [{**row.before, "owner": "p-facilitator"} for row in change.rows]
    assert ledger(office, project) == ()


def test_whoever_may_supervise_may_transfer(office: Office):
    project, holder = with_work(office), "p-member"
    for role in ROLES:
        taker = "p-admin" if holder == "p-member" else "p-member"
        if role in MAY:
            assert set(transfer(office, project, actor=person(role), from_id=holder, to_id=taker).ids) == OPEN, role
            holder = taker
        else:
            refused(office, project, "not_allowed", lambda: transfer(office, project, actor=person(role), from_id=holder, to_id=taker))  # noqa: B023
            refused(office, project, "not_allowed", lambda: transfer_everywhere(office, person(role), holder, taker, {project: seq(office, project)}, REASON))  # noqa: B023


def test_the_head_gives_a_phase_another_owner_by_a_transfer_alone():
    assert may_edit(HEAD, "phase", action="transfer")
    assert not may_edit(HEAD, "phase", action="move_phase")


def test_what_makes_no_sense_is_refused(office: Office):
    project = with_work(office)
    for code, changes in (
        ("same_person", {"to_id": "p-member"}),
        ("reason_missing", {"reason": " \u200b\n"}),
        ("reason_long", {"reason": "ก" * 1_001}),
        ("nothing_to_transfer", {"from_id": "p-viewer"}),
        ("nothing_to_transfer", {"from_id": "p-nobody"}),
    ):
        refused(office, project, code, lambda: transfer(office, project, **changes))  # noqa: B023


def test_nobody_who_has_left_gets_work_but_gives_it(own_office: Office):
    project = with_work(own_office)
    for who in ("p-viewer", "p-member"):
        disable(own_office, person("administrator"), who)
    refused(own_office, project, "person_has_left", lambda: transfer(own_office, project, to_id="p-viewer"))
    assert set(transfer(own_office, project).ids) == OPEN


def test_nobody_gets_work_who_may_only_read(own_office: Office):
    project = with_work(own_office)
    refused(own_office, project, "receiver_only_reads", lambda: transfer(own_office, project, to_id="p-viewer"))
    refused(own_office, project, "receiver_only_reads", lambda: transfer_everywhere(own_office, HEAD, "p-member", "p-viewer", {project: seq(own_office, project)}, REASON))


def test_a_receiver_who_never_was_is_refused(office: Office):
    project = with_work(office)
    before = contents(office.store, project)
    with pytest.raises(NotFound, match="person_not_found"):
        transfer(office, project, to_id="p-nobody")
    assert contents(office.store, project) == before


CHANGES: dict[str, Callable[[Office, str], object]] = {
    "more was given": lambda office, project: move_phase(office, FACILITATOR, project, "tasks", {"owner": "p-member"}, seq(office, project)),
    "all was given away": lambda office, project: transfer(office, project, to_id="p-admin"),
    "some was finished": lambda office, project: write(office, project, "progress", activity="activity:open", reported_on="2026-11-23", percent=100),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_is_no_longer_as_it_was_shown_is_shown_again_first(own_office: Office, change: str):
    project = with_work(own_office)
    shown = seq(own_office, project)
    CHANGES[change](own_office, project)
    refused(own_office, project, "work_changed_since", lambda: transfer(own_office, project, seen=shown))
    refused(own_office, project, "work_changed_since", lambda: transfer_everywhere(own_office, HEAD, "p-member", "p-admin", {project: shown}, REASON))


def test_what_others_wrote_into_the_same_rows_meanwhile_stays(office: Office):
    project = with_work(office)
    shown = seq(office, project)
    move_phase(office, FACILITATOR, project, "vision", {"days": 9}, shown, "รอข้อมูล")
    transfer(office, project, seen=shown)
    phase = office.store.state(project).get("phase:vision")
    assert (phase["days"], phase["owner"]) == (9, "p-facilitator")


def test_an_activity_that_by_now_lifts_above_the_scale_is_handed_over_all_the_same(office: Office):
    """A later round left it less room; who does it is another matter."""
    project = lampang(office)
    activity = office.store.state(project).of("activity")[0]
    body = {**activity.body, "lifts": dict.fromkeys(activity["lifts"], 3), "owner": "p-member"}
    reports = [Write(row.id, "progress", row.revision, None) for row in office.store.state(project).where("progress", activity=activity.id)]
    office.store.commit(project, [Write(activity.id, "activity", activity.revision, body), *reports], person_id="p-head", action="save")
    with pytest.raises(Mistakes) as refusal:
        write(office, project, "activity", activity.id, name="ชื่ออื่น")
    assert {problem.code for problem in refusal.value.problems} == {"lift_above_top"}
    transfer(office, project)
    assert office.store.state(project).get(activity.id)["owner"] == "p-facilitator"


def test_everywhere_is_one_change_in_each_project_where_they_hold_something(own_office: Office):
    first, second, third = projects = [with_work(own_office), with_work(own_office, owner="p-head"), an_empty_project(own_office)]
    seen = {project: seq(own_office, project) for project in projects}
    saved = transfer_everywhere(own_office, HEAD, "p-member", "p-facilitator", seen, REASON)
    assert sorted((set(one.ids) for one in saved), key=len, reverse=True) == [OPEN, {"activity:others"}]
    assert [len(transfers(own_office, project)) for project in projects] == [1, 1, 0]
    assert (owners(own_office, first)["phase:vision"], owners(own_office, second)["phase:vision"]) == ("p-facilitator", "p-head")


def test_what_was_transferred_is_known_with_how_the_projects_stood_before(own_office: Office):
    first, second, untouched = with_work(own_office), with_work(own_office), with_work(own_office, owner="p-head")
    seen = {project: seq(own_office, project) for project in (first, second, untouched)}
    transfer_everywhere(own_office, HEAD, "p-member", "p-facilitator", seen, REASON)
    later = seq(own_office, second)
    transfer(own_office, second, from_id="p-facilitator", to_id="p-member")
    there, back = sorted(transferred(own_office, seen), key=lambda one: len(one.before), reverse=True)
    assert (there.from_id, there.to_id, there.count, dict(there.before)) == ("p-member", "p-facilitator", 2 * len(OPEN) + 1, seen)
    assert (back.from_id, back.to_id, dict(back.before)) == ("p-facilitator", "p-member", {second: later})
    assert transferred(own_office, seen, "p-facilitator") == (back,)
    assert transferred(own_office, [an_empty_project(own_office)]) == ()


def test_everywhere_writes_nothing_unless_everything_is_as_it_was_shown(own_office: Office):
    first, second = with_work(own_office), with_work(own_office)
    seen = {project: seq(own_office, project) for project in (first, second)}
    CHANGES["more was given"](own_office, second)
    for shown in (seen, {first: seen[first]}):
        refused(own_office, first, "work_changed_since", lambda shown=shown: transfer_everywhere(own_office, HEAD, "p-member", "p-admin", shown, REASON))
    refused(own_office, first, "nothing_to_transfer", lambda: transfer_everywhere(own_office, HEAD, "p-viewer", "p-admin", seen, REASON))
