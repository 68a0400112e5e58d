"""A calendar of one's due days at a secret address, which a person's own programs read without signing in."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from pso_core.actions.reminders import mornings
from pso_core.actions.secret_addresses import guessed
from pso_core.domain import owed
from pso_core.domain.expiry import reminder_days
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
    """Whose calendar this is. Refuses calendar_not_found, calendar_wait (seconds) after too many wrong ones from this address."""
    find = partial(office.store.calendar_addresses.find, secret)
    found = guessed(office, f"calendar:{address}", find, lambda seconds: PsoError("calendar_wait", seconds=seconds))
    if found is None or not found.open:
        raise NotFound("calendar_not_found")
    return found


def due_days(office: Office, person: Person) -> Iterator[DueDay]:
    """What the person owes as My work and mail tell it, the days of the reminders of a certificate that they renew, and every
    milestone, over all projects."""
    for morning in mornings(office):
        found = _due_days(morning, person)
        times = office.store.times(morning.state.project_id, {one.seq for one in found})
        yield from (DueDay(one, project_name(morning.state), times[one.seq]) for one in found)


def _due_days(morning: Morning, person: Person) -> list[Owed]:
    own = [one for one in owed.owed_by(morning, person.id) if one.kind != "certificate"]
    reminders = [one for one in reminder_days(morning) if one.owner == person.id]
    return [one for one in (*own, *reminders, *owed.milestones(morning)) if one.due is not None]
