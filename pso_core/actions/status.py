"""How far one project is: its steps with what is missing, the score with its working, the plan, how it goes, and the schedule."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from pso_core.actions.projects import find_project
from pso_core.actions.reviews import review_of
from pso_core.actions.status_schedule import schedule_of
from pso_core.domain.exact import exact
from pso_core.domain.progress import curve, is_late, percent_on, reports_by_activity, workload
from pso_core.domain.projection import after_completed, after_plan, finished, uncovered, unfinished
from pso_core.domain.scoring import coverage_of_tasks, improvement_order, working
from pso_core.office import Office
from pso_core.steps import Gap, Review
from pso_core.steps.naming import Told, amount, gap_sentence, name_of, person_name, row_name
from pso_core.steps.standing import Standing, standings
from pso_core.text.phrases import Phrases, below
from pso_core.text.thaidate import say_date

Data = dict[str, Any]


def status_of(office: Office, say: Phrases, project: str) -> tuple[list[str], Data]:
    """Lines for a person and the same as data. Refuses as `find_project` does."""
    state = office.store.state(find_project(office, project))
    review = review_of(office, state)
    told = Told(say, review.standard, state, review.people)
    digest = office.store.digest(state.project_id)
    planned, schedule = schedule_of(office, told)
    data = {
        "project": {"id": state.project_id, "name": _agency(review), "standard": review.standard.key, "changes": state.seq, "digest": digest},
        "today": review.today.isoformat(),
        "steps": [_step(told, standing) for standing in standings(review)],
        "score": _score(told, review),
        "plan": _plan(review),
        "progress": _progress(told, review),
        **schedule,
    }
    return [*_lines(told, review, data), *planned], data


def number(value: Fraction | int | None) -> int | float | None:
    """An exact number as JSON has them."""
    if value is None:
        return None
    value = exact(value)
    return int(value) if value.denominator == 1 else float(value)


def _agency(review: Review) -> str | None:
    agency = review.state.only("agency")
    return agency["name"] if agency else None


def _step(told: Told, standing: Standing) -> Data:
    return {
        "number": standing.step.number,
        "key": standing.step.key,
        "name": told.say(f"steps.{standing.step.key}.name"),
        "state": standing.state,
        "gaps": [_gap(told, gap) for gap in standing.gaps],
        "warnings": [_gap(told, gap) for gap in standing.warnings],
    }


def _gap(told: Told, gap: Gap) -> Data:
    return {"code": gap.code, "place": gap.place, "sentence": gap_sentence(told, gap)}


def _score(told: Told, review: Review) -> Data | None:
    """None before the first round is opened."""
    score = review.score
    if score is None:
        return None
    targets = {one.criterion: one for one in score.criteria}
    return {
        "round": {"id": review.scored_round.id, "name": review.scored_round["name"]},
        "total": number(score.total),
        "maximum": number(score.maximum),
        "percent": number(score.percent),
        "mean_level": number(score.mean_level),
        "provisional": score.provisional,
        "working": [
            {
                "criterion": line.criterion,
                "name": name_of(told, "criteria", line.criterion),
                "weight": number(line.weight),
                "level": number(line.level),
                "weighted": number(line.weighted),
                "applicable": line.applicable,
                "target": targets[line.criterion].target,
                "gap": number(targets[line.criterion].gap),
            }
            for line in working(score)
        ],
        "improvement_order": [one.criterion for one in improvement_order(score)],
    }


def _plan(review: Review) -> Data:
    activities, score = review.state.of("activity"), review.score
    totals: Data = {"total_after_plan": None, "total_after_finished": None, "uncovered": []}
    if score:
        current = review.scored_round.id
        totals["total_after_plan"] = number(after_plan(review.state, score, current).total)
        totals["total_after_finished"] = number(after_completed(review.state, score, current, review.today).total)
        totals["uncovered"] = [one.criterion for one in uncovered(review.state, score, current)]
    return {
        "activities": len(activities),
        "with_owner": sum(bool(activity["owner"]) for activity in activities),
        "with_dates": sum(bool(activity["start"] and (activity["due"] or activity["open_ended"])) for activity in activities),
        **totals,
    }


def _progress(told: Told, review: Review) -> Data:
    activities, reports = review.state.of("activity"), review.state.of("progress")
    by_activity = reports_by_activity(reports)
    line = curve(activities, reports, [review.today], review.today)
    late = [one for one in activities if is_late(one, percent_on(by_activity.get(one.id, ()), review.today), review.today)]
    coverage = coverage_of_tasks(review.state)
    return {
        "points_with_file": number(coverage.covered),
        "points": number(coverage.points),
        "expected_percent": number(line.points[0].expected) if line.points else None,
        "actual_percent": number(line.points[0].actual) if line.points else None,
        "counted": len(line.counted),
        "finished": len(finished(review.state, activities, review.today)),
        "late": [{"id": one.id, "name": row_name(one, told), "due": one["due"]} for one in late],
        "workload": [
            {"person_id": one.owner, "person": person_name(told, one.owner), "activities": one.activities, "percent": number(one.share * 100), "heavy": one.heavy}
            for one in workload(unfinished(review.state, review.today))
        ],
    }


def _lines(told: Told, review: Review, data: Data) -> Iterator[str]:
    say = told.say
    yield say("cli.status.head", name=data["project"]["name"] or say("app.no_agency"), code=review.standard.code, id=data["project"]["id"])
    for step in data["steps"]:
        yield say("cli.status.step", number=step["number"], name=step["name"], state=say(f"choices.step_state.{step['state']}"))
        for gap in step["gaps"]:
            yield below(say("cli.status.gap", sentence=gap["sentence"], code=gap["code"]))
        for gap in step["warnings"]:
            yield below(say("cli.status.warning", sentence=gap["sentence"], code=gap["code"]))
    yield from _score_lines(told, review)
    yield from _plan_lines(told, data)


def _score_lines(told: Told, review: Review) -> Iterator[str]:
    say, score = told.say, review.score
    if score is None or not score.started:
        excused = score is not None and not any(one.applicable for one in score.criteria)
        yield say("cli.status.all_excused", round=review.scored_round["name"]) if excused else say("cli.status.no_score")
        return
    yield say("cli.status.score", round=review.scored_round["name"], total=amount(score.total, told), maximum=amount(score.maximum, told), percent=amount(score.percent, told))
    if score.provisional:
        yield below(say("cli.status.provisional"))
    for line in working(score):
        name, weight = name_of(told, "criteria", line.criterion), amount(line.weight, told)
        if not line.applicable:
            yield below(say("cli.status.not_applicable", name=name, weight=weight))
        else:
            yield below(say("cli.status.line", name=name, weight=weight, level=amount(line.level, told), weighted=amount(line.weighted, told)))


def _plan_lines(told: Told, data: Data) -> Iterator[str]:
    say, plan, progress = told.say, data["plan"], data["progress"]
    yield say("cli.status.plan", activities=plan["activities"], owned=plan["with_owner"], dated=plan["with_dates"])
    if plan["total_after_plan"] is not None:
        yield below(say("cli.status.after", plan=amount(plan["total_after_plan"], told), finished=amount(plan["total_after_finished"], told)))
    for criterion in plan["uncovered"]:
        yield below(say("cli.status.uncovered", name=name_of(told, "criteria", criterion)))
    if progress["counted"]:
        expected, actual = amount(progress["expected_percent"], told), amount(progress["actual_percent"], told)
        yield say("cli.status.progress", finished=progress["finished"], expected=expected, actual=actual, counted=progress["counted"])
    for one in progress["late"]:
        yield below(say("cli.status.late", name=one["name"], due=say_date(one["due"], say)))
    for one in progress["workload"]:
        yield below(say("cli.status.load", person=one["person"], activities=one["activities"], percent=amount(one["percent"], told)))
