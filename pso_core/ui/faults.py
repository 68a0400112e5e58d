"""A bug: logged once with a number, and the reader gets a sentence with that number to quote."""

from __future__ import annotations

import logging
import secrets

import streamlit as st

from pso_core.text.phrases import LANGUAGES, phrases
from pso_core.ui import visit

_log = logging.getLogger(__name__)


def show_fault(fault: Exception) -> bool:
    """For st.App: True keeps Streamlit from showing the error itself."""
    number = secrets.token_hex(3).upper()
    _log.error("fault %s", number, exc_info=fault)
    st.error(_sentences()("app.fault", number=number))
    return True


def _sentences():
    """The visitor's language, or the first one where asking for it is what failed."""
    try:
        return visit.say()
    except Exception:
        return phrases(LANGUAGES[0])
