"""The first start, once: an office of one's own or the example; and who may be whom in it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait

import pytest

from pso_core.actions import first_start, people, sign_in
from pso_core.actions.projects import import_example
from pso_core.domain.people import ROLES, Person
from pso_core.errors import NotAllowed, PsoError
from pso_core.office import Office
from tests.actions.conftest import PASSWORD, Clock

OWN = {"login": "somying", "name": "สมหญิง", "position": "", "password": PASSWORD}


def test_the_first_person_is_an_administrator_and_signed_in(office: Office):
    first = sign_in.visiting(office, first_start.begin_own(office, **OWN))
    assert (first.login, first.role, office.store.people.all()) == ("somying", "administrator", (first,))
    assert first_start.open_accounts(office) == ()


def test_the_first_start_is_offered_once(office: Office, administrator: Person):
    for begin in (lambda: first_start.begin_own(office, **OWN), lambda: first_start.begin_example(office, import_example)):
        with pytest.raises(PsoError) as refusal:
            begin()
        assert refusal.value.code == "already_started"
    assert (office.store.people.all(), office.store.projects(), first_start.is_example(office)) == ((administrator,), (), False)


def test_of_many_first_starts_at_once_one_wins(office: Office):
    def begin(number: int) -> str:
        try:
            return first_start.begin_own(office, **OWN | {"login": f"admin{number}"})
        except PsoError as refusal:
            return refusal.code

    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(begin, range(8)))
    assert (outcomes.count("already_started"), len(office.store.people.all())) == (7, 1)


def test_the_example_begins_as_facilitator_with_a_person_for_every_role(office: Office):
    me = sign_in.visiting(office, first_start.begin_example(office, import_example))
    assert (me.role, len(office.store.projects())) == ("facilitator", 1)
    assert {person.role for person in first_start.open_accounts(office)} == set(ROLES)
    assert office.store.people.have_password() == frozenset()


def test_the_example_chosen_many_times_at_once_is_one_project(office: Office):
    def begin(number: int) -> str:
        try:
            return first_start.begin_example(office, import_example)
        except PsoError as refusal:
            return refusal.code

    with ThreadPoolExecutor(4) as pool:
        outcomes = list(pool.map(begin, range(4)))
    assert (outcomes.count("already_started"), len(office.store.projects())) == (3, 1)


def test_beginning_one_s_own_while_the_example_is_written_waits_for_it_and_is_refused(office: Office):
    own: list[Future] = []

    def meanwhile(office: Office, facilitator: Person) -> None:
        own.append(pool.submit(first_start.begin_own, office, login="admin", name="ผู้ดูแล", position="", password=PASSWORD))
        wait(own, timeout=2)
        import_example(office, facilitator)

    with ThreadPoolExecutor(1) as pool:
        first_start.begin_example(office, meanwhile)
        with pytest.raises(PsoError) as refusal:
            own[0].result()
    assert (refusal.value.code, first_start.is_example(office), len(office.store.projects())) == ("already_started", True, 1)


def test_an_example_that_could_not_be_written_can_be_chosen_again(office: Office):
    def disk_full(office: Office, facilitator: Person) -> None:
        raise PsoError("disk_refused")

    with pytest.raises(PsoError):
        first_start.begin_example(office, disk_full)
    assert (office.store.people.exist(), first_start.is_example(office)) == (False, False)
    first_start.begin_example(office, import_example)
    assert first_start.is_example(office)


def test_an_account_of_the_example_has_no_password_at_all(office: Office):
    first_start.begin_example(office, import_example)
    for password in ("", "password", "None"):
        with pytest.raises(PsoError) as refusal:
            sign_in.sign_in(office, "admin", password, "here")
        assert refusal.value.code == "sign_in_wrong"


def test_in_the_example_one_becomes_another_in_the_same_session(office: Office):
    token = first_start.begin_example(office, import_example)
    for person in first_start.open_accounts(office):
        assert first_start.become(office, token, person.id) == token
        assert sign_in.visiting(office, token) == person
    assert office.store.person_events.newest(limit=1)[0].action == "became"


def test_in_the_example_a_visitor_without_a_session_gets_one(office: Office):
    first_start.begin_example(office, import_example)
    person = first_start.open_accounts(office)[0]
    assert sign_in.visiting(office, first_start.become(office, "", person.id)) == person


def test_nobody_becomes_another_outside_the_example(office: Office, administrator: Person, colleague: Callable[..., Person]):
    malee = colleague()
    token = sign_in.sign_in(office, "malee", PASSWORD, "here")
    for person_id in (administrator.id, malee.id, "", "nobody"):
        with pytest.raises(NotAllowed) as refusal:
            first_start.become(office, token, person_id)
        assert refusal.value.code == "not_an_example"
    assert sign_in.visiting(office, token) == malee


def test_an_account_without_a_password_is_nobody_s_outside_the_example(office: Office, administrator: Person, clock: Clock):
    imported = Person("person:imported", "imported", "คนจากแฟ้ม", "", "", "member", True)
    office.store.people.add([imported], administrator.id, clock.now)
    with pytest.raises(NotAllowed):
        first_start.become(office, "", imported.id)
    assert first_start.open_accounts(office) == ()


def test_a_password_account_in_the_example_is_nobody_else_s(office: Office):
    first_start.begin_example(office, import_example)
    administrator = next(person for person in first_start.open_accounts(office) if person.role == "administrator")
    real = people.add_person(office, administrator, login="real", name="ตัวจริง", password=PASSWORD, role="member")
    with pytest.raises(NotAllowed):
        first_start.become(office, "", real.id)
    assert real not in first_start.open_accounts(office)


def test_an_example_that_became_an_office_lets_nobody_in_without_a_password_any_more(office: Office):
    token = first_start.begin_example(office, import_example)
    everybody = {person.role: person for person in first_start.open_accounts(office)}
    real = people.add_person(office, everybody["administrator"], login="real", name="ตัวจริง", password=PASSWORD, role="administrator")
    first_start.end_example(office, everybody["administrator"])
    assert (first_start.is_example(office), first_start.open_accounts(office), sign_in.visiting(office, token)) == (False, (), None)
    assert [person for person in office.store.people.all() if person.active] == [real]
    with pytest.raises(NotAllowed):
        first_start.become(office, "", everybody["head"].id)


def test_the_example_does_not_end_before_somebody_could_come_in(office: Office):
    token = first_start.begin_example(office, import_example)
    administrator = next(person for person in first_start.open_accounts(office) if person.role == "administrator")
    people.add_person(office, administrator, login="real", name="ตัวจริง", password=PASSWORD, role="head")
    with pytest.raises(PsoError) as refusal:
        first_start.end_example(office, administrator)
    assert refusal.value.code == "last_administrator"
    assert first_start.is_example(office) and sign_in.visiting(office, token) is not None
    assert all(person.active for person in office.store.people.all())


def test_only_an_administrator_of_an_example_ends_it(office: Office):
    first_start.begin_example(office, import_example)
    for person in first_start.open_accounts(office):
        if person.role != "administrator":
            with pytest.raises(NotAllowed):
                first_start.end_example(office, person)
    assert first_start.is_example(office)


def test_an_office_that_is_no_example_has_none_to_end(office: Office, administrator: Person):
    with pytest.raises(NotAllowed) as refusal:
        first_start.end_example(office, administrator)
    assert refusal.value.code == "not_an_example"
    assert administrator.active
