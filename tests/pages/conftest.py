"""A visitor to the real pages without a browser: Streamlit's AppTest, signed in by a real session in a real database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest, app_test, local_script_runner

from pso_core.actions.sign_in import begin_session, visiting
from pso_core.office import Office
from pso_core.ui import cached
from pso_core.ui.visit import TOKEN
from pso_core.web.cookies import LANGUAGE
from tests.building import an_empty_project, person, token_of

MAIN = Path(__file__).resolve().parents[2] / "pso_core" / "ui" / "main.py"
Visit = Callable[..., AppTest]

# Each AppTest looks through all installed packages for components, which a server does once.
manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)
# Each run compiles every script it runs, which a server does once.
app_test.ScriptCache = local_script_runner.ScriptCache = cache(local_script_runner.ScriptCache)
# Each run makes a stand-in of the server, which is the same one.
app_test.MagicMock = cache(app_test.MagicMock)
# It asks a thousand times a second whether the run is over, which slows the run: waiting for its thread says so as well.
_is_over = local_script_runner.require_widgets_deltas


def _over(runner: local_script_runner.LocalScriptRunner, timeout: float = 3) -> None:
    runner._script_thread.join(timeout)
    _is_over(runner, timeout=0.1)


local_script_runner.require_widgets_deltas = _over


@pytest.fixture(autouse=True)
def nothing_remembered() -> Iterator[None]:
    """Offices of tests are copies whose project has one id: what pages remember of one is not true of the next."""
    yield
    cached.forget()


@pytest.fixture
def empty(office: Office) -> str:
    """A project in which nothing has been done."""
    return an_empty_project(office)


@pytest.fixture
def example(office: Office) -> str:
    """The Lampang project, which the office was made with."""
    return office.store.projects()[0]


@pytest.fixture
def visit(office: Office) -> Visit:
    """`visit("step_4_weights", role="member", language="en")`: this page as a person of this role sees it."""

    def open_page(page: str, *, role: str = "facilitator", language: str = "th") -> AppTest:
        at = AppTest.from_file(str(MAIN), default_timeout=60)
        at.session_state[TOKEN] = _token(office, role)
        at.session_state[LANGUAGE] = language
        if page != "home":
            at.switch_page(f"../../pages/{page}.py")
        return at.run()

    return open_page


def _token(office: Office, role: str) -> str:
    """Most offices were made with everybody signed in."""
    return token_of(role) if visiting(office, token_of(role)) else begin_session(office, person(role).id)


def text_of(office: Office, project: str) -> str:
    """The vision as it is stored."""
    return office.store.state(project).only("vision")["text"]


def fault(at: AppTest) -> list[str]:
    """What crashed, for asserting that nothing did."""
    return [exception.value for exception in at.exception]


def errors(at: AppTest) -> list[str]:
    """The sentences in red, as they are read."""
    return [error.value.replace("\\", "").replace("\u2060", "") for error in at.error]


def press(at: AppTest, label: str) -> AppTest:
    """Press the button with this label."""
    return next(button for button in at.button if button.label == label).click().run()


def shown(at: AppTest) -> str:
    """Everything to read on the page, as one text."""
    texts = [element.value for kind in (at.markdown, at.error, at.info, at.warning, at.success, at.toast, at.caption) for element in kind]
    return "\n".join([*texts, *(element.proto.body for element in at.get("html"))])
