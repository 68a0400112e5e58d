"""The minutes of a meeting: who came, who was missing, who led, and an agenda whose matters each begin a line of their own."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document

from pso_core.actions.workshop_decisions import begin, end, meeting_of
from pso_core.actions.workshop_joining import come_in, seat
from pso_core.actions.workshops import Asked, Opening, hand_over, take_over
from pso_core.documents.minutes import minutes_file
from pso_core.domain.people import Person
from pso_core.domain.workshop.room import Room
from pso_core.office import Office
from pso_core.steps.meetings import MEETING
from pso_core.steps.values import empty
from pso_core.store import Write
from pso_core.text.phrases import LANGUAGES, phrases
from tests.actions.workshop_rooms import LEADER, SCORING, held, score, without_phones
from tests.building import PEOPLE, an_office, left_as_it_is, person

ADMIN, HEAD, MEMBER = person("administrator"), person("head"), person("member")
EVERYBODY = len(PEOPLE)


@pytest.fixture
def office(database: Path) -> Iterator[Office]:
    with an_office(database, example=True) as opened:
        yield opened
        left_as_it_is(opened.store)


@pytest.fixture
def project(office: Office) -> str:
    """Lampang's."""
    return office.store.projects()[0]


def a_meeting(office: Office, project: str, expected: int = 0, quorum: int = 0) -> Room:
    return begin(office, LEADER, project, Opening("assessment", "ให้คะแนน", "ห้องประชุม 1", expected, quorum))


def told(office: Office, room: Room, language: str = "th") -> list[str]:
    """Line by line."""
    word = minutes_file(office, LEADER, room.project_id, meeting_of(room.id), "docx", language, False)[1]
    return [one.text for one in Document(BytesIO(word)).paragraphs]


def below(lines: list[str], heading: str) -> list[str]:
    """From a heading to the next one that this document has."""
    at = lines.index(heading)
    return lines[at + 1 : lines.index("มติที่ประชุม")]


def titled(one: Person) -> str:
    return f"{one.name} · {one.position}"


def test_who_was_expected_and_did_not_come_is_named_when_all_of_the_office_were_expected(office, project):
    room = a_meeting(office, project, EVERYBODY)
    seat(office, LEADER, room.id, HEAD.id)
    come_in(office, room, MEMBER.id, "", "127.0.0.1")
    end(office, LEADER, room.id)
    came = {LEADER.id, HEAD.id, MEMBER.id}
    away = {titled(one) for one in PEOPLE.values() if one.id not in came}
    *names, number = below(told(office, room), "ผู้ไม่มาประชุม")
    assert (set(names), number) == (away, f"บุคลากรของหน่วยงานที่ไม่มาประชุม {len(away)} คน")


def test_of_those_who_were_called_who_did_not_come_is_named_and_nobody_else(office, project):
    opening = Opening("assessment", "ให้คะแนน", "ห้องประชุม 1", quorum=3, called=(HEAD.id, MEMBER.id))
    room = begin(office, LEADER, project, opening)
    come_in(office, room, MEMBER.id, "", "127.0.0.1")
    without_phones(office, room.id, 2)
    end(office, LEADER, room.id)
    lines = told(office, room)
    assert below(lines, "ผู้ไม่มาประชุม") == [titled(HEAD), "บุคลากรของหน่วยงานที่ไม่มาประชุม 1 คน"]
    assert [line for line in lines if "จากที่คาดไว้" in line or "จากภายนอกอีก" in line] == ["มาประชุม 2 คน จากที่คาดไว้ 3 คน ไม่ครบองค์ประชุม (3 คน)", "มีผู้เข้าร่วมจากภายนอกอีก 2 คน ซึ่งไม่นับในจำนวนนี้"]


@pytest.mark.parametrize("expected", [EVERYBODY - 1, EVERYBODY + 4], ids=["fewer than the office has", "more than the office has"])
def test_nobody_is_named_absent_who_may_not_have_been_expected(office, project, expected):
    room = a_meeting(office, project, expected)
    end(office, LEADER, room.id)
    said = f"ไม่มาประชุม {expected - 1} คน จากที่คาดไว้ {expected} คน ไม่ระบุชื่อ เนื่องจากไม่มีบัญชีรายชื่อผู้ที่คาดว่าจะมาประชุม"
    assert (below(told(office, room), "ผู้ไม่มาประชุม"), office.store.state(project).get(meeting_of(room.id))["absent"]) == ([said], None)


@pytest.mark.parametrize("guests", [1, EVERYBODY - 1, EVERYBODY + 3])
def test_guests_stand_in_for_nobody_of_the_office_who_did_not_come(office, project, guests):
    room = a_meeting(office, project, EVERYBODY)
    without_phones(office, room.id, guests)
    end(office, LEADER, room.id)
    away = {titled(one) for one in PEOPLE.values() if one.id != LEADER.id}
    *names, number = below(told(office, room), "ผู้ไม่มาประชุม")
    assert (set(names), number) == (away, f"บุคลากรของหน่วยงานที่ไม่มาประชุม {EVERYBODY - 1} คน")


def test_nobody_is_absent_of_an_office_that_came_as_a_whole_and_brought_guests(office, project):
    room = a_meeting(office, project, EVERYBODY)
    for one in PEOPLE.values():
        seat(office, LEADER, room.id, one.id)
    without_phones(office, room.id, 2)
    end(office, LEADER, room.id)
    assert "ผู้ไม่มาประชุม" not in told(office, room)


UNNAMED = f"ไม่มาประชุม 1 คน จากที่คาดไว้ {EVERYBODY + 1} คน ไม่ระบุชื่อ เนื่องจากไม่มีบัญชีรายชื่อผู้ที่คาดว่าจะมาประชุม"


@pytest.mark.parametrize(("guests", "said"), [(1, [UNNAMED]), (3, [])], ids=["one fewer than expected", "more than expected"])
def test_where_others_than_the_office_were_expected_too_nobody_is_named_and_no_number_is_below_none(office, project, guests, said):
    room = a_meeting(office, project, EVERYBODY + 1)
    for one in PEOPLE.values():
        if one.id not in (HEAD.id, LEADER.id):
            seat(office, LEADER, room.id, one.id)
    without_phones(office, room.id, guests)
    end(office, LEADER, room.id)
    lines = told(office, room)
    assert ([line for line in lines if "ไม่มาประชุม" in line], titled(HEAD) in lines) == (["ผู้ไม่มาประชุม"] * len(said) + said, False)


@pytest.mark.parametrize(("expected", "came"), [(1, "มาประชุม 1 คน จากที่คาดไว้ 1 คน"), (0, "มาประชุม 1 คน")])
def test_where_nobody_is_missing_nothing_is_said_of_it(office, project, expected, came):
    room = a_meeting(office, project, expected)
    assert "ผู้ไม่มาประชุม" not in told(office, room)
    end(office, LEADER, room.id)
    lines = told(office, room)
    assert ("ผู้ไม่มาประชุม" in lines, came in lines) == (False, True)


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_who_led_are_named_in_the_order_in_which_they_did(office, project, language):
    room = a_meeting(office, project)
    hand_over(office, LEADER, room.id, ADMIN)
    take_over(office, LEADER, room.id)
    say = phrases(language)
    names = say("documents.minutes.led_in_turn", names=f"{LEADER.name}, {ADMIN.name}")
    assert f"{say('fields.meeting.led_by.label')}\t{names}" in told(office, room, language)


def test_whoever_led_alone_is_named_without_more(office, project):
    assert f"ผู้ดำเนินการประชุม\t{LEADER.name}" in told(office, a_meeting(office, project))


@pytest.mark.parametrize(("phase", "said"), [("revealed", ["ระดับที่ให้ใน 2 เรื่องตรงกัน α ของคริพเพนดอร์ฟ = 1.00 (เชื่อถือได้)"]), ("closed", [])])
def test_how_far_levels_given_alone_agreed_is_on_record_once_they_were_shown(office, project, phase, said):
    room = begin(office, LEADER, project, Opening("assessment", "ให้คะแนน", few_shown=True))
    two = [Asked("score", name, (f"indicator:{name}",), SCORING) for name in ("ก", "ข")]
    here = held(office, project, *two, phase="open", room_id=room.id)
    here.all_send(score(1))
    for to in ("closed", "revealed"):
        here.to(to)
    here.to("open", "q2")
    here.all_send(score(3), question="q2")
    for to in ("closed", "revealed")[: 1 + (phase == "revealed")]:
        here.to(to, "q2")
    assert [line for line in told(office, here.room) if "α" in line] == said


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_file_does_not_say_of_who_came_the_minutes_do_not_say_either(office, project, language):
    body = {"title": "ประชุม", "step": "assessment", "held_on": "2026-11-02", "began_at": "2026-11-02T02:00:00+00:00", "led_by": LEADER.id}
    body |= {"ended_at": "2026-11-02T03:00:00+00:00", "expected": 5, "quorum": 3}
    said = [{"attendance": "สมชาย ใจดี"}, {"attended": 4}]  # only who, only how many
    writes = [Write(f"meeting:{number}", "meeting", 0, empty(MEETING) | body | one) for number, one in enumerate(said)]
    office.store.commit(project, writes, person_id=LEADER.id, action="create")
    files = [minutes_file(office, LEADER, project, one.entity_id, "docx", language, False)[1] for one in writes]
    who, many = ([one.text for one in Document(BytesIO(file)).paragraphs] for file in files)
    say = phrases(language)
    assert "สมชาย ใจดี" in who
    assert not {say("documents.minutes.absent_unnamed", count=count, expected=5) for count in (4, 5)} & set(who)
    assert say("documents.minutes.quorum", attended=4, expected=5, quorum=3) in many
    assert not {say("documents.minutes.guests", count=-4)} & set(many)
