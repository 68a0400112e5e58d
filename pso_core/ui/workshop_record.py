"""What remains of a meeting: when and where, who was there, and what it decided."""

from __future__ import annotations

import streamlit as st

from pso_core.domain.rows import Row
from pso_core.ui import asked, resolutions, show
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
    _decisions(desk, meeting)
    if meeting["attendance"]:
        names = meeting["attendance"].split("\n")
        with st.expander(desk.say("page_workshop.attendance", count=len(names)), key=f"workshop/attendance/{meeting.id}"):
            st.html(f"<ul class='names'>{''.join(f'<li>{as_html(name)}</li>' for name in names)}</ul>")


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
    if where := resolutions.question_of(desk, resolution):
        resolutions.links(desk, *where)
