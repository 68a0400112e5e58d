"""What remains of a meeting: when and where, who was there, and what it decided."""

from __future__ import annotations

from functools import partial

import streamlit as st

from pso_core.documents.clean import for_file_name
from pso_core.documents.minutes import FORMS, minutes_file
from pso_core.domain.rows import Row
from pso_core.text.thaidate import say_date
from pso_core.ui import asked, resolutions, show, visit
from pso_core.ui.desk import Desk
from pso_core.ui.naming import field_label, shown_value
from pso_core.ui.plain import as_html

FACTS = ("held_on", "place", "step", "began_at", "ended_at", "led_by", "expected", "attended", "quorum")
DETAILS = ("rationale", "dissent", "proposed", "spread", "reopened_because")


def record(desk: Desk, meeting: Row) -> None:
    asked.mark(meeting.id)
    facts = [(field_label(desk, "meeting", name), shown_value(desk, "meeting", name, meeting[name])) for name in FACTS if meeting[name] is not None]
    lines = "".join(f"<tr><th scope='row'>{as_html(label)}</th><td>{as_html(value)}</td></tr>" for label, value in facts)
    st.html(f"<h2>{as_html(meeting['title'])}</h2><table class='sheet facts'><tbody>{lines}</tbody></table>")
    if meeting["attended"] is not None:
        show.quiet(quorum_sentence(desk, meeting["attended"], meeting["quorum"] or 0))
    minutes(desk, meeting)
    _decisions(desk, meeting)
    if meeting["attendance"]:
        names = meeting["attendance"].split("\n")
        with st.expander(desk.say("page_workshop.attendance", count=len(names)), key=f"workshop/attendance/{meeting.id}"):
            st.html(f"<ul class='names'>{''.join(f'<li>{as_html(name)}</li>' for name in names)}</ul>")


def minutes(desk: Desk, meeting: Row) -> None:
    """In one click, in the language of the record: what it says was written in it."""
    say, told = desk.say, desk.on_record.say
    with st.container(horizontal=True, vertical_alignment="center"):
        thai_digits = st.toggle(say("page_certification.thai_digits"), key=f"workshop/thai-digits/{meeting.id}", help=say("page_certification.thai_digits_help"))
        named = told("documents.minutes.file", title=for_file_name(meeting["title"], 60), date=say_date(meeting["held_on"], told))
        for form in FORMS:
            st.download_button(
                say(f"page_workshop.minutes_as.{form}"), data=partial(_content, desk, meeting.id, form, thai_digits, visit.token()),
                file_name=f"{for_file_name(named, 110)}.{form}", key=f"workshop/minutes/{form}/{meeting.id}", on_click="ignore",
            )  # fmt: skip


def _content(desk: Desk, meeting_id: str, form: str, thai_digits: bool, token: str) -> bytes:
    """Made at the click, for whoever is signed in by then."""
    return minutes_file(desk.office, visit.holder(token), desk.project_id, meeting_id, form, desk.on_record.language, thai_digits)[1]


def quorum_sentence(desk: Desk, here: int, quorum: int) -> str:
    """Said, and never in the way."""
    if not quorum:
        return desk.say("page_workshop.no_quorum", count=here)
    return desk.say("page_workshop.quorum_reached" if here >= quorum else "page_workshop.quorum_short", count=here, quorum=quorum)


def _decisions(desk: Desk, meeting: Row) -> None:
    show.heading(desk.say("page_workshop.decisions"))
    found = sorted(desk.state.where("resolution", meeting=meeting.id), key=lambda row: row["number"])
    if not found:
        show.quiet(desk.say("page_workshop.no_decision"))
    for resolution in found:
        with st.container(border=True):
            asked.mark(resolution.id)
            _decision(desk, resolution)


def _decision(desk: Desk, resolution: Row) -> None:
    say = desk.say
    count = say("page_workshop.answered", answered=resolution["answered"] or 0, present=resolution["present"] or 0, round=resolution["rounds"] or 1)
    method = say(f"choices.method.{resolution['method']}")
    details = "".join(
        f"<p class='quiet detail'><b>{as_html(field_label(desk, 'resolution', name))}</b> {as_html(resolution[name])}</p>" for name in DETAILS if resolution[name]
    )
    st.html(
        f"<h3>{as_html(say('page_workshop.resolution', number=resolution['number'], title=resolution['title']))}</h3>"
        f"<p class='decided'>{as_html(resolution['decided'])}</p><p class='quiet detail'>{as_html(f'{method} · {count}')}</p>{details}"
    )
    resolutions.links(desk, resolution.id)
