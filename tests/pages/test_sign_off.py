"""The sign-off bar: what each role is offered as the step stands, what is said when it is refused, and that an approved step says so."""

from __future__ import annotations

from datetime import timedelta

import pytest

from pso_core import standards
from pso_core.actions import sign_offs
from pso_core.actions.approvals import watch
from pso_core.domain.people import ROLES
from pso_core.errors import NotAllowed, PsoError
from pso_core.steps.naming import Told, refusal_sentence
from pso_core.steps.sign_off import SIGN_OFF
from pso_core.steps.values import empty
from pso_core.store import Write
from pso_core.text.phrases import LANGUAGES, phrases
from pso_core.ui.plain import as_html
from tests.actions.signing import all_approved, approved, seq, signed
from tests.building import NOW, person, write
from tests.pages.conftest import errors, fault, press, shown

TH = phrases("th")
WAYS = {"draft": [], "submitted": ["submit"], "endorsed": ["submit", "endorse"], "approved": ["submit", "approve"]}
SIGNS = {"submit": ("member", sign_offs.submit), "endorse": ("facilitator", sign_offs.endorse), "approve": ("head", sign_offs.approve)}
VERBS_OF_BAR = ("submit", "endorse", "approve", "return", "reopen")
OFFERED = {
    "draft": dict.fromkeys(("administrator", "facilitator", "member", "head"), ("submit",)) | {"viewer": ()},
    "submitted": {"administrator": (), "facilitator": ("endorse", "return"), "member": (), "head": ("endorse", "approve", "return"), "viewer": ()},
    "endorsed": {"administrator": (), "facilitator": (), "member": (), "head": ("approve", "return"), "viewer": ()},
    "approved": {"administrator": (), "facilitator": ("reopen",), "member": (), "head": ("reopen",), "viewer": ()},
}  # fmt: skip


def bring(office, project: str, state: str) -> None:
    for action in WAYS[state]:
        role, act = SIGNS[action]
        act(office, person(role), project, "weights", seq(office, project))


def offered(at, say) -> set[str]:
    """What the bar offers: buttons that do it, and those that ask first."""
    labels = {button.label for button in at.button}
    return {action for action in VERBS_OF_BAR if labels & {say(key) for key in (f"sign_off.action.{action}", f"sign_off.yes.{action}") if say.has(key)}}


def reason(at, action: str, text: str) -> None:
    next(box for box in at.text_area if box.label == TH(f"sign_off.reason.{action}")).set_value(text).run()


@pytest.mark.parametrize("state", OFFERED)
def test_each_role_is_offered_what_it_may_do_and_others_are_told_whom_the_step_waits_for(office, example, visit, state):
    bring(office, example, state)
    told, expected = {}, {}
    for role, language in [*((role, "th") for role in ROLES), ("head", "en"), ("viewer", "en")]:
        at, say, offers = visit("step_4_weights", role=role, language=language), phrases(language), set(OFFERED[state][role])
        text = shown(at)
        said = [as_html(say(key)) in text for key in (f"choices.state.{state}", "sign_off.internal", f"sign_off.waits.{state}")]
        told[role, language] = (fault(at), offered(at, say), said)
        expected[role, language] = ([], offers, [True, True, not offers - {"return"}])
    assert told == expected


@pytest.mark.parametrize("others", [False, True], ids=["alone", "with others"])
def test_what_one_saved_oneself_just_before_signing_is_seen_and_what_others_saved_is_not(office, example, visit, others):
    """Both buttons are pressed before the page is drawn anew, as on a slow phone."""
    at, before = visit("step_4_weights"), office.store.state(example).get("weight:coverage")["reason"]
    next(box for box in at.text_area if box.value == before).set_value("เหตุผลใหม่").run()
    if others:
        other = next(row.id for row in office.store.state(example).of("weight") if row.id != "weight:coverage")
        write(office, example, "weight", other, by=person("administrator"), reason="เหตุผลของคนอื่น")
    for label in (TH("page_weights.save"), TH("sign_off.action.submit")):
        next(button for button in at.button if button.label == label).click()
    at.run()
    assert fault(at) == []
    assert office.store.state(example).get("weight:coverage")["reason"] == "เหตุผลใหม่"
    assert (signed(office, example, "weights").get("state") == "submitted") is not others
    assert any(TH("refusals.signed_other", step=TH("steps.weights.short")) in error for error in errors(at)) is others


def test_the_profile_is_not_signed_off(office, example, visit):
    assert as_html(TH("sign_off.internal")) not in shown(visit("profile"))


def test_a_step_is_signed_from_draft_to_approved_by_pressing(office, example, visit):
    press(visit("step_4_weights", role="member"), TH("sign_off.action.submit"))
    press(visit("step_4_weights"), TH("sign_off.action.endorse"))
    at = visit("step_4_weights", role="head")
    press(at, TH("sign_off.action.approve"))
    assert fault(at) == []
    found = signed(office, example, "weights")
    assert [found[f"{which}_by"] for which in ("submitted", "endorsed", "approved")] == ["p-member", "p-facilitator", "p-head"]
    head, when = person("head"), TH("dates.moment", date="23 พ.ย. 2569", time="10:00")
    who = TH("sign_off.who", name=head.name, position=head.position)
    assert as_html(TH("sign_off.signed.approved", who=who, when=when)) in shown(at)
    assert as_html(TH("sign_off.digest", digest=found["digest"][:12])) in shown(at)


def test_a_digest_that_came_with_a_file_is_shown_as_text_whatever_it_is(office, example, visit):
    submit = {"step": "weights", "state": "submitted", "submitted_by": "p-member", "submitted_at": NOW.isoformat(), "digest": "'><b>bold"}
    office.store.commit(example, [Write("sign_off:weights", "sign_off", 0, empty(SIGN_OFF) | submit)], person_id="p-member", action="submit")
    at = visit("step_4_weights")
    text = shown(at)
    assert fault(at) == []
    assert (as_html(submit["digest"]) in text, submit["digest"] in text) == (True, False)


def test_a_step_with_gaps_cannot_be_submitted_and_says_so(office, example, visit):
    write(office, example, "weight", "weight:coverage", weight=15)
    for language in LANGUAGES:
        at, say = visit("step_4_weights", language=language), phrases(language)
        button = next(button for button in at.button if button.label == say("sign_off.action.submit"))
        sentence = refusal_sentence(Told(say), PsoError("gaps_open", step="weights", count=1))
        assert (button.disabled, as_html(sentence) in shown(at)) == (True, True)


def test_a_gap_that_came_while_the_page_stood_open_is_told_with_the_way_there(office, example, visit):
    at = visit("step_4_weights")
    write(office, example, "weight", "weight:coverage", weight=15)
    press(at, TH("sign_off.action.submit"))
    assert fault(at) == []
    assert errors(at)[:1] == [refusal_sentence(Told(TH), PsoError("gaps_open", step="weights", count=1))]
    assert signed(office, example, "weights") == {}
    links = [link.label for link in at.get("page_link")]
    assert sum(TH("gaps.weights_short", total=95, off=5) in label for label in links) == 2  # under the refusal, and in its place


def test_what_somebody_changed_while_the_page_stood_open_is_not_signed(office, example, visit):
    at = visit("step_4_weights")
    write(office, example, "weight", "weight:coverage", reason="เหตุผลใหม่")
    press(at, TH("sign_off.action.submit"))
    assert errors(at) == [refusal_sentence(Told(TH), PsoError("signed_other", step="weights"))]
    press(at, TH("sign_off.action.submit"))
    assert signed(office, example, "weights")["state"] == "submitted"


def test_whoever_submitted_reads_why_they_may_not_endorse_it(office, example, visit):
    sign_offs.submit(office, person("facilitator"), example, "weights", seq(office, example))
    for language in LANGUAGES:
        at, say = visit("step_4_weights", language=language), phrases(language)
        button = next(button for button in at.button if button.label == say("sign_off.action.endorse"))
        assert button.disabled
        assert as_html(refusal_sentence(Told(say), NotAllowed("own_submission", step="weights"))) in shown(at)


def test_a_step_that_needs_an_earlier_one_says_which(office, example, visit):
    for language in LANGUAGES:
        text = shown(visit("step_2_mission", language=language))
        say = phrases(language)
        assert as_html(say("refusals.step_needs", step=say("steps.mission.short"), other_step=say("steps.vision.short"))) in text


def test_a_head_approves_over_named_warnings_with_a_reason(office, example, visit):
    approved(office, example, "weights")
    sign_offs.submit(office, person("member"), example, "indicators", seq(office, example))
    at, say = visit("step_5_indicators", role="head", language="en"), phrases("en")
    warning = office.store.state(example).of("indicator")[0]["name"]
    assert as_html(say("sign_off.names_warnings", count=9)) in shown(at) and as_html(say("gaps.indicator_is_sample", indicator=warning)) in shown(at)
    press(at, say("sign_off.yes.approve"))
    assert errors(at) == [refusal_sentence(Told(say), PsoError("warnings_need_reason", step="indicators", count=9))]
    next(box for box in at.text_area if box.label == say("sign_off.reason.approve")).set_value("ใช้ชั่วคราว").run()
    press(at, say("sign_off.yes.approve"))
    assert fault(at) == []
    assert as_html(say("sign_off.over")) in shown(at) and as_html(say("sign_off.reason_given", reason="ใช้ชั่วคราว")) in shown(at)
    assert say("gaps.indicator_is_sample", indicator=warning) in signed(office, example, "indicators")["warnings"]


@pytest.mark.parametrize(("signer", "reader"), [("th", "en"), ("en", "th")])
def test_warnings_approved_over_are_read_in_the_language_of_the_reader(office, example, visit, signer, reader):
    approved(office, example, "weights")
    sign_offs.submit(office, person("member"), example, "indicators", seq(office, example))
    sign_offs.approve(office, person("head"), example, "indicators", seq(office, example), "ใช้ชั่วคราว", signer)
    warning = office.store.state(example).of("indicator")[0]["name"]
    text = shown(visit("step_5_indicators", language=reader))
    assert as_html(phrases(reader)("gaps.indicator_is_sample", indicator=warning)) in text
    assert as_html(phrases(signer)("gaps.indicator_is_sample", indicator=warning)) not in text


def test_what_is_returned_says_what_to_correct_to_whoever_comes_next(office, example, visit):
    bring(office, example, "submitted")
    at = visit("step_4_weights")
    press(at, TH("sign_off.yes.return"))
    (told,), field = at.error, next(box for box in at.text_area if box.label == TH("sign_off.reason.return"))
    beside = [list(map(id, block.children.values())) for block in at.main if hasattr(block, "children")]
    assert told.value == TH("refusals.reason_missing") and any({id(told), id(field)} <= set(ids) for ids in beside)  # not at the top of a phone's page
    reason(at, "return", "<b>ทบทวน</b> น้ำหนัก")
    press(at, TH("sign_off.yes.return"))
    at = visit("step_4_weights", role="member")
    assert as_html(TH("sign_off.reason_given", reason="<b>ทบทวน</b> น้ำหนัก")) in shown(at)
    assert offered(at, TH) == {"submit"}


def test_an_approved_step_says_at_the_top_that_it_is_only_read_and_why_nothing_can_be_saved(office, example, visit):
    bring(office, example, "approved")
    for language in LANGUAGES:
        at, say = visit("step_4_weights", language=language), phrases(language)
        when = say("dates.moment", date="23 พ.ย. 2569" if language == "th" else "23 Nov 2026", time="10:00")
        assert as_html(say("sign_off.read_only", when=when)) in shown(at)
        save = next(button for button in at.button if button.label == say("page_weights.save"))
        assert save.disabled
        assert say("steps.weights.short") in save.help
        assert all(box.disabled for box in at.text_area if "/reason" in (box.key or "") and box.key.startswith(example))


def test_a_step_opened_again_can_be_edited_and_says_why_it_was(office, example, visit):
    bring(office, example, "approved")
    at = visit("step_4_weights")
    reason(at, "reopen", "เพิ่มเกณฑ์")
    press(at, TH("sign_off.yes.reopen"))
    assert fault(at) == []
    assert (signed(office, example, "weights")["state"], as_html(TH("sign_off.reason_given", reason="เพิ่มเกณฑ์")) in shown(at)) == ("draft", True)
    assert not next(button for button in at.button if button.label == TH("page_weights.save")).disabled


def test_a_broken_step_says_what_broke_and_when_it_will_be_open_again(office, example, visit):
    all_approved(office, example, ["assessment"])
    write(office, example, "indicator", criterion="speed", name="เวลาตอบ", share=None, position=9)
    for language in LANGUAGES:
        at, say = visit("step_6_assessment", language=language), phrases(language)
        assert fault(at) == []
        when = say("dates.moment", date="24 พ.ย. 2569" if language == "th" else "24 Nov 2026", time="10:00")
        assert as_html(say("sign_off.broken_until", when=when)) in shown(at)
        assert as_html(say("gaps.unscored", criterion=standards.load().criterion("speed").name[language], indicator="เวลาตอบ")) in shown(at)
        assert say("sign_off.broken") in shown(at)


def test_what_a_day_alone_has_broken_is_said_before_the_clock_came_by(office, example, visit):
    all_approved(office, example, ["execution"])
    assert as_html(TH("sign_off.broken_now")) in shown(visit("step_8_execution"))
    watch(office, example)
    when = TH("dates.moment", date="24 พ.ย. 2569", time=f"{NOW + timedelta(hours=7):%H:%M}")
    assert as_html(TH("sign_off.broken_until", when=when)) in shown(visit("step_8_execution"))


def test_home_tells_the_sign_off_beside_how_far_a_step_is(office, example, visit):
    bring(office, example, "approved")
    for language in LANGUAGES:
        at, say = visit("home", language=language), phrases(language)
        assert fault(at) == []
        link = next(link.label for link in at.get("page_link") if say("steps.weights.name")[:12] in link.label)
        assert link.startswith("● 4 ") and f"✓ {say('choices.state.approved')}" in link
        assert say("steps.weights.short") in shown(at)  # among the last changes, not the schedule


def test_the_signatures_of_a_step_can_be_read_in_their_order(office, example, visit):
    bring(office, example, "approved")
    at = visit("step_4_weights", role="viewer")
    at.session_state["events/weights"] = True
    at.run()
    text = shown(at)
    assert text.index(f"</b> {TH('history.approve')} ") < text.index(f"</b> {TH('history.submit')} ")
