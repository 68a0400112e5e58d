"""When a person wants their mail, and how long to wait when it could not be sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from pso_core.text.thaidate import BANGKOK

RHYTHMS = ("never", "daily", "weekly")
CATCH_UP = timedelta(3)  # a weekly mail still goes this long after its hour, when the program was not running then
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Choice:
    """Where and when a person wants mail. `weekday`: 0 is Monday; `hour` is in Thailand. `refused`: the server's number for
    an address that it will not take, 0 when nothing is known against it."""

    person_id: str
    address: str
    rhythm: str
    weekday: int
    hour: int
    language: str
    chosen_at: datetime
    refused: int = 0


def wanted_at(choice: Choice, now: datetime) -> datetime | None:
    """The newest moment, in Thailand, at which this choice asked for a mail that may still go; none before the choice was made."""
    if choice.rhythm == "never":
        return None
    local = now.astimezone(BANGKOK)
    moment = local.replace(hour=choice.hour, minute=0, second=0, microsecond=0)
    if choice.rhythm == "weekly":
        moment -= timedelta((local.weekday() - choice.weekday) % 7)
        moment -= timedelta(7 if moment > local else 0)
    fits = moment <= local <= moment + CATCH_UP and moment >= choice.chosen_at
    return moment if fits else None


def still_waiting(until: datetime | None, now: datetime) -> bool:
    """Whether a pause is not over. One that would be longer than any was set while the clock was wrong."""
    return until is not None and timedelta(0) < until - now <= LONGEST_WAIT


def wait_after(attempts: int) -> timedelta:
    """The pause after so many attempts (at least 1) in vain: doubling, at most an hour."""
    return min(FIRST_WAIT * 2 ** min(attempts - 1, 10), LONGEST_WAIT)
