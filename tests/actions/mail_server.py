"""A real mail server on loopback that answers as a test tells it to, and keeps what it took."""

from __future__ import annotations

import smtplib
import socket
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from threading import Thread
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from tests.servers import free_port

CERTIFICATE = Path(__file__).with_name("loopback.pem")  # of 127.0.0.1, trusted only where SSL_CERT_FILE names it
LOGIN, PASSWORD = "nine-steps", "open sesame"
SECURE = {"ssl", "starttls"}


@dataclass
class Mailbox:
    """`answers`: what to say to MAIL, RCPT or DATA instead of yes, in turn; then yes again.

    `then`: what to do once that has arrived (DATA: the whole message), before it is answered.
    """

    port: int
    received: list[EmailMessage] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    answers: dict[str, list[str]] = field(default_factory=dict)
    then: dict[str, Callable[[Any], None]] = field(default_factory=dict)

    @property
    def addresses(self) -> list[str]:
        return [message["To"] for message in self.received]

    async def handle_MAIL(self, server: Any, session: Any, envelope: Any, address: str, options: list[str]) -> str:
        envelope.mail_from = address
        return self._answer("MAIL", server)

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: list[str]) -> str:
        self.asked.append(address)
        answer = self._answer("RCPT", server)
        if answer.startswith("2"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        answer = self._answer("DATA", server)
        if answer.startswith("2"):
            self.received.append(message_from_bytes(envelope.content, policy=default))
        return answer

    def _answer(self, verb: str, server: Any) -> str:
        self.then.get(verb, lambda _: None)(server)
        waiting = self.answers.get(verb)
        return waiting.pop(0) if waiting else "250 OK"


@contextmanager
def mail_server(security: str = "none", port: int = 0, login: bool = False) -> Iterator[Mailbox]:
    """Listens until the end of the block."""
    mailbox = Mailbox(port or free_port())
    how: dict[str, Any] = {"authenticator": _authenticated} if login else {}
    if login:  # the server knows TLS only where it began in the middle, and warns of whoever requires a login without
        how |= {"auth_require_tls": False} if security == "ssl" else {"auth_required": True}
    context = _context() if security in SECURE else None
    if security == "starttls":
        how |= {"tls_context": context, "require_starttls": True}
    listening = (_OverTls if security == "ssl" else Controller)(
        mailbox, hostname="127.0.0.1", port=mailbox.port, ssl_context=context if security == "ssl" else None, **how
    )
    listening.start()
    try:
        yield mailbox
    finally:
        listening.stop()


@contextmanager
def silent_server() -> Iterator[int]:
    """The port of something that takes every connection and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


@contextmanager
def greeting_server(line: str) -> Iterator[int]:
    """The port of something that says this one line to its first caller, and nothing more."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        greeting = Thread(target=_greet, args=(listener, line), daemon=True)
        greeting.start()
        yield listener.getsockname()[1]
        greeting.join()


def _greet(listener: socket.socket, line: str) -> None:
    caller, _ = listener.accept()
    with caller:
        caller.sendall(f"{line}\r\n".encode())


@contextmanager
def trickling_server() -> Iterator[int]:
    """The port of something that begins its greeting and goes on with it, a letter at a time, for as long as somebody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        talking = Thread(target=_trickle, args=(listener,), daemon=True)
        talking.start()
        yield listener.getsockname()[1]
        talking.join()


def trickle(server: Any) -> None:
    """For `then`: goes on with an answer, a letter at a time, for three seconds."""
    for letter in ["250-", *"a" * 60]:
        server.transport.write(letter.encode())
        time.sleep(0.05)


def _trickle(listener: socket.socket) -> None:
    caller, _ = listener.accept()
    with caller, suppress(OSError):
        caller.sendall(b"220-")
        while True:
            time.sleep(0.05)
            caller.sendall(b"a")


class _OverTls(Controller):
    def _trigger_server(self) -> None:
        """Its own trial would be over TLS with a certificate that nobody trusts yet."""
        context = ssl.create_default_context(cafile=str(CERTIFICATE))
        with smtplib.SMTP_SSL("127.0.0.1", self.port, context=context):
            pass


def _context() -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(CERTIFICATE)
    return context


def _authenticated(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
    right = (data.login, data.password) == (LOGIN.encode(), PASSWORD.encode())
    return AuthResult(success=right, handled=False)
