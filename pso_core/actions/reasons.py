"""Why something was done: typed by a person, kept with the change."""

from __future__ import annotations

from pso_core.errors import PsoError
from pso_core.steps.values import clean

LONGEST = 1_000


def given_reason(text: str) -> str:
    """The reason, cleaned. Refuses reason_missing, reason_long (length, limit)."""
    reason = clean(text)
    if not reason:
        raise PsoError("reason_missing")
    if len(reason) > LONGEST:
        raise PsoError("reason_long", length=len(reason), limit=LONGEST)
    return reason


def reason_if_any(text: str) -> str:
    """The same where a reason may be left out: "" for none. Refuses reason_long."""
    return given_reason(text) if clean(text) else ""
