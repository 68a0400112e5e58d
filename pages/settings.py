"""Administration: back the data up, check that nothing was lost or altered, the public holidays, the mail server, end the example."""

from __future__ import annotations

import streamlit as st

from pso_core.actions.administration import back_up, check_data, check_rows
from pso_core.actions.first_start import end_example, is_example
from pso_core.domain.people import Person
from pso_core.office import office
from pso_core.steps.naming import Told, mistake_sentence
from pso_core.text.phrases import Phrases
from pso_core.ui import doing, holidays, messages, reminders, show, upload_rules, visit
from pso_core.ui.plain import as_html, as_label


def backup(person: Person, say: Phrases) -> None:
    show.heading(say("page_settings.backup"))
    show.quiet(say("page_settings.backup_purpose"))
    if st.button(say("page_settings.back_up"), key="settings/backup", type="primary"):
        with doing.refusals_shown(say):
            copied = back_up(office(), person)
            st.success(as_label(say("page_settings.backed_up", file=copied.path.name, projects=copied.projects, changes=copied.changes)))
            show.quiet(say("page_settings.digest", digest=copied.sha256))
            if copied.files:
                show.quiet(say("page_settings.backed_up_files", files=copied.files, folder=copied.folder.name))
            if copied.missing:
                st.warning(say("page_settings.files_missing", count=copied.missing))


def check(person: Person, say: Phrases) -> None:
    show.heading(say("page_settings.check"))
    show.quiet(say("page_settings.check_purpose"))
    if st.button(say("page_settings.check_now"), key="settings/check"):
        with doing.refusals_shown(say):
            _found(person, say)


def _found(person: Person, say: Phrases) -> None:
    findings = check_data(office(), person)
    for finding in findings:
        st.error(as_label(say(f"refusals.findings.{finding.code}", **finding.facts)))
    wrong = tuple(check_rows(office(), person, {finding.facts.get("project_id") for finding in findings}))
    for one in wrong:
        st.error(as_label(f"{one.place}: {mistake_sentence(Told(say), one.problem)}"))
    if not findings and not wrong:
        st.success(say("page_settings.all_well"))


def example(person: Person, say: Phrases) -> None:
    """Where an office goes on with the database it tried the example in."""
    if not is_example(office()):
        return
    show.heading(say("page_settings.end_example"))
    show.quiet(say("page_settings.end_example_purpose"))
    with st.popover(say("page_settings.end_example")):
        st.write(as_label(say("page_settings.end_example_sure")))
        if st.button(say("page_settings.end_example_yes"), key="settings/end-example"):
            with doing.refusals_shown(say):
                end_example(office(), person)
                messages.say_later(say("page_settings.example_ended"))
                st.rerun()


person, say = visit.guard(), visit.say()
st.html(f"<header class='step'><h1>{as_html(say('app.settings'))}</h1><p class='purpose'>{as_html(say('page_settings.purpose'))}</p></header>")
backup(person, say)
check(person, say)
holidays.holidays(person, say)
reminders.mail_settings(person, say)
upload_rules.upload_settings(person, say)
example(person, say)
