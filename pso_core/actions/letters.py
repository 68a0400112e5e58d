"""The mail itself: what one person should look at today, in plain text, addressed and dated."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from hashlib import sha256

from pso_core.actions.mail import MailServer
from pso_core.actions.reminder_text import item_line
from pso_core.actions.reminders import Share, escalated_to, escalation, shares_of
from pso_core.domain.owed import Owed, pressing
from pso_core.domain.people import Person
from pso_core.domain.rhythm import Choice
from pso_core.office import Office
from pso_core.steps.naming import person_name
from pso_core.text.lines import one_line
from pso_core.text.phrases import Phrases, phrases
from pso_core.text.thaidate import BANGKOK, say_date

OWN_WORK = "my_work"  # the page where one sees what one owes
Found = list[tuple[Share, Owed]]


def digest_letter(office: Office, server: MailServer, person: Person, choice: Choice, day: date) -> EmailMessage | None:
    """The person's digest of the day; None when there is nothing that they should look at."""
    say, today = phrases(choice.language), office.today()
    own = [(share, one) for share in shares_of(office, person, say) for one in pressing(share.items, today)]
    others = [(share, one) for share in escalated_to(office, person, say) for one in share.items]
    if not own and not others:
        return None
    parts = {
        "overdue": [pair for pair in own if pair[1].overdue],
        "decide": [pair for pair in own if pair[1].kind == "sign_off" and not pair[1].overdue],
        "expiring": [pair for pair in own if pair[1].kind == "certificate" and not pair[1].overdue],
        "soon": [pair for pair in own if pair[1].kind not in ("sign_off", "certificate") and not pair[1].overdue],
        "escalated": others,
    }
    projects = {share.project for found in parts.values() for share, _ in found}
    project = one_line(projects.pop()) if len(projects) == 1 else ""
    counts = [say(f"reminders.mail.count.{part}", count=len(found)) for part, found in parts.items() if found]
    subject = say("reminders.mail.subject", counts=" · ".join([*counts, *filter(None, [project])]), day=say_date(today, say))
    body = "\n".join(_body(office, server, say, person, parts, project))
    return letter(server, say, choice.address, subject, body, office.clock(), f"{person.id}/{day.isoformat()}")


def trial_letter(office: Office, server: MailServer, say: Phrases, to: str) -> EmailMessage:
    """What an administrator sends to see whether the server takes it."""
    now = office.clock()
    return letter(server, say, to, say("reminders.mail.test_subject"), say("reminders.mail.test_body"), now, f"test/{now.isoformat()}")


def letter(server: MailServer, say: Phrases, to: str, subject: str, body: str, now: datetime, about: str) -> EmailMessage:
    """`about` makes the message's id: the same mail, should it ever come twice, is known by it."""
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(say("app.name"), addr_spec=server.sender)
    message["To"] = Address(addr_spec=to)
    message["Subject"] = subject
    message["Date"] = format_datetime(now.astimezone(BANGKOK))
    message["Message-ID"] = f"<{sha256(about.encode()).hexdigest()[:32]}@{server.sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(body + "\n", charset="utf-8", cte="base64")
    return message


def _body(office: Office, server: MailServer, say: Phrases, person: Person, parts: dict[str, Found], project: str) -> Iterator[str]:
    """`project`: the only one there is something to tell of; of several each line names its own."""
    yield say("reminders.mail.greeting", name=person.name or person.login)
    if project:
        yield from ("", project)
    for part, found in parts.items():
        if found:
            yield ""
            yield say(f"reminders.mail.{part}", count=len(found), days=escalation(office))
            yield from _lines(found, not project, part == "escalated")
    yield ""
    if server.program:
        yield say("reminders.mail.open", address=f"{server.program}/{OWN_WORK}")
    yield say("reminders.mail.foot")


def _lines(found: Found, several: bool, with_owner: bool) -> Iterable[str]:
    for share, one in sorted(found, key=lambda pair: pair[1].due or date.max):
        unowned = one.owner is None
        after = [share.told.say("reminders.no_owner") if unowned else person_name(share.told, one.owner)] if with_owner or unowned else []
        after += [share.project] if several else []
        yield item_line(share.told, one, " · ".join(after))
