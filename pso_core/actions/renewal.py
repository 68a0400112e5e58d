"""The renewal of a certificate, planned from what the log and the rows of its project say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from pso_core.actions.holidays import workdays
from pso_core.actions.rows import standard_of
from pso_core.actions.schedule import template
from pso_core.actions.schedule_reading import actuals
from pso_core.domain.calendar import day_of
from pso_core.domain.renewal import Length, Renewal, lengths, renewal, waited
from pso_core.domain.rows import ProjectState
from pso_core.domain.schedule import Actual
from pso_core.domain.workdays import Workdays
from pso_core.office import Office
from pso_core.steps.certification import certified_by
from pso_core.steps.schedule import LONGEST, phases_of

REQUESTED = "certification"  # the step that is done, for the schedule, when the request is sent


def renewal_of(office: Office, state: ProjectState, found: Mapping[str, Actual] | None = None) -> Renewal | None:
    """When the next cycle must begin; None without a certificate. `found`: as `schedule_reading.actuals` gives it."""
    certificate = state.only("certificate")
    if certificate is None:
        return None
    calendar, usual, planned = workdays(office), template(standard_of(state)), phases_of(state)
    found = _until_the_request(state, actuals(office, state.project_id, state) if found is None else found)
    taking = lengths(usual, planned, found, calendar, LONGEST)
    return renewal(usual, planned, taking, _decision(state, calendar), day_of(certificate["valid_to"]), calendar, office.today())


def frame_of(plan: Renewal, today: date) -> dict[str, Any]:
    """The schedule row of the next cycle: back from the day on which the certificate ends. Once it is too late for that, from
    today on, still held against that day while it is to come."""
    held = {"decision_days": plan.decision.days, "target_of": "certificate"}
    expires = plan.expires.isoformat() if plan.expires >= today else None
    if not plan.passed:
        return {"direction": "to_target", "start": None, "target": expires, **held}
    return {"direction": "from_start", "start": today.isoformat(), "target": expires, **held}


def _until_the_request(state: ProjectState, found: Mapping[str, Actual]) -> dict[str, Actual]:
    """The last step ends for the schedule with the request: what comes after it is waiting for the decision, counted apart."""
    request, last = state.only("request"), found.get(REQUESTED, Actual())
    sent = day_of(request["sent_on"]) if request else None
    return {**found, REQUESTED: replace(last, finished=sent or last.finished)}


def _decision(state: ProjectState, calendar: Workdays) -> Length:
    request, frame, decided = state.only("request"), state.only("schedule"), certified_by(state)
    asked, granted = day_of(request["sent_on"]) if request else None, day_of(decided["decided_on"]) if decided else None
    return waited(asked, granted, frame["decision_days"] if frame else None, standard_of(state).decision_days, calendar, LONGEST)
