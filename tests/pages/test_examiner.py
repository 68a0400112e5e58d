"""Step 9 for examiners: an address made and shown once, revoked, its log; questions answered and taken up in the plan."""

from __future__ import annotations

import io
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from pso_core.actions.examiner import MOST_DAYS, Inquired, ask, enter, note, open_link
from pso_core.actions.taking_up import to_activity
from pso_core.office import Office
from pso_core.store import Write
from pso_core.store.examiner_links import PREVIEWED, ExaminerLink
from pso_core.store.packs import Pack
from pso_core.text.phrases import LANGUAGES, phrases
from pso_core.web.examiner import preview_path
from tests.actions.signing import all_approved, signed
from tests.building import person, remove
from tests.pages import conftest
from tests.pages.conftest import errors, fault, press
from tests.pages.test_step_9_certification import PAGE, asked_for, links, section

TH = phrases("th")
HEAD = person("head")
HOSTILE = "<script>alert(1)</script> **หนา** :red[แดง] https://evil.example"


@pytest.fixture
def pack(office: Office, empty: str) -> Pack:
    content = office.store.contents.put(io.BytesIO(b"pack"), 10)
    made = Pack("pack-1", empty, 1, date(2026, 11, 23), office.clock(), HEAD.id, "th", False, "ชุด.zip", content.sha256, 4, "d" * 64, {}, {})
    office.store.packs.add(made)
    return made


@pytest.fixture
def link(office: Office, pack: Pack) -> ExaminerLink:
    return enter(office, open_link(office, HEAD, pack.project_id, pack.id, "สำนักงาน ก.พ.ร.", 7), "here")


@pytest.fixture
def inquiry(office: Office, link: ExaminerLink) -> str:
    return ask(office, link, Inquired("นางสาวตรวจ", "finding", "speed", "1-01", HOSTILE)).ids[0]


def shown(at: AppTest) -> str:
    return conftest.shown(at).replace("\\", "").replace("\u2060", "")


def examiners(visit, role: str = "head", language: str = "th") -> AppTest:
    return section(visit(PAGE, role=role, language=language), "examiner")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_head_makes_an_address_that_is_shown_once(office: Office, pack: Pack, visit, language: str):
    say, at = phrases(language), examiners(visit, language=language)
    assert (say("page_examiner.none") in shown(at), preview_path(pack.project_id, pack.id) in shown(at)) == (True, True)
    at.text_input(key="examiner/given_to/0").set_value("สำนักงาน ก.พ.ร.")
    at.text_input(key="examiner/days").set_value("๖๐")
    at = press(at, say("page_examiner.open"))
    address = at.code[-1].value
    found = enter(office, address.rpartition("/")[2], "here")
    assert (fault(at), found.given_to, found.pack_id, (found.expires_at - found.made_at).days) == ([], "สำนักงาน ก.พ.ร.", pack.id, 60)
    assert (say("page_examiner.unused") in shown(at), at.text_input(key="examiner/given_to/1").value) == (True, "")
    assert [one.value for one in examiners(visit, language=language).code] == []


def test_an_address_to_nobody_is_refused_on_the_page(office: Office, pack: Pack, visit):
    at = press(examiners(visit), TH("page_examiner.open"))
    assert (errors(at), office.store.examiner_links.of(pack.project_id)) == ([TH("refusals.examiner_name_missing")], ())


def test_days_beyond_the_limit_make_no_address_and_stay_as_typed(office: Office, pack: Pack, visit):
    at = examiners(visit)
    at.text_input(key="examiner/given_to/0").set_value("สำนักงาน ก.พ.ร.")
    for typed in ("90", "0", "-1", "๖๑", "14.5", "สองสัปดาห์", "", "9" * 400):
        at.text_input(key="examiner/days").set_value(typed)
        at = press(at, TH("page_examiner.open"))
        assert (typed, fault(at), errors(at)) == (typed, [], [TH("refusals.examiner_days_outside", most=MOST_DAYS)])
        assert [at.text_input(key=f"examiner/{name}").value for name in ("given_to/0", "days")] == ["สำนักงาน ก.พ.ร.", typed]
    assert office.store.examiner_links.of(pack.project_id) == ()


def test_without_a_pack_it_says_what_to_do_first(office: Office, empty: str, visit):
    assert TH("page_examiner.no_pack") in shown(examiners(visit))


def test_the_list_is_for_those_who_deal_with_certification(office: Office, link: ExaminerLink, visit):
    makes, sees, neither = (True, True, True), (True, False, False), (False, False, False)
    expected, found = {"head": makes, "facilitator": sees, "administrator": sees, "member": neither, "viewer": neither}, {}
    for role in expected:
        at = examiners(visit, role)
        labels = {button.label for button in at.button}
        found[role] = ("สำนักงาน ก.พ.ร." in shown(at), TH("page_examiner.open") in labels, TH("page_examiner.revoke") in labels)
    assert found == expected


def test_the_log_says_what_was_opened_and_revoking_stops_it(office: Office, link: ExaminerLink, visit):
    note(office, link, "index")
    note(office, link, "file", "หลักฐาน/1-01 <b>.pdf")
    at = examiners(visit)
    assert TH("page_examiner.used", count=2, when="23 พ.ย. 2569 เวลา 10:00 น.") in shown(at)
    assert TH("page_examiner.log") in [one.label for one in at.expander]
    at.session_state[f"examiner/log/{link.id}"] = True
    at.run()
    assert (fault(at), "ไฟล์ หลักฐาน/1-01 &lt;b&gt;.pdf" in shown(at), TH("page_examiner.what.index") in shown(at)) == ([], True, True)
    at = press(at, TH("page_examiner.revoke"))
    assert (fault(at), office.store.examiner_links.get(link.id).revoked_at, TH("page_examiner.revoked") in shown(at)) == ([], office.clock(), True)
    assert TH("page_examiner.revoke") not in {button.label for button in at.button}


def test_a_preview_by_a_chat_program_is_told_as_one_and_not_as_a_visit(office: Office, link: ExaminerLink, visit):
    note(office, link, PREVIEWED)
    at = examiners(visit)
    assert f"{TH('page_examiner.unused')} · {TH('page_examiner.previews', count=1)}" in shown(at)
    at.session_state[f"examiner/log/{link.id}"] = True
    at.run()
    assert (fault(at), TH("page_examiner.what.previewed") in shown(at)) == ([], True)
    note(office, link, "index")
    assert f"{TH('page_examiner.used', count=1, when='23 พ.ย. 2569 เวลา 10:00 น.')} · {TH('page_examiner.previews', count=1)}" in shown(examiners(visit))


def test_a_question_waits_as_a_warning_that_leads_to_it(office: Office, inquiry: str, visit):
    at = visit(PAGE, role="member")
    link = next(link for link in links(at) if link.query_string == f"at={inquiry.replace(':', '%3A')}")
    assert link.label.startswith("△ นางสาวตรวจ")
    at = asked_for(at, inquiry)
    assert (fault(at), at.session_state["certification/section"], "&lt;script&gt;alert(1)&lt;/script&gt; **หนา** :red[แดง]" in shown(at)) == ([], "examiner", True)


def test_an_answer_without_its_day_as_a_project_file_may_have_one_is_shown_without_it(office: Office, inquiry: str, visit):
    project = office.store.projects()[-1]
    row = office.store.state(project).get(inquiry)
    body = {**row.body, "answer": "แนบแล้ว", "answered_by": None, "answered_at": None}
    office.store.commit(project, [Write(inquiry, "inquiry", row.revision, body)], person_id="p-facilitator", action="import")
    at = examiners(visit, "member")
    assert (fault(at), next(box for box in at.text_area if box.key.endswith("/answer")).value) == ([], "แนบแล้ว")


def test_an_answer_is_typed_kept_and_saved(office: Office, inquiry: str, visit):
    project = office.store.projects()[-1]
    at = examiners(visit, "member")
    next(box for box in at.text_area if box.key.endswith("/answer")).set_value("แนบแล้ว").run()
    again = examiners(visit, "member")
    assert next(box for box in again.text_area if box.key.endswith("/answer")).value == "แนบแล้ว"  # a draft
    at = press(at, TH("page_examiner.save_answer"))
    row = office.store.state(project).get(inquiry)
    assert (fault(at), row["answer"], row["answered_by"], row["text"]) == ([], "แนบแล้ว", "p-member", HOSTILE)
    assert TH("page_examiner.answered", who=person("member").name, when="23 พ.ย. 2569 เวลา 10:00 น.") in shown(at)


def test_a_finding_is_taken_up_shown_at_the_activity_and_separated(office: Office, inquiry: str, visit):
    at = press(examiners(visit, "member"), TH("taking_up.take_up"))
    project = office.store.projects()[-1]
    activity = office.store.state(project).get(inquiry)["activity"]
    assert (fault(at), office.store.state(project).get(activity)["name"]) == ([], HOSTILE)
    assert f"at={activity.replace(':', '%3A')}" in {link.query_string for link in links(at)}
    plan = asked_for(visit("step_7_plan", role="member"), activity)
    assert (fault(plan), f"at={inquiry.replace(':', '%3A')}" in {link.query_string for link in links(plan)}) == ([], True)
    at = press(examiners(visit, "member"), TH("taking_up.release"))
    remove(office, project, activity)
    assert (fault(at), office.store.state(project).of("activity")) == ([], ())


def test_a_viewer_reads_questions_and_answers_but_changes_nothing(office: Office, inquiry: str, visit):
    to_activity(office, person("member"), office.store.projects()[-1], inquiry)
    at = examiners(visit, "viewer")
    labels = {button.label for button in at.button}
    assert ("นางสาวตรวจ" in shown(at), TH("taking_up.release") in labels) == (True, False)
    assert [box.disabled for box in at.text_area if box.key.endswith("/answer")] == [True]
    assert [button.disabled for button in at.button if button.label == TH("page_examiner.save_answer")] == [True]


def test_a_finding_is_taken_up_over_an_approved_plan_with_itself_as_the_reason(office: Office, inquiry: str, visit):
    project, say = office.store.projects()[-1], phrases("en")
    all_approved(office, project, ["plan"])
    member = examiners(visit, "member")  # who may not open the plan reads whom to ask
    assert (fault(member), TH("taking_up.plan_approved") in shown(member)) == ([], True)
    assert TH("taking_up.reopen_yes") not in {button.label for button in member.button}
    at = examiners(visit, "head", "en")
    assert say("taking_up.take_up") not in {button.label for button in at.button}
    reason = next(box for box in at.text_area if box.label == say("sign_off.reason.reopen")).value
    assert reason == say("taking_up.reopen_reason", found=say("taking_up.came_from.inquiry", who="นางสาวตรวจ", text=HOSTILE))
    at = press(at, say("taking_up.reopen_yes"))
    state = office.store.state(project)
    assert (fault(at), errors(at), state.get(state.get(inquiry)["activity"])["name"]) == ([], [], HOSTILE)
    assert signed(office, project, "plan") == {"step": "plan", "state": "draft", "reason": reason}
