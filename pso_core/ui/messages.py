"""What the program answers: saved, merged, refused. In the reader's language, saying what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import streamlit as st

from pso_core.actions.evidence import FilesRefused
from pso_core.actions.rows import Saved
from pso_core.domain.rows import Row
from pso_core.errors import Mistakes, PsoError
from pso_core.steps import KINDS
from pso_core.steps.signing import GapsOpen
from pso_core.ui import asked
from pso_core.ui.desk import Desk
from pso_core.ui.gaps import gap_link
from pso_core.ui.naming import field_label, mistake_sentence, refusal_sentence, row_name, shown_value
from pso_core.ui.plain import as_label

_TOAST = "toast"
_SHOWN = "toast_shown"
_REFUSED = "refused"
_REFUSALS = "refusals"  # how many there were
LONG = 60  # characters: what is longer is not read in the four seconds that a toast usually stays


def saved(desk: Desk, outcome: Saved) -> None:
    """Remember what to say; said at the next run (a callback must not draw)."""
    said = [desk.say("app.saved")] if outcome.ids else []
    if outcome.merged:
        names = {field_label(desk, entity_id.split(":")[0], name) for entity_id, name in outcome.merged}
        said.append(desk.say("app.merged", fields=", ".join(sorted(names))))
    said += [desk.say(f"app.{word}", count=count) for word, count in (("came_along", outcome.along), ("stays_away", outcome.left)) if count]
    if len(outcome.found) == 1:
        said.append(desk.say("app.file_found", name=outcome.found[0]))
    elif outcome.found:
        said.append(desk.say("app.files_found", count=len(outcome.found)))
    st.session_state[_TOAST] = " ".join(said) or desk.say("app.nothing_changed")


def say_later(sentence: str) -> None:
    st.session_state[_TOAST] = sentence


def refuse_later(desk: Desk, reason: PsoError) -> None:
    """Remember a refusal of a button that has no form to show it."""
    st.session_state[_REFUSED] = reason
    st.session_state[_REFUSALS] = st.session_state.get(_REFUSALS, 0) + 1


def waiting() -> bool:
    """Whether something is left to be said that only a run of the whole page says."""
    return _TOAST in st.session_state or _REFUSED in st.session_state


def toast(desk: Desk | None) -> None:
    """Say what the last action left to be said."""
    if desk and (reason := st.session_state.get(_REFUSED)):
        with _said(_REFUSED):
            asked.into_view("refused", st.session_state[_REFUSALS])  # the button may stand far below
            refusal(desk, reason)
    if sentence := st.session_state.get(_TOAST):
        with _said(_TOAST):
            _show(as_label(sentence))


@contextmanager
def _said(what: str) -> Iterator[None]:
    """Said now, and forgotten after it, also where that is a fault; a run that the next press cuts off, as Streamlit does by no Exception, leaves it to the next."""
    try:
        yield
    except Exception:
        del st.session_state[what]
        raise
    del st.session_state[what]


def _show(sentence: str) -> None:
    """Streamlit shows the same toast once: the second of two alike ends in a sign that nobody sees."""
    if sentence == st.session_state.get(_SHOWN):
        sentence += "\u2060"
    st.toast(sentence, duration="long" if len(sentence) > LONG else "short")
    st.session_state[_SHOWN] = sentence


def refusal(desk: Desk, reason: PsoError, shown: set[str] = frozenset()) -> None:
    """The refusal as a sentence; mistakes that no field of the form shows and files are listed."""
    if isinstance(reason, FilesRefused):
        st.error("\n".join([as_label(refusal_sentence(desk, reason)), "", *file_lines(desk, reason.files)]))
        return
    if not isinstance(reason, Mistakes):
        st.error(as_label(refusal_sentence(desk, reason)))
        for gap in reason.gaps if isinstance(reason, GapsOpen) else ():
            gap_link(desk, gap)
        return
    lines = list(dict.fromkeys(_mistake_line(desk, problem, shown) for problem in reason.problems))
    st.error("\n".join([as_label(desk.say(f"refusals.{reason.code}", count=len(lines))), "", *lines]))


def file_lines(desk: Desk, refused: Iterable[tuple[str, PsoError]]) -> list[str]:
    """Files that are not taken as points of a list, each with the reason."""
    return [f"- {as_label(f'{name}: {refusal_sentence(desk, why)}')}" for name, why in refused]


def _mistake_line(desk: Desk, problem, shown: set[str]) -> str:
    """Whose, where and what: "1.1 งานวางแผน · คะแนน: …"; without what the form shows or the path does not say."""
    kind, entity_id, field = (*problem.path, None, None, None)[:3]
    row = row_in_mind(desk, kind, entity_id) if entity_id and shown != {entity_id} else None
    label = f"fields.{kind}.{field}.label"
    place = [row_name(row, desk)] if row else []
    place += [desk.say(label) if desk.say.has(label) else field] if field else []
    where = f"**{as_label(' · '.join(place))}**: " if place else ""
    return f"- {where}{as_label(mistake_sentence(desk, problem))}"


def row_in_mind(desk: Desk, kind: str, entity_id: str) -> Row | None:
    """A score is thought of by its indicator, any other row by itself."""
    return desk.state.get(f"indicator:{entity_id.rpartition('/')[2]}" if kind == "score" else entity_id)


def draft_restored(desk: Desk, *, key: str, on_click: Callable[[], None]) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.info(desk.say("app.draft_restored"))
        st.button(desk.say("app.drop_draft"), key=key, on_click=on_click)


def gone(desk: Desk, typed: Sequence[tuple[Row, str, Any]], *, key: str, on_click: Callable[[], None]) -> None:
    """What was typed into rows that somebody removed: (the row as it was, field, text), to be copied or dropped."""
    lines = (f"- {as_label(f'{row_name(row, desk)} · {field_label(desk, row.kind, name)}: {_as_typed(desk, row.kind, name, value)}')}" for row, name, value in typed)
    st.warning("\n".join([as_label(desk.say("app.rows_gone")), "", *lines]))
    st.button(desk.say("app.drop_gone"), key=key, on_click=on_click)


def _as_typed(desk: Desk, kind: str, name: str, value: Any) -> str:
    return str(value) if KINDS[kind].field[name].type == "day" else shown_value(desk, kind, name, value)


def changed_meanwhile(desk: Desk) -> None:
    st.info(desk.say("app.changed_meanwhile"))
