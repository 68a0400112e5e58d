"""Small projects made by hand, for the rules of the steps: rows as they are saved, the people, and the day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from pso_core import standards
from pso_core.domain.evidence import digest_of, pieces
from pso_core.domain.people import Person
from pso_core.domain.rows import ProjectState, Row
from pso_core.domain.worksheets import WORKSHEET_PARTS
from pso_core.steps import KINDS, Gap, Review
from pso_core.steps.values import empty
from tests.building import PEOPLE

STANDARD = standards.load()
CRITERIA, LEVELS = STANDARD.choices("criteria"), STANDARD.choices("levels")
EVERYBODY = tuple(PEOPLE.values())


@dataclass(frozen=True)
class Project:
    """What a step's rules look at."""

    rows: tuple[Row, ...]
    people: tuple[Person, ...]
    today: date
    lost: frozenset[str] = frozenset()

    @property
    def review(self) -> Review:
        return Review(STANDARD, ProjectState("p", 1, {row.id: row for row in self.rows}), self.people, self.today, lost=self.lost)


@dataclass(frozen=True)
class Case:
    """A gap, a project where it is the only one of its code, and the same project mended."""

    gap: Gap
    open: Project
    mended: Project


def project(*rows: Row | tuple[Row, ...], people: tuple[Person, ...] = EVERYBODY, today: str = "2026-11-23", lost: frozenset[str] = frozenset()) -> Project:
    flat = tuple(one for part in rows for one in ((part,) if isinstance(part, Row) else part))
    return Project(tuple(_of_what_is_there(one, flat) for one in flat), people, date.fromisoformat(today), lost)


def _of_what_is_there(one: Row, rows: tuple[Row, ...]) -> Row:
    """A judgement is of its evidence as it is, unless the test says of what it is."""
    if one.kind != "acceptance" or one["digest"]:
        return one
    state = ProjectState("p", 1, {row.id: row for row in rows})
    piece = next(piece for piece in pieces(state, date(2026, 11, 23)) if piece.row.id == one["evidence"])
    return replace(one, body={**one.body, "digest": digest_of(piece.row, piece.files, piece.supports)})


def row(kind: str, name: str = "1", /, seq: int = 1, **values: Any) -> Row:
    """With every field, and called by its key where it has one."""
    body = {**empty(KINDS[kind]), **values}
    return Row(KINDS[kind].id_of(body) or f"{kind}:{name}", kind, 1, seq, body)


NEXT_CYCLE = row("project", standard="pso1101", previous="p0")  # what a project begun from another says of itself


def without(role: str) -> tuple[Person, ...]:
    return tuple(one for one in EVERYBODY if one.role != role)


def closed(role: str) -> tuple[Person, ...]:
    """Everybody, but the one with this role has left."""
    return tuple(replace(one, active=one.active and one.role != role) for one in EVERYBODY)


def sheets(*roles: str) -> tuple[Row, ...]:
    """Filled in, all five parts."""
    parts = dict.fromkeys(WORKSHEET_PARTS, "มี")
    return tuple(row("worksheet", role, person=PEOPLE[role].id, work_system="งานข้อมูล", **parts) for role in roles)


def phase(owner: str | None = None) -> Row:
    return row("phase", step="vision", days=5, start="2026-11-02", due="2026-11-06", owner=owner)


def baseline() -> Row:
    return row("baseline", number=1, approved_by="p-head", approved_at="2026-11-02T03:00:00Z")


def vision(adopted_on: str | None = None) -> Row:
    return row("vision", text="ข้อมูลดี", adopted_on=adopted_on)


def mission() -> Row:
    return row("mission", text="บริการ")


def goal() -> Row:
    return row("goal", mission="mission:1", text="เร็วขึ้น")


def tasks(**points: tuple[int, ...]) -> tuple[Row, ...]:
    """tasks(main=(31, 29)): a task for each."""
    return tuple(
        row("task", f"{tier}{place}", tier=tier, code=f"{number}.{place}", name="งาน", points=given, position=number * 10 + place)
        for number, tier in enumerate(points, 1)
        for place, given in enumerate(points[tier])
    )


def weight(criterion: str, points: int, importance: str | None = "medium", reason: str | None = "เหตุผล") -> Row:
    return row("weight", criterion=criterion, weight=points, importance=importance, reason=reason)


def weights(*points: int) -> tuple[Row, ...]:
    """Of the first criteria."""
    return tuple(weight(criterion, given) for criterion, given in zip(CRITERIA, points, strict=False))


def indicator(name: str = "1", criterion: str = "speed", **more: Any) -> Row:
    return row("indicator", name, criterion=criterion, name=f"ตัวชี้วัด {name}", **more)


def indicators_of(*criteria: str) -> tuple[Row, ...]:
    return tuple(indicator(criterion, criterion) for criterion in criteria)


def shared(*shares: float | None) -> tuple[Row, ...]:
    """One criterion's indicators."""
    return tuple(indicator(str(place), share=share) for place, share in enumerate(shares, 1))


def conditions(*levels: int, of: str = "1") -> tuple[Row, ...]:
    return tuple(row("condition", indicator=f"indicator:{of}", level=level, text=f"เงื่อนไข {level}") for level in levels)


def targets(*criteria: str, level: int = 3) -> tuple[Row, ...]:
    return tuple(row("target", criterion=criterion, level=level) for criterion in criteria)


def round_(name: str = "1", **more: Any) -> Row:
    return row("round", name, **{"name": f"รอบ {name}", "opened_on": "2026-11-01", "position": int(name), **more})


def score(level: int | None = None, of: str = "1", **more: Any) -> Row:
    return row("score", round="round:1", indicator=f"indicator:{of}", level=level, **more)


def activity(name: str = "1", **more: Any) -> Row:
    return row("activity", name, **{"name": "จัดทำแฟ้ม", **more})


def owned_by(*roles: str | None) -> tuple[Row, ...]:
    """An activity for each."""
    return tuple(activity(str(place), owner=role and PEOPLE[role].id) for place, role in enumerate(roles, 1))


def report(percent: int, day: str = "2026-11-20", of: str = "1", **more: Any) -> Row:
    return row("progress", f"{of}-{day}", activity=f"activity:{of}", reported_on=day, percent=percent, **more)


def visits(*days: str) -> tuple[Row, ...]:
    return tuple(row("supervision", day, visited_on=day, found="เรียบร้อย") for day in days)


def audit() -> Row:
    return row("audit", visited_on="2026-10-01")


def finding(**more: Any) -> Row:
    return row("finding", audit="audit:1", text="ป้ายไม่ชัด", **more)


def decision(outcome: str) -> Row:
    return row("decision", decided_on="2026-11-01", outcome=outcome)


def results(*groups: str) -> tuple[Row, ...]:
    return tuple(row("result", group, group=group, after="ดีขึ้น") for group in groups)


def piece(code: str = "1-01", judgement: str | None = None, seq: int = 1, **more: Any) -> tuple[Row, ...]:
    """Evidence that is a website, and what was said of it."""
    found = row("evidence", code, seq=seq, **{"criterion": "coverage", "code": code, "title": "บัญชีแฟ้ม", "form": "link", "address": "https://a.example", **more})
    return (found, row("acceptance", evidence=found.id, judgement=judgement, judged_at="2026-11-20T03:00:00Z")) if judgement else (found,)


def attached(code: str = "1-01", number: int = 1, sha256: str = "a" * 64, name: str = "บัญชี.pdf") -> Row:
    """A file of a piece of evidence."""
    return row(
        "attachment", evidence=f"evidence:{code}", number=number, name=name, media_type="application/pdf", bytes=3, sha256=sha256, added_at="2026-11-20T03:00:00Z",
    )  # fmt: skip


def supporting(*indicators: str, code: str = "1-01", level: int | None = 3, seq: int = 1) -> tuple[Row, ...]:
    return tuple(row("support", seq=seq, evidence=f"evidence:{code}", indicator=f"indicator:{one}", level=level) for one in indicators)


def complete() -> tuple[Row, ...]:
    """Everything before the request, with nothing missing and nothing warned of."""
    return (
        phase("p-member"), baseline(), vision("2026-11-01"), *sheets("facilitator", "member"), mission(), goal(), *tasks(main=(60,), secondary=(30,), support=(10,)),
        *weights(20, 10, 10, 10, 10, 10, 10, 10, 10), *indicators_of(*CRITERIA), *(one for key in CRITERIA for one in conditions(*LEVELS, of=key)),
        round_(), *(score(3, of=key, rationale="มีทะเบียน", evidence="ดู 1-01") for key in CRITERIA), *targets(*CRITERIA),
        *piece(judgement="accepted"), *supporting(*CRITERIA),
        *(activity(role, owner=PEOPLE[role].id, start="2026-11-01", due="2026-11-30") for role in ("facilitator", "member", "head")),
        report(50, of="member"), *visits("2026-11-20"),
    )  # fmt: skip
