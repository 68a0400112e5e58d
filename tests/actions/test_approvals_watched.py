"""Approved steps are watched: what breaks one is noted at once, and what is not mended opens it after a day."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pso_core import standards
from pso_core.actions import approvals
from pso_core.actions.approvals import reopens_at, watch, watch_all
from pso_core.actions.people import disable, enable
from pso_core.actions.projects import export_project, import_project
from pso_core.office import Office
from pso_core.store import Write
from pso_core.text.phrases import phrases
from tests.actions.conftest import Clock
from tests.actions.signing import all_approved, approved, clock, house, office, project, signed
from tests.actions.test_saving_permissions import ROWS
from tests.building import contents, lampang, person, remove, write

FACILITATOR = person("facilitator")
TH = phrases("th")


def behind_the_back(office: Office, project: str, entity_id: str, **values) -> None:
    """Written past the actions, which would refuse it: as when a standard or an older program left it so."""
    row = office.store.state(project).get(entity_id)
    office.store.commit(project, [Write(row.id, row.kind, row.revision, {**row.body, **values})], person_id="p-admin", action="save")


def last(office: Office, project: str) -> tuple[str, str]:
    change = office.store.history(project, limit=1)[0]
    return change.action, change.person_id


def test_a_change_elsewhere_that_breaks_an_approved_step_is_noted_at_once(office: Office, project: str, clock: Clock):
    all_approved(office, project, ["assessment"])
    write(office, project, "indicator", criterion="speed", name="เวลาตอบ", share=None, position=9)
    found = signed(office, project, "assessment")
    assert (found["state"], found["broken_at"]) == ("approved", "2026-11-23T03:00:00Z")
    assert "“เวลาตอบ” ยังไม่ได้ให้คะแนน" in found["broken"]
    assert last(office, project) == ("broken", "clock")


def test_what_is_mended_is_cleared_at_once(office: Office, project: str, clock: Clock):
    all_approved(office, project, ["assessment"])
    new = write(office, project, "indicator", criterion="speed", name="เวลาตอบ", share=None, position=9).ids[0]
    clock.move(hours=23)
    remove(office, project, new)
    found = signed(office, project, "assessment")
    assert (found["state"], "broken_at" in found, "broken" in found, last(office, project)) == ("approved", False, False, ("mended", "clock"))
    clock.move(hours=2)
    watch(office, project)
    assert signed(office, project, "assessment")["state"] == "approved"


def test_a_step_broken_for_a_day_is_open_again_and_says_why(office: Office, project: str, clock: Clock):
    approved(office, project, "weights")
    behind_the_back(office, project, "weight:coverage", weight=15)
    watch(office, project)
    broken = office.store.state(project).get("sign_off:weights")
    assert broken["broken"] == TH("gaps.weights_short", total=95, off=5)
    assert f"{reopens_at(broken):%Y-%m-%d %H:%M}" == "2026-11-24 03:00"
    clock.move(hours=23, minutes=59)
    watch(office, project)
    assert office.store.state(project).get("sign_off:weights") == broken
    clock.move(minutes=1)
    watch(office, project)
    assert signed(office, project, "weights") == {
        "step": "weights", "state": "draft", "reason": f"{TH('sign_off.not_mended')}\n{TH('gaps.weights_short', total=95, off=5)}",
    }  # fmt: skip
    assert last(office, project) == ("reopen", "clock")
    assert office.store.history(project, limit=1)[0].reason == TH("sign_off.not_mended")
    write(office, project, "weight", "weight:coverage", weight=20)


def test_a_whole_step_is_watched_without_a_word(office: Office, project: str, clock: Clock):
    approved(office, project, "weights")
    before = contents(office.store, project)
    for _ in range(3):
        clock.move(days=1)
        watch(office, project)
    assert contents(office.store, project) == before


def test_a_clock_moved_back_opens_nothing_early_and_does_not_wait_for_ever(office: Office, project: str, clock: Clock):
    approved(office, project, "weights")
    behind_the_back(office, project, "weight:coverage", weight=15)
    clock.move(days=365)
    watch(office, project)
    clock.move(days=-365)
    watch(office, project)
    assert signed(office, project, "weights")["broken_at"] == "2026-11-23T03:00:00Z"
    clock.move(hours=24)
    watch(office, project)
    assert signed(office, project, "weights")["state"] == "draft"


def test_a_day_that_comes_and_a_person_who_leaves_break_a_step_too(office: Office, project: str, clock: Clock):
    for row in office.store.state(project).of("activity"):
        behind_the_back(office, project, row.id, owner="p-member")
    all_approved(office, project, ["plan", "execution"])
    watch(office, project)
    assert ("broken_at" in signed(office, project, "plan"), "broken_at" in signed(office, project, "execution")) == (False, True)
    disable(office, person("administrator"), "p-member")
    watch(office, project)
    enable(office, person("administrator"), "p-member")
    broken = signed(office, project, "plan")["broken"]
    assert person("member").position in broken and person("member").name not in broken


def test_a_day_alone_breaks_what_was_whole(office: Office, project: str, clock: Clock):
    late, *others = office.store.state(project).of("activity")
    for row in (*office.store.state(project).of("progress"), *others):
        behind_the_back(office, project, row.id, **({"open_ended": True} if row in others else {"activity": others[0].id}))
    behind_the_back(office, project, late.id, due="2026-11-30", open_ended=None)
    all_approved(office, project, ["execution"])
    watch(office, project)
    assert "broken_at" not in signed(office, project, "execution")
    clock.move(days=30)
    watch(office, project)
    assert "broken_at" in signed(office, project, "execution")


def test_a_criterion_added_to_the_standard_breaks_what_it_is_missing_in(office: Office, project: str, monkeypatch: pytest.MonkeyPatch):
    approved(office, project, "weights")
    standard = standards.load()
    added = replace(standard.criteria[0], key="added")
    names = {**standard.names, "criteria": {**standard.names["criteria"], "added": added.name}}
    more = replace(standard, criteria=(*standard.criteria, added), names=names)
    monkeypatch.setattr(standards, "load", lambda *_: more)
    watch(office, project)
    assert signed(office, project, "weights")["broken"] == TH("gaps.no_weight", criterion=added.name["th"])


def test_what_breaks_a_step_in_very_many_places_is_still_kept(office: Office, project: str, clock: Clock):
    all_approved(office, project, ["execution", "plan"])
    body = {**ROWS["activity"]["body"], "name": "งาน" * 90, "owner": None, "code": None}
    more = [Write(f"activity:more{number}", "activity", 0, body) for number in range(40)]
    office.store.commit(project, more, person_id="p-admin", action="save")
    watch(office, project)
    kept = signed(office, project, "plan")["broken"]
    assert 4_000 < len(kept) <= 5_000 and kept.split("\n")[-1].startswith("และอีก ")
    clock.move(hours=24)
    watch(office, project)
    assert len(signed(office, project, "plan")["reason"]) <= 1_000


def test_the_clock_goes_on_when_one_project_cannot_be_watched(office: Office, project: str, clock: Clock, monkeypatch, caplog):
    other = lampang(office)
    for one in (project, other):
        approved(office, one, "weights")
        behind_the_back(office, one, "weight:coverage", weight=15)
    whole = approvals.review_of
    monkeypatch.setattr(approvals, "review_of", lambda office, state: 1 / 0 if state.project_id == project else whole(office, state))
    watch_all(office)
    assert ["broken_at" in signed(office, one, "weights") for one in (project, other)] == [False, True]
    assert project in caplog.text


def test_what_the_clock_did_is_handed_over_with_the_history(office: Office, project: str, clock: Clock):
    approved(office, project, "weights")
    behind_the_back(office, project, "weight:coverage", weight=15)
    watch(office, project)
    data = export_project(office, FACILITATOR, project, with_history=True)
    copy = import_project(office, FACILITATOR, data)
    assert export_project(office, FACILITATOR, copy, with_history=True) == data
    assert last(office, copy) == ("broken", "clock")
