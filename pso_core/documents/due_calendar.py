"""Due days as a calendar (RFC 5545) that Google, Outlook and Apple read: the same state gives the same bytes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from icalendar import Alarm, Calendar, Event

from pso_core.documents.clean import clean
from pso_core.domain.calendar import days_left
from pso_core.domain.owed import Owed
from pso_core.steps.naming import Told, person_name
from pso_core.steps.owing import owed_name
from pso_core.text.thaidate import say_date, say_days_left

DAY = timedelta(1)
WARNED_BEFORE = timedelta(7) - timedelta(hours=9)  # seven days, at nine in the morning: the day itself begins at midnight
ASKED_AGAIN_AFTER = timedelta(hours=6)  # a wish; each calendar program has a rhythm of its own
MAKER = "-//Nine Steps//Due days//TH"


@dataclass(frozen=True)
class Entry:
    """A due day of one project, and when its row was last changed."""

    owed: Owed
    project: str
    changed_at: datetime


def due_calendar(told: Told, entries: Iterable[Entry]) -> bytes:
    """One whole-day event for each entry, with an alarm on the morning a week before. Entries without a day are left out."""
    calendar = Calendar()
    for name, value in _head(told):
        calendar.add(name, value)
    calendar.add("refresh-interval", ASKED_AGAIN_AFTER, parameters={"VALUE": "DURATION"})
    dated = [entry for entry in entries if entry.owed.due is not None]
    for entry in sorted(dated, key=lambda entry: (entry.owed.due, _uid(entry.owed))):
        calendar.add_component(_event(told, entry))
    return calendar.to_ical()


def _head(told: Told) -> Sequence[tuple[str, object]]:
    name = told.say("reminders.calendar.name")
    return (
        ("prodid", MAKER), ("version", "2.0"), ("calscale", "GREGORIAN"), ("method", "PUBLISH"), ("name", name), ("x-wr-calname", name),
        ("x-wr-timezone", "Asia/Bangkok"), ("x-published-ttl", "PT6H"),
    )  # fmt: skip


def _event(told: Told, entry: Entry) -> Event:
    owed, event = entry.owed, Event()
    summary = clean(_summary(told, owed))
    event.add("uid", _uid(owed))
    event.add("sequence", owed.revision)
    event.add("dtstamp", entry.changed_at)
    event.add("dtstart", owed.due)
    event.add("dtend", owed.due + DAY)
    event.add("summary", summary)
    event.add("description", clean("\n".join(_about(told, entry))))
    event.add("transp", "TRANSPARENT")  # a due day keeps nobody from meeting others
    event.add_component(_alarm(summary))
    return event


def _summary(told: Told, owed: Owed) -> str:
    word = owed.kind if not owed.months else "certificate_in_one" if owed.months == 1 else "certificate_in"
    return told.say(f"reminders.calendar.{word}", what=owed_name(told, owed), months=owed.months)


def _alarm(summary: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", -WARNED_BEFORE)
    alarm.add("description", summary)
    return alarm


def _about(told: Told, entry: Entry) -> Iterable[str]:
    owed = entry.owed
    yield entry.project
    if owed.name:
        yield owed.name
    if owed.owner:
        yield told.say("reminders.calendar.owner", person=person_name(told, owed.owner))
    elif owed.kind == "phase":
        yield told.say("reminders.no_owner")
    if owed.expires and owed.expires != owed.due:
        left = say_days_left(days_left(owed.expires, owed.due), told.say)
        yield told.say("reminders.calendar.expires", day=say_date(owed.expires, told.say, "long"), left=left)
    else:
        yield told.say("reminders.calendar.day", day=say_date(owed.due, told.say, "long"))


def _uid(owed: Owed) -> str:
    """Stays the same for as long as the row is there."""
    return f"{owed.project_id}/{owed.entity_id}@nine-steps"
