"""Step 5's parts: a criterion with its indicators, their conditions side by side, the drawer of an indicator, the check."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

import streamlit as st

from pso_core.actions.indicators import use_samples
from pso_core.domain.apportion import share_equally
from pso_core.domain.rows import Row
from pso_core.domain.rubric import Finding, check_rubric, falls, level_from_threshold, monotone, thresholds_of
from pso_core.domain.standard import Criterion
from pso_core.steps.indicators import conditions_of
from pso_core.steps.values import Unreadable, number_in
from pso_core.ui import asked, drawer, fields, listing, show, visit
from pso_core.ui.desk import Desk
from pso_core.ui.doing import do
from pso_core.ui.filling import fill
from pso_core.ui.form import NEW, Form, FormRow
from pso_core.ui.form_row import summed
from pso_core.ui.naming import amount, level_name, name_of, row_name
from pso_core.ui.navigation import place_file
from pso_core.ui.plain import as_html, as_label

WHOLE = 100  # per cent of a criterion
PARTS = ("text", "evidence", "threshold")  # of a condition


def findings_of(desk: Desk, indicator: Row) -> tuple[Finding, ...]:
    return check_rubric(indicator, conditions_of(desk.state, indicator.id).values(), desk.standard.top_level)


def section(desk: Desk, criterion: Criterion, opened: bool) -> None:
    """One criterion, folded under a line that says how far it is."""
    indicators = list(desk.state.where("indicator", criterion=criterion.key))
    with st.expander(_line(desk, criterion, indicators), expanded=opened, key=f"indicators/{criterion.key}"):
        asked.mark(f"criterion:{criterion.key}")
        st.html(f"<p class='row question'>{as_html(criterion.question[desk.language])}</p>")
        if len(indicators) > 1:
            _shares(desk, criterion, indicators)
        for indicator in indicators:
            with st.container(key=f"indicator-{indicator.id}"):
                _indicator(desk, indicator)
        _additions(desk, criterion, indicators)


def _line(desk: Desk, criterion: Criterion, indicators: Sequence[Row]) -> str:
    found = sum(len(findings_of(desk, indicator)) for indicator in indicators)
    samples = sum(indicator["origin"] == "sample" for indicator in indicators)
    parts = [desk.say("page_indicators.count", count=len(indicators)) if indicators else desk.say("page_indicators.none")]
    parts += [desk.say("page_indicators.samples", count=samples)] if samples else []
    parts += [desk.say("page_indicators.to_look_at", count=found)] if found else []
    return f"**{as_label(criterion.name[desk.language])}** — {as_label(' · '.join(parts))}"


def _indicator(desk: Desk, indicator: Row) -> None:
    conditions = conditions_of(desk.state, indicator.id)
    chip = f"<span class='chip sample'>{as_html(desk.say('page_indicators.sample_chip'))}</span>" if indicator["origin"] == "sample" else ""
    text, button = st.columns([6, 1], vertical_alignment="center")
    details = listing.details(desk, indicator, ("method", "unit", "source"))
    text.html(f"<h3>{as_html(indicator['name'])}</h3>{chip}{details}")
    with button:
        drawer.edit_button(desk, "indicator", indicator.id, width="stretch")
    st.html(f"<div class='levels'>{''.join(_levels(desk, conditions))}</div>")
    _try(desk, indicator, thresholds_of(conditions.values()))


def _levels(desk: Desk, conditions: Mapping[int, Row]) -> Iterable[str]:
    """Every level with its condition, what it takes, and the evidence that shows it."""
    thresholds = thresholds_of(conditions.values())
    for level in desk.standard.choices("levels"):
        row, lines = conditions.get(level), []
        if level in thresholds:
            direction = "at_most" if falls(thresholds) else "at_least"
            lines.append(f"<p class='threshold'>{as_html(desk.say(f'page_indicators.{direction}', value=amount(thresholds[level], desk)))}</p>")
        if row and row["text"]:
            lines.append(f"<p>{as_html(row['text'])}</p>")
        else:
            lines.append(f"<p class='missing'>{as_html(desk.say('page_indicators.no_condition'))}</p>")
        if row and row["evidence"]:
            lines.append(f"<p class='quiet'>{as_html(desk.say('page_indicators.evidence', evidence=row['evidence']))}</p>")
        yield f"<section class='level at{level}'><p>{level_chip(desk, level)}</p>{''.join(lines)}</section>"


def level_chip(desk: Desk, level: int) -> str:
    return f"<span class='chip level{level}'>{as_html(level_name(desk, level))}</span>"


def _try(desk: Desk, indicator: Row, thresholds: Mapping[int, Fraction]) -> None:
    """Type what was measured, read the level it gives. Nothing is saved."""
    if not thresholds or not monotone(thresholds):
        return
    with st.container(horizontal=True, vertical_alignment="bottom", key=f"try-{indicator.id}"):
        label = desk.say("page_indicators.try_unit" if indicator["unit"] else "page_indicators.try", unit=indicator["unit"])
        typed = fields.amount_box(as_label(label), key=f"try/{indicator.id}", width=260)
        if typed.strip():
            st.html(f"<p class='row' role='status'>{_gives(desk, typed, thresholds)}</p>")


def _gives(desk: Desk, typed: str, thresholds: Mapping[int, Fraction]) -> str:
    """The level that a measured value gives, or why it gives none."""
    try:
        measured = number_in(typed.strip())
    except Unreadable as reason:
        return f"<span class='missing'>{as_html(desk.say(f'mistakes.{reason.code}', **reason.facts))}</span>"
    said = desk.say("page_indicators.gives", value=amount(measured, desk))
    return f"{as_html(said)} {level_chip(desk, level_from_threshold(measured, thresholds))}"


def _shares(desk: Desk, criterion: Criterion, indicators: Sequence[Row]) -> None:
    """How the indicators of one criterion share it; together they make 100 per cent."""
    form = Form(desk, f"shares/{criterion.key}")
    rows = [form.row("indicator", indicator.id, indicator.body) for indicator in indicators]
    form.messages()
    value, sound = summed(rows, "share")
    show.meter(desk, desk.say("page_indicators.shares"), value, WHOLE, sound)
    for indicator, row in zip(indicators, rows, strict=True):
        with st.container(horizontal=True, vertical_alignment="center", key=f"line-share-{indicator.id}"):
            st.html(f"<p class='row'>{as_html(indicator['name'])}</p>", width="stretch")
            row.input("share", label=desk.say("page_indicators.share_of", indicator=indicator["name"]), help=None, label_visibility="collapsed", width=150)
    if all(row.may_edit for row in rows):
        with st.container(horizontal=True):
            form.save_button(desk.say("page_indicators.save_shares"))
            st.button(desk.say("page_indicators.share_equally"), key=f"shares/{criterion.key}/equal", on_click=fill, args=(form, rows, "share", _equally))


def _equally(shares: list) -> list[int]:
    return share_equally(len(shares), WHOLE)


def _additions(desk: Desk, criterion: Criterion, indicators: Sequence[Row]) -> None:
    if not desk.may_edit("indicator"):
        return
    position = desk.state.next_position("indicator")
    new = {"criterion": criterion.key, "origin": "own", "share": None if indicators else WHOLE, "position": position}
    with st.container(horizontal=True):
        drawer.add_button(desk, "indicator", new)
        if not indicators:
            _sample_button(desk, [criterion.key], desk.say("page_indicators.use_sample"))


def samples_offer(desk: Desk) -> None:
    """One button for all criteria that have no indicator yet."""
    begun = {row["criterion"] for row in desk.state.of("indicator")}
    without = [criterion.key for criterion in desk.standard.criteria if criterion.key not in begun]
    if len(without) > 1 and desk.may_edit("indicator"):
        _sample_button(desk, without, desk.say("page_indicators.use_samples", count=len(without)), type="primary")


def _sample_button(desk: Desk, criteria: Sequence[str], label: str, **how: str) -> None:
    key = criteria[0] if len(criteria) == 1 else "all"
    st.button(label, key=f"samples/{key}", help=desk.say("page_indicators.use_samples_help"), on_click=_take_samples, args=(desk, criteria), **how)


def _take_samples(desk: Desk, criteria: Sequence[str]) -> None:
    do(desk, lambda: use_samples(desk.office, visit.actor(), desk.project_id, criteria, desk.language, desk.state.seq))


def indicator_fields(desk: Desk, form: Form, row: FormRow) -> None:
    """The drawer of an indicator: itself and the conditions of every level, saved together."""
    if row.value("origin") == "sample":
        st.info(as_label(desk.say("page_indicators.sample_notice", own=desk.say("choices.origin.own"))))
    for name in ("criterion", "name", "method", "unit", "source", "origin"):
        if name not in row.defaults or name == "origin":
            row.input(name, **({"required": True, "help": desk.say("page_indicators.origin_help")} if name == "origin" else {}))
    short = row.entity_id.partition(":")[2] or NEW
    levels = desk.standard.choices("levels")
    conditions = [form.row("condition", f"condition:{short}/{level}", {"indicator": row.entity_id, "level": level}) for level in levels]
    for level, condition in zip(levels, conditions, strict=True):
        with st.container(border=True, key=f"condition-{level}"):
            st.html(f"<p class='row'>{level_chip(desk, level)}</p>")
            for part in PARTS:
                condition.input(part, **({"lines": 2} if part != "threshold" else {}))
    typed = [Row(one.entity_id, "condition", 0, 0, {**one.defaults, **{part: one.known(part) for part in PARTS}}) for one in conditions]
    _say_findings(desk, check_rubric(Row(row.entity_id, "indicator", 0, 0, {}), typed, desk.standard.top_level))


def _say_findings(desk: Desk, found: Sequence[Finding]) -> None:
    if found:
        st.html(f"<p class='row'><b>{as_html(desk.say('page_indicators.check'))}</b></p>{_listed(desk, found)}")


def _listed(desk: Desk, found: Sequence[Finding]) -> str:
    """A sentence each; levels that lack the same thing share one."""
    facts: dict[tuple, list[Finding]] = {}
    for finding in found:
        facts.setdefault((finding.code, *finding.facts) if set(finding.facts) == {"level"} else (finding.code, id(finding)), []).append(finding)
    lines = (_sentence(desk, alike) for alike in facts.values())
    return f"<ul class='findings'>{''.join(f'<li>{as_html(line)}</li>' for line in lines)}</ul>"


def _sentence(desk: Desk, alike: Sequence[Finding]) -> str:
    first = alike[0]
    levels = {"level": ", ".join(str(finding.facts["level"]) for finding in alike)} if len(alike) > 1 else {}
    return desk.say(f"page_indicators.finding.{first.code}", **{**first.facts, **levels})


def rubric_check(desk: Desk) -> None:
    """What to look at in the conditions, indicator by indicator, each with a link to its drawer."""
    indicators = desk.state.of("indicator")
    if not indicators:
        return
    show.heading(desk.say("page_indicators.check"))
    found = [(indicator, findings) for indicator in indicators if (findings := findings_of(desk, indicator))]
    if not found:
        show.quiet(desk.say("page_indicators.check_clean", count=len(indicators)))
    for indicator, findings in found:
        where = f"{name_of(desk, 'criteria', indicator['criterion'])}: {row_name(indicator, desk)}"
        st.page_link(place_file(indicator.id), label=f"△ {as_label(where)}", query_params={"at": indicator.id})
        st.html(_listed(desk, findings))
