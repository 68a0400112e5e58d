"""A removed row comes back with what went with it; what cannot stand any more stays away, and why not is said for a version, not for something typed."""

from __future__ import annotations

import pytest

from pso_core.actions.assessment import close_round, open_round
from pso_core.actions.evidence import accept
from pso_core.actions.restoring import restore_row
from pso_core.errors import Mistakes, NotAllowed
from pso_core.store import Write
from pso_core.text.phrases import phrases
from tests.actions.peopled import office, project
from tests.building import contents, person, remove, write

FACILITATOR, MEMBER = person("facilitator"), person("member")


def seq(office, project):
    return office.store.state(project).seq


def bodies(office, project):
    return contents(office.store, project)[1]


def back(office, project, row, by=FACILITATOR):
    """The row as it was before it was removed last."""
    removed = office.store.history(project, entity_id=row, limit=1)[0].seq
    return restore_row(office, by, project, row, removed - 1, seq(office, project))


def mistakes(office, project, row):
    """What is told against bringing it back, and nothing is written."""
    before = contents(office.store, project)
    with pytest.raises(Mistakes) as refusal:
        back(office, project, row)
    assert contents(office.store, project) == before
    assert refusal.value.code == "restore_mistakes"
    return [(problem.code, problem.facts) for problem in refusal.value.problems]


def measured(office, project):
    """An indicator with a condition for each level, their thresholds, and a score in an open round."""
    round_ = open_round(office, FACILITATOR, project, "ก่อนยกระดับ", seq(office, project)).ids[0]
    indicator = write(office, project, "indicator", criterion="coverage", name="ฐานข้อมูลครบ", share=100).ids[0]
    for level in range(4):
        write(office, project, "condition", indicator=indicator, level=level, text=f"ระดับ {level}", threshold=level * 30 if level else None)
    write(office, project, "score", round=round_, indicator=indicator, level=1, rationale="ตรวจ 20 แฟ้ม")
    return round_, indicator


def test_a_removed_indicator_comes_back_with_its_conditions_and_scores(office, project):
    _, indicator = measured(office, project)
    before = bodies(office, project)
    remove(office, project, indicator)
    saved = back(office, project, indicator)
    assert bodies(office, project) == before
    assert (saved.along, saved.left) == (5, 0)
    assert office.store.history(project, limit=1)[0].action == "restore"


def test_a_score_of_a_round_closed_since_stays_away_and_is_counted(office, project):
    round_, indicator = measured(office, project)
    remove(office, project, indicator)
    close_round(office, FACILITATOR, project, round_, seq(office, project))
    saved = back(office, project, indicator)
    state = office.store.state(project)
    assert (len(state.of("condition")), state.of("score"), saved.along, saved.left) == (4, (), 4, 1)


def test_a_score_of_a_round_gone_since_stays_away(office, project):
    round_, indicator = measured(office, project)
    remove(office, project, indicator)
    remove(office, project, round_)
    assert (back(office, project, indicator).left, office.store.state(project).of("score")) == (1, ())
    assert back(office, project, round_).along == 0  # the score did not go with the round


def test_what_was_removed_before_it_does_not_come_back_with_it(office, project):
    _, indicator = measured(office, project)
    gone = office.store.state(project).of("condition")[0].id
    remove(office, project, gone)
    remove(office, project, indicator)
    back(office, project, indicator)
    assert (len(office.store.state(project).of("condition")), gone in bodies(office, project)) == (3, False)


def test_an_older_version_of_a_removed_row_comes_back_with_what_it_had_when_it_went(office, project):
    first = write(office, project, "activity", name="ทำบัญชี")
    row = first.ids[0]
    write(office, project, "activity", row, name="ทำบัญชีแฟ้ม")
    write(office, project, "progress", activity=row, reported_on="2026-11-20", percent=40)
    remove(office, project, row)
    restore_row(office, FACILITATOR, project, row, first.seq, seq(office, project))
    state = office.store.state(project)
    assert (state.get(row)["name"], [one["percent"] for one in state.of("progress")]) == ("ทำบัญชี", [40])


def test_a_field_that_an_older_version_leaves_out_is_empty_again(office, project):
    """As in a file from elsewhere, or of a field that the kind was given later."""
    first = office.store.commit(project, [Write("division:a", "division", 0, {"name": "ฝ่ายแผน"})], person_id=FACILITATOR.id, action="save")
    write(office, project, "division", "division:a", duties="ทำแผน")
    restore_row(office, FACILITATOR, project, "division:a", first, seq(office, project))
    row = office.store.state(project).get("division:a")
    assert (row["name"], row["duties"]) == ("ฝ่ายแผน", None)


def test_whoever_may_bring_a_row_back_may_bring_back_what_went_with_it(office, project):
    """Its acceptance is the facilitator's business, but went with it when a member removed it."""
    row = write(office, project, "evidence", criterion="coverage", code="1-01", title="บัญชีแฟ้ม", form="system", address="ทะเบียนแฟ้ม").ids[0]
    accept(office, FACILITATOR, project, row, seq(office, project))
    before = bodies(office, project)
    remove(office, project, row, by=MEMBER)
    back(office, project, row, by=MEMBER)
    assert bodies(office, project) == before


def test_it_comes_back_only_by_whom_it_may_be_edited(office, project):
    _, indicator = measured(office, project)
    remove(office, project, indicator)
    before = contents(office.store, project)
    with pytest.raises(NotAllowed):
        back(office, project, indicator, by=person("viewer"))
    assert contents(office.store, project) == before


@pytest.mark.parametrize(
    ("kind", "field", "rest"),
    [
        ("task", "code", {"tier": "main", "name": "งานวางแผน", "points": 1}), ("mission", "code", {"text": "พัฒนา"}), ("activity", "code", {"name": "ทำบัญชี"}),
        ("file", "file_code", {"title": "คำสั่ง"}), ("division", "name", {}),
    ],
)  # fmt: skip
def test_a_row_whose_code_another_has_since_is_refused_with_what_to_do(office, project, kind, field, rest):
    row = write(office, project, kind, **{field: "9.9"}, **rest).ids[0]
    remove(office, project, row)
    other = write(office, project, kind, **{field: "9.9"}, **rest).ids[0]
    assert mistakes(office, project, row) == [("used_since", {"value": "9.9"})]
    write(office, project, kind, other, **{field: "9.8"})
    back(office, project, row)
    assert bodies(office, project)[row][field] == "9.9"


def test_a_row_that_refers_to_one_removed_is_refused_with_what_comes_first(office, project):
    mission = write(office, project, "mission", code="1", text="พัฒนา").ids[0]
    goal = write(office, project, "goal", mission=mission, text="ครบทุกแฟ้ม").ids[0]
    remove(office, project, goal)
    remove(office, project, mission)
    assert mistakes(office, project, goal) == [("reference_comes_first", {"kind": "mission"})]
    back(office, project, mission)
    back(office, project, goal)
    assert goal in bodies(office, project)


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize(("code", "facts"), [("used_since", {"value": "9.9"}), ("reference_comes_first", {"kind": "ก"})])
def test_the_sentences_name_the_button(language, code, facts):
    say = phrases(language)
    assert f"“{say('app.restore')}”" in say(f"mistakes.{code}", **facts)
