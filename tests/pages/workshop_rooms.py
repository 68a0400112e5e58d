"""What tests of the page of workshops do again and again: open a room, come in, answer, press a button by its key."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from streamlit.testing.v1 import AppTest

from pso_core.actions.workshop_answers import send
from pso_core.actions.workshop_joining import come_as_guest, come_in, find_room, roster
from pso_core.domain.workshop.room import Question, Room
from pso_core.office import Office
from pso_core.text.phrases import phrases

TH = phrases("th")


def open_room(at: AppTest, step: str = "assessment", few: bool = True, **typed: Any) -> AppTest:
    """Through the form on the page."""
    if step != "assessment":
        at.selectbox(key="workshop/new/step/0").set_value(step).run()
    if few:
        at.checkbox(key="workshop/new/few_shown/0").check()
    for name, value in typed.items():
        at.text_input(key=f"workshop/new/{name}/0").set_value(value)
    return tap(at, "workshop/new/yes/0")


def the_room(office: Office, project: str) -> Room:
    return office.store.workshops.of(project)[0]


def question(office: Office, project: str) -> Question:
    return the_room(office, project).question


def tap(at: AppTest, key: str) -> AppTest:
    """The button whose key begins so."""
    return next(button for button in at.button if (button.key or "").startswith(key)).click().run()


def keys(at: AppTest) -> list[str]:
    return [button.key for button in at.button if button.key]


def go_on(at: AppTest) -> AppTest:
    """The large button."""
    return tap(at, "workshop/next/")


def people_in(office: Office, project: str, guests: int = 0) -> list[str]:
    """Tokens of everybody of the office, and of guests who wait."""
    room = the_room(office, project)
    found = find_room(office, office.store.workshops.keys(room.id).code, "test")
    return [come_in(office, found, person.id, room.pin, "test") for person, _ in roster(office, found)] + [come_as_guest(office, found, f"แขก {n}") for n in range(guests)]


def answered(office: Office, project: str, tokens: Sequence[str], answer: Callable[[int], Mapping[str, Any]]) -> None:
    """Each sends what `answer` gives for their number."""
    asked = question(office, project)
    for number, token in enumerate(tokens):
        send(office, token, asked.id, asked.round, answer(number))


def ticks(at: AppTest) -> list[str]:
    """The texts that the leader can tick to group them, as they stand there."""
    return [one.label.replace("\u2060", "").replace("\\", "") for one in at.checkbox if "/tick/" in one.key]


def box(kind, name: str):
    return next(one for one in kind if one.key.endswith(f"/{name}"))
