"""Streamlit's page speaks English to everybody: a Thai page must be Thai, also to the software that reads it aloud."""

from __future__ import annotations

import html
import json
import re
from functools import cache
from pathlib import Path

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pso_core.text.phrases import Phrases
from pso_core.web.cookies import visitor_language
from pso_core.web.scripts import COPIED, PRESSED, SPOKEN, TYPED
from pso_core.web.spoken import as_data, spoken

NOT_PAGES = ("/static/", "/media/", "/component/", "/app/", "/_stcore/", "/room/")  # those of the room speak already, and need no scripts
WORDS = (
    "skip", "connecting", "working", "theme_system", "theme_light", "theme_dark", "no_match", "choose_file", "wrong_file",
    "silent_title", "silent", "no_page_title", "no_page",
)  # fmt: skip
ABOUT_THE_FILE_ON_DISK = ("accept-encoding", "if-none-match", "if-modified-since", "range")


class Shell:
    """Puts the visitor's language and the program's name into the page before its script runs."""

    def __init__(self, app: ASGIApp):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith(NOT_PAGES):
            return await self.app(scope, receive, send)
        wanted = [(name, value) for name, value in scope["headers"] if name.decode("latin-1") not in ABOUT_THE_FILE_ON_DISK]
        rewriting = _Rewriting(send, visitor_language(HTTPConnection(scope)))
        await self.app(dict(scope, headers=wanted), receive, rewriting)


class _Rewriting:
    """Holds an HTML answer back until it is whole, then sends it in the visitor's language."""

    def __init__(self, send: Send, say: Phrases):
        self.send, self.say = send, say
        self.start: Message | None = None
        self.body = bytearray()

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start" and _is_html(message):
            self.start = message
        elif self.start is None:
            await self.send(message)
        else:
            self.body += message.get("body", b"")
            if not message.get("more_body"):
                await self._send_rewritten(self.start)

    async def _send_rewritten(self, start: Message) -> None:
        body = rewritten(self.body.decode("utf-8"), self.say).encode("utf-8")
        if body != self.body:
            headers = MutableHeaders(scope=start)
            for name in ("etag", "last-modified", "accept-ranges"):
                del headers[name]
            headers["content-length"] = str(len(body))
            headers.add_vary_header("cookie")
        await self.send(start)
        await self.send({"type": "http.response.body", "body": body})


def rewritten(page: str, say: Phrases) -> str:
    """Streamlit's index page with our language, name and words; other pages come through unchanged."""
    page = page.replace('<html lang="en">', f'<html lang="{say.language}">')
    scripts = "".join(f"<script>{script}</script>" for script in (TYPED, PRESSED, COPIED))
    page = page.replace("<title>Streamlit</title>", f"<title>{html.escape(say('signin.program'))}</title>{our_words(say)}{scripts}{our_names(say)}")
    needs_scripts = f"<noscript><p>{html.escape(say('signin.needs_scripts'))}</p></noscript>"
    return re.sub(r"<noscript>.*?</noscript>", lambda _: needs_scripts, page, flags=re.DOTALL)


@cache
def our_words(say: Phrases) -> str:
    """A style that puts our sentences in the place of Streamlit's. It is there before a page is drawn, and when the server is lost."""
    named = "".join(f"--say-{word}: {json.dumps(say(f'streamlit.{word}'), ensure_ascii=False)};" for word in WORDS)
    return f"<style>:root {{{named}}}\n{Path(__file__).with_name('streamlit.css').read_text('utf-8')}</style>"


@cache
def our_names(say: Phrases) -> str:
    """A script that does the same for what only those hear who listen; nothing where Streamlit's words are ours."""
    words = spoken(say)
    return f"{as_data(words)}<script>{SPOKEN}</script>" if words else ""


def _is_html(start: Message) -> bool:
    return MutableHeaders(scope=start).get("content-type", "").startswith("text/html")
