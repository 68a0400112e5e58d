"""Where many files would go: each where its name, or the name of its folder, says."""

from __future__ import annotations

import pytest

from pso_core import standards
from pso_core.actions.evidence import Planned, planned
from pso_core.office import Office
from tests.actions.peopled import office, project
from tests.building import write

STANDARD = standards.load()
PLANS = {
    "1-01 แก้ไข.pdf": Planned("1-01 แก้ไข.pdf", "1-01", "บัญชีฐานข้อมูล"),
    "1-1.pdf": Planned("1-1.pdf", "1-01", "บัญชีฐานข้อมูล"),
    "3-07_บัญชีคุมแฟ้ม.pdf": Planned("3-07_บัญชีคุมแฟ้ม.pdf", "3-07", "บัญชีคุมแฟ้ม", "reliability"),
    "๓-๐๙ บัญชีคุมแฟ้ม.pdf": Planned("๓-๐๙ บัญชีคุมแฟ้ม.pdf", "3-09", "บัญชีคุมแฟ้ม", "reliability"),
    "3-08.pdf": Planned("3-08.pdf", "3-08", "3-08", "reliability"),
    "รายงาน.pdf": Planned("รายงาน.pdf", "2-01", "รายงาน", "accuracy"),
    "12-1 นอกเกณฑ์.pdf": Planned("12-1 นอกเกณฑ์.pdf", "2-01", "12-1 นอกเกณฑ์", "accuracy"),
    "2569-11 แผน.pdf": Planned("2569-11 แผน.pdf", "2-01", "2569-11 แผน", "accuracy"),
    "3-11-2569 ประชุม.pdf": Planned("3-11-2569 ประชุม.pdf", "2-01", "3-11-2569 ประชุม", "accuracy"),
    "3-1234567 ทะเบียน.pdf": Planned("3-1234567 ทะเบียน.pdf", "2-01", "3-1234567 ทะเบียน", "accuracy"),
    "หลักฐาน/3-05 คู่มือ/สแกน.pdf": Planned("สแกน.pdf", "3-01", "สแกน", "reliability"),
    "ส่งตรวจ/๓ น่าเชื่อถือ/สแกน.pdf": Planned("สแกน.pdf", "3-01", "สแกน", "reliability"),
    "ความน่าเชื่อถือ/รอบแรก/สแกน.pdf": Planned("สแกน.pdf", "3-01", "สแกน", "reliability"),
    "evidence/3 credibility/สแกน.pdf": Planned("สแกน.pdf", "3-01", "สแกน", "reliability"),
    "3 พ.ย. 2569/สแกน.pdf": Planned("สแกน.pdf", "2-01", "สแกน", "accuracy"),
    "3/สแกน.pdf": Planned("สแกน.pdf", "2-01", "สแกน", "accuracy"),
    "3-05 คู่มือ/1-01 แก้ไข.pdf": Planned("1-01 แก้ไข.pdf", "1-01", "บัญชีฐานข้อมูล"),
    "ทั่วไป\\สแกน.pdf": Planned("สแกน.pdf", "2-01", "สแกน", "accuracy"),
}


@pytest.fixture
def piece(office: Office, project: str) -> str:
    """What 1-01 names."""
    return write(office, project, "evidence", criterion="coverage", code="1-01", title="บัญชีฐานข้อมูล", form="file").ids[0]


@pytest.mark.parametrize("name", PLANS)
def test_a_file_goes_where_the_code_in_its_name_says_else_to_the_criterion_chosen(office, project, piece, name):
    assert planned(office.store.state(project), STANDARD, [name], "accuracy") == (PLANS[name],)


def test_files_without_a_code_get_one_each(office, project):
    assert [one.code for one in planned(office.store.state(project), STANDARD, ["ก.pdf", "ข.pdf", "2-05 ค.pdf", "ง.pdf"], "accuracy")] == ["2-01", "2-02", "2-05", "2-06"]
