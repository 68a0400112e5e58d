"""What cannot be saved: each value is refused with its sentence in both languages, and nothing is written."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from pso_core.actions.projects import EXAMPLES
from pso_core.actions.rows import Edit, save_rows
from pso_core.errors import Mistakes
from pso_core.office import Office
from pso_core.steps import KINDS
from pso_core.steps.naming import Told, mistake_sentence
from pso_core.text.phrases import LANGUAGES, phrases
from tests.building import an_office, contents, lampang, person, remove, write

FACILITATOR = person("facilitator")
ROWS = json.loads((EXAMPLES / "lampang" / "project.json").read_bytes())["rows"]


def one(kind: str) -> str:
    return next(row["id"] for row in ROWS if row["kind"] == kind)


ROUND, INDICATOR = one("round"), one("indicator")
HUNDRED_THOUSAND = "ก" * 100_000

REFUSED = [
    ("score", one("score"), {"level": 4}, "level_outside"),
    ("score", one("score"), {"level": -1}, "level_outside"),
    ("score", one("score"), {"level": 2.5}, "not_whole"),
    ("score", one("score"), {"level": "2.5"}, "not_whole"),
    ("score", one("score"), {"level": "สาม"}, "not_a_number"),
    ("score", one("score"), {"level": float("inf")}, "not_a_number"),
    ("score", one("score"), {"level": True}, "not_a_number"),
    ("score", one("score"), {"level": 10**30}, "too_large"),
    ("score", one("score"), {"not_applicable": True, "level": None, "rationale": None}, "not_applicable_without_reason"),
    ("score", one("score"), {"not_applicable": True}, "level_and_not_applicable"),
    ("score", one("score"), {"not_applicable": "ใช่"}, "not_yes_or_no"),
    ("target", "target:speed", {"level": 4}, "level_outside"),
    ("target", "target:speed", {"level": None}, "required"),
    ("condition", one("condition"), {"level": 9}, "level_outside"),
    ("task", one("task"), {"points": -1}, "too_small"),
    ("task", one("task"), {"points": 101}, "too_big"),
    ("task", one("task"), {"points": 10**15}, "too_big"),
    ("task", one("task"), {"points": 10**18}, "too_large"),
    ("task", one("task"), {"points": "1e999999999"}, "not_a_number"),
    ("task", one("task"), {"points": 0.5}, "not_whole"),
    ("task", one("task"), {"code": "1.1"}, "already_used"),
    ("task", one("task"), {"tier": "best"}, "not_a_choice"),
    ("task", one("task"), {"name": "  \t\n\u200b"}, "required"),
    ("task", one("task"), {"name": HUNDRED_THOUSAND}, "too_long"),
    ("task", one("task"), {"name": 5}, "not_a_text"),
    ("task", one("task"), {"division": "division:none"}, "reference_gone"),
    ("task", one("task"), {"division": "agency"}, "reference_gone"),
    ("task", one("task"), {"secret": "ก"}, "unknown_field"),
    ("mission", None, {"text": "ก", "code": "1"}, "already_used"),
    ("file", None, {"title": "ก", "file_code": "03-001"}, "already_used"),
    ("division", None, {"name": ROWS and next(r["body"]["name"] for r in ROWS if r["kind"] == "division")}, "already_used"),
    ("weight", "weight:speed", {"weight": 101}, "too_big"),
    ("weight", "weight:speed", {"weight": -5}, "too_small"),
    ("weight", "weight:charm", {"criterion": "charm", "weight": 5}, "not_a_choice"),
    ("weight", "weight:speed", {"criterion": "access"}, "not_an_id"),
    ("weight", "weight:second", {"criterion": "speed", "weight": 5}, "not_an_id"),
    ("division", "task:1", {"name": "ก"}, "not_an_id"),
    ("indicator", INDICATOR, {"share": -0.5}, "too_small"),
    ("vision", "vision", {"text": HUNDRED_THOUSAND}, "too_long"),
    ("vision", "vision", {"text": ""}, "required"),
    ("vision", "vision", {"adopted_on": "31 ก.พ. 2544"}, "date_impossible"),
    ("vision", "vision", {"adopted_on": "2001-02-31"}, "date_impossible"),
    ("vision", "vision", {"adopted_on": "9 ต.ค. 25699"}, "year_out_of_range"),
    ("vision", "vision", {"adopted_on": "เมื่อวาน"}, "date_unreadable"),
    ("vision", "vision", {"adopted_on": 2544}, "date_unreadable"),
    ("vision", "vision", {"adopted_on": "24 พ.ย. 2569"}, "date_in_future"),
    ("round", ROUND, {"closed_on": "1 ม.ค. 2543"}, "closed_before_opened"),
    ("project", "project", {"standard": "pso9999"}, "standard_stays"),
    ("project", "project", {"standard": None}, "required"),
    ("activity", one("activity"), {"start": "1 ต.ค. 2550"}, "due_before_start"),
    ("activity", one("activity"), {"lifts": {"speed": 4}}, "lift_outside"),
    ("activity", one("activity"), {"lifts": {"speed": -1}}, "lift_outside"),
    ("activity", one("activity"), {"lifts": {"speed": 3}}, "lift_above_top"),
    ("activity", one("activity"), {"lifts": {"charm": 1}}, "not_a_choice"),
    ("activity", one("activity"), {"lifts": ["speed"]}, "not_a_choice"),
    ("activity", one("activity"), {"budget": 1e30}, "too_large"),
    ("activity", one("activity"), {"owner": "p-nobody"}, "person_unknown"),
    ("activity", one("activity"), {"owner": "cli"}, "person_unknown"),
    ("progress", one("progress"), {"percent": 101}, "too_big"),
    ("progress", one("progress"), {"reported_on": "24 พ.ย. 2569"}, "date_in_future"),
    ("supervision", None, {"visited_on": "1 ม.ค. 2570", "found": "ก"}, "date_in_future"),
    ("evidence", None, {"criterion": "speed", "title": "ก", "form": "paper", "dated": "2 ก.พ. 2544", "valid_until": "1 ก.พ. 2544"}, "valid_until_before_dated"),
    ("certificate", "certificate", {"valid_to": "8 ต.ค. 2540"}, "valid_to_before_valid_from"),
    ("decision", one("decision"), {"outcome": "maybe"}, "not_a_choice"),
]

KEPT = {
    "a formula": "=cmd|' /C calc'!A0",
    "markup": "<script>alert(1)</script>",
    "SQL": "'; DROP TABLE change; --",
    "emoji": "🙂👍🏽",
    "a template": "{0} {name} %s {{7*7}}",
    "a path": "../../etc/passwd",
    "markdown": "**ก** :red[x] $x$ [ก](http://127.0.0.1)",
}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Office, str]]:
    with an_office(tmp_path_factory.mktemp("office") / "nine.duckdb") as office:
        yield office, lampang(office)


@pytest.mark.parametrize(("kind", "entity_id", "values", "code"), REFUSED, ids=[f"{kind}-{code}-{n}" for n, (kind, _, _, code) in enumerate(REFUSED)])
def test_a_value_that_cannot_be_is_refused(place: tuple[Office, str], kind: str, entity_id: str | None, values: dict[str, Any], code: str):
    office, project_id = place
    before = contents(office.store, project_id)
    with pytest.raises(Mistakes) as refusal:
        write(office, project_id, kind, entity_id, **values)
    assert code in [problem.code for problem in refusal.value.problems]
    assert all(problem.path[0] in (kind, "condition") for problem in refusal.value.problems)
    assert contents(office.store, project_id) == before
    for language in LANGUAGES:
        told = Told(phrases(language), people=office.store.people.all())
        assert all(mistake_sentence(told, problem).isprintable() for problem in refusal.value.problems)


@pytest.mark.parametrize("text", KEPT.values(), ids=KEPT)
def test_text_that_only_looks_dangerous_is_kept_as_typed(place: tuple[Office, str], text: str):
    office, project_id = place
    saved = write(office, project_id, "linkage", network="lan", partner=text)
    assert office.store.state(project_id).get(saved.ids[0])["partner"] == text


@pytest.mark.parametrize(("text", "number"), [("\x1b[31mก", "U+001B"), ("ก\x00ข", "U+0000"), ("ก\x07", "U+0007"), ("\x7fก", "U+007F")])
def test_control_characters_are_refused_with_a_sentence_and_nothing_is_written(place: tuple[Office, str], text: str, number: str):
    office, project_id = place
    before = contents(office.store, project_id)
    with pytest.raises(Mistakes) as refusal:
        write(office, project_id, "linkage", network="lan", partner=text)
    assert [(p.code, p.facts) for p in refusal.value.problems] == [("control_character", {"number": number})]
    assert all(number in phrases(language)("mistakes.control_character", number=number) for language in LANGUAGES)
    assert contents(office.store, project_id) == before


def test_what_comes_with_a_paste_and_nobody_sees_is_left_out(place: tuple[Office, str]):
    office, project_id = place
    saved = write(office, project_id, "linkage", network="lan", partner="ก\u200bข\u202e\r\nค\t👨\u200d👩\u200d👧\x0c")
    assert office.store.state(project_id).get(saved.ids[0])["partner"] == "กข ค 👨\u200d👩\u200d👧"


def test_a_code_that_differs_from_another_only_in_its_spaces_is_taken(place: tuple[Office, str]):
    office, project_id = place
    write(office, project_id, "file", file_code="ทบ 1", title="แฟ้มแรก")
    before = contents(office.store, project_id)
    with pytest.raises(Mistakes) as refusal:
        write(office, project_id, "file", file_code="ทบ  1", title="แฟ้มที่สอง")
    assert [problem.code for problem in refusal.value.problems] == ["already_used"]
    assert contents(office.store, project_id) == before


@pytest.mark.parametrize("total", [95, 105])
def test_weights_that_do_not_make_100_can_be_saved(place: tuple[Office, str], total: int):
    office, project_id = place
    rest = sum(row["weight"] for row in office.store.state(project_id).of("weight") if row.id != "weight:coverage")
    write(office, project_id, "weight", "weight:coverage", weight=total - rest)
    assert sum(row["weight"] for row in office.store.state(project_id).of("weight")) == total


def test_a_closed_round_keeps_its_scores(place: tuple[Office, str]):
    office, _ = place
    project_id = lampang(office)
    write(office, project_id, "round", ROUND, closed_on="30 มิ.ย. 2544")
    before = contents(office.store, project_id)
    for attempt in (lambda: write(office, project_id, "score", one("score"), level=3), lambda: remove(office, project_id, one("score"))):
        with pytest.raises(Mistakes) as refusal:
            attempt()
        assert [problem.code for problem in refusal.value.problems] == ["round_closed"]
    assert contents(office.store, project_id) == before


def test_what_names_the_standard_stays(place: tuple[Office, str]):
    office, project_id = place
    before = contents(office.store, project_id)
    with pytest.raises(Mistakes) as refusal:
        remove(office, project_id, "project")
    assert [problem.code for problem in refusal.value.problems] == ["project_stays"]
    assert contents(office.store, project_id) == before


def test_a_round_goes_with_its_scores(place: tuple[Office, str]):
    office, _ = place
    project_id = lampang(office)
    remove(office, project_id, ROUND)
    assert office.store.state(project_id).of("score") == ()


def test_every_mistake_is_told_at_once(place: tuple[Office, str]):
    office, project_id = place
    edits = [
        Edit("task", None, {"tier": "best", "name": None, "code": "9.9", "points": 400}),
        Edit("weight", None, {"criterion": "speed", "weight": 400}),
    ]
    with pytest.raises(Mistakes) as refusal:
        save_rows(office, FACILITATOR, project_id, edits, office.store.state(project_id).seq)
    found = sorted((problem.path[0], problem.path[2], problem.code) for problem in refusal.value.problems)
    assert found == [
        ("task", "name", "required"), ("task", "points", "too_big"), ("task", "tier", "not_a_choice"), ("weight", "weight", "too_big"),
    ]  # fmt: skip


def told(office: Office, project_id: str, *edits: Edit) -> list[tuple]:
    before = contents(office.store, project_id)
    with pytest.raises(Mistakes) as refusal:
        save_rows(office, FACILITATOR, project_id, edits, office.store.state(project_id).seq)
    assert contents(office.store, project_id) == before
    return [(*problem.path[1:], problem.code) for problem in refusal.value.problems]


def test_what_cannot_be_read_and_what_cannot_stand_are_told_together_as_they_stand_in_their_rows(place: tuple[Office, str]):
    activity, other = [row["id"] for row in ROWS if row["kind"] == "activity"][:2]
    typed = {"due": "ปี 25699", "start": "31 ก.พ. 2544", "budget": "-5", "name": "   ", "sub_plan": "charm"}
    assert told(*place, Edit("activity", activity, typed), Edit("activity", other, {"budget": "ห้า"}), Edit("task", one("task"), {"points": 101})) == [
        (activity, "name", "required"), (activity, "sub_plan", "not_a_choice"), (activity, "start", "date_impossible"),
        (activity, "due", "date_unreadable"), (activity, "budget", "too_small"), (other, "budget", "not_a_number"), (one("task"), "points", "too_big"),
    ]  # fmt: skip


NEW = "activity:new"
ROW_RULES_OVER_A_HOLE = {
    "a day before a start that could not be read": (Edit("activity", one("activity"), {"start": "เมื่อวาน", "due": "1 ม.ค. 2500"}), [("start", "date_unreadable")]),
    "a level that could not be read beside none": (Edit("score", one("score"), {"level": "สาม", "not_applicable": True}), [("level", "not_a_number")]),
    "a reason that could not be read for no level": (
        Edit("score", one("score"), {"rationale": "\x00", "level": None, "not_applicable": True}), [("rationale", "control_character")],
    ),
    "a new row whose name could not be read": (Edit("activity", NEW, {"name": "\x00", "due": "ปี 1"}), [("name", "control_character"), ("due", "date_unreadable")]),
    "a weight of a criterion that could not be read": (Edit("weight", None, {"criterion": 5, "weight": 101}), [("criterion", "not_a_choice"), ("weight", "too_big")]),
}  # fmt: skip


@pytest.mark.parametrize(("edit", "found"), ROW_RULES_OVER_A_HOLE.values(), ids=ROW_RULES_OVER_A_HOLE)
def test_no_rule_accuses_a_row_of_what_could_not_be_read_in_it(place: tuple[Office, str], edit: Edit, found: list):
    assert [line[1:] for line in told(*place, edit)] == found


def test_the_table_of_refusals_covers_every_rule_of_the_models():
    """But for kinds that only their own actions write: those have their tests."""
    rules = {check.error for kind in KINDS.values() if kind.actions is None for check in kind.schema.checks}
    assert rules - {code for *_, code in REFUSED} == set()
