"""Two visits at one page: each is told of the other, of what the other writes and of what the other saved; nobody of themselves."""

from __future__ import annotations

import re

import pytest

from pso_core.domain.presence import UNHEARD
from pso_core.text.phrases import LANGUAGES, phrases
from pso_core.ui import live, present
from pso_core.ui.live_script import marks
from tests.building import person
from tests.pages.conftest import fault, press, shown

TH = phrases("th")
SAVE = TH("app.save_one", kind=TH("fields.vision.one"))
FACILITATOR, ADMINISTRATOR = person("facilitator").name, person("administrator").name


def line(at) -> str:
    """What the page says of others, as it is read."""
    said = re.search(r"<div class='live quiet' role='status'>(?:<p tabindex='0'>(.*?)</p>)?</div>", shown(at))
    return said[1] or ""


def marked(at) -> list[str]:
    """The sentences set at rows, in the order of the style."""
    return ["".join(chr(int(code, 16)) for code in re.findall(r"\\([0-9a-f]{6})", text)) for text in re.findall(r'content: "(\\[^"]+)"', shown(at))]


def test_whoever_is_alone_is_told_of_nobody_also_in_two_tabs(example, visit):
    one, other = visit("step_1_vision"), visit("step_1_vision")
    assert (fault(one), line(one.run()), line(other)) == ([], "", "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_others_at_the_same_page_are_named_and_those_elsewhere_are_not(example, visit, language):
    visit("step_1_vision", role="administrator"), visit("step_2_mission", role="head")
    assert line(visit("step_1_vision", language=language)) == phrases(language)("live.here", names=ADMINISTRATOR)


def test_a_draft_is_named_at_the_other_screen_until_it_is_saved(example, visit):
    one, other = visit("step_1_vision"), visit("step_1_vision", role="administrator")
    one.text_area[0].set_value("ข้อความใหม่").run()
    kind, here = TH("fields.vision.one"), TH("live.here", names=FACILITATOR)
    writing = TH("live.writing", who=FACILITATOR, rows=TH("live.row", name=kind))
    assert (line(other.run()), marked(other)) == (writing, [TH("live.mark", who=FACILITATOR)])
    assert (line(one.run()), marked(one)) == (TH("live.here", names=ADMINISTRATOR), [])
    press(one, SAVE)
    assert (line(other.run()), marked(other)) == (here, [])


def test_a_draft_that_is_taken_back_or_dropped_is_named_no_more(example, visit):
    one, other = visit("step_1_vision"), visit("step_1_vision", role="administrator")
    before = one.text_area[0].value
    one.text_area[0].set_value("ข้อความใหม่").run()
    one.text_area[0].set_value(before).run()
    assert marked(other.run()) == []


def test_a_draft_that_was_left_behind_is_named_when_its_page_is_opened_again(example, visit):
    visit("step_1_vision").text_area[0].set_value("พิมพ์ค้างไว้").run()
    visit("step_2_mission")
    other = visit("step_1_vision", role="administrator")
    visit("step_1_vision")
    assert marked(other.run()) == [TH("live.mark", who=FACILITATOR)]


def test_a_row_in_a_table_and_one_that_is_new_are_named(office, example, visit):
    task = office.store.state(example).of("task")[0]
    one, other = visit("step_3_tasks"), visit("step_3_tasks", role="administrator")
    next(box for box in one.text_input if box.key.endswith(f"/{task.id}/points")).set_value("3").run()
    assert TH("live.row", name=f"{task['code']} {task['name']}") in line(other.run())
    adding = visit("step_2_mission")
    press(adding, TH("app.add", kind=TH("fields.mission.one")))
    next(box for box in adding.text_input if box.label == TH("fields.mission.code.label")).set_value("9").run()
    assert TH("live.row", name=TH("live.new_row", kind=TH("fields.mission.one"))) in line(visit("step_2_mission", role="administrator"))


def test_a_field_is_known_by_its_class_before_it_is_left(office, example, visit, monkeypatch):
    """As the browser reports it while somebody is still typing."""
    task, other = office.store.state(example).of("task")[0], visit("step_3_tasks", role="administrator")
    one = visit("step_3_tasks")
    key = next(box.key for box in one.text_input if box.key.endswith(f"/{task.id}/points"))
    for answer, found in ((present.marked_by(key), [TH("live.mark", who=FACILITATOR)]), ("st-key-nothing", []), ("", [])):
        typing(monkeypatch, one, answer)
        assert (fault(one), marked(other.run())) == ([], found)


def typing(monkeypatch, at, answer: str) -> None:
    """The browser says in which field somebody types."""
    listen = live.live_script.listen

    def heard(*asked):
        asked[-1](answer)
        return listen(*asked)

    with monkeypatch.context() as patched:
        patched.setattr(live.live_script, "listen", heard)
        at.run()


def test_the_new_wording_of_a_clash_is_told_as_the_row_that_it_is_for(example, visit, monkeypatch):
    """It is written in a field of its own, which is none of a row."""
    one, other = visit("step_1_vision"), visit("step_1_vision", role="administrator")
    for at, text in ((one, "ของคนที่สอง"), (other, "ของคนแรก")):
        at.text_area[0].set_value(text).run()
    press(other, SAVE), press(one, SAVE)
    next(choice for choice in one.button_group if choice.key.endswith("/which")).set_value("edit").run()
    (key,) = (box.key for box in one.text_area if box.key.endswith("/clash/0/edit"))
    typing(monkeypatch, one, present.marked_by(key))
    assert (fault(one), fault(other.run()), marked(other)) == ([], [], [TH("live.mark", who=FACILITATOR)])


def test_whoever_went_is_named_no_more(office, example, visit):
    one = visit("step_1_vision")
    presence, clock = office.store.presence, office.store.presence._clock
    visit("step_1_vision", role="administrator")
    presence._clock = lambda: clock() + UNHEARD
    presence.sweep()
    assert line(one.run()) == ""


def test_nobody_is_named_on_pages_that_are_no_step(example, visit):
    visit("home", role="administrator")
    assert "class='live" not in shown(visit("home"))


def test_a_name_is_text_and_ends_neither_the_line_nor_the_style():
    said = marks("p", {("task:1", "name"): "</style><script>alert(1)</script>\"; } * { color: red"})
    assert ("<script>" in said, said.count("</style>"), "color: red" in said) == (False, 1, False)


