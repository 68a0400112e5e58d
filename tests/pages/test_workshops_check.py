"""The expert's check of weights on the desk: chosen knowingly, told how many contradicted themselves, and held beside what it checks."""

from __future__ import annotations

import pytest

from pso_core.domain.workshop.room import FEWEST
from pso_core.text.phrases import phrases
from tests.pages.conftest import errors, fault, shown
from tests.pages.test_workshops import CRITERIA, LAMPANG, PAGE, SWING, asked, resolution, revealed, save, section
from tests.pages.workshop_rooms import TH, answered, go_on, open_room, people_in, question, tap, the_room

FIRST, *BETWEEN, LAST = CRITERIA
COMPARED = {"best": FIRST, "worst": LAST, f"over:{LAST}": "4", **{f"over:{one}": "2" for one in BETWEEN}, **{f"under:{one}": "2" for one in BETWEEN}}
ODD = {**COMPARED, f"over:{BETWEEN[0]}": "9"}
CHECKED = dict(zip(CRITERIA, (21, 11, 11, 11, 11, 10, 10, 10, 5), strict=True))  # 4, seven times 2, and 1 nineteenth of a hundred
BY_SWING = dict(zip(CRITERIA, map(str, SWING), strict=True))


def checked(at, office, project: str, number: int = 0):
    """A check put on the agenda, answered by five and revealed."""
    room = the_room(office, project)
    at.button_group(key=f"workshop/weighing/{room.id}").set_value("best_worst").run()
    asked(at, office, project)
    return revealed(at, office, project, lambda person: ODD if person < number else COMPARED)


@pytest.mark.parametrize(("few", "language"), [(True, "en"), (False, "th")])
def test_it_is_offered_beside_the_usual_way_says_that_it_is_for_experts_and_how_many_of_them_it_needs(office, empty, visit, few, language):
    at, say = visit(PAGE, language=language), phrases(language)
    open_room(at, "weights", few=few)
    way = at.button_group(key=f"workshop/weighing/{the_room(office, empty).id}")
    assert way.value == "swing"
    way.set_value("best_worst").run()
    assert (fault(at), say("page_workshop.weighing_about.best_worst") in shown(at)) == ([], True)
    assert (say("page_workshop.check_needs", fewest=FEWEST) in shown(at)) is not few


def test_a_check_comes_to_weights_that_a_meeting_may_decide_on(office, empty, visit):
    at, say = visit(PAGE, language="en"), phrases("en")
    open_room(at, "weights")
    checked(at, office, empty, number=2)
    text = shown(at)
    assert (fault(at), say("page_workshop.consistent", consistent=3, answered=5) in text) == ([], True)
    assert say("page_workshop.hints") in [one.label for one in at.expander]
    save(at)
    weights = {row["criterion"]: row["weight"] for row in office.store.state(empty).of("weight")}
    assert (errors(at), sum(weights.values()), weights[FIRST]) == ([], 100, max(weights.values()))
    assert (resolution(office, empty)["method"], resolution(office, empty)["proposed"]) == ("best_worst", resolution(office, empty)["decided"])


def test_a_check_stands_beside_the_weights_on_record(office, example, visit):
    at = visit(PAGE)
    open_room(at, "weights")
    checked(at, office, example)
    recorded = {row["criterion"]: row["weight"] for row in office.store.state(example).of("weight")}
    assert recorded == dict(zip(CRITERIA, LAMPANG, strict=True))
    most = max(CRITERIA, key=lambda one: abs(CHECKED[one] - recorded[one]))
    assert differs(office, example, "decided", most, CHECKED[most], recorded[most]) in shown(at)


def test_before_weights_are_on_record_a_check_and_a_vote_stand_beside_each_other(office, empty, visit):
    at = visit(PAGE)
    open_room(at, "weights")
    asked(at, office, empty)
    tokens = people_in(office, empty)
    vote = question(office, empty).title
    for answer, way in ((BY_SWING, "best_worst"), (COMPARED, None)):
        go_on(at)
        answered(office, empty, tokens[:5], lambda person, answer=answer: answer)
        go_on(at)
        go_on(at)
        if way:
            assert TH("page_workshop.firm_places", places=9) in shown(at)
            section(at, office, empty, "agenda")
            at.button_group(key=f"workshop/weighing/{the_room(office, empty).id}").set_value(way).run()
            asked(at, office, empty)
            tap(at, f"workshop/look-at/{the_room(office, empty).id}/q2")
    assert (fault(at), differs(office, empty, "asked", "access", 10, 5, title=vote) in shown(at)) == ([], True)
    tap(at, f"workshop/look-at/{the_room(office, empty).id}/q1")
    assert differs(office, empty, "this", "access", 10, 5) in shown(at)
    save(at)
    tap(at, f"workshop/look-at/{the_room(office, empty).id}/q2")
    assert differs(office, empty, "decided", "access", 10, 5) in shown(at)


def test_a_vote_that_is_not_checked_stands_alone(office, empty, visit):
    at = visit(PAGE)
    open_room(at, "weights")
    asked(at, office, empty)
    revealed(at, office, empty, lambda person: BY_SWING)
    said = [TH("page_workshop.check_differs", beside="", name="#", check="", used="").split("#")[0].strip(), TH("page_workshop.consistent", consistent=5, answered=5)]
    assert (fault(at), [one for one in said if one in shown(at)]) == ([], [])


def differs(office, project: str, beside: str, criterion: str, check: int, used: int, **facts: str) -> str:
    name = question(office, project).settings["names"][criterion]
    return TH("page_workshop.check_differs", beside=TH(f"page_workshop.check_beside.{beside}", **facts), name=name, check=check, used=used)
