"""The people page: accounts are opened by administrators, and no password stays in a field for the next one."""

from __future__ import annotations

import pytest

from pso_core.actions.sign_in import sign_in
from pso_core.text.phrases import LANGUAGES, phrases
from tests.building import person
from tests.pages.conftest import errors, fault, press, shown

TYPED = {"name": "นางมาลี ใจดี", "position": "นักวิชาการ", "division": "ฝ่ายข้อมูล", "login": "malee", "password": "ดอกไม้ในสวนหลังบ้าน"}


def fill(at, say, **values):
    for name, value in values.items():
        next(box for box in at.text_input if box.label == say(f"page_people.{name}")).set_value(value)
    return at.run()


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_administrator_opens_an_account_that_can_sign_in(office, example, visit, language):
    at, say = visit("people", role="administrator", language=language), phrases(language)
    press(fill(at, say, **TYPED), say("page_people.add"))
    assert fault(at) == []
    assert sign_in(office, "malee", TYPED["password"], "127.0.0.1") != ""
    assert TYPED["name"] in shown(at)


def test_nothing_of_the_last_account_stays_in_the_fields(office, example, visit):
    at, say = visit("people", role="administrator"), phrases("th")
    press(fill(at, say, **TYPED), say("page_people.add"))
    assert [box.value for box in at.text_input if box.value in TYPED.values()] == []


def test_a_refused_account_keeps_what_was_typed(office, example, visit):
    at, say = visit("people", role="administrator"), phrases("th")
    people = office.store.people.all()
    press(fill(at, say, **{**TYPED, "password": "สั้น"}), say("page_people.add"))
    assert len(at.error) == 1
    assert TYPED["name"] in [box.value for box in at.text_input]
    assert office.store.people.all() == people


def test_an_administrator_corrects_the_name_of_another(office, example, visit):
    at, say, member = visit("people", role="administrator"), phrases("th"), person("member")
    at.selectbox(key="people/whom").set_value(member.id).run()
    corrected = {"name": "นางสาวแก้ว ถูกต้อง", "position": "นักวิเคราะห์", "division": "ฝ่ายแผน"}
    for name, text in corrected.items():
        next(box for box in at.text_input if box.key.startswith(f"people/{member.id}/{name}/")).set_value(text)
    press(at, say("page_people.save_details"))
    now = office.store.people.get(member.id)
    assert (fault(at), {name: getattr(now, name) for name in corrected}) == ([], corrected)
    assert corrected["name"] in shown(at)


def test_a_person_without_a_name_is_refused(office, example, visit):
    at, say, member = visit("people", role="administrator"), phrases("th"), person("member")
    at.selectbox(key="people/whom").set_value(member.id).run()
    next(box for box in at.text_input if box.key.startswith(f"people/{member.id}/name/")).set_value("  ")
    press(at, say("page_people.save_details"))
    assert errors(at) == [say("refusals.name_missing")]
    assert office.store.people.get(member.id) == member


def test_others_find_only_their_own_account(office, example, visit):
    at, say = visit("people", role="member"), phrases("th")
    assert say("page_people.add") not in [button.label for button in at.button]
    assert say("page_people.everywhere") in [button.label for button in at.button]
