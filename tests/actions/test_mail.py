"""The office's mail server, everybody's choice, what the digest says; delivery to a real server that is kind, strict, slow or gone."""

from __future__ import annotations


import pytest

from pso_core.actions import mail
from pso_core.actions.letters import digest_letter, letter
from pso_core.actions.mail_delivery import Undelivered, deliver
from pso_core.actions.people import anonymise, disable
from pso_core.actions.postman import send_test
from pso_core.errors import PsoError
from pso_core.office import Office
from pso_core.text.phrases import LANGUAGES, phrases
from tests.actions.mail_server import CERTIFICATE, LOGIN, PASSWORD, mail_server, silent_server, trickling_server
from tests.actions.planning import planned
from tests.actions.peopled import office
from tests.building import NOW, person, write
from tests.servers import free_port

ADMINISTRATOR, MEMBER = person("administrator"), person("member")
TH = phrases("th")
GOOD = {"host": "127.0.0.1", "port": 25, "security": "none", "sender": "pso@lampang.example"}
ADDRESS = "malee@lampang.example"
IMPATIENT = 0.4  # seconds


@pytest.fixture
def trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    """This machine trusts the certificate of the server of the tests."""
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))


def code_of(refusal: pytest.ExceptionInfo[PsoError]) -> str:
    return refusal.value.code


def a_letter(to: str = ADDRESS, body: str = "สวัสดี\n.\n.ขึ้นต้นด้วยจุด", server: mail.MailServer | None = None):
    return letter(server or mail.MailServer(**GOOD), TH, to, "งานเกินกำหนด 1", body, NOW, "test")


# Settings


def test_the_server_is_kept_as_typed_and_its_password_shown_nowhere(office: Office):
    mail.set_mail_server(office, ADMINISTRATOR, **GOOD | {"host": " smtp.lampang.example "}, user="pso", password="secret word")
    server = mail.mail_server(office)
    assert (server.host, server.port, server.security, server.sender, server.user, server.password) == ("smtp.lampang.example", 25, "none", GOOD["sender"], "pso", "secret word")
    assert "secret" not in repr(server)


def test_an_empty_password_keeps_the_one_of_the_same_user_only(office: Office):
    mail.set_mail_server(office, ADMINISTRATOR, **GOOD, user="pso", password="secret")
    mail.set_mail_server(office, ADMINISTRATOR, **GOOD | {"port": 587}, user="pso")
    assert (mail.mail_server(office).port, mail.mail_server(office).password) == (587, "secret")
    mail.set_mail_server(office, ADMINISTRATOR, **GOOD, user="other")
    assert mail.mail_server(office).password == ""
    mail.set_mail_server(office, ADMINISTRATOR, **GOOD, user="", password="left over")
    assert mail.mail_server(office).password == ""
    mail.forget_mail_server(office, ADMINISTRATOR)
    assert mail.mail_server(office) is None


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"host": ""}, "mail_host_unfit"), ({"host": "a b"}, "mail_host_unfit"), ({"host": "http://x"}, "mail_host_unfit"), ({"host": "a\r\nb"}, "mail_host_unfit"),
        ({"port": 0}, "mail_port_outside"), ({"port": 65_536}, "mail_port_outside"), ({"security": "maybe"}, "mail_security_unknown"),
        ({"sender": "pso"}, "mail_address_unfit"), ({"user": "ผู้ใช้"}, "mail_login_unfit"), ({"user": "a", "password": "รหัส"}, "mail_login_unfit"),
        ({"user": "a", "password": "x\r\nQUIT"}, "mail_login_unfit"), ({"user": "a", "password": "x" * 201}, "mail_login_unfit"),
    ],
)  # fmt: skip
def test_a_server_that_cannot_be_is_refused_and_nothing_kept(office: Office, wrong: dict, code: str):
    with pytest.raises(PsoError) as refusal:
        mail.set_mail_server(office, ADMINISTRATOR, **GOOD | wrong)
    assert (code_of(refusal), mail.mail_server(office)) == (code, None)


@pytest.mark.parametrize("role", ["facilitator", "member", "head", "viewer"])
def test_only_an_administrator_sets_the_server_and_tries_it(office: Office, role: str):
    mail.set_mail_server(office, ADMINISTRATOR, **GOOD)
    for attempt in (
        lambda: mail.set_mail_server(office, person(role), **GOOD | {"host": "elsewhere"}),
        lambda: mail.forget_mail_server(office, person(role)),
        lambda: send_test(office, person(role), ADDRESS, TH),
        lambda: mail.outcomes(office, person(role)),
    ):
        with pytest.raises(PsoError) as refusal:
            attempt()
        assert code_of(refusal) == "not_allowed"
    assert mail.mail_server(office).host == "127.0.0.1"


# Everybody's choice


@pytest.mark.parametrize("address", ["a@b", "first.last+pso@lampang.example", "x@sub-domain.lampang.example"])
def test_an_address_is_kept_with_its_rhythm(office: Office, address: str):
    mail.choose_mail(office, MEMBER, address=f" {address} ", rhythm="weekly", weekday=4, hour=16)
    choice = mail.mail_choice(office, MEMBER)
    assert (choice.address, choice.rhythm, choice.weekday, choice.hour, choice.chosen_at) == (address, "weekly", 4, 16, NOW)


@pytest.mark.parametrize(
    "address", ["", "a", "a@", "@b", "a b@c", "a@b, c@d", "a@b\r\nBcc: c@d", "a..b@c", ".a@b", "a@-b", "a@b..c", "ก@b", "a@ก", "<a@b>", "a@b>", "x" * 250 + "@b.cd"]
)
def test_what_is_no_address_is_refused_and_nothing_kept(office: Office, address: str):
    with pytest.raises(PsoError) as refusal:
        mail.choose_mail(office, MEMBER, address=address, rhythm="daily")
    assert (code_of(refusal), mail.mail_choice(office, MEMBER)) == ("mail_address_unfit", None)


@pytest.mark.parametrize("wrong", [{"rhythm": "hourly"}, {"weekday": 7}, {"weekday": -1}, {"hour": 24}, {"hour": -1}, {"language": "xx"}])
def test_a_choice_that_is_not_offered_is_refused(office: Office, wrong: dict):
    with pytest.raises(PsoError):
        mail.choose_mail(office, MEMBER, **{"address": ADDRESS, "rhythm": "daily"} | wrong)
    assert mail.mail_choice(office, MEMBER) is None


def test_an_address_goes_when_it_is_emptied_and_when_its_person_is_made_anonymous(office: Office):
    for leave in (lambda: mail.choose_mail(office, MEMBER, address="", rhythm="never"), lambda: anonymise(office, ADMINISTRATOR, MEMBER.id)):
        mail.choose_mail(office, MEMBER, address=ADDRESS, rhythm="daily")
        leave()
        assert office.store.engine.read("SELECT address FROM mail_choice") == []


def test_a_closed_account_gets_no_mail(office: Office):
    mail.choose_mail(office, MEMBER, address=ADDRESS, rhythm="daily")
    disable(office, ADMINISTRATOR, MEMBER.id)
    assert office.store.mail_choices.all() == ()


# What the digest says


def digest(office: Office, who: str, language: str = "th"):
    mail.choose_mail(office, person(who), address=ADDRESS, rhythm="daily", language=language)
    return digest_letter(office, mail.MailServer(**GOOD), person(who), mail.mail_choice(office, person(who)), office.today())


def test_a_step_that_nobody_holds_is_in_the_facilitators_digest_and_says_so(office: Office):
    planned(office)
    lines = digest(office, "facilitator").get_content().splitlines()
    assert [line for line in lines if "ขั้นที่ 2" in line and "ยังไม่มีผู้รับผิดชอบ" in line] != []
    assert [line for line in digest(office, "member").get_content().splitlines() if "ขั้นที่ 2" in line or "ยังไม่มีผู้รับผิดชอบ" in line] == []


def test_the_digest_is_plain_thai_text_with_what_is_late_and_near_and_no_score(office: Office):
    project = planned(office)
    write(office, project, "activity", name="อบรม", due="2026-12-01", owner=MEMBER.id)
    write(office, project, "activity", name="ไกล", due="2026-12-31", owner=MEMBER.id)
    found = digest(office, "member")
    assert (found.get_content_type(), found.get_content_charset(), found["To"], found["Auto-Submitted"]) == ("text/plain", "utf-8", ADDRESS, "auto-generated")
    assert found["Subject"] == "เกินกำหนด 2 · ใกล้ครบกำหนด 1 · 23 พ.ย. 2569"
    assert found["Date"].datetime == NOW
    assert found.get_content().splitlines() == [
        f"เรียน {MEMBER.name}",
        "",
        "งานของท่านที่เกินกำหนด 2 รายการ",
        "- ขั้นที่ 1 วิสัยทัศน์ · เกินกำหนด 31 วันทำการ (7 ต.ค. 2569)",
        "- แบบบันทึกของตนเอง ขั้นที่ 1 วิสัยทัศน์ · เกินกำหนด 31 วันทำการ (7 ต.ค. 2569)",
        "",
        "งานของท่านที่ครบกำหนดใน 14 วัน 1 รายการ",
        "- อบรม · อีก 6 วันทำการ (1 ธ.ค. 2569)",
        "",
        TH("reminders.mail.foot"),
    ]


def test_the_head_s_digest_has_what_is_long_overdue_with_who_has_it(office: Office):
    planned(office)
    found = digest(office, "head", "en")
    assert found["Subject"] == "4 of the office long overdue · 23 Nov 2026"
    assert found.get_content().splitlines()[2:4] == [
        "Work of the office overdue by 5 working days or more (4)", "- Step 1 Vision · 31 working days overdue (7 Oct 2026) · คณะทำงาน (ตัวอย่าง)"
    ]  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_owes_nothing_gets_no_mail(office: Office, language: str):
    planned(office)
    assert digest(office, "viewer", language) is None


def test_nothing_typed_by_people_becomes_a_header(office: Office):
    project = planned(office)
    write(office, project, "activity", name="x\r\nBcc: thief@example.org\r\n\r\nhello", due="2026-11-20", owner=MEMBER.id)
    found = digest(office, "member")
    assert (found["Bcc"], len(found.keys())) == (None, 9)
    assert "- x Bcc: thief@example.org hello · " in found.get_content()


# Delivery


def test_a_message_arrives_as_it_was_written():
    with mail_server() as server:
        deliver(mail.MailServer(**GOOD | {"port": server.port}), a_letter())
    (arrived,) = server.received
    assert (arrived["Subject"], arrived["From"].addresses[0].addr_spec) == ("งานเกินกำหนด 1", GOOD["sender"])
    assert arrived.get_content().splitlines() == ["สวัสดี", ".", ".ขึ้นต้นด้วยจุด"]


@pytest.mark.parametrize("security", ["starttls", "ssl"])
def test_an_encrypted_server_with_a_login_takes_it(trusted: None, security: str):
    with mail_server(security, login=True) as server:
        known = mail.MailServer(**GOOD | {"port": server.port, "security": security}, user=LOGIN, password=PASSWORD)
        deliver(known, a_letter())
    assert server.addresses == [ADDRESS]


@pytest.mark.parametrize("security", ["starttls", "ssl"])
def test_a_certificate_that_nobody_trusts_stops_it_before_anything_is_said(security: str):
    with mail_server(security) as server, pytest.raises(Undelivered) as refusal:
        deliver(mail.MailServer(**GOOD | {"port": server.port, "security": security}, user=LOGIN, password=PASSWORD), a_letter())
    assert (code_of(refusal), server.asked) == ("mail_insecure", [])


def test_a_server_without_encryption_is_not_used_where_encryption_was_chosen():
    with mail_server() as server, pytest.raises(Undelivered) as refusal:
        deliver(mail.MailServer(**GOOD | {"port": server.port, "security": "starttls"}), a_letter())
    assert (code_of(refusal), server.asked) == ("mail_insecure", [])


@pytest.mark.parametrize(
    ("answers", "code", "about", "lasting"),
    [
        ({"RCPT": ["550 no such user"]}, "mail_address_refused", "address", True),
        ({"RCPT": ["451 come again"]}, "mail_address_refused", "address", False),
        ({"MAIL": ["553 not you"]}, "mail_sender_refused", "server", False),
        ({"DATA": ["554 looks like spam"]}, "mail_refused", "letter", True),
        ({"DATA": ["452 disk full"]}, "mail_refused", "letter", False),
    ],
)
def test_a_refusal_says_whom_it_is_about_and_whether_it_lasts(answers: dict, code: str, about: str, lasting: bool):
    with mail_server() as server:
        server.answers = answers
        with pytest.raises(Undelivered) as refusal:
            deliver(mail.MailServer(**GOOD | {"port": server.port}), a_letter())
    assert (code_of(refusal), refusal.value.about, refusal.value.lasting, refusal.value.certain) == (code, about, lasting, True)
    assert server.received == []


@pytest.mark.parametrize(("user", "password"), [(LOGIN, "wrong"), ("nobody", PASSWORD)])
def test_a_wrong_login_is_the_servers_trouble_not_the_addresss(trusted: None, user: str, password: str):
    with mail_server("starttls", login=True) as server, pytest.raises(Undelivered) as refusal:
        deliver(mail.MailServer(**GOOD | {"port": server.port, "security": "starttls"}, user=user, password=password), a_letter())
    assert (code_of(refusal), refusal.value.about, refusal.value.lasting) == ("mail_login_refused", "server", False)


def test_a_server_that_is_down_or_silent_says_so_within_the_time_given():
    with pytest.raises(Undelivered) as refusal:
        deliver(mail.MailServer(**GOOD | {"port": free_port()}), a_letter())
    assert (code_of(refusal), refusal.value.certain) == ("mail_unreachable", True)
    with silent_server() as port, pytest.raises(Undelivered) as refusal:
        deliver(mail.MailServer(**GOOD | {"port": port}), a_letter(), IMPATIENT)
    assert (code_of(refusal), refusal.value.certain) == ("mail_slow", True)


def test_a_server_that_answers_for_ever_is_left_after_the_time_for_the_whole():
    with trickling_server() as port, pytest.raises(Undelivered) as refusal:
        deliver(mail.MailServer(**GOOD | {"port": port}), a_letter(), whole=IMPATIENT)
    assert (code_of(refusal), refusal.value.certain, refusal.value.facts["seconds"]) == ("mail_slow", True, f"{IMPATIENT:g}")


def test_a_connection_lost_after_the_message_leaves_it_uncertain():
    with mail_server() as server:
        server.then = {"DATA": lambda smtp: smtp.transport.abort()}
        with pytest.raises(Undelivered) as refusal:
            deliver(mail.MailServer(**GOOD | {"port": server.port}), a_letter())
    assert (code_of(refusal), refusal.value.certain, len(server.received)) == ("mail_uncertain", False, 1)


def test_an_administrator_tries_the_settings(office: Office):
    with pytest.raises(PsoError) as refusal:
        send_test(office, ADMINISTRATOR, ADDRESS, TH)
    assert code_of(refusal) == "mail_unset"
    with mail_server() as server:
        mail.set_mail_server(office, ADMINISTRATOR, **GOOD | {"port": server.port})
        send_test(office, ADMINISTRATOR, ADDRESS, TH)
    assert (server.addresses, server.received[0]["Subject"]) == ([ADDRESS], TH("reminders.mail.test_subject"))
    with pytest.raises(PsoError) as refusal:
        send_test(office, ADMINISTRATOR, ADDRESS, TH)
    assert code_of(refusal) == "mail_unreachable"
