"""The next cycle on the pages: the way to the cycles before and after, what a new one begins with, and the button that begins it."""

from __future__ import annotations

import streamlit as st

from pso_core.actions.cycle_reading import Cycle, cycle_of
from pso_core.actions.cycles import begin_cycle, copied
from pso_core.domain.permissions import may
from pso_core.errors import Mistakes, PsoError
from pso_core.steps.carried import LEFT
from pso_core.steps.naming import mistake_sentence, project_name, refusal_sentence
from pso_core.ui import messages, show, visit
from pso_core.ui.desk import Desk, choose_project
from pso_core.ui.leading import lead_away
from pso_core.ui.plain import as_html, as_label

HOME = "../../pages/home.py"  # seen from the entry script
REMARKED = ("vision", "activity", "evidence", "linkage")  # kinds that do not come along as they are


def cycles(desk: Desk) -> None:
    """The ways to the cycle before and the one after; nothing where there is neither."""
    found = cycle_of(desk.office, desk.project_id)
    for which, project_id in (("previous", found.previous), ("next", found.next)):
        if project_id:
            name = _name(desk, project_id)
            lead_away(desk, project_id, desk.say(f"page_cycle.{which}", name=name), "step:certification", f"cycle/{which}", type="secondary")


def offer(desk: Desk) -> None:
    """What the next cycle begins with, and the button; nothing for those who may not begin one, nor once it was begun."""
    found = cycle_of(desk.office, desk.project_id)
    if found.next or not may(desk.person.role, "manage_projects"):
        return
    with st.expander(desk.say("page_cycle.begin"), key="cycle/begin"):
        show.quiet(desk.say("page_cycle.purpose"))
        _preview(desk)
        title = st.text_input(desk.say("fields.project.title.label"), _title(desk, found), key="cycle/title")
        if st.button(desk.say("page_cycle.do"), key="cycle/do", type="primary"):
            _begin(desk, title)


def _preview(desk: Desk) -> None:
    """What comes along as it is in one line, what comes along otherwise in a line of its own, and what stays behind."""
    found = copied(desk.state, desk.today)
    as_it_is = [_counted(desk, name, len(rows)) for name, rows in found.items() if name not in REMARKED]
    lines = [desk.say("page_cycle.copied", kinds=", ".join(as_it_is))] if as_it_is else []
    lines += [f"{_counted(desk, name, len(found[name]))}: {desk.say(f'page_cycle.remark.{name}')}" for name in REMARKED if name in found]
    left = [desk.say(f"fields.{name}.many") for name in LEFT if desk.state.of(name)]
    lines = lines or [desk.say("page_cycle.nothing")]
    lines += [desk.say("page_cycle.left", kinds=", ".join(left))] if left else []
    lines.append(desk.say("page_cycle.schedule" if desk.state.only("certificate") else "page_cycle.no_schedule"))
    st.html(f"<ul>{''.join(f'<li>{as_html(line)}</li>' for line in lines)}</ul>")


def _counted(desk: Desk, name: str, count: int) -> str:
    return desk.say("page_cycle.counted", kind=desk.say(f"fields.{name}.many"), count=f"{count:,}")


def _title(desk: Desk, found: Cycle) -> str:
    """The title with the number of the next cycle in the place of this one's."""
    title = desk.state.only("project")["title"] or project_name(desk.state) or ""
    bare = title.removesuffix(desk.say("page_cycle.suffix", number=found.number)).rstrip()
    return f"{bare} {desk.say('page_cycle.suffix', number=found.number + 1)}".strip()


def _name(desk: Desk, project_id: str) -> str:
    state = desk.office.store.state(project_id)
    return state.only("project")["title"] or project_name(state) or desk.say("app.no_agency")


def _begin(desk: Desk, title: str) -> None:
    try:
        new = begin_cycle(desk.office, visit.actor(), desk.project_id, title)
    except Mistakes as refusal:
        st.error(as_label(mistake_sentence(desk, refusal.problems[0])))
    except PsoError as refusal:
        st.error(as_label(refusal_sentence(desk, refusal)))
    else:
        choose_project(desk.office, desk.person, new)
        messages.say_later(desk.say("page_cycle.begun"))
        st.switch_page(HOME)
