"""Who is told of whom, and when a screen counts as gone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from pso_core.domain.presence import Screen, others, people_of, writing_at

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
NAME, TEXT = ("task:1", "name"), ("task:2", "points")


def screen(visit: str, person: str, page: str = "tasks", until: datetime | None = None, **writing: set) -> Screen:
    return Screen(visit, person, "p", page, until, {form: frozenset(places) for form, places in writing.items()})


def test_a_screen_is_there_while_its_line_is_open_and_until_its_moment_has_come():
    open_, ending = screen("a", "somchai"), screen("b", "malee", until=NOW)
    assert (open_.is_there(NOW), ending.is_there(NOW - SECOND), ending.is_there(NOW)) == (True, True, False)


def test_others_are_other_people_at_the_same_page_in_the_order_they_came():
    screens = [screen("a", "malee"), screen("b", "me"), screen("c", "somchai"), screen("d", "elsewhere", page="plan"), screen("e", "gone", until=NOW)]
    assert people_of(others(screens, "tasks", "me", NOW)) == ("malee", "somchai")


def test_a_person_with_two_tabs_is_one_person():
    assert people_of([screen("a", "malee"), screen("b", "somchai"), screen("c", "malee")]) == ("malee", "somchai")


def test_a_place_names_everybody_who_writes_there_once_whatever_their_forms_and_tabs():
    screens = [screen("a", "malee", one={NAME}, two={NAME, TEXT}), screen("b", "somchai", one={TEXT}), screen("c", "malee", one={TEXT}), screen("d", "idle")]
    assert writing_at(screens) == {NAME: ("malee",), TEXT: ("malee", "somchai")}
