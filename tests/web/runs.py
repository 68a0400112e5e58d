"""A runtime of Streamlit without a server, and a browser that keeps what it is told: for moments that a real one meets by chance."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, asynccontextmanager
from pathlib import Path
from typing import Any, TypeVar

from streamlit.components.v2.bidi_component.main import _make_trigger_id
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import Runtime, RuntimeConfig
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager

LONG = 30.0  # seconds
T = TypeVar("T")


class Browser:
    """One visitor of a page. `ask` sends what a browser would."""

    client_context = None

    def __init__(self, runtime: Runtime) -> None:
        self.told: list[ForwardMsg] = []
        self._runtime = runtime
        self._id = runtime.connect_session(self, {})

    def write_forward_msg(self, message: ForwardMsg) -> None:
        self.told.append(ForwardMsg.FromString(message.SerializeToString()))

    def ask(self, part: str = "", page: str = "", **widgets: object) -> None:
        """That a page, or a part of it, be run; with the values of widgets by their keys, True for a button that was pressed."""
        message = BackMsg()
        message.rerun_script.fragment_id = part
        message.rerun_script.page_script_hash = self.page(page) if page else ""
        for key, value in widgets.items():
            state = message.rerun_script.widget_states.widgets.add(id=self.widget(key))
            setattr(state, "trigger_value" if value is True else "string_value", value)
        self._runtime.handle_backmsg(self._id, message)

    @property
    def session(self) -> AppSession:
        return self._runtime._session_mgr.get_active_session_info(self._id).session

    @property
    def elements(self) -> list[Any]:
        return [one.delta.new_element for one in self.told if one.WhichOneof("type") == "delta"]

    @property
    def texts(self) -> list[str]:
        return [one.text.body for one in self.elements if one.WhichOneof("type") == "text"]

    @property
    def ends(self) -> list[int]:
        return [one.script_finished for one in self.told if one.WhichOneof("type") == "script_finished"]

    def to_page(self, title: str, component: str, event: str, value: object) -> None:
        """That another page be run, in one breath with what a component says."""
        message = BackMsg()
        message.rerun_script.page_script_hash = self.page(title)
        told = message.rerun_script.widget_states.widgets.add(id=_make_trigger_id(self.widget(component), "events"))
        told.json_trigger_value = json.dumps({"event": event, "value": value})
        self._runtime.handle_backmsg(self._id, message)

    def page(self, title: str) -> str:
        pages = next(one.navigation.app_pages for one in self.told if one.WhichOneof("type") == "navigation")
        return next(page.page_script_hash for page in pages if page.page_name == title)

    @property
    def pages(self) -> list[str]:
        """Of each run, the page that is drawn."""
        return [one.new_session.page_script_hash for one in self.told if one.WhichOneof("type") == "new_session"]

    def part_of(self, start: str) -> str:
        """The part in which a text stands that begins so."""
        return next(one.delta.fragment_id for one in self.told if one.delta.new_element.text.body.startswith(start))

    def widget(self, key: str) -> str:
        kinds = [getattr(one, one.WhichOneof("type")) for one in self.elements if one.WhichOneof("type") in ("button", "text_input", "bidi_component")]
        return next(one.id for one in kinds if one.id.endswith(f"-{key}"))

    def is_idle(self) -> bool:
        """Nothing runs, and all that did was told."""
        last = bool(self.told) and self.told[-1]  # what was taken out of the queue is told one by one
        stands = last and last.WhichOneof("type") == "session_status_changed" and not last.session_status_changed.script_is_running
        return bool(stands) and self.session._scriptrunner is None and self.session._browser_queue.is_empty()


def visited(page: str, folder: Path, how: AbstractContextManager[None], does: Callable[[Browser], Awaitable[T]]) -> T:
    """What `does` finds at a page that was drawn once. In a thread of its own: where a browser was tested before, this one has a
    loop that runs already."""

    async def visit() -> T:
        async with _runtime(page, folder) as runtime:
            with how:
                await runtime.start()
                browser = Browser(runtime)
                browser.ask()
                await until(browser.is_idle)
                return await does(browser)

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: asyncio.run(visit())).result()


@asynccontextmanager
async def _runtime(page: str, folder: Path) -> AsyncIterator[Runtime]:
    path = folder / "page.py"
    path.write_text(page, "utf-8")
    former, Runtime._instance = Runtime._instance, None
    runtime = Runtime(RuntimeConfig(str(path), MemoryMediaFileStorage("/media"), MemoryUploadedFileManager("/upload")))
    try:
        yield runtime
    finally:
        runtime.stop()
        await runtime.stopped
        Runtime._instance = former


async def until(holds: Callable[[], bool]) -> None:
    ends = time.monotonic() + LONG
    while not holds():
        assert time.monotonic() < ends, "never came"
        await asyncio.sleep(0.01)
