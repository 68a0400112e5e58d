"""A day off that was chosen for an activity, a milestone or the target is said by name, where it is typed and where it is listed; it may be saved."""

from __future__ import annotations

from datetime import date

import pytest

from pso_core.actions.holidays import lists
from pso_core.actions.schedule import laid
from pso_core.text.phrases import LANGUAGES, phrases
from pso_core.text.thaidate import say_date
from pso_core.ui.days_off import FEW
from tests.building import write
from tests.pages.conftest import fault, press, shown
from tests.pages.scheduling import PAGE, TH, box, has, plan, sign

YEAR_END = {"date": "31 ธ.ค. 2569", "holiday": "วันสิ้นปี"}
SATURDAY = "5/6/2570"
PLAN = "step_7_plan"


def on_holiday(name: str) -> str:
    return TH("page_schedule.warning.due_on_holiday", what=name, **YEAR_END)


def adding(visit, page: str, kind: str, **typed: str):
    """The page with a new row of this kind being typed."""
    at = visit(page)
    press(at, TH("app.add", kind=TH(f"fields.{kind}.one")))
    for name, text in typed.items():
        box(at, TH(f"fields.{kind}.{name}.label")).set_value(text).run()
    return at


@pytest.mark.parametrize(("page", "kind", "name", "day"), [(PLAN, "activity", "ทำบัญชี", "due"), (PAGE, "milestone", "ประชุม", "day")])
def test_a_holiday_is_said_while_it_is_typed_and_then_in_the_list(office, empty, visit, page, kind, name, day):
    plan(office, empty)
    at = adding(visit, page, kind, name=name, **{day: "30/12/2569"})
    assert "△ " + name not in shown(at)
    box(at, TH(f"fields.{kind}.{day}.label")).set_value("31/12/2569").run()
    assert has(at, on_holiday(name))
    press(at, TH("app.save_one", kind=TH(f"fields.{kind}.one")))
    assert fault(at) == []
    assert [row[day] for row in office.store.state(empty).of(kind)] == ["2026-12-31"]
    assert has(visit(page), on_holiday(name))


def test_a_weekend_is_said_of_an_activity_also_beside_the_schedule(office, empty, visit):
    write(office, empty, "activity", name="ทำบัญชี", start="1/12/2569", due=SATURDAY)
    plan(office, empty)
    for page in (PLAN, PAGE):
        assert has(visit(page), TH("page_schedule.warning.due_on_weekend", what="ทำบัญชี", date="5 มิ.ย. 2570"))


def test_nothing_is_said_of_an_activity_that_is_done_or_has_no_end_nor_of_a_milestone_that_is_over(office, empty, visit):
    done = write(office, empty, "activity", name="ทำบัญชี", due="31/12/2569").ids[0]
    write(office, empty, "progress", activity=done, percent=100, reported_on="20/11/2569")
    write(office, empty, "activity", name="ดูแล", start="1/12/2569", due="31/12/2569", open_ended=True)
    write(office, empty, "milestone", name="ประชุม", day="23/10/2569")
    plan(office, empty)
    for page in (PLAN, PAGE):
        assert "ตรงกับ" not in shown(visit(page))


def test_of_many_days_off_the_first_few_are_said_and_the_rest_is_one_tap_away(office, empty, visit):
    for number in range(FEW + 2):
        write(office, empty, "activity", name=f"กิจกรรม {number}", due="31/12/2569")
    at = visit(PLAN)
    assert shown(at).count("ตรงกับ") == FEW
    assert TH("reminders.more", count=2) in [one.label for one in at.expander]


def test_the_due_date_of_an_activity_of_an_approved_plan_is_looked_at_too_when_it_moves(office, empty, visit):
    activity = write(office, empty, "activity", name="ทำบัญชี", start="1/12/2569", due="30/12/2569").ids[0]
    sign(office, empty, "plan")
    at = visit(PLAN)
    at.query_params["at"] = activity
    at.run()
    assert not has(at, on_holiday("ทำบัญชี"))
    [one for one in at.text_input if one.label == TH("fields.activity.due.label")][1].set_value("31/12/2569").run()
    assert has(at, on_holiday("ทำบัญชี"))


TARGETS = [
    (date(2026, 12, 9), date(2026, 12, 9), None), (date(2026, 12, 7), date(2026, 12, 4), "target_on_holiday"), (date(2027, 6, 5), date(2027, 6, 4), "target_on_weekend"),
]  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_target_on_a_day_off_says_which_working_day_counts_for_it(office, empty, visit, language):
    say, at = phrases(language), visit(PAGE, language=language)
    at.button_group[0].set_value("to_target").run()
    for target, before, code in TARGETS:
        box(at, say("fields.schedule.target.label")).set_value(say_date(target, say)).run()
        facts = {"date": say_date(target, say), "before": say_date(before, say)}
        if found := next((one for one in lists(office)[2569] if one.day == target), None):
            facts["holiday"] = found.name[language]
        said = [word for word in ("target_on_holiday", "target_on_weekend") if has(at, say(f"page_schedule.warning.{word}", **{"holiday": "", **facts}))]
        assert (target, said) == (target, [code] if code else [])
        planned = laid(office, office.store.state(empty), {"direction": "to_target", "target": target.isoformat()})
        assert max(phase.due for phase in planned.phases) == before
