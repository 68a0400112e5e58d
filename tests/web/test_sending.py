"""Mail goes out while the server runs, whatever happens to a round, and no longer."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pso_core.actions import mail
from pso_core.office import Office
from pso_core.web.sending import sending_mail
from tests.actions.mail_server import mail_server, silent_server
from tests.actions.planning import planned
from tests.building import an_office, person

OFTEN = 0.05  # seconds
SECONDS = 20


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """A member whose first phase is overdue, and who has wanted a mail every day since long ago."""
    database, now = tmp_path / "nine.duckdb", datetime.now(UTC)
    with an_office(database, now=now - timedelta(days=2)) as office:
        planned(office, start=f"{now - timedelta(days=60):%Y-%m-%d}")
        mail.choose_mail(office, person("member"), address="member@lampang.example", rhythm="daily", hour=0)
    with an_office(database, now=now) as office:
        yield office


def use(office: Office, port: int) -> None:
    mail.set_mail_server(office, person("administrator"), host="127.0.0.1", port=port, security="none", sender="pso@lampang.example")


def until(true: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + SECONDS
    while not true() and time.monotonic() < deadline:
        time.sleep(OFTEN)
    return true()


def running() -> bool:
    return any(thread.name == "mail" for thread in threading.enumerate())


def test_a_mail_that_is_due_goes_by_itself_and_once(office: Office):
    with mail_server() as mailbox, sending_mail(office, OFTEN):
        use(office, mailbox.port)
        assert until(lambda: bool(mailbox.received))
        time.sleep(20 * OFTEN)
        assert len(mailbox.received) == 1
    assert not running()


def test_a_round_that_fails_ends_neither_the_next_nor_the_server(office: Office, caplog: pytest.LogCaptureFixture):
    office.store.settings.set(mail.SETTING, {"nonsense": True})
    with mail_server() as mailbox, sending_mail(office, OFTEN):
        assert until(lambda: "a round of mail failed" in caplog.text)
        office.store.settings.set(mail.SETTING, None)
        use(office, mailbox.port)
        assert until(lambda: bool(mailbox.received))


def test_a_mail_that_did_not_go_stands_in_the_log(office: Office, caplog: pytest.LogCaptureFixture):
    with mail_server() as mailbox, sending_mail(office, OFTEN):
        mailbox.answers = {"RCPT": ["550 no such user"]}
        use(office, mailbox.port)
        assert until(lambda: "a digest was not sent: mail_address_refused" in caplog.text)


def test_a_server_that_says_nothing_keeps_ours_from_stopping_for_seconds_only(office: Office):
    with silent_server() as port:
        use(office, port)
        with sending_mail(office, OFTEN, ends_within=0.3):
            assert until(lambda: office.store.sent_mail.states(office.today()) == {"claimed": 1})
            began = time.monotonic()
        assert time.monotonic() - began < 15  # the silent server itself is given up later
    assert until(lambda: not running())  # the silent server is gone, and with it the last mail on its way
