"""What tests of step 6 do again and again: find a score, choose a criterion, type a reason, open the next round."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from pso_core import standards
from pso_core.actions.assessment import open_round
from pso_core.text.phrases import phrases
from tests.building import person

TH = phrases("th")
SAVE = TH("page_assessment.save")
PAGE = "step_6_assessment"
NAME = {c.key: c.name.th for c in standards.load().criteria}


def rows(office, project: str, kind: str) -> list:
    return list(office.store.state(project).of(kind))


def score_of(office, project: str, criterion: str = "coverage"):
    """The newest round's score of the criterion's only indicator; None while there is none."""
    state = office.store.state(project)
    (indicator,) = state.where("indicator", criterion=criterion)
    return next(state.where("score", round=state.of("round")[-1].id, indicator=indicator.id), None)


def choose(at: AppTest, criterion: str) -> AppTest:
    return at.button_group(key="assessment/criterion").set_value(criterion).run()


def rationale(at: AppTest):
    return at.text_area[0]


def send(at: AppTest, value: str) -> AppTest:
    """What a hand-made message can put into the choice of a level: any text, whatever the page offers."""
    at.radio[0].options.append(value)
    return at.radio[0].set_value(value).run()


def as_read(label: str) -> str:
    return label.replace("\\", "").replace("\u2060", "")


def a_new_round(office, project: str) -> str:
    return open_round(office, person("facilitator"), project, "ติดตามครั้งที่ 1", office.store.state(project).seq).ids[0]
