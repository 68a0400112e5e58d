"""How what people owe reads: what it is called and how far its day is."""

from __future__ import annotations

from pso_core.domain.owed import Owed
from pso_core.steps.columns import STEP_KEYS
from pso_core.steps.naming import Reader
from pso_core.text.lines import one_line
from pso_core.text.thaidate import say_date, say_working_days_left


def owed_name(reader: Reader, one: Owed) -> str:
    """What is owed, on one line: a step by its number and name, anything else by what people called it."""
    word = _certificate_word(one) if one.kind == "certificate" else one.kind
    return reader.say(f"reminders.item.{word}", name=one_line(one.name), **step_facts(reader, one.step))


def _certificate_word(one: Owed) -> str:
    """Whether it has expired: a day of a reminder that is over is not yet the end of the certificate."""
    if one.overdue and not one.months:
        return "certificate_ended_numbered" if one.name else "certificate_ended"
    return "certificate_numbered" if one.name else "certificate"


def step_name(reader: Reader, step: str) -> str:
    """The step's number and name; the schedule has none."""
    return reader.say("reminders.item.phase", **step_facts(reader, step)) if step in STEP_KEYS else ""


def step_facts(reader: Reader, step: str) -> dict[str, object]:
    if step not in STEP_KEYS:
        return {"number": "", "step": ""}
    return {"number": STEP_KEYS.index(step) + 1, "step": reader.say(f"steps.{step}.short")}


def left_text(reader: Reader, one: Owed) -> str:
    """How much is left and until when."""
    return " ".join(left_pieces(reader, one))


def left_pieces(reader: Reader, one: Owed) -> tuple[str, ...]:
    """How much is left, then until when unless there is no day."""
    if one.due is None:
        return (reader.say("reminders.no_day"),)
    return _left(reader, one), reader.say("reminders.until", day=say_date(one.due, reader.say))


def _left(reader: Reader, one: Owed) -> str:
    """The working days, of a certificate the months while there are several; overdue over a weekend is no working day late yet."""
    if one.months and one.months > 1:
        return reader.say("reminders.left_months", months=one.months)
    if one.overdue and one.days == 0:
        return reader.say("reminders.just_over")
    return say_working_days_left(one.days, reader.say, one.on_days_off)
