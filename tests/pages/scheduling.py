"""A schedule for tests of pages: planned, approved, signed off, and its fields on the page."""

from __future__ import annotations

from datetime import date
from typing import Any

from streamlit.testing.v1 import AppTest

from pso_core.actions.schedule import approve_schedule, draft_schedule
from pso_core.office import Office
from pso_core.steps import KINDS
from pso_core.steps.schedule import phases_of
from pso_core.steps.values import empty as blank
from pso_core.store import Write
from pso_core.text.phrases import phrases
from pso_core.ui.plain import as_html
from tests.building import person
from tests.pages.conftest import shown

TH = phrases("th")
PAGE = "schedule"
SAVE_PHASE = TH("app.save_one", kind=TH("fields.phase.one"))
REASON = TH("page_schedule.reason")


def now(office: Office, project: str) -> int:
    return office.store.state(project).seq


def plan(office: Office, project: str, start: str = "1/12/2569", **more: Any) -> None:
    draft_schedule(office, person("facilitator"), project, {"direction": "from_start", "start": start, **more}, now(office, project))


def approve(office: Office, project: str) -> None:
    approve_schedule(office, person("head"), project, now(office, project))


def sign(office: Office, project: str, step: str, when: str = "2026-11-20T03:00:00Z") -> None:
    """As the record stands once the step is approved, whatever it lacks."""
    body = {**blank(KINDS["sign_off"]), "step": step, "state": "approved", "approved_by": "p-head", "approved_at": when}
    office.store.commit(project, [Write(f"sign_off:{step}", "sign_off", 0, body)], person_id="p-head", action="approve")


def dates(office: Office, project: str) -> dict[str, tuple[date, date]]:
    return {phase.step: (phase.start, phase.due) for phase in phases_of(office.store.state(project))}


def box(at: AppTest, label: str):
    """The text field with this label."""
    return next(one for kind in (at.text_input, at.text_area) for one in kind if one.label.replace("\\", "") == label)


def fill(at: AppTest, **typed: str) -> AppTest:
    for name, value in typed.items():
        box(at, TH(f"fields.phase.{name}.label")).set_value(str(value)).run()
    return at


def drawer(visit, step: str, **who: str) -> AppTest:
    """The page with this phase open."""
    at = visit(PAGE, **who)
    at.query_params["at"] = f"phase:{step}"
    return at.run()


def has(at: AppTest, sentence: str) -> bool:
    return as_html(sentence) in shown(at)


def buttons(at: AppTest) -> list[str]:
    return [button.label for button in at.button if not button.disabled]


def activity_drawer(visit, activity: str, **who: str) -> AppTest:
    at = visit("step_7_plan", **who)
    at.query_params["at"] = activity
    return at.run()
