"""Lets a run of a page take up whole what a browser sent, before anything else is asked of it.

Streamlit 1.67 loses some of it. A request for the whole page interrupts the run before it wherever that stands: in the middle of
a callback, or before the first one, and then what was pressed is half done or not at all. What several parts of a page have
to say at one moment comes in one message that names one of them: callbacks run, but the other parts are not drawn anew. And what
a component says just before another page is asked for is not found by its callback, for the state of the component is gone.
Nor does it find the page: until the browser was told of the page it asked for, its parts speak in the name of the page before, and
the visitor is turned back to it, or stands before a page half drawn.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from streamlit.components.v2.bidi_component.constants import EVENT_DELIM
from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.runtime.scriptrunner import RerunData, ScriptRunner, get_script_run_ctx
from streamlit.runtime.scriptrunner_utils.script_requests import ScriptRequests, ScriptRequestType
from streamlit.runtime.scriptrunner_utils.script_run_context import ScriptRunContext
from streamlit.runtime.state import SafeSessionState, SessionState
from streamlit.runtime.state.session_state import STREAMLIT_INTERNAL_KEY_PREFIX

PAGE = ""  # stands for the whole page where a part is named
_take_up = SafeSessionState.on_script_will_rerun
_fold_in = ScriptRequests._request_rerun_locked
_run = ScriptRunner._run_script


@contextmanager
def taken_up_whole() -> Iterator[None]:
    """Until the end of the block. To be entered before the first visitor."""
    SafeSessionState.on_script_will_rerun = _take_up_whole  # type: ignore[method-assign]
    ScriptRequests._request_rerun_locked = _fold_in_without_turning_back  # type: ignore[method-assign]
    ScriptRunner._run_script = _run_parts_of_the_page_drawn  # type: ignore[method-assign]
    try:
        yield
    finally:
        SafeSessionState.on_script_will_rerun = _take_up  # type: ignore[method-assign]
        ScriptRequests._request_rerun_locked = _fold_in  # type: ignore[method-assign]
        ScriptRunner._run_script = _run  # type: ignore[method-assign]


def _fold_in_without_turning_back(requests: ScriptRequests, asked: RerunData) -> bool:
    """Where a whole page waits to be drawn, only what asks for another page changes which."""
    waits = requests._rerun_data
    if requests._state is ScriptRequestType.RERUN and not waits.fragment_id_queue and not _names_a_page(asked):
        asked = replace(asked, page_script_hash=waits.page_script_hash, page_name=waits.page_name, query_string=waits.query_string)
    return _fold_in(requests, asked)


def _names_a_page(asked: RerunData) -> bool:
    """A browser that asks for no part does; a run only where it leads elsewhere."""
    if asked.fragment_id or asked.fragment_id_queue:
        return False
    context = get_script_run_ctx(suppress_warning=True)
    return context is None or asked.page_script_hash != context.page_script_hash


def _run_parts_of_the_page_drawn(runner: ScriptRunner, asked: RerunData) -> None:
    if asked.fragment_id_queue:
        asked = replace(asked, page_script_hash=runner._pages_manager.current_page_script_hash)
    _run(runner, asked)


def _take_up_whole(state: SafeSessionState, sent: WidgetStates | None, **more: Any) -> None:
    """st.stop() and st.switch_page() in a callback take effect once it has returned."""
    runner = state._yield_callback.__self__  # type: ignore[attr-defined]
    runner._execing = False  # so that it looks for no other request until this one is taken up
    try:
        if sent is not None:
            _let_components_be_found(state._state, sent)
        _take_up(state, sent, **more)
        if sent is not None:
            _ask_for_parts_not_named(state._state, sent)
    finally:
        runner._execing = True


def _let_components_be_found(state: SessionState, sent: WidgetStates) -> None:
    """What a component says is kept beside a state of its own, and looked for only where there is one."""
    for widget in sent.widgets:
        if widget.HasField("json_trigger_value"):
            component = widget.id.removeprefix(f"{STREAMLIT_INTERNAL_KEY_PREFIX}_").rpartition(EVENT_DELIM)[0]
            if component not in state._new_widget_state:
                state._old_state.setdefault(component, {})


def _ask_for_parts_not_named(state: SessionState, sent: WidgetStates) -> None:
    """Parts in which something changed run after those that were named; what stands in no part is of the whole page."""
    context = get_script_run_ctx()
    if context is None or context.script_requests is None or not context.fragment_ids_this_run:
        return
    named = set(context.fragment_ids_this_run)
    parts = {widget.id: part for widget in sent.widgets if (part := _to_be_drawn(context, state, widget.id, named)) is not None}
    if not parts:
        return
    pressed = WidgetStates(widgets=[widget for widget in sent.widgets if widget.id in parts])
    more = RerunData(
        query_string=context.query_string,
        page_script_hash=context.page_script_hash,
        fragment_id_queue=[] if PAGE in parts.values() else sorted(set(parts.values())),
        cached_message_hashes=context.cached_message_hashes,
        context_info=context.context_info,
        replay_trigger_states=state._filter_active_trigger_widget_states(pressed),  # to be seen, not to be done once more
    )
    context.script_requests.request_rerun(more)


def _to_be_drawn(context: ScriptRunContext, state: SessionState, widget: str, named: set[str]) -> str | None:
    """The part of a widget that changed, unless this run, of the parts that were named, draws it."""
    known = state._new_widget_state.widget_metadata.get(widget)
    if known is None or not state._widget_changed(widget):
        return None
    part, storage = known.fragment_id or PAGE, context.fragment_storage
    if part in named or (part != PAGE and (not storage.contains(part) or storage.has_ancestor_in(part, named))):
        return None
    return part
