"""Step 3 as people use it: points that must make a quota, buttons that fill them in, order, and tasks in the drawer."""

from __future__ import annotations

import pytest

from pso_core.steps.tasks import tasks_of
from pso_core.text.phrases import phrases
from pso_core.ui.plain import as_html
from tests.building import contents, write
from tests.pages.conftest import errors, fault, press, shown

PAGE = "step_3_tasks"
TH, EN = phrases("th"), phrases("en")
SAVE = TH("page_tasks.save")


def points(office, project: str, tier: str = "main") -> list:
    return [task["points"] for task in tasks_of(office.store.state(project), tier)]


def task_id(office, project: str, code: str) -> str:
    return next(task.id for task in office.store.state(project).of("task") if task["code"] == code)


def box(at, entity_id: str):
    return next(one for one in at.text_input if one.key.endswith(f"/{entity_id}/points"))


def boxes(at, tier_tasks) -> list:
    return [int(box(at, task.id).value or 0) for task in tier_tasks]


def tap(at, key: str):
    return next(button for button in at.button if button.key == key).click().run()


def meter(name: str, value: int, quota: int, say: str) -> str:
    return f"<span>{name}</span> <b>{value}/{quota}</b> <span class='say'>{say}</span>"


def test_the_meters_follow_what_is_typed_before_it_is_saved(office, example, visit):
    at = visit(PAGE)
    assert meter("ภารกิจหลัก", 60, 60, "ครบพอดี") in shown(at)
    box(at, task_id(office, example, "1.5")).set_value("7").run()
    assert meter("ภารกิจหลัก", 57, 60, "เหลือ 3") in shown(at)
    assert meter("รวมทุกกลุ่ม", 97, 100, "เหลือ 3") in shown(at)
    box(at, task_id(office, example, "1.5")).set_value("14").run()
    assert meter("ภารกิจหลัก", 64, 60, "เกิน 4") in shown(at)
    assert points(office, example) == [15, 13, 12, 10, 10]


@pytest.mark.parametrize("typed", ["-1", "101", "สาม", "12.5"])
def test_points_that_cannot_be_saved_do_not_count_and_no_meter_is_exact_with_them(office, example, visit, typed):
    at = visit(PAGE)
    box(at, task_id(office, example, "1.1")).set_value(typed).run()
    assert meter("ภารกิจหลัก", 45, 60, "มีค่าที่ต้องแก้") in shown(at)
    assert meter("รวมทุกกลุ่ม", 85, 100, "มีค่าที่ต้องแก้") in shown(at)
    box(at, task_id(office, example, "1.2")).set_value("28").run()
    assert meter("ภารกิจหลัก", 60, 60, "มีค่าที่ต้องแก้") in shown(at)
    assert meter("ภารกิจรอง", 30, 30, "ครบพอดี") in shown(at)
    box(at, task_id(office, example, "1.1")).set_value("").run()
    assert meter("ภารกิจหลัก", 60, 60, "ครบพอดี") in shown(at)


def test_points_are_saved_together_and_what_is_missing_is_said(office, example, visit):
    at = visit(PAGE)
    box(at, task_id(office, example, "1.5")).set_value("7").run()
    press(at, SAVE)
    assert fault(at) == []
    assert points(office, example) == [15, 13, 12, 10, 7]
    assert [toast.value for toast in at.toast] == [TH("app.saved")]
    assert "ภารกิจหลักรวม 57 คะแนน ต้องเป็น 60" in "\n".join(link.proto.label for link in at.get("page_link"))


def test_share_equally_fills_the_boxes_can_be_dropped_and_saves_nothing_until_save(office, example, visit):
    at, before = visit(PAGE), contents(office.store, example)
    main = tasks_of(office.store.state(example), "main")
    tap(at, "tasks/main/share")
    assert boxes(at, main) == [12] * 5
    assert TH("page_tasks.unsaved", count=4) in shown(at)
    press(at, TH("page_tasks.discard"))
    assert boxes(at, main) == [15, 13, 12, 10, 10]
    tap(at, "tasks/main/share")
    assert boxes(at, main) == [12] * 5
    assert TH("page_tasks.will_change", changes="1.1 จาก 15 เป็น 12, 1.2 จาก 13 เป็น 12, 1.4 จาก 10 เป็น 12, 1.5 จาก 10 เป็น 12") in shown(at)
    assert contents(office.store, example) == before
    press(at, SAVE)
    assert points(office, example) == [12] * 5


def test_scale_to_quota_keeps_the_proportion_and_makes_the_quota_exactly(office, example, visit):
    for code, given in zip(("3.1", "3.2", "3.3"), (6, 6, 2), strict=True):
        write(office, example, "task", task_id(office, example, code), points=given)
    at = visit(PAGE)
    tap(at, "tasks/support/scale")  # shares of 10: 4.29, 4.29, 1.43; the third has the largest remainder
    assert boxes(at, tasks_of(office.store.state(example), "support")) == [4, 4, 2]
    assert points(office, example, "support") == [6, 6, 2]


def test_scaling_takes_what_is_typed_and_not_yet_saved_unless_it_is_negative(office, example, visit):
    at, before = visit(PAGE), contents(office.store, example)
    box(at, task_id(office, example, "3.1")).set_value("15").run()
    tap(at, "tasks/support/scale")
    assert boxes(at, tasks_of(office.store.state(example), "support")) == [8, 1, 1]
    box(at, task_id(office, example, "3.1")).set_value("-4").run()
    tap(at, "tasks/support/scale")
    assert [error.value for error in at.error] == [TH("refusals.points_negative")]
    assert box(at, task_id(office, example, "3.1")).value == "-4"
    assert contents(office.store, example) == before


def test_why_points_could_not_be_scaled_is_told_no_more_once_it_is_mended(office, example, visit):
    at, support = visit(PAGE), tasks_of(office.store.state(example), "support")
    for mend in (lambda: box(at, support[0].id).set_value("15").run(), lambda: tap(at, "tasks/support/share")):
        box(at, support[0].id).set_value("-1").run()
        tap(at, "tasks/support/scale")
        assert errors(at) == [TH("refusals.points_negative")]
        mend()
        assert (fault(at), errors(at)) == ([], [])
    tap(at, "tasks/support/scale")
    assert (errors(at), sum(boxes(at, support))) == ([], 10)


@pytest.mark.parametrize(("button", "language"), [("share", "th"), ("scale", "en")])
def test_nothing_is_filled_in_over_what_was_typed_and_is_no_number(office, example, visit, button, language):
    at, say, support = visit(PAGE, language=language), phrases(language), tasks_of(office.store.state(example), "support")
    box(at, support[0].id).set_value("สาม").run()
    tap(at, f"tasks/support/{button}")
    sentence = say("mistakes.not_a_number", value="สาม")
    summary, at_the_field = errors(at)
    assert (fault(at), summary.startswith(say("refusals.fill_mistakes", count=1)), sentence in summary, at_the_field) == ([], True, True, sentence)
    assert [box(at, task.id).value for task in support] == ["สาม", *(str(task["points"]) for task in support[1:])]
    box(at, support[0].id).set_value("5").run()
    assert errors(at) == []
    tap(at, f"tasks/support/{button}")
    assert (errors(at), sum(boxes(at, support))) == ([], 10)


IMPOSSIBLE = {-1: ("too_small", {"least": 0}), 101: ("too_big", {"most": 100}), 2**53 - 1: ("too_big", {"most": 100})}


@pytest.mark.parametrize(("language", "cases"), [("th", IMPOSSIBLE), ("en", (101,))])
def test_impossible_points_are_refused_with_a_sentence_and_nothing_is_written(office, example, visit, cases, language):
    at, say, before, told = visit(PAGE, language=language), phrases(language), contents(office.store, example), {}
    for given in cases:
        box(at, task_id(office, example, "1.1")).set_value(str(given))
        press(at, say("page_tasks.save"))
        told[given] = (fault(at), errors(at)[1:], box(at, task_id(office, example, "1.1")).value)
    assert told == {given: ([], [say(f"mistakes.{code}", value=given, **facts)], str(given)) for given, (code, facts) in IMPOSSIBLE.items() if given in cases}
    assert contents(office.store, example) == before


def test_two_people_giving_points_in_different_tiers_both_get_in(office, example, visit):
    one, other = visit(PAGE), visit(PAGE, role="member")
    box(one, task_id(office, example, "1.1")).set_value("14").run()
    box(other, task_id(office, example, "3.1")).set_value("6").run()
    press(one, SAVE)
    press(other, SAVE)
    assert fault(other) == []
    assert (points(office, example)[0], points(office, example, "support")[0]) == (14, 6)


def test_two_people_sharing_out_the_same_tier_decide_over_the_whole_tier(office, example, visit):
    one, other = visit(PAGE), visit(PAGE, role="member")
    box(one, task_id(office, example, "1.1")).set_value("14").run()
    box(other, task_id(office, example, "1.5")).set_value("11").run()
    press(one, SAVE)
    press(other, SAVE)
    assert points(office, example) == [14, 13, 12, 10, 10]
    assert as_html("1.5 งานติดตามประเมินผล") + ": <b>11</b>" in shown(other)
    press(other, TH("app.clash_save"))
    assert points(office, example) == [15, 13, 12, 10, 11]  # the whole set as the member meant it


def test_a_task_of_another_added_meanwhile_shows_beside_what_is_typed(office, example, visit):
    at = visit(PAGE)
    box(at, task_id(office, example, "1.1")).set_value("14").run()
    write(office, example, "task", tier="main", code="1.6", name="งานใหม่", points=1, position=99)
    at.run()
    assert boxes(at, tasks_of(office.store.state(example), "main")) == [14, 13, 12, 10, 10, 1]
    press(at, SAVE)
    assert "1.6 งานใหม่: <b>1</b>" in shown(at)
    press(at, TH("app.clash_save"))
    assert points(office, example) == [14, 13, 12, 10, 10, 1]


def test_the_facilitator_changes_how_a_tier_shares_and_a_member_reads_it(office, example, visit):
    at = visit(PAGE)
    next(one for one in at.button_group if one.key.endswith("tier_rule:main/mode")).set_value("equal").run()
    press(at, SAVE)
    assert office.store.state(example).get("tier_rule:main")["mode"] == "equal"
    member = visit(PAGE, role="member")
    assert [one for one in member.button_group if one.key.endswith("/mode")] == []
    assert TH("choices.mode.equal") in shown(member)


def test_a_task_is_added_in_the_drawer_with_the_next_code_and_at_the_end_of_its_tier(office, example, visit):
    at = visit(PAGE)
    press(at, TH("page_tasks.add", tier="ภารกิจสนับสนุน"))
    assert next(one.value for one in at.text_input if one.key.endswith("/code")) == "3.4"
    next(one for one in at.text_input if one.key.endswith("/name")).set_value("งานอาคารสถานที่").run()
    press(at, TH("app.save_one", kind=TH("fields.task.one")))
    assert fault(at) == []
    added = tasks_of(office.store.state(example), "support")[-1]
    assert (added["code"], added["name"], added["tier"], added["points"]) == ("3.4", "งานอาคารสถานที่", "support", None)


def test_a_code_used_twice_is_refused_at_its_field(office, example, visit):
    at, say, before = visit(PAGE), TH, contents(office.store, example)
    next(button for button in at.button if button.key == f"open/{task_id(office, example, '1.2')}").click().run()
    next(one for one in at.text_input if one.key.endswith("/code")).set_value("1.1").run()
    press(at, say("app.save_one", kind=say("fields.task.one")))
    assert say("mistakes.already_used", value="1.1") in errors(at)
    assert next(one.value for one in at.text_input if one.key.endswith("/code")) == "1.1"
    assert contents(office.store, example) == before


def test_a_task_without_a_name_is_refused_at_its_field(office, example, visit):
    at, before = visit(PAGE), contents(office.store, example)
    press(at, TH("page_tasks.add", tier="ภารกิจหลัก"))
    next(one for one in at.text_input if one.key.endswith("/name")).set_value("   ").run()
    press(at, TH("app.save_one", kind=TH("fields.task.one")))
    assert TH("mistakes.required") in errors(at)
    assert contents(office.store, example) == before


def test_a_list_of_names_becomes_tasks(office, empty, visit):
    at = visit(PAGE)
    next(one for one in at.text_area if one.key.startswith("tasks/main/names/")).set_value("งานแผน\n\n  งานข้อมูล  \nงานติดตาม").run()
    press(at, TH("page_tasks.add_many_save", tier="ภารกิจหลัก"))
    assert fault(at) == []
    found = tasks_of(office.store.state(empty), "main")
    assert [(task["code"], task["name"]) for task in found] == [("1.1", "งานแผน"), ("1.2", "งานข้อมูล"), ("1.3", "งานติดตาม")]
    assert next(one.value for one in at.text_area if one.key.startswith("tasks/main/names/")) == ""


def test_a_list_with_a_name_too_long_is_refused_and_stays_as_typed(office, empty, visit):
    at, before, typed = visit(PAGE), contents(office.store, empty), "งานแผน\n" + "ก" * 301
    next(one for one in at.text_area if one.key.startswith("tasks/main/names/")).set_value(typed).run()
    press(at, TH("page_tasks.add_many_save", tier="ภารกิจหลัก"))
    assert TH("mistakes.too_long", length=301, limit=300) in shown(at)
    assert next(one.value for one in at.text_area if one.key.startswith("tasks/main/names/")) == typed
    assert contents(office.store, empty) == before


def test_a_tier_out_of_order_is_put_in_order_by_its_points_with_one_press(office, example, visit):
    write(office, example, "task", task_id(office, example, "1.5"), points=14)
    at = visit(PAGE)
    next(one for one in at.button_group if one.key == "tasks/main/view").set_value("order").run()
    tap(at, "tasks/main/by-points")
    assert fault(at) == []
    assert [task["code"] for task in tasks_of(office.store.state(example), "main")] == ["1.1", "1.5", "1.2", "1.3", "1.4"]
    assert [button for button in at.button if button.key == "tasks/main/by-points"] == []


def test_points_typed_stay_while_the_order_changes_and_nobody_else_is_blamed(office, example, visit):
    at = visit(PAGE)
    box(at, task_id(office, example, "1.5")).set_value("16").run()
    next(one for one in at.button_group if one.key == "tasks/main/view").set_value("order").run()
    tap(at, "tasks/main/by-points")
    assert TH("app.changed_meanwhile") not in shown(at)
    next(one for one in at.button_group if one.key == "tasks/main/view").set_value("points").run()
    assert box(at, task_id(office, example, "1.5")).value == "16"
    press(at, SAVE)
    assert [toast.value.rstrip("\u2060") for toast in at.toast] == [TH("app.saved")]  # the second one alike
    assert points(office, example) == [16, 15, 13, 12, 10]


def test_a_gap_of_a_tier_leads_to_the_tier_on_the_page_and_opens_no_drawer(office, example, visit):
    at = visit(PAGE)
    at.query_params["at"] = "tier_rule:secondary"
    at.run()
    assert fault(at) == []
    assert at.session_state["asked"][0] == "tier_rule:secondary"
    assert "drawer" not in at.session_state


def test_the_picture_is_titled_with_its_finding(office, example, visit):
    at = visit(PAGE, language="en")
    assert as_html(EN("page_tasks.finding_top", task="1.1 งานวางแผนและโครงการ", points=15, total=100)) in shown(at)


def test_a_viewer_reads_tables_and_finds_nothing_to_edit(office, example, visit):
    at = visit(PAGE, role="viewer")
    assert (len(at.text_input), [button.key for button in at.button]) == (0, ["sign-out"])
    assert "1.1 งานวางแผนและโครงการ" in shown(at)
    assert meter("ภารกิจหลัก", 60, 60, "ครบพอดี") in shown(at)


def test_names_are_shown_as_they_were_written(office, example, visit):
    write(office, example, "task", task_id(office, example, "1.1"), name="<script>alert(1)</script> **หนา** :red[แดง]")
    at = visit(PAGE)
    assert fault(at) == []
    assert "<script>alert" not in "".join(element.proto.body for element in at.get("html"))
    assert "1.1 &lt;script&gt;alert(1)&lt;/script&gt; **หนา** :red[แดง]" in shown(at)
