"""What documents say of a round that is closed: the indicators it had, the figures it was closed with."""

from __future__ import annotations

from functools import partial

import pytest

from pso_core.actions.assessment import close_round
from pso_core.documents.pack_index import index_facts
from pso_core.documents.parts.appendices import appendices
from pso_core.documents.parts.evidence import evidence_index
from pso_core.documents.parts.self_assessment import self_assessment
from pso_core.documents.template_data import template_data
from pso_core.press.build import Order, case_of
from pso_core.steps.indicators import conditions_of
from tests.actions.peopled import office
from tests.building import lampang, person, write
from tests.documents.reading import book, lines_under
from tests.documents.small import workbook_of
from tests.documents.telling import findings, tables
from tests.pages.scores import a_new_round

UNSCORED, NEW = "ยังไม่ได้ให้คะแนน", "ตัวชี้วัดที่เพิ่มภายหลัง"


@pytest.fixture
def added_since(office) -> tuple:
    """Lampang whose only round was closed complete, with one more indicator since: (office, project, the next round)."""
    project = lampang(office)
    state = office.store.state(project)
    close_round(office, person("facilitator"), project, state.of("round")[0].id, state.seq)
    write(office, project, "indicator", criterion="coverage", name=NEW)
    return office, project, partial(a_new_round, office, project)


def case_now(office, project):
    return case_of(office, Order(project, office.store.state(project).seq, office.today(), "th", False))


def reasons(found) -> list[list[tuple]]:
    return [[line for line in table.rows if isinstance(line, tuple)] for table in tables(found) if table.head[:2] == ("ตัวชี้วัด", "ระดับคะแนน") and len(table.head) == 4]


def test_a_closed_round_lists_the_indicators_it_had_in_the_report_and_its_appendices(added_since):
    office, project, the_next = added_since
    the_next()
    here = case_now(office, project)
    for found in (self_assessment(here), appendices(here)):
        (lines,) = reasons(found)
        assert len(lines) == 9 and not any(UNSCORED in line or NEW in line for line in lines)
    assert NEW in {row["name"] for row in here.state.of("indicator")}


def test_the_round_that_is_open_lists_the_new_indicator_as_unscored(added_since):
    office, project, the_next = added_since
    now = the_next()
    write(office, project, "score", round=now, indicator=office.store.state(project).of("indicator")[0].id, level=1, rationale="ตรวจ")
    before, after = reasons(self_assessment(case_now(office, project)))
    assert (len(before), [line[:2] for line in after if line[0] == NEW]) == (9, [(NEW, UNSCORED)])


def test_the_total_of_the_closed_round_stays_and_the_workbook_lists_no_score_of_the_new_indicator(added_since):
    office, project, the_next = added_since
    the_next()
    here = case_now(office, project)
    assert "คะแนนรวม 150 จาก 300 คะแนน คิดเป็นร้อยละ 50 ระดับเฉลี่ยถ่วงน้ำหนัก 1.5 จาก 3" in findings(self_assessment(here))
    lines = lines_under(book(workbook_of(here))["6 ประเมินสถานภาพ"], "คะแนนประเมิน")[1:]
    assert (len(lines), [line for line in lines if NEW in line]) == (9, [])


def test_where_evidence_stands_by_a_closed_round_a_later_indicator_is_said_to_be_later(added_since):
    office, project, _ = added_since
    here = case_now(office, project)
    told = [line[1] for line in tables(evidence_index(here))[0].rows if line[0] == NEW]
    index = [one["level"] for criterion in index_facts(here, here.pieces, {})["criteria"] for one in criterion["indicators"] if one["name"] == NEW]
    assert (told, index) == (["เพิ่มหลังปิดรอบนี้"], ["เพิ่มหลังปิดรอบนี้"])


def test_a_level_of_a_closed_round_stands_beside_the_condition_it_was_given_for(added_since):
    office, project, _ = added_since
    state = office.store.state(project)
    score = next(row for row in state.of("score") if (conditions_of(state, row["indicator"]).get(row["level"]) or {"text": None})["text"])
    was = conditions_of(state, score["indicator"])[score["level"]]
    write(office, project, "condition", was.id, text="เงื่อนไขที่แก้ภายหลัง")
    here = case_now(office, project)
    index = [one["condition"] for criterion in index_facts(here, here.pieces, {})["criteria"] for one in criterion["indicators"]]
    filled = [level["text"] for criterion in template_data(here)["criteria"] for one in criterion["indicators"] for level in one["levels"]]
    for told in (index, filled):
        assert (was["text"] in told, "เงื่อนไขที่แก้ภายหลัง" in told) == (True, False)
