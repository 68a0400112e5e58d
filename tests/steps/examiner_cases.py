"""The gap of an examiner's question, with the smallest project in which it is found, and what else mends it."""

from __future__ import annotations

from pso_core.steps import Gap
from tests.steps.small import Case, activity, project, row

ASKED = {"asked_by": "นางสาวตรวจ", "sort": "question", "asked_at": "2026-11-23T03:00:00Z"}
LONG = "ขอทะเบียนฉบับเต็ม" * 20
OPEN = {"examiner": "นางสาวตรวจ", "text": f"{LONG[:119]}…"}

OF_EXAMINERS: dict[str, Case] = {
    "certification.inquiry_open": Case(
        Gap("inquiry_open", "inquiry:1", OPEN, warning=True), project(row("inquiry", **ASKED, text=f"{LONG}\nบรรทัดที่สอง")),
        project(row("inquiry", **ASKED, text=LONG, answer="แนบแล้ว"), row("inquiry", "2", **ASKED, text=LONG, activity="activity:1"), activity()),
    ),
}  # fmt: skip
