"""Deciding on texts: the record says what the meeting agreed on, and where the step has rows that are texts each line becomes one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from pso_core.actions.workshop_decisions import OF_TEXTS
from pso_core.domain.workshop.outcome import Outcome
from pso_core.domain.workshop.room import Question
from pso_core.ui import show
from pso_core.ui.naming import row_name
from pso_core.ui.workshop_words import thing, value_sentence

if TYPE_CHECKING:
    from pso_core.ui.workshop_decide import Part


def draw_record(part: Part) -> None:
    part.record.input("decided", lines=4, help=None)
    part.record.input("rationale", lines=2, help=None)


def proposed_record(part: Part) -> dict[tuple[str, str], Any]:
    said = (value_sentence(part.desk.on_record, part.question, part.found.proposed) or "\n".join(_chosen(part.question, part.found))) if part.found else ""
    return {(part.record.entity_id, "decided"): said or None}


def record(part: Part) -> tuple[None, str]:
    return None, str(part.record.value("decided") or "")


def draw_texts(part: Part) -> None:
    """The room is told what the lines become."""
    show.quiet(_becomes(part))
    draw_record(part)


def proposed_texts(part: Part) -> dict[tuple[str, str], Any]:
    lines = list(_chosen(part.question, part.found)) if part.found else []
    return {(part.record.entity_id, "decided"): "\n".join(lines) or None}


def texts(part: Part) -> tuple[list[str], str]:
    said = str(part.record.value("decided") or "")
    return [line for text in said.splitlines() if (line := text.strip())], said


def _becomes(part: Part) -> str:
    settings, say = part.question.settings, part.desk.say
    if settings["writes"] == "problems":
        return say("page_workshop.lines_into", name=row_name(part.desk.state.get(settings["worksheet"]), part.desk))
    kind, _ = OF_TEXTS[settings["step"]]
    if kind == "vision":
        return say("page_workshop.becomes", kind=say("fields.vision.one"))
    return say("page_workshop.lines_become", kind=say(f"fields.{kind}.many"))


def _chosen(question: Question, found: Outcome) -> Iterator[str]:
    """The texts that the answers propose, the best first. Of the vision there is one: those in the first place."""
    if question.method == "phrases":
        yield from (group.text for group in found.groups)
        return
    given = found.dots or found.means
    best = max(given.values(), default=0)
    for one in found.proposed or ():
        if question.settings.get("step") != "vision" or given[one] == best:
            yield thing(question, one)
