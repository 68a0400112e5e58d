"""Days that were chosen for something and on which nobody works: said where they are typed and where they are listed. They stand all the same."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from pso_core.actions.schedule_reading import due_on_days_off, target_on_day_off
from pso_core.domain.calendar import day_of
from pso_core.domain.progress import due_of
from pso_core.domain.rows import Row
from pso_core.errors import PsoError
from pso_core.steps.review import beginning
from pso_core.text.thaidate import read_date
from pso_core.ui import reports, show
from pso_core.ui.desk import Desk
from pso_core.ui.form import FormRow
from pso_core.ui.naming import row_name
from pso_core.ui.schedule_words import say_warnings

FEW = 5  # sentences; of a long plan the rest is one tap away


def below(desk: Desk, row: FormRow, name: str) -> None:
    """Below the field of this day, as it is typed."""
    what = beginning(row.value("name") or "") or desk.say(f"fields.{row.kind}.one")
    if day := _read(row.value(name)):
        say_warnings(desk, due_on_days_off(desk.office, [(what, day)]))


def below_target(desk: Desk, typed: Any) -> None:
    """With the working day that counts for it."""
    if day := _read(typed):
        say_warnings(desk, target_on_day_off(desk.office, day))


def activities(desk: Desk) -> None:
    """Of the plan, but those that are done."""
    rows = (one.activity for one in reports.paces(desk) if one.state != "done")
    _listed(desk, ((row, day) for row in rows if (day := due_of(row))), "activity")


def milestones(desk: Desk) -> None:
    """Those still to come."""
    _listed(desk, ((row, day) for row in desk.state.of("milestone") if (day := day_of(row["day"])) >= desk.today), "milestone")


def _listed(desk: Desk, due: Iterable[tuple[Row, date]], kind: str) -> None:
    """The earliest first."""
    found = due_on_days_off(desk.office, [(row_name(row, desk), day) for row, day in sorted(due, key=lambda pair: pair[1])])
    show.folding(desk, found, FEW, lambda some: say_warnings(desk, some), key=f"days_off/{kind}")


def _read(typed: Any) -> date | None:
    """The day typed or stored; nothing while it cannot be read, which its field says."""
    try:
        return read_date(typed) if typed else None
    except PsoError:
        return None
