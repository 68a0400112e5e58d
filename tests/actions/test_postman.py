"""Everybody's digest goes when it is due, through a real server, and never twice: whatever hour it is, whoever asks, and if we are killed."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pso_core.actions import mail, reminders
from pso_core.actions.postman import Postman
from pso_core.office import Office, opened
from tests.actions.conftest import Clock
from tests.actions.mail_server import Mailbox, mail_server
from tests.actions.posting import HEAD, MEMBER, begin, begun, clock, office, recorded, server, states, use, wants
from tests.building import a_new_database, person, write
from tests.servers import ROOT, free_port

CHILD = """
import sys
from datetime import datetime
from pso_core.actions.postman import Postman
from pso_core.office import opened
with opened(sys.argv[1], clock=lambda: datetime.fromisoformat(sys.argv[2])) as office:
    Postman(office).round()
"""


# When


def test_a_daily_mail_goes_once_a_day_from_its_hour_on(office: Office, server: Mailbox, clock: Clock):
    postman, sent = Postman(office), []
    for _ in range(50):  # an hour each: two days
        sent.append((clock.now.day, clock.now.hour + 7, len(postman.round())))
        clock.move(hours=1)
    assert [(day, hour) for day, hour, count in sent if count] == [(23, 8), (24, 8), (25, 8)]
    assert server.addresses == ["p-member@lampang.example"] * 3


def test_a_weekly_mail_goes_on_its_day(office: Office, server: Mailbox, clock: Clock):
    wants(office, MEMBER, "weekly", weekday=2, hour=15)
    days = []
    for _ in range(15):
        clock.move(days=1)
        days += [clock.now.day] * len(Postman(office).round())
    assert days == [26, 3]  # Thursday's first look after Wednesday at three, and a week later


def test_nobody_is_written_to_without_a_choice_a_server_or_anything_owed(office: Office, clock: Clock):
    clock.move(hours=2)
    assert (Postman(office).round(), recorded(office)) == ((), [])
    with mail_server() as mailbox:
        use(office, mailbox.port)
        wants(office, MEMBER, "never")
        assert Postman(office).round() == ()
        wants(office, person("viewer"))
        clock.move(days=1)
        assert states(Postman(office).round()) == [("p-viewer", "nothing")]
    assert mailbox.received == []


def test_what_comes_up_later_in_a_day_without_mail_waits_for_the_next(office: Office, server: Mailbox, clock: Clock):
    wants(office, MEMBER, "never")
    wants(office, HEAD)
    reminders.set_escalation(office, person("administrator"), 250)
    clock.move(hours=2)
    assert states(Postman(office).round()) == [("p-head", "nothing")]
    assert recorded(office) == [("p-head", "2026-11-23", "nothing")]
    project = office.store.projects()[0]
    write(office, project, "activity", name="ด่วน", due="2026-11-24", owner=HEAD.id)
    clock.move(hours=3)
    assert Postman(office).round() == ()
    clock.move(days=1)
    assert states(Postman(office).round()) == [("p-head", "sent")]


# Never twice


def test_many_rounds_at_once_send_one_mail(office: Office, server: Mailbox, clock: Clock):
    clock.move(hours=2)
    with ThreadPoolExecutor(8) as many:
        found = list(many.map(lambda _: Postman(office).round(), range(8)))
    assert sorted(map(len, found)) == [0] * 7 + [1]
    assert len(server.received) == 1


@pytest.mark.parametrize("back", [{"minutes": 30}, {"hours": 5}, {"days": 1}, {"days": 7}, {"days": 20}], ids=str)
def test_a_clock_moved_back_sends_no_second_mail(office: Office, server: Mailbox, clock: Clock, back: dict):
    clock.now = datetime(2026, 12, 20, 2, tzinfo=UTC)
    postman = Postman(office)
    assert len(postman.round()) == 1
    clock.move(**{unit: -amount for unit, amount in back.items()})
    for _ in range(4):
        assert postman.round() == ()
        clock.move(hours=2)
    assert len(server.received) == 1


def test_a_mail_sent_while_the_clock_was_a_year_ahead_does_not_end_all_mail(office: Office, server: Mailbox, clock: Clock):
    right = clock.now
    clock.move(days=365, hours=2)
    Postman(office).round()
    clock.now = right
    clock.move(hours=2)
    assert states(Postman(office).round()) == [("p-member", "sent")]


def test_another_rhythm_or_hour_on_the_same_day_sends_no_second_mail(office: Office, server: Mailbox, clock: Clock):
    clock.move(hours=2)
    Postman(office).round()
    for how in ({"rhythm": "daily", "hour": 10}, {"rhythm": "weekly", "weekday": 0, "hour": 11}):
        wants(office, MEMBER, **how)
        clock.move(hours=2)
        assert Postman(office).round() == ()
    assert len(server.received) == 1


@pytest.mark.skipif(os.name == "nt", reason="kill -9")
@pytest.mark.parametrize("moment", ["RCPT", "DATA"])
def test_a_program_killed_while_sending_leaves_at_most_one_mail_and_says_so(database: Path, clock: Clock, moment: str):
    port = free_port()
    a_new_database(database)
    with opened(database, clock=clock) as office:
        begin(office)
        use(office, port)
    clock.move(hours=2)
    with mail_server(port=port) as mailbox:
        with subprocess.Popen([sys.executable, "-c", CHILD, str(database), clock.now.isoformat()], cwd=ROOT) as child:
            mailbox.then = {moment: lambda _: child.kill()}
            assert child.wait(60) == -9
        arrived, mailbox.then = len(mailbox.received), {}
        with opened(database, clock=clock) as office:
            assert recorded(office) == [("p-member", "2026-11-23", "claimed")]
            assert (Postman(office).round(), recorded(office)) == ((), [("p-member", "2026-11-23", "unknown")])
            assert dict(mail.outcomes(office, person("administrator"))) == {"unknown": 1}
            assert len(mailbox.received) == arrived == (1 if moment == "DATA" else 0)
            clock.move(days=1)
            assert states(Postman(office).round()) == [("p-member", "sent")]


def test_a_fault_while_writing_a_mail_is_met_once_and_stops_nobody_elses(office: Office, server: Mailbox, clock: Clock):
    wants(office, HEAD)
    clock.move(hours=2)
    office.store.settings.set(reminders.ESCALATE_AFTER, "nonsense")  # the head's digest cannot be made
    with pytest.raises(TypeError):
        Postman(office).round()
    assert states(Postman(office).round()) == [("p-member", "sent")]
    assert [row[2] for row in recorded(office)] == ["unknown", "sent"]


def test_a_connection_lost_after_the_message_is_not_tried_again(office: Office, server: Mailbox, clock: Clock):
    server.then = {"DATA": lambda smtp: smtp.transport.abort()}
    clock.move(hours=2)
    assert states(Postman(office).round()) == [("p-member", "unknown")]
    clock.move(hours=2)
    assert (Postman(office).round(), len(server.received)) == ((), 1)


# The head


def test_the_head_is_told_of_others_work_from_the_day_it_is_overdue_long_enough(office: Office, server: Mailbox, clock: Clock):
    wants(office, MEMBER, "never")
    wants(office, HEAD)
    reminders.set_escalation(office, person("administrator"), 33)
    clock.move(hours=2)
    told = []
    for _ in range(5):
        clock.move(days=1)
        told.append((clock.now.day, states(Postman(office).round())[0][1]))
    assert told == [(24, "nothing"), (25, "sent"), (26, "sent"), (27, "sent"), (28, "sent")]  # 7 Oct and 33 working days
    assert "ขั้นที่ 1 วิสัยทัศน์" in server.received[0].get_content()
