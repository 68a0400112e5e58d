"""The mock audit on the page: criterion by criterion what is claimed, what must be true, what shows it, and what the auditor finds."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from pso_core.actions.rows import Edit, save_rows
from pso_core.domain.rows import Row
from pso_core.domain.standard import Criterion
from pso_core.steps.indicators import conditions_of
from pso_core.text.thaidate import say_date
from pso_core.ui import asked, cached, criteria, evidence, listing, show, taken_up, visit
from pso_core.ui.desk import Desk, open_desk
from pso_core.ui.doing import do
from pso_core.ui.form import Form
from pso_core.ui.form_row import FormRow
from pso_core.ui.indicators import level_chip
from pso_core.ui.naming import level_name
from pso_core.ui.plain import as_html, as_label

CHOSEN, AUDIT = "mock_audit/criterion", "mock_audit/chosen"


def mock_audit(desk: Desk) -> None:
    """Begin one; then the one that is held, and what the earlier ones came to."""
    show.quiet(desk.say("page_mock_audit.purpose"))
    audits = sorted(desk.state.of("mock_audit"), key=lambda row: (row["held_on"], row.seq), reverse=True)
    if not (desk.review.score and desk.review.score.started):
        st.info(as_label(desk.say("page_mock_audit.score_first")))
    elif desk.may_edit("mock_audit"):
        st.button(desk.say("page_mock_audit.begin"), key="mock_audit/begin", type="secondary" if audits else "primary", on_click=_begin, args=(desk,))
    if audits:
        audit = audits[0] if len(audits) == 1 else _choose(desk, audits)
        listing.item(desk, audit, ["auditor", "note"], title=desk.say("page_mock_audit.held_on", date=say_date(audit["held_on"], desk.say)))
        _walk(audit.id)


def _begin(desk: Desk) -> None:
    values = {"held_on": desk.today.isoformat(), "auditor": desk.person.id}
    do(desk, lambda: save_rows(desk.office, visit.actor(), desk.project_id, [Edit("mock_audit", None, values)], desk.state.seq))
    st.session_state.pop(AUDIT, None)
    st.session_state.pop(CHOSEN, None)


def _choose(desk: Desk, audits: Sequence[Row]) -> Row:
    names = {audit.id: as_label(desk.say("page_mock_audit.held_on", date=say_date(audit["held_on"], desk.say))) for audit in audits}
    if st.session_state.get(AUDIT) not in names:
        st.session_state[AUDIT] = audits[0].id
    chosen = st.selectbox(desk.say("page_mock_audit.which"), list(names), format_func=names.get, key=AUDIT, placeholder=desk.say("app.choose"))
    return desk.state.get(chosen)


@st.fragment
def _walk(audit_id: str) -> None:
    """One criterion at a time; what is typed for one stays while another is looked at."""
    desk = open_desk()
    form = Form(desk, f"mock_audit/{audit_id}")
    rows = {one.id: form.row("mock_verdict", f"mock_verdict:{_plain(audit_id)}/{_plain(one.id)}", {"audit": audit_id, "indicator": one.id}) for one in desk.state.of("indicator")}
    done = sum(1 for _ in desk.state.where("mock_verdict", audit=audit_id))
    show.meter(desk, desk.say("page_mock_audit.done"), done, len(rows))
    form.messages()
    show.quiet(desk.say("page_mock_audit.marks"))
    label = desk.say("page_mock_audit.which_criterion")
    criterion = criteria.choose(desk, CHOSEN, lambda: desk.standard.choices("criteria")[0], lambda one: _mark(desk, audit_id, one), label)
    with st.container(border=True):
        st.html(f"<h3>{as_html(criterion.code)} {as_html(criterion.name[desk.language])}</h3><p class='quiet row'>{as_html(criterion.question[desk.language])}</p>")
        for indicator in desk.state.where("indicator", criterion=criterion.key):
            _indicator(desk, rows[indicator.id], indicator)
    with st.container(key="stay-mock-audit", horizontal=True, vertical_alignment="center"):
        form.save_button(desk.say("page_mock_audit.save"))
        criteria.neighbours(desk, CHOSEN, criterion, "mock_audit/")


def _mark(desk: Desk, audit_id: str, criterion: Criterion) -> str:
    """How far a criterion is looked at: wholly, in part, not yet; and whether something was found in it."""
    indicators = [one.id for one in desk.state.where("indicator", criterion=criterion.key)]
    verdicts = [one for one in desk.state.where("mock_verdict", audit=audit_id) if one["indicator"] in indicators]
    if len(verdicts) < len(indicators) or not verdicts:
        word = "part" if verdicts else "not_yet"
    else:
        word = "agreed" if all(one["verdict"] == "agrees" for one in verdicts) else "found"
    return f"{desk.say(f'page_mock_audit.mark.{word}')} {criterion.code}"


def _indicator(desk: Desk, row: FormRow, indicator: Row) -> None:
    asked.mark(row.entity_id)
    score = desk.review.scores.get(indicator.id)
    level = score["level"] if score else None
    claim = level_chip(desk, level) if level is not None else as_html(desk.say("page_assessment.unscored"))
    st.html(f"<h4>{as_html(indicator['name'])} {claim}</h4>{_conditions(desk, indicator, level)}")
    if score and score["rationale"]:
        st.html(f"<p class='row'>{as_html(score['rationale'])}</p>")
    found = [piece for piece in cached.pieces_of(desk.review) if indicator.id in piece.supports]
    if not found:
        st.html(f"<p class='missing'>▢ {as_html(desk.say('page_evidence.none_here'))}</p>")
    for piece in found:
        evidence.line(desk, piece, indicator.id)
    row.input("verdict")
    row.input("level")
    row.input("finding", lines=2)
    if row.stored is not None and row.value("finding") == row.stored["finding"]:  # what is typed is saved first
        taken_up.way(desk, row.stored)
        taken_up.button(desk, row.stored)


def _conditions(desk: Desk, indicator: Row, level: int | None) -> str:
    """What must be true for the level claimed, and for the next one up: the auditor looks whether it is the one or the other."""
    written, lines = conditions_of(desk.review.scored_on, indicator.id), []
    for one in (level, level + 1 if level is not None else 0):
        if one in written and written[one]["text"]:
            lines.append(f"<li>{as_html(level_name(desk, one))}: {as_html(written[one]['text'])}</li>")
    return f"<ul class='quiet'>{''.join(lines)}</ul>" if lines else ""


def _plain(entity_id: str) -> str:
    return entity_id.partition(":")[2]

