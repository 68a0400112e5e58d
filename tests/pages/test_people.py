"""The people page: accounts are opened by administrators, and no password stays in a field for the next one."""

from __future__ import annotations

import pytest

from pso_core.actions.people import anonymise, change_role, disable, edit_profile, enable, set_password
from pso_core.actions.sign_in import begin_session, sign_in, sign_out_everywhere
from pso_core.domain.people import Person
from pso_core.text.phrases import LANGUAGES, phrases
from pso_core.ui.plain import as_html
from tests.building import person
from tests.pages.conftest import errors, fault, press, shown

TYPED = {"name": "นางมาลี ใจดี", "position": "นักวิชาการ", "division": "ฝ่ายข้อมูล", "login": "malee", "password": "ดอกไม้ในสวนหลังบ้าน"}


def fill(at, say, **values):
    for name, value in values.items():
        next(box for box in at.text_input if box.label == say(f"page_people.{name}")).set_value(value)
    return at.run()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_refused_account_keeps_what_was_typed_and_of_one_that_is_opened_and_can_sign_in_nothing_stays_in_the_fields(office, example, visit, language):
    at, say = visit("people", role="administrator", language=language), phrases(language)
    people = office.store.people.all()
    press(fill(at, say, **{**TYPED, "password": "สั้น"}), say("page_people.add"))
    assert (fault(at), len(at.error), office.store.people.all()) == ([], 1, people)
    assert TYPED["name"] in [box.value for box in at.text_input]
    press(fill(at, say, password=TYPED["password"]), say("page_people.add"))
    assert fault(at) == []
    assert sign_in(office, "malee", TYPED["password"], "127.0.0.1") != ""
    assert TYPED["name"] in shown(at)
    assert [box.value for box in at.text_input if box.value in TYPED.values()] == []


def test_an_administrator_corrects_the_name_of_another_and_without_one_is_refused(office, example, visit):
    at, say, member = visit("people", role="administrator"), phrases("th"), person("member")
    at.selectbox(key="people/whom").set_value(member.id).run()
    next(box for box in at.text_input if box.key.startswith(f"people/{member.id}/name/")).set_value("  ")
    press(at, say("page_people.save_details"))
    assert (errors(at), office.store.people.get(member.id)) == ([say("refusals.name_missing")], member)
    corrected = {"name": "นางสาวแก้ว ถูกต้อง", "position": "นักวิเคราะห์", "division": "ฝ่ายแผน"}
    for name, text in corrected.items():
        next(box for box in at.text_input if box.key.startswith(f"people/{member.id}/{name}/")).set_value(text)
    press(at, say("page_people.save_details"))
    now = office.store.people.get(member.id)
    assert (fault(at), {name: getattr(now, name) for name in corrected}) == ([], corrected)
    assert corrected["name"] in shown(at)


def test_others_find_only_their_own_account(office, example, visit):
    at, say = visit("people", role="member"), phrases("th")
    assert say("page_people.add") not in [button.label for button in at.button]
    assert say("page_people.everywhere") in [button.label for button in at.button]


def test_the_name_of_somebody_who_left_goes_for_good_and_from_the_page(office, example, visit):
    say, member = phrases("th"), person("member")
    at = visit("people", role="administrator")
    next(box for box in at.selectbox if box.label == say("page_people.whom")).set_value(member.id).run()
    assert say("page_people.forget_yes") not in [button.label for button in at.button]
    press(at, say("page_people.close"))
    next(box for box in at.selectbox if box.label == say("page_people.whom")).set_value(member.id).run()
    press(at, say("page_people.forget_yes"))
    assert fault(at) == []
    assert (office.store.people.get(member.id).name, member.name in shown(at)) == ("", False)


def box(at, whose, field):
    """The field of this person's details, or of one's own ("own/<id>")."""
    return next(one for one in at.text_input if one.key.startswith(f"people/{whose}/{field}/"))


def choose(at, person_id):
    return at.selectbox(key="people/whom").set_value(person_id).run()


def test_two_who_correct_different_fields_of_one_account_both_succeed(office, example, visit):
    say, member = phrases("th"), person("member")
    first, second = choose(visit("people", role="administrator"), member.id), visit("people", role="member")
    box(second, f"own/{member.id}", "name").set_value("นางสาวแก้ว ถูกต้อง")
    press(second, say("page_people.save_profile"))
    box(first, member.id, "position").set_value("นักวิเคราะห์").run()
    press(first, say("page_people.save_details"))
    now = office.store.people.get(member.id)
    assert (errors(first), errors(second), now.name, now.position) == ([], [], "นางสาวแก้ว ถูกต้อง", "นักวิเคราะห์")
    assert box(first, member.id, "name").value == "นางสาวแก้ว ถูกต้อง"


def test_fields_opened_again_show_what_is_stored_now_and_save_no_older_text(office, example, visit):
    say, member, head = phrases("th"), person("member"), person("head")
    at = choose(visit("people", role="administrator"), member.id)
    choose(at, head.id)
    edit_profile(office, member, member, name="นางสาวแก้ว ถูกต้อง", position=member.position, division=member.division)
    choose(at, member.id)
    assert box(at, member.id, "name").value == "นางสาวแก้ว ถูกต้อง"
    box(at, member.id, "name").set_value(member.name).run()
    press(at, say("page_people.save_details"))
    assert office.store.people.get(member.id) == member


def test_one_s_own_password_is_set_only_where_the_old_one_is_asked(office, example, visit):
    say, administrator = phrases("th"), person("administrator")
    at = visit("people", role="administrator")
    own = [button.label for button in at.button].count(say("page_people.set_password"))
    assert [button.label for button in choose(at, administrator.id).button].count(say("page_people.set_password")) == own == 1
    assert [button.label for button in choose(at, person("member").id).button].count(say("page_people.set_password")) == 2


def test_somebody_who_came_without_a_name_is_there_to_be_given_one(office, example, visit):
    say, nameless = phrases("th"), Person("p-9", "imported:p-9", "", "", "", "viewer", False)
    office.store.people.add([nameless], "p-admin", office.clock())
    at = visit("people", role="administrator")
    assert say("app.person_unknown") in shown(at)
    choose(at, nameless.id)
    box(at, nameless.id, "name").set_value("นายใหม่ มาแล้ว").run()
    press(at, say("page_people.save_details"))
    assert (fault(at), errors(at), office.store.people.get(nameless.id).name) == ([], [], "นายใหม่ มาแล้ว")


def test_two_people_of_one_name_are_told_apart(office, example, visit):
    for number in (1, 2):
        office.store.people.add([Person(f"p-{number}", f"login{number}", "นายซ้ำ ชื่อกัน", "", "", "viewer", True)], "p-admin", office.clock())
    at, say = visit("people", role="administrator"), phrases("th")
    for option in ("นายซ้ำ ชื่อกัน (login1)", "นายซ้ำ ชื่อกัน (login2)"):
        assert option in at.selectbox(key="people/whom").options
    press(choose(at, "p-2"), say("page_people.close"))
    assert [office.store.people.get(f"p-{number}").active for number in (1, 2)] == [True, False]


@pytest.fixture
def everything_done(office, example):
    """An example in which each thing that can be done to an account has been done to p-1, by the administrator where not by themselves."""
    administrator, member = person("administrator"), Person("p-1", "malee", "นางมาลี ใจดี", "", "", "member", True)
    office.store.people.add([member], administrator.id, office.clock())
    office.store.sessions.hand_over(begin_session(office, member.id), member.id, office.clock())
    sign_out_everywhere(office, member)
    edit_profile(office, member, member, name="นางมาลี ใหม่", position="หัวหน้า", division="")
    change_role(office, administrator, member.id, "head")
    set_password(office, administrator, member.id, TYPED["password"])
    disable(office, administrator, member.id)
    enable(office, administrator, member.id)
    anonymise(office, administrator, member.id)


def open_log(at, language="th"):
    assert phrases(language)("page_people.log") in [drawer.label for drawer in at.expander]
    at.session_state["people/log"] = True
    return at.run()


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_administrator_reads_what_was_done_to_accounts_once_the_log_is_opened(office, everything_done, visit, language):
    at, say = visit("people", role="administrator", language=language), phrases(language)
    head, member = say("choices.role.head"), say("choices.role.member")
    done = {
        "added": {"role": member}, "signed_in": {}, "became": {}, "signed_out_everywhere": {}, "password_set": {}, "disabled": {}, "enabled": {},
        "anonymised": {}, "role_changed": {"before": member, "after": head},
        "profile_edited": {"fields": f"{say('page_people.name')}, {say('page_people.position')}"},
    }  # fmt: skip
    logged = {event.action for event in office.store.person_events.newest()}
    assert logged == set(done) == {key.rpartition(".")[2] for key in say.keys() if key.startswith("page_people.event.")}
    sentences = [as_html(say(f"page_people.event.{action}", **facts)) for action, facts in done.items()]
    assert say("page_people.log_when") not in shown(at)
    text = shown(open_log(at, language))
    assert (fault(at), [one for one in sentences if one not in text]) == ([], [])
    assert "นางมาลี" not in text


def test_the_log_of_accounts_shows_the_newest_only(office, example, visit):
    for _ in range(40):
        office.store.sessions.end_all("p-head", "p-member", office.clock())
    text = shown(open_log(visit("people", role="administrator")))
    assert text.count(phrases("th")("page_people.event.signed_out_everywhere")) == 30


def test_the_log_of_accounts_is_for_administrators(office, example, visit):
    at = visit("people", role="facilitator")
    assert phrases("th")("page_people.log") not in [one.label for one in at.expander]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_one_signs_in_with_has_one_name(language: str):
    say = phrases(language)
    assert say("page_people.login") == say("signin.login")
