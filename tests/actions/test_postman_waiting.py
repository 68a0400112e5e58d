"""Mail waits for a server that is down, slow or strict, without keeping others waiting, and without giving up."""

from __future__ import annotations

import time

from pso_core.actions import mail
from pso_core.actions.mail_delivery import Patience
from pso_core.actions.postman import Postman
from pso_core.office import Office
from tests.actions.conftest import Clock
from tests.actions.mail_server import Mailbox, mail_server, silent_server
from tests.actions.posting import HEAD, IMPATIENT, MEMBER, begun, clock, office, recorded, server, states, use, wants
from tests.servers import free_port


def test_a_server_that_does_not_say_whether_it_took_a_mail_is_left_alone_for_a_while(office: Office, server: Mailbox, clock: Clock):
    """Each further person would wait as long and never get today's mail."""
    wants(office, HEAD)
    server.then = {"DATA": lambda _: time.sleep(3 * IMPATIENT)}
    clock.move(hours=2)
    postman = Postman(office, Patience(taken=IMPATIENT))
    assert states(postman.round()) == [("p-head", "unknown")]
    assert postman.round() == ()
    server.then.clear()
    clock.move(minutes=2)
    assert states(postman.round()) == [("p-member", "sent")]
    assert server.addresses == ["p-head@lampang.example", "p-member@lampang.example"]


def test_a_server_that_is_down_is_tried_again_after_growing_pauses(office: Office, clock: Clock):
    port = free_port()
    use(office, port)
    postman, tried = Postman(office), []
    clock.move(hours=1)
    for minute in range(200):
        tried += [minute] * len(postman.round())
        clock.move(minutes=1)
    assert tried == [0, 1, 3, 7, 15, 31, 63, 123, 183]
    with mail_server(port=port) as mailbox:
        clock.move(hours=1)
        assert states(postman.round()) == [("p-member", "sent")]
    assert len(mailbox.received) == 1


def test_why_a_mail_last_did_not_go_is_known_for_as_long_as_mail_is_counted(office: Office, server: Mailbox, clock: Clock):
    server.answers = {"RCPT": ["451 later", "550 no such user"]}
    clock.move(hours=2)
    found = []
    for _ in range(2):
        Postman(office).round()
        trouble = mail.last_trouble(office)
        found.append((trouble.at == clock.now, trouble.person_id, trouble.reason.code, trouble.reason.facts))
        clock.move(hours=1)
    assert found == [(True, "p-member", "mail_later", {"number": 451}), (True, "p-member", "mail_address_refused", {"number": 550})]
    clock.move(days=mail.COUNTED.days)
    assert mail.last_trouble(office) is None


def test_a_silent_server_is_asked_once_not_for_everybody(office: Office, clock: Clock):
    wants(office, HEAD)
    clock.move(hours=2)
    with silent_server() as port:
        use(office, port)
        postman = Postman(office, Patience(IMPATIENT))
        (posted,) = postman.round()
    assert (posted.state, posted.code) == ("waiting", "mail_slow")
    assert len(recorded(office)) == 1
    with mail_server() as mailbox:
        use(office, mailbox.port)
        clock.move(minutes=2)
        assert len(postman.round()) == len(mailbox.received) == 2


def test_a_mail_that_could_not_go_all_day_is_given_up_for_the_next_day_s(office: Office, server: Mailbox, clock: Clock):
    server.answers = {"RCPT": ["451 later"] * 3}
    clock.move(hours=2)
    for _ in range(3):
        assert states(Postman(office).round()) == [("p-member", "waiting")]
        clock.move(hours=5)
    clock.move(hours=10)
    assert states(Postman(office).round()) == [("p-member", "sent")]
    assert recorded(office) == [("p-member", "2026-11-23", "given_up"), ("p-member", "2026-11-24", "sent")]


def test_one_address_that_must_wait_keeps_nobody_else_waiting(office: Office, server: Mailbox, clock: Clock):
    wants(office, HEAD)
    server.answers = {"RCPT": ["451 later"]}
    clock.move(hours=2)
    assert states(Postman(office).round()) == [("p-head", "waiting"), ("p-member", "sent")]


def test_an_address_refused_for_good_is_noted_and_left_alone_until_it_is_saved_again(office: Office, server: Mailbox, clock: Clock):
    server.answers = {"RCPT": ["550 no such user"]}
    clock.move(hours=2)
    for _ in range(5):
        clock.move(days=1)
        Postman(office).round()
    assert server.asked == ["p-member@lampang.example"]
    assert mail.mail_choice(office, MEMBER).refused == 550
    wants(office, MEMBER)
    clock.move(days=1)
    assert states(Postman(office).round()) == [("p-member", "sent")]


def test_a_message_refused_for_good_is_not_tried_again_that_day(office: Office, server: Mailbox, clock: Clock):
    server.answers = {"DATA": ["554 looks like spam"]}
    clock.move(hours=2)
    assert states(Postman(office).round()) == [("p-member", "refused")]
    clock.move(hours=5)
    assert Postman(office).round() == ()
    clock.move(days=1)
    assert states(Postman(office).round()) == [("p-member", "sent")]
