"""Deciding: the computed value stands in the form as a proposal, the meeting changes it as it likes, and what is saved is its decision."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from pso_core.actions.rows import Saved
from pso_core.actions.workshop_decisions import Decided, decide, resolution_of
from pso_core.domain.apportion import scale_to
from pso_core.domain.workshop.outcome import Outcome
from pso_core.domain.workshop.room import Question, Room
from pso_core.steps import KINDS
from pso_core.ui import resolutions, show, visit, workshop_outcome
from pso_core.ui import workshop_decide_texts as texts
from pso_core.ui.desk import Desk
from pso_core.ui.filling import fill
from pso_core.ui.form import Form
from pso_core.ui.form_row import FormRow, summed
from pso_core.ui.plain import as_html, as_label
from pso_core.ui.workshop_words import fitting, spread_sentence, thing, value_sentence

OF_RECORD = ("", "texts", "problems")  # decided in the record itself: a text, or a line for each row
Proposal = Mapping[str, Any]  # what the question is about → what is proposed for it


@dataclass(frozen=True)
class Part:
    """What the form is about: the rows that are decided on, under what they are about, and the record of it."""

    desk: Desk
    room: Room
    question: Question
    found: Outcome | None
    form: Form
    rows: Mapping[str, FormRow]
    record: FormRow

    def values(self, name: str) -> dict[str, Any]:
        return {one: row.known(name) for one, row in self.rows.items()}


def deciding(desk: Desk, room: Room, question: Question, found: Outcome | None) -> None:
    """What is typed stays through every change of the room, a reload and a refusal."""
    show.heading(desk.say("page_workshop.deciding"))
    proposes = found is not None and (found.groups or found.proposed not in (None, (), {}))
    show.quiet(desk.say(f"page_workshop.deciding_{'practice' if question.practice else 'about' if proposes else 'afresh'}"))
    part = _part(desk, room, question, found)
    _propose(part)
    part.form.messages()
    _WAYS[_way(question)].draw(part)
    part.record.input("dissent", lines=2, help=None)
    with st.container(key="stay-decide", horizontal=True, vertical_alignment="center"):
        part.form.save_button(desk.say("page_workshop.decide"))


def decided(desk: Desk, room: Room, question: Question) -> None:
    """The decision as it was recorded, with the way to the rows that it wrote."""
    if not question.decision:
        return
    show.heading(desk.say("page_workshop.decision"))
    st.html(f"<p class='decided'>{as_html(question.decision['decided'])}</p>")
    if question.decision["resolution"]:
        resolutions.links(desk, question.decision["resolution"])
    else:
        show.quiet(desk.say("page_workshop.practice_kept_nowhere"))


def _way(question: Question) -> str:
    return "" if question.practice else question.settings.get("writes", "")


def _part(desk: Desk, room: Room, question: Question, found: Outcome | None) -> Part:
    def write(edits: Sequence[Any], seen: int, reason: str) -> Saved:
        return _decide(part)

    form = Form(desk, f"meeting/{room.id}/{question.id}/{question.round}", action="decide_together", write=write)
    rows = {one: form.row(*_row_of(question, one)) for one in (question.about if _way(question) not in OF_RECORD else ())}
    part = Part(desk, room, question, found, form, rows, form.row("resolution", resolution_of(room, question)))  # what `write` decides on
    return part


def _row_of(question: Question, one: str) -> tuple[str, str, dict[str, Any]]:
    """(kind, id, defaults) of the row that is decided on."""
    if question.settings["writes"] == "score":
        key = {"round": question.settings["round"], "indicator": one}
        return "score", KINDS["score"].id_of(key), key
    if question.settings["writes"] == "weights":
        return "weight", f"weight:{one}", {"criterion": one}
    return "task", one, {}


def _propose(part: Part) -> None:
    """Once, and never over what was typed; as phrases are grouped, anew. It is no draft before somebody changes it."""
    key, memory = f"{part.form.place}/proposed", part.form.memory
    before = st.session_state.get(key)
    if memory.restored or (before is not None and part.question.method != "phrases"):
        return
    rows = {row.entity_id: row for row in (*part.rows.values(), part.record)}
    found = _WAYS[_way(part.question)].proposed(part).items()
    st.session_state[key] = proposed = {(id_, name): value for (id_, name), value in found if value is not None and not rows[id_].same_as_stored(name, value)}
    if before not in (None, proposed):
        part.form.suggest({place: value for place, value in proposed.items() if memory.typed.get(place) == before.get(place)})
    for place, value in proposed.items():
        memory.typed.setdefault(place, value)


def _decide(part: Part) -> Saved:
    """Refuses as `decide` does."""
    desk, question, record = part.desk.on_record, part.question, part.record
    value, said = _WAYS[_way(question)].value(part)
    of_rows = part.rows[question.about[0]] if _way(question) == "score" else record
    said_with_it = {name: str(row.value(name) or "") for name, row in (("rationale", of_rows), ("dissent", record))}
    proposed = fitting(desk, value_sentence(desk, question, part.found.proposed).splitlines()) if part.found else ""
    spread = spread_sentence(desk, question, part.found)
    return decide(desk.office, visit.actor(), part.room.id, question.id, Decided(value, said, proposed, spread, **said_with_it))


# A level


def _draw_score(part: Part) -> None:
    row = part.rows[part.question.about[0]]
    row.input("level", help=None)
    row.input("rationale", lines=3, help=None, placeholder=part.desk.say("page_workshop.rationale_hint"))
    row.input("evidence", lines=2, help=None)
    if _said_for(part, row.value("level")):
        st.button(part.desk.say("page_workshop.use_reasons"), key=f"{part.form.place}/reasons", on_click=_use_reasons, args=(part, row))


def _said_for(part: Part, level: int | None) -> list[str]:
    """The reasons of those who gave this level, each once."""
    return list(dict.fromkeys(why for answer, why in part.found.reasons if answer == str(level))) if part.found else []


def _use_reasons(part: Part, row: FormRow) -> None:
    """What people sent with this level, to begin from."""
    evidence = [part.question.settings["evidence"][one] for one in workshop_outcome.pointed_at(part.room, part.question)]
    for name, lines in (("rationale", _said_for(part, row.value("level"))), ("evidence", evidence)):
        already = str(row.value(name) or "").split("\n")
        part.form.put(row.entity_id, name, "\n".join([*filter(None, already), *(line for line in lines if line not in already)]))


def _proposed_score(part: Part) -> dict[tuple[str, str], Any]:
    """The level; why is for the meeting to say anew."""
    row = part.rows[part.question.about[0]]
    return {(row.entity_id, "level"): part.found.proposed if part.found else None, (row.entity_id, "rationale"): ""}


def _score(part: Part) -> tuple[dict[str, Any], str]:
    row = part.rows[part.question.about[0]]
    level = row.value("level")
    return {"level": level, "evidence": row.value("evidence")}, "" if level is None else value_sentence(part.desk.on_record, part.question, level)


# Weights and points: together they make the whole


def _draw_figures(part: Part) -> None:
    desk, name, total = part.desk, _figure(part), part.question.settings["total"]
    if name == "weight" and part.found:
        _units(part)
    with st.container(key="sticky-decide"):
        value, sound = summed(list(part.rows.values()), name)
        show.meter(desk, desk.say("page_workshop.together"), value, total, sound)
    st.button(desk.say("page_workshop.scale", total=total), key=f"{part.form.place}/scale", on_click=_scale, args=(part,), help=as_label(desk.say("page_workshop.scale_help")))
    for one, row in part.rows.items():
        with st.container(horizontal=True, vertical_alignment="center", key=f"line-decide-{row.entity_id}"):
            st.html(f"<p class='row'>{as_html(thing(part.question, one))}</p>", width="stretch")
            row.input(name, label=desk.say("page_workshop.figure_of", name=thing(part.question, one)), help=None, label_visibility="collapsed", width=130)
    part.record.input("rationale", lines=2, help=None)


def _figure(part: Part) -> str:
    return "weight" if part.question.settings["writes"] == "weights" else "points"


def _units(part: Part) -> None:
    """In which units the proposal is made; choosing another proposes anew."""
    key = f"workshop/unit/{part.room.id}/{part.question.id}"
    st.segmented_control(
        part.desk.say("page_workshop.units"), workshop_outcome.UNITS, default=workshop_outcome.UNITS[0], key=key, required=True, on_change=_propose_anew, args=(part,),
        format_func=lambda unit: as_label(part.desk.say("page_workshop.unit", unit=unit)),
    )  # fmt: skip


def _propose_anew(part: Part) -> None:
    found = workshop_outcome.found(part.desk, part.room, part.question)
    for one, value in ((found and found.proposed) or {}).items():
        part.form.put(part.rows[one].entity_id, _figure(part), value)


def _scale(part: Part) -> None:
    """Keep the proportion of what is typed; nothing is recorded before the button below is pressed."""
    fill(part.form, list(part.rows.values()), _figure(part), lambda held: scale_to(held, part.question.settings["total"]))


def _proposed_figures(part: Part) -> dict[tuple[str, str], Any]:
    proposed = (part.found.proposed if part.found else None) or {}
    return {(part.rows[one].entity_id, _figure(part)): value for one, value in proposed.items()}


def _figures(part: Part) -> tuple[dict[str, int], str]:
    return _each(part, _figure(part))


def _each(part: Part, name: str) -> tuple[dict[str, Any], str]:
    """The value of each, and the sentence that says them all when none is missing."""
    value = part.values(name)
    return value, "" if any(one in (None, "") for one in value.values()) else value_sentence(part.desk.on_record, part.question, value)


# Tiers


def _draw_tiers(part: Part) -> None:
    for one, row in part.rows.items():
        row.input("tier", label=thing(part.question, one), help=None)
    part.record.input("rationale", lines=2, help=None)


def _proposed_tiers(part: Part) -> dict[tuple[str, str], Any]:
    proposed = (part.found.proposed if part.found else None) or {}
    return {(part.rows[one].entity_id, "tier"): tier for one, tier in proposed.items()}


def _tiers(part: Part) -> tuple[dict[str, str], str]:
    return _each(part, "tier")


@dataclass(frozen=True)
class Way:
    draw: Callable[[Part], None]
    proposed: Callable[[Part], dict[tuple[str, str], Any]]
    value: Callable[[Part], tuple[Any, str]]


_TEXTS = Way(texts.draw_texts, texts.proposed_texts, texts.texts)
_FIGURES = Way(_draw_figures, _proposed_figures, _figures)
_WAYS = {
    "score": Way(_draw_score, _proposed_score, _score), "weights": _FIGURES, "points": _FIGURES,
    "tiers": Way(_draw_tiers, _proposed_tiers, _tiers), "texts": _TEXTS, "problems": _TEXTS,
    "": Way(texts.draw_record, texts.proposed_record, texts.record),
}  # fmt: skip
