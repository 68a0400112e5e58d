"""Who is looking: asked of the database at every run, because a websocket outlives the sign-in it began with."""

from __future__ import annotations

import secrets

import streamlit as st

from pso_core.actions.sign_in import sign_out, visiting
from pso_core.domain.people import Person
from pso_core.errors import NotAllowed
from pso_core.office import office
from pso_core.text.phrases import LANGUAGES, Phrases, phrases
from pso_core.ui.plain import as_html
from pso_core.web.cookies import LANGUAGE, SESSION
from pso_core.web.scripts import TO_SIGN_IN, TO_THE_DOOR

TOKEN = "sign_in_token"
_TAB = "visit"
_LEFT = "left"


def visitor() -> Person:
    """The person signed in, or nobody: then the browser goes to the sign-in page and the run ends here."""
    person = visiting(office(), token())
    if person is None:
        _send_to_sign_in()
    return person


def actor() -> Person:
    """Whoever presses a button, asked anew: its callback runs before the page looks who is there. Refuses signed_out."""
    return holder(token())


def holder(secret: str) -> Person:
    """Whoever holds this visit's token now: for what is made at a click outside of any run of the page. Refuses signed_out."""
    person = visiting(office(), secret)
    if person is None:
        raise NotAllowed("signed_out")
    return person


def guard() -> Person:
    """First line of every page: a page may be reached without the entry script having run."""
    return visitor()


def leave() -> None:
    """The session ends in the database; the next run finds nobody and goes to the sign-in page."""
    sign_out(office(), token())
    st.session_state[_LEFT] = True


def token() -> str:
    """The secret this visit signed in with. Tests without a browser put theirs into `st.session_state[TOKEN]`."""
    return st.session_state.get(TOKEN) or st.context.cookies.get(SESSION) or ""


def tab() -> str:
    """The name of this visit among all: one tab, until it is loaded anew."""
    return st.session_state.setdefault(_TAB, secrets.token_hex(8))


def language() -> str:
    """The language of this visit: Thai until the visitor chooses otherwise."""
    chosen = st.session_state.get(LANGUAGE) or st.context.cookies.get(LANGUAGE)
    return chosen if chosen in LANGUAGES else LANGUAGES[0]


def say() -> Phrases:
    """The sentences of this visit's language."""
    return phrases(language())


def _send_to_sign_in() -> None:
    """By script, and by a link should scripts of a page be off. The gate gives out no further part of Streamlit by now. Back to
    this page after it, unless it was left on purpose: then somebody else may come."""
    st.html(f"<a href='/sign-in' target='_self'>{as_html(say()('signin.again'))}</a>")
    if st.session_state.get(_LEFT):
        st.html(f"<script>{TO_THE_DOOR}</script>", unsafe_allow_javascript=True)
    else:
        st.html(f"<script>{TO_SIGN_IN}</script>", unsafe_allow_javascript=True)
    st.stop()
