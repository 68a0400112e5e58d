"""The register of evidence: found in one search, added where it is missing, judged, and what it proves is told."""

from __future__ import annotations

import errno
import io
import subprocess
from hashlib import sha256
from time import monotonic

import pytest

from pso_core.actions.evidence import accept, attach
from pso_core.domain.evidence import pieces
from pso_core.text.phrases import LANGUAGES, phrases
from pso_core.ui import cached
from tests.actions.files import pdf, picture
from tests.building import contents, person, write
from tests.pages.conftest import errors, fault, press, shown

TH = phrases("th")
SAVE = TH("app.save_one", kind=TH("fields.evidence.one"))


def section(at, name: str):
    return next(one for one in at.button_group if one.key == "evidence/section").set_value(name).run()


def states(office, project: str) -> dict[str, str]:
    return {one.row["code"]: one.state for one in pieces(office.store.state(project), office.today())}


def box(kind, field: str):
    return next(one for one in kind if one.key.endswith(f"/{field}"))


@pytest.mark.parametrize(("role", "language"), [("facilitator", "th"), ("viewer", "en")])
def test_the_page_tells_what_is_claimed_and_what_is_proven(office, example, visit, role, language):
    at = visit("evidence", role=role, language=language)
    say = phrases(language)
    assert fault(at) == []
    assert say("page_evidence.not_proven", points="95", claimed="150") in shown(at)
    assert say("page_evidence.claim", claimed="2", proven="1") in shown(at)


def test_an_empty_project_is_told_what_to_do_first(empty, visit):
    for language in LANGUAGES:
        at = visit("evidence", language=language)
        assert (fault(at), phrases(language)("guidance.evidence.first") in shown(at).replace("\u2060", "")) == ([], True)


def test_a_piece_that_supports_two_indicators_is_shown_and_opened_under_both(office, example, visit):
    speed = next(office.store.state(example).where("indicator", criterion="speed"))
    piece = next(office.store.state(example).where("evidence", code="1-01"))
    write(office, example, "support", evidence=piece.id, indicator=speed.id, level=1)
    for which in (0, 1):
        at = visit("evidence")
        assert fault(at) == []
        buttons = [button for button in at.button if button.key.startswith(f"open/{piece.id}")]
        assert len(buttons) == 2
        buttons[which].click().run()
        assert (fault(at), box(at.text_input, "code").value) == ([], "1-01")


def test_one_search_finds_evidence_by_its_criterion_and_files_by_their_cabinet(example, visit):
    at = visit("evidence")
    for typed, place in (("น่าเชื่อถือ", "ตู้ 2 ชั้น 2"), ("03-001", "ตู้ 1 ชั้น 3"), ("ตู้ ๒ ชั้น 3", "05-003")):
        next(one for one in at.text_input if one.key == "evidence/search").set_value(typed).run()
        assert (typed, fault(at), place in shown(at), "8-01" in shown(at)) == (typed, [], True, False)


def test_a_new_piece_gets_the_next_code_of_its_criterion_and_its_levels_are_saved_with_it(office, example, visit):
    at = visit("evidence")
    next(button for button in at.button if button.key == "add/evidence/speed").click().run()
    assert box(at.text_input, "code").value == "4-01"
    box(at.text_input, "title").set_value("ผลทดสอบจับเวลา").run()
    next(one for one in at.button_group if "/support:new/" in one.key).set_value(1).run()
    press(at, SAVE)
    assert (fault(at), errors(at)) == ([], [])
    row = next(office.store.state(example).where("evidence", code="4-01"))
    (support,) = office.store.state(example).where("support", evidence=row.id)
    assert (row["title"], row["criterion"], row["form"], row["owner"], support["level"]) == ("ผลทดสอบจับเวลา", "speed", "file", "p-facilitator", 1)


def test_the_same_code_twice_is_refused_with_its_sentence_and_nothing_is_written(office, example, visit):
    at = visit("evidence")
    next(button for button in at.button if button.key == "add/evidence/speed").click().run()
    box(at.text_input, "code").set_value("1-01")
    box(at.text_input, "title").set_value("ซ้ำ").run()
    before = contents(office.store, example)
    press(at, SAVE)
    assert (contents(office.store, example), len(errors(at)) > 0, box(at.text_input, "title").value) == (before, True, "ซ้ำ")


def test_what_waits_is_accepted_in_its_section_and_the_score_follows(office, example, visit):
    at = section(visit("evidence"), "judge")
    assert TH("page_evidence.to_judge", count=1) in shown(at)
    press(at, TH("page_evidence.accept"))
    assert (fault(at), states(office, example)["5-01"]) == ([], "accepted")
    assert TH("page_evidence.not_proven", points="85", claimed="150") in shown(at)


def test_returning_takes_a_reason(office, example, visit):
    at = section(visit("evidence"), "judge")
    press(at, TH("page_evidence.return"))
    assert (errors(at), states(office, example)["5-01"]) == ([TH("refusals.reason_missing")], "offered")
    next(one for one in at.text_area if "/reason/" in one.key).set_value("ไม่มีลายเซ็น").run()
    press(at, TH("page_evidence.return"))
    assert states(office, example)["5-01"] == "returned"


def test_a_member_judges_nothing(example, visit):
    at = section(visit("evidence", role="member"), "judge")
    assert [button.label for button in at.button if button.label in (TH("page_evidence.accept"), TH("page_evidence.return"))] == []


@pytest.mark.parametrize(("name", "data", "is_drawn"), [("แผน.pdf", pdf(), True), ("ภาพ.png", picture("PNG"), True), ("ข้อความ.txt", "สวัสดี".encode(), False)])
def test_files_are_listed_with_their_versions_and_drawn_where_they_can_be(office, example, visit, name, data, is_drawn):
    piece = write(office, example, "evidence", criterion="speed", code="4-01", title="ผล", form="file").ids[0]
    for version in (data, data + b"\n"):
        attach(office, person("member"), example, piece, name, io.BytesIO(version))
    at = visit("evidence")
    at.session_state[f"evidence/preview/attachment:{piece.partition(':')[2]}/2"] = True
    next(button for button in at.button if button.key == f"open/{piece}").click().run()
    assert fault(at) == []
    assert [shown(at).count(f"/{number}' download") for number in (1, 2)] == [1, 2]  # the newest also in the list
    assert (TH("page_evidence.preview") in [one.label for one in at.expander]) == is_drawn


def links(at) -> set[str]:
    return {link.label.replace("\u2060", "").replace("\\", "") for link in at.get("page_link")}


def lost_and_found(office, project: str) -> tuple[str, bytes]:
    """An accepted piece for speed, level 2, whose file is lost: its id, and what the file was."""
    piece, data = write(office, project, "evidence", criterion="speed", code="4-01", title="ผลจับเวลา", form="file").ids[0], picture("PNG", 21, 21)
    write(office, project, "support", evidence=piece, indicator=next(office.store.state(project).where("indicator", criterion="speed")).id, level=1)
    attach(office, person("member"), project, piece, "จับเวลา.png", io.BytesIO(data))
    accept(office, person("facilitator"), project, piece, office.store.state(project).seq)
    office.store.contents.drop(next(office.store.state(project).where("attachment", evidence=piece))["sha256"])
    return piece, data


def test_a_file_that_is_lost_is_said_so_and_proves_nothing_until_the_same_file_is_attached_again(office, example, visit):
    piece, data = lost_and_found(office, example)
    at = visit("evidence")
    missing, gap = f"<span class='missing'>จับเวลา.png {TH('page_evidence.file_lost')}</span>", TH("gaps.evidence_lost", code="4-01", title="ผลจับเวลา", name="จับเวลา.png")
    assert (fault(at), missing in shown(at), "จับเวลา.png</a>" in shown(at), f"▢ {gap}".replace("\u2060", "") in links(at)) == ([], True, False, True)
    assert TH("page_evidence.not_proven", points="95", claimed="150") in shown(at)
    attach(office, person("member"), example, piece, "จับเวลา.png", io.BytesIO(data))
    at.run()
    assert (fault(at), missing in shown(at), "จับเวลา.png</a>" in shown(at)) == ([], False, True)
    assert TH("page_evidence.not_proven", points="85", claimed="150") in shown(at)


def test_attaching_a_lost_file_again_says_that_it_is_in_its_place(office, example, visit):
    say = phrases("en")
    piece, data = lost_and_found(office, example)
    at = visit("evidence", language="en")
    next(button for button in at.button if button.key == f"open/{piece}").click().run()
    for said in (say("app.file_found", name="จับเวลา.png"), say("app.nothing_changed")):
        (box,) = [one for one in at.file_uploader if one.key.startswith("evidence/attach/")]
        assert box.value is None
        box.upload("อีกชื่อ.png", data, "image/png").run()
        at = press(at, say("page_evidence.attach_now"))
        assert (fault(at), [toast.value.replace("\u2060", "").replace("\\", "") for toast in at.toast]) == ([], [said])


def test_an_older_version_that_is_lost_is_said_so_and_is_no_link(office, example, visit):
    piece = write(office, example, "evidence", criterion="speed", code="4-01", title="ผล", form="file").ids[0]
    for width, name in ((1, "ก่อน.png"), (2, "หลัง.png")):
        attach(office, person("member"), example, piece, name, io.BytesIO(picture("PNG", width, 3)))
    old = next(office.store.state(example).where("attachment", number=1, evidence=piece))
    for gone in (False, True):
        if gone:
            office.store.contents.drop(old["sha256"])
        at = visit("evidence")
        next(button for button in at.button if button.key == f"open/{piece}").click().run()
        told = f"<span class='missing'>ก่อน.png {TH('page_evidence.file_lost')}</span>" in shown(at)
        assert (fault(at), told, "ก่อน.png</a>" in shown(at), "หลัง.png</a>" in shown(at)) == ([], gone, not gone, True)


def test_a_preview_is_drawn_again_once_its_file_is_found_and_the_machine_can(office, example, visit, monkeypatch):
    piece, data = lost_and_found(office, example)
    sha = sha256(data).hexdigest()
    visit("evidence")
    assert cached.preview_of(sha, "image/png") is None
    attach(office, person("member"), example, piece, "จับเวลา.png", io.BytesIO(data))
    with monkeypatch.context() as busy:
        busy.setattr(subprocess, "Popen", _no_process)
        assert cached.preview_of(sha, "image/png") is None
    assert cached.preview_of(sha, "image/png").startswith(b"\x89PNG")


def _no_process(*_, **__) -> None:
    raise BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")  # as a machine says that can begin none just now


def test_what_is_lost_can_be_opened_and_returned_but_not_accepted(office, example, visit):
    piece, _ = lost_and_found(office, example)
    write(office, example, "evidence", piece, title="ผลทดสอบ")  # to be judged anew
    at = section(visit("evidence"), "judge")
    assert TH("page_evidence.to_judge", count=1) in shown(at)
    at = section(at, "index")
    next(button for button in at.button if button.key == f"open/{piece}").click().run()
    labels = [button.label for button in at.button]
    assert (fault(at), TH("page_evidence.accept") in labels, TH("page_evidence.return") in labels) == ([], False, True)


def test_a_removal_by_somebody_else_than_the_program_is_seen_within_a_minute(office, example, visit, monkeypatch):
    piece, data = lost_and_found(office, example)
    attach(office, person("member"), example, piece, "จับเวลา.png", io.BytesIO(data))
    at = visit("evidence")
    office.store.contents.path_of(sha256(data).hexdigest()).unlink()
    monkeypatch.setattr(cached, "monotonic", lambda: monotonic() + cached.SEARCH_AGAIN)
    assert "จับเวลา.png</a>" in shown(at)
    at.run()
    assert (fault(at), f"จับเวลา.png {TH('page_evidence.file_lost')}" in shown(at)) == ([], True)


@pytest.mark.parametrize(("form", "where", "place"), [("paper", "file", "ตู้ "), ("link", "address", "https://a.example"), ("system", "address", "ระบบทะเบียน")])
def test_a_scan_of_paper_or_a_picture_of_a_website_is_shown_beside_its_place(office, example, visit, form, where, place):
    value = next(row.id for row in office.store.state(example).of("file") if place in (row["place"] or "")) if form == "paper" else place
    piece = write(office, example, "evidence", criterion="speed", code="4-01", title="ผล", form=form, **{where: value}).ids[0]
    for width, name in enumerate(("ก่อน.png", "สแกน.png"), 1):
        attach(office, person("member"), example, piece, name, io.BytesIO(picture("PNG", width, 3)))
    at = visit("evidence")
    (line,) = [part for part in shown(at).split("<p class='row'>") if ">4-01<" in part]
    assert (fault(at), place in line, "สแกน.png</a>" in line, "ก่อน.png" in line) == ([], True, True, False)


@pytest.mark.parametrize("address", ["http://[ชื่อหน่วยงาน].go.th", "https://[::1", "http://a]b"])
def test_an_address_of_the_web_that_no_browser_can_read_breaks_no_page(office, example, visit, address):
    write(office, example, "evidence", criterion="coverage", code="1-77", title="เว็บ", form="link", address=address)
    at = visit("evidence")
    assert (fault(at), address in shown(at).replace("\u2060", "")) == ([], True)


def test_what_is_scored_before_any_criterion_has_a_weight_makes_no_total_and_the_page_opens(office, empty, visit):
    indicator = write(office, empty, "indicator", criterion="coverage", name="ก").ids[0]
    round_ = write(office, empty, "round", name="ก่อนยกระดับ", opened_on="2026-11-01").ids[0]
    write(office, empty, "score", round=round_, indicator=indicator, level=1, rationale="มี")
    at = visit("evidence")
    assert (fault(at), TH("page_evidence.no_score") in shown(at)) == ([], True)


@pytest.mark.parametrize("language", LANGUAGES)
def test_before_anything_is_scored_a_mock_audit_says_what_comes_first(office, empty, visit, language):
    say = phrases(language)

    def offered() -> tuple[bool, bool]:
        at = section(visit("evidence", language=language), "audit")
        return say("page_mock_audit.begin") in [button.label for button in at.button], say("page_mock_audit.score_first").replace("\u2060", "") in [one.value.replace("\u2060", "") for one in at.info]

    indicator = write(office, empty, "indicator", criterion="coverage", name="ก").ids[0]
    round_ = write(office, empty, "round", name="ก่อนยกระดับ", opened_on="2026-11-01").ids[0]
    assert offered() == (False, True)
    write(office, empty, "score", round=round_, indicator=indicator, level=1, rationale="มี")
    assert offered() == (True, False)


def test_a_colleague_holds_a_mock_audit_and_a_lower_level_is_warned_of(office, example, visit):
    at = section(visit("evidence", role="member"), "audit")
    press(at, TH("page_mock_audit.begin"))
    assert fault(at) == []
    next(one for one in at.button_group if one.key.endswith("/verdict")).set_value("partly").run()
    next(one for one in at.button_group if one.key.endswith("/level") and "mock_verdict" in one.key).set_value(0).run()
    press(at, TH("page_mock_audit.save"))
    assert (fault(at), errors(at)) == ([], [])
    (found,) = office.store.state(example).of("mock_verdict")
    assert (found["verdict"], found["level"]) == ("partly", 0)
    indicator = office.store.state(example).get(found["indicator"])
    assert TH("gaps.mock_audit_lower", indicator=indicator["name"], level=1, found=0).replace("\u2060", "") in shown(at).replace("\u2060", "").replace("\\", "") + "".join(
        one.label.replace("\u2060", "").replace("\\", "") for one in at.get("page_link")
    )  # fmt: skip


def test_what_a_file_becomes_is_told_before_it_is_kept(office, example, visit):
    at = section(visit("evidence"), "intake")
    for name in ("1-01 สแกน.png", "9-77 ก.png", "9-77 ข.png"):
        at.file_uploader[0].upload(name, picture("PNG"), "image/png")
    at.run()
    told = [TH(f"page_evidence.{one}") in shown(at) for one in ("becomes_version_of_accepted", "becomes_version", "becomes_next_version")]
    assert (fault(at), told) == ([], [True, False, True])


def test_a_whole_folder_is_taken_in_the_order_of_its_names_and_without_what_the_computer_left_in_it(office, empty, visit):
    at = section(visit("evidence"), "intake")
    at.toggle(key="evidence/intake/folder").set_value(True).run()
    for name in ("ปี 2569/3-02 ผัง.png", "ปี 2569/Thumbs.db", "ปี 2569/.DS_Store", "ปี 2569/~$3-02 ผัง.docx", "ปี 2569/3-01 คำสั่ง.png"):
        at.file_uploader[0].upload(name, picture("PNG"), "image/png")
    at.run()
    assert TH("page_evidence.left_out", count=3) in shown(at)
    press(at, TH("page_evidence.keep", count=2))
    assert fault(at) == []
    assert [row["title"] for row in sorted(office.store.state(empty).of("evidence"), key=lambda row: row.seq)] == ["คำสั่ง", "ผัง"]
