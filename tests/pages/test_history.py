"""The history of a step: any earlier version back with one press, all of it to be read, and a text that must go erased."""

from __future__ import annotations

import html
import gc
import re

import pytest
from streamlit.testing.v1 import AppTest

from pso_core.actions.administration import redact_row
from pso_core.actions.restoring import restore_row
from pso_core.actions.rows import Edit, save_rows
from pso_core.charts import drawn as charts
from pso_core.documents import drawings
from pso_core.domain.rows import ProjectState
from pso_core.errors import NotAllowed, NotFound
from pso_core.steps.indicators import conditions_of
from pso_core.text.phrases import phrases
from tests.building import contents, person, remove, write
from tests.pages.conftest import errors, fault, press, shown, text_of

TH = phrases("th")


def test_an_earlier_version_is_one_press_away(office, example, visit):
    before = text_of(office, example)
    write(office, example, "vision", "vision", text="รุ่นที่สอง")
    at = visit("step_1_vision")
    next(drawer for drawer in at.expander if drawer.label == TH("app.history"))
    at.session_state["history/vision"] = True
    at.run()
    press(at, TH("app.restore"))
    assert fault(at) == []
    assert text_of(office, example) == before


def test_each_row_says_whether_it_was_added_changed_or_removed(office, example, visit):
    say = phrases("en")
    row = write(office, example, "proposal", text="ข้อเสนอใหม่", person="p-member").ids[0]
    write(office, example, "proposal", row, text="ข้อเสนอที่แก้แล้ว")
    remove(office, example, row)
    at = visit("step_1_vision", language="en")
    at.session_state["history/vision"] = True
    at.run()
    told = re.findall(r"<p class='row'><span class='quiet'>([^<]*)</span>", shown(at))
    assert told[:3] == [f"− {say('app.row_removed')}", f"→ {say('app.row_changed')}", f"+ {say('app.row_added')}"]


def test_the_table_of_a_change_names_its_columns(office, example, visit):
    write(office, example, "vision", "vision", text="รุ่นที่สอง")
    at = visit("step_1_vision")
    at.session_state["history/vision"] = True
    at.run()
    table = re.search(r"<table class='diff'>.*?</table>", shown(at))[0]
    assert re.findall(r"<th scope='col'><span class='unseen'>([^<]*)</span></th>", table) == [TH(f"app.history_{word}") for word in ("field", "from", "to")]
    assert f"<th scope='row'>{TH('fields.vision.text.label')}</th>" in table


def test_an_administrator_erases_an_earlier_text_and_says_why(office, example, visit):
    write(office, example, "vision", "vision", text="เลขประจำตัว 1-2345-67890-12-3")
    visit("home")
    visit("step_4_weights")  # with a chart
    drawings.bars_picture([], "th", "")  # as a report made of it does
    assert all(_kept_pictures())
    write(office, example, "vision", "vision", text="รุ่นที่สาม")
    at = visit("step_1_vision", role="administrator")
    at.session_state["history/vision"] = True
    at.run()
    press(at, TH("app.redact_yes"))
    assert errors(at) == [TH("refusals.reason_missing")]
    assert "1-2345-67890-12-3" in shown(at)
    next(box for box in at.text_input if box.label == TH("app.redact_reason")).set_value("ข้อมูลส่วนบุคคล").run()
    press(at, TH("app.redact_yes"))
    assert fault(at) == []
    assert "1-2345-67890-12-3" not in shown(at)
    assert TH("app.redacted") in shown(at)
    assert [state for state in _states_in_memory(example) if "1-2345-67890-12-3" in state.only("vision")["text"]] == []
    assert _kept_pictures() == (0, 0)
    change = office.store.history(example, limit=1)[0]
    assert (change.action, change.reason, change.redactions) == ("redact", "ข้อมูลส่วนบุคคล", (("vision", 2),))


def _kept_pictures() -> tuple[int, int]:
    """Charts of pages, drawings of documents."""
    return sum(one.cache_info().currsize for one in charts._caches), drawings._drawn.cache_info().currsize


def _states_in_memory(project: str) -> list[ProjectState]:
    gc.collect()
    return [one for one in gc.get_objects() if isinstance(one, ProjectState) and one.project_id == project and one.only("vision")]


def test_nobody_but_an_administrator_erases_an_earlier_text(office, example, visit):
    write(office, example, "vision", "vision", text="รุ่นที่สอง")
    before = contents(office.store, example)
    for role in ("facilitator", "member", "head", "viewer"):
        at = visit("step_1_vision", role=role)
        at.session_state["history/vision"] = True
        at.run()
        assert (role, [button.label for button in at.button if button.label == TH("app.redact_yes")]) == (role, [])
        with pytest.raises(NotAllowed):
            redact_row(office, person(role), example, "vision", 1, "เหตุผล")
    assert contents(office.store, example) == before


def test_the_whole_history_can_be_read_a_part_at_a_time(office, example, visit):
    for number in range(25):
        write(office, example, "vision", "vision", text=f"รุ่นที่ {number}")
    at = visit("step_1_vision")
    at.session_state["history/vision"] = True
    at.run()
    assert ("รุ่นที่ 24" in shown(at), "รุ่นที่ 1<" in shown(at)) == (True, False)
    press(at, TH("app.history_older"))
    assert "รุ่นที่ 1<" in shown(at)
    assert TH("app.history_older") not in [button.label for button in at.button]


def test_a_removed_row_whose_text_was_erased_is_not_restored_as_an_empty_one(office, example, visit):
    row = write(office, example, "file", file_code="ล-1", title="ข้อมูลส่วนบุคคล").ids[0]
    remove(office, example, row)
    redact_row(office, person("administrator"), example, row, 1, "ข้อมูลส่วนบุคคล")
    before = contents(office.store, example)
    with pytest.raises(NotFound):
        restore_row(office, person("facilitator"), example, row, before[0] - 2, before[0])
    assert contents(office.store, example) == before


def test_every_version_of_the_vision_is_reached_and_can_be_used_again(office, example, visit):
    first = office.store.state(example).only("vision")["text"]
    for number in range(41):  # more than twice what is shown at once
        write(office, example, "vision", "vision", text=f"รุ่นที่ {number}", adopted_on=f"2026-10-{number % 20 + 1:02}")
    at = visit("step_1_vision")
    assert TH("page_vision.versions", count=42) in [expander.label for expander in at.expander]
    assert first not in typed(at)
    while TH("page_vision.older") in [button.label for button in at.button]:
        press(at, TH("page_vision.older"))
    assert (len(typed(at)), typed(at)[-1]) == (42, first)
    oldest = [button for button in at.button if button.label == TH("app.restore")][-1]
    oldest.click().run()
    assert (fault(at), office.store.state(example).only("vision")["text"]) == ([], first)
    assert first in [area.value for area in at.text_area]


def test_a_version_whose_text_was_erased_is_no_version(office, example, visit):
    write(office, example, "vision", "vision", text="ไม่ควรเก็บ")
    write(office, example, "vision", "vision", text="รุ่นที่สาม")
    redact_row(office, person("administrator"), example, "vision", 2, "ข้อมูลส่วนบุคคล")
    at = visit("step_1_vision")
    assert fault(at) == []
    assert len(typed(at)) == 2 and "ไม่ควรเก็บ" not in shown(at)


def typed(at: AppTest) -> list[str]:
    """The versions that are shown, as they were typed."""
    return [html.unescape(text).replace("<br>", "\n") for text in re.findall(r"<p class='typed'>(.*?)</p>", shown(at))]


def test_a_version_of_the_vision_is_another_text_not_another_date(office, example, visit):
    write(office, example, "vision", "vision", text="รุ่นที่สอง")
    write(office, example, "vision", "vision", adopted_on="2026-11-02")
    at = visit("step_1_vision")
    assert TH("page_vision.versions", count=2) in [expander.label for expander in at.expander]
    assert shown(at).count("<p class='typed'>รุ่นที่สอง</p>") == 1


def test_a_threshold_that_cannot_come_back_alone_is_refused_with_all_that_stood_together(office, example, visit):
    speed = next(row for row in office.store.state(example).of("indicator") if row["criterion"] == "speed")
    levels = sorted(conditions_of(office.store.state(example), speed.id).values(), key=lambda row: row["level"])
    for thresholds in ((10, 20, 30.5), (30, 20, 10)):
        seen = office.store.state(example).seq
        edits = [Edit("condition", row.id, {"threshold": value}) for row, value in zip(levels[1:], thresholds, strict=True)]
        save_rows(office, person("facilitator"), example, edits, seen)
    before, at = contents(office.store, example), visit("step_5_indicators")
    at.session_state["history/indicators"] = True
    at.run()
    at.button(key=f"restore/{before[0] - 1}/{levels[1].id}").click().run()
    assert fault(at) == []
    assert TH("mistakes.thresholds_come_together", thresholds="1: 10, 2: 20, 3: 30.5") in "\n".join(errors(at))
    assert contents(office.store, example) == before


def test_a_removed_indicator_is_brought_back_by_one_press_with_its_conditions(office, example, visit):
    """Its conditions have no button of their own while it is gone, and the press says what came along."""
    row = office.store.state(example).of("indicator")[0].id
    for score in [one.id for one in office.store.state(example).where("score", indicator=row)]:
        remove(office, example, score)
    before = len(conditions_of(office.store.state(example), row))
    remove(office, example, row)
    at = visit("step_5_indicators")
    at.session_state["history/indicators"] = True
    at.run()
    buttons = [button for button in at.button if button.label == TH("app.restore") and button.key.startswith(f"restore/{office.store.state(example).seq}/")]
    assert [(button.key.rpartition("/")[2], button.help) for button in buttons] == [(row, TH("app.restore_removed_help"))]
    buttons[0].click().run()
    assert (fault(at), errors(at)) == ([], [])
    assert len(conditions_of(office.store.state(example), row)) == before == 4
    assert [toast.value for toast in at.toast] == [f"{TH('app.saved')} {TH('app.came_along', count=len(office.store.history(example, limit=1)[0].rows) - 1)}"]


def test_a_removed_task_whose_code_another_has_is_refused_with_what_to_do(office, example, visit):
    row = write(office, example, "task", tier="support", code="9.9", name="งานเดิม").ids[0]
    remove(office, example, row)
    write(office, example, "task", tier="support", code="9.9", name="งานใหม่")
    before, at = contents(office.store, example), visit("step_3_tasks")
    at.session_state["history/tasks"] = True
    at.run()
    at.button(key=f"restore/{before[0] - 1}/{row}").click().run()
    assert fault(at) == []
    assert TH("mistakes.used_since", value="9.9") in "\n".join(errors(at))
    assert contents(office.store, example) == before
