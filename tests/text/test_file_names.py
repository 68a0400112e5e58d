"""Names of files in the order of their versions."""

from __future__ import annotations

from itertools import pairwise

import pytest

from pso_core.text.file_names import as_versions

IN_ORDER = (
    ("รายงาน.pdf", "รายงาน (2).pdf", "รายงาน2.pdf", "รายงาน (10).pdf", "รายงาน ฉบับแก้.pdf", "รายงาน ฉบับแก้ 2.pdf"),
    ("1-01 รายงาน.docx", "1-01 รายงาน (1).docx", "1-01 รายงาน_๒.docx", "1-01 รายงาน-3.docx", "1-02.docx", "1-10 ก.docx"),
    ("1-9.png", "1-9 (2).png", "1-10.png"),
    ("บันทึก.pdf", "บันทึก - สำเนา.pdf"),
    ("๑-๐๑ แผน.pdf", "1-01 แผน 2.pdf", "๑-๐๑ แผน ๓.pdf"),
    ("Report.PDF", "report v2.pdf", "Report v10.pdf"),
    ("รายงาน - สำเนา.pdf", "รายงานผล.pdf"),
    ("ก้าว.pdf", "ก้าว2.pdf", "ก้าวหน้า.pdf"),
    ("แผน 2567.pdf", "แผน 2568.pdf"),
)


@pytest.mark.parametrize("names", IN_ORDER, ids=lambda names: names[0])
def test_a_later_version_comes_after_an_earlier_one(names: tuple[str, ...]):
    assert all(as_versions(one) < as_versions(other) for one, other in pairwise(names))


def test_names_that_differ_in_their_ending_only_have_an_order_too():
    assert as_versions("ก.docx") < as_versions("ก.pdf")
