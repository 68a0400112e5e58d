"""Which files may be attached, for an administrator to say."""

from __future__ import annotations

import streamlit as st

from pso_core.actions.uploads import LEAST_MEGABYTES, MOST_MEGABYTES, set_upload_rules, upload_rules
from pso_core.domain.file_types import TYPES
from pso_core.domain.people import Person
from pso_core.office import office
from pso_core.text.phrases import Phrases
from pso_core.ui import doing, fields, messages, show
from pso_core.ui.plain import as_label


def upload_settings(person: Person, say: Phrases) -> None:
    """The largest file and the types that are taken; programs and documents with macros never are."""
    show.heading(say("page_settings.uploads"))
    show.quiet(say("page_settings.uploads_purpose"))
    rules = upload_rules(office())
    label = say("page_settings.uploads_largest", least=LEAST_MEGABYTES, most=MOST_MEGABYTES)
    typed = fields.amount_box(label, rules.largest_megabytes, key="uploads/largest", width=320)
    types = st.multiselect(
        say("page_settings.uploads_types"), list(TYPES), default=list(rules.types), key="uploads/types", placeholder=say("app.choose"), select_all=False,
        format_func=lambda name: as_label(", ".join(f".{one}" for one in TYPES[name].all_endings)),
    )  # fmt: skip
    if st.button(say("page_settings.uploads_save"), key="uploads/save"):
        with doing.refusals_shown(say):
            set_upload_rules(office(), person, largest_megabytes=fields.whole_typed(typed), types=types)
            messages.say_later(say("app.saved"))
            st.rerun()
