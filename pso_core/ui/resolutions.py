"""Which resolution of a meeting stands behind a row, and which rows stand behind a resolution."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

import streamlit as st

from pso_core.actions.workshop_decisions import resolution_of
from pso_core.domain.rows import Row
from pso_core.domain.workshop.room import Question, Room
from pso_core.office import Office
from pso_core.steps import KINDS
from pso_core.text.thaidate import say_date
from pso_core.ui import cached
from pso_core.ui.desk import Desk
from pso_core.ui.naming import row_name
from pso_core.ui.navigation import place_file
from pso_core.ui.plain import as_html, as_label

SHOWN = 3  # links from one resolution
Numbers = tuple[tuple[str, int], ...]  # (room, number of the last event in it)


def behind(desk: Desk, entity_id: str) -> Row | None:
    """The newest resolution that decided on this row."""
    return _by_row(desk.office, desk.project_id, desk.state.seq, _rooms(desk)).get(entity_id) if desk.state.of("resolution") else None


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


def links(desk: Desk, resolution_id: str) -> None:
    """From a resolution to the rows it wrote."""
    behind_it = rows_behind(desk.office, desk.project_id, desk.state.seq, _rooms(desk)).get(resolution_id, ())
    rows = [row for place in behind_it if (row := desk.state.get(place)) is not None]
    for row in rows[:SHOWN]:
        named = desk.state.get(row["indicator"]) if row.kind == "score" else row
        st.page_link(place_file(row.id), label=as_label(desk.say("page_workshop.to_row", name=row_name(named, desk))), query_params={"at": row.id})
    if len(rows) > SHOWN:
        st.page_link(place_file(rows[0].id), label=as_label(desk.say("page_workshop.to_rows", count=len(rows))), query_params={"at": rows[0].kind})


def _rooms(desk: Desk) -> Numbers:
    """Told apart by what happened in them: a decision is in its room's log only after the save that it made, so `seq` alone comes too early."""
    room = desk.office.store.workshops.room
    return tuple((id_, room(id_).number) for id_ in _ids_of_rooms(desk.office, desk.project_id, desk.state.seq))


@cached.kept(32)
def _ids_of_rooms(office: Office, project_id: str, seq: int) -> tuple[str, ...]:
    """Read once for each change of the project: a room is there before its meeting is on record."""
    return tuple(room.id for room in office.store.workshops.of(project_id))


@cached.kept(32)
def rows_behind(office: Office, project_id: str, seq: int, numbers: Numbers) -> Mapping[str, tuple[str, ...]]:
    """{resolution: ids of its rows}: those that its question was about or whose text it kept, whether it changed them or not, then those that its save wrote.

    What was written is told by the history, so that new rows are found, and those of a project that came from elsewhere with its history. Its
    rooms do not come along: what a question was about and which texts it kept is not told there, only what was written.
    """
    store = office.store
    state = store.state(project_id)
    rooms = [store.workshops.room(id_) for id_, _ in numbers]
    found = {id_: _about(question) for room in rooms for question in room.questions.values() for id_ in _ids(room, question)}
    found |= {id_: (*found.get(id_, ()), *kept) for room in rooms for id_, kept in _kept(office, room.id)}
    for id_, written in store.written_with(project_id, "resolution", "decide_together").items():
        new = sorted(written, key=lambda one: ((row := state.get(one)) and row["position"] or 0, one))
        found[id_] = tuple(dict.fromkeys((*found.get(id_, ()), *new)))
    return MappingProxyType({id_: rows for id_, rows in found.items() if state.get(id_) is not None})


@cached.kept(32)
def _by_row(office: Office, project_id: str, seq: int, numbers: Numbers) -> Mapping[str, Row]:
    """{row: the newest resolution behind it}. Read once for each change of the project or of a room."""
    state, found = office.store.state(project_id), {}
    for id_, rows in rows_behind(office, project_id, seq, numbers).items():
        taken = state.get(id_)
        found |= {place: taken for place in rows if taken and (place not in found or found[place].seq < taken.seq)}
    return MappingProxyType(found)


def _about(question: Question) -> tuple[str, ...]:
    """Ids of the rows that a decision on this question gives a value, there already or not."""
    writes = "" if question.practice else question.settings.get("writes", "")
    if writes == "problems":
        return (question.settings["worksheet"],)
    if writes == "score":
        return tuple(KINDS["score"].id_of({"round": question.settings["round"], "indicator": one}) for one in question.about)
    if writes == "weights":
        return tuple(f"weight:{one}" for one in question.about)
    return question.about if writes in ("tiers", "points") else ()


def _kept(office: Office, room_id: str) -> Iterator[tuple[str, list[str]]]:
    """(resolution, ids of the rows whose text it kept) of every round."""
    for event in office.store.workshops.events(room_id):
        decision = event.body.get("decision", {})
        if "kept" in decision:
            yield decision["resolution"], decision["kept"]


def _ids(room: Room, question: Question) -> list[str]:
    """A resolution for each round that was or may yet be decided."""
    return [resolution_of(room, question, number) for number in range(1, question.round + 1)]
