"""Finding every mistake in rows before they are saved: each value, each row, and across rows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from functools import lru_cache
from types import MappingProxyType
from typing import Any

import pandas as pd
import pandera.pandas as pa

from pso_core.domain.rows import ProjectState
from pso_core.domain.standard import Standard
from pso_core.errors import Problem
from pso_core.steps.review import Review
from pso_core.steps.table import Field, Kind

Bodies = Mapping[str, Mapping[str, Any]]  # entity id → body with every field of the kind
Holes = Mapping[str, Set[str]]  # entity id → fields whose values could not be read, so that its body does not have them
NONE = MappingProxyType({})


def mistakes_in(kind: Kind, bodies: Bodies, standard: Standard, before: Bodies = NONE, holes: Holes = NONE) -> list[Problem]:
    """What pandera and the standard say against these rows of one kind, on their own.

    `before`: what rows held when they were found good; pandera is asked only about the columns that differ since.
    Of a row with holes only its other fields are asked about, each by itself: a rule over several would accuse what nobody typed.
    """
    whole = {entity_id: body for entity_id, body in bodies.items() if entity_id not in holes}
    problems = list(_pandera_problems(kind, whole, _differing(kind, whole, before)))
    for entity_id, body in bodies.items():
        if entity_id in holes:
            one = {entity_id: body}
            problems += _pandera_problems(kind, one, _differing(kind, one, before), rules=False)
        problems += _choice_problems(kind, entity_id, body, standard)
    return _first_per_field([p for p in problems if p.path[2] not in holes.get(p.path[1], ())])


def misnamed(kind: Kind, bodies: Bodies, holes: Holes = NONE) -> list[Problem]:
    """Rows whose id is not theirs: two rows of one key would be two weights of one criterion."""
    wrong = [entity_id for entity_id, body in bodies.items() if entity_id not in holes and not kind.may_be_called(entity_id, body)]
    return [Problem("not_an_id", (kind.name, entity_id), {"value": entity_id[:40]}) for entity_id in wrong]


def mistakes_across(kinds: Iterable[Kind], after: ProjectState) -> list[Problem]:
    """What is wrong between the rows of a whole project: shared codes, references to nothing."""
    problems: list[Problem] = []
    for kind in kinds:
        problems += _shared_values(kind, after)
        problems += _dangling_references(kind, after)
    return problems


def not_in_the_future(field: str) -> Callable[[Review, str, Mapping[str, Any]], Iterator[Problem]]:
    """For a kind's `holds`: this field is the day of something that happened."""

    def holds(review: Review, entity_id: str, body: Mapping[str, Any]) -> Iterator[Problem]:
        if body[field] and body[field] > review.today.isoformat():
            yield Problem("date_in_future", (entity_id.split(":")[0], entity_id, field), {"date": body[field]})

    return holds


def _differing(kind: Kind, bodies: Bodies, before: Bodies) -> tuple[str, ...]:
    """The fields to look at: in the order of the kind, all of them for a row that is new."""
    if any(entity_id not in before for entity_id in bodies):
        return tuple(kind.field)
    return tuple(name for name in kind.field if any(body[name] != before[entity_id].get(name) for entity_id, body in bodies.items()))


@lru_cache(maxsize=1_000)
def _schema_of(kind: Kind, names: tuple[str, ...], rules: bool) -> pa.DataFrameSchema:
    """The kind's schema for those of its columns against which it can say anything. Its rules over two columns see them all.

    The types are not asked about: `_frame` makes each column of its own type, and to confirm it costs most of a validation.
    """
    columns = kind.schema.columns
    part = kind.schema.select_columns([name for name in names if columns[name].checks or not columns[name].nullable])
    part.strict = False
    part.checks = part.checks if rules else []
    return part.update_columns({name: {"dtype": None} for name in part.columns})


def _pandera_problems(kind: Kind, bodies: Bodies, names: tuple[str, ...], rules: bool = True) -> Iterator[Problem]:
    """`rules`: those over several fields too."""
    ids = list(bodies)
    if not ids:
        return
    schema = _schema_of(kind, names, rules)
    frame = _frame(kind, bodies, tuple(kind.field) if schema.checks else tuple(schema.columns))
    # Without rules over rows a schema says what its columns say, and takes half as long again to say it.
    for asked in (schema,) if schema.checks else schema.columns.values():
        try:
            asked.validate(frame, lazy=True)
        except pa.errors.SchemaErrors as errors:
            for case in errors.failure_cases.to_dict("records"):
                place = None if pd.isna(case["index"]) else int(case["index"])
                entity_id = ids[place] if place is not None else ids[0]
                yield _as_problem(kind, entity_id, case, bodies[entity_id])


def _frame(kind: Kind, bodies: Bodies, names: tuple[str, ...]) -> pd.DataFrame:
    columns = {}
    for field in (kind.field[name] for name in names):
        values = [body[field.name] for body in bodies.values()]
        columns[field.name] = pd.Series(values, dtype=object if field.type == "levels" else field.dtype)
    return pd.DataFrame(columns)


def _as_problem(kind: Kind, entity_id: str, case: dict, body: Mapping[str, Any]) -> Problem:
    check = str(case["check"])
    name = re.split(r"[(\s]", check)[0]
    if case["schema_context"] == "DataFrameSchema":
        return Problem(check, (kind.name, entity_id, kind.field_of_rule[check]))
    field = kind.field[case["column"]]
    code, facts = _CODES[name](field, body[field.name])
    return Problem(code, (kind.name, entity_id, field.name), facts)


_CODES = {
    "not_nullable": lambda field, value: ("required", {}),
    "str_length": lambda field, value: ("too_long", {"length": len(value), "limit": field.limit}),
    "greater_than_or_equal_to": lambda field, value: ("too_small", {"value": value, "least": field.ge}),
    "less_than_or_equal_to": lambda field, value: ("too_big", {"value": value, "most": field.le}),
}


def _choice_problems(kind: Kind, entity_id: str, body: Mapping[str, Any], standard: Standard) -> Iterator[Problem]:
    for field in kind.fields:
        value, path = body[field.name], (kind.name, entity_id, field.name)
        if field.type == "choice" and value is not None:
            allowed = allowed_choices(field, standard)
            if value not in allowed:
                yield _not_allowed(field, value, allowed, path)
        if field.type == "levels":
            for criterion, levels in value.items():
                if criterion not in standard.choices("criteria"):
                    yield Problem("not_a_choice", path, {"value": criterion[:40]})
                elif not 1 <= levels <= standard.top_level:
                    yield Problem("lift_outside", path, {"value": levels, "top": standard.top_level, "criterion": criterion})


def allowed_choices(field: Field, standard: Standard) -> tuple:
    return standard.choices(field.of) if isinstance(field.of, str) else field.of


def _not_allowed(field: Field, value: Any, allowed: tuple, path: tuple) -> Problem:
    if field.of == "levels":
        return Problem("level_outside", path, {"value": value, "top": allowed[-1]})
    return Problem("not_a_choice", path, {"value": str(value)[:40]})


def _shared_values(kind: Kind, after: ProjectState) -> Iterator[Problem]:
    for name in kind.unique:
        counts = Counter(_as_seen(row[name]) for row in after.of(kind.name) if row[name] is not None)
        for row in after.of(kind.name):
            if counts[_as_seen(row[name])] > 1:
                yield Problem("already_used", (kind.name, row.id, name), {"value": row[name]})


def _as_seen(value: Any) -> Any:
    """Two codes that differ only in how many spaces they have are one to whoever reads them."""
    return " ".join(value.split()) if isinstance(value, str) else value


def _dangling_references(kind: Kind, after: ProjectState) -> Iterator[Problem]:
    for field in kind.fields:
        if field.type != "reference":
            continue
        for row in after.of(kind.name):
            target = after.get(row[field.name])
            if row[field.name] is not None and (target is None or target.kind != field.of):
                yield Problem("reference_gone", (kind.name, row.id, field.name), {"kind": field.of})


def _first_per_field(problems: list[Problem]) -> list[Problem]:
    """One problem per place: pandera repeats a row's rule for every column."""
    found: dict[tuple, Problem] = {}
    for problem in problems:
        found.setdefault(problem.path if len(problem.path) > 2 else (*problem.path, problem.code), problem)
    return list(found.values())
