"""The schedule on its page: laid out and seen before it is saved, drawn, and approved by the head."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import altair
import jsonschema
import pytest
from streamlit.dataframe_util import convert_arrow_bytes_to_pandas_df
from streamlit.testing.v1 import AppTest

from pso_core import standards
from pso_core.actions.holidays import workdays
from pso_core.actions.rows import Edit, save_rows
from pso_core.actions.schedule import laid, move_phase
from pso_core.actions.schedule_reading import outlook
from pso_core.charts.gantt import LONG
from pso_core.domain.people import ROLES
from pso_core.steps.columns import STEP_KEYS
from pso_core.steps.schedule import newest_baseline
from pso_core.text.phrases import LANGUAGES, phrases
from pso_core.text.thaidate import read_date, say_date
from pso_core.ui import sidebar
from pso_core.ui.desk import Desk
from pso_core.ui.plain import as_html
from tests.building import contents, person, write
from tests.pages.conftest import errors, fault, press, shown
from tests.pages.scheduling import PAGE, TH, box, buttons, dates, drawer, has, now, plan, sign

SCHEMA = jsonschema.Draft7Validator(altair.load_schema())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_new_schedule_is_seen_whole_before_it_is_saved_and_saved_as_it_was_seen(office, empty, visit, language):
    say, at = phrases(language), visit(PAGE, language=language)
    box(at, say("fields.schedule.start.label")).set_value("1 ธ.ค. 2569").run()
    text = shown(at)
    assert contents(office.store, empty)[0] == 1
    press(at, say("page_schedule.save"))
    assert fault(at) == []
    saved = dates(office, empty)
    assert list(saved) == list(STEP_KEYS) and saved["vision"][0] == date(2026, 12, 1)
    for start, due in saved.values():
        assert as_html(say_date(start, say)) in text and as_html(say_date(due, say)) in text


def test_counted_back_from_the_certificate_the_decision_takes_its_sample_of_days(office, empty, visit):
    at = visit(PAGE)
    at.button_group[0].set_value("to_target").run()
    assert has(at, TH("mistakes.target_missing"))
    box(at, TH("fields.schedule.target.label")).set_value("31 ส.ค. 2571").run()
    next(group for group in at.button_group if group.label == TH("fields.schedule.target_of.label")).set_value("certificate").run()
    assert has(at, TH("page_schedule.sample_days"))
    box(at, TH("fields.schedule.decision_days.label")).set_value("10").run()
    press(at, TH("page_schedule.save"))
    frame = office.store.state(empty).only("schedule")
    assert [frame[name] for name in ("direction", "start", "target", "target_of", "decision_days")] == ["to_target", None, "2028-08-31", "certificate", 10]
    assert dates(office, empty)["certification"][1] == date(2028, 8, 17)


def test_a_tap_on_what_is_chosen_takes_away_only_what_may_be_left_empty(office, empty, visit):
    at = visit(PAGE)
    box(at, TH("page_schedule.target_if_any")).set_value("31/12/2570").run()
    asked = {group.label: group.proto.required for group in at.button_group}
    assert asked == {TH("fields.schedule.direction.label"): True, TH("fields.schedule.target_of.label"): False}


def test_a_start_that_is_none_is_said_and_nothing_is_written(office, empty, visit):
    starts = {"ปีหน้า": ("date_unreadable", {"text": "ปีหน้า"}), "29/2/2570": ("date_impossible", {"text": "29/2/2570"}), "": ("start_missing", {})}
    at, before, told = visit(PAGE), contents(office.store, empty), {}
    for typed, (code, facts) in starts.items():
        sentence = TH(f"mistakes.{code}", **facts)
        before_saving = has(box(at, TH("fields.schedule.start.label")).set_value(typed).run(), sentence)
        press(at, TH("page_schedule.save"))
        told[typed] = (fault(at), before_saving, any(sentence in error for error in errors(at)), box(at, TH("fields.schedule.start.label")).value)
    assert told == {typed: ([], True, True, typed) for typed in starts}
    assert contents(office.store, empty) == before


def test_a_target_before_the_start_is_said(office, empty, visit):
    at = visit(PAGE)
    box(at, TH("page_schedule.target_if_any")).set_value("1/1/2569").run()
    assert has(at, TH("mistakes.target_before_start"))


def test_whether_a_new_schedule_meets_its_target_is_said_before_it_is_saved(office, empty, visit):
    at, calendar = visit(PAGE), workdays(office)
    for target, code in (("1/4/2570", "target_lost"), ("31/12/2570", "target_holds")):
        box(at, TH("page_schedule.target_if_any")).set_value(target).run()
        planned = laid(office, office.store.state(empty), {"direction": "from_start", "start": "23/11/2569", "target": target})
        days = abs(calendar.between(planned.target, max(phase.due for phase in planned.phases)))
        assert has(at, TH(f"page_schedule.{code}", target=say_date(planned.target, TH), days=TH("page_schedule.days", days=days)))
    assert not office.store.state(empty).of("phase")


def test_counted_back_a_target_is_not_said_to_hold_when_the_work_had_to_begin_long_ago(office, empty, visit):
    at, calendar = visit(PAGE), workdays(office)
    at.button_group[0].set_value("to_target").run()
    from_today = laid(office, office.store.state(empty), {"direction": "from_start", "start": "23/11/2569"})
    for target in ("1/1/2569", "1/4/2570"):
        box(at, TH("fields.schedule.target.label")).set_value(target).run()
        day, end = read_date(target), max(phase.due for phase in from_today.phases)
        facts = {"target": say_date(day, TH), "date": say_date(end, TH), "days": TH("page_schedule.days", days=calendar.between(day, end))}
        assert has(at, TH("page_schedule.target_missed", **facts))
        assert not has(at, TH("page_schedule.target_holds", target=facts["target"], days=TH("page_schedule.days", days=0)))


def test_state_and_days_left_of_a_phase_are_kept_apart_in_english(office, empty, visit):
    plan(office, empty, start="9/11/2569")
    sign(office, empty, "vision")
    at = visit(PAGE, language="en")
    assert has(at, "finished 20 Nov 2026, 5 working days late") and has(at, "not begun, ")


def test_who_may_not_plan_reads_who_does(office, empty, visit):
    opened = {role: visit(PAGE, role=role) for role in ("viewer", "member", "head")}
    told = {role: (fault(at), has(at, TH("page_schedule.who_plans")), TH("page_schedule.save") in buttons(at)) for role, at in opened.items()}
    assert told == dict.fromkeys(opened, ([], True, False))


def test_everybody_reads_the_schedule_and_finds_only_what_they_may_do(office, empty, visit):
    plan(office, empty)
    told, expected = {}, {}
    for role, language in [*((role, "th") for role in ROLES), ("head", "en"), ("facilitator", "en")]:
        at, say, planner = visit(PAGE, role=role, language=language), phrases(language), role in ("facilitator", "administrator")
        counts = [buttons(at).count(say(key)) for key in ("app.edit", "app.look", "page_schedule.approve")]
        anew = any(box.label == say("page_schedule.anew") for box in at.expander)
        told[role, language] = (fault(at), counts, as_html(say("page_schedule.who_approves")) in shown(at) or role == "head", anew)
        expected[role, language] = ([], [9 if planner else 0, 0 if planner else 9, role == "head"], True, planner)
        assert (role, fault(drawer(visit, "plan", role=role, language=language))) == (role, [])
    assert told == expected


def test_the_picture_is_valid_and_says_the_same_as_the_table(office, empty, visit):
    plan(office, empty)
    for name, day in (("งานที่สาม", "16 ก.พ. 2570"), ("งานแรก", "15 ธ.ค. 2569"), ("งานที่สอง", "18 ม.ค. 2570")):
        write(office, empty, "milestone", name=name, day=day)
    many = [{"name": f"กิจกรรมที่ {number}", "start": "1/12/2569", "due": "2/12/2569" if number < 3 else "1/6/2570", "position": number} for number in range(30)]
    write_all(office, empty, many)
    at = visit(PAGE)
    bars = drawn(at)
    assert [bar["name"].split(" · ")[0] for bar in bars if bar["part"] == "phase"][:2] == ["○ 1 วิสัยทัศน์", "○ 2 พันธกิจและเป้าหมาย"]
    assert [bar["name"] for bar in bars if bar["part"] == "milestone"] == ["◆ งานแรก", "◆ งานที่สอง", "◆ งานที่สาม"]
    assert sum(bar["part"] == "activity" for bar in bars) == 3  # due within two weeks
    assert sum(bar["part"] == "activity" for bar in drawn(at.toggle[0].set_value(True).run())) == 30
    assert all(as_html(f"กิจกรรมที่ {number}") in shown(at) for number in range(30))


def test_with_many_activities_the_nine_phases_stand_together_before_them(office, empty, visit):
    plan(office, empty)
    write_all(office, empty, [{"name": f"กิจกรรมที่ {number}", "start": "2027-01-04", "due": "2027-02-05"} for number in range(LONG)])
    at = visit(PAGE)
    at.toggle[0].set_value(True).run()
    parts = [row["part"] for row in drawn(at) if row["part"] in ("phase", "activity", "group")]
    assert parts == ["phase"] * 9 + ["group"] + ["activity"] * LONG


@pytest.mark.parametrize(("more", "language"), [(0, "en"), (30, "th")])  # a few are drawn without being asked for
def test_every_activity_is_in_the_picture_also_after_the_last_phase_and_those_without_a_day_are_named(office, empty, visit, more, language):
    plan(office, empty)
    end = max(due for _, due in dates(office, empty).values())
    assert end < date(2028, 1, 1)
    few = [
        {"name": "หลังขั้นสุดท้าย", "start": "2028-02-01", "due": "2028-03-31"},
        {"name": "ไม่มีวันสิ้นสุด", "start": "2028-02-01", "open_ended": True},
        {"name": "จบก่อนขั้นแรก", "start": "2026-01-05", "due": "2026-02-27"},
        {"name": "ทำมานานแล้ว", "start": "2020-01-06", "open_ended": True},
        {"name": "ปีที่พิมพ์ผิด", "start": "2065-02-02", "due": "2066-01-01"},
        {"name": "ยังไม่มีวัน"},
    ]
    write_all(office, empty, [{"name": f"กิจกรรมที่ {number}", "start": "2027-01-04", "due": "2027-02-05"} for number in range(more)] + few)
    at = visit(PAGE, language=language)
    if more:
        at.toggle[0].set_value(True).run()
    bars = {bar["name"].split(" · ")[0][2:]: bar for bar in drawn(at) if bar["part"] == "activity"}
    assert len(bars) == more + 5 and "ยังไม่มีวัน" not in bars
    assert [date.fromordinal(int(bars["หลังขั้นสุดท้าย"][end])) for end in ("start", "end")] == [date(2028, 2, 1), date(2028, 4, 1)]
    assert bars["ไม่มีวันสิ้นสุด"]["goes_on"] and bars["ทำมานานแล้ว"]["began_before"]
    edge = min(bar["start"] for bar in bars.values())  # what lies far outside does not make all else small
    assert bars["จบก่อนขั้นแรก"]["began_before"] and bars["จบก่อนขั้นแรก"]["end"] == edge + 1 == bars["ทำมานานแล้ว"]["start"] + 1
    assert bars["ปีที่พิมพ์ผิด"]["goes_on"] and date.fromordinal(int(bars["ปีที่พิมพ์ผิด"]["end"])).year < 2030
    assert as_html(phrases(language)("page_schedule.undated", count=1)) in shown(at) and as_html("ยังไม่มีวัน") in shown(at)


def write_all(office, project: str, activities: list[dict[str, Any]]) -> None:
    """In one save."""
    save_rows(office, person("facilitator"), project, [Edit("activity", None, values) for values in activities], now(office, project))


def drawn(at: AppTest) -> list[dict[str, Any]]:
    """The bars of the picture, which is valid Vega-Lite."""
    (chart,) = at.get("vega_lite_chart") or at.get("arrow_vega_lite_chart")
    spec = json.loads(chart.proto.spec)
    assert [error.message for error in SCHEMA.iter_errors({"data": {"name": "rows"}, **spec})] == []
    return convert_arrow_bytes_to_pandas_df(chart.proto.data.data).to_dict("records")


def test_the_head_approves_with_a_note_and_what_was_approved_is_kept(office, empty, visit):
    plan(office, empty)
    at, say = visit(PAGE, role="head"), TH
    assert as_html(say("page_schedule.not_approved")) in shown(at)
    box(at, say("fields.baseline.note.label")).set_value("ที่ประชุมเห็นชอบ").run()
    press(at, say("page_schedule.approve"))
    assert fault(at) == []
    kept = newest_baseline(office.store.state(empty))
    assert (kept["number"], kept["approved_by"], kept["note"]) == (1, "p-head", "ที่ประชุมเห็นชอบ")
    assert as_html(say("page_schedule.as_approved", number=1)) in shown(at)
    assert say("page_schedule.approve") not in buttons(at)
    move_phase(office, person("facilitator"), empty, "plan", {"days": 30}, now(office, empty), "รอข้อมูล")
    say, again = phrases("en"), visit(PAGE, role="head", language="en")
    assert as_html(say("page_schedule.changed_since_approval", number=1)) in shown(again)
    assert say("page_schedule.approve") in buttons(again)


def test_an_activity_with_a_day_of_its_own_is_something_to_approve(office, empty, visit):
    plan(office, empty)
    press(visit(PAGE, role="head"), TH("page_schedule.approve"))
    write(office, empty, "activity", name="อบรม", due="2027-02-05")
    at = visit(PAGE, role="head")
    assert as_html(TH("page_schedule.changed_since_approval", number=1)) in shown(at)
    press(at, TH("page_schedule.approve"))
    assert as_html(TH("page_schedule.as_approved", number=2)) in shown(at)


def test_a_schedule_that_moved_while_the_head_was_reading_is_read_again_before_it_is_approved(office, empty, visit):
    plan(office, empty)
    at = visit(PAGE, role="head")
    move_phase(office, person("facilitator"), empty, "plan", {"days": 30}, now(office, empty))
    press(at, TH("page_schedule.approve"))
    assert TH("refusals.schedule_changed_since") in "\n".join(errors(at))
    press(at, TH("page_schedule.approve"))
    assert fault(at) == []
    assert newest_baseline(office.store.state(empty))["number"] == 1


def test_the_finding_says_what_is_late_and_by_how_much(office, empty, visit):
    plan(office, empty, start="2/11/2569")
    for language in LANGUAGES:
        say = phrases(language)
        finding = say("page_schedule.finding.late_and_more", step=say("steps.vision.short"), days=say("page_schedule.days", days=11), more=1)
        assert as_html(finding) in shown(visit(PAGE, language=language))


def test_a_schedule_on_time_says_between_which_days_it_is_expected_to_end(office, empty, visit):
    plan(office, empty, start="23/11/2569", target="31/12/2571", target_of="submission")
    state = office.store.state(empty)
    end = outlook(state, workdays(office), {}, office.today()).end
    assert end[0] < end[1]
    assert has(visit(PAGE), TH("page_schedule.finding.on_time", first=say_date(end[0], TH), last=say_date(end[1], TH)))


@pytest.mark.parametrize(("target", "word"), [("1/2/2570", "behind"), ("1/9/2570", "may_be_behind")])
def test_a_target_that_will_or_may_be_missed_is_said(office, empty, visit, target, word):
    plan(office, empty, start="23/11/2569", target=target, target_of="submission")
    found = outlook(office.store.state(empty), workdays(office), {}, office.today())
    least, most = (TH("page_schedule.days", days=days) for days in found.behind)
    facts = {"first": say_date(found.end[0], TH), "last": say_date(found.end[1], TH), "target": say_date(found.target, TH), "least": least, "most": most}
    assert has(visit(PAGE), TH(f"page_schedule.finding.{word}", **facts))


def test_when_all_is_approved_the_last_day_is_said(office, empty, visit):
    plan(office, empty, start="1/6/2569")
    for step in STEP_KEYS:
        sign(office, empty, step)
    assert has(visit(PAGE), TH("page_schedule.finding.done", date="20 พ.ย. 2569"))


def seen(office, project: str, language: str = "th") -> Desk:
    return Desk(office, person("viewer"), phrases(language), office.store.state(project), standards.load(), office.store.people.all(), office.today())


@pytest.mark.parametrize(("start", "step", "word", "days"), [("1/12/2569", "vision", "left", "10"), ("2/11/2569", "vision", "late", "11")])
def test_the_menu_says_how_long_the_next_step_has_or_how_late_each_is(office, empty, start, step, word, days):
    plan(office, empty, start=start)
    desk, say = seen(office, empty, "en"), phrases("en")
    others = {"mission": f" · {say('page_schedule.menu.late', days='6 working days')}"} if word == "late" else {}  # each that is late
    assert sidebar.days_left(desk) == {step: f" · {say(f'page_schedule.menu.{word}', days=f'{days} working days')}", **others}


def test_the_menu_says_nothing_where_there_is_no_schedule_or_all_is_done(office, empty):
    assert sidebar.days_left(seen(office, empty)) == {}
    plan(office, empty, start="1/6/2569")
    for step in STEP_KEYS:
        sign(office, empty, step)
    assert sidebar.days_left(seen(office, empty)) == {}


def test_a_phase_that_is_done_is_drawn_on_the_day_it_was_finished_where_the_log_knows_no_beginning(office, empty, visit):
    plan(office, empty, start="1/6/2569")
    sign(office, empty, "mission")
    planned = dates(office, empty)
    first, second, third = (bar for bar in drawn(visit(PAGE)) if bar["part"] == "phase" and bar["name"][2] in "123")
    assert date.fromordinal(int(second["end"]) - 1) == date(2026, 11, 20) > planned["mission"][1]  # the day after the last one is where a bar ends
    assert (date.fromordinal(int(second["start"])), second["when"]) == (date(2026, 11, 20), "20 พ.ย. 2569")
    for bar, step in ((first, "vision"), (third, "tasks")):
        assert (date.fromordinal(int(bar["start"])), date.fromordinal(int(bar["end"]) - 1)) == planned[step]
