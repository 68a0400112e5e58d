"""A row that a meeting wrote says so where it stands and in its drawer, and the meeting's record leads to it."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pso_core.actions.workshop_decisions import Decided, begin, decide, end
from pso_core.actions.workshops import Asked, Opening
from pso_core.domain.rows import Row
from pso_core.domain.workshop.room import Room
from pso_core.office import Office
from pso_core.text.phrases import LANGUAGES
from tests.actions.workshop_rooms import LEADER, Held, held
from tests.building import PEOPLE, write
from tests.pages.conftest import fault, shown
from tests.pages.workshop_rooms import TH, tap

SAID = {"th": "มติที่ประชุม 23 พ.ย. 2569", "en": "Resolution of 23 Nov 2026"}
WRITTEN = ("ข้อใหม่ ก", "ข้อใหม่ ข")
NEW = {"mission": ("mission", "text", "step_2_mission"), "tasks": ("task", "name", "step_3_tasks"), "plan": ("activity", "name", "step_7_plan")}


def decided(office: Office, project: str, step: str, method: str = "phrases", **settings: str) -> Held:
    """A meeting that wrote two texts into this step, and is over."""
    room = begin(office, LEADER, project, Opening(step, "รวบรวมความเห็น", few_shown=True))
    names = {} if method == "phrases" else {"t1": WRITTEN[0], "t2": WRITTEN[1]}
    asked = Asked(method, "ข้อเสนอ", tuple(names), {"names": names, "writes": "texts", "step": step, **settings})
    here = held(office, project, asked, phase="revealed", room_id=room.id)
    decide(office, LEADER, here.id, "q1", Decided(list(WRITTEN), "ตามที่รวบรวม"))
    end(office, LEADER, here.id)
    return here


def links(at: AppTest) -> list[str]:
    return [link.proto.label.replace("\u2060", "").replace("\\", "") for link in at.get("page_link")]


def new_rows(office: Office, project: str, step: str) -> list[Row]:
    kind, name, _ = NEW[step]
    return [row for row in office.store.state(project).of(kind) if row[name] in WRITTEN]


@pytest.mark.parametrize("step", NEW)
def test_new_rows_say_which_meeting_wrote_them_and_those_before_it_do_not_and_it_leads_to_them_and_they_to_it(office, example, visit, step):
    decided(office, example, step)
    for language in LANGUAGES:
        at = visit(NEW[step][2], language=language)
        assert (fault(at), shown(at).count(SAID[language])) == ([], 2)
        tap(at, f"open/{new_rows(office, example, step)[0].id}")  # its drawer
        assert (fault(at), [label for label in links(at) if SAID[language] in label]) == ([], [f"⚑ {SAID[language]}"])
    at = tap(visit("meetings"), "workshop/look/meeting:")
    names = [label for label in links(at) if any(text in label for text in WRITTEN)]
    assert (fault(at), [next(text for text in WRITTEN if text in label) for label in names]) == ([], list(WRITTEN))  # in their order


@pytest.mark.parametrize("method", ["dots", "support"])
def test_what_was_chosen_among_texts_leads_to_the_rows_it_became(office, example, visit, method):
    decided(office, example, "mission", method)
    assert shown(visit("step_2_mission", role="viewer")).count(SAID["th"]) == 2


def test_a_page_that_was_drawn_while_a_meeting_decided_names_the_resolution_soon_after(office, example, visit, monkeypatch):
    """The save comes first: a page that is drawn before the decision is in the room's log cannot know yet which texts were kept."""
    write(office, example, "mission", text=WRITTEN[0], position=90)
    append, drawn = office.store.workshops.append, []

    def drawn_in_between(room_id: str, *event: Any) -> Room:
        if office.store.state(example).of("resolution") and not drawn:
            drawn.append(shown(visit("step_2_mission")).count(SAID["th"]))
        return append(room_id, *event)

    monkeypatch.setattr(office.store.workshops, "append", drawn_in_between)
    room = begin(office, LEADER, example, Opening("mission", "รวบรวมความเห็น", few_shown=True))
    here = held(office, example, Asked("phrases", "ข้อเสนอ", (), {"names": {}, "writes": "texts", "step": "mission"}), phase="revealed", room_id=room.id)
    decide(office, LEADER, here.id, "q1", Decided(list(WRITTEN), "ตามที่รวบรวม"))
    assert (drawn, shown(visit("step_2_mission")).count(SAID["th"])) == ([1], 2)


def test_the_vision_says_which_meeting_wrote_it_and_whether_it_was_changed_since(office, example, visit):
    decided(office, example, "vision")
    at = visit("step_1_vision")
    assert (fault(at), [label for label in links(at) if SAID["th"] in label]) == ([], [f"⚑ {SAID['th']}"])
    write(office, example, "vision", "vision", text="วิสัยทัศน์ที่แก้ภายหลัง")
    assert f"⚑ {SAID['th']} ({TH('page_workshop.changed_since')})" in links(visit("step_1_vision"))


def test_a_worksheet_says_which_meeting_wrote_problems_into_it(office, empty, visit):
    write(office, empty, "worksheet", "worksheet:a", person=PEOPLE["member"].id, work_system="งานทะเบียน", problems="ไม่มีงบประมาณ")
    decided(office, empty, "vision", writes="problems", worksheet="worksheet:a")
    at = visit("step_1_vision")
    assert (fault(at), shown(at).count(SAID["th"])) == ([], 1)
    tap(at, "open/worksheet:a")
    assert (fault(at), f"⚑ {SAID['th']}" in links(at)) == ([], True)
