"""The agency, and the people who did the work."""

from __future__ import annotations

from collections.abc import Iterator

from pso_core.documents.blocks import Block, Facts, Heading, Paragraph, Remark, Table
from pso_core.documents.case import Case
from pso_core.documents.records import facts, kind_title, listed, nothing_yet, paragraph, table
from pso_core.domain.people import Person
from pso_core.domain.rows import Row
from pso_core.steps.naming import field_label

RECORD = ("name", "province", "address", "telephone", "advisor", "agreement_date", "co_signing_agencies")
TAKING_PART = (("proposal", "person"), ("worksheet", "person"), ("activity", "owner"), ("progress", "person"), ("supervision", "person"))


def agency_profile(case: Case) -> Iterator[Block]:
    yield _project(case)
    agency = case.state.only("agency")
    if agency is None:
        yield nothing_yet(case, "agency")
    else:
        yield facts(case, agency, RECORD)
        yield from _told(case, agency)
    yield Heading(kind_title(case, "division"), 2)
    yield table(case, "division", case.state.of("division"), {"position": 1.4, "name": 5, "duties": 9.6})


def working_group(case: Case) -> Iterator[Block]:
    say = case.say
    members = [person for person in case.people if person.active and person.role != "viewer"]
    if not any(person.role == "facilitator" for person in members):
        yield Remark(say("gaps.no_facilitator"))
    if not members:
        return
    head = tuple(say(f"documents.people.{name}") for name in ("name", "position", "division", "role"))
    rows = tuple((p.name, p.position, p.division, say(f"choices.role.{p.role}")) for p in members)
    yield Table(head, rows, (4.5, 4.5, 4, 3))
    yield Heading(say("documents.people.taking_part"), 2)
    yield paragraph(case, "people.taking_part_purpose")
    yield _taking_part(case, members)


def _told(case: Case, agency: Row) -> Iterator[Block]:
    yield Heading(field_label(case, "agency", "legal_mandate"), 2)
    yield Paragraph(agency["legal_mandate"]) if agency["legal_mandate"] else _missing(case)
    for name in ("objectives", "roles", "problems"):
        yield Heading(field_label(case, "agency", name), 2)
        yield listed(agency[name]) or _missing(case)


def _project(case: Case) -> Facts:
    project, standard = case.state.only("project"), case.standard
    title, example, previous = facts(case, project, ("title", "example", "previous")).pairs
    named = (field_label(case, "project", "standard"), f"{standard.code} {standard.name[case.language]}")
    return Facts((title, named, *((previous,) if project["previous"] else ()), *((example,) if project["example"] else ())))


def _missing(case: Case) -> Remark:
    return Remark(case.say("documents.not_given"))


def _taking_part(case: Case, members: list[Person]) -> Table:
    head = (case.say("documents.people.name"), *(case.say(f"fields.{kind}.many") for kind, _ in TAKING_PART))
    rows = tuple(
        (person.name, *(str(sum(1 for _ in case.state.where(kind, **{field: person.id}))) for kind, field in TAKING_PART)) for person in members
    )
    return Table(head, rows, (4.5, *(2.3 for _ in TAKING_PART)), frozenset(range(1, len(head))))
