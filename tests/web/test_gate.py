"""Nobody who has not signed in reaches anything but the door: any address, any method, HTTP or websocket."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from websockets.exceptions import InvalidStatus

from tests.servers import ROOT, Server
from tests.web.visitor import Visitor, run

PAGES = ["/", *(f"/{path.stem}" for path in sorted((ROOT / "pages").glob("*.py"))), "/no-such-page", "/%E0%B9%80%E0%B8%81"]
STREAMLIT = [
    "/_stcore/stream", "/_stcore/metrics", "/_stcore/host-config", "/_stcore/allowed-message-origins", "/_stcore/script-health-check",
    "/_stcore/agent/openapi.json", "/_stcore/bidi-components/x/index.js", "/media/0123456789abcdef.png", "/component/x/index.html",
    "/static/js/index.js", "/index.html", "/manifest.json", "/favicon.png", "/healthz", "/oauth2callback", "/auth/login",
]  # fmt: skip
LOOKALIKES = [
    "//", "//sign-in", "/sign-in/", "/sign-in/step_1", "/sign-in/../step_1_vision", "/SIGN-IN", "/sign-in%2f..%2fstep_1_vision",
    "/_stcore/health/../metrics", "/_stcore/health/", "/start/x", "/sign-in.css/x", "/app", "/app/pages/home.py",
]  # fmt: skip
FILES = ["/file/", "/file/lampang", "/file/lampang/attachment:a/1", "/file/lampang/attachment%3Aa%2F1", "/file/../file/a/b", "/file/a/b/c", "//file/a/b", "/pack/", "/pack/lampang/0123", "/admin/backup", "/admin/pack", "/admin/remind"]
CHANGES = [
    ("PUT", "/_stcore/upload_file/0/0"), ("POST", "/_stcore/upload_file/0/0"), ("DELETE", "/_stcore/upload_file/0/0"),
    ("POST", "/_stcore/agent/interact"), ("POST", "/"), ("OPTIONS", "/"), ("HEAD", "/"), ("PROPFIND", "/"),
    ("HEAD", "/file/lampang/attachment:a/1"), ("POST", "/file/lampang/attachment:a/1"),
]  # fmt: skip
OUT_OF_THE_STATIC_FOLDER = [
    "/app/static/../main.py", "/app/static/%2e%2e/main.py", "/app/static/..%2fmain.py", "/app/static/..\\main.py", "/app/static//etc/passwd",
    "/app/static/%00", "/app/static/../../../data/var/nine-steps.duckdb",
]  # fmt: skip


@pytest.mark.parametrize("path", [*PAGES, *STREAMLIT, *LOOKALIKES, *FILES])
def test_a_page_leads_a_stranger_to_the_door(stranger: Visitor, path: str):
    answer = stranger.open(path)
    assert (answer.status, answer.leads_to.partition("?")[0], answer.body) == (303, "/sign-in", "")


@pytest.mark.parametrize("path", [*PAGES, *STREAMLIT, *LOOKALIKES, *FILES])
def test_a_program_is_told_no(stranger: Visitor, path: str):
    assert (stranger.ask(path).status, stranger.ask(path).body) == (401, "sign in first")


@pytest.mark.parametrize(("method", "path"), CHANGES)
def test_a_stranger_changes_nothing_by_any_method(stranger: Visitor, method: str, path: str):
    assert stranger.ask(path, method, b"x").status == 401


@pytest.mark.parametrize("path", ["/_stcore/stream", "/", "/step_1_vision", "/sign-in", "/app/static/x", "/admin/backup"])
def test_a_stranger_opens_no_websocket(stranger: Visitor, path: str):
    with pytest.raises(InvalidStatus) as refusal, stranger.socket(path):
        pass
    assert refusal.value.response.status_code == 403


@pytest.mark.parametrize("path", OUT_OF_THE_STATIC_FOLDER)
def test_the_folder_of_fonts_leads_nowhere_else(stranger: Visitor, path: str):
    answer = stranger.open(path)
    assert answer.status in (400, 401, 403, 404)
    assert "import" not in answer.body


def test_the_door_needs_only_its_own_style_fonts_and_icon(stranger: Visitor):
    door = ["/sign-in", "/sign-in.css", "/app/static/Sarabun-Regular.woff2", "/app/static/Sarabun-Bold.woff2", "/app/static/favicon.png"]
    assert {path: stranger.open(path).status for path in [*door, "/_stcore/health"]} == dict.fromkeys([*door, "/_stcore/health"], 200)


def test_a_new_server_that_nobody_has_begun_is_closed_too(server: Server):
    stranger = Visitor(server.url)
    assert stranger.open("/step_1_vision").leads_to == "/sign-in?next=%2Fstep_1_vision"
    assert stranger.open("/sign-in").leads_to == "/start"
    assert stranger.ask("/_stcore/metrics").status == 401
    with pytest.raises(InvalidStatus), stranger.socket():
        pass


def test_a_deep_link_leads_through_the_door_to_its_page(stranger: Visitor):
    door = stranger.open("/step_3_tasks?project=a%20b")
    assert door.leads_to == "/sign-in?next=%2Fstep_3_tasks%3Fproject%3Da%2520b"
    assert 'name="next" value="/step_3_tasks?project=a%20b"' in stranger.open(door.leads_to).body


def test_whoever_signed_in_passes(enter: Callable[[str], Visitor]):
    member = enter("member")
    assert member.open("/").status == 200
    assert member.open("/step_1_vision").status == 200
    assert member.ask("/_stcore/metrics").status == 200
    with member.socket() as socket:
        assert "/sign-in" not in run(socket)


TAMPERED: dict[str, Callable[[str], str]] = {
    "another last letter": lambda token: token[:-1] + ("A" if token[-1] != "A" else "B"),
    "small letters": str.lower,
    "cut": lambda token: token[:20],
    "longer": lambda token: token + "x",
    "empty": lambda token: "",
    "SQL": lambda token: "' OR 1=1 --",
    "no letters": lambda token: "%00",
    "not ASCII": lambda token: "ก".encode().decode("latin-1"),
}


def test_a_cookie_that_was_tampered_with_opens_nothing(enter: Callable[[str], Visitor]):
    visitor = enter("member")
    token = visitor.cookies["nine_steps"]
    for change in TAMPERED.values():
        visitor.cookies["nine_steps"] = change(token)
        assert_shut_out(visitor)
    visitor.cookies["nine_steps"] = token
    assert visitor.ask("/").status == 200


def test_a_session_that_has_expired_opens_nothing(stranger: Visitor, expired_token: str):
    stranger.cookies["nine_steps"] = expired_token
    assert_shut_out(stranger)


def test_a_session_signed_out_opens_nothing_though_the_cookie_was_kept(enter: Callable[[str], Visitor]):
    visitor = enter("member")
    kept = dict(visitor.cookies)
    visitor.submit("/sign-out", {})
    visitor.cookies = kept
    assert_shut_out(visitor)


def assert_shut_out(visitor: Visitor) -> None:
    assert visitor.ask("/").status == 401
    with pytest.raises(InvalidStatus) as refusal, visitor.socket():
        pass
    assert refusal.value.response.status_code == 403
