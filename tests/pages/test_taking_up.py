"""What a mock audit or a visit found is taken up in the plan by one press, and the way back is at the activity."""

from __future__ import annotations

import pytest

from pso_core.actions.reviews import review_of
from pso_core.steps.mock_audit import gaps
from pso_core.text.phrases import phrases
from pso_core.text.thaidate import say_date
from tests.building import write
from tests.pages.conftest import errors, fault, press, shown
from tests.pages.scheduling import sign
from tests.steps.small import STANDARD

TH = phrases("th")
TAKE_UP = TH("taking_up.take_up")


def section(at, name: str):
    return next(one for one in at.button_group if one.key.endswith("/section")).set_value(name).run()


def labels(at) -> list[str]:
    return [button.label for button in at.button]


@pytest.fixture
def verdict(office, example) -> str:
    """A mock audit that disagrees for a reason that lowers no level, at the first indicator of the first criterion."""
    state = office.store.state(example)
    first = next(one for criterion in STANDARD.choices("criteria") for one in state.where("indicator", criterion=criterion))
    audit = write(office, example, "mock_audit", held_on="2026-11-20", auditor="p-member").ids[0]
    return write(office, example, "mock_verdict", audit=audit, indicator=first.id, verdict="disagrees", finding="ไม่มี **แผนผัง**").ids[0]


def test_a_finding_of_a_mock_audit_becomes_an_activity_and_is_no_gap_any_more(office, example, verdict, visit):
    at = visit("evidence", role="member")
    assert f"at={verdict.replace(':', '%3A').replace('/', '%2F')}" in "".join(link.proto.query_string for link in at.get("page_link"))
    at = press(section(at, "audit"), TAKE_UP)
    state = office.store.state(example)
    activity = state.get(state.get(verdict)["activity"])
    assert (fault(at), errors(at), activity["name"], activity["expected_result"]) == ([], [], "ไม่มี **แผนผัง**", "ไม่มี **แผนผัง**")
    assert TAKE_UP not in labels(at)
    press(at, TH("taking_up.release"))
    assert office.store.state(example).get(verdict)["activity"] is None


def test_a_criterion_that_was_judged_bears_a_mark(office, example, verdict, visit):
    state = office.store.state(example)
    row = state.get(verdict)
    beside = [one for one in state.where("indicator", criterion=state.get(row["indicator"])["criterion"]) if one.id != row["indicator"]]
    chooser = next(one for one in section(visit("evidence"), "audit").button_group if one.key == "mock_audit/criterion")
    assert chooser.label == TH("page_mock_audit.which_criterion")
    assert [option.split(" ")[0] for option in said(chooser)].count("–") == len(chooser.options) - 1
    for one in beside:
        write(office, example, "mock_verdict", audit=row["audit"], indicator=one.id, verdict="agrees")
    chooser = next(one for one in section(visit("evidence"), "audit").button_group if one.key == "mock_audit/criterion")
    assert [option.split(" ")[0] for option in said(chooser)].count("△") == 1


def said(chooser) -> list[str]:
    return [option.content for option in chooser.proto.options]


def test_a_finding_of_a_visit_becomes_an_activity_and_the_activity_leads_back(office, example, visit):
    audit = office.store.state(example).of("audit")[0].id
    finding = write(office, example, "finding", audit=audit, text="ไม่มีสารบัญในแฟ้ม").ids[0]
    assert TAKE_UP not in labels(section(visit("step_9_certification", role="member"), "audit"))  # who may not write findings
    at = press(section(visit("step_9_certification"), "audit"), TAKE_UP)
    activity = office.store.state(example).get(finding)["activity"]
    assert (fault(at), office.store.state(example).get(activity)["name"]) == ([], "ไม่มีสารบัญในแฟ้ม")
    plan = visit("step_7_plan")
    plan.query_params["at"] = activity
    plan.run()
    back = [link.label for link in plan.get("page_link") if f"at={finding.replace(':', '%3A')}" in link.proto.query_string]
    assert (fault(plan), len(back), "ไม่มีสารบัญในแฟ้ม" in "".join(back)) == ([], 1, True)


def test_what_says_nothing_is_a_gap_and_yet_nothing_to_take_up(office, example, visit):
    """A bare "does not agree"; and what agrees is no gap, whatever else it says."""
    audit = write(office, example, "mock_audit", held_on="2026-11-20").ids[0]
    one, other = office.store.state(example).of("indicator")[:2]
    write(office, example, "mock_verdict", audit=audit, indicator=one.id, verdict="disagrees")
    write(office, example, "mock_verdict", audit=audit, indicator=other.id, verdict="agrees", finding="แฟ้มเป็นระเบียบดี")
    found = [gap for gap in gaps(review_of(office, office.store.state(example))) if gap.code == "mock_audit_finding"]
    assert [gap.facts for gap in found] == [{"indicator": one["name"], "finding": ""}]
    at = section(visit("evidence"), "audit")
    at = next(choice for choice in at.button_group if choice.key == "mock_audit/criterion").set_value(one["criterion"]).run()
    assert (fault(at), TAKE_UP in labels(at)) == ([], one["criterion"] == other["criterion"])


def test_where_the_plan_was_approved_it_is_said_who_opens_it_and_where(office, example, visit):
    audit = office.store.state(example).of("audit")[0].id
    write(office, example, "finding", audit=audit, text="ไม่มีสารบัญในแฟ้ม")
    sign(office, example, "plan")
    at = section(visit("step_9_certification", role="administrator"), "audit")
    assert (fault(at), TAKE_UP in labels(at), TH("taking_up.plan_approved") in shown(at)) == ([], False, True)
    assert "step_7_plan" in [link.proto.page for link in at.get("page_link") if link.proto.label == TH("steps.plan.name")]


def test_a_finding_of_a_visit_opens_the_approved_plan_with_the_visit_in_the_reason(office, example, visit):
    audit = office.store.state(example).of("audit")[0]
    finding = write(office, example, "finding", audit=audit.id, text="ไม่มีสารบัญในแฟ้ม\nทุกตู้").ids[0]
    sign(office, example, "plan")
    at = press(section(visit("step_9_certification", role="facilitator"), "audit"), TH("taking_up.reopen_yes"))
    state = office.store.state(example)
    assert (fault(at), errors(at), state.get(state.get(finding)["activity"])["expected_result"]) == ([], [], "ไม่มีสารบัญในแฟ้ม\nทุกตู้")
    assert state.get("sign_off:plan")["reason"].endswith(f"{say_date(audit['visited_on'], TH)}: ไม่มีสารบัญในแฟ้ม")
