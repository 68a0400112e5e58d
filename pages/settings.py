"""Administration: back the data up, and check that nothing was lost or altered."""

from __future__ import annotations

import streamlit as st

from pso_core.actions.administration import back_up, check_data, check_rows
from pso_core.errors import PsoError
from pso_core.office import office
from pso_core.steps.naming import Told, mistake_sentence, refusal_sentence
from pso_core.ui import show, visit
from pso_core.ui.plain import as_html, as_label

person, say = visit.guard(), visit.say()
st.html(f"<header class='step'><h1>{as_html(say('app.settings'))}</h1></header>")
show.heading(say("page_settings.backup"))
show.quiet(say("page_settings.backup_purpose"))
if st.button(say("page_settings.back_up"), key="settings/backup", type="primary"):
    try:
        copied = back_up(office(), person)
        st.success(as_label(say("page_settings.backed_up", file=copied.path.name, projects=copied.projects, changes=copied.changes)))
        show.quiet(say("page_settings.digest", digest=copied.sha256))
    except PsoError as refusal:
        st.error(as_label(refusal_sentence(Told(say), refusal)))
show.heading(say("page_settings.check"))
show.quiet(say("page_settings.check_purpose"))
if st.button(say("page_settings.check_now"), key="settings/check"):
    try:
        findings = check_data(office(), person)
        for finding in findings:
            st.error(as_label(say(f"refusals.findings.{finding.code}", **finding.facts)))
        wrong = tuple(check_rows(office(), person, {finding.facts.get("project_id") for finding in findings}))
        for one in wrong:
            st.error(as_label(f"{one.place}: {mistake_sentence(Told(say), one.problem)}"))
        if not findings and not wrong:
            st.success(say("page_settings.all_well"))
    except PsoError as refusal:
        st.error(as_label(refusal_sentence(Told(say), refusal)))
