"""What a revealed round looks like: how the answers are spread and what they propose, never whose they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from pso_core.actions.workshop_answers import counted
from pso_core.actions.workshop_outcomes import come_to
from pso_core.domain.workshop.gathering import Group
from pso_core.domain.workshop.level_votes import LevelVote
from pso_core.domain.workshop.outcome import Outcome
from pso_core.domain.workshop.room import FEWEST, Question, Room
from pso_core.office import office
from pso_core.text.phrases import Phrases
from pso_core.web.room_answers import ABSTAIN, Asking, Choice, name_of


@dataclass(frozen=True)
class Bar:
    """`share`: of the longest, 0 to 100. `figure`: what is said large; `detail`: what else there is to know. `median`: the middle answer.

    `middle`: where on the bar the median and the middle half lie: (lower, median, upper).
    """

    name: str
    figure: str
    share: float
    detail: str = ""
    mark: str = ""
    look: str = ""
    median: bool = False
    value: str = ""
    middle: tuple[float, float, float] | None = None


@dataclass(frozen=True)
class Results:
    """`few`: too few answered to show anything; then there is nothing else in here."""

    sent: int
    present: int
    few: int = 0
    bars: tuple[Bar, ...] = ()
    agreement: str = ""
    proposed: str = ""
    reasons: tuple[tuple[str, str], ...] = field(default=())
    groups: tuple[Group, ...] = ()
    hands: int = 0


def decided_bars(question: Question, asked: Asking) -> tuple[Bar, ...]:
    """What the meeting decided of each thing that was asked about; nothing where its decision is one sentence."""
    values = (question.decision or {}).get("value", {})
    if question.method == "tier":
        names = {one.value: one.name for one in asked.choices}
        return tuple(Bar(name_of(question, one), names[tier], 0) for tier in names for one in question.about if values.get(one) == tier)
    most = max((*values.values(), 1))
    return tuple(Bar(name_of(question, one), str(values[one]), 100 * values[one] / most) for one in sorted(values, key=lambda one: -values[one]))


def results(room: Room, question: Question, asked: Asking, say: Phrases) -> Results:
    """Of the question's present round, which is revealed. Refuses not_revealed."""
    found, count = come_to(office(), room, question), counted(office(), room, question)
    if found is None:
        return Results(count.sent, count.present, few=FEWEST)
    names = {one.value: f"{one.mark} {one.name}".strip() for one in asked.choices}
    return Results(
        count.sent, count.present, 0, tuple(_bars(question, found, asked, say)), found.agreement, _proposed(question, found, names),
        tuple((names.get(answer, answer), why) for answer, why in found.reasons), found.groups, sum(question.hands.values()),
    )  # fmt: skip


def _bars(question: Question, found: Outcome, asked: Asking, say: Phrases) -> list[Bar]:
    if question.method in ("score", "stance"):
        return _choice_bars(question, found, asked)
    draw = {"tier": _tier_bar, "support": _support_bar, "dots": _dots_bar}.get(question.method, _weight_bar)
    most = max((*found.means.values(), *(spread.upper for spread in found.spreads.values()), *map(Fraction, found.dots.values()), Fraction(1)))
    bars = [draw(one, name_of(question, one), found, asked, most, say) for one in question.about if one in found.means or one in found.counts]
    return bars if question.method == "tier" else sorted(bars, key=lambda bar: -bar.share)


def _choice_bars(question: Question, found: Outcome, asked: Asking) -> list[Bar]:
    """One for each answer there was to give, the highest level first."""
    counts = found.counts.get("", {})
    middle = _median(question, counts)
    most = max((*counts.values(), 1))
    shown = [one for one in asked.choices if one.value != ABSTAIN or question.method == "stance" or counts.get(ABSTAIN)]
    return [
        Bar(one.name, str(counts.get(one.value, 0)), 100 * counts.get(one.value, 0) / most, mark=one.mark, look=one.look, median=one.value == middle, value=one.value)
        for one in shown
    ]  # fmt: skip


def _median(question: Question, counts: Mapping[str, int]) -> str:
    if question.method != "score":
        return ""
    levels = question.settings["levels"]
    middle = LevelVote(tuple(counts.get(str(level), 0) for level in levels)).median
    return "" if middle is None else str(levels[middle])


def _weight_bar(about: str, name: str, found: Outcome, _asked: Asking, most: Fraction, say: Phrases) -> Bar:
    spread = found.spreads.get(about)
    detail = say("page_room.results.mean", mean=_number(found.means[about]))
    if spread:
        detail = say("page_room.results.spread", mean=_number(found.means[about]), median=_number(spread.median), lower=_number(spread.lower), upper=_number(spread.upper))
    figure = found.proposed.get(about) if isinstance(found.proposed, Mapping) else None
    middle = (float(100 * spread.lower / most), float(100 * spread.median / most), float(100 * spread.upper / most)) if spread else None
    return Bar(name, _number(found.means[about]) if figure is None else str(figure), float(100 * found.means[about] / most), detail, middle=middle)


def _support_bar(about: str, name: str, found: Outcome, asked: Asking, _most: Fraction, say: Phrases) -> Bar:
    mean = found.means.get(about, Fraction(0))
    return Bar(name, _number(mean), float(100 * mean / 3), _counts(found.counts.get(about, {}), asked.choices))


def _dots_bar(about: str, name: str, found: Outcome, _asked: Asking, most: Fraction, say: Phrases) -> Bar:
    people = sum(found.counts.get(about, {}).values())
    return Bar(name, str(found.dots[about]), float(100 * found.dots[about] / most), say("page_room.results.dots_from", people=people) if people else "")


def _tier_bar(about: str, name: str, found: Outcome, asked: Asking, _most: Fraction, say: Phrases) -> Bar:
    counts = found.counts.get(about, {})
    proposed = next((one.name for one in asked.choices if isinstance(found.proposed, Mapping) and found.proposed.get(about) == one.value), say("page_room.results.tie"))
    return Bar(name, proposed, 100 * max((*counts.values(), 0)) / max(1, sum(counts.values())), _counts(counts, asked.choices))


def _counts(counts: Mapping[str, int], offered: tuple[Choice, ...]) -> str:
    return " · ".join(f"{one.name} {counts[one.value]}" for one in offered if counts.get(one.value))


def _proposed(question: Question, found: Outcome, names: Mapping[str, Any]) -> str:
    """Of a question about one thing; those about several propose in each line."""
    if question.method not in ("score", "stance") or found.proposed is None:
        return ""
    return str(names.get(str(found.proposed), found.proposed))


def _number(value: Fraction) -> str:
    """One decimal, and none where it is whole."""
    return f"{float(value):.1f}".removesuffix(".0")
