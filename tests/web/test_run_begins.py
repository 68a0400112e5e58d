"""What a browser sends is taken up whole: nothing interrupts it, and every part that it belongs to is drawn anew."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path

import pytest
from streamlit import config
from streamlit.runtime.scriptrunner import RerunData, ScriptRunner

from pso_core.web.run_begins import taken_up_whole
from tests.web.runs import LONG, Browser, until, visited

PAGE = """
import streamlit as st

def press(name):
    st.session_state["begun"] = True
    st.session_state["gate"].wait()
    st.session_state[name] = st.session_state.get(name, 0) + 1

def shown(name):
    st.button("press", key=f"press-{name}", on_click=press, args=(name,))
    written = st.text_input("write", key=f"write-{name}")
    st.text(f"{name}: {st.session_state.get(name, 0)} {written} {st.session_state[f'press-{name}']}")

@st.fragment
def part(name):
    shown(name)
    if name == "one":
        st.fragment(lambda: shown("inner"))()

part("one")
part("two")
shown("page")
"""

TWO_PAGES = """
import streamlit as st

component = st.components.v2.component("order", html="<p></p>", js="export default () => {}")

def listed():
    st.text("listed")
    component(key="list", on_order_change=lambda: st.session_state.update(said=st.session_state["list"]["order"]))

pages = [st.Page(listed, title="listed"), st.Page(lambda: st.text("other"), title="other", url_path="other")]
st.navigation(pages).run()
"""

TWO_PAGES_WITH_THE_SAME_PART = """
import streamlit as st

@st.fragment
def part(page):
    st.text_input("write", key="write", on_change=lambda: st.session_state.update(told=page))
    st.text(f"part of {page}")

def drawn(page):
    st.text_input("write", key=f"outside-{page}")
    part(page)
    st.text(f"{page} ends")

pages = [st.Page(lambda: drawn("one"), title="one", url_path="one"), st.Page(lambda: drawn("two"), title="two", url_path="two")]
st.navigation(pages).run()
"""


def test_what_two_parts_said_in_one_message_is_drawn_in_both(tmp_path: Path):
    found = visited(PAGE, tmp_path, taken_up_whole(), two_parts_in_one_message)
    assert "one: 0 ก False" in found and found[-1] == "two: 1  True"
    assert found.count("inner: 0 ข False") == 1, "what stands in a part that was named is drawn with it"
    assert sum(text.startswith("page") for text in found) == 1


def test_without_this_only_one_of_two_parts_would_be_drawn(tmp_path: Path):
    """Once this fails, or one of the two below, Streamlit does it by itself and pso_core/web/run_begins.py can go."""
    assert "two: 1  True" not in visited(PAGE, tmp_path, nullcontext(), two_parts_in_one_message)


async def two_parts_in_one_message(browser: Browser) -> list[str]:
    gate_of(browser).set()
    browser.ask(browser.part_of("one"), **{"write-one": "ก", "press-two": True, "write-inner": "ข"})
    await until(lambda: len(browser.ends) > 1 and browser.is_idle())
    return browser.texts


def test_what_stands_in_no_part_is_drawn_with_the_whole_page(tmp_path: Path):
    async def say(browser: Browser) -> list[str]:
        gate_of(browser).set()
        browser.ask(browser.part_of("one"), **{"write-one": "ก", "press-page": True})
        await until(lambda: len(browser.ends) > 1 and browser.is_idle())
        return browser.texts

    found = visited(PAGE, tmp_path, taken_up_whole(), say)
    assert found[-4:] == ["one: 0 ก False", "inner: 0  False", "two: 0  False", "page: 1  True"]


@pytest.mark.parametrize("how, pressed", [(taken_up_whole(), 1), (nullcontext(), None)])
def test_a_press_is_not_interrupted_by_the_page_being_asked_for(how: AbstractContextManager, pressed: int | None, tmp_path: Path):
    async def say(browser: Browser) -> int | None:
        gate = gate_of(browser)
        browser.ask(**{"press-page": True})
        await until(lambda: "begun" in browser.session.session_state)
        browser.ask()
        gate.set()
        await until(lambda: len(browser.ends) > 1 and browser.is_idle())
        return browser.session.session_state.filtered_state.get("page")

    assert visited(PAGE, tmp_path, how, say) == pressed


@pytest.mark.parametrize("how, pressed", [(taken_up_whole(), 1), (nullcontext(), None)])
def test_a_press_is_not_lost_when_the_page_is_asked_for_before_it_is_taken_up(how: AbstractContextManager, pressed: int | None, tmp_path: Path):
    async def say(browser: Browser) -> int | None:
        gate_of(browser).set()
        with runs_held() as let_go:
            browser.ask(**{"press-page": True})
            browser.ask()
            let_go()
            await until(lambda: len(browser.ends) > 1 and browser.is_idle())
        return browser.session.session_state.filtered_state.get("page")

    assert visited(PAGE, tmp_path, how, say) == pressed


@pytest.mark.parametrize("fast, pressed", [(None, 1), (True, None)], ids=["as the program is set", "as Streamlit is set"])
def test_a_press_that_waits_behind_a_part_is_not_lost_when_the_page_is_asked_for(fast: bool | None, pressed: int | None, tmp_path: Path):
    async def say(browser: Browser) -> int | None:
        gate_of(browser).set()
        with runs_held() as let_go:
            browser.ask(browser.part_of("one"))
            browser.ask(browser.part_of("two"), **{"press-two": True})
            browser.ask()
            let_go()
            await until(lambda: len(browser.ends) > 1 and browser.is_idle())
        return browser.session.session_state.filtered_state.get("two")

    with pytest.MonkeyPatch.context() as patched:
        set_ = config.get_option("runner.fastReruns") if fast is None else fast
        patched.setattr(config, "get_option", lambda name, ask=config.get_option: set_ if name == "runner.fastReruns" else ask(name))
        assert visited(PAGE, tmp_path, taken_up_whole(), say) == pressed


@pytest.mark.parametrize("how, said", [(taken_up_whole(), ["ข", "ก"]), (nullcontext(), None)])
def test_what_a_component_says_just_before_another_page_is_asked_for_is_not_lost(how: AbstractContextManager, said: list[str] | None, tmp_path: Path):
    async def say(browser: Browser) -> list[str] | None:
        browser.to_page("other", "list", "order", ["ข", "ก"])
        await until(lambda: len(browser.ends) > 1 and browser.is_idle())
        return browser.session.session_state.filtered_state.get("said")

    assert visited(TWO_PAGES, tmp_path, how, say) == said


@pytest.mark.parametrize("when", ["not begun", "begun", "drawn"])
@pytest.mark.parametrize("how, turned", [(taken_up_whole, True), (nullcontext, False)])
def test_what_a_part_says_once_another_page_was_asked_for_does_not_turn_back(
    how: Callable[[], AbstractContextManager], turned: bool, when: str, tmp_path: Path
):
    async def say(browser: Browser) -> tuple[bool, str | None]:
        part = browser.part_of("part")
        with runs_held() as let_go:
            if when == "not begun":
                browser.ask(page="one")
            browser.ask(page="two")
            if when == "drawn":
                let_go()
                await until(lambda: len(browser.ends) > 1 and browser.is_idle())
            browser.ask(part, page="one", write="ก")
            let_go()
            await until(lambda: len(browser.ends) > 1 + (when != "not begun") and browser.is_idle())
        return browser.pages[-1] == browser.page("two"), browser.session.session_state.filtered_state.get("told")

    assert visited(TWO_PAGES_WITH_THE_SAME_PART, tmp_path, how(), say) == (turned, "one")


def test_nor_does_what_was_said_outside_the_part_that_is_named(tmp_path: Path):
    async def say(browser: Browser) -> bool:
        with runs_held() as let_go:
            browser.ask(browser.part_of("part"), page="one", **{"outside-one": "ก"})
            browser.ask(page="two")
            let_go()
            await until(lambda: len(browser.ends) > 2 and browser.is_idle())
        return browser.pages[-1] == browser.page("two")

    assert visited(TWO_PAGES_WITH_THE_SAME_PART, tmp_path, taken_up_whole(), say)


def gate_of(browser: Browser) -> threading.Event:
    """The gate at which every press waits; still shut."""
    gate = threading.Event()
    browser.session.session_state["gate"] = gate
    return gate


@contextmanager
def runs_held() -> Iterator[Callable[[], None]]:
    """No run begins until it is let go, whatever is asked for meanwhile."""
    begins, held = ScriptRunner._run_script, threading.Event()

    def begin(runner: ScriptRunner, asked: RerunData) -> None:
        assert held.wait(LONG)
        begins(runner, asked)

    ScriptRunner._run_script = begin
    try:
        yield held.set
    finally:
        ScriptRunner._run_script = begins
