"""Saving rows: merged where people changed different things, a clash where they changed the same, nothing ever half."""

from __future__ import annotations

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pso_core.actions.restoring import restore_row
from pso_core.actions.rows import Edit, Removal, save_rows
from pso_core.errors import Clash, Clashing, Mistakes, NotFound, Problem, PsoError
from pso_core.office import Office
from pso_core.steps import KINDS
from pso_core.steps.values import read_value
from tests.actions.peopled import office
from tests.building import an_empty_project, contents, person, remove, write

FACILITATOR, ADMINISTRATOR = person("facilitator"), person("administrator")


@pytest.fixture
def project_id(office: Office) -> str:
    return an_empty_project(office)


def now(office: Office, project_id: str) -> int:
    return office.store.state(project_id).seq


def test_a_new_row_gets_every_field_and_an_id_of_its_kind(office, project_id):
    saved = write(office, project_id, "division", name="  ฝ่ายอำนวยการ ")
    (division,) = office.store.state(project_id).of("division")
    assert division.id == saved.ids[0] and division.id.startswith("division:")
    assert dict(division.body) == {"name": "ฝ่ายอำนวยการ", "duties": None, "position": None}
    assert (saved.seq, saved.merged) == (2, ())


def test_a_row_named_by_its_key_is_one_row(office, project_id):
    write(office, project_id, "weight", criterion="speed", weight=10)
    write(office, project_id, "weight", criterion="speed", weight=12)
    assert [(row.id, row.revision, row["weight"]) for row in office.store.state(project_id).of("weight")] == [("weight:speed", 2, 12)]


def test_saving_what_is_already_there_writes_nothing(office, project_id):
    write(office, project_id, "agency", name="ลำปาง")
    before = contents(office.store, project_id)
    assert write(office, project_id, "agency", name="ลำปาง").ids == ()
    assert contents(office.store, project_id) == before


def test_many_rows_are_saved_as_one_change(office, project_id):
    edits = [Edit("weight", None, {"criterion": key, "weight": 50}) for key in ("speed", "access")]
    saved = save_rows(office, FACILITATOR, project_id, edits, now(office, project_id), reason="ที่ประชุม\u200bเห็นชอบ")
    (change,) = office.store.history(project_id, limit=1)
    assert saved.seq == change.seq == 2
    assert (change.person_id, change.action, change.reason) == ("p-facilitator", "save", "ที่ประชุมเห็นชอบ")
    assert [row.entity_id for row in change.rows] == ["weight:access", "weight:speed"]


def test_different_fields_are_merged_and_said(office, project_id):
    seen = write(office, project_id, "agency", name="ลำปาง", province="ลำปาง").seq
    write(office, project_id, "agency", province="ลำพูน", by=ADMINISTRATOR, seen=seen)
    saved = write(office, project_id, "agency", advisor="รศ. ก", seen=seen)
    agency = office.store.state(project_id).only("agency")
    assert (agency["name"], agency["province"], agency["advisor"]) == ("ลำปาง", "ลำพูน", "รศ. ก")
    assert saved.merged == (("agency", "province"),)


def test_the_same_field_clashes_with_both_texts_names_and_times(office, project_id):
    seen = write(office, project_id, "vision", text="เดิม").seq
    write(office, project_id, "vision", text="ของเขา", by=ADMINISTRATOR, seen=seen)
    before = contents(office.store, project_id)
    with pytest.raises(Clash) as refusal:
        write(office, project_id, "vision", text="ของเรา", seen=seen)
    assert refusal.value.clashes == (
        Clashing("vision", "vision", "text", "เดิม", "ของเรา", "ของเขา", "p-admin", "2026-11-23T03:00:00+00:00"),
    )
    assert refusal.value.seq == now(office, project_id)
    assert contents(office.store, project_id) == before


def test_a_clash_once_seen_can_be_saved_over(office, project_id):
    seen = write(office, project_id, "vision", text="เดิม").seq
    write(office, project_id, "vision", text="ของเขา", by=ADMINISTRATOR, seen=seen)
    with pytest.raises(Clash) as refusal:
        write(office, project_id, "vision", text="ของเรา", seen=seen)
    write(office, project_id, "vision", text="ของเรา", seen=refusal.value.seq)
    assert office.store.state(project_id).only("vision")["text"] == "ของเรา"


def test_the_same_change_by_two_is_no_clash(office, project_id):
    seen = write(office, project_id, "vision", text="เดิม").seq
    write(office, project_id, "vision", text="ใหม่", by=ADMINISTRATOR, seen=seen)
    assert write(office, project_id, "vision", text="ใหม่", seen=seen).ids == ()


def test_two_who_begin_the_same_row_with_different_fields_are_merged(office, project_id):
    seen = now(office, project_id)
    write(office, project_id, "weight", criterion="speed", weight=10, by=ADMINISTRATOR, seen=seen)
    write(office, project_id, "weight", criterion="speed", reason="สำคัญ", seen=seen)
    weight = office.store.state(project_id).get("weight:speed")
    assert (weight["weight"], weight["reason"], weight.revision) == (10, "สำคัญ", 2)


def test_removing_a_row_takes_along_what_it_owns(office, project_id):
    indicator = write(office, project_id, "indicator", criterion="speed", name="ก").ids[0]
    other = write(office, project_id, "indicator", criterion="access", name="ข").ids[0]
    for level in range(4):
        write(office, project_id, "condition", indicator=indicator, level=level, text="ก")
    kept = write(office, project_id, "condition", indicator=other, level=0, text="ก").ids[0]
    saved = remove(office, project_id, indicator)
    assert len(saved.ids) == 5
    assert [row.id for row in office.store.state(project_id).of("condition")] == [kept]
    assert len(office.store.history(project_id, limit=1)[0].rows) == 5


def test_a_row_that_others_refer_to_stays(office, project_id):
    division = write(office, project_id, "division", name="ก").ids[0]
    task = write(office, project_id, "task", tier="main", code="1", name="ก", division=division).ids[0]
    before = contents(office.store, project_id)
    with pytest.raises(Mistakes) as refusal:
        remove(office, project_id, division)
    assert refusal.value.problems == (Problem("still_refers", ("task", task, "division"), {"kind": "task"}),)
    assert refusal.value.code == "removal_mistakes"
    assert contents(office.store, project_id) == before


def test_a_row_that_somebody_removed_is_not_written_again_unseen(office, project_id):
    division = write(office, project_id, "division", name="ก").ids[0]
    seen = now(office, project_id)
    remove(office, project_id, division, by=ADMINISTRATOR)
    before = contents(office.store, project_id)
    with pytest.raises(PsoError) as refusal:
        write(office, project_id, "division", division, duties="ดูแล", seen=seen)
    assert (refusal.value.code, refusal.value.facts) == ("row_gone", {"kind": "division"})
    assert contents(office.store, project_id) == before


@pytest.mark.parametrize("changed", ["the row itself", "a row it owns", "a new row it owns"])
def test_a_row_that_somebody_changed_is_not_removed_unread(office, project_id, changed):
    indicator = write(office, project_id, "indicator", criterion="speed", name="ก").ids[0]
    write(office, project_id, "condition", indicator=indicator, level=0, text="ก")
    seen = now(office, project_id)
    if changed == "the row itself":
        write(office, project_id, "indicator", indicator, method="นับ", by=ADMINISTRATOR)
    else:
        level = 0 if changed == "a row it owns" else 1
        write(office, project_id, "condition", indicator=indicator, level=level, text="ข", by=ADMINISTRATOR)
    before = contents(office.store, project_id)
    with pytest.raises(PsoError) as refusal:
        remove(office, project_id, indicator, seen=seen)
    assert refusal.value.code == "row_changed_since"
    assert contents(office.store, project_id) == before


def test_removing_what_is_gone_already_is_nothing(office, project_id):
    division = write(office, project_id, "division", name="ก").ids[0]
    seen = now(office, project_id)
    remove(office, project_id, division)
    assert remove(office, project_id, division, seen=seen).ids == ()


def test_an_earlier_version_comes_back_as_a_new_one(office, project_id):
    first = write(office, project_id, "vision", text="หนึ่ง").seq
    write(office, project_id, "vision", text="สอง")
    saved = restore_row(office, FACILITATOR, project_id, "vision", first, seen=now(office, project_id))
    vision = office.store.state(project_id).only("vision")
    assert (vision["text"], vision.revision, saved.seq) == ("หนึ่ง", 3, 4)
    assert office.store.history(project_id, limit=1)[0].action == "restore"


def test_a_removed_row_comes_back_with_its_id(office, project_id):
    written = write(office, project_id, "division", name="ก", duties="ดูแล")
    remove(office, project_id, written.ids[0])
    restore_row(office, FACILITATOR, project_id, written.ids[0], written.seq, seen=now(office, project_id))
    assert dict(office.store.state(project_id).get(written.ids[0]).body) == {"name": "ก", "duties": "ดูแล", "position": None}


def test_restoring_over_an_unseen_change_clashes(office, project_id):
    first = write(office, project_id, "vision", text="หนึ่ง").seq
    seen = write(office, project_id, "vision", text="สอง").seq
    write(office, project_id, "vision", text="สาม", by=ADMINISTRATOR)
    with pytest.raises(Clash):
        restore_row(office, FACILITATOR, project_id, "vision", first, seen)
    assert office.store.state(project_id).only("vision")["text"] == "สาม"


def test_a_version_that_never_was_is_not_restored(office, project_id):
    with pytest.raises(NotFound) as refusal:
        restore_row(office, FACILITATOR, project_id, "vision", 1, seen=1)
    assert refusal.value.code == "row_not_found"


def test_twenty_who_save_different_fields_at_once_lose_nothing(office, project_id):
    activity = write(office, project_id, "activity", name="ก").ids[0]
    write(office, project_id, "agency", name="ก")
    wanted = {
        activity: {
            "code": "1.1", "name": "ข", "sub_plan": "data", "term": "short", "lifts": {"speed": 1}, "owner": "p-member",
            "start": "2001-08-01", "due": "2001-09-30", "open_ended": True, "budget": 1000, "expected_result": "ผล", "position": 1,
        },
        "agency": {
            "name": "ข", "province": "ลำปาง", "legal_mandate": "ม. 60", "advisor": "ที่ปรึกษา", "agreement_date": "2000-09-22",
            "co_signing_agencies": 34, "objectives": "วัตถุประสงค์", "roles": "บทบาท",
        },
    }  # fmt: skip
    saves = [(entity_id.split(":")[0], entity_id, name, value) for entity_id, values in wanted.items() for name, value in values.items()]
    seen, together, failures = now(office, project_id), threading.Barrier(len(saves)), []

    def save(kind: str, entity_id: str, name: str, value: object) -> None:
        together.wait()
        try:
            write(office, project_id, kind, entity_id, seen=seen, **{name: value})
        except BaseException as failure:
            failures.append(failure)

    threads = [threading.Thread(target=save, args=one) for one in saves]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    state = office.store.state(project_id)
    assert (len(saves), failures) == (20, [])
    assert {id_: {name: state.get(id_)[name] for name in values} for id_, values in wanted.items()} == wanted
    assert state.seq == seen + 20


@given(st.text(st.characters(exclude_categories=["Cc"])) | st.text("e\u0301\u200b\u200d👩ก \n\t"), st.sampled_from([KINDS["task"].field["name"], KINDS["vision"].field["text"]]))
def test_what_is_kept_of_a_text_reads_the_same_again(text, field):
    kept = read_value(field, text)
    assert read_value(field, kept) == kept


def test_a_removal_and_an_edit_are_one_change(office, project_id):
    first = write(office, project_id, "division", name="ก").ids[0]
    save_rows(office, FACILITATOR, project_id, [Removal(first), Edit("division", None, {"name": "ก"})], now(office, project_id))
    assert [(row.id != first, row["name"]) for row in office.store.state(project_id).of("division")] == [(True, "ก")]
