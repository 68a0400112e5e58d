"""Visitors without a browser: they speak Streamlit's own websocket protocol, so that fifty fit on one core.

A tab sends the state of every widget with each run, as a browser does, and names the messages it still has in its cache.
"""

from __future__ import annotations

import asyncio
import json
import random
import time
from contextlib import closing
from dataclasses import dataclass, field
from http.client import HTTPConnection
from typing import Any, Self
from urllib.parse import urlencode, urlsplit

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

SECONDS_FOR_A_RUN = 60
RUNS_A_MESSAGE_IS_KEPT = 3
FINISHED = {ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY}


class PageFailed(Exception):
    """The page showed an exception, or there is no such page."""


@dataclass
class Tab:
    """One open tab. `cookie`: the header that signs it in; `pages`: {address: its key}, known after the first visit."""

    url: str
    cookie: str = ""
    page: str = ""
    bytes_received: int = 0
    pages: dict[str, str] = field(default_factory=dict)
    _script: str = ""
    _widgets: dict[str, WidgetState] = field(default_factory=dict)
    _kept: dict[str, int] = field(default_factory=dict)

    async def __aenter__(self) -> Self:
        address = urlsplit(self.url)
        self._socket = await websockets.connect(
            f"ws://{address.netloc}/_stcore/stream",
            subprotocols=["streamlit", "none"],
            additional_headers={"Cookie": self.cookie} if self.cookie else None,
            origin=self.url,
            max_size=None,
            compression=None,
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._socket.close()

    async def visit(self, page: str) -> float:
        """Go to a page by its address; the home page is "". Seconds until it was drawn."""
        self.page, self._script, self._widgets = page, self.pages.get(page, ""), {}
        return await self.rerun()

    async def rerun(self) -> float:
        """Run the page once more. Seconds until its last message. Raises PageFailed."""
        began = time.perf_counter()
        await self._socket.send(self._request())
        async with asyncio.timeout(SECONDS_FOR_A_RUN):
            await self._listen()
        took = time.perf_counter() - began
        self._kept = {key: age + 1 for key, age in self._kept.items() if age < RUNS_A_MESSAGE_IS_KEPT}
        return took

    def _request(self) -> bytes:
        message = BackMsg()
        run = message.rerun_script
        run.page_script_hash, run.page_name = self._script, "" if self._script else self.page
        run.widget_states.widgets.extend(self._widgets.values())
        run.cached_message_hashes.extend(self._kept)
        run.context_info.timezone, run.context_info.timezone_offset = "Asia/Bangkok", -420
        run.context_info.locale, run.context_info.url = "th-TH", f"{self.url}/{self.page}"
        return message.SerializeToString()

    async def _listen(self) -> None:
        """Until the run has finished. What comes before its first message belongs to the run before."""
        begun, widgets = False, {}
        while True:
            raw = await self._socket.recv()
            message = ForwardMsg.FromString(raw)
            kind = message.WhichOneof("type")
            begun = begun or kind == "new_session"
            if not begun:
                continue
            self.bytes_received += len(raw)
            self._take(message, kind, widgets)
            if kind == "script_finished" and message.script_finished in FINISHED:
                self._widgets = widgets
                return

    def _take(self, message: ForwardMsg, kind: str, widgets: dict[str, WidgetState]) -> None:
        if kind == "delta":
            if message.metadata.cacheable and message.hash:
                self._kept[message.hash] = 0
            self._draw(message.delta.new_element, widgets)
        elif kind == "ref_hash":
            self._kept[message.ref_hash] = 0
        elif kind == "navigation":
            self._script = message.navigation.page_script_hash
            self.pages = {page.url_pathname: page.page_script_hash for page in message.navigation.app_pages}
        elif kind == "page_not_found":
            raise PageFailed(f"no page {self.page}")

    def _draw(self, element: Any, widgets: dict[str, WidgetState]) -> None:
        kind = element.WhichOneof("type")
        if kind == "exception":
            raise PageFailed(f"{self.page}: {element.exception.type} {element.exception.message}")
        widget = getattr(element, kind) if kind else None
        state = untouched(kind, widget) if getattr(widget, "id", "") else None
        if state:
            widgets[widget.id] = self._widgets.get(widget.id, state)


class Hand(Tab):
    """A tab that remembers what was drawn in its last run, to send anything for it."""

    def _draw(self, element: Any, widgets: dict[str, WidgetState]) -> None:
        super()._draw(element, widgets)
        if kind := element.WhichOneof("type"):
            self.drawn.append((kind, getattr(element, kind)))

    async def rerun(self) -> float:
        self.drawn: list[tuple[str, Any]] = []
        return await super().rerun()

    def all(self, kind: str) -> list[Any]:
        return [element for drawn, element in self.drawn if drawn == kind]

    async def send(self, state: WidgetState) -> None:
        self._widgets[state.id] = state
        await self.rerun()


def untouched(kind: str, widget: Any) -> WidgetState | None:
    """What a browser reports for a widget that nobody has touched; None where it reports nothing."""
    state = WidgetState(id=widget.id)
    if kind == "checkbox":
        state.bool_value = widget.default
    elif kind in ("text_input", "text_area", "time_input") and widget.HasField("default"):
        state.string_value = widget.default
    elif kind in ("selectbox", "radio") and widget.HasField("default"):
        state.string_value = widget.options[widget.default]
    elif kind == "multiselect":
        state.string_array_value.data.extend(widget.options[number] for number in widget.default)
    elif kind == "date_input":
        state.string_array_value.data.extend(widget.default)
    elif kind == "bidi_component":
        state.json_value = json.dumps({})
    else:
        return None
    return state


async def crowd(tabs: list[tuple[str, str, str]], *, think: float, reruns: int) -> list[float]:
    """Everyone opens a page and works on it: (url, cookie, page) each. Seconds of every rerun; `think` is the mean pause."""

    async def one(url: str, cookie: str, page: str) -> list[float]:
        async with Tab(url, cookie) as tab:
            await tab.visit(page)
            taken = []
            for _ in range(reruns):
                await asyncio.sleep(random.uniform(0, 2 * think))
                taken.append(await tab.rerun())
            return taken

    return [seconds for taken in await asyncio.gather(*(one(*tab) for tab in tabs)) for seconds in taken]


def begin_example(url: str) -> str:
    """First start with the Lampang example; the Cookie header of its facilitator."""
    server = HTTPConnection(urlsplit(url).netloc, timeout=60)
    with closing(server):
        form = {"Origin": url, "Content-Type": "application/x-www-form-urlencoded"}
        server.request("POST", "/start", urlencode({"choice": "example"}), form)
        cookies = server.getresponse().headers.get_all("Set-Cookie") or []
    if not cookies:
        raise RuntimeError("the first start gave no cookie")
    return "; ".join(cookie.split(";")[0] for cookie in cookies)
