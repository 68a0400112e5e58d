"""Questions for a room, made of the project's own rows, so that nobody types what is there already.

A question is put to all in the room and stands on record: its words are those of the desk `on_record`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from pso_core.actions.assessment import is_open
from pso_core.actions.workshop_decisions import OF_TEXTS
from pso_core.actions.workshops import Asked
from pso_core.domain.rows import Row
from pso_core.domain.standard import Tier
from pso_core.domain.workshop.gathering import DOTS_EACH, DOTS_ON_ONE, Group
from pso_core.domain.workshop.room import Question
from pso_core.steps.columns import LINE
from pso_core.steps.indicators import conditions_of
from pso_core.steps.tasks import tasks_of
from pso_core.steps.weights import TOTAL
from pso_core.ui import cached
from pso_core.ui.desk import Desk
from pso_core.ui.naming import gap_sentence, name_of, row_name

WEIGHT_METHODS = ("swing", "points", "rank", "best_worst")  # the first is the usual one, the last an expert's check of it
BECOMING = ("writes", "step", "worksheet")  # settings that say which rows a decision writes


def open_round(desk: Desk) -> Row | None:
    """The round in which levels can be given now."""
    round_ = desk.review.current_round
    return round_ if round_ is not None and is_open(round_) else None


def score(desk: Desk, round_: Row, indicators: Sequence[Row]) -> list[Asked]:
    """A level for each of these indicators, with what must be true for each level and what evidence there is."""
    return [_score(desk, round_, indicator) for indicator in indicators]


def _score(desk: Desk, round_: Row, indicator: Row) -> Asked:
    criterion = desk.standard.criterion(indicator["criterion"])
    written = conditions_of(desk.state, indicator.id)
    settings = {
        "levels": list(desk.standard.choices("levels")), "writes": "score", "round": round_.id,
        "conditions": {str(level): row["text"] for level, row in written.items() if row["text"]},
        "evidence": dict(_evidence(desk, indicator)), "names": {indicator.id: indicator["name"]},
    }  # fmt: skip
    title = desk.on_record.say("page_workshop.about_indicator", criterion=criterion.name[desk.on_record.language], indicator=indicator["name"])
    return Asked("score", title, (indicator.id,), settings)


def _evidence(desk: Desk, indicator: Row) -> Iterator[tuple[str, str]]:
    """What shows this indicator first, then what else belongs to its criterion."""
    mine = [piece for piece in cached.pieces_of(desk.review) if indicator.id in piece.supports or piece.row["criterion"] == indicator["criterion"]]
    for piece in sorted(mine, key=lambda one: indicator.id not in one.supports):
        yield piece.row.id, row_name(piece.row, desk.on_record)


def practice(desk: Desk) -> Asked:
    """To try the room out: nothing of it is kept in the project."""
    levels, say = desk.standard.choices("levels"), desk.on_record.say
    conditions = {str(level): say(f"page_workshop.practice_level.{min(level, 3)}") for level in levels}
    settings = {"levels": list(levels), "conditions": conditions, "evidence": {}, "names": {}, "practice": True, "writes": ""}
    return Asked("score", say("page_workshop.practice_title"), ("practice",), settings)


def weights(desk: Desk, method: str) -> Asked:
    """How much each criterion matters, in one of several ways."""
    keys = desk.standard.choices("criteria")
    names = {key: name_of(desk.on_record, "criteria", key) for key in keys}
    return Asked(method, desk.on_record.say(f"page_workshop.weights_title.{method}"), tuple(keys), {"names": names, "writes": "weights", "total": TOTAL})


def tiers(desk: Desk, tasks: Sequence[Row]) -> Asked:
    names = {task.id: row_name(task, desk.on_record) for task in tasks}
    kinds = {tier.key: name_of(desk.on_record, "tiers", tier.key) for tier in desk.standard.tiers}
    return Asked("tier", desk.on_record.say("page_workshop.tiers_title"), tuple(names), {"names": names, "tiers": kinds, "writes": "tiers"})


def points(desk: Desk, tier: Tier) -> Asked:
    """The quota of a tier, shared out among its tasks."""
    names = {task.id: row_name(task, desk.on_record) for task in tasks_of(desk.state, tier.key)}
    title = desk.on_record.say("page_workshop.points_title", tier=name_of(desk.on_record, "tiers", tier.key), quota=tier.quota)
    return Asked("points", title, tuple(names), {"names": names, "total": tier.quota, "writes": "points", "tier": tier.key})


def phrases(title: str, step: str) -> Asked:
    return Asked("phrases", title, (), {"names": {}, **becoming(step)})


def problems(title: str, worksheet: Row) -> Asked:
    """Problems of a work system: what is decided is written into its worksheet."""
    return Asked("phrases", title, (), {"names": {}, "writes": "problems", "worksheet": worksheet.id})


def support(title: str, names: Mapping[str, str], more: Mapping[str, Any]) -> Asked:
    return Asked("support", title, tuple(names), {"names": dict(names), **more})


def dots(title: str, names: Mapping[str, str], more: Mapping[str, Any]) -> Asked:
    return Asked("dots", title, tuple(names), {"names": dict(names), "each": DOTS_EACH, "on_one": DOTS_ON_ONE, **more})


ABOUT_TEXTS = MappingProxyType({"dots": dots, "support": support})


def follow_up(desk: Desk, question: Question, groups: Sequence[Group], method: str) -> Asked:
    """About the groups of phrases that a question gathered; what is decided becomes what that question's would have."""
    names = {group.id: group.text for group in groups}
    more = {"gathered_by": [question.id, question.round], "originals": {group.id: list(group.originals) for group in groups if group.originals}}
    return ABOUT_TEXTS[method](desk.on_record.say(f"page_workshop.follow_title.{method}", title=question.title)[:LINE], names, becoming_of(question) | more)


def numbered(texts: Sequence[str]) -> dict[str, str]:
    return {f"t{number}": text for number, text in enumerate(texts, 1)}


def becoming(step: str) -> dict[str, str]:
    """What the texts that are decided become: rows of this step, where it has rows that are a text."""
    return {"writes": "texts", "step": step} if step in OF_TEXTS else {"writes": ""}


def becoming_of(question: Question) -> dict[str, Any]:
    """What the texts of another question become when this one gathered them."""
    return {name: question.settings[name] for name in BECOMING if name in question.settings}


def stance(desk: Desk, step: str, place: str) -> Asked:
    subject = subjects_of(desk.on_record, step)[place]
    title = desk.on_record.say("page_workshop.stance_title", subject=subject)[:LINE]
    return Asked("stance", title, (place,), {"names": {place: subject}, "writes": ""})


def subjects_of(desk: Desk, step: str) -> dict[str, str]:
    """{place: sentence}: what the room may be for or against: what is missing in its step, and the activities."""
    standing = next(one for one in desk.standings if one.step.key == step)
    found = {gap.place: gap_sentence(desk, gap) for gap in (*standing.gaps, *standing.warnings)}
    return found | {row.id: desk.say("page_workshop.activity", name=row_name(row, desk)) for row in desk.state.of("activity")}
