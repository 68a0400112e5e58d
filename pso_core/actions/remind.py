"""Today's digest for a command, printed and on request sent, wherever the database is open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from pso_core.actions.mail import Trouble, last_trouble, mail_server
from pso_core.actions.postman import Posted, Postman, still_to_go
from pso_core.actions.reminders import report
from pso_core.errors import PsoError
from pso_core.office import Office
from pso_core.steps.naming import Told, person_name, refusal_sentence
from pso_core.text.phrases import Phrases
from pso_core.text.thaidate import say_moment


def remind(office: Office, say: Phrases, project: str | None = None, send: bool = False) -> tuple[list[str], dict[str, Any]]:
    """Lines and data of today's digest of one project or all. `send`: also every mail that is due now; its "faults" are sentences
    about what did not go, "waiting" whose mail was not even tried.

    Refuses mail_unset, and as `report` does; then nothing is sent.
    """
    if send and mail_server(office) is None:
        raise PsoError("mail_unset")
    lines, data = report(office, say, project)
    if not send:
        return lines, data | {"sent": None, "waiting": [], "faults": []}
    told = Told(say, people=office.store.people.all())
    posted = Postman(office).round()
    waiting = [one for one in still_to_go(office) if one not in {mail.person_id for mail in posted}]
    trouble = last_trouble(office)
    if any(one.reason for one in posted) or (trouble and trouble.person_id not in waiting):  # said already, or why somebody else's did not go
        trouble = None
    faults = [*_not_sent(told, posted), *_not_tried(told, waiting, trouble)]
    sent = say("reminders.posted.head", count=sum(one.state == "sent" for one in posted))
    return [*lines, "", sent], data | {"sent": [_as_data(told, one) for one in posted], "waiting": waiting, "faults": faults}


def _not_sent(told: Told, posted: Iterable[Posted]) -> Iterator[str]:
    for one in posted:
        if one.reason:
            facts = {"person": person_name(told, one.person_id), "reason": refusal_sentence(told, one.reason)}
            yield told.say(f"reminders.posted.{one.state}", **facts)


def _not_tried(told: Told, waiting: Sequence[str], trouble: Trouble | None) -> Iterator[str]:
    """`trouble`: for what they wait, where nothing else says it."""
    if not waiting:
        return
    yield told.say("reminders.posted.not_tried", count=len(waiting), people=", ".join(person_name(told, one) for one in waiting))
    if trouble:
        yield trouble_sentence(told, trouble)


def trouble_sentence(told: Told, trouble: Trouble) -> str:
    facts = {"when": say_moment(trouble.at, told.say), "person": person_name(told, trouble.person_id)}
    return told.say("reminders.server.trouble", **facts, reason=refusal_sentence(told, trouble.reason))


def _as_data(told: Told, posted: Posted) -> dict[str, Any]:
    sentence = refusal_sentence(told, posted.reason) if posted.reason else ""
    return {"person_id": posted.person_id, "day": posted.day.isoformat(), "state": posted.state, "code": posted.code, "sentence": sentence}
