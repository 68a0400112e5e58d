"""Pieces for reading: a meter, a table, a finding over its picture."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any, TypeVar

import streamlit as st

from pso_core.ui.desk import Desk
from pso_core.ui.naming import amount
from pso_core.ui.plain import as_html

T = TypeVar("T")


def meter(desk: Desk, name: str, value: Fraction | int, quota: int, sound: bool = True) -> None:
    """How much of a quota is used, in words, a number and a bar: 'หลัก 57/60 เหลือ 3'. Not `sound`: something that should count cannot be saved."""
    st.html(_meter(desk, name, value, quota, sound))


def meters(desk: Desk, found: Iterable[tuple[str, Fraction | int, int, bool]]) -> None:
    """Several meters (name, value, quota, sound) side by side; two in a row on a phone."""
    st.html(f"<div class='meters'>{''.join(_meter(desk, *one) for one in found)}</div>")


def _meter(desk: Desk, name: str, value: Fraction | int, quota: int, sound: bool) -> str:
    left = quota - value
    state = "wrong" if not sound else "full" if left == 0 else "over" if left < 0 else "short"
    say = desk.say(f"app.meter.{state}", left=amount(abs(left), desk))
    width = min(100, round(value * 100 / quota)) if quota else 0
    return (
        f"<div class='meter {state}' role='status'><span>{as_html(name)}</span> <b>{amount(value, desk)}/{quota}</b> <span class='say'>{as_html(say)}</span>"
        f"<div class='bar'><i style='width:{width}%'></i></div></div>"
    )


def heading(text: str) -> None:
    st.html(f"<h2 class='part'>{as_html(text[:1].upper() + text[1:])}</h2>")


def folding(desk: Desk, lines: Sequence[T], first: int, draw: Callable[[Sequence[T]], None], *, key: str) -> None:
    """The first so many, and the rest one tap away: drawn only then, for there may be hundreds."""
    draw(lines[:first])
    if rest := lines[first:]:
        folded = st.expander(desk.say("reminders.more", count=len(rest)), key=key, on_change="rerun", type="compact")
        if folded.open:
            with folded, st.container(gap="xsmall"):
                draw(rest)


def quiet(text: str) -> None:
    st.html(f"<p class='quiet'>{as_html(text)}</p>")


def no_total(desk: Desk) -> str:
    """Why there is no total: no criterion applies, nothing is scored, or what is scored has no weight."""
    score = desk.review.score
    if score and not any(one.applicable for one in score.criteria):
        return desk.say("page_assessment.all_excused")
    return desk.say("page_assessment.no_weights" if score and score.started else "page_home.no_score")


def whose_score(desk: Desk) -> None:
    """Of which round the totals are, while the current one has no score yet."""
    told, current = desk.review.scored_round, desk.review.current_round
    if told is not current:
        quiet(desk.say("page_home.of_round", round=told["name"], current=current["name"]))


def figures(named: Iterable[tuple[str, object, object]]) -> None:
    """Large numbers side by side: (name, number, what it is out of or nothing)."""
    st.html(figures_html(named))


def figures_html(named: Iterable[tuple[str, object, object]]) -> str:
    boxes = "".join(
        f"<div><p class='quiet'>{as_html(name)}</p><p class='big'>{as_html(number)}{f'<small> / {as_html(whole)}</small>' if whole else ''}</p></div>"
        for name, number, whole in named
    )
    return f"<div class='figures'>{boxes}</div>"


def table(
    head: Sequence[str], rows: Iterable[Sequence[object]], *, numbers: Sequence[int] = (), dates: Sequence[int] = (), names: Sequence[int] = (),
    total: Sequence[object] | None = None,
) -> None:  # fmt: skip
    """A table for reading; on a phone each row stands as lines with their labels. `numbers`: columns set right, `dates`, or codes: never
    broken, `names`: wide enough beside long texts for their words."""
    side = ["number" if place in numbers else "date" if place in dates else "name" if place in names else "" for place in range(len(head))]
    top = "".join(f"<th scope='col' class='{c}'>{as_html(h)}</th>" for h, c in zip(head, side, strict=True))
    body = "".join(f"<tr>{_cells(head, row, side)}</tr>" for row in rows)
    foot = f"<tr class='total'>{_cells(head, total, side)}</tr>" if total else ""
    st.html(f"<table class='sheet stack'><thead><tr>{top}</tr></thead><tbody>{body}{foot}</tbody></table>")


def picture(
    desk: Desk, finding: str, chart: Mapping[str, Any], head: Sequence[str], rows: Iterable[Sequence[object]], *,
    key: str, numbers: Sequence[int] = (), dates: Sequence[int] = (), marks: str = "", height: int | None = None,
    below: Callable[[], None] = lambda: None,
) -> None:  # fmt: skip
    """A chart under its finding (and what its `marks` mean), with the same numbers in a table one tap away, and what comes `below` it;
    scrolled when `height` is given."""
    said = f"<p class='quiet'>{as_html(marks)}</p>" if marks else ""
    st.html(f"<p class='finding'>{as_html(finding)}</p>{said}")
    spec = {"description": finding, **chart}  # what is said instead of the picture
    with st.container(height=height or "content", border=False):
        st.vega_lite_chart(spec=spec, key=f"chart/{key}", width="stretch", theme=None)
    with st.expander(desk.say("app.same_numbers"), key=f"numbers/{key}"):
        table(head, rows, numbers=numbers, dates=dates)
        below()


def _cells(head: Sequence[str], row: Sequence[object], side: Sequence[str]) -> str:
    return "".join(
        f"<td class='{c}' data-label='{as_html(h)}'>{as_html(cell)}</td>" for h, cell, c in zip(head, row, side, strict=True)
    )


def is_dark() -> bool:
    """Whether this visitor's theme is dark."""
    return st.context.theme.type == "dark"
