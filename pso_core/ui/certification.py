"""The way to the certificate: the request, the audits with their findings, the decisions, the certificate."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from pso_core.domain.calendar import certificate_end, day_of, days_left, fiscal_year
from pso_core.domain.rows import Row
from pso_core.errors import PsoError
from pso_core.steps.certification import newest_file
from pso_core.steps.readiness import open_gaps
from pso_core.text.thaidate import read_date, say_date, say_days_left, say_fiscal_year
from pso_core.ui import drawer, listing, show, taken_up
from pso_core.ui.desk import Desk
from pso_core.ui.form import Form, FormRow
from pso_core.ui.naming import field_label, shown_value
from pso_core.ui.plain import as_html

REQUEST = ("letter_no", "letter_date", "sent_on", "clause", "open_reason")
MARKS = {"certified": "●", "more_work": "△", "not_certified": "▲"}


def request(desk: Desk) -> None:
    """The letter that asks for certification, and how much is still missing before it."""
    row = desk.state.only("request")
    if row:
        _facts(desk, row, REQUEST)
    else:
        show.quiet(desk.say("page_certification.no_request"))
    missing = sum(1 for _ in open_gaps(desk.review))
    if missing and not (row and row["sent_on"]):
        st.html(f"<p class='missing'>△ {as_html(desk.say('page_certification.open_gaps', count=missing))}</p>")
    _open_button(desk, "request")


def request_layout(desk: Desk, form: Form, row: FormRow) -> None:
    """The clause is the standard's until somebody writes another."""
    if row.stored is None:
        row.defaults["clause"] = desk.standard.clause
    for name in REQUEST:
        row.input(name)


def audits(desk: Desk) -> None:
    """Each visit of the auditors, the newest first, with what they found and whether it is remedied."""
    found = sorted(desk.state.of("audit"), key=lambda row: (row["visited_on"], row.seq), reverse=True)
    if not found:
        show.quiet(desk.say("page_certification.no_audit"))
    for audit in found:
        with st.container(border=True):
            when = say_date(audit["visited_on"], desk.say)
            listing.item(desk, audit, ["auditors", "summary"], title=desk.say("page_certification.audited_on", date=when))
            for finding in desk.state.where("finding", audit=audit.id):
                listing.item(desk, finding, ["remedy", "owner"], title=f"{_remedied(desk, finding)} · {finding['text']}")
                taken_up.way(desk, finding)
                taken_up.button(desk, finding)
            drawer.add_button(desk, "finding", {"audit": audit.id})
    drawer.add_button(desk, "audit", type="primary")


def _remedied(desk: Desk, finding: Row) -> str:
    if finding["resolved_on"]:
        return f"● {desk.say('page_certification.resolved', date=say_date(finding['resolved_on'], desk.say))}"
    if not finding["due"]:
        return f"▢ {desk.say('page_certification.unresolved')}"
    days = days_left(day_of(finding["due"]), desk.today)
    return f"{'▲' if days < 0 else '▢'} {desk.say('page_certification.unresolved')} {say_days_left(days, desk.say)}"


def decisions(desk: Desk) -> None:
    listing.heading(desk, "decision")
    for row in sorted(desk.state.of("decision"), key=lambda row: (row["decided_on"], row.seq), reverse=True):
        outcome = f"{MARKS[row['outcome']]} {shown_value(desk, 'decision', 'outcome', row['outcome'])}"
        listing.item(desk, row, ["decided_by", "note"], title=f"{say_date(row['decided_on'], desk.say)} · {outcome}")
    drawer.add_button(desk, "decision")


def certificate(desk: Desk) -> None:
    """What was granted, until when, and how many days that is."""
    show.heading(desk.say("fields.certificate.one"))
    row = desk.state.only("certificate")
    if row:
        _expiry(desk, row)
        _facts(desk, row, ("number", "system", "valid_from", "valid_to", "signed_by"))
    else:
        show.quiet(desk.say("page_certification.no_certificate"))
    _open_button(desk, "certificate")


def _expiry(desk: Desk, row: Row) -> None:
    left = days_left(day_of(row["valid_to"]), desk.today)
    if left >= 0:
        st.html(f"<p class='big'>{left:,}<small> {as_html(desk.say('page_certification.days_left'))}</small></p>")
    st.html(f"<p class='finding{' late' if left < 0 else ''}'>{as_html(_validity(desk, row, left))}</p>")


def _validity(desk: Desk, row: Row, left: int) -> str:
    start, end = day_of(row["valid_from"]), day_of(row["valid_to"])
    facts = {"end": say_date(end, desk.say), "year": say_fiscal_year(fiscal_year(end), desk.say)}
    if left < 0:
        return desk.say("page_certification.validity.expired", **facts, left=say_days_left(left, desk.say, "validity"))
    if start > desk.today:
        return desk.say("page_certification.validity.not_yet", **facts, start=say_date(start, desk.say))
    return desk.say("page_certification.validity.valid", **facts)


def certificate_layout(desk: Desk, form: Form, row: FormRow) -> None:
    """The last day follows from the first and the standard's term; it is offered, and may be written otherwise."""
    if row.stored is None:
        row.defaults["system"] = desk.standard.code
    for name in ("number", "system"):
        row.input(name)
    row.input("valid_from", on_change=_begins, args=(desk, form, row, row.key("valid_from")))
    end = _usual_end(desk, row.value("valid_from"))
    row.input("valid_to")
    if end and row.may_edit and _as_iso(row.value("valid_to")) != end:
        label = desk.say("page_certification.use_end", end=say_date(end, desk.say), years=desk.standard.certificate_years)
        st.button(label, key="certificate/end", on_click=form.put, args=(row.entity_id, "valid_to", end))
    row.input("signed_by")
    row.input("scan", only=lambda piece: newest_file(desk.state, piece.id) is not None)


def _begins(desk: Desk, form: Form, row: FormRow, key: str) -> None:
    """Done as the first day is left, so that it is there also where the next press saves."""
    form.typed(row.entity_id, "valid_from", key)
    end = _usual_end(desk, row.value("valid_from"))
    if end and not row.value("valid_to"):
        form.put(row.entity_id, "valid_to", end)


def _usual_end(desk: Desk, typed: str | None) -> str | None:
    start = _as_iso(typed)
    return certificate_end(day_of(start), desk.standard.certificate_years).isoformat() if start else None


def _as_iso(typed: str | None) -> str | None:
    try:
        return read_date(typed).isoformat() if typed else None
    except PsoError:
        return None


def _facts(desk: Desk, row: Row, names: Sequence[str]) -> None:
    lines = "".join(
        f"<tr><th scope='row'>{as_html(field_label(desk, row.kind, name))}</th><td>{as_html(shown_value(desk, row.kind, name, row[name]))}</td></tr>"
        for name in names
    )
    st.html(f"<table class='sheet facts'>{lines}</table>")


def _open_button(desk: Desk, kind: str) -> None:
    """The drawer of a kind that a project has once; nothing for those who could only look at an empty one."""
    row, name = desk.state.only(kind), desk.say(f"fields.{kind}.one")
    if row:
        drawer.edit_button(desk, kind, kind, label=desk.say("app.edit_one", kind=name) if desk.may_edit(kind) else None)
    elif desk.may_edit(kind):
        drawer.edit_button(desk, kind, kind, label=desk.say("app.add", kind=name), type="primary")
