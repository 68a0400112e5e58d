"""From levels to the score: indicator → criterion → weighted score → total, exact all the way."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

from pso_core.domain.exact import Number, exact
from pso_core.domain.rows import ProjectState, Row
from pso_core.domain.standard import Standard


@dataclass(frozen=True, slots=True)
class IndicatorScore:
    """One indicator in one round. `share` is its part of the criterion in percent; `level` None is not scored yet."""

    indicator: str
    share: Fraction
    level: Fraction | None
    applicable: bool


@dataclass(frozen=True, slots=True)
class CriterionScore:
    """One criterion in one round. `level` None is not known yet (or not applicable), which is not level 0."""

    criterion: str
    weight: Fraction
    level: Fraction | None
    applicable: bool
    target: int | None = None
    indicators: tuple[IndicatorScore, ...] = ()

    @property
    def scored(self) -> bool:
        return self.level is not None

    @property
    def weighted(self) -> Fraction:
        """Weight × level; what it adds to the total (nothing while it has no level)."""
        return self.weight * self.level if self.level is not None else Fraction(0)

    @property
    def gap(self) -> Fraction | None:
        """(Target − current) × weight; below 0 when the target is passed, None while either is unknown."""
        if self.level is None or self.target is None:
            return None
        return (self.target - self.level) * self.weight


@dataclass(frozen=True)
class Score:
    """The criteria of one round in the standard's order, and what follows from them."""

    criteria: tuple[CriterionScore, ...]
    top_level: int

    @cached_property
    def weight(self) -> Fraction:
        """The weights that apply: 100 when all do and the team has shared them out."""
        return sum((c.weight for c in self.criteria if c.applicable), Fraction(0))

    @cached_property
    def maximum(self) -> Fraction:
        """Top level × the weights that apply (300 when all do and they make 100)."""
        return self.top_level * self.weight

    @cached_property
    def total(self) -> Fraction | None:
        """None when nothing that carries weight applies or nothing is scored yet: no score, which is not 0."""
        return sum((c.weighted for c in self.criteria), Fraction(0)) if self.maximum and self.started else None

    @cached_property
    def target_total(self) -> Fraction | None:
        """What the targets make; None while a criterion that applies has none."""
        counted = [c for c in self.criteria if c.applicable]
        if not counted or any(c.target is None for c in counted):
            return None
        return sum((c.weight * c.target for c in counted), Fraction(0))

    @cached_property
    def provisional(self) -> bool:
        """An applicable criterion has no level yet."""
        return any(c.applicable and not c.scored for c in self.criteria)

    @cached_property
    def started(self) -> bool:
        return any(c.scored for c in self.criteria)

    @property
    def percent(self) -> Fraction | None:
        return None if self.total is None else self.total * 100 / self.maximum

    @property
    def mean_level(self) -> Fraction | None:
        """The mean of the levels, by weight: 0 to the top level."""
        return None if self.total is None else self.total * self.top_level / self.maximum

    @cached_property
    def _by_key(self) -> Mapping[str, CriterionScore]:
        return {c.criterion: c for c in self.criteria}

    def of(self, criterion: str) -> CriterionScore | None:
        return self._by_key.get(criterion)


@dataclass(frozen=True, slots=True)
class Working:
    """One line of the sum: weight × level = weighted. Both are None where nothing is counted (yet)."""

    criterion: str
    weight: Fraction
    level: Fraction | None
    weighted: Fraction | None
    applicable: bool


@dataclass(frozen=True, slots=True)
class Change:
    """One criterion in two rounds; `change` is in levels, None unless it has a level in both."""

    criterion: str
    before: Fraction | None
    after: Fraction | None

    @property
    def change(self) -> Fraction | None:
        return None if self.before is None or self.after is None else self.after - self.before


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two rounds. Totals of unlike maximum do not compare, percents do; `provisional` if either is."""

    criteria: tuple[Change, ...]
    total_change: Fraction | None
    percent_change: Fraction | None
    provisional: bool


@dataclass(frozen=True, slots=True)
class Coverage:
    """Mission points of the tasks that have what is asked, out of all; `bare` are the tasks that have not."""

    covered: Fraction
    points: Fraction
    bare: tuple[str, ...]


def level_of_criterion(shares_and_levels: Iterable[tuple[Number, Number | None]]) -> Fraction | None:
    """Σ share × level ÷ Σ share over the applicable indicators; None while one has no level or no share counts."""
    pairs = list(shares_and_levels)
    whole = sum((exact(share) for share, _ in pairs), Fraction(0))
    if not whole or any(level is None for _, level in pairs):
        return None
    return sum((exact(share) * exact(level) for share, level in pairs), Fraction(0)) / whole


def score_of(state: ProjectState, standard: Standard, round_id: str | None, decided: ProjectState | None = None) -> Score:
    """The score of one round, measured against the targets of `state`. Without a round nothing is scored.

    `decided`: the project as it stood when the round was closed, whose weights, indicators and levels then count.
    A criterion without a weight weighs 0; one without an indicator has no level yet.
    """
    targets, state = {row["criterion"]: row["level"] for row in state.of("target")}, decided or state
    weights = {row["criterion"]: exact(row["weight"] or 0) for row in state.of("weight")}
    given = {row["indicator"]: row for row in state.where("score", round=round_id)}
    return Score(
        tuple(
            _criterion_score(
                criterion.key,
                weights.get(criterion.key, Fraction(0)),
                _indicator_scores(tuple(state.where("indicator", criterion=criterion.key)), given),
                targets.get(criterion.key),
            )
            for criterion in standard.criteria
        ),
        standard.top_level,
    )


def proven(score: Score, shown: Mapping[str, int]) -> Score:
    """The same round counting each level only as far as evidence goes. `shown`: {indicator: the level that evidence shows}, else 0."""

    def kept(i: IndicatorScore) -> IndicatorScore:
        return i if i.level is None else replace(i, level=min(i.level, Fraction(shown.get(i.indicator, 0))))

    return replace(
        score,
        criteria=tuple(
            _criterion_score(c.criterion, c.weight, tuple(map(kept, c.indicators)), c.target) for c in score.criteria
        ),
    )


def working(score: Score) -> tuple[Working, ...]:
    """The sum line by line; the `weighted` of all lines make the total."""
    return tuple(
        Working(c.criterion, c.weight, c.level, c.weighted if c.scored else None, c.applicable)
        for c in score.criteria
    )


def improvement_order(score: Score) -> tuple[CriterionScore, ...]:
    """The criteria below their target, widest gap first; then the heavier weight, then the standard's order."""
    below = (c for c in score.criteria if c.gap is not None and c.gap > 0)
    return tuple(sorted(below, key=lambda c: (-c.gap, -c.weight)))


def compare(before: Score, after: Score) -> Comparison:
    """What changed from one round to another, criterion by criterion in the standard's order."""
    keys = dict.fromkeys(c.criterion for score in (after, before) for c in score.criteria)
    same_scale = before.maximum == after.maximum
    return Comparison(
        tuple(Change(key, _level(before, key), _level(after, key)) for key in keys),
        _difference(before.total, after.total) if same_scale else None,
        _difference(before.percent, after.percent),
        before.provisional or after.provisional,
    )


def coverage_of_tasks(state: ProjectState, having: Container[str] | None = None) -> Coverage:
    """How many mission points belong to tasks in `having` (default: tasks with a file in the register)."""
    if having is None:
        having = {row["task"] for row in state.of("file")}
    tasks = state.of("task")
    return Coverage(
        sum((_points(task) for task in tasks if task.id in having), Fraction(0)),
        sum(map(_points, tasks), Fraction(0)),
        tuple(task.id for task in tasks if task.id not in having),
    )


def _criterion_score(
    key: str, weight: Fraction, indicators: tuple[IndicatorScore, ...], target: int | None
) -> CriterionScore:
    counted = [i for i in indicators if i.applicable]
    return CriterionScore(
        key,
        weight,
        level_of_criterion((i.share, i.level) for i in counted),
        bool(counted) or not indicators,
        target,
        indicators,
    )


def _indicator_scores(indicators: Sequence[Row], given: Mapping[str, Row]) -> tuple[IndicatorScore, ...]:
    return tuple(
        _indicator_score(row, share, given.get(row.id))
        for row, share in zip(indicators, _shares(indicators), strict=True)
    )


def _indicator_score(indicator: Row, share: Fraction, given: Row | None) -> IndicatorScore:
    if given is None:
        return IndicatorScore(indicator.id, share, None, True)
    if given["not_applicable"]:
        return IndicatorScore(indicator.id, share, None, False)
    level = given["level"]
    return IndicatorScore(indicator.id, share, None if level is None else exact(level), True)


def _shares(indicators: Sequence[Row]) -> list[Fraction]:
    """A lone indicator is the whole; where none names a share all count the same, else an unnamed one is 0."""
    if len(indicators) == 1 or all(row["share"] is None for row in indicators):
        return [Fraction(100, len(indicators)) for _ in indicators]
    return [exact(row["share"] or 0) for row in indicators]


def _points(task: Row) -> Fraction:
    return exact(task["points"] or 0)


def _level(score: Score, key: str) -> Fraction | None:
    found = score.of(key)
    return found.level if found else None


def _difference(before: Fraction | None, after: Fraction | None) -> Fraction | None:
    return None if before is None or after is None else after - before
