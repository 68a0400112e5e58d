"""Rounds of assessment: opening, closing, opening again; and what they refuse."""

from functools import partial

import pytest

from pso_core import standards
from pso_core.actions.assessment import close_round, is_open, open_round, reopen_round
from pso_core.actions.projects import export_project, import_project
from pso_core.actions.reasons import LONGEST
from pso_core.actions.restoring import restore_row
from pso_core.errors import Mistakes, NotAllowed, PsoError
from pso_core.steps import Review
from pso_core.text.phrases import phrases
from tests.actions.peopled import office, project
from tests.building import contents, person, remove, write

FACILITATOR = person("facilitator")


def rounds(office, project):
    return office.store.state(project).of("round")


def opened(office, project, name="ก่อนยกระดับ", by=FACILITATOR):
    return open_round(office, by, project, name, office.store.state(project).seq).ids[0]


def codes(refusal) -> list[str]:
    return [problem.code for problem in refusal.value.problems]


def test_a_round_is_opened_today_in_thailand(office, project):
    opened(office, project)
    (round_,) = rounds(office, project)
    assert (round_["name"], round_["opened_on"], round_["closed_on"], round_["position"]) == ("ก่อนยกระดับ", "2026-11-23", None, 1)


def test_opening_the_next_round_closes_the_one_before(office, project):
    opened(office, project)
    opened(office, project, "ติดตามครั้งที่ 1")
    assert [(r["name"], is_open(r), r["position"]) for r in rounds(office, project)] == [
        ("ก่อนยกระดับ", False, 1),
        ("ติดตามครั้งที่ 1", True, 2),
    ]
    assert office.store.history(project, limit=1)[0].action == "open_round"


def test_a_round_closed_before_keeps_its_day(office, project):
    first = opened(office, project)
    write(office, project, "round", first, opened_on="2026-01-05", closed_on="2026-02-01")
    opened(office, project, "ติดตามครั้งที่ 1")
    assert rounds(office, project)[0]["closed_on"] == "2026-02-01"


@pytest.mark.parametrize(("name", "code"), [("", "required"), ("   ", "required"), ("ก" * 101, "too_long"), ("ก่อนยกระดับ", "already_used")])
def test_a_round_needs_a_name_of_its_own(office, project, name, code):
    opened(office, project)
    before = contents(office.store, project)
    with pytest.raises(Mistakes) as refusal:
        opened(office, project, name)
    assert set(codes(refusal)) == {code}
    assert contents(office.store, project) == before


def test_two_facilitators_opening_the_same_round_at_once_open_one(office, project):
    seen = office.store.state(project).seq
    open_round(office, FACILITATOR, project, "ก่อนยกระดับ", seen)
    with pytest.raises(Mistakes):
        open_round(office, person("administrator"), project, "ก่อนยกระดับ", seen)
    assert len(rounds(office, project)) == 1


def test_scores_of_a_closed_round_stay_until_it_is_opened_again_with_a_reason(office, project):
    round_id = opened(office, project)
    indicator = write(office, project, "indicator", criterion="coverage", name="ฐานข้อมูลครบ", share=100).ids[0]
    score = {"round": round_id, "indicator": indicator, "rationale": "ตรวจ 20 แฟ้ม พบ 14 แฟ้ม"}
    write(office, project, "score", level=1, **score)
    close_round(office, FACILITATOR, project, round_id, office.store.state(project).seq)
    before = contents(office.store, project)
    with pytest.raises(Mistakes) as refusal:
        write(office, project, "score", level=3, **score)
    assert codes(refusal) == ["round_closed"]
    assert contents(office.store, project) == before
    reopen_round(office, FACILITATOR, project, round_id, before[0], "  ลงคะแนนผิดแถว ")
    change = office.store.history(project, limit=1)[0]
    assert (change.action, change.reason) == ("reopen_round", "ลงคะแนนผิดแถว")
    write(office, project, "score", level=3, **score)
    assert [row["level"] for row in office.store.state(project).of("score")] == [3]


def test_a_round_is_not_opened_again_without_a_reason(office, project):
    round_id = opened(office, project)
    close_round(office, FACILITATOR, project, round_id, office.store.state(project).seq)
    before = contents(office.store, project)
    for reason in ("", " \u200b\x00 "):
        with pytest.raises(PsoError) as refusal:
            reopen_round(office, FACILITATOR, project, round_id, before[0], reason)
        assert refusal.value.code == "reason_missing"
    with pytest.raises(PsoError) as too_long:
        reopen_round(office, FACILITATOR, project, round_id, before[0], "ก" * 100_000)
    assert (too_long.value.code, too_long.value.facts) == ("reason_long", {"length": 100_000, "limit": LONGEST})
    assert contents(office.store, project) == before


def test_a_round_is_not_closed_before_it_opens(office, project):
    round_id = opened(office, project)
    write(office, project, "round", round_id, opened_on="2027-01-05")
    with pytest.raises(Mistakes) as refusal:
        close_round(office, FACILITATOR, project, round_id, office.store.state(project).seq)
    assert codes(refusal) == ["closed_before_opened"]
    assert is_open(rounds(office, project)[0])


@pytest.mark.parametrize("role", ["viewer", "member", "head"])
def test_rounds_are_for_those_who_decide(office, project, role):
    closed, still_open = opened(office, project), opened(office, project, "ติดตามครั้งที่ 1")
    before = contents(office.store, project)
    seen, actor = before[0], person(role)
    for attempt in (
        lambda: open_round(office, actor, project, "ติดตามครั้งที่ 2", seen),
        lambda: close_round(office, actor, project, still_open, seen),
        lambda: reopen_round(office, actor, project, closed, seen, "เหตุผล"),
    ):
        with pytest.raises(NotAllowed) as refusal:
            attempt()
        assert refusal.value.code == "not_allowed"
    assert contents(office.store, project) == before


def test_only_one_round_is_open_at_a_time_whoever_opens_it_and_how(office, project):
    """Two facilitators press at the same moment: neither's list of rounds to close names the other's."""
    first = opened(office, project)
    opened(office, project, "ติดตามครั้งที่ 1")
    before = contents(office.store, project)
    for attempt in (
        lambda: write(office, project, "round", name="ติดตามครั้งที่ 2", opened_on="2026-11-23"),
        lambda: reopen_round(office, FACILITATOR, project, first, before[0], "ลงคะแนนผิดแถว"),
    ):
        with pytest.raises(Mistakes) as refusal:
            attempt()
        assert [(p.code, p.facts) for p in refusal.value.problems] == [("another_round_open", {"round": "ติดตามครั้งที่ 1"})]
    assert contents(office.store, project) == before


def test_an_indicator_stays_while_a_closed_round_has_its_score(office, project):
    round_id = opened(office, project)
    indicator = write(office, project, "indicator", criterion="coverage", name="ฐานข้อมูลครบ", share=100).ids[0]
    write(office, project, "score", round=round_id, indicator=indicator, level=1, rationale="ตรวจ 20 แฟ้ม พบ 14 แฟ้ม")
    close_round(office, FACILITATOR, project, round_id, office.store.state(project).seq)
    before = contents(office.store, project)
    with pytest.raises(Mistakes) as refusal:
        remove(office, project, indicator)
    assert [(p.code, p.facts) for p in refusal.value.problems] == [("scored_in_closed_round", {"round": "ก่อนยกระดับ"})]
    assert contents(office.store, project) == before


def test_an_indicator_goes_with_its_scores_while_their_round_is_open(office, project):
    round_id = opened(office, project)
    indicator = write(office, project, "indicator", criterion="coverage", name="ฐานข้อมูลครบ", share=100).ids[0]
    write(office, project, "score", round=round_id, indicator=indicator, level=1, rationale="ตรวจ 20 แฟ้ม พบ 14 แฟ้ม")
    remove(office, project, indicator)
    state = office.store.state(project)
    assert (state.of("indicator"), state.of("score")) == ((), ())


def _assessed(office, project) -> str:
    """A round with one indicator at level 2 of a criterion that weighs everything: 200 of 300."""
    round_id = opened(office, project)
    write(office, project, "weight", criterion="coverage", weight=100)
    indicator = write(office, project, "indicator", criterion="coverage", name="ฐานข้อมูลครบ").ids[0]
    write(office, project, "score", round=round_id, indicator=indicator, level=2, rationale="ตรวจ 20 แฟ้ม พบ 14 แฟ้ม")
    return round_id


def _total(office, project, round_id):
    state = office.store.state(project)
    review = Review(standards.load(), state, (), office.today(), partial(office.store.as_of, project))
    score = review.score_of(state.get(round_id))
    return score.total, score.of("coverage").scored, score.of("coverage").target


def test_a_closed_round_keeps_its_total_whatever_becomes_of_weights_and_indicators(office, project):
    round_id = _assessed(office, project)
    close_round(office, FACILITATOR, project, round_id, office.store.state(project).seq)
    write(office, project, "weight", criterion="coverage", weight=40)
    write(office, project, "indicator", criterion="coverage", name="ฐานข้อมูลใหม่")
    write(office, project, "target", criterion="coverage", level=3)
    assert _total(office, project, round_id) == (200, True, 3)  # targets are set after the round, and are today's


def test_an_open_round_follows_weights_and_indicators(office, project):
    round_id = _assessed(office, project)
    write(office, project, "weight", criterion="coverage", weight=40)
    assert _total(office, project, round_id) == (80, True, None)


def test_a_closed_round_is_changed_in_no_other_way_than_opening_it_again(office, project):
    round_id = _assessed(office, project)
    close_round(office, FACILITATOR, project, round_id, office.store.state(project).seq)
    before = contents(office.store, project)
    with pytest.raises(Mistakes) as refusal:
        write(office, project, "round", round_id, name="ชื่อใหม่")
    assert [(p.code, p.facts) for p in refusal.value.problems] == [("closed_round_stays", {"round": "ก่อนยกระดับ"})]
    assert contents(office.store, project) == before


def test_neither_an_earlier_version_nor_a_save_opens_a_closed_round_without_a_reason(office, project):
    round_id = opened(office, project)
    then = office.store.state(project).seq
    close_round(office, FACILITATOR, project, round_id, then)
    before = contents(office.store, project)
    for attempt in (
        lambda: restore_row(office, FACILITATOR, project, round_id, then, before[0]),
        lambda: write(office, project, "round", round_id, closed_on=None),
    ):
        with pytest.raises(Mistakes) as refusal:
            attempt()
        assert [(p.code, p.facts) for p in refusal.value.problems] == [("closed_round_stays", {"round": "ก่อนยกระดับ"})]
    assert contents(office.store, project) == before
    reopen_round(office, FACILITATOR, project, round_id, before[0], "ลงคะแนนผิดแถว")
    assert is_open(rounds(office, project)[0])


def test_a_closed_round_is_removed_only_after_it_was_opened_again_with_a_reason(office, project):
    round_id = _assessed(office, project)
    close_round(office, FACILITATOR, project, round_id, office.store.state(project).seq)
    before = contents(office.store, project)
    with pytest.raises(Mistakes) as refusal:
        remove(office, project, round_id)
    assert [(p.code, p.facts) for p in refusal.value.problems] == [("closed_round_stays", {"round": "ก่อนยกระดับ"})]
    assert contents(office.store, project) == before
    reopen_round(office, FACILITATOR, project, round_id, before[0], "เปิดรอบผิด")
    remove(office, project, round_id)
    assert (rounds(office, project), office.store.state(project).of("score")) == ((), ())


@pytest.mark.parametrize("language", ["th", "en"])
def test_the_refusal_names_the_button_that_opens_a_round_again(language):
    say = phrases(language)
    assert f"“{say('page_assessment.reopen')}”" in say("mistakes.closed_round_stays", round="ก")


def test_the_round_that_is_open_is_the_one_people_work_on_wherever_it_stands(office, project):
    """A project file may hold a round without a place, which stands last."""
    first = write(office, project, "round", name="จากแฟ้ม", opened_on="2026-01-05", closed_on="2026-02-01").ids[0]
    second = opened(office, project)
    state = office.store.state(project)
    assert [row.id for row in state.of("round")] == [second, first]
    assert Review(standards.load(), state, (), office.today()).current_round.id == second


def test_a_closed_round_keeps_its_total_in_a_file_with_history_only(office, project):
    """As docs/project-file.md says, and the page where the file is made."""
    round_id = _assessed(office, project)
    close_round(office, FACILITATOR, project, round_id, office.store.state(project).seq)
    write(office, project, "weight", criterion="coverage", weight=40)
    totals = {}
    for with_history in (True, False):
        copy = import_project(office, FACILITATOR, export_project(office, FACILITATOR, project, with_history))
        totals[with_history] = _total(office, copy, round_id)[0]
    assert totals == {True: 200, False: 80}
