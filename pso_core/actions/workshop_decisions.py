"""What a meeting decides: written into the step's own rows by the same save as everything else, and put on record beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from pso_core.actions.rows import Edit, Saved, save_rows, standard_of
from pso_core.actions.workshop_answers import counted
from pso_core.actions.workshop_joining import attended, attending, roster
from pso_core.actions.workshops import Opening, open_room, require_its_tasks, require_leads
from pso_core.domain.people import Person
from pso_core.domain.rows import ProjectState
from pso_core.domain.workshop.room import Question, Room
from pso_core.errors import NotFound, PsoError
from pso_core.office import Office
from pso_core.steps import KINDS
from pso_core.steps.tasks import next_codes
from pso_core.steps.values import clean, stamp


@dataclass(frozen=True)
class Decided:
    """`value`: what the rows get, as the question's `writes` has it. The texts are the record, in the language of the meeting."""

    value: Any
    decided: str
    proposed: str = ""
    spread: str = ""
    rationale: str = ""
    dissent: str = ""


def begin(office: Office, actor: Person, project_id: str, opening: Opening) -> Room:
    """Open a room and put its meeting on record. Refuses as `open_room`, and as `save_rows` does."""
    room = open_room(office, actor, project_id, opening)
    held = {
        "title": room.title, "place": room.place or None, "step": room.step, "held_on": office.today().isoformat(), "began_at": stamp(room.opened_at),
        "led_by": actor.id, "expected": room.expected, "quorum": room.quorum,
    }  # fmt: skip
    _save(office, actor, room, [Edit("meeting", meeting_of(room.id), held)], "hold_meeting")
    return room


def decide(office: Office, actor: Person, room_id: str, question_id: str, decided: Decided) -> Saved:
    """Record what the meeting decided on a question that is revealed, and write it into the rows it is about; a practice writes nothing.

    Refuses as `move`, decision_incomplete (missing), decision_sum (sum, total), decision_without_rationale, decision_missing,
    workshop_tasks_changed, and as `save_rows` does: then nothing was decided.
    """
    room = office.store.workshops.room(room_id)
    require_leads(room, actor)
    question = room.questions.get(question_id)
    if question is None:
        raise NotFound("workshop_gone")
    if question.phase != "revealed":
        raise PsoError("workshop_moved_on")
    if not question.practice:
        _refuse_half(question, decided)
        require_its_tasks(office, room, question)
    if not clean(decided.decided):
        raise PsoError("decision_missing")
    before = office.store.state(room.project_id)
    saved = Saved(before.seq, ()) if question.practice else _write(office, actor, room, question, decided)
    record = {"decided": decided.decided, "by": actor.id, "resolution": None if question.practice else resolution_of(room, question)}
    if not question.practice and (kept := _kept(before, question, decided)):
        record["kept"] = kept
    if isinstance(decided.value, Mapping) and set(decided.value) == set(question.about):
        record["value"] = dict(decided.value)  # one for each thing that was asked about: the screen shows them line by line
    office.store.workshops.append(room_id, actor.id, office.clock(), lambda now: ("decide", {"question": question_id, "decision": record}))
    return saved


def end(office: Office, actor: Person, room_id: str, as_guest: Callable[[str], str] = str) -> Room:
    """Close the room for good: its code opens nothing any more, and who was there is on record, guests `as_guest`. Refuses as `move`.

    Who is missing is on record by name: of those who were called or, where only a number was given, of the whole office if as many were
    expected as it has, whatever guests came. Else somebody who was never expected would be told as absent.
    """
    room = office.store.workshops.room(room_id)
    require_leads(room, actor)
    here = attending(office, room)
    positions, there = {person.id: person.position for person in office.store.people.all()}, {one.person_id for one in here}
    names = [_titled(one.name, positions.get(one.person_id)) if one.person_id else as_guest(one.name) for one in here]  # as they stand today
    missing = [_titled(one.name, one.position) for one in _known_to_be_expected(office, room) if one.id not in there]
    ended = {
        "ended_at": stamp(office.clock()), "attended": attended(room, here), "attendance": "\n".join(names) or None, "absent": "\n".join(missing) or None, "led_by": room.leader,
    }  # fmt: skip
    _save(office, actor, room, [Edit("meeting", meeting_of(room.id), ended)], "hold_meeting")
    return office.store.workshops.append(room_id, actor.id, office.clock(), lambda now: ("end", {}))


def _known_to_be_expected(office: Office, room: Room) -> list[Person]:
    if room.called:
        return [one for one in sorted(office.store.people.all(), key=lambda one: one.name) if one.id in room.called]
    everybody = [person for person, _ in roster(office, room)]
    return everybody if room.expected == len(everybody) else []


def _titled(name: str, position: str | None) -> str:
    return " · ".join(filter(None, (name, position)))


def meeting_of(room_id: str) -> str:
    return f"meeting:{room_id}"


def resolution_of(room: Room, question: Question, round_: int | None = None) -> str:
    """One for each round that was decided, this one or an earlier: that is never written over."""
    return f"resolution:{room.id}-{question.id}-{round_ or question.round}"


def _refuse_half(question: Question, decided: Decided) -> None:
    """A level has its reason, points make their whole, and nothing is left open."""
    writes = question.settings.get("writes")
    if writes == "score":
        values = [decided.value["level"]]
    elif writes in ("weights", "points", "tiers"):
        values = [decided.value.get(one) for one in question.about]
    else:
        return
    if missing := sum(1 for value in values if value in (None, "")):
        raise PsoError("decision_incomplete", missing=missing)
    if writes in ("weights", "points") and sum(values) != question.settings["total"]:
        raise PsoError("decision_sum", sum=sum(values), total=question.settings["total"])
    if writes == "score" and not clean(decided.rationale):
        raise PsoError("decision_without_rationale")


def _write(office: Office, actor: Person, room: Room, question: Question, decided: Decided) -> Saved:
    state, count = office.store.state(room.project_id), counted(office, room, question)
    record = {
        "meeting": meeting_of(room.id), "number": _next_number(state, room, question), "title": question.title, "method": question.method, "decided": decided.decided,
        "proposed": decided.proposed or None, "answered": count.sent, "present": count.present, "rounds": question.round, "spread": decided.spread or None,
        "rationale": decided.rationale or None, "dissent": decided.dissent or None, "reopened_because": question.because or None, "decided_by": actor.id,
        "decided_at": stamp(office.clock()),
    }  # fmt: skip
    edits = [*WRITERS[question.settings.get("writes", "")](state, question, decided), Edit("resolution", resolution_of(room, question), record)]
    return _save(office, actor, room, edits, "decide_together")


def _kept(state: ProjectState, question: Question, decided: Decided) -> list[str]:
    """Ids of the rows whose text the meeting decided as it stands there already: nothing is written into them."""
    if question.settings.get("writes") != "texts":
        return []
    kind, name = OF_TEXTS[question.settings["step"]]
    texts = {"\n".join(decided.value)} if kind == "vision" else set(decided.value)
    return [row.id for row in state.of(kind) if row[name] in texts]


def _save(office: Office, actor: Person, room: Room, edits: list[Edit], action: str) -> Saved:
    seen = office.store.state(room.project_id).seq
    return save_rows(office, actor, room.project_id, edits, seen, action=action, session_id=room.id)


def _next_number(state: ProjectState, room: Room, question: Question) -> int:
    """Resolutions of a meeting are numbered in the order in which they came; one that is written again keeps its number."""
    there = state.get(resolution_of(room, question))
    return there["number"] if there else sum(1 for _ in state.where("resolution", meeting=meeting_of(room.id))) + 1


def _nothing(state: ProjectState, question: Question, decided: Decided) -> Iterator[Edit]:
    """The record is all there is."""
    yield from ()


def _score(state: ProjectState, question: Question, decided: Decided) -> Iterator[Edit]:
    """The level of one indicator in the current round, with the meeting's rationale."""
    indicator, round_ = question.about[0], question.settings["round"]
    body = {"round": round_, "indicator": indicator, "level": decided.value["level"], "not_applicable": False, "rationale": decided.rationale or None, "origin": "own"}
    if evidence := decided.value.get("evidence"):
        body["evidence"] = evidence
    yield Edit("score", KINDS["score"].id_of(body), body)


def _weights(state: ProjectState, question: Question, decided: Decided) -> Iterator[Edit]:
    """All weights at once: they make a hundred together. The reason of a weight that was another gives way to the meeting's, if it gave any."""
    for criterion, weight in decided.value.items():
        before = state.get(f"weight:{criterion}")
        reason = {} if before and before["weight"] == weight else {"reason": decided.rationale or None}
        yield Edit("weight", f"weight:{criterion}", {"criterion": criterion, "weight": weight, **reason})


def _tiers(state: ProjectState, question: Question, decided: Decided) -> Iterator[Edit]:
    """Refuses row_gone."""
    for task, tier in decided.value.items():
        if state.get(task) is None:
            raise NotFound("row_gone", kind="task")
        yield Edit("task", task, {"tier": tier})


def _points(state: ProjectState, question: Question, decided: Decided) -> Iterator[Edit]:
    for task, points in decided.value.items():
        yield Edit("task", task, {"points": points})


def _texts(state: ProjectState, question: Question, decided: Decided) -> Iterator[Edit]:
    """Each text a new row of its step, but for those that are there already; of the vision there is one."""
    kind, name = OF_TEXTS[question.settings["step"]]
    if kind == "vision":
        yield Edit("vision", "vision", {name: "\n".join(decided.value)})
        return
    there, first = {row[name] for row in state.of(kind)}, state.next_position(kind)
    new = [text for text in dict.fromkeys(decided.value) if text not in there]
    for place, text in enumerate(new):
        yield Edit(kind, None, {name: text, "position": first + place, **_more(state, kind, len(new), place)})


def _problems(state: ProjectState, question: Question, decided: Decided) -> Iterator[Edit]:
    """Into the worksheet of the work system, below what stands there, each once. Refuses row_gone."""
    worksheet = state.get(question.settings["worksheet"])
    if worksheet is None:
        raise NotFound("row_gone", kind="worksheet")
    there = (worksheet["problems"] or "").splitlines()
    yield Edit("worksheet", worksheet.id, {"problems": "\n".join([*there, *(text for text in dict.fromkeys(decided.value) if text not in there)])})


def _more(state: ProjectState, kind: str, count: int, place: int) -> dict[str, Any]:
    """A new task waits in the last tier for its own to be voted on."""
    if kind != "task":
        return {}
    standard = standard_of(state)
    tier = standard.choices("tiers")[-1]
    return {"tier": tier, "code": next_codes(state, standard, tier, count)[place]}


OF_TEXTS = MappingProxyType({"vision": ("vision", "text"), "mission": ("mission", "text"), "tasks": ("task", "name"), "plan": ("activity", "name")})  # step → (kind, field)

WRITERS: Mapping[str, Callable[[ProjectState, Question, Decided], Iterator[Edit]]] = MappingProxyType({
    "": _nothing, "score": _score, "weights": _weights, "tiers": _tiers, "points": _points, "texts": _texts, "problems": _problems,
})  # fmt: skip
