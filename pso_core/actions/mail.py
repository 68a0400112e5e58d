"""Mail by the office's own server: which one, and who wants a digest where and when."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from email.headerregistry import Address
from urllib.parse import urlsplit

from pso_core.domain.people import Person
from pso_core.domain.permissions import may
from pso_core.domain.rhythm import RHYTHMS, Choice
from pso_core.errors import NotAllowed, PsoError
from pso_core.office import Office
from pso_core.text.phrases import LANGUAGES

SETTING = "mail_server"
TROUBLE = "mail_trouble"  # the setting: why a mail last did not go
SECURITY = ("none", "starttls", "ssl")
LONGEST_HOST, LONGEST_ADDRESS, LONGEST_SECRET, LONGEST_PROGRAM = 253, 254, 200, 200
COUNTED = timedelta(30)  # what became of the mail of these days is told

_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\[?[0-9A-Fa-f:]+\]?")
_PROGRAM = re.compile(r"https?://[^\s/?#@\\<>\"]+(?:/[^\s?#\\<>\"]*)?", re.IGNORECASE)
_WORD = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_ADDRESS = re.compile(rf"{_WORD}(?:\.{_WORD})*@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*")


@dataclass(frozen=True)
class MailServer:
    """How the office's server is reached. The password is kept as it is, in the database and so in its backups.

    `program`: the address of this program as its mail tells it, "" to tell none.
    """

    host: str
    port: int
    security: str
    sender: str
    user: str = ""
    password: str = field(default="", repr=False)
    program: str = ""


@dataclass(frozen=True)
class Trouble:
    """Why a mail did not go: when it was tried, whose it was."""

    at: datetime
    person_id: str
    reason: PsoError


def mail_server(office: Office) -> MailServer | None:
    """None until an administrator has said which."""
    kept = office.store.settings.get(SETTING)
    return MailServer(**kept) if kept else None


def set_mail_server(
    office: Office, actor: Person, *, host: str, port: int, security: str, sender: str, user: str = "", password: str | None = None,
    program: str = "",
) -> None:  # fmt: skip
    """Without a password the one that is known for this user stays. Refuses not_allowed, mail_host_unfit, mail_port_outside,
    mail_security_unknown, mail_address_unfit, mail_login_unfit, mail_program_unfit."""
    require_configure(actor)
    before = mail_server(office)
    if password is None:
        password = before.password if before and before.user == user.strip() else ""
    server = MailServer(_host(host), port, security, fit_address(sender), user.strip(), password if user.strip() else "", _program(program))
    if not 1 <= port <= 65_535:
        raise PsoError("mail_port_outside", least=1, most=65_535)
    if security not in SECURITY:
        raise PsoError("mail_security_unknown")
    if not all(_can_log_in_with(text) for text in (server.user, server.password)):
        raise PsoError("mail_login_unfit", most=LONGEST_SECRET)
    office.store.settings.set(SETTING, asdict(server))


def forget_mail_server(office: Office, actor: Person) -> None:
    """No more mail, and its password is gone from the settings. Refuses not_allowed."""
    require_configure(actor)
    office.store.settings.set(SETTING, None)


def mail_choice(office: Office, person: Person) -> Choice | None:
    return office.store.mail_choices.of(person.id)


def choose_mail(office: Office, actor: Person, *, address: str, rhythm: str, weekday: int = 0, hour: int = 8, language: str = LANGUAGES[0]) -> None:
    """One's own mail from now on: never, daily, or weekly on `weekday` (0 is Monday), at `hour` in Thailand.

    Never and no address forgets the choice. Refuses mail_address_unfit, mail_rhythm_unknown, mail_time_outside.
    """
    if rhythm not in RHYTHMS or language not in LANGUAGES:
        raise PsoError("mail_rhythm_unknown")
    if not (0 <= weekday <= 6 and 0 <= hour <= 23):
        raise PsoError("mail_time_outside")
    if rhythm == "never" and not address.strip():
        office.store.mail_choices.forget(actor.id)
        return
    wanted = Choice(actor.id, fit_address(address), rhythm, weekday, hour, language, office.clock())
    if _differs(office.store.mail_choices.of(actor.id), wanted):
        office.store.mail_choices.keep(wanted)


def outcomes(office: Office, actor: Person) -> Mapping[str, int]:
    """{state: how many mails of the last COUNTED days}; see the migration for the states. Refuses not_allowed."""
    require_configure(actor)
    return office.store.sent_mail.states(office.today() - COUNTED)


def note_trouble(office: Office, person_id: str, reason: PsoError) -> None:
    """Kept in place of the one before."""
    office.store.settings.set(TROUBLE, {"at": office.clock().isoformat(), "person_id": person_id, "code": reason.code, "facts": reason.facts})


def last_trouble(office: Office) -> Trouble | None:
    """The last one of the last COUNTED days; None without one."""
    kept = office.store.settings.get(TROUBLE)
    if kept is None or (at := datetime.fromisoformat(kept["at"])) < office.clock() - COUNTED:
        return None
    return Trouble(at, kept["person_id"], PsoError(kept["code"], **kept["facts"]))


def require_configure(actor: Person) -> None:
    if not may(actor.role, "configure"):
        raise NotAllowed("not_allowed", role=actor.role, verb="configure")


def fit_address(text: str) -> str:
    """An address as every mail server takes it. Refuses mail_address_unfit."""
    text = text.strip()
    if not _ADDRESS.fullmatch(text) or len(text) > LONGEST_ADDRESS:
        raise PsoError("mail_address_unfit")
    return Address(addr_spec=text).addr_spec


def _host(text: str) -> str:
    text = text.strip()
    if not _HOST.fullmatch(text) or len(text) > LONGEST_HOST:
        raise PsoError("mail_host_unfit")
    return text.strip("[]")


def _program(text: str) -> str:
    """Without the line at its end: pages follow it. Refuses mail_program_unfit."""
    text = text.strip()
    if text and not (_PROGRAM.fullmatch(text) and text.isprintable() and len(text) <= LONGEST_PROGRAM and _names_a_host(text)):
        raise PsoError("mail_program_unfit", most=LONGEST_PROGRAM)
    return text.rstrip("/")


def _names_a_host(address: str) -> bool:
    try:
        return bool(urlsplit(address).hostname) and urlsplit(address).port != 0
    except ValueError:  # a bracket left open, a port that is none
        return False


def _can_log_in_with(text: str) -> bool:
    return len(text) <= LONGEST_SECRET and text.isascii() and (text.isprintable() or not text)


def _differs(before: Choice | None, wanted: Choice) -> bool:
    """Saving the same again must not put off today's mail; but it tries an address anew that was refused."""
    return before is None or bool(before.refused) or replace(before, chosen_at=wanted.chosen_at) != wanted
