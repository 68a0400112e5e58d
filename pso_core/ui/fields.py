"""One widget per type of field. A widget reports what was typed; reading and checking it is the action's work."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import streamlit as st

from pso_core.errors import PsoError
from pso_core.steps import Field
from pso_core.steps.columns import LINE
from pso_core.steps.rules import allowed_choices
from pso_core.steps.values import Unreadable, clean, number_in, read_value
from pso_core.text.thaidate import read_date, say_date, say_moment
from pso_core.ui.desk import Desk
from pso_core.ui.naming import choice_name, name_of, row_name
from pso_core.ui.plain import as_label

AMOUNT = "transaction-amount"
OUTSIDE = -1  # of every limit
FEW = 4  # up to this many short choices stand side by side; more go into a list


def draw(desk: Desk, field: Field, value: Any, *, key: str, label: str, help: str | None = None, **how: Any) -> Any:
    """The widget for this field showing `value`; returns what it holds now. `how` goes to the widget (on_change …)."""
    return _WIDGETS[field.type](desk, field, value, dict(key=key, label=as_label(label), help=help and as_label(help), **how))


def _text(desk: Desk, field: Field, value: Any, how: dict) -> Any:
    if field.limit > LINE:
        lines = how.pop("lines", 3 if field.limit <= 1_000 else 5)
        return st.text_area(value=value or "", height=28 * lines + 24, **how)
    how.pop("lines", None)
    return st.text_input(value=value or "", **how)


def amount_box(label: str, value: Any = None, **how: Any) -> str:
    """A box for any text: one made for numbers drops Thai digits and letters without a word, cannot be emptied again, and beyond
    its limits tells the browser's own sentence and goes on sending what was there before.

    The autocomplete is what typed.js knows an amount by, so that a phone shows its digits.
    """
    return st.text_input(label, value=_as_amount(value), autocomplete=AMOUNT, **how)


def whole_typed(text: str, nothing: int = OUTSIDE) -> int:
    """The whole number in such a box outside a form; what is none is OUTSIDE, for the action to refuse with its limits."""
    text = clean(text)
    try:
        amount = number_in(text) if text else nothing
    except Unreadable:
        return OUTSIDE
    return int(amount) if amount == int(amount) else OUTSIDE


def _amount(desk: Desk, field: Field, value: Any, how: dict) -> Any:
    how.pop("lines", None)
    return amount_box(value=value, **how)


def _as_amount(value: Any) -> str:
    if value is None or isinstance(value, str):  # what was typed and is no number stays as it was typed
        return value or ""
    return str(int(value)) if float(value).is_integer() else repr(value)


def _flag(desk: Desk, field: Field, value: Any, how: dict) -> Any:
    return st.checkbox(value=bool(value), **how)


def _day(desk: Desk, field: Field, value: Any, how: dict) -> Any:
    """Typed as people write it (9 ต.ค. 2544, 9/10/2544, Thai digits), and read back below in full."""
    typed = st.text_input(value=_as_typed(desk, value), placeholder=desk.say("app.date_example"), **how)
    if typed:
        try:
            st.caption(say_date(read_date(typed), desk.say, "long"))
        except PsoError as refusal:
            st.caption(f":red[{as_label(desk.say(f'mistakes.{refusal.code}', **refusal.facts))}]")
    return typed


def _moment(desk: Desk, field: Field, value: Any, how: dict) -> Any:
    """To be read: actions write it."""
    return st.text_input(value=say_moment(datetime.fromisoformat(value), desk.say) if value else "", **{**how, "disabled": True})


def _as_typed(desk: Desk, value: Any) -> str:
    if not value:
        return ""
    return say_date(value, desk.say) if _is_kept(value) else value


def _is_kept(value: str) -> bool:
    """Whether this is a date as rows hold it; else it is what the person typed, such as 2544-10-09, and stays so."""
    try:
        return read_date(value).isoformat() == value
    except PsoError:
        return False


def _choice(desk: Desk, field: Field, value: Any, how: dict) -> Any:
    options = list(allowed_choices(field, desk.standard))
    required = how.pop("required", field.required)  # a page may ask for a choice where the kind does not
    return _one_of(desk, options, value, lambda option: choice_name(desk, field, option), required, how)


def _reference(desk: Desk, field: Field, value: Any, how: dict) -> Any:
    fits = how.pop("only", None)  # which rows there are to choose from
    options = [row.id for row in desk.state.of(field.of) if fits is None or fits(row)]
    if value and value not in options:
        options.append(value)
    return _in_list(desk, options, value, lambda option: row_name(desk.state.get(option), desk), how)


def _person(desk: Desk, field: Field, value: Any, how: dict) -> Any:
    options = [person.id for person in desk.people if person.active or person.id == value]
    return _in_list(desk, options, value, desk.person_name, how)


def _one_of(desk: Desk, options: list, value: Any, name: Callable[[Any], str], required: bool, how: dict) -> Any:
    """`required`: a tap on the one that is chosen does not take it away."""
    if "captions" in how:  # each choice with its own line to read
        place = options.index(value) if value in options else None
        return st.radio(options=options, index=place, format_func=lambda o: as_label(name(o)), width="stretch", **how)
    if len(options) <= FEW and value in (None, *options):
        return st.segmented_control(options=options, default=value, format_func=lambda o: as_label(name(o)), required=required, wrap=True, **how)
    return _in_list(desk, options, value, name, how)


def _in_list(desk: Desk, options: list, value: Any, name: Callable[[Any], str], how: dict) -> Any:
    place = options.index(value) if value in options else None
    labels = _told_apart([name(option) for option in options])
    return st.selectbox(options=options, index=place, format_func=lambda o: labels[options.index(o)], placeholder=desk.say("app.choose"), **how)


def _told_apart(names: list[str]) -> list[str]:
    """The names, those that occur twice with their number: Streamlit takes the first of two that read alike for both."""
    return [f"{name} ({names[:place].count(name) + 1})" if names.count(name) > 1 else name for place, name in enumerate(names)]


def _levels(desk: Desk, field: Field, value: Any, how: dict) -> dict[str, int]:
    """Which criteria, and by how many levels each."""
    key, held = how["key"], dict(value or {})
    chosen = st.multiselect(
        options=list(desk.standard.choices("criteria")), default=[c for c in held if c in desk.standard.choices("criteria")],
        format_func=lambda criterion: name_of(desk, "criteria", criterion), placeholder=desk.say("app.choose"), select_all=False, **how,
    )  # fmt: skip
    change = {name: how[name] for name in ("on_change", "args") if name in how}
    steps = list(range(1, desk.standard.top_level + 1))
    return {
        criterion: st.segmented_control(
            as_label(desk.say("app.levels_of", criterion=name_of(desk, "criteria", criterion))), steps,
            default=held[criterion] if held.get(criterion) in steps else 1, format_func=lambda n: f"+{n}", key=f"{key}/{criterion}", **change,
        )
        for criterion in chosen
    }  # fmt: skip


_WIDGETS = {
    "text": _text, "whole": _amount, "number": _amount, "flag": _flag, "day": _day, "moment": _moment,
    "choice": _choice, "reference": _reference, "person": _person, "levels": _levels,
}  # fmt: skip


def value_in_state(field: Field, key: str) -> Any:
    """What the widget with this key holds now, for callbacks."""
    value = st.session_state.get(key)
    if field.type == "levels":
        return {criterion: st.session_state.get(f"{key}/{criterion}") or 1 for criterion in value or ()}
    return _read(field, value) if field.type in ("whole", "number") else value


def _read(field: Field, typed: Any) -> Any:
    """The number typed; what is none stays a text, for the action to refuse with a sentence."""
    try:
        return read_value(field, typed)
    except Unreadable:
        return typed
