"""Before step 1: which agency this is, its divisions, and the agreement it joined under."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pso_core.errors import Problem
from pso_core.steps import columns as column
from pso_core.steps.columns import Flag, PARAGRAPHS, Whole
from pso_core.steps.review import Gap, Review
from pso_core.steps.table import Kind, Step, Table


class Project(Table):
    standard: str = column.text(limit=40, required=True)
    title: str = column.text()
    example: Flag = column.flag()
    previous: str = column.text(limit=40)


class Agency(Table):
    name: str = column.text(required=True)
    province: str = column.text(limit=100)
    address: str = column.text()
    telephone: str = column.text(limit=100)
    legal_mandate: str = column.text(limit=PARAGRAPHS)
    advisor: str = column.text()
    agreement_date: str = column.day()
    co_signing_agencies: Whole = column.whole(ge=0, le=10_000)
    objectives: str = column.text(limit=PARAGRAPHS)
    roles: str = column.text(limit=PARAGRAPHS)
    problems: str = column.text(limit=PARAGRAPHS)


class Division(Table):
    name: str = column.text(required=True)
    duties: str = column.text(limit=PARAGRAPHS)
    position: Whole = column.whole(ge=0)


def gaps(review: Review) -> Iterator[Gap]:
    agency = review.state.only("agency")
    if not (agency and agency["name"]):
        yield Gap("no_agency_name", "agency")
    if not any(person.role == "facilitator" and person.active for person in review.people):
        yield Gap("no_facilitator", "people")


def _standard_stays_and_a_title_is_there(review: Review, entity_id: str, body: Mapping[str, Any]) -> Iterator[Problem]:
    """Every row is read by its project's standard: with another one, or none, the project could not be opened again.

    A project may have begun without a title (a file, the first start); whoever edits it says what it is called.
    """
    if body["standard"] != review.standard.key:
        yield Problem("standard_stays", ("project", entity_id, "standard"), {"standard": review.standard.code})
    elif not body["title"]:
        yield Problem("required", ("project", entity_id, "title"))
    if review.before and review.before.only("project")["previous"] != body["previous"]:
        yield Problem("previous_stays", ("project", entity_id, "previous"))


def _project_stays(review: Review, entity_id: str, body: Mapping[str, Any]) -> Iterator[Problem]:
    yield Problem("project_stays", ("project", entity_id))


PROJECT = Kind("project", Project, single=True, verb="decide", against=_standard_stays_and_a_title_is_there, against_removal=_project_stays)
AGENCY = Kind("agency", Agency, single=True, verb="decide")
DIVISION = Kind("division", Division, unique=("name",), verb="decide")
STEP = Step("profile", 0, (PROJECT, AGENCY, DIVISION), gaps)
