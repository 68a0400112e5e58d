"""Step 8: reports that say what is so, visits of the head, and a file found in under a minute."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from pso_core.actions.rows import Edit, save_rows
from pso_core.domain.people import ROLES
from pso_core.domain.rows import Row
from pso_core.errors import Mistakes, NotAllowed
from pso_core.text.phrases import phrases
from pso_core.text.thaidate import say_date
from tests.building import contents, person, write
from tests.pages.conftest import errors, fault, press, shown

TH = phrases("th")
PAGE = "step_8_execution"
REPORT = TH("page_execution.save_report")


def activities(office, project: str) -> tuple[Row, ...]:
    return office.store.state(project).of("activity")


def reports_of(office, project: str, activity: Row) -> list[tuple]:
    return [(row["reported_on"], row["percent"], row["person"]) for row in office.store.state(project).where("progress", activity=activity.id)]


def section(at: AppTest, name: str) -> AppTest:
    return next(one for one in at.button_group if one.key == "execution/section").set_value(name).run()


def unfolded(at: AppTest, activity: Row) -> AppTest:
    """With its reports unfolded: again after each run, because AppTest does not keep an expander open as a browser does."""
    at.session_state[f"reports/{activity.id}"] = True
    return at.run()


def box(kind, field: str):
    return next(one for one in kind if one.key.endswith(f"/{field}"))


def test_a_report_is_written_where_the_activity_stands(office, example, visit):
    activity = activities(office, example)[5]
    at = unfolded(visit(PAGE, role="member"), activity)
    box(at.text_input, "percent").set_value("๓๕")
    box(at.text_area, "done").set_value("สอบทานแล้วสามหมวด").run()
    press(at, REPORT)
    assert fault(at) == []
    assert reports_of(office, example, activity) == [("2026-11-23", 35, "p-member")]
    assert "สอบทานแล้วสามหมวด" in shown(unfolded(at, activity))
    assert box(at.text_input, "percent").value == ""


BAD_PERCENTS = {
    "101": ("too_big", {"most": 100}), "-1": ("too_small", {"least": 0}), "2.5": ("not_whole", {}), "1" + "0" * 30: ("too_large", {}),
    "สาม": ("not_a_number", {}), "2O": ("not_a_number", {}), "1e400": ("not_a_number", {}), "0x10": ("not_a_number", {}),
}  # fmt: skip


@pytest.mark.parametrize(("language", "cases"), [("th", BAD_PERCENTS), ("en", ("101", "2O"))])
def test_a_percent_that_cannot_be_is_refused_and_stays_on_the_screen(office, example, visit, cases, language):
    say, activity, before, told, expected = phrases(language), activities(office, example)[5], contents(office.store, example), {}, {}
    at = visit(PAGE, language=language)
    for typed in cases:
        box(unfolded(at, activity).text_input, "percent").set_value(typed)
        press(at, say("page_execution.save_report"))
        code, facts = BAD_PERCENTS[typed]
        told[typed] = (fault(at), errors(at)[1:], box(at.text_input, "percent").value)
        expected[typed] = ([], [say(f"mistakes.{code}", value=typed[:40], **facts)], typed)
    assert told == expected
    assert contents(office.store, example) == before


def test_a_report_of_tomorrow_is_refused(office, example, visit):
    say, activity, before = phrases("en"), activities(office, example)[5], contents(office.store, example)
    at = unfolded(visit(PAGE, language="en"), activity)
    box(at.text_input, "percent").set_value("10")
    box(at.text_input, "reported_on").set_value("24 พ.ย. 2569")
    press(at, say("page_execution.save_report"))
    assert say("mistakes.date_in_future", date=say_date("2026-11-24", say)) in errors(at)
    assert box(at.text_input, "reported_on").value == "24 พ.ย. 2569"
    assert contents(office.store, example) == before


def test_the_reports_of_an_activity_are_read_from_the_newest(office, example, visit):
    activity = activities(office, example)[0]
    text = shown(unfolded(visit(PAGE, role="viewer"), activity))
    percent = [TH("page_execution.percent", percent=number) for number in (100, 60)]
    assert text.index(f"28 ก.ย. 2544 · {percent[0]}") < text.index(f"31 ส.ค. 2544 · {percent[1]}")


def test_a_late_activity_says_so_and_why_or_that_nobody_said_why(office, example, visit):
    late = activities(office, example)[5]
    assert TH("page_execution.no_reason") in shown(visit(PAGE))
    write(office, example, "progress", activity=late.id, reported_on="2002-02-01", percent=50, obstacle="น้ำท่วมศาลากลาง")
    text = shown(visit(PAGE))
    assert TH("page_execution.because", reason="น้ำท่วมศาลากลาง") in text
    assert text.count(TH("page_execution.no_reason")) == 2


def test_the_finding_is_told_from_the_reports_and_the_dates(office, example, visit):
    """Of eight dated activities, all due by today, five are done."""
    text = shown(visit(PAGE))
    assert TH("page_execution.finding.behind", actual="62.5", expected=100) in text
    assert TH("page_execution.left_out", count=2) in text


def test_a_part_of_a_per_cent_is_said_as_the_command_line_says_it(office, empty, visit):
    """Three days of 31 are 9.68 per cent."""
    write(office, empty, "activity", name="งานเดือนนี้", start="2026-11-21", due="2026-12-21")
    text = shown(visit(PAGE))
    assert TH("page_execution.should_be", percent="9.68") in text
    assert TH("page_execution.finding.behind", actual=0, expected="9.68") in text


def test_a_plan_that_has_not_begun_says_when_it_does(office, empty, visit):
    write(office, empty, "activity", name="เริ่มปีหน้า", start="2027-01-01", due="2027-03-31")
    assert TH("page_execution.finding.not_begun", date="1 ม.ค. 2570") in shown(visit(PAGE))


def test_whoever_carries_more_than_two_fifths_is_named(office, empty, visit):
    for number in range(3):
        write(office, empty, "activity", name=f"งานที่ {number}", owner="p-member" if number else "p-head")
    text = shown(visit(PAGE))
    assert TH("page_execution.load", count=2, all=3, percent="66.67") in text
    assert text.count(TH("page_execution.too_much")) == 1


def test_a_link_to_a_late_activity_opens_its_report_once(office, example, visit):
    late = activities(office, example)[5]
    at = visit(PAGE)
    at.query_params["at"] = f"progress:{late.id}"
    at.run()
    assert box(at.text_input, "percent").key.split("/")[2] == late.id
    at.session_state[f"reports/{late.id}"] = False
    assert [box for box in at.run().text_input if box.key.endswith("/percent")] == []


def test_a_link_opens_the_section_where_its_place_lies(office, example, visit):
    at = visit(PAGE)
    at.query_params["at"] = "file"
    at.run()
    assert at.session_state["execution/section"] == "file"
    assert TH("fields.file.file_code.label") in [one.label for one in at.text_input]


def test_only_those_who_supervise_add_a_visit(office, example, visit):
    label = TH("app.add", kind=TH("fields.supervision.one"))
    offered = {role: label in [button.label for button in section(visit(PAGE, role=role), "supervision").button] for role in ROLES}
    assert offered == {"administrator": True, "facilitator": True, "head": True, "member": False, "viewer": False}


def test_a_member_who_supervises_all_the_same_is_refused(office, example):
    before = contents(office.store, example)
    with pytest.raises(NotAllowed):
        write(office, example, "supervision", by=person("member"), visited_on="2026-11-20", found="เรียบร้อย")
    assert contents(office.store, example) == before


def test_a_new_visit_is_todays_and_the_heads_and_visits_stand_from_the_newest(office, example, visit):
    write(office, example, "supervision", visited_on="2026-09-01", person="p-head", found="ครั้งแรก")
    at = section(visit(PAGE), "supervision")
    press(at, TH("app.add", kind=TH("fields.supervision.one")))
    box(at.text_area, "found").set_value("ครั้งที่สอง").run()
    press(at, TH("app.save_one", kind=TH("fields.supervision.one")))
    assert fault(at) == []
    visits = office.store.state(example).of("supervision")
    assert sorted((row["visited_on"], row["person"], row["found"]) for row in visits) == [
        ("2026-09-01", "p-head", "ครั้งแรก"), ("2026-11-23", "p-head", "ครั้งที่สอง"),
    ]  # fmt: skip
    assert shown(at).index("ครั้งที่สอง") < shown(at).index("ครั้งแรก")


def test_a_file_is_found_as_it_is_typed_with_its_place(office, example, visit):
    at, found, looked_for = section(visit(PAGE, role="viewer"), "file"), {}, ["ตู้ 2 ชั้น 3", "ตู้๒ชั้น๓", "D-06", "เว็บไซต์ ตู้"]
    for typed in looked_for:
        at.text_input[0].set_value(typed).run()
        assert fault(at) == []
        found[typed] = [part for part in ("ตู้ 2 ชั้น 3", "05-004", "01-001") if part in shown(at)]
    assert found == dict.fromkeys(looked_for, ["ตู้ 2 ชั้น 3", "05-004"])


def test_the_register_says_how_much_of_the_work_has_a_file_and_which_has_none(office, example, visit):
    at = section(visit(PAGE, role="viewer"), "file")
    state = office.store.state(example)
    filed = {file["task"] for file in state.of("file")}
    bare = [task for task in state.of("task") if task.id not in filed]
    assert TH("page_execution.covered", covered=15 + 13 + 12 + 10 + 2, points=100) in shown(at)
    drawer = next(one for one in at.expander if one.label == TH("page_execution.without_file", count=len(bare)))
    told = [one.proto.body for one in drawer.get("html")]
    assert [task["name"] in line for task, line in zip(bare, told, strict=True)] == [True] * len(bare)


def test_without_tasks_the_register_says_nothing_of_them(office, empty, visit):
    text = shown(section(visit(PAGE), "file"))
    assert TH("page_execution.no_file") in text
    assert TH("page_execution.covered", covered=0, points=0) not in text


def test_what_is_not_there_is_said_not_to_be(office, example, visit):
    at = section(visit(PAGE), "file")
    at.text_input[0].set_value("ไม่มีแฟ้มนี้").run()
    assert TH("page_execution.found_none", all=8) in shown(at)


def test_of_many_files_the_first_fifty_are_drawn_and_all_are_searched(office, example, visit):
    files = [Edit("file", None, {"file_code": f"90-{n:04d}", "title": f"เล่มที่ {n}"}) for n in range(2_000)]
    save_rows(office, person("facilitator"), example, files, office.store.state(example).seq)
    at = section(visit(PAGE, role="viewer"), "file")
    assert f"{TH('page_execution.all_files', all='2,008')} {TH('page_execution.first_shown', shown=50)}" in shown(at)
    assert sum("class='code'" in element.proto.body for element in at.get("html")) == 50
    at.text_input[0].set_value("90-1999").run()
    assert TH("page_execution.found", count=1, all="2,008") in shown(at)
    assert "เล่มที่ 1999" in shown(at)


def test_a_file_code_is_used_once(office, example, visit):
    say, before = phrases("en"), contents(office.store, example)
    at = section(visit(PAGE, language="en"), "file")
    press(at, say("app.add", kind=say("fields.file.one")))
    box(at.text_input, "file_code").set_value("05-001").run()
    box(at.text_input, "title").set_value("แฟ้มใหม่").run()
    press(at, say("app.save_one", kind=say("fields.file.one")))
    assert say("mistakes.already_used", value="05-001") in errors(at)
    assert box(at.text_input, "title").value == "แฟ้มใหม่"
    assert contents(office.store, example) == before


def opened_file(visit, office, project: str, role: str) -> AppTest:
    at = section(visit(PAGE, role=role), "file")
    file = next(row for row in office.store.state(project).of("file") if row["file_code"] == "01-001")
    return next(button for button in at.button if button.key == f"open/{file.id}").click().run()


def test_two_who_edit_one_file_are_merged_where_fields_differ_and_asked_where_they_meet(office, example, visit):
    save = TH("app.save_one", kind=TH("fields.file.one"))
    one, other = (opened_file(visit, office, example, role) for role in ("facilitator", "member"))
    box(one.text_input, "place").set_value("ตู้ 9 ชั้น 9").run()
    box(other.text_input, "place").set_value("ตู้ 8 ชั้น 8").run()
    box(other.text_input, "media_code").set_value("D-99").run()
    press(one, save)
    press(other, save)
    assert [error.value for error in other.error] == [TH("refusals.clash", count=1)]
    assert "ตู้ 9 ชั้น 9" in shown(other)
    next(choice for choice in other.button_group if choice.key.endswith("/which")).set_value("theirs").run()
    press(other, TH("app.clash_save"))
    file = next(row for row in office.store.state(example).of("file") if row["file_code"] == "01-001")
    assert (file["place"], file["media_code"]) == ("ตู้ 9 ชั้น 9", "D-99")


def test_linkages_stand_under_their_network(office, example, visit):
    text = shown(section(visit(PAGE, role="viewer"), "linkage"))
    places = [text.index(TH(f"choices.network.{network}")) for network in ("lan", "intranet", "internet")]
    assert places == sorted(places)
    assert places[1] < text.index("ส่วนราชการทั้งในและนอกศาลากลางจังหวัด") < places[2]


def test_a_linkage_names_a_network_and_a_partner(office, example):
    before = contents(office.store, example)
    with pytest.raises(Mistakes) as refused:
        write(office, example, "linkage", purpose="แลกเปลี่ยนข้อมูล")
    assert {problem.path[2] for problem in refused.value.problems} == {"network", "partner"}
    assert contents(office.store, example) == before


def test_a_viewer_reads_reports_but_writes_none(office, example, visit):
    at = unfolded(visit(PAGE, role="viewer"), activities(office, example)[0])
    assert (list(at.text_area), [box for box in at.text_input if box.key.endswith("/percent")]) == ([], [])
    with pytest.raises(NotAllowed):
        write(office, example, "progress", by=person("viewer"), activity=activities(office, example)[0].id, percent=1, reported_on="2026-11-23")
