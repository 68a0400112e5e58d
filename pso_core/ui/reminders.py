"""Reminders on the pages: one's own calendar and mail, the text for a group's chat, and the office's mail server."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

import streamlit as st

from pso_core.actions import calendar_address, mail, postman, remind, reminders
from pso_core.actions.reminder_text import CHAT_LETTERS
from pso_core.domain.people import Person
from pso_core.domain.permissions import may
from pso_core.domain.rhythm import RHYTHMS, Choice
from pso_core.office import office
from pso_core.steps.naming import Told
from pso_core.text.phrases import Phrases
from pso_core.text.thaidate import say_moment
from pso_core.ui import anew, doing, fields, messages, show
from pso_core.ui.desk import Desk
from pso_core.ui.plain import as_label
from pso_core.web.calendar import path_of
from pso_core.web.way_in import Way, is_of_this_machine, way_in

_ADDRESS = "reminders/address"  # the address just made, for as long as the page is open: it cannot be read again
_PLACE = "reminders"  # begun anew after every success, so that no password stays in its field
USUAL_PORTS = {"none": 25, "starttls": 587, "ssl": 465}


def line_text(desk: Desk) -> None:
    """Today's digest of the project, with a button that copies it."""
    say = desk.say
    show.heading(say("reminders.line_group.heading"))
    show.quiet(say("reminders.line_group.purpose", letters=f"{CHAT_LETTERS:,}"))
    st.code(reminders.line_text(desk.office, desk.state, say), language=None, wrap_lines=True)


def own_reminders(desk: Desk) -> None:
    """One's own calendar address and mail."""
    _calendar(desk.person, desk.say)
    _own_mail(desk.person, desk.say)


def mail_settings(person: Person, say: Phrases) -> None:
    """For administrators, nothing for others: which server, a trial message, when the head hears of it, what became of the mail."""
    if not may(person.role, "configure"):
        return
    show.heading(say("reminders.server.heading"))
    show.quiet(say("reminders.server.purpose"))
    server = mail.mail_server(office())
    _server_form(person, say, server)
    if server:
        _trial(person, say, server)
        _button(say, "reminders.server.forget", "forget", lambda: mail.forget_mail_server(office(), person))
        _outcomes(person, say)
    days = fields.amount_box(say("reminders.server.escalation"), reminders.escalation(office()), key="reminders/days")
    _button(say, "reminders.server.save_escalation", "days", lambda: reminders.set_escalation(office(), person, fields.whole_typed(days)))


def _calendar(person: Person, say: Phrases) -> None:
    show.heading(say("reminders.calendar.heading"))
    show.quiet(say("reminders.calendar.purpose"))
    made = calendar_address.calendar_made_at(office(), person)
    if made and (address := st.session_state.get(_ADDRESS)):
        st.success(as_label(say("reminders.calendar.shown_once")))
        st.code(address, language=None, wrap_lines=True)
        if trouble := _way().trouble:
            st.warning(as_label(say(f"reminders.calendar.{trouble}")))
    else:
        st.write(as_label(say("reminders.calendar.made", when=say_moment(made, say)) if made else say("reminders.calendar.none")))
    _button(say, f"reminders.calendar.{'again' if made else 'make'}", "calendar", lambda: _make(person, say), said="")
    if made:
        _button(say, "reminders.calendar.revoke", "revoke", lambda: _revoke(person), said="reminders.calendar.revoked")


def _make(person: Person, say: Phrases) -> None:
    secret = calendar_address.make_calendar_address(office(), person, say.language)
    st.session_state[_ADDRESS] = _way().address + path_of(secret)


def _revoke(person: Person) -> None:
    calendar_address.revoke_calendar_address(office(), person)
    st.session_state.pop(_ADDRESS, None)


def _way() -> Way:
    """Where phones find this program; as the visitor's browser knows it where they do not."""
    here = urlsplit(st.context.url or "")
    if not here.netloc:
        return Way("")
    found = way_in(here.scheme, here.netloc, None)
    return replace(found, address=f"{here.scheme}://{here.netloc}") if found.trouble else found


def _own_mail(person: Person, say: Phrases) -> None:
    show.heading(say("reminders.mail.heading"))
    show.quiet(say("reminders.mail.purpose"))
    choice = mail.mail_choice(office(), person) or Choice(person.id, "", "never", 0, 8, say.language, office().clock())
    if mail.mail_server(office()) is None:
        st.info(as_label(say("reminders.mail.unset")))
    if choice.refused:
        st.error(as_label(say("reminders.mail.refused", number=choice.refused)))
    values = _choice_form(say, choice)
    _button(say, "reminders.mail.save", "mail", lambda: mail.choose_mail(office(), person, **values, language=say.language))


def _choice_form(say: Phrases, choice: Choice) -> dict[str, Any]:
    address = st.text_input(say("reminders.mail.address"), choice.address, key="reminders/mail/address", autocomplete="email")
    rhythm = st.segmented_control(
        say("reminders.mail.rhythm"), RHYTHMS, default=choice.rhythm, required=True, key="reminders/mail/rhythm",
        format_func=lambda one: say(f"reminders.rhythm.{one}"),
    )  # fmt: skip
    values = {"address": address, "rhythm": rhythm, "weekday": choice.weekday, "hour": choice.hour}
    if rhythm == "weekly":
        values["weekday"] = st.selectbox(
            say("reminders.mail.weekday"), range(7), choice.weekday, key="reminders/mail/weekday", format_func=lambda day: say(f"dates.weekdays.{day + 1}"),
            placeholder=say("app.choose"),
        )  # fmt: skip
    if rhythm != "never":
        values["hour"] = st.selectbox(
            say("reminders.mail.hour"), range(24), choice.hour, key="reminders/mail/hour", format_func=lambda hour: say("reminders.mail.at_hour", hour=f"{hour:02}"),
            placeholder=say("app.choose"),
        )  # fmt: skip
    return values


def _server_form(person: Person, say: Phrases, server: mail.MailServer | None) -> None:
    known = server or mail.MailServer("", USUAL_PORTS["starttls"], "starttls", "")
    host, port = _text(say, "host", known.host), fields.amount_box(say("reminders.server.port"), known.port, key="reminders/server/port")
    security = st.selectbox(
        say("reminders.server.security"), mail.SECURITY, mail.SECURITY.index(known.security), key="reminders/server/security",
        format_func=lambda one: say(f"reminders.security.{one}"), placeholder=say("app.choose"),
    )  # fmt: skip
    sender, program = _text(say, "sender", known.sender), _program(say, known)
    user = _text(say, "user", known.user)
    password = st.text_input(
        say("reminders.server.password"), key=f"reminders/server/password/{anew.turn(_PLACE)}", type="password", autocomplete="new-password",
        help=say("reminders.server.password_kept") if known.password else None,
    )  # fmt: skip
    if user and security == "none":
        st.warning(as_label(say("reminders.server.open_password")))
    values = {"host": host, "port": fields.whole_typed(port), "security": security, "sender": sender, "user": user, "password": password or None, "program": program}
    _button(say, "reminders.server.save", "server", lambda: mail.set_mail_server(office(), person, **values))


def _program(say: Phrases, known: mail.MailServer) -> str:
    """The address that the mail tells of the program: until one is kept, that of this page, where phones can open it."""
    way = _way()
    program = _text(say, "program", known.program or ("" if way.trouble else way.address))
    if is_of_this_machine(program):
        st.warning(as_label(say("reminders.server.program_own")))
    return program


def _trial(person: Person, say: Phrases, server: mail.MailServer) -> None:
    to = _text(say, "test_to", server.sender)
    if st.button(say("reminders.server.test"), key="reminders/do/test"):
        with doing.refusals_shown(say):
            postman.send_test(office(), person, to, say)
            st.success(as_label(say("reminders.server.tested", address=to)))


def _outcomes(person: Person, say: Phrases) -> None:
    found = mail.outcomes(office(), person)
    lines = [say(f"reminders.outcome.{state}", count=count) for state, count in sorted(found.items())]
    if lines:
        show.quiet(f"{say('reminders.server.outcomes')}: {', '.join(lines)}")
    if trouble := mail.last_trouble(office()):
        told = Told(say, people=office().store.people.all())
        show.quiet(remind.trouble_sentence(told, trouble))


def _text(say: Phrases, name: str, value: str) -> str:
    return st.text_input(say(f"reminders.server.{name}"), value, key=f"reminders/server/{name}")


def _button(say: Phrases, label: str, key: str, action: Callable[[], Any], said: str = "app.saved") -> None:
    if not st.button(say(label), key=f"reminders/do/{key}"):
        return
    with doing.refusals_shown(say):
        action()
        anew.begin(_PLACE)
        if said:
            messages.say_later(say(said))
        st.rerun()

