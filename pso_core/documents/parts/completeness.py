"""What is ready and what is still missing, said openly to whoever reads the report."""

from __future__ import annotations

from collections.abc import Iterator

from pso_core.documents.blocks import Block, Bullets, Finding, Heading, Table
from pso_core.documents.case import Case
from pso_core.documents.records import kind_title, paragraph, shown
from pso_core.steps.naming import field_label, gap_sentence, name_of
from pso_core.steps.standing import Standing


def completeness_check(case: Case) -> Iterator[Block]:
    found = case.standings
    missing, warnings = sum(len(one.gaps) for one in found), sum(len(one.warnings) for one in found)
    key = "documents.completeness.found" if missing or warnings else "documents.completeness.all"
    yield Finding(case.say(key, missing=missing, warnings=warnings))
    yield _steps(case, found)
    yield Heading(kind_title(case, "readiness"), 2)
    yield paragraph(case, "completeness.readiness_purpose")
    yield _readiness(case)
    yield Heading(case.say("documents.completeness.gaps"), 2)
    for one in found:
        yield from _gaps(case, one)


def _steps(case: Case, found: tuple[Standing, ...]) -> Table:
    head = tuple(case.say(f"documents.completeness.columns.{word}") for word in ("step", "state", "missing", "warnings"))
    rows = tuple(
        (_step_name(case, one), case.say(f"choices.step_state.{one.state}"), str(len(one.gaps)), str(len(one.warnings))) for one in found
    )
    return Table(head, rows, (8, 4, 2, 2), frozenset({2, 3}))


def _readiness(case: Case) -> Table:
    """Each part of the pack: told from the data where it can be, else by what people said of it."""
    head = (
        field_label(case, "readiness", "part"), field_label(case, "readiness", "ready"),
        case.say("documents.completeness.known"), field_label(case, "readiness", "note"),
    )  # fmt: skip
    rows = tuple(
        (
            name_of(case, "checklist", one.part.key),
            case.say("choices.flag.yes" if one.ready else "choices.flag.no"),
            case.say(f"documents.completeness.by.{one.by}"),
            shown(case, one.said, "note") if one.said else case.say("app.nothing"),
        )
        for one in case.parts_of_the_pack
    )
    return Table(head, rows, (6, 2, 3, 5))


def _gaps(case: Case, one: Standing) -> Iterator[Block]:
    if not one.gaps and not one.warnings:
        return
    yield Heading(_step_name(case, one), 3)
    warnings = (case.say("documents.completeness.warning", sentence=gap_sentence(case, gap)) for gap in one.warnings)
    yield Bullets((*(gap_sentence(case, gap) for gap in one.gaps), *warnings))


def _step_name(case: Case, one: Standing) -> str:
    name = case.say(f"steps.{one.step.key}.name")
    return case.say("documents.step", number=one.step.number, name=name) if one.step.number else name
