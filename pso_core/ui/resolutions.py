"""Which resolution of a meeting stands behind a row, and which rows stand behind a resolution."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

import streamlit as st

from pso_core.actions.workshop_decisions import resolution_of
from pso_core.domain.rows import Row
from pso_core.domain.workshop.room import Question, Room
from pso_core.office import office
from pso_core.steps import KINDS
from pso_core.text.thaidate import say_date
from pso_core.ui.desk import Desk
from pso_core.ui.naming import row_name
from pso_core.ui.navigation import place_file
from pso_core.ui.plain import as_html, as_label

SHOWN = 3  # links from one resolution


def behind(desk: Desk, entity_id: str) -> Row | None:
    """The newest resolution that decided on this row."""
    return _by_row(desk.project_id, desk.state.seq).get(entity_id) if desk.state.of("resolution") else None


def sentence(desk: Desk, entity_id: str) -> str:
    """'มติที่ประชุม 12 ต.ค. 2569', and whether the row was changed since; "" where no meeting decided on it."""
    resolution = behind(desk, entity_id)
    if resolution is None:
        return ""
    meeting, row = desk.state.get(resolution["meeting"]), desk.state.get(entity_id)
    said = desk.say("page_workshop.by_resolution", date=say_date(meeting["held_on"], desk.say))
    return f"{said} ({desk.say('page_workshop.changed_since')})" if row is not None and row.seq > resolution.seq else said


def link(desk: Desk, entity_id: str) -> None:
    """The same as a link to the meeting; nothing where there is none."""
    if said := sentence(desk, entity_id):
        st.page_link(place_file("meeting"), label=as_label(f"⚑ {said}"), query_params={"at": behind(desk, entity_id).id})


def detail(desk: Desk, entity_id: str) -> str:
    """The same as a line to read, ready for st.html."""
    said = sentence(desk, entity_id)
    return f"<p class='quiet detail'>⚑ {as_html(said)}</p>" if said else ""


def links(desk: Desk, room: Room, question: Question) -> None:
    """From a resolution to the rows it wrote."""
    places = [place for place in rows_of(question) if desk.state.get(place) is not None]
    for place in places[:SHOWN]:
        row = desk.state.get(place)
        named = desk.state.get(row["indicator"]) if row.kind == "score" else row
        st.page_link(place_file(place), label=as_label(desk.say("page_workshop.to_row", name=row_name(named, desk))), query_params={"at": place})
    if len(places) > SHOWN:
        st.page_link(place_file(places[0]), label=as_label(desk.say("page_workshop.to_rows", count=len(places))), query_params={"at": places[0].partition(":")[0]})


def rows_of(question: Question) -> Iterator[str]:
    """Ids of the rows that a decision on this question is about."""
    writes = "" if question.practice else question.settings.get("writes", "")
    if writes == "problems":
        yield question.settings["worksheet"]
    for one in question.about if writes else ():
        if writes == "score":
            yield KINDS["score"].id_of({"round": question.settings["round"], "indicator": one})
        else:
            yield f"weight:{one}" if writes == "weights" else one


def question_of(desk: Desk, resolution: Row) -> tuple[Room, Question] | None:
    """Where a resolution was taken; None where its room is not here (a project that came as a file)."""
    for room in desk.office.store.workshops.of(desk.project_id):
        for question in room.questions.values():
            if resolution.id in _ids(room, question):
                return room, question
    return None


@lru_cache(maxsize=32)
def _by_row(project_id: str, seq: int) -> Mapping[str, Row]:
    """Read once for each change of the project."""
    store, found = office().store, {}
    state = store.state(project_id)
    for room in store.workshops.of(project_id):
        for question in room.questions.values():
            taken = next((row for id_ in _ids(room, question) if (row := state.get(id_)) is not None), None)
            for place in rows_of(question) if taken else ():
                if place not in found or found[place].seq < taken.seq:
                    found[place] = taken
    return found


def _ids(room: Room, question: Question) -> list[str]:
    """A resolution for each round that was decided, the newest first."""
    return [resolution_of(room, question, number) for number in range(question.round, 0, -1)]
