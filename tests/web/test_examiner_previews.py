"""Chat programs that preview an examiner's address: shown nothing of the pack, and no visits in the log."""

from __future__ import annotations

import pytest

from pso_core.text.phrases import phrases
from tests.web.examining import OLD, Examined, Examiner, examiner, here

PROGRAMS = [
    "facebookexternalhit/1.1;line-poker/1.0",
    "facebookexternalhit/1.1",
    "Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5 skype-url-preview@microsoft.com",
    "WhatsApp/2.23.20.0 A",
    "TelegramBot (like TwitterBot)",
    "Slackbot-LinkExpanding 1.0",
    "Mozilla/5.0 (compatible; Discordbot/2.0)",
    "Mozilla/5.0 (compatible; SomeNewBot/1.2)",
]
PEOPLE = [
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36 Edg/130.0.0.0",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 Safari Line/14.16.0",
    "Mozilla/5.0 (Linux; Android 14; SM-A546E) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36 [FBAN/FBIOS;FBAV/400.0]",
    "Mozilla/5.0 (Linux; Android 9; CUBOT_X19) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36",
    "",
]


def uses(here: Examined, examiner: Examiner) -> tuple[int, int]:
    """(openings, previews) of the link."""
    link = here.office.store.examiner_links.find(examiner.secret)
    use = here.office.store.examiner_links.uses(here.project)[link.id]
    return use.count, use.previews


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_program_that_previews_is_shown_nothing_and_is_no_visit(here: Examined, examiner: Examiner, name: str):
    replies = [examiner.get(more, **{"user-agent": name}) for more in ("", "/questions", "/pack", "/report.pdf", "/chart/weights", f"/file/{here.pieces['1-01']}")]
    assert [reply.status for reply in replies] == [200] * 6
    assert {word for word in ("1-01", "สำนักงาน ก.พ.ร.", "%PDF", "PNG\r\n", "PK\x03\x04") for reply in replies if word in reply.body} == set()
    assert all(phrases("th")("page_examiner.view.previewed") in reply.body and OLD not in reply.content for reply in replies)
    assert uses(here, examiner) == (0, 6)


@pytest.mark.parametrize("name", PEOPLE)
def test_a_person_is_shown_the_pack_also_inside_a_chat_program(here: Examined, examiner: Examiner, name: str):
    assert "1-01" in examiner.get(**{"user-agent": name}).body
    assert uses(here, examiner) == (1, 0)


def test_a_request_without_content_is_no_visit(here: Examined, examiner: Examiner):
    whole = examiner.get("/pack", "HEAD")
    assert (whole.status, whole.content, whole.headers["content-length"]) == (200, b"", str(here.pack.bytes))
    examiner.get("", "HEAD")
    assert uses(here, examiner) == (0, 2)


def test_a_program_that_previews_learns_nothing_of_an_address_that_was_never_made():
    assert Examiner("x" * 43, "10.0.0.9").get(**{"user-agent": PROGRAMS[0]}).status == 404
