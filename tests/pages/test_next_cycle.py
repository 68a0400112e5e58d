"""Step 9 and the projects page: by when the next cycle must begin, what it begins with, the ways between the cycles."""

from __future__ import annotations

import io
import re

import pytest
from streamlit.testing.v1 import AppTest

from pso_core.actions.cycles import begin_cycle
from pso_core.actions.evidence import attach
from pso_core.actions.renewal import renewal_of
from pso_core.office import Office
from pso_core.text.phrases import LANGUAGES, phrases
from pso_core.text.thaidate import say_date
from pso_core.ui.plain import as_html
from pso_core.web.files import path_of
from tests.actions.files import picture
from tests.building import contents, person, write
from tests.pages.conftest import errors, fault, press, shown
from tests.pages.test_step_9_certification import section

TH = phrases("th")
PAGE = "step_9_certification"
CERTIFICATE = {"number": "1/2569", "valid_from": "2026-11-01", "valid_to": "2029-10-31"}


@pytest.fixture
def certified(office: Office, empty: str) -> str:
    write(office, empty, "project", "project", title="ระบบข้อมูล")
    write(office, empty, "certificate", "certificate", **CERTIFICATE)
    write(office, empty, "mission", code="1", text="บริการ")
    write(office, empty, "vision", text="เป็นเลิศ", adopted_on="2026-01-05")
    return empty


def outcome(visit, language: str = "th", role: str = "facilitator") -> AppTest:
    return section(visit(PAGE, language=language, role=role), "outcome")


def labels(at: AppTest) -> list[str]:
    return [button.label.replace("\\", "").replace("\u2060", "") for button in at.button]


# The renewal


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_by_when_the_next_cycle_must_begin_and_where_each_length_comes_from(office, certified, visit, language):
    say, at = phrases(language), outcome(visit, language)
    text = shown(at)
    plan = renewal_of(office, office.store.state(certified))
    dates = {"begin": say_date(plan.begin, say), "expires": {"th": "31 ต.ค. 2572", "en": "31 Oct 2029"}[language]}
    assert fault(at) == []
    assert f"<p class='finding'>{as_html(say('page_renewal.finding.begin', **dates))}</p>" in text
    assert text.count(f">{as_html(say('page_renewal.source.standard'))}</td>") == 10  # nine phases and the decision
    assert as_html(say("page_renewal.decision")) in text
    assert say("page_schedule.warning.year_without_list", be="2571–2572", ce="2028–2029") in text.replace("&#x27;", "'")


def test_once_that_day_has_passed_it_warns_and_says_when_the_certificate_could_come(office, certified, visit):
    for ends, word, language in (("2027-03-31", "late", "th"), ("2026-11-22", "ended", "th"), ("2026-11-22", "ended", "en")):
        write(office, certified, "certificate", "certificate", valid_from="2024-01-01", valid_to=ends)
        say, text = phrases(language), shown(outcome(visit, language))
        beginning = say(f"page_renewal.finding.{word}", begin="|", expires="|", late="|").partition("|")[0]
        assert f"<p class='finding late'>{as_html(beginning)}" in text
        assert as_html(say("page_renewal.if_today", granted="|").partition("|")[0]) in text


def test_without_a_certificate_there_is_no_plan_but_a_next_cycle_all_the_same(office, empty, visit):
    at = outcome(visit)
    assert TH("page_renewal.heading") not in shown(at)
    assert TH("page_cycle.no_schedule") in shown(at)


# The next cycle


@pytest.mark.parametrize(("page", "language"), [(PAGE, "th"), ("projects", "en")])
def test_what_is_copied_is_shown_and_one_press_begins_it(office, certified, visit, page, language):
    say = phrases(language)
    at = outcome(visit, language) if page == PAGE else visit(page, language=language)
    text, before = shown(at), contents(office.store, certified)
    assert as_html(say("page_cycle.remark.vision")) in text
    assert as_html(say("page_cycle.left", kinds=say("fields.certificate.many"))) in text
    assert at.text_input(key="cycle/title").value == f"ระบบข้อมูล {say('page_cycle.suffix', number=2)}"
    press(at, say("page_cycle.do"))
    (new,) = set(office.store.projects()) - {certified}
    assert (fault(at), at.session_state["project"]) == ([], new)
    assert office.store.state(new).only("project")["title"] == f"ระบบข้อมูล {say('page_cycle.suffix', number=2)}"
    assert contents(office.store, certified) == before


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_step_of_it_is_told_to_be_complete_but_why_it_is_not(office, example, visit, language):
    say, new = phrases(language), begin_cycle(office, person("facilitator"), example, "รอบที่ 2")

    def page(name: str) -> AppTest:
        at = visit(name, language=language)
        at.session_state["project"] = new
        return at.run()

    def steps(at: AppTest) -> list[str]:
        return [link.proto.label.replace("\u2060", "") for link in at.get("page_link")]

    home, monday = page("home"), page("monday")
    assert (fault(home), re.search(rf"{re.escape(as_html(say('page_home.steps_done')))}.*?(\d)/9", shown(home), re.DOTALL)[1]) == ([], "0")
    assert [label for label in (*steps(home), *steps(monday)) if "●" in label] == []
    assert sum(label[0] == "◐" and say("app.carried_over") in label for label in steps(home)) == 8
    step = page("step_4_weights")
    assert f"<span class='state started'>◐ {as_html(say('choices.step_state.started'))}</span><span>{as_html(say('app.carried_over'))}</span>" in shown(step)
    sentence = say("gaps.carried_over", number=4, step=say("steps.weights.short"))
    assert f"△ {sentence}".replace("\u2060", "") in steps(step)


def test_each_cycle_leads_to_the_other_and_offers_no_second(office, certified, visit):
    new = begin_cycle(office, person("facilitator"), certified, "ระบบข้อมูล (รอบที่ 2)")
    for page in (PAGE, "projects"):
        at = outcome(visit) if page == PAGE else visit(page)
        at.session_state["project"] = certified
        at.run()
        assert TH("page_cycle.next", name="ระบบข้อมูล (รอบที่ 2)") in labels(at)
        assert TH("page_cycle.do") not in labels(at)
    next(button for button in at.button if button.key == "cycle/next").click().run()
    assert (fault(at), at.session_state["project"]) == ([], new)


def test_the_second_leads_back_and_its_next_is_the_third(office, certified, visit):
    new = begin_cycle(office, person("facilitator"), certified, "ระบบข้อมูล (รอบที่ 2)")
    at = visit("projects")
    at.session_state["project"] = new
    at.run()
    assert TH("page_cycle.previous", name="ระบบข้อมูล") in labels(at)
    assert at.text_input(key="cycle/title").value == "ระบบข้อมูล (รอบที่ 3)"


def test_a_title_that_is_empty_begins_nothing(office, certified, visit):
    at = outcome(visit)
    at.text_input(key="cycle/title").set_value("  ")
    press(at, TH("page_cycle.do"))
    assert (fault(at), errors(at), office.store.projects()) == ([], [TH("mistakes.required")], (certified,))


def test_who_manages_no_projects_finds_no_button_but_the_plan(office, certified, visit):
    opened = {role: outcome(visit, role=role) for role in ("head", "member", "viewer")}
    found = {role: (TH("page_cycle.do") in labels(at), TH("page_renewal.heading") in shown(at)) for role, at in opened.items()}
    assert found == dict.fromkeys(opened, (False, True))


# The scan, and results in figures


def test_a_scan_is_registered_from_the_page_and_then_found_there(office, certified, visit):
    at = outcome(visit, role="head")
    at.selectbox(key="certificate/scan/criterion").select("speed")
    at.file_uploader(key="certificate/scan/file").upload("ใบรับรอง.png", picture("PNG"), "image/png").run()
    press(at, TH("page_certification.scan.do"))
    state = office.store.state(certified)
    [piece] = state.of("evidence")
    assert (fault(at), state.only("certificate")["scan"], piece["title"]) == ([], piece.id, "ใบรับรองเลขที่ 1/2569")
    text = shown(outcome(visit, role="viewer"))
    assert path_of(certified, state.of("attachment")[0].id) in text


def test_a_scan_that_is_lost_is_said_so_with_the_way_to_bring_it_again(office, certified, visit):
    say = phrases("en")
    piece = write(office, certified, "evidence", criterion="speed", code="4-01", title="ใบรับรอง <b>", form="file").ids[0]
    attach(office, person("head"), certified, piece, "สแกน.png", io.BytesIO(picture("PNG")))
    write(office, certified, "certificate", "certificate", scan=piece)
    lost, gap = f"<span class='missing'>สแกน.png {say('page_evidence.file_lost')}</span>", say("gaps.evidence_lost", code="4-01", title="ใบรับรอง <b>", name="สแกน.png")
    for gone in (False, True):
        if gone:
            office.store.contents.drop(office.store.state(certified).of("attachment")[0]["sha256"])
        at = outcome(visit, language="en")
        ways = [link.proto.query_string for link in at.get("page_link") if link.proto.label.replace("\u2060", "").replace("\\", "") == gap.replace("\u2060", "")]
        assert (fault(at), lost in shown(at), "สแกน.png</a>" in shown(at), ways) == ([], gone, not gone, [f"at={piece.replace(':', '%3A')}"] if gone else [])


@pytest.mark.parametrize("language", LANGUAGES)
def test_figures_stand_large_with_their_unit_and_the_difference(office, empty, visit, language):
    changes = {("45", "7.5"): "−37.5", ("1200", "2500"): "+1,300", ("3", "3"): "0"}
    for before, after in changes:
        write(office, empty, "result", group="public", after="เร็วขึ้น", figure_before=before, figure_after=after, unit="นาที<b>")
    text, label = shown(section(visit(PAGE, language=language), "result")), as_html(phrases(language)("page_certification.difference"))
    missing = [change for change in changes.values() if f"<p class='quiet'>{label}</p><p class='big'>{change}<small> นาที&lt;b&gt;</small></p>" not in text]
    assert missing == []


def test_one_figure_stands_alone_and_none_is_no_box(office, empty, visit):
    write(office, empty, "result", group="public", after="เร็วขึ้น", figure_after="12")
    write(office, empty, "result", group="agency", after="ดีขึ้น")
    text = shown(section(visit(PAGE), "result"))
    assert (text.count("<p class='big'>"), TH("page_certification.difference") in text) == (1, False)


def test_a_photo_is_shown_with_what_it_is(office, empty, visit):
    piece = write(office, empty, "evidence", criterion="speed", code="4-01", title="ห้อง 'ข้อมูล' <i>", form="file").ids[0]
    attach(office, person("head"), empty, piece, "ห้อง.jpg", io.BytesIO(picture("JPEG")))
    write(office, empty, "result", group="public", after="เร็วขึ้น", photo=piece)
    at = section(visit(PAGE), "result")
    [file] = office.store.state(empty).of("attachment")
    assert f"<img class='photo' src='{path_of(empty, file.id)}' alt='4-01 ห้อง &#x27;ข้อมูล&#x27; &lt;i&gt;'" in shown(at)


def test_a_photo_that_is_lost_is_said_so_and_no_broken_picture_stands_there(office, empty, visit):
    piece = write(office, empty, "evidence", criterion="speed", code="4-01", title="ห้อง", form="file").ids[0]
    attach(office, person("head"), empty, piece, "ห้อง.jpg", io.BytesIO(picture("JPEG")))
    write(office, empty, "result", group="public", after="เร็วขึ้น", photo=piece)
    office.store.contents.drop(office.store.state(empty).of("attachment")[0]["sha256"])
    at = section(visit(PAGE), "result")
    assert (fault(at), f"ห้อง.jpg {TH('page_evidence.file_lost')}" in shown(at), "<img" in shown(at)) == ([], True, False)


def test_only_pictures_are_offered_as_photos(office, empty, visit):
    for code, name, data in (("4-01", "a.jpg", picture("JPEG")), ("4-02", "b.txt", "ข้อความ".encode())):
        piece = write(office, empty, "evidence", criterion="speed", code=code, title="หลักฐาน", form="file").ids[0]
        attach(office, person("head"), empty, piece, name, io.BytesIO(data))
    at = section(visit(PAGE), "result")
    press(at, next(button.label for button in at.button if (button.key or "").startswith("add/result/public")))
    [box] = [box for box in at.selectbox if box.key.endswith("/photo")]
    assert (fault(at), box.options) == ([], ["4-01 หลักฐาน"])
