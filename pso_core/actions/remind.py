"""Today's digest for a command, printed and on request sent, wherever the database is open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from pso_core.actions.mail import mail_server
from pso_core.actions.postman import Posted, Postman
from pso_core.actions.reminders import report
from pso_core.errors import PsoError
from pso_core.office import Office
from pso_core.steps.naming import Told, person_name
from pso_core.text.phrases import Phrases


def remind(office: Office, say: Phrases, project: str | None = None, send: bool = False) -> tuple[list[str], dict[str, Any]]:
    """Lines and data of today's digest of one project or all. `send`: also every mail that is due now.

    Refuses mail_unset, and as `report` does; then nothing is sent.
    """
    if send and mail_server(office) is None:
        raise PsoError("mail_unset")
    lines, data = report(office, say, project)
    posted = Postman(office).round() if send else None
    data["sent"] = None if posted is None else [_as_data(one) for one in posted]
    return [*lines, *_sent_lines(office, say, posted)], data


def _sent_lines(office: Office, say: Phrases, posted: Iterable[Posted] | None) -> Iterator[str]:
    if posted is None:
        return
    told = Told(say, people=office.store.people.all())
    yield ""
    yield say("reminders.posted.head", count=sum(one.state == "sent" for one in posted))
    for one in posted:
        if one.state not in ("sent", "nothing"):
            yield say(f"reminders.posted.{one.state}", person=person_name(told, one.person_id))


def _as_data(posted: Posted) -> dict[str, Any]:
    return {"person_id": posted.person_id, "day": posted.day.isoformat(), "state": posted.state, "code": posted.code}
