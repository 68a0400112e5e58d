"""An answer that lacks something: refused, and the page says which question is not answered and leads to it, by plain HTML."""

from __future__ import annotations

import re
from html import unescape

import pytest

from pso_core.actions import workshops
from pso_core.domain.workshop.ballots import Incomplete, read_ballot
from pso_core.text.phrases import LANGUAGES, phrases
from pso_core.web.room_answers import asking, sent_in
from tests.web.rooms import ANSWERS, ASKED, NAMES, Reply, Workshop, a_workshop, house, ballots_of, opening, workshop

TH = phrases("th")
WORD, FIRST = TH("page_room.unanswered"), f'<a href="#lacking" data-first>{TH("page_room.first_unanswered")}</a>'
COUNTED = ("score", "points", "swing", "rank", "tier", "support", "stance", "best_worst")  # those of which an answer can be incomplete


def marked(reply: Reply) -> list[str]:
    """The fields that are said to be not answered, in their order."""
    return [unescape(field) for field, said in re.findall(r'class="lacks" data-asks="([^"]*)"[^>]*>([^<]*)<', reply.body) if WORD in said]


def invalid(reply: Reply) -> set[str]:
    return {unescape(name) for tag in re.findall(r"<(?:input|select)[^>]*aria-invalid=\"true\"[^>]*>", reply.body) for name in re.findall(r' name="([^"]*)"', tag)}


def lacking(method: str) -> dict[str, str]:
    """An answer without its last field, or without the one that makes it an answer."""
    fields = ANSWERS[method]
    left_out = next((name for name in ("level", "stance") if name in fields), list(fields)[-1])
    return {name: value for name, value in fields.items() if name != left_out}


@pytest.mark.parametrize("method", COUNTED)
def test_what_is_not_answered_is_said_and_led_to(workshop: Workshop, method: str):
    """On the whole page and on the part that the script puts in its place."""
    phone = opening(workshop, method).phone()
    fields = lacking(method)
    missing = [name for name in ANSWERS[method] if name not in fields]
    for part in ({}, {"part": "1"}):
        reply = workshop.send(phone, fields, **part)
        assert (reply.status, ballots_of(workshop)) == (422, [])
        assert (marked(reply), invalid(reply)) == (missing, set(missing))
        assert re.search(rf'data-refusal>{re.escape(TH("refusals.ballot_incomplete", missing=1))} {re.escape(FIRST)}</p>', reply.body)
        group = re.search(r'<(?:fieldset|p) class="[^"]*"[^>]* data-lacks id="lacking">.*?</(?:fieldset|p)>', reply.body, re.DOTALL)
        assert (reply.body.count(" data-lacks"), reply.body.count(' id="lacking"'), group is not None and WORD in group[0]) == (2, 1, True)  # once on the form: its word


@pytest.mark.parametrize("method", COUNTED)
def test_as_much_is_marked_as_the_refusal_counts_in_the_order_in_which_it_stands(workshop: Workshop, method: str):
    question = opening(workshop, method).room.question
    phones = [asking(question, {}, TH, own=f"phone {number}") for number in range(4)]  # what is supported stands in an order of each phone's own
    for count in range(1 if method in ("score", "stance") else len(ANSWERS[method])):  # of these the first field alone is counted
        fields = dict(list(ANSWERS[method].items())[:count])
        with pytest.raises(Incomplete) as refusal:
            read_ballot(question, sent_in(fields))
        for asked in phones:
            lacking_ = asked.lacking(refusal.value)
            assert (count, len(lacking_)) == (count, refusal.value.facts["missing"])
            assert [item.field for item in asked.items if item.field in lacking_] in ([], list(lacking_))


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_task_of_many_is_found_and_the_first_of_several_led_to(house, language: str):
    tasks = {f"t{number}": f"ภารกิจที่ {number}" for number in range(1, 24)}
    room = a_workshop(*house, workshops.Asked("tier", "กลุ่มของภารกิจ", tuple(tasks), {"names": tasks, "tiers": {"main": "ภารกิจหลัก", "secondary": "ภารกิจรอง"}}))
    room.move("open")
    say, fields = phrases(language), {f"on:{task}": "main" for task in tasks if task not in ("t7", "t20")}
    body = room.send(room.phone().speak(language), fields).body
    assert re.findall(r"<legend>([^<]*) <b class=\"lacks\" data-asks=\"[^\"]*\">", body) == [tasks["t7"], tasks["t20"]]
    assert (tasks["t7"] in body.split('id="lacking"')[1].split("</legend>")[0], body.count(f">{say('page_room.unanswered')}</b>"), say("page_room.first_unanswered") in body) == (True, 2, True)


@pytest.mark.parametrize(("fields", "missing"), [({}, ["best", "worst"]), ({"best": "coverage"}, ["worst"]), ({"best": "coverage", "worst": "speed"}, ["over:accuracy", "over:speed", "under:accuracy"])])
def test_both_ends_are_asked_for_before_what_is_compared_with_them(workshop: Workshop, fields: dict[str, str], missing: list[str]):
    reply = workshop.send(opening(workshop, "best_worst").phone(), fields)
    assert (marked(reply), invalid(reply)) == (missing, set(missing))
    assert (f"{TH('page_room.best_worst.worst')}: {WORD}<" in reply.body) == ("worst" in missing)


@pytest.mark.parametrize(("method", "fields"), [("points", {f"on:{key}": "30" for key in NAMES}), ("swing", {f"on:{key}": "50" for key in NAMES}), ("dots", {}), ("phrases", {}), ("score", {"level": "1"})])
def test_what_is_refused_for_something_else_marks_nothing(workshop: Workshop, method: str, fields: dict[str, str]):
    reply = workshop.send(opening(workshop, method).phone(), fields)
    assert (reply.status, marked(reply), invalid(reply), "data-first" in reply.body) == (422, [], set(), False)


@pytest.mark.parametrize("method", ASKED)
def test_nothing_is_marked_before_one_sends_or_once_it_is_closed(workshop: Workshop, method: str):
    phone = opening(workshop, method).phone()
    pages = [phone.get("/room/here")]
    workshop.move("closed")
    pages.append(workshop.send(phone, {}))
    assert [(marked(page), invalid(page), "data-first" in page.body) for page in pages] == [([], set(), False)] * 2
