"""A calendar of one's due days at a secret address, which a person's own programs read without signing in."""

from __future__ import annotations

import math
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from pso_core.actions.reminders import mornings
from pso_core.domain import owed
from pso_core.domain.expiry import reminder_days
from pso_core.domain.guessing import FORGOTTEN_AFTER, FREE_PER_ADDRESS, wait_after
from pso_core.domain.owed import Morning, Owed
from pso_core.domain.people import Person
from pso_core.domain.permissions import may
from pso_core.errors import NotAllowed, NotFound, PsoError
from pso_core.office import Office
from pso_core.steps.naming import project_name
from pso_core.store.calendar_addresses import CalendarAddress
from pso_core.text.phrases import LANGUAGES


@dataclass(frozen=True)
class DueDay:
    """Something with a due day, the project's name where it has one, and when its row was last changed."""

    owed: Owed
    project: str | None
    changed_at: datetime


def make_calendar_address(office: Office, actor: Person, language: str = LANGUAGES[0]) -> str:
    """The secret of a new address; it cannot be told again. The former address stops. Refuses not_allowed."""
    if not may(actor.role, "view"):
        raise NotAllowed("not_allowed", role=actor.role, verb="view")
    secret = secrets.token_urlsafe(32)
    office.store.calendar_addresses.make(secret, actor.id, language, office.clock())
    return secret


def revoke_calendar_address(office: Office, actor: Person) -> None:
    """The person's address stops at once; without one nothing happens."""
    office.store.calendar_addresses.revoke(actor.id, office.clock())


def calendar_made_at(office: Office, person: Person) -> datetime | None:
    """When the person's address was made; None without one."""
    return office.store.calendar_addresses.made_at(person.id)


def open_calendar(office: Office, secret: str, address: str) -> CalendarAddress:
    """Whose calendar this is. Refuses calendar_not_found, calendar_wait (seconds) after too many wrong ones from this address.

    Every answer costs the same work. Only a secret that never was one counts as a guess: a program that goes on asking
    for a revoked one must not keep out the others of its office, who share its network address.
    """
    about = f"calendar:{address}"
    wait = office.store.sign_in_failures.attempt(
        [about], office.clock(), forgotten_after=FORGOTTEN_AFTER, wait_after=lambda _, failures: wait_after(failures, FREE_PER_ADDRESS)
    )
    if wait:
        raise PsoError("calendar_wait", seconds=math.ceil(wait / timedelta(seconds=1)))
    found = office.store.calendar_addresses.find(secret)
    office.store.sign_in_failures.forgive("", about if found else "")
    if found is None or not found.open:
        raise NotFound("calendar_not_found")
    return found


def due_days(office: Office, person: Person) -> Iterator[DueDay]:
    """What the person owes, the reminders of a certificate that they renew, every phase that is not approved and every milestone,
    over all projects."""
    for morning in mornings(office):
        found = _due_days(morning, person)
        times = office.store.times(morning.state.project_id, {one.seq for one in found})
        yield from (DueDay(one, project_name(morning.state), times[one.seq]) for one in found)


def _due_days(morning: Morning, person: Person) -> list[Owed]:
    own = (*owed.activities(morning), *owed.findings(morning), *owed.worksheets(morning), *reminder_days(morning))
    everybodys = (*owed.phases(morning), *owed.milestones(morning))
    return [one for one in (*everybodys, *(one for one in own if one.owner == person.id)) if one.due is not None]
