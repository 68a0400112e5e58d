"""Snapshots: which there are, the project as one shows it, and what lies between two of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

import streamlit as st

from pso_core.actions.rows import standard_of
from pso_core.actions.snapshots import Snapshot
from pso_core.domain.comparison import Difference, compare
from pso_core.domain.rows import ProjectState, Row
from pso_core.steps import ALL_STEPS, KINDS
from pso_core.steps.columns import PARAGRAPHS, STEP_KEYS
from pso_core.steps.naming import Told
from pso_core.steps.sign_off import SIGN_OFF
from pso_core.steps.signing import step_of
from pso_core.text.thaidate import say_date, say_moment, thai_day
from pso_core.ui import cached, differences, show
from pso_core.ui.desk import Desk
from pso_core.ui.naming import field_label, row_name, shown_value
from pso_core.ui.plain import as_html, as_label

NOW = 0  # in place of a change's number
OPEN_AT_ONCE = 30  # rows that differ; more stay folded
DIGITS = 12  # of a digest shown
IN_ORDER = {kind: place for place, kind in enumerate([*(kind for kind in KINDS if kind != SIGN_OFF.name), SIGN_OFF.name])}
SIGNS = {"added": "+", "removed": "−", "changed": "≠"}


def listing(desk: Desk, found: tuple[Snapshot, ...]) -> None:
    head = [desk.say(f"page_snapshots.{name}") for name in ("seq", "when", "what", "who", "digest")]
    show.table(head, [(one.seq, say_moment(one.occurred_at, desk.say), what(desk, one), _who(desk, one), one.digest[:DIGITS]) for one in found], numbers=(0,))


def what(desk: Desk, one: Snapshot) -> str:
    """What was approved."""
    name = desk.say(f"steps.{one.step}.short")
    return desk.say("page_snapshots.schedule", name=name, number=one.number) if one.number else name


def _who(desk: Desk, one: Snapshot) -> str:
    name = desk.person_name(one.person_id)
    return desk.say("sign_off.who", name=name, position=one.position) if one.position else name


def look(desk: Desk, found: tuple[Snapshot, ...]) -> None:
    """One snapshot, step by step; a step is drawn when it is opened."""
    seq = _choose(desk, "which", found, [one.seq for one in found])
    reader = _reader(desk, seq)
    show.quiet(desk.say("page_snapshots.read_only"))
    rows = _by_step(reader.state.rows.values())
    for step in ALL_STEPS:
        some = rows.get(step.key, ())
        title = desk.say("page_snapshots.step_rows", step=desk.say(f"steps.{step.key}.short"), count=len(some))
        drawer = st.expander(as_label(title), key=f"snapshot/{seq}/{step.key}", on_change="rerun")
        if drawer.open:
            drawer.html("".join(_row(reader, row) for row in some) or f"<p class='quiet'>{as_html(desk.say('app.nothing'))}</p>")


def comparing(desk: Desk, found: tuple[Snapshot, ...]) -> None:
    """What became of one snapshot by another, or by now."""
    seqs = [one.seq for one in found]
    left, right = st.columns(2)
    with left:
        first = _choose(desk, "from", found, seqs)
    with right:
        second = _choose(desk, "to", found, [NOW, *seqs])
    before, after = _reader(desk, first), _reader(desk, second)
    by_step: dict[str, list[Difference]] = {}
    for one in sorted(compare(before.state, after.state), key=lambda one: _place(one.row)):
        by_step.setdefault(step_of(one.row.kind, one.row.id), []).append(one)
    if not by_step:
        show.quiet(desk.say("page_snapshots.same"))
    few = sum(map(len, by_step.values())) <= OPEN_AT_ONCE
    for step in ALL_STEPS:
        if step.key in by_step:
            drawer = st.expander(as_label(_summary(desk, step.key, by_step[step.key])), expanded=few, key=f"compare/{first}/{second}/{step.key}", on_change="rerun")
            if drawer.open:
                drawer.html("".join(_difference(desk, one, before, after) for one in by_step[step.key]))


def _choose(desk: Desk, which: str, found: Iterable[Snapshot], seqs: list[int]) -> int:
    """A name has its change's number in it, as two approvals of one minute must not read alike, and no time, as it must be whole on a phone."""
    names = {one.seq: desk.say("page_snapshots.name", when=_day(desk, one), what=what(desk, one), seq=one.seq) for one in found} | {NOW: desk.say("page_snapshots.now")}
    key = f"snapshots/{desk.project_id}/{which}"
    if st.session_state.get(key) not in seqs:
        st.session_state.pop(key, None)
    return st.selectbox(desk.say(f"page_snapshots.{which}"), seqs, key=key, format_func=names.get, placeholder=desk.say("app.choose"))


def _day(desk: Desk, one: Snapshot) -> str:
    return say_date(thai_day(one.occurred_at), desk.say)


def _reader(desk: Desk, seq: int) -> Told:
    """Reads the project as it was then: rows are called what they were called."""
    state = _in_ones_language(desk, desk.state if seq == NOW else cached.as_of(desk.project_id, seq))
    return Told(desk.say, standard_of(state), state, desk.people)


def _in_ones_language(desk: Desk, state: ProjectState) -> ProjectState:
    """The warnings that its steps were approved over are kept in the language of whoever signed."""
    review, signed = replace(desk.review, state=state), [row for row in state.of(SIGN_OFF.name) if row["warnings"]]
    told = {row.id: replace(row, body={**row.body, "warnings": cached.warnings_of(review, row, desk.language)}) for row in signed}
    return replace(state, rows={**state.rows, **told}) if told else state


def _by_step(rows: Iterable[Row]) -> Mapping[str, list[Row]]:
    """{step: its rows, kind by kind in their order, its sign-off last}"""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(step_of(row.kind, row.id), []).append(row)
    for some in found.values():
        some.sort(key=lambda row: (*_place(row), row["position"] or 0, row.id))
    return found


def _place(row: Row) -> tuple[int, int]:
    """Kind by kind, the phases in the order of the steps: their ids would put the sixth first."""
    return (IN_ORDER[row.kind], STEP_KEYS.index(row["step"]) if row.kind == "phase" else 0)


def _row(reader: Told, row: Row) -> str:
    filled = ((field.name, row[field.name]) for field in KINDS[row.kind].fields if row[field.name] not in (None, "", {}))
    lines = "".join(
        f"<tr><th scope='row'>{as_html(field_label(reader, row.kind, name))}</th><td>{as_html(shown_value(reader, row.kind, name, value))}</td></tr>"
        for name, value in filled
    )
    return f"<p class='row snapshot'><span class='quiet'>{as_html(reader.say(f'fields.{row.kind}.one'))}</span> {_name(reader, row)}</p><table class='sheet facts'>{lines}</table>"


def _name(reader: Told, row: Row) -> str:
    return f"<b>{as_html(row_name(row, reader, limit=PARAGRAPHS))}</b>"


def _summary(desk: Desk, step: str, found: Iterable[Difference]) -> str:
    how = [one.how for one in found]
    counted = [desk.say(f"page_snapshots.{which}_count", count=how.count(which)) for which in SIGNS if which in how]
    return f"{desk.say(f'steps.{step}.short')} · {', '.join(counted)}"


def _difference(desk: Desk, one: Difference, before: Told, after: Told) -> str:
    chip = f"<span class='chip'>{SIGNS[one.how]} {as_html(desk.say(f'page_snapshots.{one.how}'))}</span>"
    kind = f"<span class='quiet'>{as_html(desk.say(f'fields.{one.row.kind}.one'))}</span>"
    name = _name(after if one.after else before, one.row)
    return f"<p class='row snapshot'>{chip} {kind} {name}</p>{differences.table(one.row.kind, one.fields, before, after)}"
