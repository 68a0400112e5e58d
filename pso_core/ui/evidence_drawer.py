"""The drawer of a piece of evidence: what it is, which levels it supports, its files, and what is said of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

import streamlit as st

from pso_core.actions import evidence as actions
from pso_core.actions.rows import Saved
from pso_core.actions.uploads import upload_rules
from pso_core.documents.preview import can_preview
from pso_core.domain.evidence import Piece, next_code
from pso_core.domain.permissions import may
from pso_core.domain.rows import Row
from pso_core.text.thaidate import say_moment
from pso_core.ui import cached, evidence, show, visit
from pso_core.ui.desk import Desk
from pso_core.ui.doing import do
from pso_core.ui.form import NEW, Form
from pso_core.ui.form_row import FormRow
from pso_core.ui.plain import as_html, as_label

BY_FORM = {"paper": ("file",), "link": ("address",), "system": ("address",)}  # where it is looked at
OTHERS = "evidence/others"


def layout(desk: Desk, form: Form, row: FormRow) -> None:
    """Its own fields, the levels it supports, and once it is saved its files and judgement."""
    if row.stored is None:
        _begin(desk, row)
    for name in ("criterion", "code", "title", "form", *BY_FORM.get(row.value("form"), ()), "dated", "valid_until", "owner", "note"):
        row.input(name)
    _supports(desk, form, row)
    if row.stored is None:
        if row.value("form") == "file":
            show.quiet(desk.say("page_evidence.save_first"))
        return
    piece = next((one for one in cached.pieces_of(desk.review) if one.row.id == row.entity_id), None)
    if piece:
        _files(desk, piece)
        judging(desk, piece, "drawer")


def _begin(desk: Desk, row: FormRow) -> None:
    """The code follows from the criterion until somebody types another; whoever registers it answers for it."""
    row.defaults.setdefault("form", "file")
    row.defaults.setdefault("owner", desk.person.id)
    if criterion := row.value("criterion"):
        row.defaults["code"] = next_code(desk.state, desk.standard.evidence_code, desk.standard.criterion(criterion).code)


def _supports(desk: Desk, form: Form, row: FormRow) -> None:
    """The indicators of its criterion, those it supports already, and others on demand; none chosen is no support."""
    show.heading(desk.say("fields.support.many"))
    criterion = row.value("criterion")
    here = [one for one in desk.state.of("indicator") if one["criterion"] == criterion]
    stored = {one["indicator"] for one in desk.state.where("support", evidence=row.entity_id) if one["level"] is not None}
    key = f"{OTHERS}/{row.entity_id}/{form.memory.turn}"
    wanted = stored.union(st.session_state.get(key, ()))
    others = [one for one in desk.state.of("indicator") if one["criterion"] != criterion]
    for indicator in (*here, *(one for one in others if one.id in wanted)):
        _support(desk, form, row, indicator)
    if others and row.may_edit:
        names = {one.id: f"{desk.standard.criterion(one['criterion']).short[desk.language]}: {one['name']}" for one in others}
        st.multiselect(
            desk.say("page_evidence.other_indicators"), [one.id for one in others if one.id not in stored], key=key, format_func=names.get,
            placeholder=desk.say("app.choose"), select_all=False,
        )  # fmt: skip


def _support(desk: Desk, form: Form, row: FormRow, indicator: Row) -> None:
    short = row.entity_id.partition(":")[2] or NEW
    support = form.row("support", f"support:{short}/{indicator.id.partition(':')[2]}", {"evidence": row.entity_id, "indicator": indicator.id})
    levels, value = list(range(1, desk.standard.top_level + 1)), support.value("level")
    st.segmented_control(
        as_label(indicator["name"]), levels, default=value if value in levels else None, key=support.key("level"), disabled=not support.may_edit,
        on_change=form.typed, args=(support.entity_id, "level", support.key("level")), format_func=lambda level: desk.say("page_evidence.level", level=level),
    )  # fmt: skip


def _files(desk: Desk, piece: Piece) -> None:
    """Every version, the newest first, and room for a newer one."""
    if piece.row["form"] != "file" and not piece.files:
        return
    show.heading(desk.say("fields.attachment.many"))
    for number, file in enumerate(piece.files):
        said = desk.say("page_evidence.version", number=file["number"], who=desk.person_name(file["added_by"]), when=say_moment(datetime.fromisoformat(file["added_at"]), desk.say))
        newest = f" <b>{as_html(desk.say('page_evidence.newest'))}</b>" if number == 0 and len(piece.files) > 1 else ""
        found = evidence.file_html(desk, file) if number else evidence.newest_html(desk, piece)
        st.html(f"<p class='row'>{found}{newest}</p><p class='quiet detail'>{as_html(said)}</p>")
    if piece.files and not piece.file_lost:
        _preview(desk, piece.files[0])
    if desk.may_edit("evidence"):
        _new_version(desk, piece)


def _preview(desk: Desk, file: Row) -> None:
    """The first page of a PDF, or the picture; drawn when it is unfolded."""
    if not can_preview(file["media_type"]):
        return
    with st.expander(desk.say("page_evidence.preview"), key=f"evidence/preview/{file.id}", on_change="rerun") as unfolded:
        if unfolded.open:
            picture = cached.preview_of(file["sha256"], file["media_type"])
            if picture:
                st.image(picture, caption=as_label(file["name"]))
            else:
                show.quiet(desk.say("page_evidence.no_preview"))


def _new_version(desk: Desk, piece: Piece) -> None:
    key = f"evidence/attach/{piece.row.id}/{len(piece.files)}/{piece.file_lost}"  # empty again once a file was taken
    most = upload_rules(desk.office).largest_megabytes
    chosen = st.file_uploader(desk.say("page_evidence.attach", most=most), key=key, max_upload_size=most)
    if chosen is not None:
        st.button(desk.say("page_evidence.attach_now"), key=f"{key}/now", type="primary", on_click=_attach, args=(desk, piece.row.id, key))


def _attach(desk: Desk, evidence_id: str, key: str) -> None:
    file = st.session_state.get(key)
    if file is not None:
        do(desk, partial(actions.attach, desk.office, visit.actor(), desk.project_id, evidence_id, file.name, file))


def judging(desk: Desk, piece: Piece, where: str) -> None:
    """What was said of it; buttons for those who judge. Below them the reason, needed only to return it. `where`: its drawer may stand open beside the list."""
    if piece.judged:
        _said(desk, piece)
    if piece.empty or not may(desk.person.role, "decide"):
        return
    key = f"evidence/{where}/reason/{piece.row.id}/{piece.judged.seq if piece.judged else 0}"
    with st.container(border=True):
        st.text_area(desk.say("fields.acceptance.reason.label"), key=key, height=84, max_chars=2_000)
        with st.container(horizontal=True):
            if piece.state not in ("accepted", "expired") and not piece.lost:
                st.button(desk.say("page_evidence.accept"), key=f"{key}/accept", type="primary", on_click=_judge, args=(desk, piece.row.id, actions.accept))
            if piece.state != "returned":
                st.button(desk.say("page_evidence.return"), key=f"{key}/return", on_click=_judge, args=(desk, piece.row.id, actions.return_, key))


def _judge(desk: Desk, evidence_id: str, action: Callable[..., Saved], reason_key: str | None = None) -> None:
    reason = (st.session_state.get(reason_key) or "",) if reason_key else ()
    do(desk, lambda: action(desk.office, visit.actor(), desk.project_id, evidence_id, desk.state.seq, *reason))


def _said(desk: Desk, piece: Piece) -> None:
    judged = piece.judged
    word = desk.say(f"choices.judgement.{judged['judgement']}")
    parts = [desk.say("page_evidence.judged", judgement=word, who=desk.person_name(judged["judged_by"]))] if judged["judged_by"] else [word]
    if piece.state == "offered":
        parts.append(desk.say("page_evidence.changed_since"))
    if judged["reason"] and judged["judgement"] == "returned":
        parts.append(judged["reason"])
    st.html(f"<p class='row'>{as_html(' · '.join(parts))}</p>")
