"""Every page and its address, in the order of the sidebar: the nine steps in the seed's own arc."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import streamlit as st

from pso_core.domain.people import Person
from pso_core.domain.permissions import may
from pso_core.steps import STEP_OF_KIND, STEPS
from pso_core.steps.standing import Standing
from pso_core.text.phrases import Phrases

ROOT = Path(__file__).resolve().parents[2] / "pages"
_NUMBERED = re.compile(r"^step_\d_")
ARCS = {"measure": (1, 2, 3, 4, 5), "assess": (6,), "upgrade": (7, 8), "certify": (9,)}
MARKS = {"empty": "○", "started": "◐", "complete": "●"}
SIGN_MARKS = {"draft": "–", "submitted": "▷", "endorsed": "▶", "approved": "✓", "returned": "↩", "broken": "▲"}


def step_file(key: str) -> Path:
    number = next((step.number for step in STEPS if step.key == key), None)
    return ROOT / (f"step_{number}_{key}.py" if number else f"{key}.py")


def place_file(place: str) -> Path:
    """The page where a gap's place is edited."""
    kind, _, rest = place.partition(":")
    if kind == "step":
        return step_file(rest)
    if kind in STEP_OF_KIND:
        return step_file(STEP_OF_KIND[kind].key)
    return {"people": ROOT / "people.py", "criterion": step_file("indicators")}[kind]


def marks_of(standing: Standing) -> str:
    """How far a step is and, once it was submitted, where its sign-off stands."""
    return MARKS[standing.state] if standing.signed == "draft" else f"{MARKS[standing.state]} {SIGN_MARKS[standing.signed]}"


def sections(say: Phrases, person: Person, marks: dict[str, str], left: Mapping[str, str] = MappingProxyType({})) -> dict[str, list]:
    """The sidebar: {heading: pages}. `marks` gives each step its marks (see `marks_of`), `left` says how long some of them have, or how late they are."""
    menu = {"": [_page("home.py", say("app.home"), default=True), *_own_pages(say), _page("profile.py", _marked(say, "profile", marks))]}
    for arc, numbers in ARCS.items():
        steps = [step for step in STEPS if step.number in numbers]
        menu[say(f"steps.arc.{arc}")] = [_page(step_file(step.key).name, _marked(say, step.key, marks, step.number) + left.get(step.key, "")) for step in steps]
    menu[say("app.track")] = [_page(f"{key}.py", _marked(say, key, marks)) for key in ("schedule", "evidence", "meetings")]
    menu[say("app.office")] = list(_office_pages(say, person))
    return menu


def plain_title(say: Phrases, page: Any) -> str:
    """What a page is called, without the marks and the days left that it has in the menu."""
    name = f"steps.{_NUMBERED.sub('', page.url_path)}.short"
    return say(name) if say.has(name) else page.title


def headings(menu: dict[str, list]) -> str:
    """A style that sets each heading above its first page: Streamlit's own sections put their pages into no list,
    so that whoever hears the menu is not told how long it is, and fold away at a click but at no key."""
    rule = '[data-testid="stSidebarNavItems"] > li:has(a[href$="/{}"])::before {{ content: {} }}'
    firsts = ((pages[0].url_path, heading) for heading, pages in menu.items() if heading)
    return "<style>" + "\n".join(rule.format(path, json.dumps(heading, ensure_ascii=False)) for path, heading in firsts) + "</style>"


def _own_pages(say: Phrases) -> Iterator:
    yield _page("monday.py", say("page_monday.title"))
    yield _page("my_work.py", say("page_my_work.title"))


def _office_pages(say: Phrases, person: Person) -> Iterator:
    yield _page("projects.py", say("app.projects"))
    yield _page("people.py", say("app.people"))
    yield _page("snapshots.py", say("app.snapshots"))
    if may(person.role, "backup"):
        yield _page("settings.py", say("app.settings"))


def _marked(say: Phrases, key: str, marks: dict[str, str], number: int | None = None) -> str:
    name = say(f"steps.{key}.short")
    mark = marks.get(key, MARKS["empty"])
    return f"{mark} {number} {name}" if number else f"{mark} {name}"


def _page(file: str, title: str, default: bool = False):
    return st.Page(ROOT / file, title=title, url_path=None if default else Path(file).stem, default=default)
