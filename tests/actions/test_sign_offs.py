"""Signing a step off: each rule, and each refusal with nothing written."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from pso_core.actions.projects import export_project, import_project
from pso_core.actions.sign_offs import approve, endorse, reopen, return_, submit
from pso_core.domain.people import ROLES
from pso_core.domain.permissions import may
from pso_core.errors import NotAllowed, PsoError
from pso_core.office import Office
from pso_core.steps.naming import Told, refusal_sentence
from pso_core.steps.sign_off import NEEDS
from pso_core.steps.signing import GapsOpen
from pso_core.store import digest_of_rows
from pso_core.text.phrases import LANGUAGES, phrases
from tests.actions.conftest import Clock
from tests.actions.signing import approved, clock, house, office, project, seq, signed
from tests.building import PEOPLE, contents, person, remove, write

FACILITATOR, HEAD, MEMBER = person("facilitator"), person("head"), person("member")
NOW = "2026-11-23T03:00:00Z"
ACTIONS = {"submit": submit, "endorse": endorse, "approve": approve, "return": return_, "reopen": reopen}
VERBS = {"submit": "edit_content", "endorse": "endorse", "approve": "approve", "return": "return", "reopen": "reopen"}
BEFORE = {"submit": "draft", "endorse": "submitted", "approve": "endorsed", "return": "submitted", "reopen": "approved"}
OUT_OF_TURN = [
    ("submit", "submitted"), ("submit", "endorsed"), ("submit", "approved"), ("endorse", "draft"), ("endorse", "endorsed"), ("endorse", "returned"),
    ("approve", "draft"), ("approve", "returned"), ("approve", "approved"), ("return", "draft"), ("return", "approved"), ("reopen", "submitted"),
]  # fmt: skip


def do(office: Office, project: str, action: str, by, step: str = "weights", seen: int | None = None, **more: str):
    more = {"reason": "เพราะจำเป็น", **more} if action in ("return", "reopen") else more
    return ACTIONS[action](office, by, project, step, seq(office, project) if seen is None else seen, **more)


def brought_to(office: Office, project: str, state: str, step: str = "weights", by=MEMBER) -> None:
    """The step in this state, submitted by a member unless told otherwise."""
    way = {
        "draft": [], "submitted": [("submit", by)], "returned": [("submit", by), ("return", FACILITATOR)],
        "endorsed": [("submit", by), ("endorse", FACILITATOR)], "approved": [("submit", by), ("endorse", FACILITATOR), ("approve", HEAD)],
    }  # fmt: skip
    for action, who in way[state]:
        do(office, project, action, who, step)


def refused(office: Office, project: str, attempt: Callable[[], object]) -> PsoError:
    """The refusal; nothing was written, and it is a sentence in both languages."""
    before = contents(office.store, project)
    with pytest.raises(PsoError) as refusal:
        attempt()
    assert contents(office.store, project) == before
    assert all(refusal_sentence(Told(phrases(language)), refusal.value).isprintable() for language in LANGUAGES)
    return refusal.value


def test_a_step_goes_from_draft_to_approved_and_keeps_who_signed_as_what_and_when(office: Office, project: str, clock: Clock):
    brought_to(office, project, "submitted")
    clock.move(hours=1)
    do(office, project, "endorse", FACILITATOR)
    clock.move(hours=1)
    do(office, project, "approve", HEAD)
    found = signed(office, project, "weights")
    assert found.pop("digest")
    assert found == {
        "step": "weights", "state": "approved",
        "submitted_by": MEMBER.id, "submitted_position": MEMBER.position, "submitted_at": NOW,
        "endorsed_by": FACILITATOR.id, "endorsed_position": FACILITATOR.position, "endorsed_at": "2026-11-23T04:00:00Z",
        "approved_by": HEAD.id, "approved_position": HEAD.position, "approved_at": "2026-11-23T05:00:00Z",
    }  # fmt: skip
    changes = office.store.history(project, entity_id="sign_off:weights")
    assert [(change.action, change.person_id, len(change.rows)) for change in changes] == [
        ("approve", HEAD.id, 1), ("endorse", FACILITATOR.id, 1), ("submit", MEMBER.id, 1),
    ]  # fmt: skip


def test_the_digest_is_that_of_the_rows_of_the_step_as_anybody_can_compute_it(office: Office, project: str):
    brought_to(office, project, "submitted")
    rows = json.loads(export_project(office, FACILITATOR, project))["rows"]
    said = {row["id"]: {name: value for name, value in row["body"].items() if value not in (None, {})} for row in rows if row["kind"] == "weight"}
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert signed(office, project, "weights")["digest"] == hashlib.sha256(text.encode()).hexdigest()


def test_in_a_digest_nothing_written_is_as_good_as_an_empty_field_but_zero_and_no_are_something():
    one, same, zero, no = ({"a": body} for body in ({"name": "ก"}, {"lifts": {}, "name": "ก", "points": None}, {"name": "ก", "points": 0}, {"name": "ก", "ready": False}))
    assert digest_of_rows(one) == digest_of_rows(same)
    assert len({digest_of_rows(some) for some in (one, zero, no, {}, {"b": one["a"]})}) == 5


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("role", ROLES)
def test_a_role_signs_what_its_verbs_include_and_nothing_else(office: Office, project: str, role: str, action: str):
    brought_to(office, project, BEFORE[action])
    if may(role, VERBS[action]):
        assert do(office, project, action, person(role)).ids == ("sign_off:weights",)
        return
    refusal = refused(office, project, lambda: do(office, project, action, person(role)))
    assert isinstance(refusal, NotAllowed)
    assert (refusal.code, refusal.facts) == ("not_allowed", {"role": role, "verb": VERBS[action]})


def test_only_the_head_returns_what_was_endorsed(office: Office, project: str):
    brought_to(office, project, "endorsed")
    refusal = refused(office, project, lambda: do(office, project, "return", FACILITATOR))
    assert refusal.facts == {"role": "facilitator", "verb": "return_endorsed"}
    do(office, project, "return", HEAD, reason="ทบทวนน้ำหนักความครอบคลุม")
    assert signed(office, project, "weights") == {
        "step": "weights", "state": "returned", "reason": "ทบทวนน้ำหนักความครอบคลุม",
        "submitted_by": MEMBER.id, "submitted_position": MEMBER.position, "submitted_at": NOW,
    }  # fmt: skip


@pytest.mark.parametrize(("action", "state"), OUT_OF_TURN)
def test_nothing_is_signed_out_of_turn(office: Office, project: str, action: str, state: str):
    brought_to(office, project, state)
    refusal = refused(office, project, lambda: do(office, project, action, HEAD))
    assert (refusal.code, refusal.facts) == ("sign_off_out_of_turn", {"step": "weights"})


def test_a_step_with_gaps_is_not_submitted_and_the_refusal_carries_them(office: Office, project: str):
    write(office, project, "weight", "weight:coverage", weight=15)
    refusal = refused(office, project, lambda: do(office, project, "submit", FACILITATOR))
    assert isinstance(refusal, GapsOpen)
    assert (refusal.code, refusal.facts, [gap.code for gap in refusal.gaps]) == ("gaps_open", {"step": "weights", "count": 1}, ["weights_short"])


@pytest.mark.parametrize(("action", "state"), [("endorse", "submitted"), ("approve", "submitted"), ("approve", "endorsed")])
def test_what_got_a_gap_after_it_was_submitted_goes_no_further(office: Office, project: str, action: str, state: str):
    brought_to(office, project, state)
    write(office, project, "weight", "weight:coverage", weight=15)
    assert refused(office, project, lambda: do(office, project, action, HEAD)).code == "gaps_open"


def test_a_step_waits_for_the_approval_of_those_it_needs(office: Office, project: str):
    refusal = refused(office, project, lambda: do(office, project, "submit", FACILITATOR, "mission"))
    assert (refusal.code, refusal.facts) == ("step_needs", {"step": "mission", "other_step": "vision"})
    write(office, project, "vision", "vision", adopted_on="2001-10-09")
    approved(office, project, "vision", "มีผู้ยังไม่กรอกแบบ")
    do(office, project, "submit", FACILITATOR, "mission")
    assert signed(office, project, "mission")["state"] == "submitted"
    assert NEEDS["mission"] == ("vision",)


def test_a_facilitator_does_not_endorse_what_they_submitted_but_a_head_does(office: Office, project: str):
    brought_to(office, project, "submitted", by=FACILITATOR)
    refusal = refused(office, project, lambda: do(office, project, "endorse", FACILITATOR))
    assert (refusal.code, refusal.facts) == ("own_submission", {"step": "weights"})
    do(office, project, "return", FACILITATOR)
    brought_to(office, project, "submitted", by=HEAD)
    do(office, project, "endorse", HEAD)
    do(office, project, "approve", HEAD)
    found = signed(office, project, "weights")
    assert {found[f"{which}_by"] for which in ("submitted", "endorsed", "approved")} == {HEAD.id}


def test_a_head_who_approves_what_nobody_endorsed_endorses_it_with_the_same_press(office: Office, project: str):
    brought_to(office, project, "submitted")
    before = seq(office, project)
    do(office, project, "approve", HEAD)
    found = signed(office, project, "weights")
    assert (found["state"], found["endorsed_by"], found["approved_by"], seq(office, project)) == ("approved", HEAD.id, HEAD.id, before + 1)


def test_warnings_are_approved_over_with_a_reason_and_kept_in_the_words_of_the_approver(office: Office, project: str):
    approved(office, project, "weights")
    do(office, project, "submit", MEMBER, "indicators")
    refusal = refused(office, project, lambda: do(office, project, "approve", HEAD, "indicators", reason="  "))
    assert (refusal.code, refusal.facts) == ("warnings_need_reason", {"step": "indicators", "count": 9})
    do(office, project, "approve", HEAD, "indicators", reason="ใช้ชั่วคราว", language="en")
    found = signed(office, project, "indicators")
    assert (found["state"], found["reason"]) == ("approved", "ใช้ชั่วคราว")
    assert found["warnings"].split("\n")[0].endswith("is still a sample: replace it with the official text.")
    assert len(found["warnings"].split("\n")) == 9
    assert office.store.history(project, limit=1)[0].reason == "ใช้ชั่วคราว"


def test_what_is_kept_of_a_warning_names_no_person(office: Office, project: str):
    write(office, project, "vision", "vision", adopted_on="2001-10-09")
    remove(office, project, next(row.id for row in office.store.state(project).of("worksheet")))
    approved(office, project, "vision", "มีผู้ยังไม่กรอกแบบ")
    kept = signed(office, project, "vision")["warnings"]
    assert kept and all(one.name not in kept for one in PEOPLE.values())
    assert any((one.position or phrases("th")(f"choices.role.{one.role}")) in kept for one in PEOPLE.values())


@pytest.mark.parametrize("action", ["return", "reopen"])
@pytest.mark.parametrize(("reason", "code"), [(" \n", "reason_missing"), ("ก" * 1_001, "reason_long")])
def test_giving_back_and_opening_again_take_a_reason(office: Office, project: str, action: str, reason: str, code: str):
    brought_to(office, project, BEFORE[action])
    before = contents(office.store, project)
    with pytest.raises(PsoError) as refusal:
        do(office, project, action, HEAD, reason=reason)
    assert refusal.value.code == code
    assert contents(office.store, project) == before


def test_a_step_opened_again_is_a_draft_without_signatures_that_says_why(office: Office, project: str):
    brought_to(office, project, "approved")
    do(office, project, "reopen", FACILITATOR, reason="เพิ่มเกณฑ์")
    assert signed(office, project, "weights") == {"step": "weights", "state": "draft", "reason": "เพิ่มเกณฑ์"}
    assert office.store.history(project, limit=1)[0].reason == "เพิ่มเกณฑ์"
    write(office, project, "weight", "weight:coverage", reason="แก้ได้แล้ว")
    do(office, project, "submit", MEMBER)
    assert signed(office, project, "weights").get("reason") is None


@pytest.mark.parametrize(("action", "state"), [("submit", "draft"), ("endorse", "submitted"), ("approve", "endorsed")])
def test_nobody_signs_what_they_have_not_seen(office: Office, project: str, action: str, state: str):
    brought_to(office, project, state)
    seen = seq(office, project)
    write(office, project, "weight", "weight:coverage", reason="เปลี่ยนหลังจากเปิดดู")
    refusal = refused(office, project, lambda: do(office, project, action, HEAD, seen=seen))
    assert (refusal.code, refusal.facts) == ("signed_other", {"step": "weights"})
    do(office, project, action, HEAD)


def test_a_row_taken_away_since_is_not_signed_either(office: Office, project: str):
    write(office, project, "task", tier="main", code="1.99", name="ภารกิจชั่วคราว")
    seen = seq(office, project)
    remove(office, project, next(row.id for row in office.store.state(project).where("task", code="1.99")))
    write(office, project, "vision", "vision", adopted_on="2001-10-09")
    approved(office, project, "vision", "มีผู้ยังไม่กรอกแบบ")
    approved(office, project, "mission")
    assert refused(office, project, lambda: do(office, project, "submit", FACILITATOR, "tasks", seen=seen)).code == "signed_other"


def test_changes_in_other_steps_do_not_keep_a_step_from_being_signed(office: Office, project: str):
    seen = seq(office, project)
    write(office, project, "vision", "vision", text="วิสัยทัศน์อื่น")
    do(office, project, "submit", FACILITATOR, seen=seen)
    assert signed(office, project, "weights")["state"] == "submitted"


@pytest.mark.parametrize(("action", "state"), [("submit", "draft"), ("endorse", "submitted"), ("approve", "endorsed")])
def test_of_two_who_sign_at_once_one_is_told_that_it_was_signed_already(office: Office, project: str, action: str, state: str):
    brought_to(office, project, state)
    seen = seq(office, project)

    def attempt(number: int) -> str:
        try:
            return ",".join(do(office, project, action, HEAD, seen=seen).ids)
        except PsoError as refusal:
            return refusal.code

    with ThreadPoolExecutor(4) as pool:
        outcomes = sorted(pool.map(attempt, range(4)))
    assert outcomes == ["sign_off:weights", *["sign_off_out_of_turn"] * 3]
    assert seq(office, project) == seen + 1


def test_whoever_saves_while_another_signs_is_either_signed_with_it_or_refused(office: Office, project: str):
    """Never is a digest kept of something else than what is there."""
    seen = seq(office, project)

    def sign() -> None:
        try:
            do(office, project, "submit", HEAD, seen=seen)
        except PsoError as refusal:
            assert refusal.code == "signed_other"

    with ThreadPoolExecutor(2) as pool:
        tasks = [pool.submit(sign), pool.submit(write, office, project, "weight", "weight:coverage", reason="พร้อมกัน")]
        for task in tasks:
            task.result()
    changes = {change.action: change.seq for change in office.store.history(project, limit=2)}
    assert "submit" not in changes or changes["submit"] < changes["save"]


def test_a_project_handed_over_keeps_its_sign_offs(office: Office, project: str):
    brought_to(office, project, "approved")
    for with_history in (False, True):
        copy = import_project(office, FACILITATOR, export_project(office, FACILITATOR, project, with_history))
        assert signed(office, copy, "weights") == signed(office, project, "weights")
        with pytest.raises(PsoError) as refusal:
            write(office, copy, "weight", "weight:coverage", weight=15)
        assert refusal.value.code == "step_approved"
