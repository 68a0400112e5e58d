"""How a room's phases, answers, proposals and decisions read: on the page, and in the record of the meeting."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pso_core.domain.workshop.ballots import STANCES
from pso_core.domain.workshop.outcome import ABSTAINED, Outcome
from pso_core.domain.workshop.room import Question
from pso_core.steps.columns import PARAGRAPHS
from pso_core.ui.desk import Desk
from pso_core.ui.naming import amount, level_name, name_of
from pso_core.web.room_pages import PHASE_MARKS

LAST_LINE = 200  # characters kept free for how many lines are left out
AGREEMENT = {"agree": "✓", "near": "◐", "split": "△"}


def phase_word(desk: Desk, phase: str) -> str:
    """Mark and word: never the colour alone."""
    return f"{PHASE_MARKS[phase]} {desk.say(f'page_workshop.phase.{phase}')}"


def agreement_word(desk: Desk, found: Outcome) -> str:
    """"" where nothing is measured."""
    return f"{AGREEMENT[found.agreement]} {desk.say(f'page_workshop.agreement.{found.agreement}')}" if found.agreement else ""


def answers_of(question: Question) -> tuple[str, ...]:
    """What a hand can be raised for; nothing where the answer is more than one choice."""
    if question.method == "score":
        return (*map(str, question.settings["levels"]), ABSTAINED)
    return STANCES if question.method == "stance" else ()


def answer_name(desk: Desk, question: Question, answer: str) -> str:
    """A level with its mark, a tier, a side, a degree of support, or that somebody abstained."""
    if question.method == "score" and answer != ABSTAINED:
        return level_name(desk, int(answer))
    if question.method == "tier":
        return question.settings["tiers"][answer]
    if question.method == "support":
        return f"{answer} {desk.say(f'page_room.support.{answer}')}"
    return desk.say(f"page_room.stance.{answer}")


def thing(question: Question, one: str) -> str:
    """What the question calls one of the things it is about."""
    return question.settings.get("names", {}).get(one, one)


def value_sentence(desk: Desk, question: Question, value: Any) -> str:
    """A value that was proposed or decided, as the record says it; "" for none."""
    if value in (None, "", (), {}):
        return ""
    if question.method == "score":
        return level_name(desk, value)
    if question.method == "stance":
        return desk.say(f"page_workshop.decided_stance.{value}", subject=", ".join(thing(question, one) for one in question.about))
    if question.method == "tier":
        return "\n".join(_by_tier(question, value))
    if isinstance(value, Mapping):
        return ", ".join(f"{_short(desk, question, one)} {points}" for one, points in value.items())
    return "\n".join(f"{place}. {thing(question, one)}" for place, one in enumerate(value, 1))


def _by_tier(question: Question, value: Mapping[str, str | None]) -> Iterator[str]:
    for tier, name in question.settings["tiers"].items():
        if tasks := [thing(question, task) for task, chosen in value.items() if chosen == tier]:
            yield f"{name}: {', '.join(tasks)}"


def _short(desk: Desk, question: Question, one: str) -> str:
    return name_of(desk, "criteria", one) if question.settings.get("writes") == "weights" else thing(question, one)


def spread_sentence(desk: Desk, question: Question, found: Outcome | None) -> str:
    """How the answers lay, for the record: never who gave which."""
    if found is None:
        return desk.say("page_workshop.too_few")
    hands = sum(question.hands.values())
    raised = desk.say("page_workshop.with_hands", count=hands) if hands else ""
    parts = (agreement_word(desk, found).partition(" ")[2], raised, *_counts(desk, question, found), *_spreads(desk, question, found), *_originals(desk, question, found))
    return fitting(desk, [line for line in parts if line])


def fitting(desk: Desk, lines: Sequence[str]) -> str:
    """As many lines as a field of the record holds; it says how many it leaves out."""
    whole = "\n".join(lines)
    if len(whole) <= PARAGRAPHS:
        return whole
    kept, room = [], PARAGRAPHS - LAST_LINE
    for line in lines:
        room -= len(line) + 1
        if room < 0:
            break
        kept.append(line)
    return "\n".join([*kept, desk.say("page_workshop.lines_left_out", count=len(lines) - len(kept))])


def _originals(desk: Desk, question: Question, found: Outcome) -> Iterator[str]:
    """What was written, under what stands for it now; of a question about groups, only where that differs."""
    for text, originals in (
        *((group.text, group.originals) for group in found.groups),
        *((thing(question, one), texts) for one, texts in question.settings.get("originals", {}).items()),
    ):
        yield desk.say("page_workshop.gathered_under", text=text, originals=" · ".join(originals)) if originals else text


def _counts(desk: Desk, question: Question, found: Outcome) -> Iterator[str]:
    if found.dots:
        for one, dots in sorted(found.dots.items(), key=lambda named: -named[1]):
            yield desk.say("page_workshop.dots_of", name=thing(question, one), dots=dots, people=sum(found.counts[one].values()))
        return
    for one, counts in found.counts.items():
        given = ", ".join(desk.say("page_workshop.given", answer=answer_name(desk, question, answer), count=count) for answer, count in counts.items() if count)
        if given:
            yield f"{thing(question, one)}: {given}" if one else given


def _spreads(desk: Desk, question: Question, found: Outcome) -> Iterator[str]:
    for one, spread in found.spreads.items():
        facts = {"mean": found.means[one], "median": spread.median, "lower": spread.lower, "upper": spread.upper}
        yield desk.say("page_workshop.spread_of", name=thing(question, one), **{name: amount(value, desk) for name, value in facts.items()})
