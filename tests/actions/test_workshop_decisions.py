"""What a meeting decides stands in the step's own rows, with its session, and on record beside them."""

from __future__ import annotations

from io import BytesIO

import pytest
from docx import Document

from pso_core.actions.workshop_decisions import Decided, begin, decide, end, meeting_of, resolution_of
from pso_core.actions.workshops import Asked, Opening, ask
from pso_core.documents.minutes import minutes_file
from pso_core.errors import Mistakes, NotAllowed, NotFound, PsoError
from pso_core.office import Office
from pso_core.steps import KINDS
from pso_core.steps.columns import PARAGRAPHS
from tests.actions.workshop_rooms import LEADER, SCORING, Held, code_of, held
from tests.actions.peopled import office
from tests.building import contents, lampang, person, remove, write
from tests.documents.pdf_parts import packed, page_texts

HEAD = person("head")
WEIGHTS = dict(zip(("coverage", "accuracy", "reliability", "speed", "linkage", "currency", "participation", "access", "verifiability"), (21, 15, 14, 11, 9, 10, 10, 5, 5), strict=True))


@pytest.fixture
def project(office: Office) -> str:
    return lampang(office)


@pytest.fixture
def indicator(office: Office, project: str) -> str:
    return next(iter(office.store.state(project).of("indicator"))).id


@pytest.fixture
def round_(office: Office, project: str) -> str:
    """Lampang's round, which is open."""
    return next(iter(office.store.state(project).of("round"))).id


def scoring(office: Office, project: str, indicator: str, round_: str, **more) -> Held:
    room = begin(office, LEADER, project, Opening("assessment", "ให้คะแนนความครอบคลุม", "ห้องประชุม 1", 5, 3, True))
    asked = Asked("score", "มีบัญชีฐานข้อมูลครบ", (indicator,), {**SCORING, "writes": "score", "round": round_, **more})
    return in_room(office, room.id, asked)


def in_room(office: Office, room_id: str, *asked: Asked, phase: str = "revealed") -> Held:
    """The questions asked in a room that is on record, the first one revealed."""
    return held(office, office.store.workshops.room(room_id).project_id, *asked, phase=phase, room_id=room_id)


LEVEL_2 = Decided({"level": 2}, "ระดับ 2", proposed="ระดับ 2", spread="0 1 · 2 4", rationale="มีบัญชีแล้วแต่ยังไม่ครบ", dissent="หนึ่งคนเห็นว่าระดับ 1")


def test_the_level_stands_in_the_round_with_the_meetings_rationale_and_session(office, project, indicator, round_):
    here = scoring(office, project, indicator, round_)
    decide(office, LEADER, here.id, "q1", LEVEL_2)
    state = office.store.state(project)
    score = state.get(KINDS["score"].id_of({"round": round_, "indicator": indicator}))
    assert (score["level"], score["rationale"]) == (2, "มีบัญชีแล้วแต่ยังไม่ครบ")
    change = office.store.history(project, limit=1)[0]
    assert (change.session_id, change.action, change.seq) == (here.id, "decide_together", score.seq)
    assert here.room.question.phase == "decided"


def test_the_record_says_how_it_came_about(office, project, indicator, round_):
    here = scoring(office, project, indicator, round_)
    decide(office, LEADER, here.id, "q1", LEVEL_2)
    row = office.store.state(project).get(resolution_of(here.room, here.room.question))
    told = ("meeting", "number", "method", "decided", "proposed", "answered", "present", "rounds", "spread", "rationale", "dissent", "decided_by")
    assert [row[name] for name in told] == [
        meeting_of(here.id), 1, "score", "ระดับ 2", "ระดับ 2", 0, 5, 1, "0 1 · 2 4", "มีบัญชีแล้วแต่ยังไม่ครบ", "หนึ่งคนเห็นว่าระดับ 1", LEADER.id,
    ]  # fmt: skip


def test_nine_weights_are_one_decision_and_make_a_hundred(office, project):
    room = begin(office, LEADER, project, Opening("weights", "น้ำหนักเก้าเกณฑ์", few_shown=True))
    here = in_room(office, room.id, Asked("swing", "น้ำหนัก", tuple(WEIGHTS), {"writes": "weights", "total": 100}))
    decide(office, LEADER, here.id, "q1", Decided(WEIGHTS, "ตามที่เสนอ"))
    assert {row["criterion"]: row["weight"] for row in office.store.state(project).of("weight")} == WEIGHTS


@pytest.mark.parametrize(("rationale", "reason"), [("เรียงตามผลกระทบ", "เรียงตามผลกระทบ"), ("ก" * PARAGRAPHS, "ก" * PARAGRAPHS), ("", None)], ids=["a reason", "a long one", "none"])
def test_a_new_weight_has_the_meetings_reason_and_a_weight_that_stays_its_own(office, project, rationale, reason):
    for criterion, weight in {"coverage": 20, "accuracy": 15}.items():
        write(office, project, "weight", f"weight:{criterion}", criterion=criterion, weight=weight, reason="เหตุผลเดิม")
    room = begin(office, LEADER, project, Opening("weights", "น้ำหนักเก้าเกณฑ์", few_shown=True))
    here = in_room(office, room.id, Asked("swing", "น้ำหนัก", tuple(WEIGHTS), {"writes": "weights", "total": 100}))
    decide(office, LEADER, here.id, "q1", Decided(WEIGHTS, "ตามที่เสนอ", rationale=rationale))
    state = office.store.state(project)
    assert [state.get(f"weight:{criterion}")["reason"] for criterion in ("coverage", "accuracy")] == [reason, "เหตุผลเดิม"]


def test_what_cannot_be_saved_is_not_decided(office, project, indicator, round_):
    here = scoring(office, project, indicator, round_)
    before = contents(office.store, project)
    with pytest.raises(Mistakes):
        decide(office, LEADER, here.id, "q1", Decided({"level": 4}, "ระดับ 4", rationale="เกินไป"))
    with pytest.raises(PsoError, match="decision_missing"):
        decide(office, LEADER, here.id, "q1", Decided({"level": 2}, " ", rationale="มีบัญชี"))
    with pytest.raises(PsoError, match="decision_without_rationale"):
        decide(office, LEADER, here.id, "q1", Decided({"level": 2}, "ระดับ 2", rationale=" "))
    with pytest.raises(PsoError, match="decision_incomplete"):
        decide(office, LEADER, here.id, "q1", Decided({"level": None}, "ระดับ", rationale="มีบัญชี"))
    with pytest.raises(NotAllowed):
        decide(office, HEAD, here.id, "q1", LEVEL_2)
    with pytest.raises(NotFound):
        decide(office, LEADER, here.id, "q9", LEVEL_2)
    assert (contents(office.store, project), here.room.question.phase) == (before, "revealed")


@pytest.mark.parametrize(("change", "code"), [({"speed": 10}, "decision_sum"), ({"speed": None}, "decision_incomplete")])
def test_weights_that_do_not_make_a_hundred_are_not_decided(office, project, change, code):
    before = contents(office.store, project)[1]
    room = begin(office, LEADER, project, Opening("weights", "น้ำหนักเก้าเกณฑ์", few_shown=True))
    here = in_room(office, room.id, Asked("points", "น้ำหนัก", tuple(WEIGHTS), {"writes": "weights", "total": 100}))
    with pytest.raises(PsoError, match=code):
        decide(office, LEADER, here.id, "q1", Decided(WEIGHTS | change, "ตามที่เสนอ"))
    after = contents(office.store, project)[1]
    assert ({id_: body for id_, body in after.items() if not id_.startswith("meeting:")}, here.room.question.phase) == (before, "revealed")


@pytest.mark.parametrize("phase", ["draft", "open", "closed"])
def test_nothing_is_decided_before_it_is_revealed(office, project, indicator, round_, phase):
    room = begin(office, LEADER, project, Opening("assessment", "ให้คะแนน"))
    here = in_room(office, room.id, Asked("score", "ก", (indicator,), {**SCORING, "writes": "score", "round": round_}), phase=phase)
    with pytest.raises(PsoError, match="workshop_moved_on"):
        decide(office, LEADER, here.id, "q1", LEVEL_2)


def test_a_closed_round_takes_no_decision_of_a_meeting(office, project, indicator, round_):
    write(office, project, "round", round_, closed_on="2026-11-01")
    here = scoring(office, project, indicator, round_)
    before = contents(office.store, project)
    with pytest.raises(Mistakes):
        decide(office, LEADER, here.id, "q1", LEVEL_2)
    assert contents(office.store, project) == before


def test_a_practice_round_writes_nothing(office, project, indicator, round_):
    here = scoring(office, project, indicator, round_, practice=True)
    before = contents(office.store, project)
    decide(office, LEADER, here.id, "q1", LEVEL_2)
    assert (contents(office.store, project), here.room.question.phase) == (before, "decided")


def test_decided_anew_it_is_another_resolution_and_the_first_stays(office, project, indicator, round_):
    here = scoring(office, project, indicator, round_)
    decide(office, LEADER, here.id, "q1", LEVEL_2)
    here.to("open", because="พบหลักฐานใหม่")
    here.to("closed"), here.to("revealed")
    decide(office, LEADER, here.id, "q1", Decided({"level": 3}, "ระดับ 3", rationale="ครบแล้ว"))
    found = sorted(office.store.state(project).of("resolution"), key=lambda row: row["number"])
    assert [(row["number"], row["decided"], row["reopened_because"]) for row in found] == [(1, "ระดับ 2", None), (2, "ระดับ 3", "พบหลักฐานใหม่")]


def test_the_meeting_is_on_record_from_its_beginning_to_its_end(office, project, indicator, round_):
    here = scoring(office, project, indicator, round_)
    row = office.store.state(project).get(meeting_of(here.id))
    assert [row[name] for name in ("title", "place", "step", "held_on", "expected", "quorum", "ended_at")] == ["ให้คะแนนความครอบคลุม", "ห้องประชุม 1", "assessment", "2026-11-23", 5, 3, None]
    end(office, LEADER, here.id)
    row = office.store.state(project).get(meeting_of(here.id))
    assert (row["attended"], len(row["attendance"].splitlines()), row["ended_at"], here.room.ended_at is not None) == (5, 5, "2026-11-23T03:00:00Z", True)
    with pytest.raises(PsoError, match="workshop_ended"):
        decide(office, LEADER, here.id, "q1", LEVEL_2)


GATHERED = {"vision": ("vision", "text"), "mission": ("mission", "text"), "tasks": ("task", "name"), "plan": ("activity", "name")}


@pytest.mark.parametrize("step", GATHERED)
def test_texts_that_are_decided_become_rows_of_their_step_each_once(office, project, step):
    kind, name = GATHERED[step]
    before = [row[name] for row in office.store.state(project).of(kind)]
    room = begin(office, LEADER, project, Opening(step, "รวบรวม", few_shown=True))
    here = in_room(office, room.id, Asked("phrases", "ข้อเสนอ", (), {"names": {}, "writes": "texts", "step": step}))
    decide(office, LEADER, here.id, "q1", Decided([before[0], "ข้อใหม่ =1+1", "ข้อใหม่ =1+1"], "ตามที่รวบรวม"))
    after = [row[name] for row in office.store.state(project).of(kind)]
    if step == "vision":
        assert after == [f"{before[0]}\nข้อใหม่ =1+1\nข้อใหม่ =1+1"]
    else:
        assert sorted(after) == sorted([*before, "ข้อใหม่ =1+1"])


def test_points_are_shared_out_among_the_tasks_that_the_tier_has_now(office, project):
    """What was prepared before the tiers were decided would leave 60, 30 and 10 behind."""
    state = office.store.state(project)
    main, moved = [row.id for row in state.where("task", tier="main")], next(iter(state.where("task", tier="secondary"))).id
    room = begin(office, LEADER, project, Opening("tasks", "แบ่งคะแนน", few_shown=True))
    share = Asked("points", "แบ่ง 60 คะแนน", tuple(main), {"writes": "points", "total": 60, "tier": "main"})
    here = in_room(office, room.id, share, share)
    write(office, project, "task", moved, tier="main")
    decided = Decided(dict.fromkeys(main, 0) | {main[0]: 60}, "ตามที่เสนอ")
    assert [code_of(one) for one in (lambda: decide(office, LEADER, here.id, "q1", decided), lambda: here.to("open", "q2"))] == ["workshop_tasks_changed"] * 2
    assert [here.room.questions[one].phase for one in ("q1", "q2")] == ["revealed", "draft"]
    write(office, project, "task", moved, tier="secondary")
    decide(office, LEADER, here.id, "q1", decided)
    assert sum(row["points"] for row in office.store.state(project).where("task", tier="main")) == 60


def test_the_tier_of_a_task_that_was_removed_meanwhile_is_not_decided_and_the_refusal_says_so(office, project):
    """It would come back as a new task without code and name."""
    state = office.store.state(project)
    filed = {row["task"] for row in state.of("file")}
    one, other = [row.id for row in state.of("task") if row.id not in filed][:2]
    room = begin(office, LEADER, project, Opening("tasks", "จัดกลุ่ม", few_shown=True))
    here = in_room(office, room.id, Asked("tier", "กลุ่มใด", (one, other), {"writes": "tiers", "tiers": {"main": "หลัก", "support": "สนับสนุน"}}))
    remove(office, project, other)
    before = contents(office.store, project)
    assert code_of(lambda: decide(office, LEADER, here.id, "q1", Decided({one: "support", other: "main"}, "ตามที่เสนอ"))) == "row_gone"
    assert contents(office.store, project) == before


def test_the_minutes_have_the_agenda_with_what_was_decided_of_it(office, project, indicator, round_):
    """What was only practised is on no agenda."""
    here = scoring(office, project, indicator, round_)
    ask(office, LEADER, here.id, [Asked("score", "ข้อซ้อม", ("x",), {**SCORING, "practice": True}), Asked("stance", "เห็นด้วยกับแผนหรือไม่", ("x",), {"names": {}})])
    decide(office, LEADER, here.id, "q1", LEVEL_2)
    end(office, LEADER, here.id)
    told = [one.text for one in Document(BytesIO(minutes_file(office, LEADER, project, meeting_of(here.id), "docx", "th", False)[1])).paragraphs]
    at = told.index("ระเบียบวาระการประชุม")
    assert told[at + 1 : at + 3] == ["ระเบียบวาระที่ 1 มีบัญชีฐานข้อมูลครบ (มติที่ 1)", "ระเบียบวาระที่ 2 เห็นด้วยกับแผนหรือไม่ (ยังไม่มีมติ)"]
    assert not any("ข้อซ้อม" in line for line in told)


def told_in_minutes(office: Office, project: str, here: Held, language: str = "th") -> list[str]:
    document = Document(BytesIO(minutes_file(office, LEADER, project, meeting_of(here.id), "docx", language, False)[1]))
    return [one.text for one in document.paragraphs]


def test_of_two_matters_with_one_title_only_the_decided_one_has_its_resolution(office, project, indicator, round_):
    here = scoring(office, project, indicator, round_)
    ask(office, LEADER, here.id, [Asked("stance", here.room.question.title, ("x",), {"names": {}})])
    decide(office, LEADER, here.id, "q1", LEVEL_2)
    told = told_in_minutes(office, project, here)
    at = told.index("ระเบียบวาระการประชุม")
    assert told[at + 1 : at + 3] == ["ระเบียบวาระที่ 1 มีบัญชีฐานข้อมูลครบ (มติที่ 1)", "ระเบียบวาระที่ 2 มีบัญชีฐานข้อมูลครบ (ยังไม่มีมติ)"]


REOPENED = {"th": "นำมติที่ 1 มาพิจารณาใหม่ เนื่องจาก พบหลักฐานใหม่", "en": "Decision 1 was taken up again: พบหลักฐานใหม่"}
UNDECIDED = {"th": "ระเบียบวาระที่ 1 มีบัญชีฐานข้อมูลครบ (ยังไม่มีมติ)", "en": "Item 1: มีบัญชีฐานข้อมูลครบ (no decision)"}


@pytest.mark.parametrize("language", REOPENED)
def test_what_was_taken_up_again_and_not_decided_is_undecided_and_says_why_it_was_taken_up(office, project, indicator, round_, language):
    here = scoring(office, project, indicator, round_)
    decide(office, LEADER, here.id, "q1", LEVEL_2)
    here.to("open", because="พบหลักฐานใหม่")
    told = told_in_minutes(office, project, here, language)
    at = told.index(UNDECIDED[language])
    assert (told[at + 1], sum(line.strip() == REOPENED[language] for line in told)) == (REOPENED[language], 2)  # on the agenda, and below the resolution that was taken up


def test_what_was_decided_anew_has_its_new_resolution_and_still_says_why_after_a_second_vote(office, project, indicator, round_):
    here = scoring(office, project, indicator, round_)
    decide(office, LEADER, here.id, "q1", LEVEL_2)
    here.to("open", because="พบหลักฐานใหม่")
    for phase in ("closed", "revealed", "open", "closed", "revealed"):
        here.to(phase)
    decide(office, LEADER, here.id, "q1", Decided({"level": 3}, "ระดับ 3", rationale="ครบแล้ว"))
    told = told_in_minutes(office, project, here)
    at = told.index("ระเบียบวาระที่ 1 มีบัญชีฐานข้อมูลครบ (มติที่ 2)")
    assert told[at + 1] == REOPENED["th"]
    newest = max(office.store.state(project).of("resolution"), key=lambda row: row["number"])
    assert newest["reopened_because"] == "พบหลักฐานใหม่"


def test_the_last_page_of_the_minutes_has_everybody_who_came_with_room_to_sign(office, project, indicator, round_):
    here = scoring(office, project, indicator, round_)
    decide(office, LEADER, here.id, "q1", LEVEL_2)
    end(office, LEADER, here.id)
    names = office.store.state(project).get(meeting_of(here.id))["attendance"].splitlines()
    assert names[0] == f"{LEADER.name} · {LEADER.position}"
    word, pdf = (minutes_file(office, LEADER, project, meeting_of(here.id), form, "th", False)[1] for form in ("docx", "pdf"))
    sheet = Document(BytesIO(word)).tables[-1]
    assert [[cell.text for cell in line.cells] for line in sheet.rows] == [["ลำดับ", "ชื่อ", "ลายมือชื่อ"], *([str(place), name, ""] for place, name in enumerate(names, 1))]
    *others, last = page_texts(pdf)
    assert packed("ลายมือชื่อผู้มาประชุม") in last and packed("ผู้ตรวจรายงานการประชุม") in last
    assert not any(packed("ลายมือชื่อผู้มาประชุม") in page for page in others) and len(others) >= 1
