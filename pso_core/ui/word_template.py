"""The agency's own Word template: what it is, one to begin from, the names it may use, what is in use, and taking it out."""

from __future__ import annotations

from functools import partial

import streamlit as st

from pso_core.documents.clean import for_file_name
from pso_core.documents.starter_template import starter_template
from pso_core.documents.template_names import names
from pso_core.domain.rows import Row
from pso_core.errors import PsoError
from pso_core.press.word_template import KIND, LARGEST, put_word_template, remove_word_template
from pso_core.ui import anew, asked, show, visit
from pso_core.ui.desk import Desk
from pso_core.ui.doing import do
from pso_core.ui.naming import refusal_sentence, shown_value
from pso_core.ui.plain import as_html, as_label
from pso_core.web.files import path_of

KEY = "word_template"
REFUSED = f"{KEY}/refused"


def word_template(desk: Desk) -> None:
    """Folded away; that one is in use is said above."""
    asked.mark(KIND)
    row = desk.state.only(KIND)
    if row:
        show.quiet(desk.say("word_template.in_use", name=row["name"]))
    with st.expander(desk.say("word_template.title"), key=KEY, on_change="rerun") as opened:  # another label would fold it
        if opened.open:
            _drawn(desk, row)


def _drawn(desk: Desk, row: Row | None) -> None:
    show.quiet(desk.say("word_template.purpose"))
    if row:
        _in_use(desk, row)
    name = f"{for_file_name(desk.say('word_template.starter.title'))}.docx"
    make = partial(starter_template, desk, desk.today)
    st.download_button(desk.say("word_template.starter.download"), data=make, file_name=name, key=f"{KEY}/starter", on_click="ignore")
    with st.popover(desk.say("word_template.names")):
        show.quiet(desk.say("word_template.names_how"))
        show.table([desk.say("word_template.column.name"), desk.say("word_template.column.meaning")], list(names(desk).items()))
    if desk.may_edit(KIND, row, "put_word_template"):
        _bring(desk)
    else:
        show.quiet(desk.why_not([KIND]))


def _in_use(desk: Desk, row: Row) -> None:
    here = desk.office.store.contents.holds(str(row["sha256"]))
    name = as_html(row["name"])
    link = f"<a href='{as_html(path_of(desk.project_id, row.id))}' download>{name}</a>" if here else name
    facts = {"who": desk.person_name(row["added_by"]), "when": shown_value(desk, KIND, "added_at", row["added_at"])}
    st.html(f"<p class='row'>{link}</p><p class='quiet detail'>{as_html(desk.say('word_template.put_by', **facts))}</p>")
    if not here:
        st.html(f"<p class='missing' role='status'>△ {as_html(desk.say('word_template.lost'))}</p>")
    if desk.may_edit(KIND, row, "remove_word_template"):
        st.button(desk.say("word_template.remove"), key=f"{KEY}/remove", on_click=_remove, args=(desk,))


def _bring(desk: Desk) -> None:
    most = LARGEST // 2**20
    file = st.file_uploader(desk.say("word_template.file", most=most), type="docx", key=f"{KEY}/file/{anew.turn(KEY)}", max_upload_size=most)
    if file is not None:
        st.button(desk.say("word_template.use"), key=f"{KEY}/use", type="primary", on_click=_put, args=(desk, file))
    if refusal := st.session_state.pop(REFUSED, None):
        st.error(as_label(refusal_sentence(desk, refusal)))


def _put(desk: Desk, file) -> None:
    """A refusal is said beside the button: what is to be mended in Word is read there."""
    try:
        saved = put_word_template(desk.office, visit.actor(), desk.project_id, file.name, file, desk.language)
    except PsoError as refusal:
        st.session_state[REFUSED] = refusal
        return
    do(desk, lambda: saved)
    anew.begin(KEY)


def _remove(desk: Desk) -> None:
    do(desk, lambda: remove_word_template(desk.office, visit.actor(), desk.project_id))
