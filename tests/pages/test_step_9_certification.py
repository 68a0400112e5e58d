"""Step 9: what is ready and why not, a request that may go with a reason, a certificate with its last day, a report in one click."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from itertools import product

import pytest
from streamlit.proto.PageLink_pb2 import PageLink
from streamlit.testing.v1 import AppTest

from pso_core import standards
from pso_core.actions.sign_in import begin_session, sign_out
from pso_core.errors import NotAllowed
from pso_core.text.phrases import LANGUAGES, phrases
from pso_core.ui.desk import desk_of
from pso_core.ui.submission import _content
from tests.building import contents, person, write
from tests.pages.conftest import errors, fault, press, shown

TH = phrases("th")
PAGE = "step_9_certification"
CHECKLIST = standards.load().checklist


def section(at: AppTest, name: str) -> AppTest:
    return next(one for one in at.button_group if one.key == "certification/section").set_value(name).run()


def asked_for(at: AppTest, place: str) -> AppTest:
    """As if a link had led here."""
    at.query_params["at"] = place
    return at.run()


def box(kind, field: str):
    return next(one for one in kind if one.key.endswith(f"/{field}"))


def links(at: AppTest) -> list[PageLink]:
    return [link.proto for link in at.get("page_link")]


def test_every_part_says_whether_it_is_ready(office, example, visit):
    for language in LANGUAGES:
        say, text = phrases(language), shown(visit(PAGE, language=language))
        assert [part.name[language] for part in CHECKLIST if f"{part.name[language]}</b>" not in text] == []
        states = {"ready": "●", "not_ready": "▢", "to_say": "◌"}
        assert [text.count(f"{mark} {say(f'page_certification.part.{state}')}<") for state, mark in states.items()] == [6, 6, 1]


def test_a_part_that_is_not_ready_or_a_step_still_open_leads_to_where_that_is_put_right(office, example, visit):
    at = visit(PAGE)
    found = {(link.page, link.query_string) for link in links(at)}
    late = office.store.state(example).of("activity")[5]
    assert {
        ("step_9_certification", "at=request"), ("step_1_vision", "at=vision"),
        ("step_8_execution", f"at=progress%3A{late.id.replace(':', '%3A')}"),
    } <= found  # fmt: skip
    said = TH("gaps.earlier_step_open", number=1, step=TH("steps.vision.short"), count=1)
    assert {link.label: (link.page, link.query_string) for link in links(at)}[f"▢ {said}"] == ("step_1_vision", "at=step%3Avision")


def test_a_part_that_only_people_can_tell_is_ready_once_they_say_so(office, example, visit):
    at = visit(PAGE, role="member")
    next(tick for tick in at.checkbox if "readiness:appendices" in tick.key).check()
    next(note for note in at.text_area if "readiness:appendices" in note.key).set_value("แนบแผนที่และคำสั่งแต่งตั้ง").run()
    press(at, TH("page_certification.save_readiness"))
    assert fault(at) == []
    said = office.store.state(example).get("readiness:appendices")
    assert (said["part"], said["ready"], said["note"]) == ("appendices", True, "แนบแผนที่และคำสั่งแต่งตั้ง")
    assert "7/13" in shown(at)


def test_two_who_write_of_one_part_at_once_both_get_in(office, example, visit):
    save = TH("page_certification.save_readiness")
    one, other = visit(PAGE), visit(PAGE, role="member")
    next(note for note in one.text_area if "readiness:appendices" in note.key).set_value("แนบแผนที่").run()
    next(tick for tick in other.checkbox if "readiness:appendices" in tick.key).check().run()
    press(one, save)
    press(other, save)
    (said,) = office.store.state(example).of("readiness")
    assert (said["part"], said["ready"], said["note"]) == ("appendices", True, "แนบแผนที่")


def test_a_request_is_not_sent_with_gaps_open_and_no_reason_and_with_one_it_is(office, example, visit):
    before, at = contents(office.store, example), asked_for(visit(PAGE, role="head"), "request")
    box(at.text_input, "sent_on").set_value("20 พ.ย. 2569").run()
    press(at, TH("app.save_one", kind=TH("fields.request.one")))
    assert TH("mistakes.open_without_reason", count=14) in errors(at)
    assert box(at.text_input, "sent_on").value == "20 พ.ย. 2569"
    assert contents(office.store, example) == before
    box(at.text_area, "open_reason").set_value("แผนระยะกลางเพิ่งเริ่ม").run()
    press(at, TH("app.save_one", kind=TH("fields.request.one")))
    assert fault(at) == []
    request = office.store.state(example).only("request")
    assert (request["sent_on"], request["open_reason"]) == ("2026-11-20", "แผนระยะกลางเพิ่งเริ่ม")
    assert "แผนระยะกลางเพิ่งเริ่ม" in shown(at)


def test_a_new_request_cites_the_clause_of_the_standard(office, empty, visit):
    at = asked_for(visit(PAGE), "request")
    assert box(at.text_input, "clause").value == standards.load().clause
    box(at.text_input, "letter_no").set_value("ลป 0016/1").run()
    press(at, TH("app.save_one", kind=TH("fields.request.one")))
    request = office.store.state(empty).only("request")
    assert (request["letter_no"], request["clause"]) == ("ลป 0016/1", "11")


@pytest.mark.parametrize(
    ("typed", "last", "said"),
    [("9 ต.ค. 2544", "2004-10-08", "8 ต.ค. 2547"), ("29 ก.พ. 2567", "2027-02-28", "28 ก.พ. 2570")],
)
def test_the_last_day_of_a_certificate_is_offered_from_its_first(office, empty, visit, typed, last, said):
    at = asked_for(visit(PAGE), "certificate")
    box(at.text_input, "valid_from").set_value(typed).run()
    at.run()
    assert box(at.text_input, "valid_to").value == said
    press(at, TH("app.save_one", kind=TH("fields.certificate.one")))
    assert fault(at) == []
    assert office.store.state(empty).only("certificate")["valid_to"] == last


def test_the_last_day_is_there_also_where_it_is_saved_at_once(office, empty, visit):
    at = asked_for(visit(PAGE), "certificate")
    box(at.text_input, "valid_from").set_value("9 ต.ค. 2544")  # left by the press itself
    press(at, TH("app.save_one", kind=TH("fields.certificate.one")))
    assert (fault(at), office.store.state(empty).only("certificate")["valid_to"]) == ([], "2004-10-08")


def test_another_last_day_may_be_written_and_the_usual_one_taken_back(office, example, visit):
    at = asked_for(visit(PAGE), "certificate")
    offer = TH("page_certification.use_end", end="8 ต.ค. 2547", years=3)
    assert offer not in [button.label for button in at.button]
    box(at.text_input, "valid_to").set_value("31 ธ.ค. 2547").run()
    press(at, offer)
    at.run()
    assert box(at.text_input, "valid_to").value == "8 ต.ค. 2547"


def test_a_certificate_does_not_end_before_it_starts(office, example, visit):
    say, before = phrases("en"), contents(office.store, example)
    at = asked_for(visit(PAGE, language="en"), "certificate")
    box(at.text_input, "valid_to").set_value("8/10/2544").run()
    press(at, say("app.save_one", kind=say("fields.certificate.one")))
    assert say("mistakes.valid_to_before_valid_from") in shown(at).replace("\\", "")
    assert box(at.text_input, "valid_to").value == "8/10/2544"
    assert contents(office.store, example) == before


def test_a_certificate_says_until_when_it_is_valid(office, example, visit):
    for start, end, word, facts in (
        ("2001-10-09", "2004-10-08", "expired", {"end": "8 ต.ค. 2547", "year": "ปีงบประมาณ พ.ศ. 2548", "left": "หมดอายุมาแล้ว 8,081 วัน"}),
        ("2026-11-01", "2029-10-31", "valid", {"end": "31 ต.ค. 2572", "year": "ปีงบประมาณ พ.ศ. 2573"}),
        ("2026-12-01", "2029-09-30", "not_yet", {"start": "1 ธ.ค. 2569", "end": "30 ก.ย. 2572", "year": "ปีงบประมาณ พ.ศ. 2572"}),
    ):
        write(office, example, "certificate", "certificate", valid_from=start, valid_to=end)
        text = shown(section(visit(PAGE, role="viewer"), "outcome"))
        assert TH(f"page_certification.validity.{word}", **facts) in text
        assert (TH("page_certification.days_left") in text) is (word != "expired")


def test_a_finding_says_whether_it_is_remedied(office, example, visit):
    audit = office.store.state(example).of("audit")[0].id
    write(office, example, "finding", audit=audit, text="ไม่มีสารบัญในแฟ้ม", due="2026-11-20")
    write(office, example, "finding", audit=audit, text="เว็บไซต์ไม่ระบุวันที่", due="2026-11-20", resolved_on="2026-11-10")
    text = shown(section(visit(PAGE, role="viewer"), "audit"))
    assert f"▲ {TH('page_certification.unresolved')} เกินกำหนด 3 วัน · ไม่มีสารบัญในแฟ้ม" in text
    assert f"● {TH('page_certification.resolved', date='10 พ.ย. 2569')} · เว็บไซต์ไม่ระบุวันที่" in text


def test_each_group_has_its_results_before_and_after(office, example, visit):
    at = section(visit(PAGE), "result")
    press(at, next(button.label for button in at.button if (button.key or "").startswith("add/result/public")))
    box(at.text_area, "after").set_value("ค้นเรื่องได้ภายในหนึ่งนาที").run()
    press(at, TH("app.save_one", kind=TH("fields.result.one")))
    added = office.store.state(example).of("result")
    assert [row["group"] for row in added if row["after"] == "ค้นเรื่องได้ภายในหนึ่งนาที"] == ["public"]
    text = shown(at)
    assert text.index("บริการประชาชนได้จำกัดเพราะงานมากกว่าคน") < text.index("ผู้มาติดต่อหรือขอข้อมูลได้เรื่องเร็ว")


WRITTEN_BY_THE_HEAD = {
    "request": {"letter_no": "1"},
    "audit": {"visited_on": "2026-11-01"},
    "decision": {"decided_on": "2026-11-01", "outcome": "certified"},
    "certificate": {"number": "1"},
}


def test_only_those_who_certify_find_the_buttons(office, example, visit):
    verbs = {"request": "edit_one", "audit": "add", "decision": "add", "certificate": "edit_one"}
    wanted = {TH(f"app.{verb}", kind=TH(f"fields.{kind}.one")) for kind, verb in verbs.items()}
    for role, may in (("head", True), ("member", False), ("viewer", False)):
        at, found = visit(PAGE, role=role), set()
        for name in ("request", "audit", "outcome"):
            found |= {button.label for button in section(at, name).button}
        assert (role, wanted & found) == (role, wanted if may else set())


def test_whoever_does_not_certify_is_refused(office, example):
    before = contents(office.store, example)
    for role, kind in product(("member", "viewer"), WRITTEN_BY_THE_HEAD):
        with pytest.raises(NotAllowed):
            write(office, example, kind, kind if kind in ("request", "certificate") else None, by=person(role), **WRITTEN_BY_THE_HEAD[kind])
    assert contents(office.store, example) == before


def test_the_report_is_one_word_file_and_one_workbook_in_the_language_of_the_visit(office, example, visit):
    """In Thai the Word file is read where its digits are chosen, the workbook in tests/documents."""
    at, say = visit(PAGE, role="viewer", language="en"), phrases("en")
    assert [button.label for button in at.download_button] == [say(f"page_certification.download.{name}") for name in ("report", "workbook")]
    desk = replace(desk_of(person("viewer")), say=say)
    word, book = (zipfile.ZipFile(io.BytesIO(_content(desk, name, False, begin_session(office, desk.person.id)))) for name in ("report", "workbook"))
    assert say("steps.certification.name") in word.read("word/document.xml").decode()
    assert say("steps.execution.short") in book.read("xl/workbook.xml").decode()


def test_thai_digits_are_a_thai_readers_choice(office, example, visit):
    chosen = {language: [toggle.label for toggle in visit(PAGE, language=language).toggle] for language in LANGUAGES}
    assert chosen == {"th": [TH("page_certification.thai_digits")], "en": []}
    desk = desk_of(person("viewer"))
    reports = [zipfile.ZipFile(io.BytesIO(_content(desk, "report", digits, begin_session(office, desk.person.id)))) for digits in (False, True)]
    arabic, thai = (report.read("word/document.xml").decode() for report in reports)
    assert ("๒๕๔๓" in arabic, "๒๕๔๓" in thai) == (False, True)


def test_nothing_is_made_until_somebody_asks_for_it(office, example, visit):
    """The page only hands the browser a number under which the file will be made."""
    protos = [button.proto for button in visit(PAGE).download_button]
    assert [(proto.url, proto.deferred_file_id != "") for proto in protos] == [("", True), ("", True)]


def test_whoever_has_signed_out_since_gets_no_report_from_a_page_still_open(office, example):
    desk, token = desk_of(person("viewer")), begin_session(office, person("viewer").id)
    sign_out(office, token)
    with pytest.raises(NotAllowed):
        _content(desk, "report", False, token)
