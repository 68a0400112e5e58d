"""Accounts: who may do what to whom, what is logged, and that an administrator is always left."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from pso_core.actions import people, sign_in
from pso_core.domain.people import ROLES, Person
from pso_core.errors import NotFound, PsoError
from pso_core.office import Office
from tests.actions.conftest import PASSWORD, Clock

TYPED = {"login": "malee", "name": "มาลี", "password": PASSWORD, "role": "member"}


def refused(act: Callable[[], object], code: str, **facts: object) -> None:
    with pytest.raises(PsoError) as refusal:
        act()
    assert (refusal.value.code, refusal.value.facts) == (code, facts)


def test_a_person_is_kept_as_typed_and_cleaned(office: Office, administrator: Person):
    added = people.add_person(
        office, administrator, login=" Ma.Lee_1 ", name=" มาลี\t แสน\u200bดี \n", password=PASSWORD, role="head", position="\x00หัวหน้า", division="ฝ่ายแผน"
    )
    assert office.store.people.get(added.id) == Person(added.id, "Ma.Lee_1", "มาลี แสนดี", "หัวหน้า", "ฝ่ายแผน", "head", True)
    assert office.store.people.by_login("MA.LEE_1") == added


UNFIT = [
    ({"login": "ADMIN"}, "login_taken", {}),
    ({"login": ""}, "login_unfit", {"most": 40}),
    ({"login": "two words"}, "login_unfit", {"most": 40}),
    ({"login": "<b>"}, "login_unfit", {"most": 40}),
    ({"login": "a" * 41}, "login_unfit", {"most": 40}),
    ({"name": " \u200b\n"}, "name_missing", {}),
    ({"name": "ก" * 201}, "text_long", {"most": 200}),
    ({"position": "ก" * 201}, "text_long", {"most": 200}),
    ({"role": "owner"}, "role_unknown", {}),
    ({"password": "123456789"}, "password_short", {"least": 10}),
    ({"password": "1" * 201}, "password_long", {"most": 200}),
    ({"login": "malee-saendee", "password": "MALEE-saendee"}, "password_is_login", {}),
]


def test_a_bad_account_is_refused_and_nothing_written(office: Office, administrator: Person):
    events = office.store.person_events.newest()
    for changed, code, facts in UNFIT:
        refused(lambda: people.add_person(office, administrator, **TYPED | changed), code, **facts)  # noqa: B023
        assert (changed, office.store.people.all(), office.store.person_events.newest()) == (changed, (administrator,), events)


def test_a_thai_login_is_a_login(office: Office, administrator: Person):
    people.add_person(office, administrator, **TYPED | {"login": "กุ้งแห้ง"})
    assert sign_in.prove(office, "กุ้งแห้ง", PASSWORD, "here").login == "กุ้งแห้ง"


@pytest.mark.parametrize("typed", ["ผู\u0e49ดูแล", "ผ\u0e49\u0e39ดูแล", "\ufeffผู้ดูแล\u200b "])
def test_a_thai_login_is_found_in_whatever_order_its_marks_are_typed(office: Office, administrator: Person, typed: str):
    added = people.add_person(office, administrator, **TYPED | {"login": "ผู้ดูแล"})
    assert sign_in.prove(office, typed, PASSWORD, "here") == office.store.people.by_login(typed) == added
    refused(lambda: people.add_person(office, administrator, **TYPED | {"login": typed}), "login_taken")


def test_every_spelling_of_a_login_is_one_login_to_guess_at(office: Office, administrator: Person, colleague: Callable[..., Person]):
    colleague("ผู้ดูแล")
    for number, typed in enumerate(["ผู้ดูแล", "ผ\u0e49\u0e39ดูแล", "\u200bผู้ดูแล", "ผู้\u200dดูแล", "ผู้ดูแล\ufeff"]):
        refused(lambda: sign_in.sign_in(office, typed, "wrong", f"10.0.0.{number}"), "sign_in_wrong")
    refused(lambda: sign_in.sign_in(office, "ผู้ดูแล", PASSWORD, "10.0.0.9"), "sign_in_wait", minutes=1)


def test_only_an_administrator_manages_people(office: Office, administrator: Person, colleague: Callable[..., Person]):
    other, *actors = colleague("other"), *(colleague(f"a-{role}", role) for role in ROLES if role != "administrator")
    before = office.store.people.all(), office.store.person_events.newest()
    for actor in actors:
        for act in (
            lambda: people.add_person(office, actor, **TYPED),  # noqa: B023
            lambda: people.change_role(office, actor, actor.id, "administrator"),  # noqa: B023
            lambda: people.disable(office, actor, other.id),  # noqa: B023
            lambda: people.enable(office, actor, other.id),  # noqa: B023
            lambda: people.anonymise(office, actor, other.id),  # noqa: B023
            lambda: people.set_password(office, actor, other.id, "another password"),  # noqa: B023
            lambda: people.edit_profile(office, actor, other, name="x", position="", division=""),  # noqa: B023
        ):
            refused(act, "not_allowed", role=actor.role, verb="manage_people")
    assert (office.store.people.all(), office.store.person_events.newest()) == before


@pytest.mark.parametrize("leaving", ["change_role", "disable", "anonymise"])
def test_the_last_administrator_stays(office: Office, administrator: Person, colleague: Callable[..., Person], leaving: str):
    second = colleague("second", "administrator")
    people.disable(office, administrator, second.id)
    more = ("member",) if leaving == "change_role" else ()
    refused(lambda: getattr(people, leaving)(office, administrator, administrator.id, *more), "last_administrator")
    assert office.store.people.get(administrator.id) == administrator
    people.enable(office, administrator, second.id)
    getattr(people, leaving)(office, administrator, administrator.id, *more)
    assert office.store.people.get(administrator.id) != administrator


def test_what_is_asked_of_nobody_is_refused(office: Office, administrator: Person):
    with pytest.raises(NotFound) as refusal:
        people.change_role(office, administrator, "person:nobody", "member")
    assert refusal.value.code == "person_not_found"


def test_everything_done_to_an_account_is_logged_without_names_or_passwords(
    office: Office, administrator: Person, colleague: Callable[..., Person], clock: Clock
):
    malee = colleague()
    clock.move(minutes=1)
    people.change_role(office, administrator, malee.id, "head")
    people.edit_profile(office, malee, malee, name="มาลี ใหม่", position="หัวหน้า", division="")
    people.set_password(office, administrator, malee.id, "another password")
    people.disable(office, administrator, malee.id)
    people.enable(office, administrator, malee.id)
    people.anonymise(office, administrator, malee.id)
    logged = [(event.actor_id == malee.id, event.action, event.detail) for event in reversed(office.store.person_events.newest(malee.id))]
    assert logged == [
        (False, "added", {"role": "member"}),
        (False, "role_changed", {"before": "member", "after": "head"}),
        (True, "profile_edited", {"fields": ["name", "position"]}),
        (False, "password_set", {}),
        (False, "disabled", {}),
        (False, "enabled", {}),
        (False, "anonymised", {}),
    ]
    assert office.store.person_events.newest(malee.id, limit=1)[0].occurred_at == clock.now


def test_closing_an_account_is_not_undone_by_its_owner_s_edit_of_the_same_moment(
    office: Office, administrator: Person, colleague: Callable[..., Person]
):
    malee = colleague()
    with ThreadPoolExecutor(2) as two:
        for number in range(20):
            people.enable(office, administrator, malee.id)
            done = [
                two.submit(people.disable, office, administrator, malee.id),
                two.submit(people.edit_profile, office, malee, malee, name=f"มาลี {number}", position="", division=""),
            ]
            for one in done:
                one.result()
            assert office.store.people.get(malee.id) == replace(malee, name=f"มาลี {number}", active=False)


def test_an_unchanged_profile_is_no_event(office: Office, administrator: Person):
    events = office.store.person_events.newest()
    people.edit_profile(office, administrator, administrator, name="ผู้ดูแล ", position="", division="")
    assert office.store.person_events.newest() == events


def test_two_people_who_edit_different_fields_of_one_account_both_keep_their_edit(
    office: Office, administrator: Person, colleague: Callable[..., Person]
):
    seen_by_both = colleague()
    people.edit_profile(office, seen_by_both, seen_by_both, name="มาลี ใหม่", position="", division="")
    people.edit_profile(office, administrator, seen_by_both, name=seen_by_both.name, position="หัวหน้า", division="")
    assert office.store.people.get(seen_by_both.id) == replace(seen_by_both, name="มาลี ใหม่", position="หัวหน้า")
    assert [event.detail["fields"] for event in office.store.person_events.newest(limit=2)] == [["position"], ["name"]]


def test_a_form_opened_before_a_name_was_removed_does_not_bring_it_back(office: Office, administrator: Person, colleague: Callable[..., Person]):
    seen = colleague()
    people.anonymise(office, administrator, seen.id)
    gone, events = office.store.people.get(seen.id), office.store.person_events.newest()
    for act in (
        lambda: people.edit_profile(office, administrator, seen, name="มาลี ใหม่", position="", division=""),
        lambda: people.enable(office, administrator, seen.id),
    ):
        refused(act, "person_not_found")
    assert (office.store.people.get(seen.id), office.store.person_events.newest()) == (gone, events)


def test_somebody_who_came_without_a_name_can_get_a_position_first(office: Office, administrator: Person, clock: Clock):
    nameless = Person("p-9", "imported:p-9", "", "", "", "viewer", False)
    office.store.people.add([nameless], administrator.id, clock.now)
    people.edit_profile(office, administrator, nameless, name="", position="อาจารย์ที่ปรึกษา", division="")
    assert office.store.people.get("p-9") == replace(nameless, position="อาจารย์ที่ปรึกษา")


def test_a_person_made_anonymous_leaves_only_the_id(office: Office, administrator: Person, colleague: Callable[..., Person], database: Path):
    malee = colleague()
    token = sign_in.sign_in(office, "malee", PASSWORD, "here")
    office.store.drafts.keep(malee.id, "vision", {"text": "ร่าง"}, office.clock())
    people.anonymise(office, administrator, malee.id)
    assert office.store.people.get(malee.id) == replace(malee, login="", name="", active=False)
    assert (sign_in.visiting(office, token), office.store.drafts.places(malee.id)) == (None, ())
    refused(lambda: sign_in.prove(office, "malee", PASSWORD, "here"), "sign_in_wrong")
    assert colleague("malee").id != malee.id


def test_one_s_own_password_needs_the_old_one_and_ends_every_session(office: Office, colleague: Callable[..., Person]):
    malee = colleague()
    token = sign_in.sign_in(office, "malee", PASSWORD, "here")
    refused(lambda: people.set_password(office, malee, malee.id, "another password", old_password="wrong"), "sign_in_wrong")
    assert sign_in.visiting(office, token) == malee
    people.set_password(office, malee, malee.id, "another password", old_password=PASSWORD)
    assert sign_in.visiting(office, token) is None
    refused(lambda: sign_in.prove(office, "malee", PASSWORD, "here"), "sign_in_wrong")
    assert sign_in.prove(office, "malee", "another password", "here") == malee


def test_only_argon2_hashes_are_kept(office: Office, colleague: Callable[..., Person], database: Path):
    colleague()
    assert office.store.people.credential("malee").password_hash.startswith("$argon2id$v=19$")
    office.store.backup(database.with_name("copy.duckdb"))
    for path in (database, database.with_name("copy.duckdb"), database.with_name(database.name + ".wal")):
        assert PASSWORD.encode() not in (path.read_bytes() if path.exists() else b"")
