"""What a run of a page drew reaches the browser, also when a part of the page is to be run at the moment at which it ends."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from pso_core.web.run_ends import told_in_full
from tests.web.runs import LONG, Browser, until, visited

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
    """Run the page twice; ask for more when the second run has ended, before anything of it was told."""

    async def asking(browser: Browser) -> Browser:
        browser.ask()
        thread = browser.session._scriptrunner._script_thread
        thread.join(LONG)  # meanwhile the event loop stands still, as on a busy machine
        assert not thread.is_alive()
        for one in asked:
            browser.ask(browser.part_of("part") if one == "part" else "")
        last = "page 3" if "page" in asked else f"part {2 + len(asked)}"
        await until(lambda: last in browser.texts and browser.is_idle())
        return browser

    return visited(PAGE, folder, how, asking)
