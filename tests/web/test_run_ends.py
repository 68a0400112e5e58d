"""What a run of a page drew reaches the browser, also when a part of the page is to be run at the moment at which it ends."""

from __future__ import annotations

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import Runtime, RuntimeConfig
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager

from pso_core.web.run_ends import told_in_full

PAGE = """
import streamlit as st

st.session_state.runs = st.session_state.get("runs", 0) + 1

@st.fragment
def part():
    st.session_state.parts = st.session_state.get("parts", 0) + 1
    st.text(f"part {st.session_state.parts}")

part()
st.text(f"page {st.session_state.runs}")
"""
LONG = 30.0  # seconds


class Browser:
    """Keeps what it is told."""

    client_context = None

    def __init__(self) -> None:
        self.told: list[ForwardMsg] = []

    def write_forward_msg(self, message: ForwardMsg) -> None:
        self.told.append(ForwardMsg.FromString(message.SerializeToString()))

    @property
    def texts(self) -> list[str]:
        return [one.delta.new_element.text.body for one in self.told if one.delta.new_element.WhichOneof("type") == "text"]

    @property
    def ends(self) -> list[int]:
        return [one.script_finished for one in self.told if one.WhichOneof("type") == "script_finished"]

    @property
    def part(self) -> str:
        return next(one.delta.fragment_id for one in self.told if one.delta.fragment_id)


@pytest.mark.parametrize("parts", [1, 2])
def test_a_part_that_is_to_run_while_the_page_ends_takes_nothing_from_it(parts: int, tmp_path: Path):
    browser = at_the_end(["part"] * parts, tmp_path, told_in_full())
    assert "page 2" in browser.texts and browser.texts[-1] == f"part {2 + parts}"
    assert browser.ends[:2] == [ForwardMsg.FINISHED_SUCCESSFULLY] * 2


def test_a_page_that_is_to_run_anew_waits_for_nothing(tmp_path: Path):
    browser = at_the_end(["part", "page"], tmp_path, told_in_full())
    assert browser.texts[-1] == "page 3" and browser.ends[-1] == ForwardMsg.FINISHED_SUCCESSFULLY


def test_without_this_the_end_of_the_page_would_be_lost(tmp_path: Path):
    """Once this fails, Streamlit does it by itself and pso_core/web/run_ends.py can go."""
    assert "page 2" not in at_the_end(["part"], tmp_path, nullcontext()).texts


def at_the_end(asked: list[str], folder: Path, how: Any) -> Browser:
    """In a thread of its own: where a browser was tested before, this one has a loop that runs already."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: asyncio.run(run_at_the_end(asked, folder, how))).result()


async def run_at_the_end(asked: list[str], folder: Path, how: Any) -> Browser:
    """Run the page twice; ask for more when the second run has ended, before anything of it was told."""
    page = folder / "page.py"
    page.write_text(PAGE, "utf-8")
    former, Runtime._instance = Runtime._instance, None
    runtime = Runtime(RuntimeConfig(str(page), MemoryMediaFileStorage("/media"), MemoryUploadedFileManager("/upload")))
    try:
        with how:
            await runtime.start()
            browser = Browser()
            id_ = runtime.connect_session(browser, {})
            session = runtime._session_mgr.get_active_session_info(id_).session
            runtime.handle_backmsg(id_, wish())
            await until(lambda: len(browser.ends) == 1 and session._scriptrunner is None)
            runtime.handle_backmsg(id_, wish())
            thread = session._scriptrunner._script_thread
            thread.join(LONG)  # meanwhile the event loop stands still, as on a busy machine
            assert not thread.is_alive()
            for one in asked:
                runtime.handle_backmsg(id_, wish(browser.part if one == "part" else ""))
            last = "page 3" if "page" in asked else f"part {2 + len(asked)}"
            await until(lambda: last in browser.texts and session._scriptrunner is None)
            return browser
    finally:
        runtime.stop()
        await runtime.stopped
        Runtime._instance = former


def wish(part: str = "") -> BackMsg:
    message = BackMsg()
    message.rerun_script.fragment_id = part
    return message


async def until(holds: Any) -> None:
    ends = time.monotonic() + LONG
    while not holds():
        assert time.monotonic() < ends, "never came"
        await asyncio.sleep(0.01)
