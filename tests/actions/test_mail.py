"""The office's mail server, everybody's choice, what the digest says."""

from __future__ import annotations

import pytest

from pso_core.actions import mail
from pso_core.actions.letters import OWN_WORK, digest_letter, letter
from pso_core.actions.people import anonymise, disable
from pso_core.actions.postman import send_test
from pso_core.errors import PsoError
from pso_core.office import Office
from pso_core.text.phrases import LANGUAGES, phrases
from tests.actions.planning import AGENCY, planned
from tests.actions.peopled import own_office as office
from tests.building import NOW, an_empty_project, person, write
from tests.tree import ROOT

ADMINISTRATOR, MEMBER = person("administrator"), person("member")
TH = phrases("th")
GOOD = {"host": "127.0.0.1", "port": 25, "security": "none", "sender": "pso@lampang.example"}
ADDRESS = "malee@lampang.example"


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


UNFIT = [
    ({"host": ""}, "mail_host_unfit"), ({"host": "a b"}, "mail_host_unfit"), ({"host": "http://x"}, "mail_host_unfit"), ({"host": "a\r\nb"}, "mail_host_unfit"),
    ({"port": 0}, "mail_port_outside"), ({"port": 65_536}, "mail_port_outside"), ({"security": "maybe"}, "mail_security_unknown"),
    ({"sender": "pso"}, "mail_address_unfit"), ({"user": "ผู้ใช้"}, "mail_login_unfit"), ({"user": "a", "password": "รหัส"}, "mail_login_unfit"),
    ({"program": "nine.example"}, "mail_program_unfit"), ({"program": "javascript://x"}, "mail_program_unfit"), ({"program": "http://a b"}, "mail_program_unfit"),
    ({"program": "http://a\r\nb"}, "mail_program_unfit"), ({"program": "http://user@a"}, "mail_program_unfit"), ({"program": f"http://{'x' * 200}"}, "mail_program_unfit"),
    ({"program": "http://[10.0.0.5"}, "mail_program_unfit"), ({"program": "http://nine:eighty"}, "mail_program_unfit"), ({"program": "http://:80"}, "mail_program_unfit"),
    ({"user": "a", "password": "x\r\nQUIT"}, "mail_login_unfit"), ({"user": "a", "password": "x" * 201}, "mail_login_unfit"),
]  # fmt: skip


def test_a_server_that_cannot_be_is_refused_and_nothing_kept(office: Office):
    for wrong, code in UNFIT:
        with pytest.raises(PsoError) as refusal:
            mail.set_mail_server(office, ADMINISTRATOR, **GOOD | wrong)
        assert (wrong, code_of(refusal), mail.mail_server(office)) == (wrong, code, None)


def test_only_an_administrator_sets_the_server_and_tries_it(office: Office):
    mail.set_mail_server(office, ADMINISTRATOR, **GOOD)
    for who in map(person, ("facilitator", "member", "head", "viewer")):
        for act, *said in ((mail.set_mail_server,), (mail.forget_mail_server,), (send_test, ADDRESS, TH), (mail.outcomes,)):
            with pytest.raises(PsoError) as refusal:
                act(office, who, *said, **GOOD | {"host": "elsewhere"} if act is mail.set_mail_server else {})
            assert (who.role, act, code_of(refusal)) == (who.role, act, "not_allowed")
    assert mail.mail_server(office).host == "127.0.0.1"


# Everybody's choice


def test_an_address_is_kept_with_its_rhythm(office: Office):
    for address in ("a@b", "first.last+pso@lampang.example", "x@sub-domain.lampang.example"):
        mail.choose_mail(office, MEMBER, address=f" {address} ", rhythm="weekly", weekday=4, hour=16)
        choice = mail.mail_choice(office, MEMBER)
        assert (choice.address, choice.rhythm, choice.weekday, choice.hour, choice.chosen_at) == (address, "weekly", 4, 16, NOW)


NO_ADDRESS = ["", "a", "a@", "@b", "a b@c", "a@b, c@d", "a@b\r\nBcc: c@d", "a..b@c", ".a@b", "a@-b", "a@b..c", "ก@b", "a@ก", "<a@b>", "a@b>", "x" * 250 + "@b.cd"]


def test_what_is_no_address_is_refused_and_nothing_kept(office: Office):
    for address in NO_ADDRESS:
        with pytest.raises(PsoError) as refusal:
            mail.choose_mail(office, MEMBER, address=address, rhythm="daily")
        assert (address, code_of(refusal), mail.mail_choice(office, MEMBER)) == (address, "mail_address_unfit", None)


def test_a_choice_that_is_not_offered_is_refused(office: Office):
    for wrong in ({"rhythm": "hourly"}, {"weekday": 7}, {"weekday": -1}, {"hour": 24}, {"hour": -1}, {"language": "xx"}):
        with pytest.raises(PsoError):
            mail.choose_mail(office, MEMBER, **{"address": ADDRESS, "rhythm": "daily"} | wrong)
        assert (wrong, mail.mail_choice(office, MEMBER)) == (wrong, None)


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
    return digest_letter(office, mail.mail_server(office) or mail.MailServer(**GOOD), person(who), mail.mail_choice(office, person(who)), office.today())


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
    assert found["Subject"] == f"เกินกำหนด 2 · ใกล้ครบกำหนด 1 · {AGENCY} · 23 พ.ย. 2569"
    assert found["Date"].datetime == NOW
    assert found.get_content().splitlines() == [
        f"เรียน {MEMBER.name}",
        "",
        AGENCY,
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
    assert found["Subject"] == f"4 of the office long overdue · {AGENCY} · 23 Nov 2026"
    assert found.get_content().splitlines()[4:6] == [
        "Work of the office overdue by 5 working days or more (4)", "- Step 1 Vision · 31 working days overdue (7 Oct 2026) · คณะทำงาน (ตัวอย่าง)"
    ]  # fmt: skip


def test_of_several_projects_each_line_names_its_own(office: Office):
    for name in ("หน่วยงาน ก", "หน่วยงาน ข"):
        project = an_empty_project(office)
        write(office, project, "agency", name=name)
        write(office, project, "activity", name="อบรม", due="2026-12-01", owner=MEMBER.id)
    found = digest(office, "member")
    assert found["Subject"] == "ใกล้ครบกำหนด 2 · 23 พ.ย. 2569"
    assert sorted(line.rpartition(" · ")[2] for line in found.get_content().splitlines() if line.startswith("- ")) == ["หน่วยงาน ก", "หน่วยงาน ข"]


def test_the_digest_says_where_the_program_is_when_an_administrator_has_said_so(office: Office):
    planned(office)
    for program, address in (("https://nine.example/", "https://nine.example/my_work"), ("http://10.0.0.5:8501", "http://10.0.0.5:8501/my_work"), ("", None)):
        mail.set_mail_server(office, ADMINISTRATOR, **GOOD, program=program)
        for language in LANGUAGES:
            said = digest(office, "member", language).get_content()
            assert ("http" in said, address is None or phrases(language)("reminders.mail.open", address=address) in said.splitlines()) == (bool(program), True)


def test_the_page_that_the_digest_leads_to_is_there():
    assert (ROOT / "pages" / f"{OWN_WORK}.py").is_file()


def test_who_owes_nothing_gets_no_mail(office: Office):
    planned(office)
    assert [digest(office, "viewer", language) for language in LANGUAGES] == [None, None]


def test_nothing_typed_by_people_becomes_a_header(office: Office):
    project = planned(office)
    write(office, project, "agency", "agency", name="y\r\nBcc: thief@example.org")
    write(office, project, "activity", name="x\r\nBcc: thief@example.org\r\n\r\nhello", due="2026-11-20", owner=MEMBER.id)
    found = digest(office, "member")
    assert (found["Bcc"], len(found.keys())) == (None, 9)
    assert "- x Bcc: thief@example.org hello · " in found.get_content()
