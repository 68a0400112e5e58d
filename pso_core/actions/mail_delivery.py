"""Handing one message to a mail server, and knowing for certain whether it may be tried again."""

from __future__ import annotations

import re
import smtplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from threading import Timer
from typing import Any

from pso_core.actions.mail import MailServer
from pso_core.errors import PsoError

OK, GO_ON, WILL_FORWARD, LASTING = 250, 354, 251, 500
_DOTS = re.compile(rb"(?m)^\.")
_OWN_NAME = re.compile(r"[A-Za-z0-9.-]{1,200}")


@dataclass(frozen=True)
class Patience:
    """Seconds to wait for the server."""

    answer: float = 15.0  # for each answer but the last
    whole: float = 120.0  # for all of them together: a server may answer every moment and never come to an end
    taken: float = 600.0  # for the last, once it has the whole message and looks through it (RFC 5321, 4.5.3.2.6)


class Undelivered(PsoError):
    """The message was not taken. `about`: the server (nobody's mail goes), the address, or this letter.

    `lasting`: trying again is no use. `certain`: it surely did not arrive.
    """

    def __init__(self, code: str, about: str = "server", *, lasting: bool = False, certain: bool = True, **facts: Any):
        super().__init__(code, **facts)
        self.about, self.lasting, self.certain = about, lasting, certain


class _TookTooLong(TimeoutError):
    """Each answer came in time, all of them together did not."""


class _Bounded(smtplib.SMTP):
    """A conversation that ends by itself after `whole` seconds, as if the server had not answered."""

    over = False

    def __init__(self, *how: Any, whole: float, **more: Any):
        self._end_after(whole)
        try:
            super().__init__(*how, **more)
        except BaseException:
            self._ends.cancel()
            raise

    def getreply(self) -> tuple[int, bytes]:
        try:
            return super().getreply()
        except smtplib.SMTPServerDisconnected as fault:
            if self.over:
                raise _TookTooLong from fault
            raise

    def wait_anew(self, seconds: float) -> None:
        """From now on so long for the next answer, however slowly it comes, whatever the former ones took."""
        self._ends.cancel()
        self.sock.settimeout(seconds)
        self._end_after(seconds)

    def close(self) -> None:
        self._ends.cancel()
        super().close()

    def _end_after(self, seconds: float) -> None:
        self._ends = Timer(seconds, self._end)
        self._ends.daemon = True
        self._ends.start()

    def _end(self) -> None:
        self.over = True
        with suppress(OSError, AttributeError):  # none yet, or gone meanwhile
            self.sock.shutdown(socket.SHUT_RDWR)


class _BoundedOverTls(_Bounded, smtplib.SMTP_SSL):
    pass


def deliver(server: MailServer, letter: EmailMessage, patience: Patience = Patience()) -> None:
    """Returns when the server has taken the message. Raises Undelivered."""
    with _faults_named(server, patience), _connected(server, patience) as smtp:
        if server.user:
            _log_in(smtp, server)
        _announce(smtp, server.sender, letter["To"].addresses[0].addr_spec)
        _hand_over(smtp, letter.as_bytes(policy=SMTP), patience.taken)


@contextmanager
def _connected(server: MailServer, patience: Patience) -> Iterator[_Bounded]:
    own = _own_name()
    limits = {"timeout": patience.answer, "whole": patience.whole}
    if server.security == "ssl":
        smtp: _Bounded = _BoundedOverTls(server.host, server.port, own, context=ssl.create_default_context(), **limits)
    else:
        smtp = _Bounded(server.host, server.port, own, **limits)
    try:
        if server.security == "starttls":
            smtp.starttls(context=ssl.create_default_context())
        smtp.ehlo_or_helo_if_needed()
        yield smtp
    finally:
        with suppress(OSError):  # its answer would change nothing
            smtp.putcmd("quit")
        smtp.close()


def _log_in(smtp: smtplib.SMTP, server: MailServer) -> None:
    try:
        smtp.login(server.user, server.password)
    except smtplib.SMTPServerDisconnected:
        raise
    except smtplib.SMTPException as fault:  # a wrong password, or a server that asks for none
        raise _refused("mail_login_refused", getattr(fault, "smtp_code", LASTING)) from fault


def _announce(smtp: smtplib.SMTP, sender: str, address: str) -> None:
    number, _ = smtp.mail(sender)
    if number != OK:
        raise _refused("mail_sender_refused", number)
    number, _ = smtp.rcpt(address)
    if number not in (OK, WILL_FORWARD):
        raise _refused("mail_address_refused", number, "address", lasting=number >= LASTING)


def _hand_over(smtp: _Bounded, message: bytes, seconds: float) -> None:
    """From the first byte on nobody can tell whether the server keeps what it has, unless it says so.

    A server that does not say so would leave everybody's mail like this: hence about the server.
    """
    number, _ = smtp.docmd("DATA")
    if number == GO_ON:
        try:
            smtp.send(_DOTS.sub(b"..", message) + b".\r\n")
            smtp.wait_anew(seconds)
            number, _ = smtp.getreply()
        except OSError as fault:
            raise Undelivered("mail_uncertain", certain=False) from fault
    if number != OK:
        raise _refused("mail_refused", number, "letter", lasting=number >= LASTING)


def _refused(code: str, number: int, about: str = "server", *, lasting: bool = False, **facts: Any) -> Undelivered:
    """With the server's number; one below LASTING is for now only, and nobody need correct anything."""
    return Undelivered(code if number >= LASTING else "mail_later", about, lasting=lasting, number=number, **facts)


@contextmanager
def _faults_named(server: MailServer, patience: Patience) -> Iterator[None]:
    """What can go wrong on the way, as refusals; all of it before anything was handed over."""
    where = {"host": server.host, "port": server.port}
    try:
        yield
    except Undelivered:
        raise
    except (ssl.SSLError, smtplib.SMTPNotSupportedError) as fault:
        raise Undelivered("mail_insecure", **where) from fault
    except smtplib.SMTPResponseException as fault:
        raise _refused("mail_server_refused", fault.smtp_code, **where) from fault
    except (OSError, UnicodeError) as fault:  # smtplib's own faults are OSErrors too, and hide the one that caused them
        late = next((one for one in (fault, fault.__context__) if isinstance(one, TimeoutError)), None)
        if late is not None:
            seconds = patience.whole if isinstance(late, _TookTooLong) else patience.answer
            raise Undelivered("mail_slow", **where, seconds=f"{seconds:g}") from fault
        raise Undelivered("mail_unreachable", **where) from fault


def _own_name() -> str:
    """What this machine calls itself; asking the network for a longer name can take seconds."""
    name = socket.gethostname()
    return name if _OWN_NAME.fullmatch(name) else "localhost"
