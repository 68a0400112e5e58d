"""A case as plain data for an agency's own template: texts to read under the names of `template_names`, nothing to call."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from pso_core.documents.case import Case
from pso_core.documents.clean import clean
from pso_core.documents.parts.upgrade_plan import period
from pso_core.documents.records import evidence_told, figure, file_shown, shown, told
from pso_core.domain.calendar import day_of, days_left
from pso_core.domain.evidence import Piece
from pso_core.domain.progress import percent_on, reports_by_activity
from pso_core.domain.projection import after_plan
from pso_core.domain.rows import Row
from pso_core.domain.scoring import CriterionScore, score_of
from pso_core.domain.standard import Criterion, Tier
from pso_core.steps import KINDS
from pso_core.steps.indicators import conditions_of
from pso_core.steps.naming import gap_sentence, level_name, name_of
from pso_core.steps.tasks import mode_of, points_of, tasks_of
from pso_core.text.thaidate import say_date, say_days_left

Record = dict[str, Any]  # texts, lists of texts, records and lists of records


def template_data(case: Case) -> Record:
    """Everything that a project holds. What is not there, and a flag that is not set, is an empty text, so that a template can ask."""
    return _cleaned({
        **_about(case),
        **{kind: record(case, kind, case.state.only(kind)) for kind in ("project", "agency", "vision", "request")},
        **{f"{kind}s": records(case, kind, case.state.of(kind)) for kind in ("division", "supervision", "file", "linkage", "decision")},
        "people": [_person(case, person) for person in case.people if person.active],
        "missions": [{**record(case, "mission", row), "goals": records(case, "goal", case.state.where("goal", mission=row.id))} for row in case.state.of("mission")],
        "tiers": [_tier(case, tier) for tier in case.standard.tiers],
        **_scored(case),
        "sub_plans": list(_sub_plans(case)),
        "evidence": [_evidence(case, piece) for piece in case.pieces],
        "result_groups": [_results(case, group) for group in case.standard.result_groups],
        "audits": [{**record(case, "audit", row), "findings": records(case, "finding", case.state.where("finding", audit=row.id))} for row in case.state.of("audit")],
        "certificate": _certificate(case),
        "missing": list(_missing(case)),
        "rows": {kind: records(case, kind, case.state.of(kind)) for kind in KINDS},
    })  # fmt: skip


def record(case: Case, kind: str, row: Row | None) -> Record:
    """Every field of a row that is for others, as it is read; of a row that is not there every field is empty."""
    return {field.name: _text(case, row, field.name) if row else "" for field in KINDS[kind].told}


def records(case: Case, kind: str, rows: Iterable[Row]) -> list[Record]:
    return [record(case, kind, row) for row in rows]


def _text(case: Case, row: Row, name: str) -> str:
    value = told(case, row, name)
    return "" if value is None or value is False or value in ("", {}) else shown(case, row, name)  # a 0 is something


def _figure(case: Case, value: Any) -> str:
    return "" if value is None else figure(case, value)


def _cleaned(value: Any) -> Any:
    """As the template's process takes it: texts that Word takes, lists and records."""
    if isinstance(value, dict):
        return {name: _cleaned(one) for name, one in value.items()}
    return [_cleaned(one) for one in value] if isinstance(value, list) else clean(value)


def _about(case: Case) -> Record:
    say, standard, language = case.say, case.standard, case.language
    return {
        "title": say("documents.title", standard=standard.code),
        "today": say_date(case.review.today, say, "long"),
        "change": str(case.state.seq),
        "digest": case.digest,
        "standard": {
            "code": standard.code, "name": standard.name[language], "owner": standard.owner[language],
            "regulation": standard.regulation[language], "clause": standard.clause,
        },
    }  # fmt: skip


def _person(case: Case, person: Any) -> Record:
    return {"name": person.name, "position": person.position, "division": person.division, "role": case.say(f"choices.role.{person.role}")}


def _tier(case: Case, tier: Tier) -> Record:
    tasks = tasks_of(case.state, tier.key)
    mode = case.say(f"choices.mode.{mode_of(case.state, case.standard, tier.key)}")
    return {"name": name_of(case, "tiers", tier.key), "quota": str(tier.quota), "points": str(points_of(tasks)), "mode": mode, "tasks": records(case, "task", tasks)}


def _scored(case: Case) -> Record:
    """The totals and the criteria of the scored round; before anything is scored their weights and targets."""
    round_, score = case.review.scored_round, case.review.score or score_of(case.state, case.standard, None)
    after = after_plan(case.state, score, round_.id) if round_ and score.total is not None else None
    both = case.totals
    given = {
        "current": score.total, "percent": score.percent, "target": score.target_total, "proven": both and both[1].total,
        "maximum": score.maximum, "after_plan": after and after.total,
    }  # fmt: skip
    return {
        "totals": {"round": round_["name"] if round_ else "", **{name: _figure(case, value) for name, value in given.items()}},
        "criteria": [_criterion(case, one, score.of(one.key)) for one in case.standard.criteria],
    }


def _criterion(case: Case, criterion: Criterion, score: CriterionScore) -> Record:
    weight = case.state.get(f"weight:{criterion.key}")
    figures = {"weight": score.weight, "current": score.level, "target": score.target, "weighted": score.weighted if score.scored else None, "gap": score.gap}
    return {
        "code": criterion.code,
        "name": criterion.name[case.language],
        "reason": (weight and weight["reason"]) or "",
        **{name: _figure(case, value) for name, value in figures.items()},
        "indicators": [_indicator(case, row) for row in case.state.where("indicator", criterion=criterion.key)],
    }


def _indicator(case: Case, row: Row) -> Record:
    score, conditions, round_ = case.review.scores.get(row.id), conditions_of(case.review.scored_on, row.id), case.review.scored_round
    return {
        **record(case, "indicator", row),
        **{name: _text(case, score, name) if score else "" for name in ("level", "rationale")},
        "evidence": (round_ and evidence_told(case, round_.id, row.id, score and score["evidence"])) or "",
        "levels": [
            {"level": level_name(case, level), **{name: _text(case, conditions[level], name) if level in conditions else "" for name in ("text", "evidence", "threshold")}}
            for level in case.standard.choices("levels")
        ],
        "pieces": [_supporting(case, piece, piece.supports[row.id]) for piece in case.pieces if row.id in piece.supports],
    }


def _supporting(case: Case, piece: Piece, level: int) -> Record:
    return {"code": piece.row["code"], "title": piece.row["title"], "level": level_name(case, level), **_stands(case, piece)}


def _stands(case: Case, piece: Piece) -> Record:
    """How it was judged, and where it is looked at: its newest file, its address or its cabinet."""
    paper = piece.paper and " ".join(filter(None, (piece.paper["file_code"], piece.paper["place"])))
    place = file_shown(case, piece) or piece.row["address"] or paper or ""
    return {"place": place, "state": case.say(f"choices.evidence_state.{piece.state}")}


def _evidence(case: Case, piece: Piece) -> Record:
    supports = [{"indicator": case.state.get(id_)["name"], "level": level_name(case, level)} for id_, level in piece.supports.items() if case.state.get(id_)]
    return {**record(case, "evidence", piece.row), **_stands(case, piece), "supports": supports}


def _sub_plans(case: Case) -> Iterator[Record]:
    """The standard's sub-plans in their order; then, if there are any, the activities of none."""
    for key in (*case.standard.sub_plans, None):
        rows = tuple(case.state.where("activity", sub_plan=key))
        if rows or key:
            name = name_of(case, "sub_plans", key) if key else case.say("documents.plan.no_sub_plan")
            yield {"name": name, "activities": [_activity(case, row) for row in rows]}


def _activity(case: Case, row: Row) -> Record:
    reports = reports_by_activity(case.state.where("progress", activity=row.id)).get(row.id, ())
    percent = _figure(case, percent_on(reports, case.review.today))
    return {**record(case, "activity", row), "percent": percent, "period": period(case, row), "reports": records(case, "progress", reports)}


def _results(case: Case, group: str) -> Record:
    return {"name": name_of(case, "result_groups", group), "results": records(case, "result", case.state.where("result", group=group))}


def _certificate(case: Case) -> Record:
    row = case.state.only("certificate")
    left = say_days_left(days_left(day_of(row["valid_to"]), case.review.today), case.say, "validity") if row else ""
    return {**record(case, "certificate", row), "left": left}


def _missing(case: Case) -> Iterator[Record]:
    """Each step in which something is missing or warned of."""
    for one in case.standings:
        if one.gaps or one.warnings:
            said = {word: [gap_sentence(case, gap) for gap in some] for word, some in (("gaps", one.gaps), ("warnings", one.warnings))}
            yield {"step": case.say(f"steps.{one.step.key}.name"), **said}
