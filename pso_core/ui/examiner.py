"""Addresses for outside examiners on the page: made by the head, shown once, listed with what was opened, revoked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from urllib.parse import urlsplit

import streamlit as st

from pso_core.actions import examiner as actions
from pso_core.domain.permissions import may
from pso_core.store.examiner_links import Access, ExaminerLink, Use
from pso_core.store.packs import Pack
from pso_core.text.thaidate import say_moment
from pso_core.ui import anew, doing, fields, inquiries, messages, show, visit
from pso_core.ui import packs as packs_page
from pso_core.ui.desk import Desk
from pso_core.ui.plain import as_html, as_label
from pso_core.web.examiner import path_of, preview_path

USUAL_DAYS = 14
LOGGED = 200  # accesses shown
_ADDRESS = "examiner/address"  # {project: the address just made}, for as long as the page is open: it cannot be read again
_PLACE = "examiner"  # begun anew after every address, so that the next is for somebody else


def section(desk: Desk) -> None:
    """What examiners sent; and for those who deal with certification the addresses."""
    inquiries.listed(desk)
    if may(desk.person.role, "certify"):
        _links(desk)


def _links(desk: Desk) -> None:
    show.heading(desk.say("page_examiner.links"))
    show.quiet(desk.say("page_examiner.purpose"))
    made = desk.office.store.packs.of(desk.project_id)
    packs, names = {pack.id: pack for pack in made}, packs_page.names_of(desk, made)
    here = {id_: names[id_] for id_, pack in packs.items() if desk.office.store.contents.holds(pack.content)}
    if may(desk.person.role, "open_to_examiners"):
        _make(desk, here)
    else:
        show.quiet(desk.say("page_examiner.only_head"))
    _made(desk)
    found, uses = desk.office.store.examiner_links.of(desk.project_id), desk.office.store.examiner_links.uses(desk.project_id)
    if not found:
        show.quiet(desk.say("page_examiner.none"))
    for link in found:
        with st.container(border=True):
            _link(desk, link, packs, uses.get(link.id))


def _make(desk: Desk, names: Mapping[str, str]) -> None:
    """`names`: {id of a pack whose file is here: what it is called}"""
    say = desk.say
    if not names:
        show.quiet(say("page_examiner.no_pack"))
        return
    chosen = st.selectbox(say("page_examiner.pack"), list(names), format_func=names.get, key="examiner/pack", placeholder=say("app.choose"))
    st.html(f"<p class='ways'><a href='{as_html(preview_path(desk.project_id, chosen))}' target='_blank'>{as_html(say('page_examiner.preview'))}</a></p>")
    given_to = st.text_input(say("page_examiner.given_to"), key=f"examiner/given_to/{anew.turn(_PLACE)}", max_chars=300)
    days = fields.amount_box(say("page_examiner.days", most=actions.MOST_DAYS), USUAL_DAYS, key="examiner/days")
    if st.button(say("page_examiner.open"), key="examiner/open", type="primary"):
        with doing.refusals_shown(say):
            secret = actions.open_link(desk.office, visit.actor(), desk.project_id, chosen, given_to, fields.whole_typed(days))
            st.session_state[_ADDRESS] = {desk.project_id: _origin() + path_of(secret)}
            anew.begin(_PLACE)
            st.rerun()


def _made(desk: Desk) -> None:
    if address := st.session_state.get(_ADDRESS, {}).get(desk.project_id):
        st.success(as_label(desk.say("page_examiner.shown_once")))
        st.code(address, language=None, wrap_lines=True)


def _link(desk: Desk, link: ExaminerLink, packs: Mapping[str, Pack], use: Use | None) -> None:
    say, is_open = desk.say, link.is_open(desk.office.clock())
    state, when = _state(link, is_open)
    told = _told(desk, use)
    if pack := packs.get(link.pack_id):
        told = f"{say('page_examiner.of_pack', number=pack.seq, who=desk.person_name(link.made_by), when=say_moment(link.made_at, say))} · {told}"
    head = f"<b>{as_html(link.given_to)}</b> <span>{as_html(say(f'page_examiner.state.{state}', when=say_moment(when, say)))}</span>"
    st.html(f"<p class='row'>{head}</p><p class='quiet detail'>{as_html(told)}</p>")
    if use:
        _log(desk, link)
    if is_open and may(desk.person.role, "open_to_examiners"):
        st.button(say("page_examiner.revoke"), key=f"examiner/revoke/{link.id}", on_click=_revoke, args=(desk, link))


def _told(desk: Desk, use: Use | None) -> str:
    """How often it was opened; programs that fetched a preview are told apart, for they are no visits."""
    opened = desk.say("page_examiner.used", count=use.count, when=say_moment(use.last_at, desk.say)) if use and use.last_at else desk.say("page_examiner.unused")
    return f"{opened} · {desk.say('page_examiner.previews', count=use.previews)}" if use and use.previews else opened


def _state(link: ExaminerLink, is_open: bool) -> tuple[str, datetime]:
    if link.revoked_at:
        return "revoked", link.revoked_at
    return "open" if is_open else "expired", link.expires_at


def _log(desk: Desk, link: ExaminerLink) -> None:
    with st.expander(desk.say("page_examiner.log"), key=f"examiner/log/{link.id}", on_change="rerun") as opened:
        if opened.open:
            show.quiet(desk.say("page_examiner.log_newest", count=LOGGED))
            lines = (_access(desk, one) for one in desk.office.store.examiner_links.accesses(link.id, LOGGED))
            st.html(f"<ul>{''.join(f'<li>{as_html(line)}</li>' for line in lines)}</ul>")


def _access(desk: Desk, one: Access) -> str:
    return f"{say_moment(one.opened_at, desk.say)} · {desk.say(f'page_examiner.what.{one.what}', place=one.place)}"


def _revoke(desk: Desk, link: ExaminerLink) -> None:
    if doing.attempted(desk, lambda: actions.revoke_link(desk.office, visit.actor(), desk.project_id, link.id)):
        st.session_state.pop(_ADDRESS, None)
        messages.say_later(desk.say("page_examiner.revoked"))


def _origin() -> str:
    """This program as the visitor's browser knows it."""
    here = urlsplit(st.context.url or "")
    return f"{here.scheme}://{here.netloc}" if here.netloc else ""
