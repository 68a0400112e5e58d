"""Sessions and guesses: what time, disabling and many tries at once do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from argon2 import extract_parameters

from pso_core.actions import passwords, people, sign_in
from pso_core.domain.people import Person
from pso_core.errors import PsoError
from pso_core.office import Office
from tests.actions.conftest import PASSWORD, Clock


def outcome(office: Office, login: str, password: str, address: str = "10.0.0.1") -> str | dict:
    """`in`, or what was refused."""
    try:
        sign_in.sign_in(office, login, password, address)
    except PsoError as refusal:
        return refusal.facts or refusal.code
    return "in"


def test_a_session_ends_after_a_working_day(office: Office, administrator: Person, clock: Clock):
    token = sign_in.sign_in(office, "admin", PASSWORD, "here")
    clock.move(hours=12, seconds=-1)
    assert sign_in.visiting(office, token) == administrator
    clock.move(seconds=1)
    assert sign_in.visiting(office, token) is None


def test_a_full_disk_keeps_nobody_out_who_is_in(office: Office, administrator: Person, clock: Clock):
    token = sign_in.sign_in(office, "admin", PASSWORD, "here")
    clock.move(minutes=11)
    office.store.engine._room = 2**62  # no disk has so much left
    assert sign_in.visiting(office, token) == administrator


def test_sessions_that_expired_are_forgotten(office: Office, administrator: Person, clock: Clock):
    for _ in range(3):
        sign_in.sign_in(office, "admin", PASSWORD, "here")
    clock.move(hours=13)
    sign_in.sign_in(office, "admin", PASSWORD, "here")
    assert office.store.engine.read("SELECT count(*) FROM session") == [(1,)]


def test_the_token_itself_is_nowhere_in_the_database(office: Office, administrator: Person):
    token = sign_in.sign_in(office, "admin", PASSWORD, "here")
    digests = [digest for (digest,) in office.store.engine.read("SELECT digest FROM session")]
    assert token not in digests
    assert [len(digest) for digest in digests] == [64, 64]
    assert sign_in.visiting(office, digests[0]) is None


def test_being_seen_is_written_at_most_every_ten_minutes(office: Office, administrator: Person, clock: Clock):
    token = sign_in.sign_in(office, "admin", PASSWORD, "here")
    began = clock.now
    clock.move(minutes=9)
    assert sign_in.session_of(office, token).last_seen_at == began
    clock.move(minutes=2)
    sign_in.session_of(office, token)
    assert sign_in.session_of(office, token).last_seen_at == clock.now


def test_a_disabled_person_is_out_at_the_next_step_and_back_when_enabled(office: Office, administrator: Person, colleague: Callable[..., Person]):
    malee = colleague()
    token = sign_in.sign_in(office, "malee", PASSWORD, "here")
    people.disable(office, administrator, malee.id)
    assert (sign_in.visiting(office, token), outcome(office, "malee", PASSWORD)) == (None, "sign_in_wrong")
    people.enable(office, administrator, malee.id)
    assert (sign_in.visiting(office, token), outcome(office, "malee", PASSWORD)) == (malee, "in")


def test_a_role_changed_counts_from_the_next_step(office: Office, administrator: Person, colleague: Callable[..., Person]):
    malee = colleague()
    token = sign_in.sign_in(office, "malee", PASSWORD, "here")
    people.change_role(office, administrator, malee.id, "viewer")
    assert sign_in.visiting(office, token).role == "viewer"


def test_signing_out_everywhere_ends_one_s_own_sessions_only(office: Office, administrator: Person, colleague: Callable[..., Person]):
    malee = colleague()
    tokens = [sign_in.sign_in(office, login, PASSWORD, "here") for login in ("malee", "malee", "admin")]
    assert [sign_in.visiting(office, token) for token in tokens] == [malee, malee, administrator]
    sign_in.sign_out_everywhere(office, malee)
    assert [sign_in.visiting(office, token) for token in tokens] == [None, None, administrator]
    assert office.store.person_events.newest(malee.id, limit=1)[0].action == "signed_out_everywhere"


def test_the_wait_after_wrong_passwords_grows_and_ends(office: Office, administrator: Person, clock: Clock):
    assert [outcome(office, "admin", "wrong") for _ in range(5)] == ["sign_in_wrong"] * 5
    assert outcome(office, "ADMIN ", PASSWORD, "10.0.0.2") == {"minutes": 1}
    waits = []
    for wait in (timedelta(seconds=30), timedelta(minutes=1), timedelta(minutes=2), timedelta(minutes=4), timedelta(minutes=8), timedelta(minutes=15)):
        clock.now += wait - timedelta(seconds=1)
        waits.append(outcome(office, "admin", "wrong"))
        clock.now += timedelta(seconds=1)
        waits.append(outcome(office, "admin", "wrong"))
    assert waits == [{"minutes": 1}, "sign_in_wrong"] * 6
    clock.now += timedelta(minutes=15)
    assert outcome(office, "admin", PASSWORD) == "in"
    assert [outcome(office, "admin", "wrong") for _ in range(5)] == ["sign_in_wrong"] * 5


def test_being_refused_does_not_lengthen_the_wait(office: Office, administrator: Person, clock: Clock):
    for _ in range(50):
        outcome(office, "admin", "wrong")
    clock.move(seconds=30)
    assert outcome(office, "admin", PASSWORD) == "in"


def test_wrong_passwords_are_forgotten_after_an_hour(office: Office, administrator: Person, clock: Clock):
    for _ in range(5):
        outcome(office, "admin", "wrong")
    clock.move(hours=1, seconds=1)
    assert [outcome(office, "admin", "wrong") for _ in range(5)] == ["sign_in_wrong"] * 5


def test_a_clock_that_is_put_back_keeps_nobody_out(office: Office, administrator: Person, clock: Clock):
    assert outcome(office, "admin", PASSWORD) == "in"
    clock.move(days=-1)
    assert outcome(office, "admin", PASSWORD) == "in"


def test_whoever_guessed_waits_no_longer_because_the_clock_was_put_back(office: Office, administrator: Person, clock: Clock):
    for _ in range(6):
        outcome(office, "admin", "wrong")
    clock.move(days=-1)
    assert outcome(office, "admin", PASSWORD) == {"minutes": 1}
    clock.move(seconds=30)
    assert outcome(office, "admin", PASSWORD) == "in"


def test_one_address_trying_many_logins_must_wait_whoever_it_tries_next(office: Office, administrator: Person):
    assert [outcome(office, f"nobody{number}", "wrong") for number in range(30)] == ["sign_in_wrong"] * 30
    assert outcome(office, "admin", PASSWORD) == {"minutes": 1}
    assert outcome(office, "admin", PASSWORD, "10.0.0.2") == "in"


def test_one_s_own_right_password_does_not_clean_the_address(office: Office, administrator: Person):
    for number in range(30):
        outcome(office, f"nobody{number}", "wrong")
        if number == 20:
            assert outcome(office, "admin", PASSWORD) == "in"
    assert outcome(office, "admin", PASSWORD) == {"minutes": 1}


def test_many_guesses_at_once_are_counted_one_by_one(office: Office, administrator: Person):
    with ThreadPoolExecutor(20) as pool:
        outcomes = list(pool.map(lambda number: str(outcome(office, "admin", f"wrong {number}", f"10.0.1.{number}")), range(20)))
    assert Counter(outcomes) == {"sign_in_wrong": 5, "{'minutes': 1}": 15}


def test_an_unknown_login_is_given_the_same_work_as_a_wrong_password(office: Office, administrator: Person, monkeypatch: pytest.MonkeyPatch):
    """So that the time an answer takes does not tell which logins there are."""
    works, hasher = [], passwords._hasher

    class Watched:
        def verify(self, password_hash: str, password: str) -> bool:
            works.append(extract_parameters(password_hash))
            return hasher.verify(password_hash, password)

    monkeypatch.setattr(passwords, "_hasher", Watched())
    outcome(office, "admin", "wrong", "10.0.2.1")
    outcome(office, "nobody", "wrong", "10.0.2.2")
    assert len(works) == 2 and works[0] == works[1]
