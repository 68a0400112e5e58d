"""Scoring one criterion at a time: its indicators with the conditions to read beside the choice, its target level."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from pso_core.actions.assessment import is_open
from pso_core.domain.rows import ProjectState, Row
from pso_core.domain.scoring import Score
from pso_core.domain.standard import Criterion
from pso_core.steps import KINDS
from pso_core.steps.indicators import conditions_of
from pso_core.ui import asked, criteria, resolutions, show
from pso_core.ui.desk import Desk
from pso_core.ui.form import Form, FormRow
from pso_core.ui.naming import amount, name_of
from pso_core.ui.navigation import step_file
from pso_core.ui.plain import as_html, as_label

CHOSEN = "assessment/criterion"


def choose_asked(desk: Desk, place: str | None) -> None:
    """A link to a score or a target shows its criterion."""
    kind, _, key = (place or "").partition(":")
    if kind == "score":
        indicator = desk.state.get(f"indicator:{key.rpartition('/')[2]}")
        key = indicator["criterion"] if indicator else ""
    if kind in ("score", "target") and key in desk.standard.choices("criteria"):
        st.session_state[CHOSEN] = key


def editor(desk: Desk, round_: Row, score: Score) -> None:
    """One form for the whole round: what is typed for one criterion stays while another is looked at."""
    form, then = Form(desk, f"scores/{round_.id}"), desk.review.decided(round_)
    rows = {indicator.id: _score_row(form, round_, indicator) for indicator in then.of("indicator")}
    targets = {c.key: form.row("target", f"target:{c.key}", {"criterion": c.key}) for c in desk.standard.criteria} if desk.may_edit("target") else {}
    show.heading(desk.say("page_assessment.scoring"))
    form.messages()
    criterion = criteria.choose(desk, CHOSEN, lambda: _first_unscored(desk, score), lambda one: _mark(desk, score, one.key), desk.say("page_assessment.which_criterion"))
    with st.container(border=True):
        asked.mark(f"target:{criterion.key}")
        _head(desk, criterion, score)
        _target(desk, criterion, targets)
        indicators = list(then.where("indicator", criterion=criterion.key))
        if not indicators:
            _no_indicator(desk, round_, criterion)
        for number, indicator in enumerate(indicators):
            _indicator(desk, then, form, rows[indicator.id], indicator, frozen=not is_open(round_), place=number)
        _added_since(desk, then, round_, criterion)
    _buttons(desk, form, round_, criterion, {row.entity_id: then.get(indicator)["criterion"] for indicator, row in rows.items()})


def _no_indicator(desk: Desk, round_: Row, criterion: Criterion) -> None:
    if not is_open(round_):
        show.quiet(desk.say("page_assessment.no_indicator_then"))
        return
    show.quiet(desk.say("page_assessment.no_indicator"))
    st.page_link(step_file("indicators"), label=desk.say("page_assessment.to_indicators"), query_params={"at": f"criterion:{criterion.key}"})


def _added_since(desk: Desk, then: ProjectState, round_: Row, criterion: Criterion) -> None:
    """Indicators that were not there when the round was closed: they have no place in it, but a link to one that is still unscored comes here."""
    added = [row for row in desk.state.where("indicator", criterion=criterion.key) if then.get(row.id) is None]
    for row in added:
        asked.mark(_score_id(round_, row))
    if added:
        show.quiet(desk.say("page_assessment.added_since", names=", ".join(row["name"] for row in added)))


def _score_row(form: Form, round_: Row, indicator: Row) -> FormRow:
    return form.row("score", _score_id(round_, indicator), {"round": round_.id, "indicator": indicator.id})


def _score_id(round_: Row, indicator: Row) -> str:
    return KINDS["score"].id_of({"round": round_.id, "indicator": indicator.id})


def _first_unscored(desk: Desk, score: Score) -> str:
    waiting = (c.criterion for c in score.criteria if c.applicable and not c.scored)
    return next(waiting, desk.standard.choices("criteria")[0])


def _mark(desk: Desk, score: Score, key: str) -> str:
    """The criterion's level as mark and number; other marks where there is none."""
    found = score.of(key)
    if not found.applicable:
        return desk.say("page_assessment.not_applicable_mark")
    if found.level is None:
        return desk.say("page_assessment.unscored_mark")
    mark = f"choices.mark.{found.level}"
    return f"{desk.say(mark)} {found.level}" if desk.say.has(mark) else amount(found.level, desk)


def _head(desk: Desk, criterion: Criterion, score: Score) -> None:
    points = score.of(criterion.key).weight
    weight = desk.say("page_assessment.weight", weight=amount(points, desk)) if points else desk.say("page_assessment.no_weight")
    st.html(
        f"<h3>{as_html(criterion.name[desk.language])} <span class='quiet'>{as_html(weight)}</span></h3>"
        f"<p class='quiet row'>{as_html(criterion.question[desk.language])}</p>"
    )


def _target(desk: Desk, criterion: Criterion, targets: Mapping[str, FormRow]) -> None:
    if criterion.key in targets:
        targets[criterion.key].input("level")
        return
    target = desk.state.get(f"target:{criterion.key}")
    level = name_of(desk, "levels", target["level"]) if target else desk.say("app.nothing_chosen")
    shown = f"{target['level']} {level}" if target else level
    st.html(f"<p class='row'>{as_html(desk.say('fields.target.level.label'))}: <b>{as_html(shown)}</b></p>")


def _indicator(desk: Desk, then: ProjectState, form: Form, row: FormRow, indicator: Row, frozen: bool, place: int) -> None:
    conditions = conditions_of(then, indicator.id)
    how = {"disabled": True} if frozen else {}
    asked.mark(row.entity_id)
    st.html(f"<h4>{as_html(indicator['name'])} {_chips(desk, indicator, row)}</h4>")
    resolutions.link(desk, row.entity_id)
    if not row.value("not_applicable"):
        captions = [as_label(_condition(desk, conditions.get(level))) for level in desk.standard.choices("levels")]
        with st.container(key=f"scale-{place}"):
            row.input("level", captions=captions, help=None, **how)
    _not_applicable(form, row, how)
    left, right = st.columns(2)
    with left:
        row.input("rationale", **_large(desk, "rationale"), **how)
        _rationale_missing(desk, row)
    with right:
        row.input("evidence", **_large(desk, "evidence"), **how)
        _expected(desk, conditions.get(row.value("level")))
    if row.may_edit and not frozen:
        _small_buttons(desk, form, row)


def _large(desk: Desk, name: str) -> dict:
    """Room for a few lines, with the hint where they will stand."""
    return {"lines": 5, "placeholder": desk.say(f"fields.score.{name}.hint"), "help": None}


def _chips(desk: Desk, indicator: Row, row: FormRow) -> str:
    found = [desk.say("page_assessment.sample")] if indicator["origin"] == "sample" else []
    if row.value("origin") == "reconstructed":
        found.append(desk.say("page_assessment.reconstructed"))
    return " ".join(f"<span class='chip sample'>{as_html(chip)}</span>" for chip in found)


def _condition(desk: Desk, condition: Row | None) -> str:
    return (condition and condition["text"]) or desk.say("page_assessment.no_condition")


def _not_applicable(form: Form, row: FormRow, how: dict) -> None:
    desk, key = form.desk, row.key("not_applicable")
    st.checkbox(
        desk.say("fields.score.not_applicable.label"), value=bool(row.value("not_applicable")), key=key,
        help=desk.say("fields.score.not_applicable.hint"), on_change=_excuse, args=(form, row, key),
        **{"disabled": not row.may_edit, **how},
    )  # fmt: skip


def _excuse(form: Form, row: FormRow, key: str) -> None:
    """Not applicable and a level exclude each other: choosing the one takes the other back."""
    excused = st.session_state[key]
    form.put(row.entity_id, "not_applicable", excused)
    if excused:
        form.put(row.entity_id, "level", None)


def _rationale_missing(desk: Desk, row: FormRow) -> None:
    if (row.value("rationale") or "").strip():
        return
    missing = "reason_missing" if row.value("not_applicable") else "rationale_missing" if row.value("level") is not None else None
    if missing:
        st.html(f"<p class='missing'>▢ {as_html(desk.say(f'page_assessment.{missing}'))}</p>")


def _expected(desk: Desk, condition: Row | None) -> None:
    if condition and condition["evidence"]:
        show.quiet(desk.say("page_assessment.expected_evidence", evidence=condition["evidence"]))


def _small_buttons(desk: Desk, form: Form, row: FormRow) -> None:
    with st.container(horizontal=True):
        if row.value("level") is not None:
            st.button(desk.say("page_assessment.clear"), key=f"clear/{row.entity_id}", on_click=form.put, args=(row.entity_id, "level", None))
        if row.value("origin") == "reconstructed":
            st.button(desk.say("page_assessment.checked"), key=f"checked/{row.entity_id}", on_click=form.put, args=(row.entity_id, "origin", "own"))


def _buttons(desk: Desk, form: Form, round_: Row, criterion: Criterion, criterion_of: Mapping[str, str]) -> None:
    closed = {} if is_open(round_) or desk.may_edit("target") else {"disabled": True, "help": desk.say("page_assessment.closed_help")}
    with st.container(key="stay-scores", horizontal=True, vertical_alignment="center"):
        form.save_button(desk.say("page_assessment.save"), **closed)
        criteria.neighbours(desk, CHOSEN, criterion)
        _unsaved(desk, form, criterion_of)


def _unsaved(desk: Desk, form: Form, criterion_of: Mapping[str, str]) -> None:
    """Which criteria hold something typed: it may be another than the one shown.

    `criterion_of`: {score's id: its criterion}; a target's id names the criterion itself.
    """
    touched = dict.fromkeys(criterion_of.get(id_, id_.partition(":")[2]) for id_, _ in form.memory.typed if id_ in form.rows)
    if touched:
        names = ", ".join(desk.standard.criterion(key).short[desk.language] for key in touched)
        st.html(f"<p class='missing' role='status'>✎ {as_html(desk.say('page_assessment.unsaved', names=names))}</p>")
