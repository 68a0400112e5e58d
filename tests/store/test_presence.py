"""Presence is in memory, goes away by itself, and says so to whoever listens."""

from __future__ import annotations

from datetime import timedelta

import pytest

from pso_core.domain.presence import LINE_LOST, UNHEARD
from pso_core.store import Store
from pso_core.store.presence import Presence
from tests.actions.conftest import Clock

PLACE = ("task:1", "points")
SECOND = timedelta(seconds=1)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def presence(clock: Clock) -> Presence:
    found = Presence(clock)
    found.arrive("a", "malee", "p", "tasks")
    return found


def there(presence: Presence) -> list[tuple[str, str]]:
    presence.sweep()
    return [(one.visit, one.page) for one in presence.screens("p")]


def test_a_tab_to_which_no_line_is_open_is_gone_after_its_last_sign(presence, clock):
    clock.now += UNHEARD - SECOND
    presence.seen("a")
    clock.now += UNHEARD - SECOND
    assert there(presence) == [("a", "tasks")]
    clock.now += SECOND
    assert there(presence) == []


def test_a_tab_whose_line_is_open_stays_and_is_gone_shortly_after_it_closed(presence, clock):
    presence.line_opened("a")
    clock.now += timedelta(hours=3)
    assert there(presence) == [("a", "tasks")]
    presence.line_closed("a")
    clock.now += LINE_LOST
    assert there(presence) == []


def test_a_tab_that_is_loaded_anew_or_has_two_lines_for_a_moment_was_never_away(presence, clock):
    presence.line_opened("a")
    presence.line_opened("a")
    presence.line_closed("a")
    clock.now += timedelta(hours=1)
    presence.line_closed("a")
    clock.now += LINE_LOST - SECOND
    presence.line_opened("a")
    clock.now += timedelta(hours=1)
    assert (there(presence), presence.is_heard("a")) == ([("a", "tasks")], True)


def test_whoever_goes_to_another_page_is_there_and_writes_nothing(presence):
    presence.write("a", "form", {PLACE})
    presence.arrive("a", "malee", "p", "plan")
    assert [(one.page, one.places) for one in presence.screens("p")] == [("plan", frozenset())]


def test_whoever_looks_again_at_the_same_page_goes_on_writing(presence):
    presence.write("a", "form", {PLACE})
    presence.arrive("a", "malee", "p", "tasks")
    assert presence.screens("p")[0].places == {PLACE}
    presence.write("a", "form", ())
    assert presence.screens("p")[0].places == frozenset()


def test_a_number_grows_only_when_there_is_something_to_show_and_only_at_that_page(presence):
    told, before = [], (presence.number("p", "tasks"), presence.number("p", "plan"))
    presence.subscribe(lambda *what: told.append(what))
    presence.arrive("a", "malee", "p", "tasks")
    presence.write("a", "form", ())
    presence.write("unknown", "form", {PLACE})
    presence.seen("a")
    assert told == []
    presence.write("a", "form", {PLACE})
    presence.write("a", "typing", {PLACE})  # the same place once more
    presence.arrive("b", "somchai", "p", "tasks")
    assert told == [("p", "tasks", "a"), ("p", "tasks", "b")]
    assert (presence.number("p", "tasks"), presence.number("p", "plan")) == (before[0] + 2, before[1])


def test_a_number_is_higher_after_a_restart(presence, clock):
    presence.write("a", "form", {PLACE})
    clock.now += timedelta(minutes=1)
    assert Presence(clock).number("p", "tasks") > presence.number("p", "tasks")


def test_whose_tab_it_is_is_known_until_it_is_gone(presence, clock):
    assert (presence.whose("a"), presence.whose("b")) == ("malee", None)
    clock.now += UNHEARD
    presence.sweep()
    assert presence.whose("a") is None


def counts(store: Store) -> dict[str, int]:
    tables = store.engine.read("SELECT table_name FROM information_schema.tables WHERE table_type = 'BASE TABLE'")
    return {name: store.engine.read(f"SELECT count(*) FROM {name}")[0][0] for (name,) in tables}


def test_nothing_of_it_is_written(store: Store):
    before = counts(store)
    store.presence.arrive("a", "malee", "p", "tasks")
    store.presence.write("a", "form", {PLACE})
    assert counts(store) == before
