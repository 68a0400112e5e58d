"""Step 7: the activities by sub-plan and term, what they lift, and what nobody lifts yet."""

from __future__ import annotations

from collections.abc import Iterator

from pso_core.documents.blocks import Block, Bullets, Finding, Heading, Line, Table
from pso_core.documents.case import Case
from pso_core.documents.parts import pictures
from pso_core.documents.records import figure, named_rows, nothing_yet, shown, step_heading
from pso_core.domain.exact import exact
from pso_core.domain.projection import after_plan, lifting, not_yet_in, uncovered
from pso_core.domain.rows import Row
from pso_core.domain.scoring import improvement_order
from pso_core.steps.naming import field_label, name_of
from pso_core.text.thaidate import say_date

WIDTHS = (1.4, 5, 3, 2.4, 2.4, 1.8)


def upgrade_plan(case: Case) -> Iterator[Block]:
    yield step_heading(case, "plan")
    activities = case.state.of("activity")
    if not activities:
        yield nothing_yet(case, "activity")
    else:
        yield from _projected(case)
        yield from pictures.calendar(case)
        for sub_plan in (*case.standard.sub_plans, None):
            yield from _sub_plan(case, sub_plan)
        yield from _budget(case, activities)
    yield from _order(case)


def period(case: Case, activity: Row) -> str:
    """From when to when, in words where a day is not known; an open end is said, and kept beside a due date if there is one."""
    start, due, open_ended = activity["start"], activity["due"], activity["open_ended"]
    days = {"start": say_date(start, case.say), "due": say_date(due, case.say)}
    if not open_ended and not (start and due):
        return case.say(f"page_plan.{'only_start' if start else 'only_due' if due else 'no_dates'}", **days)
    said = case.say("documents.plan.from_to", **days) if due else days["start"]
    return f"{said}\n{field_label(case, 'activity', 'open_ended')}" if open_ended else said


def _projected(case: Case) -> Iterator[Block]:
    score = case.review.score
    if score is None or score.total is None:
        return
    after = after_plan(case.state, score, case.review.scored_round.id)
    facts = {"now": figure(case, score.total), "after": figure(case, after.total), "maximum": figure(case, after.maximum)}
    yield Finding(case.say("documents.plan.projected", **facts))


def _budget(case: Case, activities: tuple[Row, ...]) -> Iterator[Block]:
    given = [exact(activity["budget"]) for activity in activities if activity["budget"] is not None]
    if given:
        yield Finding(case.say("documents.plan.budget", budget=figure(case, sum(given)), count=len(given), all=len(activities)))


def _sub_plan(case: Case, sub_plan: str | None) -> Iterator[Block]:
    activities = tuple(case.state.where("activity", sub_plan=sub_plan))
    if not activities and sub_plan is None:
        return
    yield Heading(name_of(case, "sub_plans", sub_plan) if sub_plan else case.say("documents.plan.no_sub_plan"), 3)
    if not activities:
        yield nothing_yet(case, "activity")
        return
    lines: list[Line] = []
    for term in (*case.standard.terms, None):
        found = [a for a in activities if a["term"] == term]
        if found:
            lines.append(name_of(case, "terms", term) if term else case.say("documents.plan.no_term"))
            lines += [_line(case, activity) for activity in found]
    head = (field_label(case, "activity", "position"), *(case.say(f"documents.plan.columns.{word}") for word in ("activity", "lifts", "owner", "when", "budget")))
    yield Table(head, tuple(lines), WIDTHS, frozenset({5}))


def _line(case: Case, activity: Row) -> tuple[str, ...]:
    what = " ".join(filter(None, (activity["code"], activity["name"])))
    if activity["expected_result"]:
        what += "\n" + case.say("documents.plan.expected", result=activity["expected_result"])
    return (
        shown(case, activity, "position"),
        what,
        shown(case, activity, "lifts").replace(", ", "\n"),
        shown(case, activity, "owner"),
        period(case, activity),
        shown(case, activity, "budget"),
    )


def _order(case: Case) -> Iterator[Block]:
    """Where lifting pays most, and by which activities."""
    score = case.review.score
    if score is None:
        return
    round_id = case.review.scored_round.id
    activities, wanted = not_yet_in(case.state, round_id), improvement_order(score)
    if not wanted:
        return
    yield Heading(case.say("documents.plan.order"), 3)
    head = tuple(case.say(f"documents.plan.order_columns.{word}") for word in ("criterion", "gap", "activities"))
    rows = tuple(
        (name_of(case, "criteria", one.criterion), figure(case, one.gap), named_rows(case, lifting(activities, one.criterion))) for one in wanted
    )
    yield Table(head, rows, (4.5, 2.5, 9), frozenset({1}))
    bare = uncovered(case.state, score, round_id)
    if bare:
        yield Bullets(tuple(case.say("gaps.criterion_without_activity", criterion=name_of(case, "criteria", one.criterion)) for one in bare))
