"""The end of a certificate: who is reminded of it, twelve, six, three and one month before, and after it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from pso_core.domain.calendar import day_of, months_before
from pso_core.domain.rows import Row

if TYPE_CHECKING:
    from pso_core.domain.owed import Morning, Owed

REMINDED_BEFORE = (12, 6, 3, 1)  # months before the last valid day
RENEWED_BY = ("head", "facilitator")
NEW_FOR = timedelta(14)  # each reminder is new for so long: whoever has mail once a week gets it too


def stage(expires: date, today: date) -> tuple[int, date] | None:
    """(months of the reminder that the day has come to, the day on which it began); (0, the day after the last) once it is
    over, None while it is more than twelve months away."""
    if today > expires:
        return 0, expires + timedelta(1)
    begun = ((months, months_before(expires, months)) for months in reversed(REMINDED_BEFORE))
    return next(((months, day) for months, day in begun if day <= today), None)


def expiring(morning: Morning) -> Iterator[Owed]:
    """The project's certificate once a reminder has come, nobody's by itself; nothing when a later cycle has renewed it."""
    row = _certificate(morning)
    found = row and stage(day_of(row["valid_to"]), morning.today)
    if found:
        yield _owed(morning, row, day_of(row["valid_to"]), *found)


def certificates(morning: Morning) -> Iterator[Owed]:
    """The same once for everybody who sees to it that it is renewed."""
    for one in expiring(morning):
        yield from (replace(one, owner=person_id) for person_id in morning.active(*RENEWED_BY))


def reminder_days(morning: Morning) -> Iterator[Owed]:
    """For a calendar, for everybody who renews it: each day of a reminder (`due`), and last the certificate's last day (`months` 0)."""
    if row := _certificate(morning):
        expires = day_of(row["valid_to"])
        for person_id in morning.active(*RENEWED_BY):
            for months in REMINDED_BEFORE:
                day = months_before(expires, months)
                yield replace(_owed(morning, row, day, months, day), owner=person_id, entity_id=f"{row.id}/{months}")
            yield replace(_owed(morning, row, expires, 0, expires), owner=person_id)


def is_new(one: Owed, today: date) -> bool:
    """Whether the reminder that a certificate has come to began lately; always once it is over or less than a month is left."""
    return one.months is not None and (one.months <= REMINDED_BEFORE[-1] or today < one.reminded_on + NEW_FOR)


def _certificate(morning: Morning) -> Row | None:
    row = morning.state.only("certificate")
    return row if row and row["valid_to"] and not morning.renewed else None


def _owed(morning: Morning, row: Row, due: date, months: int, since: date) -> Owed:
    dated = Row(row.id, row.kind, row.revision, row.seq, {"due": due.isoformat()})
    one = morning.owed("certificate", "certification", dated, name=row["number"] or "")
    return replace(one, months=months, reminded_on=since, expires=day_of(row["valid_to"]))
