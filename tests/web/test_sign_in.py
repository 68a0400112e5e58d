"""The door: who comes in, what is refused, and how one goes out again, here or everywhere."""

from __future__ import annotations

import html
from collections.abc import Callable
from http.cookies import SimpleCookie

import pytest

from pso_core.text.phrases import phrases
from tests.servers import Server
from tests.web.conftest import PASSWORD
from tests.web.visitor import Answer, Visitor, run

say = phrases("th")
in_english = phrases("en")


@pytest.fixture(scope="module")
def signed_in(office_server: Server) -> Visitor:
    """One browser with the administrator signed in, for tests in which nothing may happen to that; none signs them out everywhere."""
    visitor = Visitor(office_server.url)
    assert visitor.sign_in("admin", PASSWORD).status == 303
    return visitor


def test_the_right_password_opens_the_page_that_was_wanted(stranger: Visitor):
    answer = stranger.submit("/sign-in", {"login": "member", "password": PASSWORD, "next": "/step_3_tasks?x=1"})
    assert (answer.status, answer.leads_to) == (303, "/step_3_tasks?x=1")


def test_a_login_is_the_same_in_small_and_large_letters(stranger: Visitor):
    assert stranger.sign_in(" MEMBER ", PASSWORD).status == 303


def test_no_script_and_no_other_site_can_use_the_cookie(stranger: Visitor):
    cookie = cookie_of(stranger.sign_in("member", PASSWORD))
    assert (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["secure"]) == (True, "lax", "/", "")
    assert len(cookie.value) >= 43  # 256 bits


def test_over_https_the_cookie_travels_by_https_only(stranger: Visitor):
    answer = stranger.submit("/sign-in", {"login": "member", "password": PASSWORD}, x_forwarded_proto="https")
    assert cookie_of(answer)["secure"] is True


@pytest.mark.parametrize(("login", "password"), [("member", "wrong"), ("nobody", PASSWORD), ("", ""), ("member", PASSWORD[:-1])])
def test_whatever_was_wrong_the_sentence_is_the_same(stranger: Visitor, login: str, password: str):
    answer = stranger.sign_in(login, password)
    assert (answer.status, refusal_on(answer)) == (401, say("refusals.sign_in_wrong"))
    assert "nine_steps" not in stranger.cookies


def test_the_login_typed_stays_and_is_never_markup(stranger: Visitor):
    answer = stranger.submit("/sign-in", {"login": '"><script>alert(1)</script>', "password": "x", "next": '/"><b>'})
    assert "<script" not in answer.body
    assert 'value="&#34;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"' in answer.body
    assert 'value="/&#34;&gt;&lt;b&gt;"' in answer.body


@pytest.mark.parametrize(
    "next_page", ["https://elsewhere.example", "//elsewhere.example", "/\\elsewhere.example", "elsewhere", "/\n/elsewhere.example", "javascript:x"]
)
def test_signing_in_never_leads_to_another_site(stranger: Visitor, next_page: str):
    answer = stranger.submit("/sign-in", {"login": "member", "password": PASSWORD, "next": next_page})
    assert (answer.status, answer.leads_to) == (303, "/")


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://elsewhere.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:1"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
    ids=str,
)
@pytest.mark.parametrize("path", ["/sign-in", "/sign-out", "/switch", "/start"])
def test_a_form_on_another_site_does_nothing(signed_in: Visitor, path: str, headers: dict[str, str]):
    before = dict(signed_in.cookies)
    answer = signed_in.submit(path, {"login": "member", "password": PASSWORD}, **headers)
    assert (answer.status, answer.headers["set-cookie"], signed_in.cookies) == (403, None, before)
    assert signed_in.open("/").status == 200


def test_a_link_on_another_site_signs_nobody_out(enter: Callable[[str], Visitor]):
    visitor = enter("member")
    assert visitor.ask("/sign-out", sec_fetch_site="cross-site").leads_to == "/"
    assert visitor.open("/").status == 200
    assert visitor.ask("/sign-out", sec_fetch_site="same-origin").leads_to == "/sign-in"
    assert visitor.open("/").status == 303


def test_a_form_too_long_is_not_read(stranger: Visitor):
    assert stranger.submit("/sign-in", {"login": "x" * 20_000}).status == 413


def test_signing_out_everywhere_stops_the_next_run_of_every_other_browser(enter: Callable[[str], Visitor]):
    here, there, somebody_else = enter("member"), enter("member"), enter("admin")
    with there.socket() as open_page, somebody_else.socket() as other_page:
        assert say("signin.again") not in run(open_page)
        assert here.submit("/sign-out", {"everywhere": ""}).leads_to == "/sign-in"
        stopped = run(open_page)
        assert (say("signin.again") in stopped, say("app.sign_out") in stopped) == (True, False)
        assert say("signin.again") not in run(other_page)
    assert [visitor.open("/").status for visitor in (here, there, somebody_else)] == [303, 303, 200]


def test_signing_out_here_leaves_other_browsers_signed_in(enter: Callable[[str], Visitor]):
    here, there = enter("member"), enter("member")
    here.submit("/sign-out", {})
    assert [visitor.open("/").status for visitor in (here, there)] == [303, 200]


def test_whoever_signed_in_is_not_asked_again(signed_in: Visitor):
    assert signed_in.open("/sign-in?next=/step_1_vision").leads_to == "/step_1_vision"


def test_the_language_is_chosen_at_the_door_and_kept(stranger: Visitor):
    assert '<html lang="th">' in stranger.open("/sign-in").body
    assert stranger.open("/language?to=en&next=%2Fsign-in").leads_to == "/sign-in"
    page = stranger.open("/sign-in").body
    assert ('<html lang="en">' in page, in_english("signin.title") in page) == (True, True)
    stranger.open("/language?to=xx&next=//elsewhere.example")
    assert stranger.cookies["language"] == "en"


def test_choosing_a_language_leads_back_to_the_page_that_has_the_link(stranger: Visitor, office_server: Server):
    assert stranger.ask("/language?to=en", referer=f"{office_server.url}/step_1_vision").leads_to == "/step_1_vision"
    assert stranger.ask("/language?to=en", referer="https://elsewhere.example/step_1_vision").leads_to == "/"
    assert stranger.ask("/language?to=en", referer="http://[no address").leads_to == "/"


def test_the_pages_say_their_language_and_name_before_their_script_runs(enter: Callable[[str], Visitor]):
    visitor = enter("member")
    thai = visitor.open("/step_1_vision").body
    visitor.open("/language?to=en")
    english = visitor.open("/step_1_vision").body
    assert ('<html lang="th">' in thai, f"<title>{say('signin.program')}</title>" in thai) == (True, True)
    assert ('<html lang="en">' in english, f"<title>{in_english('signin.program')}</title>" in english) == (True, True)


def test_guesses_must_wait_even_when_one_of_them_is_right(enter: Callable[[str], Visitor], stranger: Visitor):
    for _ in range(5):
        assert stranger.sign_in("admin", "wrong").status == 401
    refused = stranger.sign_in("admin", PASSWORD)
    assert (refused.status, refusal_on(refused)) == (429, say("refusals.sign_in_wait", minutes=1))
    assert stranger.sign_in("member", PASSWORD).status == 303


def test_nobody_changes_role_without_a_password_outside_the_example(enter: Callable[[str], Visitor], stranger: Visitor):
    member = enter("member")
    for visitor, person in ((member, "p-admin"), (stranger, "p-admin"), (stranger, "admin")):
        answer = visitor.submit("/switch", {"person": person})
        assert (answer.status, refusal_on(answer)) == (422, say("refusals.not_an_example"))
    assert stranger.open("/switch").leads_to == "/sign-in"
    assert "nine_steps" not in stranger.cookies


def cookie_of(answer: Answer):
    return SimpleCookie(answer.headers["set-cookie"])["nine_steps"]


def refusal_on(answer: Answer) -> str:
    return html.unescape(answer.body.partition('role="alert">')[2].partition("</p>")[0])
