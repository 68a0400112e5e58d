"""Reminders on the pages: the text to copy, one's own calendar and mail, and the mail server for administrators."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from pso_core.actions import mail, reminders
from pso_core.actions.calendar_address import calendar_made_at, open_calendar
from pso_core.actions.postman import Postman
from pso_core.actions.sign_in import begin_session
from pso_core.office import Office
from pso_core.text.phrases import LANGUAGES, phrases
from pso_core.text.thaidate import say_moment
from pso_core.ui.visit import TOKEN
from pso_core.web import way_in
from pso_core.web.cookies import LANGUAGE
from tests.actions.mail_server import mail_server
from tests.actions.planning import planned
from tests.building import NOW, person
from tests.pages import conftest
from tests.pages.conftest import errors, fault, press
from tests.servers import free_port

Open = Callable[..., AppTest]
TH = phrases("th")


def everything() -> None:
    """All three parts on one page."""
    from pso_core.ui import messages, reminders, visit
    from pso_core.ui.desk import desk_of

    desk = desk_of(visit.guard())
    messages.toast(desk)
    reminders.line_text(desk)
    reminders.own_reminders(desk)
    reminders.mail_settings(desk.person, desk.say)


@pytest.fixture
def page(office: Office) -> Open:
    def opened(role: str = "member", language: str = "th") -> AppTest:
        at = AppTest.from_function(everything, default_timeout=60)
        at.session_state[TOKEN] = begin_session(office, person(role).id)
        at.session_state[LANGUAGE] = language
        return at.run()

    return opened


@pytest.fixture
def project(office: Office) -> str:
    return planned(office)


def shown(at: AppTest) -> str:
    """Everything to read, as it is read."""
    return conftest.shown(at).replace("\\", "").replace("\u2060", "")


def codes(at: AppTest) -> list[str]:
    """What has a button to copy it."""
    return [code.value for code in at.get("code")]


def fill(at: AppTest, **values: str) -> AppTest:
    for key, value in values.items():
        at.text_input(key=f"reminders/{key.replace('_', '/', 1)}").set_value(value)
    return at.run()


def test_the_text_for_the_group_is_there_to_be_copied(office: Office, project: str, page: Open):
    for language in LANGUAGES:
        at = page(language=language)
        assert (fault(at), codes(at)) == ([], [reminders.line_text(office, office.store.state(project), phrases(language))])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_calendar_address_is_made_shown_once_renewed_and_stopped(office: Office, project: str, page: Open, language: str):
    at, say = page(language=language), phrases(language)
    assert say("reminders.calendar.none") in shown(at)
    at = press(at, say("reminders.calendar.make"))
    address = codes(at)[-1]
    assert open_calendar(office, address.rpartition("/")[2].removesuffix(".ics"), "here").language == language
    assert codes(page(language=language))[-1] != address  # another visit cannot read it again
    at = press(at, say("reminders.calendar.again"))
    assert codes(at)[-1] != address
    at = press(at, say("reminders.calendar.revoke"))
    assert (fault(at), calendar_made_at(office, person("member"))) == ([], None)
    assert say("reminders.calendar.none") in shown(at)


WAYS = [
    # where the page was opened, what this machine is called in the network, whether it answers there, the address offered, what is wrong with it
    ("https://nine.example/my_work", None, False, "https://nine.example", None),
    ("http://127.0.0.1:8501/my_work", "192.168.1.20", True, "http://192.168.1.20:8501", None),
    ("http://localhost:8501/my_work", "192.168.1.20", False, "http://localhost:8501", "alone"),
    ("http://localhost:8501/my_work", None, False, "http://localhost:8501", "no_network"),
]


@pytest.mark.parametrize(("language", "ways"), [("th", WAYS), ("en", WAYS[-2:])])
def test_an_address_that_no_phone_can_open_says_so(project: str, page: Open, monkeypatch: pytest.MonkeyPatch, ways: list[tuple], language: str):
    say, told = phrases(language), []
    for here, own, answers, *_ in ways:
        monkeypatch.setattr(type(st.context), "url", property(lambda _, here=here: here))
        monkeypatch.setattr(way_in, "own_address", lambda own=own: own)
        monkeypatch.setattr(way_in, "_answers", lambda *_, answers=answers: answers)
        at = press(page(language=language), say("reminders.calendar.make"))
        address, trouble = codes(at)[-1].rpartition("/calendar/")[0], [one for one in ("alone", "no_network") if say(f"reminders.calendar.{one}") in shown(at)]
        told.append((address, trouble))
        press(at, say("reminders.calendar.revoke"))
    assert told == [(address, [trouble] if trouble else []) for *_, address, trouble in ways]


@pytest.mark.parametrize("language", LANGUAGES)
def test_mail_is_chosen_with_its_day_and_hour(office: Office, project: str, page: Open, language: str):
    at, say = page(language=language), phrases(language)
    assert say("reminders.mail.unset") in shown(at)
    at.button_group(key="reminders/mail/rhythm").set_value("weekly").run()
    at.selectbox(key="reminders/mail/weekday").set_value(4)
    at.selectbox(key="reminders/mail/hour").set_value(16)
    at = press(fill(at, mail_address="malee@lampang.example"), say("reminders.mail.save"))
    choice = mail.mail_choice(office, person("member"))
    assert (fault(at), choice.address, choice.rhythm, choice.weekday, choice.hour, choice.language) == ([], "malee@lampang.example", "weekly", 4, 16, language)


def test_a_refused_address_is_said_and_stays_to_be_corrected(office: Office, project: str, page: Open):
    at = page()
    at.button_group(key="reminders/mail/rhythm").set_value("daily").run()
    at = press(fill(at, mail_address="malee@"), TH("reminders.mail.save"))
    assert (errors(at), at.text_input(key="reminders/mail/address").value) == ([TH("refusals.mail_address_unfit")], "malee@")
    assert mail.mail_choice(office, person("member")) is None


def test_an_address_that_the_server_refuses_is_told_to_its_owner(office: Office, project: str, page: Open):
    mail.choose_mail(office, person("member"), address="malee@lampang.example", rhythm="daily")
    office.store.mail_choices.note_refused(mail.mail_choice(office, person("member")), 550)
    assert errors(page()) == [TH("reminders.mail.refused", number=550)]


def test_an_administrator_sets_the_server_tries_it_and_leaves_it(office: Office, project: str, page: Open):
    at, say = page("administrator", "en"), phrases("en")
    with mail_server() as mailbox:
        at.text_input(key="reminders/server/port").set_value(str(mailbox.port))
        at.selectbox(key="reminders/server/security").set_value("none")
        at.text_input(key="reminders/server/password/0").set_value("secret")
        at = fill(at, server_host="127.0.0.1", server_sender="pso@lampang.example", server_user="pso")
        assert say("reminders.server.open_password") in shown(at)
        at = press(at, say("reminders.server.save"))
        assert mail.mail_server(office).password == "secret"
        assert "secret" not in [box.value for box in at.text_input]
        at = press(fill(at, server_user=""), say("reminders.server.save"))
        at = press(fill(at, server_test_to="admin@lampang.example"), say("reminders.server.test"))
        assert (fault(at), errors(at), mailbox.addresses) == ([], [], ["admin@lampang.example"])
    assert errors(press(at, say("reminders.server.test"))) == [say("refusals.mail_unreachable", host="127.0.0.1", port=mailbox.port)]
    at.text_input(key="reminders/days").set_value("๙")
    press(at, say("reminders.server.save_escalation"))
    assert reminders.escalation(office) == 9
    press(at, say("reminders.server.forget"))
    assert mail.mail_server(office) is None


def test_days_until_the_head_hears_beyond_their_limits_are_refused_and_stay_as_typed(office: Office, project: str, page: Open):
    at = page("administrator")
    for typed in ("0", "251", "-5", "๒๕๑", "ห้าวัน", ""):
        at.text_input(key="reminders/days").set_value(typed)
        at = press(at, TH("reminders.server.save_escalation"))
        assert (typed, fault(at), errors(at)) == (typed, [], [TH("refusals.escalation_outside", least=1, most=reminders.LONGEST_ESCALATION)])
        assert (reminders.escalation(office), at.text_input(key="reminders/days").value) == (reminders.DEFAULT_ESCALATION, typed)


def test_a_port_that_there_is_none_of_is_refused_and_stays_as_typed(office: Office, project: str, page: Open):
    at = page("administrator")
    for typed in ("0", "65536", "๖๕๕๓๖", "ssl", ""):
        at = fill(at, server_host="smtp.lampang.example", server_sender="pso@lampang.example", server_port=typed)
        at = press(at, TH("reminders.server.save"))
        assert (typed, fault(at), errors(at), mail.mail_server(office)) == (typed, [], [TH("refusals.mail_port_outside", least=1, most=65_535)], None)
        assert at.text_input(key="reminders/server/port").value == typed


def test_an_administrator_reads_why_mail_waits_and_since_when(office: Office, project: str, page: Open):
    mail.choose_mail(office, person("member"), address="malee@lampang.example", rhythm="daily", hour=10)  # that hour has just struck
    say, port = phrases("en"), free_port()
    mail.set_mail_server(office, person("administrator"), host="127.0.0.1", port=port, security="none", sender="pso@lampang.example")
    before = shown(page("administrator", "en"))
    assert [one.state for one in Postman(office).round()] == ["waiting"]
    told = say("reminders.server.trouble", when=say_moment(NOW, say), person=person("member").name, reason=say("refusals.mail_unreachable", host="127.0.0.1", port=port))
    after = shown(page("administrator", "en"))
    assert (told in before, told in after, say("reminders.outcome.waiting", count=1) in after) == (False, True, True)


@pytest.mark.parametrize(("here", "offered", "warned"), [("https://nine.example/settings", "https://nine.example", False), ("http://localhost:8501/settings", "", True)])
def test_the_address_told_by_mail_is_that_of_the_page_unless_only_this_machine_opens_it(
    office: Office, project: str, page: Open, monkeypatch: pytest.MonkeyPatch, here: str, offered: str, warned: bool
):
    monkeypatch.setattr(type(st.context), "url", property(lambda _: here))
    monkeypatch.setattr(way_in, "own_address", lambda: None)
    at = page("administrator")
    assert at.text_input(key="reminders/server/program").value == offered
    at = fill(at, server_program=here, server_host="smtp.lampang.example", server_sender="pso@lampang.example")
    assert (TH("reminders.server.program_own") in shown(at)) is warned
    press(at, TH("reminders.server.save"))
    assert mail.mail_server(office).program == here


def test_an_address_of_the_program_that_is_none_is_refused_and_the_page_stays(office: Office, project: str, page: Open):
    at = fill(page("administrator"), server_program="http://[10.0.0.5", server_host="smtp.lampang.example", server_sender="pso@lampang.example")
    at = press(at, TH("reminders.server.save"))
    assert (fault(at), errors(at), mail.mail_server(office)) == ([], [TH("refusals.mail_program_unfit", most=mail.LONGEST_PROGRAM)], None)


def test_nobody_else_sees_the_server(office: Office, project: str, page: Open):
    mail.set_mail_server(office, person("administrator"), host="smtp.lampang.example", port=25, security="none", sender="pso@lampang.example")
    for role in ("facilitator", "member", "head", "viewer"):
        at = page(role)
        assert (fault(at), TH("reminders.server.heading") in shown(at), "smtp.lampang.example" in [box.value for box in at.text_input]) == ([], False, False)
