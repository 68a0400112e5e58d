"""Step 7 on its page: what to lift first, activities added from an advice, what is refused, the plan in time."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from pso_core import standards
from pso_core.actions.rows import Edit, save_rows
from pso_core.errors import NotAllowed
from pso_core.text.phrases import phrases
from tests.building import contents, person, remove, write
from tests.pages.conftest import errors, fault, press, shown

TH = phrases("th")
PAGE = "step_7_plan"
SAVE = TH("app.save_one", kind=TH("fields.activity.one"))
ADD = TH("app.add", kind=TH("fields.activity.one"))
NAME = {c.key: c.name.th for c in standards.load().criteria}


def activities(office, project: str) -> list:
    return list(office.store.state(project).of("activity"))


def lifting(office, project: str, criterion: str) -> list:
    return [row for row in activities(office, project) if criterion in row["lifts"]]


def without_activities_for(office, project: str, criterion: str) -> None:
    for row in lifting(office, project, criterion):
        remove(office, project, row.id)


def a_drawer(visit, **who) -> AppTest:
    """The page with the drawer of a new activity open."""
    return press(visit(PAGE, **who), ADD if who.get("language", "th") == "th" else phrases("en")("app.add", kind="activity"))


def field(at: AppTest, name: str):
    """The text field of this label's key, in Thai or English."""
    labels = {phrases(language)(f"fields.activity.{name}.label") for language in ("th", "en")}
    return next(box for kind in (at.text_input, at.text_area, at.selectbox, at.checkbox, at.multiselect) for box in kind if box.label.replace("\\", "") in labels)


def fill(at: AppTest, values: dict[str, str]) -> None:
    """Typed before the page is drawn anew."""
    for name, value in values.items():
        field(at, name).set_value(value)


def lift_control(at: AppTest, criterion: str):
    return next(group for group in at.button_group if group.label == TH("app.levels_of", criterion=NAME[criterion]))


@pytest.mark.parametrize("language", ["th", "en"])
def test_the_plan_of_lampang_leads_from_150_to_its_target_of_270(office, example, visit, language):
    say, at = phrases(language), visit(PAGE, language=language)
    text = shown(at)
    assert fault(at) == []
    assert text.count("270<small> / 300</small>") == 2 and "150<small> / 300</small>" in text
    assert say("page_plan.reaches") in text
    assert len(at.get("vega_lite_chart")) == 2


def test_a_gap_that_nobody_lifts_is_said_and_leads_to_an_activity_for_it(office, example, visit):
    without_activities_for(office, example, "reliability")
    at = visit(PAGE)
    text = shown(at)
    assert TH("page_plan.bare", name=NAME["reliability"]) in text
    assert TH("page_plan.falls_short", left="15") in text
    assert "255<small> / 300</small>" in text
    quick = [button for button in at.button if button.label == ADD and button.help]
    assert [button.help.replace("\\", "") for button in quick] == [TH("page_plan.add_for", name=NAME["reliability"])]
    quick[0].click().run()
    assert (field(at, "lifts").value, lift_control(at, "reliability").value) == (["reliability"], 1)
    field(at, "name").set_value("จัดทำบัญชีคุมแฟ้ม").run()
    press(at, SAVE)
    assert fault(at) == []
    (added,) = lifting(office, example, "reliability")
    assert (added["name"], added["lifts"], added["sub_plan"], added["position"]) == ("จัดทำบัญชีคุมแฟ้ม", {"reliability": 1}, "system", 11)
    assert TH("page_plan.reaches") in shown(at)


def test_advice_comes_widest_gap_first_with_what_the_plan_does(office, example, visit):
    remove(office, example, lifting(office, example, "coverage")[0].id)
    text = shown(visit(PAGE))
    places = [text.index(f"{number}. <b>{NAME[key]}</b>") for number, key in enumerate(["coverage", "accuracy", "reliability", "speed"], 1)]
    assert places == sorted(places)
    assert TH("page_plan.advice_line", gap="40", level="1", target="3", weight="20") in text
    assert TH("page_plan.lifted_short", count=1, lift="1", left="20") in text


def test_an_activity_is_saved_with_who_when_and_what_it_lifts(office, example, visit):
    at = a_drawer(visit)
    field(at, "name").set_value("ตรวจสอบฐานข้อมูลทุกไตรมาส").run()
    field(at, "lifts").set_value(["speed", "linkage"]).run()
    lift_control(at, "speed").set_value(2).run()
    assert TH("page_plan.level_change", name=NAME["speed"], level="1", after="3", target=2) in shown(at)
    field(at, "owner").set_value("p-member").run()
    field(at, "start").set_value("๑ มี.ค. ๒๕๔๕").run()
    field(at, "due").set_value("30/9/2545").run()
    field(at, "budget").set_value("๑๒,๕๐๐.๕").run()
    press(at, SAVE)
    assert fault(at) == []
    saved = activities(office, example)[-1]
    assert saved["lifts"] == {"speed": 2, "linkage": 1}
    assert [saved[name] for name in ("owner", "start", "due", "budget", "open_ended")] == ["p-member", "2002-03-01", "2002-09-30", 12_500.5, None]
    text = shown(at)
    assert TH("page_plan.from_to", start="1 มี.ค. 2545", due="30 ก.ย. 2545") in text
    assert TH("page_plan.baht", budget="12,500.50") in text


def test_an_open_end_takes_the_due_date_away(office, example, visit):
    at = a_drawer(visit)
    field(at, "name").set_value("ปรับปรุงข้อมูลต่อเนื่อง").run()
    field(at, "start").set_value("1 มี.ค. 2545").run()
    field(at, "due").set_value("30 ก.ย. 2545").run()
    field(at, "open_ended").check().run()
    press(at, SAVE)
    saved = activities(office, example)[-1]
    assert (saved["open_ended"], saved["due"]) == (True, None)
    assert TH("page_plan.from_on", start="1 มี.ค. 2545") in shown(at)


BAD = {
    "required": ({"name": "  "}, "required", {}),
    "due before start": ({"start": "2 ม.ค. 2545", "due": "1 ม.ค. 2545"}, "due_before_start", {}),
    "31 February": ({"start": "31 ก.พ. 2545"}, "date_impossible", {"text": "31 ก.พ. 2545"}),
    "year 25699": ({"due": "1/1/25699"}, "year_out_of_range", {"year": 25699, "first": 2400, "last": 2700}),
    "no date": ({"start": "ปีหน้า"}, "date_unreadable", {"text": "ปีหน้า"}),
    "too long": ({"expected_result": "ก" * 100_000}, "too_long", {"length": 100_000, "limit": 2_000}),
    "code twice": ({"code": "1.1"}, "already_used", {"value": "1.1"}),
}


@pytest.mark.parametrize(("language", "cases"), [("th", BAD), ("en", ("31 February", "year 25699"))])
def test_what_cannot_be_saved_is_said_stays_on_the_screen_and_nothing_is_written(office, example, visit, cases, language):
    """One after another in one drawer: each is mended when the next is typed."""
    say, before, told, expected = phrases(language), contents(office.store, example), {}, {}
    at = a_drawer(visit, language=language)
    for case in cases:
        typed, code, facts = BAD[case]
        fill(at, {"name": "กิจกรรมใหม่", **typed})
        press(at, say("app.save_one", kind=say("fields.activity.one")))
        told[case] = (fault(at), errors(at)[1:], {name: field(at, name).value for name in typed}, contents(office.store, example) == before)
        expected[case] = ([], [say(f"mistakes.{code}", **facts)], typed, True)
        fill(at, dict.fromkeys(typed, ""))
    assert told == expected


def test_a_lift_above_the_top_level_is_said_before_saving_and_refused(office, example, visit):
    before = contents(office.store, example)
    at = a_drawer(visit)
    field(at, "name").set_value("ยกเกินระดับ").run()
    field(at, "lifts").set_value(["accuracy"]).run()
    lift_control(at, "accuracy").set_value(2).run()
    assert TH("page_plan.level_too_high", name=NAME["accuracy"], level="2", room="1") in shown(at)
    press(at, SAVE)
    assert TH("mistakes.lift_above_top", criterion=NAME["accuracy"], level="2", lift=2, top=3) in errors(at)
    assert contents(office.store, example) == before


LIFTS = {"lift_outside": [{"coverage": 9}, {"coverage": -1}], "not_whole": [{"coverage": 2.5}], "not_a_number": [{"coverage": "สาม"}], "not_a_choice": [{"สะอาด": 1}]}


def test_lifts_that_no_widget_offers_are_refused(office, example, visit):
    before, told, expected = contents(office.store, example), [], []
    at = a_drawer(visit)
    field(at, "name").set_value("กิจกรรมใหม่").run()
    for code, lifts in ((code, lifts) for code in LIFTS for lifts in LIFTS[code]):
        at.session_state[f"form:{example}/row/activity"].typed["activity:new", "lifts"] = lifts
        at.run()
        press(at, SAVE)
        told.append((lifts, fault(at), errors(at)[1:]))
        ((criterion, value),) = lifts.items()
        facts = {"criterion": NAME.get(criterion, criterion), "value": criterion if code == "not_a_choice" else value, "top": 3}
        expected.append((lifts, [], [TH(f"mistakes.{code}", **facts)]))
    assert told == expected
    assert contents(office.store, example) == before


def test_a_hand_made_criterion_is_refused(office, example, visit):
    before = contents(office.store, example)
    at = a_drawer(visit)
    field(at, "name").set_value("กิจกรรมใหม่").run()
    lifts = field(at, "lifts")
    lifts.options.append("ความสะอาด")
    lifts.set_value(["ความสะอาด"]).run()
    press(at, SAVE)
    assert fault(at) == []
    assert TH("mistakes.not_a_choice", value="ความสะอาด") in errors(at)
    assert contents(office.store, example) == before


def test_an_activity_is_called_what_people_call_it(office, example, visit):
    at, texts = visit(PAGE), ["<script>alert(1)</script>", "=cmd|' /C calc'!A0", "'; DROP TABLE revision; --", "**หนา** :red[แดง] {name}", "😀"]
    for text in texts:
        press(at, ADD)
        field(at, "name").set_value(text)
        press(at, SAVE)
        assert (text, fault(at)) == (text, [])
    assert [row["name"] for row in activities(office, example)[-5:]] == texts
    assert "<script>" not in "".join(element.proto.body for element in at.get("html"))


def test_activities_are_grouped_by_term_or_by_sub_plan(office, example, visit):
    at = visit(PAGE)
    standard = standards.load()
    terms, plans = ([standard.name_of(of, key, "th") for key in standard.choices(of)] for of in ("terms", "sub_plans"))
    assert all(f"<h3>{name} " in shown(at) for name in terms) and not any(f"<h3>{name} " in shown(at) for name in plans)
    at.button_group(key="plan/by").set_value("sub_plan").run()
    assert all(f"<h3>{name} " in shown(at) for name in plans) and not any(f"<h3>{name} " in shown(at) for name in terms)


def test_the_timeline_names_its_busiest_month_and_what_it_cannot_draw(office, example, visit):
    write(office, example, "activity", name="ยังไม่กำหนดวัน")
    text = shown(visit(PAGE))
    assert TH("page_plan.timeline", month="สิงหาคม 2544", count=5) in text
    assert TH("page_plan.undrawn", count=1) in text


def test_sixty_activities_are_all_there(office, example, visit):
    more = [{"name": f"กิจกรรมที่ {n}", "term": "long", "start": "2002-01-01", "due": f"2003-{n % 12 + 1:02d}-28", "position": 20 + n} for n in range(50)]
    save_rows(office, person("facilitator"), example, [Edit("activity", None, values) for values in more], office.store.state(example).seq)
    at = visit(PAGE)
    assert fault(at) == []
    assert len([button for button in at.button if button.label == TH("app.edit")]) == 60
    assert "กิจกรรมที่ 49" in shown(at)


def test_two_people_changing_different_fields_of_one_activity_both_get_in(office, example, visit):
    row = activities(office, example)[0]
    one, other = (visit(PAGE, role=role) for role in ("facilitator", "member"))
    for at in (one, other):
        at.button(key=f"open/{row.id}").click().run()
    field(one, "owner").set_value("p-member").run()
    field(other, "due").set_value("1 ต.ค. 2544").run()
    press(one, SAVE)
    press(other, SAVE)
    saved = office.store.state(example).get(row.id)
    assert (saved["owner"], saved["due"]) == ("p-member", "2001-10-01")


def test_two_people_moving_one_due_date_see_both(office, example, visit):
    row = activities(office, example)[0]
    one, other = (visit(PAGE, role=role) for role in ("facilitator", "member"))
    for at in (one, other):
        at.button(key=f"open/{row.id}").click().run()
    field(one, "due").set_value("1 ต.ค. 2544").run()
    field(other, "due").set_value("2 ต.ค. 2544").run()
    press(one, SAVE)
    press(other, SAVE)
    assert office.store.state(example).get(row.id)["due"] == "2001-10-01"
    assert TH("refusals.clash", count=1) in shown(other).replace("\\", "")
    assert field(other, "due").value == "2 ต.ค. 2544"


def test_a_viewer_reads_the_plan_but_changes_nothing(office, example, visit):
    at = visit(PAGE, role="viewer")
    assert fault(at) == []
    assert [button.label for button in at.button if button.label == ADD] == []
    at.button(key=f"open/{activities(office, example)[0].id}").click().run()
    assert field(at, "name").disabled and field(at, "open_ended").disabled
    assert [button.label for button in at.button if button.label == SAVE] == []
    before = contents(office.store, example)
    with pytest.raises(NotAllowed):
        write(office, example, "activity", by=person("viewer"), name="ของผู้เข้าชม")
    assert contents(office.store, example) == before


def test_without_a_score_the_plan_says_where_to_get_one(office, empty, visit):
    at = visit(PAGE)
    assert fault(at) == []
    assert TH("page_plan.no_score") in shown(at)
    assert len(at.get("vega_lite_chart")) == 0
    write(office, empty, "activity", name="จัดทำแฟ้มเอกสาร")
    assert fault(visit(PAGE)) == []
