"""Step 6: levels with their reasons and evidence, the sum they make, and how the rounds compare."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from pso_core.documents.blocks import Block, Finding, Heading, Line, Remark, Table
from pso_core.documents.case import Case
from pso_core.documents.parts import pictures
from pso_core.documents.records import cells, evidence_told, figure, nothing_yet, shown, step_heading
from pso_core.domain.rows import Row
from pso_core.domain.scoring import CriterionScore, Score, compare, score_of
from pso_core.steps.naming import field_label, level_name, name_of, row_name

SCORE = {"indicator": 3.8, "level": 2.6, "rationale": 5.6, "evidence": 4}
ROUND = {"position": 1.4, "name": 5, "opened_on": 2.8, "closed_on": 2.8}


def self_assessment(case: Case) -> Iterator[Block]:
    yield step_heading(case, "assessment")
    for notice in case.standard.guide("assessment").notices:
        yield Remark(notice[case.language])
    yield from _rounds(case)
    current = case.review.scored_round
    score = case.review.score or score_of(case.state, case.standard, None)
    yield Heading(case.say("documents.assessment.working"), 3)
    yield from _found(case, score)
    yield from pictures.gaps(case)
    yield _working(case, score)
    for round_ in case.state.of("round"):
        if round_ is current or case.scores(round_.id):
            yield Heading(case.say("documents.assessment.reasons", round=round_["name"]), 3)
            yield from reasons(case, round_)
    yield from _compared(case)


def reasons(case: Case, round_: Row) -> Iterator[Block]:
    """Level, rationale and evidence of every indicator in one round, under its criterion. One that was added since a round was closed is not in it."""
    given, then = case.scores(round_.id), case.review.decided(round_)
    reconstructed = sum(1 for row in given.values() if row["origin"] == "reconstructed")
    if reconstructed:
        yield Remark(case.say("documents.marks.reconstructed_scores", count=reconstructed))
    lines: list[Line] = []
    for criterion in case.standard.criteria:
        indicators = tuple(then.where("indicator", criterion=criterion.key))
        lines += [f"{criterion.code} {criterion.name[case.language]}"] if indicators else []
        lines += [_reason(case, round_, indicator, given.get(indicator.id)) for indicator in indicators]
    if lines:
        head = tuple(field_label(case, "score", name) for name in SCORE)
        yield Table(head, tuple(lines), tuple(SCORE.values()))
    else:
        yield nothing_yet(case, "indicator")


def level_text(case: Case, given: Row | None) -> str:
    """The level with its mark and word; not yet scored and not applicable are neither of them 0."""
    if given is None or (given["level"] is None and not given["not_applicable"]):
        return case.say("documents.assessment.unscored")
    if given["not_applicable"]:
        return field_label(case, "score", "not_applicable")
    return level_name(case, given["level"])


def current_level(case: Case, indicator: Row) -> str:
    """Its level in the scored round; an indicator added since that was closed is not unscored in it but not of it."""
    round_ = case.review.scored_round
    if round_ and case.review.decided(round_).get(indicator.id) is None:
        return case.say("documents.assessment.added_since")
    return level_text(case, case.review.scores.get(indicator.id))


def total_text(case: Case, score: Score) -> str:
    if score.total is None:
        return case.say("documents.assessment.no_score")
    return case.say("documents.assessment.total_of", total=figure(case, score.total), maximum=figure(case, score.maximum))


def _reason(case: Case, round_: Row, indicator: Row, given: Row | None) -> tuple[str, ...]:
    nothing = case.say("app.nothing")
    if given is None:
        return (indicator["name"], level_text(case, None), nothing, evidence_told(case, round_.id, indicator.id) or nothing)
    why = shown(case, given, "rationale")
    if given["origin"]:
        why += "\n" + case.say("documents.marks.origin", origin=shown(case, given, "origin"))
    return (indicator["name"], level_text(case, given), why, shown(case, given, "evidence"))


def _rounds(case: Case) -> Iterator[Block]:
    rounds = case.state.of("round")
    if not rounds:
        yield nothing_yet(case, "round")
        return
    scores = [case.review.score_of(row) for row in rounds]
    head = (*(field_label(case, "round", name) for name in ROUND), case.say("documents.assessment.total"), case.say("documents.assessment.percent"))
    rows = tuple((*cells(case, row, ROUND), total_text(case, s), figure(case, s.percent)) for row, s in zip(rounds, scores, strict=True))
    yield Table(head, rows, (*ROUND.values(), 2.2, 1.8), frozenset({4, 5}))


def _found(case: Case, score: Score) -> Iterator[Block]:
    if score.total is None:
        yield Finding(case.say("documents.assessment.no_score"))
        return
    facts = {"total": figure(case, score.total), "maximum": figure(case, score.maximum), "percent": figure(case, score.percent)}
    yield Finding(case.say("documents.assessment.found", **facts, mean=figure(case, score.mean_level), top=score.top_level))
    unscored = [name_of(case, "criteria", c.criterion) for c in score.criteria if c.applicable and not c.scored]
    excused = [name_of(case, "criteria", c.criterion) for c in score.criteria if not c.applicable]
    if unscored:
        yield Remark(case.say("documents.assessment.provisional", criteria=", ".join(unscored)))
    if excused:
        yield Remark(case.say("documents.assessment.excused", criteria=", ".join(excused)))


def _working(case: Case, score: Score) -> Table:
    words = ("criterion", "weight", "level", "weighted", "target", "gap")
    head = tuple(case.say(f"documents.assessment.columns.{word}") for word in words)
    say = case.say
    foot = (
        (say("documents.total"), figure(case, score.weight), "", figure(case, score.total), "", ""),
        (say("documents.assessment.maximum"), "", "", figure(case, score.maximum), "", ""),
        (say("documents.assessment.percent"), "", "", figure(case, score.percent), "", ""),
    )
    rows = tuple(_line(case, one) for one in score.criteria)
    return Table(head, rows, (5.2, 2, 3, 2.2, 1.8, 1.8), frozenset({1, 2, 3, 4, 5}), foot)


def _line(case: Case, one: CriterionScore) -> tuple[str, ...]:
    weighted = figure(case, one.weighted if one.scored else None)
    name = name_of(case, "criteria", one.criterion)
    return (name, figure(case, one.weight), _level(case, one), weighted, figure(case, one.target), figure(case, one.gap))


def _level(case: Case, one: CriterionScore) -> str:
    """Its level, or why it has none."""
    if not one.applicable:
        return field_label(case, "score", "not_applicable")
    return figure(case, one.level) if one.scored else case.say("documents.assessment.unscored")


def _compared(case: Case) -> Iterator[Block]:
    rounds = case.state.of("round")
    if len(rounds) < 2:
        return
    scores = [case.review.score_of(row) for row in rounds]
    yield Heading(case.say("documents.assessment.compared"), 3)
    for (earlier, before), (later, after) in pairwise(zip(rounds, scores, strict=True)):
        change = compare(before, after)
        if change.percent_change is None:
            continue
        facts = {"earlier": earlier["name"], "later": later["name"], "before": figure(case, before.percent), "after": figure(case, after.percent)}
        yield Finding(case.say("documents.assessment.change_provisional" if change.provisional else "documents.assessment.change", **facts))
        if before.maximum != after.maximum:
            yield Remark(case.say("documents.assessment.other_maximum", before=figure(case, before.maximum), after=figure(case, after.maximum)))
    head = (case.say("documents.assessment.columns.criterion"), *(row_name(row, case) for row in rounds))
    rows = tuple(
        (name_of(case, "criteria", c.key), *(_level(case, score.of(c.key)) for score in scores)) for c in case.standard.criteria
    )
    foot = (
        (case.say("documents.total"), *(figure(case, score.total) for score in scores)),
        (case.say("documents.assessment.maximum"), *(figure(case, score.maximum) for score in scores)),
        (case.say("documents.assessment.percent"), *(figure(case, score.percent) for score in scores)),
    )
    numbers = frozenset(range(1, len(head)))
    yield Table(head, rows, (5, *(11 / len(rounds) for _ in rounds)), numbers, foot)
