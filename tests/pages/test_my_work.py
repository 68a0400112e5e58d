"""My work: the one next thing first, then all that is owed in every project and what waits for a decision."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from pso_core.actions.first_start import EXAMPLE
from pso_core.actions.reminders import DEFAULT_ESCALATION
from pso_core.actions.rows import Edit, save_rows
from pso_core.actions.sign_offs import submit
from pso_core.office import Office
from pso_core.text.phrases import LANGUAGES, phrases
from pso_core.ui import my_work
from pso_core.ui.plain import as_html
from tests.actions.handing_over import with_work
from tests.actions.planning import planned, seq
from tests.building import person, write
from tests.pages.conftest import fault, shown
from tests.pages.test_monday import links, unfolded

TH = phrases("th")
VISION = "ขั้นที่ 1 วิสัยทัศน์"


def lines(at: AppTest) -> list[str]:
    return [label for label, _, _ in links(at)]


def submitted(office: Office) -> str:
    """A project whose first step waits to be endorsed by the facilitator."""
    project = planned(office)
    write(office, project, "vision", text="เป็นเลิศ", adopted_on="2026-11-02")
    submit(office, person("member"), project, "vision", seq(office, project))
    return project


def test_who_owes_nothing_is_told_so(office, empty, visit):
    for language in LANGUAGES:
        say, at = phrases(language), visit("my_work", role="viewer", language=language)
        assert fault(at) == []
        assert f"<h1>{as_html(say('page_my_work.nothing'))}</h1>" in shown(at)
        assert as_html(say("page_my_work.none.owed")) in shown(at)
        assert lines(at) == []


def test_the_longest_overdue_is_the_one_next_thing_and_all_that_is_owed_stands_below_the_overdue_first(office, visit):
    with_work(office)
    at = visit("my_work", role="member")
    assert f"<h1>{VISION}</h1><p class='purpose late'>เกินกำหนด 31 วันทำการ (7 ต.ค. 2569)" in shown(at)
    assert TH("page_my_work.go.do") in [button.label for button in at.button]
    assert lines(at) == [
        f"▲ {VISION} · เกินกำหนด 31 วันทำการ (7 ต.ค. 2569)",
        f"▲ แบบบันทึกของตนเอง {VISION} · เกินกำหนด 31 วันทำการ (7 ต.ค. 2569)",
        "▲ งาน open · เกินกำหนด 1 วันทำการ (20 พ.ย. 2569)",
        "▢ ข้อที่ต้องปรับปรุง: ข้อ open · อีก 6 วันทำการ (1 ธ.ค. 2569)",
    ]
    assert [(page, place) for _, page, place in links(at)] == [
        ("step_1_vision", "step:vision"), ("step_1_vision", "worksheet"), ("step_8_execution", "progress:activity:open"), ("step_9_certification", "finding:open"),
    ]  # fmt: skip


def test_what_others_have_overdue_for_long_reaches_the_head_without_any_mail(office, visit):
    planned(office)
    heading = as_html(TH("reminders.mail.escalated", count=4, days=DEFAULT_ESCALATION))
    at = visit("my_work", role="head")
    assert heading in shown(at)
    assert [line for line in lines(at) if VISION in line] == [f"▲ {VISION} · {person('member').name} · เกินกำหนด 31 วันทำการ (7 ต.ค. 2569)"]
    assert heading not in shown(visit("my_work", role="member"))


def test_what_waits_for_my_decision_is_told_apart_and_the_way_to_it_is_gone_at_one_press(office, visit):
    submitted(office)
    for language in reversed(LANGUAGES):
        say, at = phrases(language), visit("my_work", language=language)
        assert fault(at) == []
        assert say("page_my_work.decisions", count=1) in shown(at)
        assert say("page_my_work.go.decide") in [button.label for button in at.button]
        assert ("step_1_vision", "step:vision") in [(page, place) for _, page, place in links(at)]
        assert say("page_my_work.none.decisions") in shown(visit("my_work", role="member", language=language))
    next(button for button in at.button if button.key == "my_work/next").click().run()
    assert fault(at) == []
    assert TH("steps.vision.name") in shown(at)


def test_work_in_another_project_is_named_with_it_and_leads_there(office, visit):
    other, here = with_work(office), with_work(office)
    write(office, other, "agency", "agency", name="ที่ทำการปกครองอำเภอ")
    write(office, here, "agency", "agency", name="สำนักงานจังหวัดน่าน")
    at = visit("my_work", role="member")
    now = at.session_state["project"]
    [away] = {other, here} - {now}
    names = {other: "ที่ทำการปกครองอำเภอ", here: "สำนักงานจังหวัดน่าน"}
    assert {names[now] in line for line in lines(at)} == {True}
    button = next(one for one in at.button if one.key == f"my_work/{away}/activity/activity:open")
    assert names[away] in button.label
    button.click().run()
    assert fault(at) == []
    assert at.session_state["project"] == away
    assert TH("steps.execution.name") in shown(at)


def test_of_many_only_the_first_are_drawn(office, visit):
    project = planned(office)
    edits = [Edit("activity", None, {"name": f"กิจกรรมที่ {n}", "owner": "p-head", "start": "2026-10-01", "due": "2026-11-20"}) for n in range(200)]
    save_rows(office, person("facilitator"), project, edits, seq(office, project))
    say, at = phrases("th"), visit("my_work", role="head")
    escalated = 4  # the phases of others that are overdue for long
    assert fault(at) == []
    assert len(lines(at)) == my_work.SHOWN + escalated
    assert say("reminders.more", count=200 - my_work.SHOWN) in [one.label for one in at.expander]
    assert len(lines(unfolded(at, "my_work/owed"))) == 200 + escalated


@pytest.mark.parametrize("role", ["member", "head"])
def test_ones_own_work_is_handed_over_from_here(office, visit, role):
    """Whoever may not transfer still prints the sheet."""
    with_work(office, owner=f"p-{role}")
    at = unfolded(visit("my_work", role=role), "transfer/open")
    assert fault(at) == []
    assert TH("page_monday.transfer.own") in [one.label for one in at.expander]
    assert [one.key for one in at.selectbox if one.key.startswith("transfer")] == ["transfer/to"]
    assert (TH("page_monday.transfer.who") in shown(at)) is (role == "member")
    assert len(at.get("download_button")) == 1


def test_an_examples_certificate_is_not_the_next_thing_of_who_works_on_another_project(office, example, visit):
    office.store.settings.set(EXAMPLE, True)
    write(office, example, "certificate", number="1/2563", valid_from="2020-01-01", valid_to="2022-12-31")
    ended, next_ = TH("reminders.item.certificate_ended_numbered", name="1/2563"), f"<h1>{as_html(TH('reminders.item.sign_off', number=1, step=TH('steps.vision.short')))}</h1>"

    def told() -> tuple[bool, bool]:
        at = visit("my_work")
        return any(ended in line for line in lines(at)), next_ in shown(at)

    assert told() == (True, False)
    submitted(office)
    assert told() == (False, True)


def test_ones_reminders_are_below(office, example, visit):
    assert TH("reminders.calendar.heading") in shown(visit("my_work"))
