"""A meeting is put on record in Thai, whatever its leader reads: what is asked, what comes of it, and who was there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from pso_core.actions.workshop_hands import count_hands
from pso_core.actions.workshop_joining import admit
from pso_core.domain.workshop.room import Question
from pso_core.text.phrases import phrases
from tests.actions.workshop_rooms import without_phones
from tests.building import person
from tests.pages.conftest import errors, fault, press
from tests.pages.test_workshops import CRITERIA, PAGE, SWING, asked, resolution, revealed, save, section
from tests.pages.workshop_rooms import answered, box, go_on, open_room, people_in, question, the_room

EN = phrases("en")
ENGLISH = re.compile(r"[A-Za-z]{2,}")
WRITTEN = ("title", "decided", "proposed", "spread", "rationale", "dissent")
NAMED = ("names", "tiers", "conditions", "evidence", "originals")


def said(value: Any) -> Iterator[str]:
    """Every text in it, but for the keys."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from said(one)


def asked_in(question: Question) -> list[str]:
    return [question.title, *said({name: question.settings.get(name, "") for name in NAMED})]


def english(texts: list[str | None]) -> list[str]:
    return [text for text in texts if text and ENGLISH.search(text)]


def on_record(office, project: str) -> list[str | None]:
    """What stands of the meeting after its decision."""
    room, taken = the_room(office, project), resolution(office, project)
    return [room.title, *asked_in(room.question), *(taken[name] for name in WRITTEN)]


def test_a_score_is_asked_and_decided_in_thai_by_a_leader_who_reads_english(office, example, visit):
    at = visit(PAGE, language="en")
    open_room(at)
    asked(at, office, example)
    tokens = people_in(office, example)
    go_on(at)
    answered(office, example, tokens, lambda number: {"level": 2 if number else 1, "reason": "ก"})
    without_phones(office, the_room(office, example).id, 2)
    count_hands(office, person("facilitator"), the_room(office, example).id, question(office, example).id, {"2": 1, "abstain": 1})
    go_on(at), go_on(at)
    box(at.text_area, "rationale").set_value("มีทะเบียน").run()
    save(at)
    assert (fault(at), errors(at), english(on_record(office, example))) == ([], [], [])
    taken = resolution(office, example)
    assert ("มีเป็นส่วนใหญ่" in taken["decided"], "ยกมือ" in taken["spread"]) == (True, True)


def test_nine_weights_are_asked_and_decided_in_thai(office, example, visit):
    at = visit(PAGE, language="en")
    open_room(at, "weights")
    asked(at, office, example)
    revealed(at, office, example, lambda number: dict(zip(CRITERIA, map(str, SWING), strict=True)))
    save(at)
    assert (fault(at), errors(at), english(on_record(office, example))) == ([], [], [])
    assert "ความครอบคลุม" in resolution(office, example)["decided"]


def test_a_side_is_asked_and_decided_in_thai(office, example, visit):
    at = visit(PAGE, language="en")
    open_room(at)
    asked(at, office, example, "stance", "stance")
    revealed(at, office, example, lambda number: {"stance": "for", "reason": ""})
    save(at)
    assert (fault(at), errors(at), english(on_record(office, example))) == ([], [], [])
    assert "เห็นด้วย" in resolution(office, example)["decided"]


@pytest.mark.parametrize(("step", "kind", "name"), [
    ("tasks", "tiers", "tiers"), ("tasks", "points", "points/main"), ("mission", "phrases", "phrases"), ("assessment", "practice", "practice"), ("plan", "phrases", "phrases"),
])  # fmt: skip
def test_every_question_is_put_in_thai(office, example, visit, step, kind, name):
    at = visit(PAGE, language="en")
    open_room(at, step)
    asked(at, office, example, kind, name)
    assert (fault(at), english([the_room(office, example).title, *asked_in(question(office, example))])) == ([], [])


def test_guests_stand_on_record_in_thai_and_so_do_the_minutes(office, example, visit):
    at = visit(PAGE, language="en")
    open_room(at)
    people_in(office, example, guests=1)
    room = the_room(office, example)
    admit(office, person("facilitator"), room.id, next(one.id for one in office.store.workshops.participants(room.id) if not one.person_id))
    at = section(at.run(), office, example, "people")
    press(at, EN("page_workshop.end_yes"))
    (meeting,) = office.store.state(example).of("meeting")
    assert (fault(at), english([meeting["title"], meeting["attendance"]])) == ([], [])
    assert [one.label for one in at.toggle if "/thai-digits/" in one.key] == [EN("page_certification.thai_digits")]
