"""Who is at which page now. In memory only: it is neither in the database nor in the history, and ends with the process."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime

from pso_core.domain.presence import LINE_LOST, UNHEARD, Place, Screen

Subscriber = Callable[[str, str, str], None]  # project, page, the visit that needs no telling


class Presence:
    """Any method may be called from any thread. Each page of a project has a number that grows with whatever its screens should show."""

    def __init__(self, clock: Callable[[], datetime]):
        self._clock = clock
        self._lock = threading.Lock()
        self._screens: dict[str, Screen] = {}
        self._lines: Counter[str] = Counter()
        self._moved: Counter[tuple[str, str]] = Counter()
        self._first = int(clock().timestamp())  # so that a number from before a restart is another
        self._subscribers: list[Subscriber] = []

    def arrive(self, visit: str, person_id: str, project_id: str, page: str) -> None:
        """This tab was drawn at this page; it stays there until it is drawn elsewhere or counts as gone."""
        with self._lock:
            former = self._screens.get(visit)
            until = None if self._lines[visit] else self._clock() + UNHEARD
            at = (person_id, project_id, page)
            if stays := former is not None and (former.person_id, former.project_id, former.page) == at:
                self._screens[visit] = replace(former, until=until)
            else:
                self._screens.pop(visit, None)  # so that it is the last who came
                self._screens[visit] = Screen(visit, *at, until)
        if not stays:
            self._tell(former)
            self.changed(project_id, page, visit)
        self.sweep()

    def write(self, visit: str, form: str, places: Collection[Place]) -> None:
        """Where this tab holds text of this form that is not saved; nowhere ends it. Unknown tabs write nothing."""
        with self._lock:
            screen, places = self._screens.get(visit), frozenset(places)
            if screen is None or screen.writing.get(form, frozenset()) == places:
                return
            writing = {name: there for name, there in {**screen.writing, form: places}.items() if there}
            self._screens[visit] = after = replace(screen, writing=writing)
        if after.places != screen.places:
            self.changed(screen.project_id, screen.page, visit)

    def whose(self, visit: str) -> str | None:
        """The person at this tab; None for one that is not known or counts as gone."""
        screen = self._screens.get(visit)
        return screen.person_id if screen else None

    def line_opened(self, visit: str) -> None:
        with self._lock:
            self._lines[visit] += 1
            self._until(visit, None)

    def line_closed(self, visit: str) -> None:
        """The tab is closed, or goes to another page, or is loaded anew: what comes within LINE_LOST tells."""
        with self._lock:
            self._lines[visit] -= 1
            if self._lines[visit] <= 0:
                del self._lines[visit]
                self._until(visit, self._clock() + LINE_LOST)

    def seen(self, visit: str) -> None:
        """A sign of a tab to which nothing can be pushed."""
        with self._lock:
            if not self._lines[visit]:
                self._until(visit, self._clock() + UNHEARD)

    def is_heard(self, visit: str) -> bool:
        """Whether a line to this tab is open."""
        with self._lock:
            return self._lines[visit] > 0

    def screens(self, project_id: str) -> tuple[Screen, ...]:
        """Those at pages of this project, in the order they came."""
        with self._lock:
            return tuple(one for one in self._screens.values() if one.project_id == project_id)

    def number(self, project_id: str, page: str) -> int:
        with self._lock:
            return self._first + self._moved[project_id, page]

    def changed(self, project_id: str, page: str, but: str = "") -> None:
        """Its screens should look anew; the tab `but` knows."""
        with self._lock:
            self._moved[project_id, page] += 1
        for told in tuple(self._subscribers):
            told(project_id, page, but)

    def sweep(self) -> None:
        """Forgets the screens that are gone."""
        with self._lock:
            now = self._clock()
            gone = [one for one in self._screens.values() if not one.is_there(now)]
            for one in gone:
                del self._screens[one.visit]
        for one in gone:
            self._tell(one)

    def subscribe(self, told: Subscriber) -> Callable[[], None]:
        """`told(project, page, but)` after every change of a number, in the thread that made it; what is returned ends it."""
        self._subscribers.append(told)
        return lambda: self._subscribers.remove(told)

    def _tell(self, left: Screen | None) -> None:
        if left is not None:
            self.changed(left.project_id, left.page, left.visit)

    def _until(self, visit: str, until: datetime | None) -> None:
        if visit in self._screens:
            self._screens[visit] = replace(self._screens[visit], until=until)
