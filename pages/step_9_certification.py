"""Step 9: is the pack ready; then the request, the audits, the decision, the certificate and the results."""

from __future__ import annotations

from pso_core.ui import certification, cycle, examiner, group_results, packs, readiness, renewal, scan, sections, submission, word_template
from pso_core.ui.desk import Desk
from pso_core.ui.frame import step_page

SECTIONS = {
    "readiness": ("readiness", "word_template"), "pack": (), "request": ("request",), "audit": ("audit", "finding"), "examiner": ("inquiry",),
    "outcome": ("decision", "certificate"), "result": ("result",),
}  # fmt: skip
LAYOUTS = {"request": certification.request_layout, "certificate": certification.certificate_layout, "result": group_results.layout}


def ready(desk: Desk) -> None:
    submission.downloads()
    word_template.word_template(desk)
    readiness.checklist()


def outcome(desk: Desk) -> None:
    certification.decisions(desk)
    certification.certificate(desk)
    scan.scan(desk)
    renewal.renewal(desk)
    cycle.cycles(desk)
    cycle.offer(desk)


DRAWN = {"readiness": ready, "pack": packs.packs, "request": certification.request, "audit": certification.audits, "examiner": examiner.section, "outcome": outcome, "result": group_results.results}

with step_page("certification", layouts=LAYOUTS, in_place=("readiness", "inquiry", "word_template")) as desk:
    DRAWN[sections.choose(desk, "certification", SECTIONS)](desk)
