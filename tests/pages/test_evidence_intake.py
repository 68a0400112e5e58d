"""Many files at once on the page: more than are kept at once, and some that are not taken at all."""

from __future__ import annotations

import pytest

from pso_core.actions.evidence import accept
from pso_core.actions.uploads import set_upload_rules
from pso_core.text.phrases import phrases
from pso_core.ui import evidence_intake
from tests.actions.files import picture
from tests.building import person, write
from tests.pages.conftest import errors, fault, press, shown

TH = phrases("th")


@pytest.fixture
def intake(visit):
    def opened(language: str = "th"):
        return next(one for one in visit("evidence", language=language).button_group if one.key == "evidence/section").set_value("intake").run()

    return opened


def chosen(at, *names: str):
    for width, name in enumerate(names, 1):
        at.file_uploader[0].upload(name, picture("PNG", width, 2), "image/png")
    return at.run()


def kept(office, project: str) -> list[str]:
    return sorted(row["code"] for row in office.store.state(project).of("evidence"))


def test_more_than_are_kept_at_once_are_kept_in_lots_without_choosing_again(office, empty, intake, monkeypatch):
    monkeypatch.setattr(evidence_intake, "AT_ONCE", 2)
    say = phrases("th")
    at = chosen(intake(), *(f"3-0{number} ก.png" for number in (5, 4, 3, 2, 1)))
    assert say("page_evidence.in_lots", count="5", most=2, times=3).replace("\u2060", "") in [one.value.replace("\u2060", "") for one in at.info]
    for there, count in ((["3-01", "3-02"], 2), (["3-01", "3-02", "3-03", "3-04"], 1)):
        at = press(at, say("page_evidence.keep", count=2))
        assert (fault(at), errors(at), kept(office, empty)) == ([], [], there)
        assert len(at.file_uploader[0].value) == 5
    at = press(at, say("page_evidence.keep", count=count))
    assert (fault(at), kept(office, empty), at.file_uploader[0].value) == ([], [f"3-0{number}" for number in range(1, 6)], [])
    again = chosen(at, "3-06 ก.png")
    assert say("page_evidence.keep", count=1) in [button.label for button in again.button]


def test_what_is_not_taken_is_named_and_does_not_stop_the_others(office, empty, intake):
    say = phrases("en")
    at = chosen(intake("en"), "3-01 ก.png", "3-02 **โปรแกรม**.exe", "3-03 แมโคร.docm")
    (said,) = [one.value.replace("\u2060", "").replace("\\", "") for one in at.warning]
    for told in (say("page_evidence.not_taken", count=2), f"3-02 **โปรแกรม**.exe: {say('refusals.file_is_program')}", f"3-03 แมโคร.docm: {say('refusals.file_has_macros')}"):
        assert told.replace("\u2060", "") in said
    at = press(at, say("page_evidence.keep", count=1))
    assert (fault(at), errors(at), kept(office, empty)) == ([], [], ["3-01"])


def test_of_many_that_are_not_taken_a_few_are_named_and_the_rest_counted(office, empty, intake):
    at = chosen(intake(), *(f"3-0{number} ก.exe" for number in range(1, 4)), *("ข.exe",) * (evidence_intake.NAMED - 1))
    (said,) = [one.value.replace("\\", "").splitlines() for one in at.warning]
    assert (len(said), said[-1]) == (1 + 1 + evidence_intake.NAMED + 1, f"- {TH('reminders.more', count=2)}")


def test_the_button_says_how_many_files_will_be_kept_without_those_that_are_not_what_their_names_say(office, empty, intake):
    say, at = phrases("th"), intake()
    for name, content in (("3-02 **ข**.pdf", picture("PNG")), ("3-03 ค.pdf", b"MZ" + bytes(99)), ("3-04 ง.txt", b"")):
        at.file_uploader[0].upload(name, content, "application/pdf")
    at = chosen(at, "3-01 ก.png", "3-05 จ.png")
    (said,) = [one.value.replace("\u2060", "").replace("\\", "").splitlines() for one in at.warning]
    why = {"3-02 **ข**.pdf": say("refusals.file_not_what_it_says", ending="pdf"), "3-03 ค.pdf": say("refusals.file_is_program"), "3-04 ง.txt": say("refusals.file_empty")}
    assert said == [one.replace("\u2060", "") for one in (say("page_evidence.not_taken", count=3), "", *(f"- {name}: {reason}" for name, reason in why.items()))]
    assert kept(office, empty) == []
    at = press(at, say("page_evidence.keep", count=2))
    assert (fault(at), errors(at), kept(office, empty)) == ([], [], ["3-01", "3-05"])


def test_each_file_is_looked_at_once_however_often_the_page_is_drawn_and_again_when_the_rules_change(office, empty, intake, monkeypatch):
    seen: list[str] = []
    monkeypatch.setattr(evidence_intake, "unfit", lambda office, name, source: seen.append(name))
    at = chosen(intake(), "3-01 ก.png", "3-02 ข.png").run().run()
    assert sorted(seen) == ["3-01 ก.png", "3-02 ข.png"]
    set_upload_rules(office, person("administrator"), largest_megabytes=50, types=["png"])
    at.run()
    assert len(seen) == 4


def test_of_files_of_a_folder_that_are_called_the_same_the_folder_is_shown_also_of_those_that_are_not_taken(office, empty, intake):
    at = intake().toggle(key="evidence/intake/folder").set_value(True).run()
    for name in ("ปี/ก/เอกสาร.txt", "ปี/ข/เอกสาร.txt", "ปี/ข/แผน.txt"):
        at.file_uploader[0].upload(name, name.encode(), "text/plain")
    at = chosen(at, "ปี/ก/โปรแกรม.exe", "ปี/ข/โปรแกรม.exe")
    told, warned = shown(at).replace("\u2060", ""), at.warning[0].value.replace("\u2060", "").replace("\\", "")
    assert [name in told for name in ("ปี/ก/เอกสาร.txt", "ปี/ข/เอกสาร.txt", "แผน.txt", "ปี/ข/แผน.txt")] == [True, True, True, False]
    assert [f"- ปี/{folder}/โปรแกรม.exe: " in warned for folder in "กข"] == [True, True]
    press(at, TH("page_evidence.keep", count=3))
    assert sorted(row["name"] for row in office.store.state(empty).of("attachment")) == ["เอกสาร.txt", "เอกสาร.txt", "แผน.txt"]


def test_files_that_are_no_longer_taken_when_they_are_saved_are_named_at_once_and_nothing_is_kept(office, empty, intake):
    say, at = phrases("en"), intake("en")
    at.file_uploader[0].upload("3-01 ก.txt", "ก".encode(), "text/plain")
    at = chosen(at, "3-02 **ข**.png", "3-03 ค.png")
    set_upload_rules(office, person("administrator"), largest_megabytes=50, types=["txt"])
    at = press(at, say("page_evidence.keep", count=3))
    (said,) = [one.replace("\u2060", "").replace("\\", "").splitlines() for one in errors(at)]
    why = say("refusals.file_type_unknown", allowed="txt")
    assert said == [one.replace("\u2060", "") for one in (say("refusals.files_refused", count=2), "", f"- 3-02 **ข**.png: {why}", f"- 3-03 ค.png: {why}")]
    assert kept(office, empty) == []
    assert say("page_evidence.keep", count=1) in [button.label for button in at.button] and "3-01" in shown(at)


def test_what_was_taken_in_is_warned_of_until_it_supports_an_indicator_also_once_it_is_accepted(office, empty, intake, visit):
    say = phrases("th")
    press(chosen(intake(), "3-01 ผัง.png"), say("page_evidence.keep", count=1))
    (piece,) = office.store.state(empty).of("evidence")
    accept(office, person("facilitator"), empty, piece.id, office.store.state(empty).seq)
    indicator = write(office, empty, "indicator", criterion="verifiability", name="มีผัง").ids[0]
    sentence = f"△ {say('gaps.evidence_supports_nothing', code='3-01', title='ผัง')}".replace("\u2060", "")
    assert links(visit("evidence")).count(sentence) == 1
    write(office, empty, "support", evidence=piece.id, indicator=indicator, level=1)
    assert sentence not in links(visit("evidence"))


def links(at) -> list[str]:
    assert fault(at) == []
    return [one.label.replace("\u2060", "").replace("\\", "") for one in at.get("page_link")]


def test_of_several_files_of_one_code_the_plain_name_gives_the_title_and_the_last_version_is_the_newest(office, empty, intake):
    at = chosen(intake(), "3-01 รายงาน ฉบับแก้.png", "3-01 รายงาน2.png", "3-01 รายงาน (2).png", "3-01 รายงาน.png")
    press(at, TH("page_evidence.keep", count=4))
    (piece,) = office.store.state(empty).of("evidence")
    names = [row["name"] for row in sorted(office.store.state(empty).of("attachment"), key=lambda row: row["number"])]
    assert (piece["title"], names) == ("รายงาน", ["3-01 รายงาน.png", "3-01 รายงาน (2).png", "3-01 รายงาน2.png", "3-01 รายงาน ฉบับแก้.png"])
