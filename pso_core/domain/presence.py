"""Who has which page open and where they are writing: what one person's screen tells of the others, and when a screen counts as gone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

Place = tuple[str, str]  # entity id, field

LINE_LOST = timedelta(seconds=6)  # since the line to a screen ended: a page that is loaded anew is back by then
UNHEARD = timedelta(seconds=75)  # since the last sign of a screen to which nothing can be pushed: three of its slow looks


@dataclass(frozen=True)
class Screen:
    """One open tab at a page of a project. `visit` names the tab.

    `until`: the moment from which it counts as gone; None while a line to it is open.
    `writing`: for each form the places that hold a text of this tab not yet saved.
    """

    visit: str
    person_id: str
    project_id: str
    page: str
    until: datetime | None
    writing: Mapping[str, frozenset[Place]] = field(default_factory=dict)

    def is_there(self, now: datetime) -> bool:
        return self.until is None or now < self.until

    @property
    def places(self) -> frozenset[Place]:
        return frozenset().union(*self.writing.values())


def others(screens: Iterable[Screen], page: str, person_id: str, now: datetime) -> list[Screen]:
    """The screens of other people at this page, in the order they came. One's own other tabs are no news."""
    return [one for one in screens if one.page == page and one.person_id != person_id and one.is_there(now)]


def people_of(screens: Iterable[Screen]) -> tuple[str, ...]:
    """Each person once, however many tabs they have."""
    return tuple(dict.fromkeys(one.person_id for one in screens))


def writing_at(screens: Iterable[Screen]) -> dict[Place, tuple[str, ...]]:
    """{place: the people who are writing there}"""
    found: dict[Place, dict[str, None]] = {}
    for one in screens:
        for place in sorted(one.places):
            found.setdefault(place, {})[one.person_id] = None
    return {place: tuple(people) for place, people in found.items()}
