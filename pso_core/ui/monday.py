"""What a manager reads on Monday, part by part: drawn on the page and set on one page to print."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import streamlit as st

from pso_core.actions.reminder_text import what_and_whose
from pso_core.actions.schedule_reading import Line, Outlook
from pso_core.documents.clean import for_file_name
from pso_core.documents.one_page import Figure, OnePage, Part, PhaseLine, one_page
from pso_core.domain.expiry import is_new
from pso_core.domain.owed import Owed
from pso_core.domain.progress import workload
from pso_core.domain.projection import unfinished
from pso_core.steps.columns import STEP_KEYS
from pso_core.steps.naming import Told
from pso_core.steps.owing import left_pieces
from pso_core.steps.standing import Standing
from pso_core.text.thaidate import say_date
from pso_core.ui import cached, progress, reminders, schedule, schedule_words, show, transfer
from pso_core.ui.desk import Desk
from pso_core.ui.leading import lead, place_of
from pso_core.ui.naming import amount, project_name
from pso_core.ui.navigation import marks_of
from pso_core.ui.plain import as_html, as_label
from pso_core.ui.schedule_words import step_name

SHOWN = 3  # lines of a part; the rest is one tap away
SHOWN_SENTENCES = 2  # of a part whose lines are sentences, which take two rows
SENTENCES = ("slipped", "waiting", "blocked")
ROOM = 30  # rows on one screen, beside the headings: where all lines have two of them each is read whole
CROWDED = 4  # parts; with more of them each shows one line less, for all to stand on one screen
PART_MARKS = {"overdue": "▲", "soon": "▢", "expiring": "△", "slipped": "→", "waiting": "▷", "blocked": "▢"}
KNOWN = "▢"  # a certificate whose last reminder is no longer new
LATE = "late"
CARRYING = 4  # people shown with their part of the plan


@dataclass(frozen=True)
class Led:
    """A line, the thing it is about, and the place it leads to."""

    text: str
    about: Any

    @property
    def place(self) -> str:
        return place_of(self.about)


@dataclass(frozen=True)
class Monday:
    """The project's morning as this reader reads it."""

    desk: Desk
    outlook: Outlook | None
    lines: Mapping[str, Sequence[Led]]

    @property
    def phases(self) -> tuple[Line, ...]:
        """Overdue first; none without a schedule."""
        found = self.outlook
        return (*found.late, *(line for line in found.lines if line.standing.state != LATE)) if found else ()


def monday_of(desk: Desk) -> Monday:
    told = cached.told_of(desk.review, desk.language)
    lines = {name: [Led(text, about) for about, text in told[name]] for name in PART_MARKS}
    return Monday(desk, cached.outlook_of(desk.state, desk.today), lines)


def head(monday: Monday) -> None:
    """Whose morning it is, the one thing to know, and the score now → after the plan → target."""
    figures, note = _figures(monday.desk)
    boxes = show.figures_html((figure.name, figure.value, figure.whole) for figure in figures) if figures else ""
    noted = f"<p class='quiet'>{as_html(note)}</p>" if note else ""
    if monday.outlook is None:  # nothing planned yet: what the page is for
        noted += f"<p class='purpose'>{as_html(monday.desk.say('page_monday.about'))}</p>"
    whose = f"<p class='quiet'>{as_html(_whose(monday.desk))} · {as_html(_day(monday.desk))}</p>"
    st.html(f"<header class='step monday'>{whose}<h1>{as_html(finding(monday))}</h1><div>{boxes}{noted}</div></header>")


def finding(monday: Monday) -> str:
    """The latest phase, else what is overdue, else when the end can be expected."""
    desk, found, overdue = monday.desk, monday.outlook, monday.lines["overdue"]
    if overdue and not (found and found.late):
        longest = max(-line.about.days for line in overdue)
        return desk.say(f"page_monday.finding.{'overdue' if longest else 'just_overdue'}", count=len(overdue), days=f"{longest:,}")
    return schedule.finding(desk, found) if found else desk.say("page_monday.finding.no_schedule")


def parts(monday: Monday) -> None:
    """All that the morning holds, down one column after another, as many as there is room for: the most pressing first, then who
    carries how much, and last what there is nothing of."""
    with st.container(key="monday-parts-roomy" if _rows(monday) <= ROOM else "monday-parts"):
        with st.container(gap="xsmall"):
            phases(monday)
        for name in PART_MARKS:
            if monday.lines[name]:
                with st.container(gap="xsmall"):
                    part(monday, name)
        with st.container(gap="xxsmall", key="monday-load"):
            load(monday.desk)
        if none := [monday.desk.say(f"page_monday.none.{name}") for name in PART_MARKS if not monday.lines[name]]:
            with st.container(key="monday-nothing"):
                st.html(f"<p class='quiet'>{''.join(f'<span>{as_html(one)}</span>' for one in none)}</p>")


def _rows(monday: Monday) -> int:
    """How many rows all of it takes at the most: two for each line, also for a phase that has an owner to name."""
    owned = monday.outlook is not None and any(row["owner"] for row in monday.desk.state.of("phase"))
    return 2 * sum(map(len, monday.lines.values())) + len(STEP_KEYS) * (1 + owned)


def phases(monday: Monday) -> None:
    """The nine phases, overdue first; without a schedule how far the steps are, and where to plan it."""
    desk = monday.desk
    show.heading(_phases_heading(monday))
    if monday.outlook is None:
        lead(as_label(desk.say("page_monday.plan_it")), "schedule")
        for standing in (one for one in desk.standings if one.step.number):
            lead(_step_label(desk, standing), f"step:{standing.step.key}")
        return
    for late in (True, False):
        with st.container(gap="xxsmall", key=f"monday-phases-{LATE if late else 'others'}"):
            for line in monday.phases:
                if (line.standing.state == LATE) is late:
                    lead(_phase_label(desk, line), f"step:{line.step}")


def _phases_heading(monday: Monday) -> str:
    """With what the cross means and how many phases have it: in their rows there is no room for the words."""
    heading, lost = monday.desk.say("page_home.steps"), len(monday.outlook.lost) if monday.outlook else 0
    return monday.desk.say("page_monday.steps_lost", steps=heading, mark=schedule_words.LOST, count=lost) if lost else heading


def part(monday: Monday, name: str) -> None:
    """One of PART_MARKS: its first lines, each a link, and the rest folded."""
    say, lines = monday.desk.say, monday.lines[name]
    first = shown_of(monday, name)
    show.heading(say(f"reminders.part.{name}", count=len(lines)))
    with st.container(gap="xxsmall", key=f"monday-{'told-' if name in SENTENCES else 'owed-'}{name}"):
        show.folding(monday.desk, lines, first, partial(_links, monday.desk, name), key=f"monday/{name}")


def shown_of(monday: Monday, name: str) -> int:
    """How many lines of a part are read at once; one line more takes no more room than the tap that shows it."""
    crowded = sum(map(bool, monday.lines.values())) > CROWDED
    first = (SHOWN_SENTENCES if name in SENTENCES else SHOWN) - crowded
    return first + (name not in SENTENCES and len(monday.lines[name]) == first + 1)


def _links(desk: Desk, name: str, lines: Sequence[Led]) -> None:
    for line in lines:
        known = name == "expiring" and not is_new(line.about, desk.today)
        lead(f"{KNOWN if known else PART_MARKS[name]} {_line_label(desk, line)}", line.place)


def _line_label(desk: Desk, line: Led) -> str:
    """A thing owed has its name, its owner and its day marked: where a row is too short the day goes, then the owner with the dot
    before it, then the name is cut, never how far the day is."""
    if not isinstance(line.about, Owed):
        return as_label(line.text)
    name, *owner = map(as_label, what_and_whose(Told(desk.say, desk.standard, desk.state, desk.people), line.about))
    far, *day = map(as_label, left_pieces(desk, line.about))
    return " ".join((f"**{name}**", *(f"***· {one}***" for one in owner), "·", far, *(f"*{one}*" for one in day)))


def load(desk: Desk) -> None:
    """Who carries how much of the plan, the busiest first and the rest folded, and the way to it."""
    progress.who_carries_what(desk, CARRYING, load="page_monday.load")
    if desk.state.of("activity"):
        lead(as_label(desk.say("page_monday.to_plan")), "step:execution")


def foot(monday: Monday) -> None:
    """What is done with the morning, beside one another: print it, pass it on, hand work over."""
    with st.container(horizontal=True, key="monday-foot"):
        print_button(monday)
        to_send(monday.desk)
        transfer.hand_over(monday.desk)


def print_button(monday: Monday) -> None:
    """The same on one page, made when it is asked for."""
    desk = monday.desk
    name = for_file_name(desk.say("page_monday.file", agency=project_name(desk.state) or "", date=say_date(desk.today, desk.say)), 110)
    st.download_button(
        desk.say("page_monday.print"), data=lambda: one_page(to_print(monday)), file_name=f"{name}.pdf", key="monday/print", on_click="ignore", mime="application/pdf"
    )


def to_send(desk: Desk) -> None:
    """The text for the group's chat, made when it is unfolded."""
    folded = st.expander(desk.say("page_monday.send"), key="monday/send", on_change="rerun")
    if folded.open:
        with folded:
            reminders.line_text(desk)


def to_print(monday: Monday) -> OnePage:
    desk, (figures, note) = monday.desk, _figures(monday.desk)
    return OnePage(
        desk.language, desk.today, _whose(desk), _day(desk), project_name(desk.state) or "", finding(monday), figures, note, _phases_heading(monday),
        tuple(_to_print(desk, line) for line in monday.phases), desk.say("page_monday.finding.no_schedule"),
        (*(_part(desk, name, lines) for name, lines in monday.lines.items()), _load(desk)),
    )  # fmt: skip


def _whose(desk: Desk) -> str:
    return f"{project_name(desk.state) or desk.say('app.no_agency')} · {desk.standard.code}"


def _day(desk: Desk) -> str:
    return desk.say("page_monday.day", weekday=desk.say(f"dates.weekdays.{desk.today.isoweekday()}"), date=say_date(desk.today, desk.say))


def _figures(desk: Desk) -> tuple[tuple[Figure, ...], str]:
    """Now → after the plan → target out of the maximum, and what must be known about them."""
    totals_ = cached.totals_of(desk.review)
    if totals_ is None:
        return (), show.no_total(desk)
    score, planned = totals_
    named = (("now", score.total), ("planned", planned.total), ("target", score.target_total))
    figures = tuple(Figure(desk.say(f"page_home.{name}"), amount(value, desk), amount(score.maximum, desk)) for name, value in named)
    return figures, desk.say("page_home.provisional") if score.provisional else ""


def _phase_label(desk: Desk, line: Line) -> str:
    said = schedule_words.standing(desk, line.standing)
    owner = f" *· {as_label(desk.person_name(line.owner))}*" if line.owner else ""  # where there is no room, the dot goes with it
    return f"{schedule_words.marks(line)} **{as_label(step_name(desk, line.step))}** · {as_label(said)}{owner}"


def _step_label(desk: Desk, standing: Standing) -> str:
    said = desk.say("app.carried_over" if standing.carried else f"choices.step_state.{standing.state}")
    return f"{marks_of(standing)} **{as_label(step_name(desk, standing.step.key))}** · {as_label(said)}"


def _to_print(desk: Desk, line: Line) -> PhaseLine:
    owner = desk.person_name(line.owner) if line.owner else desk.say("page_schedule.no_owner")
    said = schedule_words.standing(desk, line.standing)
    return PhaseLine(schedule_words.marks(line), step_name(desk, line.step), said, owner, line.standing.state == LATE)


def _part(desk: Desk, name: str, lines: Sequence[Led]) -> Part:
    heading = desk.say(f"reminders.part.{name}", count=len(lines))
    return Part(heading, tuple(line.text for line in lines), desk.say(f"page_monday.none.{name}"), _more(desk))


def _load(desk: Desk) -> Part:
    return Part(desk.say("page_execution.workload"), tuple(_loads(desk)), desk.say("page_monday.none.load"), _more(desk))


def _loads(desk: Desk) -> Iterator[str]:
    plan = unfinished(desk.state, desk.today)
    for load in workload(plan):
        said = desk.say("page_execution.load", count=load.activities, all=len(plan), percent=amount(load.share * 100, desk))
        yield f"{desk.person_name(load.owner)} {said}"
    if without := sum(not activity["owner"] for activity in plan):
        yield desk.say("page_execution.unowned", count=without, all=len(plan))


def _more(desk: Desk) -> Callable[[int], str]:
    return lambda count: desk.say("reminders.more", count=count)
