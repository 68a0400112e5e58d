"""An action outside any form: done, then said on the page, with its refusal as a sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import streamlit as st

from pso_core.actions.rows import Saved
from pso_core.errors import Mistakes, Problem, PsoError
from pso_core.steps.naming import Told, refusal_sentence
from pso_core.text.phrases import Phrases
from pso_core.ui import messages
from pso_core.ui.desk import Desk
from pso_core.ui.own_changes import own_change
from pso_core.ui.plain import as_label


def attempted(desk: Desk, action: Callable[[], object]) -> bool:
    """Do what changes no row of the project (a callback's work); False when it was refused, which the next run says."""
    try:
        action()
    except PsoError as refusal:
        messages.refuse_later(desk, refusal)
        return False
    return True


def do(desk: Desk, action: Callable[[], Saved], refuse: Callable[[Desk, PsoError], None] = messages.refuse_later) -> Saved | None:
    """Do it (a callback's work) and leave to the next run what is to be said; None when it was refused. `refuse`: how that is kept."""
    try:
        saved = action()
    except PsoError as refusal:
        refuse(desk, refusal)
        return None
    own_change(desk, saved)
    messages.saved(desk, saved)
    return saved


def mistakes_of(work: Callable[[], object]) -> Sequence[Problem]:
    """The mistakes for which this would be refused; nothing is written by it."""
    try:
        work()
    except Mistakes as refusal:
        return refusal.problems
    return ()


@contextmanager
def refusals_shown(say: Phrases) -> Iterator[None]:
    """A refusal in the block stands as a sentence where the block draws: for pages without a project."""
    try:
        yield
    except PsoError as refusal:
        st.error(as_label(refusal_sentence(Told(say), refusal)))
