"""Step 8: how the plan goes, the head's visits, the file register, the data linkages."""

from __future__ import annotations

from pso_core.steps import KINDS
from pso_core.steps.execution import NETWORKS
from pso_core.text.thaidate import say_date
from pso_core.ui import drawer, listing, progress, register, reports, sections, show
from pso_core.ui.desk import Desk
from pso_core.ui.form import Form, FormRow
from pso_core.ui.frame import step_page

SECTIONS = {"progress": ("progress", "activity"), "supervision": ("supervision",), "file": ("file",), "linkage": ("linkage",)}


def plan(desk: Desk) -> None:
    reports.activities()
    progress.expected_and_actual(desk)
    progress.who_carries_what(desk)


def supervision(desk: Desk) -> None:
    """The head's visits, the newest first."""
    if not desk.state.of("supervision"):
        show.quiet(desk.say("page_execution.no_supervision"))
    drawer.add_button(desk, "supervision", type="primary")
    for visit in sorted(desk.state.of("supervision"), key=lambda row: (row["visited_on"], row.seq), reverse=True):
        listing.item(desk, visit, ["person", "instructed"], title=f"{say_date(visit['visited_on'], desk.say)} · {visit['found']}")


def linkages(desk: Desk) -> None:
    """Under each network the partners with whom data are shared, and what for."""
    for network in NETWORKS:
        found = list(desk.state.where("linkage", network=network))
        show.heading(desk.say(f"choices.network.{network}"))
        if not found:
            show.quiet(desk.say("page_execution.no_linkage"))
        listing.rows(desk, found, ["purpose", "since", "activity"])
    drawer.add_button(desk, "linkage", type="primary")


def visit_layout(desk: Desk, form: Form, row: FormRow) -> None:
    """A new visit is today's, and whoever heads the agency made it."""
    if row.stored is None:
        heads = [person.id for person in desk.people if person.role == "head" and person.active]
        made_by = desk.person.id if desk.person.id in heads else heads[0] if len(heads) == 1 else None
        row.defaults.update(visited_on=desk.today.isoformat(), person=made_by)
    for field in KINDS["supervision"].fields:
        row.input(field.name)


DRAWN = {"progress": plan, "supervision": supervision, "file": lambda desk: register.file_register(), "linkage": linkages}

with step_page("execution", layouts={"supervision": visit_layout}) as desk:
    DRAWN[sections.choose(desk, "execution", SECTIONS)](desk)
