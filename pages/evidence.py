"""The register of evidence: what shows each level, where it is, and what was accepted."""

from __future__ import annotations

from pso_core.ui import cached, evidence, evidence_drawer, evidence_intake, mock_audit, sections, show
from pso_core.ui.desk import Desk
from pso_core.ui.frame import step_page

SECTIONS = {"index": ("evidence", "support"), "intake": ("attachment",), "judge": ("acceptance",), "audit": ("mock_audit", "mock_verdict")}


def to_judge(desk: Desk) -> None:
    """What waits for the facilitator, the oldest first."""
    waiting = [piece for piece in cached.pieces_of(desk.review) if piece.state == "offered" and not (piece.empty or piece.lost)]
    show.quiet(desk.say("page_evidence.to_judge", count=len(waiting)))
    for piece in sorted(waiting, key=lambda one: one.row.seq):
        evidence.line(desk, piece)
        evidence_drawer.judging(desk, piece, "list")


DRAWN = {"index": lambda desk: evidence.index(), "intake": lambda desk: evidence_intake.intake(), "judge": to_judge, "audit": mock_audit.mock_audit}

with step_page("evidence", layouts={"evidence": evidence_drawer.layout}, in_place=("support", "acceptance", "mock_verdict")) as desk:
    evidence.totals(desk)
    DRAWN[sections.choose(desk, "evidence", SECTIONS)](desk)
