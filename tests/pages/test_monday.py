"""The Monday page: what a manager must know, each line a way to its place, and transferring somebody's work."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from pso_core.actions.reminders import line_text, morning_of
from pso_core.actions.rows import Edit, save_rows, standard_of
from pso_core.actions.sign_offs import submit
from pso_core.actions.transfer import transfer_work
from pso_core.documents.handover import handover_file
from pso_core.office import Office
from pso_core.steps import STEP_OF_KIND
from pso_core.text.phrases import LANGUAGES, phrases
from pso_core.text.thaidate import say_date
from pso_core.ui import monday
from pso_core.ui.desk import Desk
from pso_core.ui.navigation import ROOT
from pso_core.ui.plain import as_html
from tests.actions.handing_over import OPEN, owners, with_work
from tests.actions.planning import REASON, planned, seq, slipped
from tests.building import contents, person, write
from tests.documents.pdf_reading import pages
from tests.pages.conftest import errors, fault, shown

TH = phrases("th")
PARTS = tuple(monday.PART_MARKS)
MANY = 200


def links(at: AppTest) -> list[tuple[str, str, str]]:
    """(what is read, page, place) of every line that leads somewhere."""
    return [(_read(one.proto.label), one.proto.page, one.proto.query_string.removeprefix("at=").replace("%3A", ":")) for one in at.get("page_link")]


def _read(label: str) -> str:
    """Without its emphases, the escapes of what people typed, and the joiners."""
    return re.sub(r"\\(.)|\*", lambda found: found[1] or "", label).replace("\u2060", "")


def read(at: AppTest) -> str:
    return "\n".join([shown(at), *(label for label, _, _ in links(at)), *(expander.label for expander in at.expander)])


def unfolded(at: AppTest, key: str) -> AppTest:
    """Again after each run, because AppTest does not keep an expander open as a browser does."""
    at.session_state[key] = True
    return at.run()


def desk(office: Office, project: str, language: str = "th") -> Desk:
    state = office.store.state(project)
    return Desk(office, person("head"), phrases(language), state, standard_of(state), office.store.people.all(), office.today())


@pytest.fixture
def late(office: Office) -> str:
    """A project with late phases, one that slipped last week, one that waits for a decision, and three that are blocked."""
    project = planned(office)
    slipped(office, project)
    write(office, project, "vision", text="เป็นเลิศ", adopted_on="2026-11-02")
    submit(office, person("member"), project, "vision", seq(office, project))
    return project


@pytest.fixture
def many(office: Office, late: str) -> str:
    """The same with 200 activities of three people, half of them overdue."""
    owned = ("p-member", "p-head", "p-facilitator")
    edits = [
        Edit("activity", None, {"name": f"กิจกรรมที่ {number}", "owner": owned[number % 3], "start": "2026-10-01", "due": _day(number)}) for number in range(MANY)
    ]  # fmt: skip
    save_rows(office, person("facilitator"), late, edits, seq(office, late))
    return late


def _day(number: int) -> str:
    return (date(2026, 11, 23) + timedelta(10 if number % 2 else -10)).isoformat()


def test_an_empty_project_is_told_calmly_and_led_to_its_schedule(office, empty, visit):
    for language in LANGUAGES:
        say, at = phrases(language), visit("monday", language=language)
        text = read(at)
        assert fault(at) == []
        assert [part for part in PARTS if as_html(say(f"page_monday.none.{part}")) not in text] == []
        assert as_html(say("page_monday.finding.no_schedule")) in text
        assert (say("page_monday.plan_it"), "schedule", "schedule") in links(at)


def test_lampang_shows_its_score_and_what_is_overdue(office, example, visit):
    for language in LANGUAGES:
        say, at = phrases(language), visit("monday", language=language)
        assert fault(at) == []
        assert [name for name in ("now", "planned", "target") if say(f"page_home.{name}") not in shown(at)] == []
        assert "<p class='big'>150<small> / 300</small></p>" in shown(at)


def test_every_part_says_what_the_text_for_a_group_says(office, late, visit):
    """One and the same digest, so that nobody reads one thing on the wall and another in the group."""
    for language in LANGUAGES:
        at = visit("monday", language=language)
        for part in PARTS:
            at.session_state[f"monday/{part}"] = True  # the rest of it too
        at.run()
        told = [line.removeprefix("- ") for line in line_text(office, office.store.state(late), phrases(language)).split("\n") if line.startswith("- ")]
        labels = [label[2:] for label, _, _ in links(at)]
        assert fault(at) == []
        assert [line for line in told if line not in labels] == []
        assert len(told) > 8


def test_the_first_lines_are_the_phases_the_longest_overdue_first_with_why_they_slipped_and_whom_they_wait_for(office, late, visit):
    at = visit("monday")
    labels = [label for label, page, place in links(at) if place.startswith("step:")][:9]
    late_ones = [label for label in labels if label.startswith("▲")]
    assert labels[: len(late_ones)] == late_ones
    assert [label.split(" · ")[0] for label in labels[:4]] == ["▲ × 1 วิสัยทัศน์", "▲ × 2 พันธกิจและเป้าหมาย", "▲ × 3 ภารกิจ", "▲ × 4 ค่าถ่วงน้ำหนัก"]
    assert labels[0] == f"▲ × 1 วิสัยทัศน์ · เกินกำหนด 31 วันทำการ · {person('member').name}"
    assert "<h1>วิสัยทัศน์ช้ากว่ากำหนด 31 วันทำการ และช้าอีก 3 ขั้น</h1>" in shown(at)
    assert [part for part in (f"เพราะ {REASON}", f"รอการกลั่นกรองของ {person('facilitator').name}") if part not in read(at)] == []


def test_each_line_leads_to_a_place_that_is_there_and_an_overdue_activity_opens_where_it_is_reported(office, many, visit):
    at = visit("monday")
    found = links(at)
    assert len({page for _, page, _ in found}) >= 9
    known = office.store.state(many).rows
    for label, page, place in found:
        assert (ROOT / f"{page}.py").is_file(), label
        kind, _, rest = place.partition(":")
        if kind == "progress":
            assert rest in known, label
        else:
            assert kind == "step" or kind in STEP_OF_KIND, label
    place = next(place for label, page, place in found if page == "step_8_execution" and place.startswith("progress:"))
    there = visit("step_8_execution")
    there.query_params["at"] = place
    there.run()
    assert fault(there) == []
    assert there.session_state[f"reports/{place.removeprefix('progress:')}"] is True


def test_of_many_only_the_first_are_drawn_and_the_rest_counted(office, many, visit):
    say, at = TH, visit("monday")
    assert fault(at) == []
    overdue = [label for label, _, _ in links(at) if label.startswith("▲")]
    here = monday.monday_of(desk(office, many))
    shown_ = monday.shown_of(here, "overdue")
    assert len(overdue) == 4 + shown_ == 4 + 2  # the phases above, then the first of all that is overdue
    rest = len(here.lines["overdue"]) - shown_
    assert rest > MANY // 2 - 2
    assert say("reminders.more", count=rest) in [expander.label for expander in at.expander]
    assert len(links(unfolded(at, "monday/overdue"))) > MANY // 2


@pytest.mark.parametrize("project", ["empty", "many", "example"])
def test_the_page_to_print_says_the_same_on_one_page(request, office, project):
    found = request.getfixturevalue(project)
    assert {language: _unprinted(office, found, language) for language in LANGUAGES} == dict.fromkeys(LANGUAGES, [])


def _unprinted(office: Office, project: str, language: str) -> list[str]:
    """What the morning says and its one page does not."""
    here = monday.monday_of(desk(office, project, language))
    [text] = pages(monday.one_page(monday.to_print(here)))
    told = [monday.finding(here), *(lines[0].text for lines in here.lines.values() if lines)]
    return [one for one in told if "".join(one.split()) not in text]


def test_what_people_typed_is_text_on_the_page_and_on_paper(office, late, visit):
    name = "<script>alert(1)</script> **b** :red[x] #panic() $x$"
    write(office, late, "activity", name=name, due="2026-11-20", start="2026-11-01", owner="p-member")
    at = visit("monday")
    assert fault(at) == []
    assert [one for one in links(at) if name in one[0].replace("\u2060", "")] or name in read(at)
    assert "".join(name.split())[:20] in pages(monday.one_page(monday.to_print(monday.monday_of(desk(office, late)))))[0]


# Transfer day


@pytest.fixture
def work(office: Office) -> Iterator[str]:
    return with_work(office)


def choose(at: AppTest, **chosen: str) -> AppTest:
    for key, value in chosen.items():
        at.session_state["transfer/open"] = True
        at.selectbox(key=f"transfer/{key}").select(value).run()
    at.session_state["transfer/open"] = True
    return at.run()


def opened(visit, **how: str) -> AppTest:
    return unfolded(visit("monday", **how), "transfer/open")


def hand_over(at: AppTest, reason: str) -> AppTest:
    at.session_state["transfer/open"] = True
    at.text_area[0].set_value(reason)
    button = next(one for one in at.button if one.key == "transfer/do")
    return button.click().run()


def test_what_will_move_is_shown_before_it_moves_and_moves_at_one_press_with_a_reason(office, work, visit):
    say, at = TH, opened(visit, role="head")
    before = owners(office, work)
    at = choose(at, **{"from": "p-member", "to": "p-facilitator"})
    assert as_html(say("page_monday.transfer.moves", count=len(OPEN))) in shown(at)
    assert "งาน open" in shown(at)
    as_it_was = contents(office.store, work)
    at = hand_over(at, " ")
    assert errors(at) == [TH("refusals.reason_missing")]  # said where the button is
    assert contents(office.store, work) == as_it_was
    at = hand_over(at, "ย้ายไปจังหวัดน่าน")
    assert fault(at) == []
    assert owners(office, work) == {**before, **dict.fromkeys(OPEN, "p-facilitator")}
    names = {"giver": person("member").name, "receiver": person("facilitator").name}
    assert [_read(one.value) for one in at.success] == [say("page_monday.transfer.done", count=len(OPEN), **names)]


def test_the_sheet_of_a_transfer_that_was_made_can_still_be_printed(office, work, visit, monkeypatch):
    """In another visit the giver has nothing left and stands in no list; the sheet tells what was there before."""
    before = office.store.state(work)
    transfer_work(office, person("head"), work, "p-member", "p-facilitator", before.seq, "ย้าย")
    say, at = phrases("en"), opened(visit, role="member", language="en")
    past = at.selectbox(key="transfer/past")
    names = {"giver": person("member").name, "receiver": person("facilitator").name}
    assert past.options == [say("page_monday.transfer.past_one", **names, day=say_date(office.today(), say), count=len(OPEN))]
    at.session_state["transfer/open"] = True
    offered = {}
    monkeypatch.setattr(st, "download_button", lambda label, data, **how: offered.update({label: data}))
    at = past.select_index(0).run()
    sheet = handover_file(office, person("member"), [morning_of(office, before)], person("member"), person("facilitator"), "en")
    assert (fault(at), offered[say("page_monday.transfer.sheet")]()) == ([], sheet)


def test_the_earlier_transfer_that_was_chosen_stays_chosen_when_another_is_made(office, work, visit):
    transfer_work(office, person("head"), work, "p-member", "p-facilitator", office.store.state(work).seq, "ย้าย")
    at = opened(visit, role="head")
    at = at.selectbox(key="transfer/past").select_index(0).run()
    chosen = at.selectbox(key="transfer/past").value
    transfer_work(office, person("head"), work, "p-facilitator", "p-head", office.store.state(work).seq, "ย้ายอีก")
    at.session_state["transfer/open"] = True
    past = at.run().selectbox(key="transfer/past")
    assert (fault(at), len(past.options), past.value) == ([], 2, chosen) and past.index == 1


def test_whoever_may_not_transfer_cannot_press_and_is_told_who_may(office, work, visit):
    at = choose(opened(visit, role="member"), **{"from": "p-member", "to": "p-facilitator"})
    button = next(one for one in at.button if one.key == "transfer/do")
    assert button.disabled
    assert TH("page_monday.transfer.who") in shown(at)


def test_everywhere_or_only_here(office, work, visit):
    both = {work, with_work(office)}
    at = choose(opened(visit, role="head"), **{"from": "p-member", "to": "p-facilitator"})
    assert as_html(TH("page_monday.transfer.moves", count=2 * len(OPEN))) in shown(at)
    at.session_state["transfer/open"] = True
    at.toggle(key="transfer/everywhere").set_value(False).run()
    at = hand_over(at, "ย้าย")
    assert fault(at) == []
    [here] = both & {at.session_state["project"]}
    assert {project: sum(owner == "p-facilitator" for owner in owners(office, project).values()) for project in both} == {**dict.fromkeys(both, 0), here: len(OPEN)}
