"""Lets a run of a page tell its end before the next run of a part of it begins.

Streamlit 1.67 runs a page in a thread whose messages wait for the event loop. Is a part to be run while the thread has ended
but its messages still wait, Streamlit makes another runner and passes over all that the former one had to say: what was just
saved is then not shown, or a form stands there twice until the page is loaded anew (streamlit/streamlit#9921 tells of one
case). Pages that are pushed to meet that moment often, because what they are told of is what somebody just did.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from weakref import WeakKeyDictionary

from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.scriptrunner_utils.script_requests import ScriptRequestType

SOON = 0.005  # seconds between looks whether the former run has told its end
_ask = AppSession.request_rerun


@contextmanager
def told_in_full() -> Iterator[None]:
    """Until the end of the block. To be entered before the first visitor."""
    waiting: WeakKeyDictionary[AppSession, deque[ClientState | None]] = WeakKeyDictionary()

    def request_rerun(session: AppSession, state: ClientState | None) -> None:
        asked = waiting.setdefault(session, deque())
        asked.append(state)
        if _go_on(session, asked) and len(asked) == 1:
            session._event_loop.call_later(SOON, look, session)

    def look(session: AppSession) -> None:
        if _go_on(session, waiting[session]):
            session._event_loop.call_later(SOON, look, session)

    AppSession.request_rerun = request_rerun  # type: ignore[method-assign]
    try:
        yield
    finally:
        AppSession.request_rerun = _ask  # type: ignore[method-assign]


def _go_on(session: AppSession, asked: deque[ClientState | None]) -> bool:
    """Ask for what was asked of the session, in that order; whether some of it has to wait. A run of the whole page waits for
    nothing, and lets go what was asked before it: it draws everything anew."""
    while asked and not (_is_ending(session) and all(map(_of_a_part, asked))):
        _ask(session, asked.popleft())
    return bool(asked)


def _is_ending(session: AppSession) -> bool:
    """The runner takes nothing up any more, and the session has not yet heard all that it told."""
    runner = session._scriptrunner
    return runner is not None and runner._requests._state is ScriptRequestType.STOP


def _of_a_part(state: ClientState | None) -> bool:
    return state is not None and bool(state.fragment_id)
