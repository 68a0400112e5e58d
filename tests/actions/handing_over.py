"""A person's work for tests of transfer day: of every sort one that is theirs and open, beside what is done or somebody else's."""

from __future__ import annotations

from pso_core.actions.rows import Edit, save_rows
from pso_core.office import Office
from tests.actions.planning import planned, seq
from tests.actions.signing import all_approved
from tests.building import person

APPROVED = ("mission", "plan", "certification")
OPEN = {"phase:vision", "activity:open", "finding:open"}
REPORT = {"done": "ตรวจแล้วสามอำเภอ", "obstacle": "อำเภอส่งข้อมูลช้า", "evidence": "แฟ้ม ท-01 หน้า 4"}


def with_work(office: Office, owner: str = "p-member") -> str:
    """The id of a project in which OPEN, and nothing else, is still `owner`'s to do; three of its steps are approved."""
    project = planned(office, owner=owner)
    save_rows(office, person("facilitator"), project, _rows(owner), seq(office, project))
    all_approved(office, project, APPROVED)
    return project


def _rows(owner: str) -> list[Edit]:
    rows = [Edit("audit", "audit:1", {"visited_on": "2026-11-09"})]
    for name, who in (("open", owner), ("done", owner), ("others", "p-head" if owner != "p-head" else "p-member")):
        rows.append(Edit("activity", f"activity:{name}", {"name": f"งาน {name}", "owner": who, "start": "2026-10-01", "due": "2026-11-20"}))
    for name, percent, resolved in (("open", 30, None), ("done", 100, "2026-11-10")):
        of = {"activity": f"activity:{name}"}
        rows.append(Edit("progress", None, {**of, "reported_on": "2026-11-02", "percent": 10, "evidence": "แฟ้ม ท-00"}))
        rows.append(Edit("progress", None, {**of, "reported_on": "2026-11-16", "percent": percent, "person": owner, **REPORT}))
        found = {"audit": "audit:1", "text": f"ข้อ {name}", "owner": owner, "due": "2026-12-01", "resolved_on": resolved, "remedy": "ทำทะเบียนใหม่"}
        rows.append(Edit("finding", f"finding:{name}", found))
    return rows


def owners(office: Office, project: str) -> dict[str, str]:
    """{row: its owner} of everything that somebody has to do."""
    state = office.store.state(project)
    return {row.id: row["owner"] for kind in ("phase", "activity", "finding") for row in state.of(kind) if row["owner"]}
