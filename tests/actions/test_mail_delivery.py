"""One message to a real server that is kind, strict, slow or gone."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest

from pso_core.actions import mail
from pso_core.actions.mail_delivery import Patience, Undelivered, deliver
from pso_core.actions.postman import send_test
from pso_core.errors import PsoError
from pso_core.office import Office
from tests.actions.mail_server import CERTIFICATE, LOGIN, PASSWORD, greeting_server, mail_server, silent_server, trickle, trickling_server
from tests.actions.peopled import own_office as office
from tests.actions.test_mail import ADDRESS, ADMINISTRATOR, GOOD, TH, a_letter, code_of
from tests.servers import free_port

IMPATIENT = 0.4  # seconds


@pytest.fixture
def trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    """This machine trusts the certificate of the server of the tests."""
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))


def test_a_message_arrives_as_it_was_written():
    with mail_server() as server:
        deliver(mail.MailServer(**GOOD | {"port": server.port}), a_letter())
    (arrived,) = server.received
    assert (arrived["Subject"], arrived["From"].addresses[0].addr_spec) == ("งานเกินกำหนด 1", GOOD["sender"])
    assert arrived.get_content().splitlines() == ["สวัสดี", ".", ".ขึ้นต้นด้วยจุด"]


@pytest.mark.parametrize("security", ["starttls", "ssl"])
def test_an_encrypted_server_with_a_login_takes_it(trusted: None, security: str):
    with mail_server(security, login=True) as server:
        known = mail.MailServer(**GOOD | {"port": server.port, "security": security}, user=LOGIN, password=PASSWORD)
        deliver(known, a_letter())
    assert server.addresses == [ADDRESS]


@pytest.mark.parametrize("security", ["starttls", "ssl"])
def test_a_certificate_that_nobody_trusts_stops_it_before_anything_is_said(security: str):
    with mail_server(security) as server, pytest.raises(Undelivered) as refusal:
        deliver(mail.MailServer(**GOOD | {"port": server.port, "security": security}, user=LOGIN, password=PASSWORD), a_letter())
    assert (code_of(refusal), server.asked) == ("mail_insecure", [])


def test_a_server_without_encryption_is_not_used_where_encryption_was_chosen():
    with mail_server() as server, pytest.raises(Undelivered) as refusal:
        deliver(mail.MailServer(**GOOD | {"port": server.port, "security": "starttls"}), a_letter())
    assert (code_of(refusal), server.asked) == ("mail_insecure", [])


@pytest.mark.parametrize(
    ("answers", "code", "about", "lasting"),
    [
        ({"RCPT": ["550 no such user"]}, "mail_address_refused", "address", True),
        ({"RCPT": ["451 come again"]}, "mail_later", "address", False),
        ({"MAIL": ["553 not you"]}, "mail_sender_refused", "server", False),
        ({"DATA": ["554 looks like spam"]}, "mail_refused", "letter", True),
        ({"MAIL": ["451 too busy"]}, "mail_later", "server", False),
        ({"DATA": ["452 disk full"]}, "mail_later", "letter", False),
    ],
)
def test_a_refusal_says_whom_it_is_about_and_whether_it_lasts(answers: dict, code: str, about: str, lasting: bool):
    with mail_server() as server:
        server.answers = answers
        with pytest.raises(Undelivered) as refusal:
            deliver(mail.MailServer(**GOOD | {"port": server.port}), a_letter())
    assert (code_of(refusal), refusal.value.about, refusal.value.lasting, refusal.value.certain) == (code, about, lasting, True)
    assert server.received == []


@pytest.mark.parametrize(("user", "password"), [(LOGIN, "wrong"), ("nobody", PASSWORD)])
def test_a_wrong_login_is_the_servers_trouble_not_the_addresss(trusted: None, user: str, password: str):
    with mail_server("starttls", login=True) as server, pytest.raises(Undelivered) as refusal:
        deliver(mail.MailServer(**GOOD | {"port": server.port, "security": "starttls"}, user=user, password=password), a_letter())
    assert (code_of(refusal), refusal.value.about, refusal.value.lasting) == ("mail_login_refused", "server", False)


@pytest.mark.parametrize(("greeting", "code"), [("421 too many connections", "mail_later"), ("554 not for you", "mail_server_refused")])
def test_a_server_that_sends_everybody_away_says_whether_it_is_for_now(greeting: str, code: str):
    with greeting_server(greeting) as port, pytest.raises(Undelivered) as refusal:
        deliver(mail.MailServer(**GOOD | {"port": port}), a_letter())
    assert (code_of(refusal), refusal.value.about) == (code, "server")


def test_a_server_that_is_down_or_silent_says_so_within_the_time_given():
    with pytest.raises(Undelivered) as refusal:
        deliver(mail.MailServer(**GOOD | {"port": free_port()}), a_letter())
    assert (code_of(refusal), refusal.value.certain) == ("mail_unreachable", True)
    with silent_server() as port, pytest.raises(Undelivered) as refusal:
        deliver(mail.MailServer(**GOOD | {"port": port}), a_letter(), Patience(IMPATIENT))
    assert (code_of(refusal), refusal.value.certain) == ("mail_slow", True)


def test_a_server_that_answers_for_ever_is_left_after_the_time_for_the_whole():
    with trickling_server() as port, pytest.raises(Undelivered) as refusal:
        deliver(mail.MailServer(**GOOD | {"port": port}), a_letter(), Patience(whole=IMPATIENT))
    assert (code_of(refusal), refusal.value.certain, refusal.value.facts["seconds"]) == ("mail_slow", True, f"{IMPATIENT:g}")


def test_a_connection_lost_after_the_message_leaves_it_uncertain():
    with mail_server() as server:
        server.then = {"DATA": lambda smtp: smtp.transport.abort()}
        with pytest.raises(Undelivered) as refusal:
            deliver(mail.MailServer(**GOOD | {"port": server.port}), a_letter())
    assert (code_of(refusal), refusal.value.certain, len(server.received)) == ("mail_uncertain", False, 1)


def test_the_answer_after_the_message_may_take_longer_than_any_other():
    """A filter looks through it first; the time for the whole conversation before is over by then too."""
    with mail_server() as server:
        server.then = {"DATA": lambda _: time.sleep(2 * IMPATIENT)}
        deliver(mail.MailServer(**GOOD | {"port": server.port}), a_letter(), Patience(IMPATIENT, 1.5 * IMPATIENT, 20))
    assert len(server.received) == 1


@pytest.mark.parametrize("stalls", [lambda _: time.sleep(3 * IMPATIENT), lambda smtp: trickle(smtp)], ids=["silent", "trickling"])
def test_not_even_that_answer_is_waited_for_for_ever(stalls: Callable[[Any], None]):
    began = time.monotonic()
    with mail_server() as server:
        server.then = {"DATA": stalls}
        with pytest.raises(Undelivered) as refusal:
            deliver(mail.MailServer(**GOOD | {"port": server.port}), a_letter(), Patience(taken=IMPATIENT))
        waited = time.monotonic() - began
    assert (code_of(refusal), refusal.value.certain, waited < 3 * IMPATIENT) == ("mail_uncertain", False, True)


def test_the_usual_times_are_those_of_the_rule():
    """RFC 5321, 4.5.3.2.6: ten minutes at least for the answer after the message."""
    assert Patience().taken >= 600 > Patience().whole > Patience().answer


def test_an_administrator_tries_the_settings(office: Office):
    with pytest.raises(PsoError) as refusal:
        send_test(office, ADMINISTRATOR, ADDRESS, TH)
    assert code_of(refusal) == "mail_unset"
    with mail_server() as server:
        mail.set_mail_server(office, ADMINISTRATOR, **GOOD | {"port": server.port})
        send_test(office, ADMINISTRATOR, ADDRESS, TH)
    assert (server.addresses, server.received[0]["Subject"]) == ([ADDRESS], TH("reminders.mail.test_subject"))
    with pytest.raises(PsoError) as refusal:
        send_test(office, ADMINISTRATOR, ADDRESS, TH)
    assert code_of(refusal) == "mail_unreachable"
