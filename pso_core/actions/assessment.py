"""Rounds of assessment: opened, closed when the meeting has decided, opened again only with a reason."""

from __future__ import annotations

from pso_core.actions.reasons import given_reason
from pso_core.actions.rows import Edit, Saved, save_rows
from pso_core.domain.people import Person
from pso_core.domain.rows import Row
from pso_core.office import Office


def open_round(office: Office, actor: Person, project_id: str, name: str, seen: int) -> Saved:
    """A new round from today. Rounds still open are closed with it: people score in one round at a time.

    Refuses a name that is missing or taken (Mistakes), not_allowed.
    """
    rounds = office.store.state(project_id).of("round")
    today = office.today().isoformat()
    position = max((row["position"] or 0 for row in rounds), default=0) + 1
    opened = Edit("round", None, {"name": name, "opened_on": today, "position": position})
    closed = [Edit("round", row.id, {"closed_on": today}) for row in rounds if is_open(row)]
    return save_rows(office, actor, project_id, [opened, *closed], seen, action="open_round")


def close_round(office: Office, actor: Person, project_id: str, round_id: str, seen: int) -> Saved:
    """The round's scores stay as they are from today. Refuses not_allowed, closed_before_opened (Mistakes)."""
    edit = Edit("round", round_id, {"closed_on": office.today().isoformat()})
    return save_rows(office, actor, project_id, [edit], seen, action="close_round")


def reopen_round(office: Office, actor: Person, project_id: str, round_id: str, seen: int, reason: str) -> Saved:
    """A closed round may be scored again; the reason stays in the history.

    Refuses reason_missing, reason_long, another_round_open (Mistakes), not_allowed.
    """
    edit = Edit("round", round_id, {"closed_on": None})
    return save_rows(office, actor, project_id, [edit], seen, given_reason(reason), action="reopen_round")


def is_open(round_: Row) -> bool:
    return round_["closed_on"] is None
