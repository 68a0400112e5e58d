"""Schedules for tests: an office of a module's own, schedules typed as people type, refused with nothing written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest

from pso_core.actions.rows import Saved
from pso_core.actions.schedule import approve_schedule, draft_schedule, move_phase
from pso_core.domain.people import Person
from pso_core.errors import Mistakes, PsoError
from pso_core.office import Office
from pso_core.steps.naming import Told, mistake_sentence, refusal_sentence
from pso_core.steps.schedule import phases_of
from pso_core.text.phrases import LANGUAGES, phrases
from tests.building import an_empty_project, an_office, contents, person

FACILITATOR, HEAD = person("facilitator"), person("head")
FORWARD = {"direction": "from_start", "start": "6 ต.ค. 2568"}  # a Monday
BACK = {"direction": "to_target", "target": "6 ส.ค. 2569", "target_of": "submission"}
VISION, LAST = (date(2025, 10, 6), date(2025, 10, 10)), (date(2026, 7, 7), date(2026, 8, 6))  # counted by hand in tests/domain


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with an_office(tmp_path_factory.mktemp("office") / "nine.duckdb") as opened:
        yield opened


@pytest.fixture
def bare(office: Office) -> str:
    """A project without a schedule."""
    return an_empty_project(office)


@pytest.fixture
def project(office: Office, bare: str) -> str:
    """A project planned from 6 October 2568."""
    draft(office, bare)
    return bare


def seen(office: Office, project: str) -> int:
    return office.store.state(project).seq


def draft(office: Office, project: str, frame: dict[str, Any] = FORWARD, by: Person = FACILITATOR, reason: str = "") -> Saved:
    return draft_schedule(office, by, project, frame, seen(office, project), reason)


def move(office: Office, project: str, step: str, *, by: Person = FACILITATOR, reason: str = "", at: int | None = None, **typed: Any) -> Saved:
    """Typed by somebody who looks at the project as it is, or as it was after change `at`."""
    return move_phase(office, by, project, step, typed, seen(office, project) if at is None else at, reason)


def approve(office: Office, project: str, by: Person = HEAD, note: str = "") -> Saved:
    return approve_schedule(office, by, project, seen(office, project), note)


def dates(office: Office, project: str) -> dict[str, tuple[date, date]]:
    return {phase.step: (phase.start, phase.due) for phase in phases_of(office.store.state(project))}


def refused(office: Office, project: str, attempt: Callable[[], Any]) -> PsoError:
    """The refusal, after a look that it can be said in both languages and that nothing was written."""
    before = contents(office.store, project)
    with pytest.raises(PsoError) as refusal:
        attempt()
    assert contents(office.store, project) == before
    for language in LANGUAGES:
        reader = Told(phrases(language))
        assert refusal_sentence(reader, refusal.value).isprintable()
        assert all(mistake_sentence(reader, problem).isprintable() for problem in getattr(refusal.value, "problems", ()))
    return refusal.value


def mistakes(office: Office, project: str, attempt: Callable[[], Any]) -> list[tuple[str, tuple]]:
    """(code, path) of each mistake for which it is refused."""
    refusal = refused(office, project, attempt)
    assert isinstance(refusal, Mistakes), refusal
    return [(problem.code, problem.path) for problem in refusal.problems]
