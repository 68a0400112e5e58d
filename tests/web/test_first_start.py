"""The first start: an office of one's own, or the example in which everybody may be anybody."""

from __future__ import annotations

from pathlib import Path

from pso_core.actions import first_start
from pso_core.text.phrases import LANGUAGES, phrases
from tests.servers import running
from tests.web.visitor import Visitor, run

say = phrases("th")
ADMINISTRATOR = {"choice": "own", "name": "สมหญิง ใจดี", "position": "นักวิเคราะห์", "login": "somying"}


def begun_by(visitor: Visitor, password: str = "ยาวพอที่จะเดาไม่ถูก", **changed: str):
    return visitor.submit("/start", ADMINISTRATOR | {"password": password, "password_again": password} | changed)


def test_the_first_visitor_becomes_administrator_and_the_second_is_sent_to_sign_in(database: Path):
    with running(database) as server:
        first, second = Visitor(server.url), Visitor(server.url)
        assert begun_by(first).leads_to == "/"
        assert first.open("/").status == 200
        assert begun_by(second, login="other").leads_to == "/sign-in"
        assert second.open("/start").leads_to == "/sign-in"
        assert second.sign_in("other", "ยาวพอที่จะเดาไม่ถูก").status == 401
        assert second.sign_in("SOMYING", "ยาวพอที่จะเดาไม่ถูก").status == 303


def test_what_was_typed_stays_when_the_first_account_is_refused(database: Path):
    refused = {
        "password_short": {"password": "สั้น", "password_again": "สั้น"},
        "passwords_differ": {"password_again": "ยาวพอแต่ไม่เหมือนกัน"},
        "login_unfit": {"login": "some body"},
        "name_missing": {"name": " \u200b "},
        "password_is_login": {"login": "ยาวพอที่จะเดาไม่ถูก"},
    }
    facts = {"password_short": {"least": 10}, "login_unfit": {"most": 40}}
    with running(database) as server:
        visitor = Visitor(server.url)
        for code, changed in refused.items():
            answer = begun_by(visitor, **changed)
            assert (answer.status, say(f"refusals.{code}", **facts.get(code, {})) in answer.body) == (422, True)
            assert ADMINISTRATOR["position"] in answer.body
            assert "ยาวพอ" not in answer.body or code == "password_is_login"
        assert visitor.open("/sign-in").leads_to == "/start"


def test_a_form_that_is_too_long_is_refused_on_its_page_in_the_visitor_s_language(database: Path):
    with running(database) as server:
        visitor = Visitor(server.url)
        for place in ("/start", "/sign-in"):
            for language in LANGUAGES:
                visitor.open(f"/language?to={language}")
                answer = visitor.submit(place, ADMINISTRATOR | {"name": "ก" * 100_000})
                assert (answer.status, phrases(language)("refusals.form_large") in answer.body, f'<html lang="{language}">' in answer.body) == (413, True, True)
            assert begun_by(visitor).leads_to in ("/", "/sign-in")


def test_the_example_is_entered_as_facilitator_and_every_other_role_is_one_step_away(database: Path):
    people = {person.role: person for person in first_start.example_people()}
    with running(database) as server:
        visitor, neighbour = Visitor(server.url), Visitor(server.url)
        assert visitor.submit("/start", {"choice": "example"}).leads_to == "/"
        with visitor.socket() as page:
            assert people["facilitator"].name in run(page)
            assert visitor.submit("/switch", {"person": people["viewer"].id}).leads_to == "/"
            assert people["viewer"].name in run(page)
        assert say("signin.example_notice") in neighbour.open("/sign-in").body
        assert neighbour.sign_in(people["administrator"].login, "").status == 401
        assert neighbour.submit("/switch", {"person": people["administrator"].id}).leads_to == "/"
        assert neighbour.open("/").status == 200
        assert neighbour.submit("/switch", {"person": "nobody"}).status == 422
