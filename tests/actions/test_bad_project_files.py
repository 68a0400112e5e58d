"""A project file with anything wrong in it: each mistake is told with its place, and nothing at all is written."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pso_core.actions.project_json import place_of
from pso_core.actions.projects import EXAMPLES, create_project, export_project, import_project
from pso_core.errors import Mistakes
from pso_core.office import Office
from pso_core.steps.naming import Told, mistake_sentence
from pso_core.text.phrases import LANGUAGES, phrases
from tests.building import an_office, person, write

SPOILT = {"project", "agency", "division", "task", "weight", "indicator", "round", "score", "activity", "progress", "certificate", "result"}
LAMPANG = json.loads((EXAMPLES / "lampang" / "project.json").read_bytes())
LAMPANG["rows"] = [row for row in LAMPANG["rows"] if row["kind"] in SPOILT]  # each kind more takes its time in every file
FACILITATOR = person("facilitator")
NUMBER = {row["id"]: number for number, row in enumerate(LAMPANG["rows"])}
TASK, *TASKS = (number for number, row in enumerate(LAMPANG["rows"]) if row["kind"] == "task")
ACTIVITY = next(number for number, row in enumerate(LAMPANG["rows"]) if row["kind"] == "activity")
SCORE = next(number for number, row in enumerate(LAMPANG["rows"]) if row["kind"] == "score")
ROUND = next(number for number, row in enumerate(LAMPANG["rows"]) if row["kind"] == "round")
REPORT = next(number for number, row in enumerate(LAMPANG["rows"]) if row["kind"] == "progress")
RESULT = next(number for number, row in enumerate(LAMPANG["rows"]) if row["kind"] == "result")

Change = Callable[[dict[str, Any]], Any]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with an_office(tmp_path_factory.mktemp("office") / "nine.duckdb", people=(person("administrator"),)) as opened:
        yield opened


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Four changes: the project, a proposal, another text of it, the first text removed for good."""
    with an_office(tmp_path_factory.mktemp("source") / "nine.duckdb") as source:
        project_id = create_project(source, FACILITATOR)
        row_id = write(source, project_id, "proposal", "proposal:1", text="ก", person="p-member").ids[0]
        write(source, project_id, "proposal", row_id, text="ข")
        source.store.redact(project_id, row_id, 1, person_id="p-admin", reason="เหตุ")
        return json.loads(export_project(source, FACILITATOR, project_id, with_history=True))


def body(number: int, **values: Any) -> Change:
    return lambda file: file["rows"][number]["body"].update(values)


def row(number: int, **values: Any) -> Change:
    return lambda file: file["rows"][number].update(values)


def top(**values: Any) -> Change:
    return lambda file: file.update(values)


def without(name: str) -> Change:
    return lambda file: file.pop(name)


def both(*changes: Change) -> Change:
    return lambda file: [change(file) for change in changes]


def planned(*bodies: dict[str, Any]) -> Change:
    """Phases, or the schedule itself, at the end of the file."""
    added = [{"id": f"phase:{one['step']}" if "step" in one else "schedule", "kind": "phase" if "step" in one else "schedule", "body": one} for one in bodies]
    return lambda file: file["rows"].extend(added)


def approved_at(moment: str) -> Change:
    baseline = {"id": "baseline:1", "kind": "baseline", "body": {"number": 1, "approved_by": LAMPANG["people"][0]["id"], "approved_at": moment}}
    return lambda file: file["rows"].append(baseline)


IN_A_TASK = {
    "an unknown field": ("secret", "ก", "unknown_field"),
    "points in words": ("points", "สาม", "not_a_number"),
    "points as text": ("points", "2", "not_as_kept"),
    "points with a fraction": ("points", 2.5, "not_whole"),
    "points written 2.0": ("points", 2.0, "not_as_kept"),
    "points that are true": ("points", True, "not_a_number"),
    "points in a list": ("points", [2], "wrong_type"),
    "points below 0": ("points", -1, "too_small"),
    "points above 100": ("points", 101, "too_big"),
    "points that overflow": ("points", 10**18, "too_large"),
    "points of 21 digits": ("points", 10**20, "too_large"),
    "points of a thousand digits": ("points", 10**1000, "too_large"),
    "points far below 0": ("points", -(10**1000), "too_large"),
    "points that are NaN": ("points", float("nan"), "not_a_number"),
    "points that are infinite": ("points", float("inf"), "not_a_number"),
    "a name that is NaN": ("name", float("nan"), "not_a_text"),
    "an unknown choice": ("tier", "best", "not_a_choice"),
    "a required field that is empty": ("name", None, "required"),
    "100,000 characters": ("name", "ก" * 100_000, "too_long"),
    "control characters": ("name", "ก\x07ข", "control_character"),
    "only spaces": ("name", "   ", "required"),
    "a lone surrogate": ("name", "ก\ud800", "not_as_kept"),
    "a text that is not NFC": ("name", "e\u0301", "not_as_kept"),
    "a reference to nothing": ("division", "division:none", "reference_gone"),
    "a reference to another kind": ("division", "agency", "reference_gone"),
}
END = len(LAMPANG["rows"])
DATED = {"days": 1, "start": "2001-08-01", "due": "2001-08-01"}
FILES = {
    "a schedule without a start": (planned({"direction": "from_start"}), [(f"rows[{END}].body.start", "start_missing")]),
    "a target before the start": (
        planned({"direction": "from_start", "start": "2001-10-09", "target": "2001-10-08"}), [(f"rows[{END}].body.target", "target_before_start")],
    ),
    "a phase of no days": (planned({"step": "vision", **DATED, "days": 0}), [(f"rows[{END}].body.days", "too_small")]),
    "phases in a circle": (
        planned({"step": "vision", **DATED, "after": "plan"}, {"step": "plan", **DATED, "after": "vision"}),
        [(f"rows[{END + row}].body.after", "phases_in_circle") for row in (0, 1)],
    ),
    "a moment as people write it": (approved_at("9 ต.ค. 2544"), [(f"rows[{END}].body.approved_at", "not_a_moment")]),
    "a moment that no clock shows": (approved_at("2001-10-09T25:00:00Z"), [(f"rows[{END}].body.approved_at", "not_a_moment")]),
    "a moment whose day in Thailand no calendar has": (approved_at("9999-12-31T23:00:00Z"), [(f"rows[{END}].body.approved_at", "not_a_moment")]),
    "an unknown key at the top": (top(extra=1), [("extra", "unknown_field")]),
    "a missing key at the top": (without("people"), [("", "key_missing"), ("people", "not_a_list")]),
    "rows that are no list": (top(rows={}), [("rows", "not_a_list")]),
    "no rows": (top(rows=[]), [("rows", "project_row_missing")]),
    "a row that is no object": (lambda file: file["rows"].append(7), [(f"rows[{len(LAMPANG['rows'])}]", "not_an_object")]),
    "another version": (top(version=0), [("version", "not_a_choice")]),
    "a version that is no whole number": (top(version=1.0), [("version", "not_a_choice")]),
    "another standard": (top(standard="pso9999"), [("standard", "standard_not_installed")]),
    "a standard that is no text": (top(standard=["pso1101"]), [("standard", "standard_not_installed")]),
    "an unknown kind": (row(TASK, kind="secret"), [(f"rows[{TASK}].kind", "not_a_choice")]),
    "a kind that is no text": (row(TASK, kind=3), [(f"rows[{TASK}].kind", "not_a_text")]),
    "an unknown key of a row": (row(TASK, note="ก"), [(f"rows[{TASK}].note", "unknown_field")]),
    "a body that is a list": (row(ACTIVITY, body=[]), [(f"rows[{ACTIVITY}].body", "not_an_object")]),
    "an id of another kind": (row(RESULT, id="task:1"), [(f"rows[{RESULT}].id", "not_an_id")]),
    "an id that is a path": (row(RESULT, id="result:../../etc"), [(f"rows[{RESULT}].id", "not_an_id")]),
    "an id that is not its key": (row(NUMBER["weight:speed"], id="weight:slow"), [(f"rows[{NUMBER['weight:speed']}].id", "not_an_id")]),
    "an id twice": (lambda file: file["rows"].append(file["rows"][TASK]), [(f"rows[{len(LAMPANG['rows'])}].id", "id_repeated")]),
    "level 4": (body(SCORE, level=4), [(f"rows[{SCORE}].body.level", "level_outside")]),
    "level -1": (body(SCORE, level=-1), [(f"rows[{SCORE}].body.level", "level_outside")]),
    "a lift of an unknown criterion": (body(ACTIVITY, lifts={"charm": 1}), [(f"rows[{ACTIVITY}].body.lifts", "not_a_choice")]),
    "a lift of 4 levels": (body(ACTIVITY, lifts={"speed": 4}), [(f"rows[{ACTIVITY}].body.lifts", "lift_outside")]),
    "a lift of nothing": (body(ACTIVITY, lifts={"speed": 0}), [(f"rows[{ACTIVITY}].body.lifts", "not_as_kept")]),
    "a required field that is missing": (lambda file: file["rows"][TASK]["body"].pop("name"), [(f"rows[{TASK}].body.name", "required")]),
    "only spaces where nothing need stand": (body(ACTIVITY, expected_result="  "), [(f"rows[{ACTIVITY}].body.expected_result", "blank")]),
    "a text of no length": (body(ACTIVITY, expected_result=""), [(f"rows[{ACTIVITY}].body.expected_result", "blank")]),
    "spaces in place of levels": (body(ACTIVITY, lifts=" "), [(f"rows[{ACTIVITY}].body.lifts", "blank")]),
    "a date as people write it": (body(ACTIVITY, start="1 ส.ค. 2544"), [(f"rows[{ACTIVITY}].body.start", "not_as_kept")]),
    "31 February": (body(ACTIVITY, start="2001-02-31"), [(f"rows[{ACTIVITY}].body.start", "date_impossible")]),
    "the year 25699": (body(ACTIVITY, start="31 ม.ค. 25699"), [(f"rows[{ACTIVITY}].body.start", "year_out_of_range")]),
    "a start after the due date": (body(ACTIVITY, start="2009-01-01"), [(f"rows[{ACTIVITY}].body.due", "due_before_start")]),
    "a certificate that ends first": (body(NUMBER["certificate"], valid_to="1999-01-01"), [(f"rows[{NUMBER['certificate']}].body.valid_to", "valid_to_before_valid_from")]),
    "a report of tomorrow": (body(REPORT, reported_on="2026-11-24"), [(f"rows[{REPORT}].body.reported_on", "date_in_future")]),
    "two rounds open at once": (
        lambda file: file["rows"].append({"id": "round:2", "kind": "round", "body": {"name": "ก", "opened_on": "2001-09-01", "closed_on": None, "position": 2}}),
        [(f"rows[{ROUND}].body", "another_round_open"), (f"rows[{len(LAMPANG['rows'])}].body", "another_round_open")],
    ),
    "an owner not in the file": (body(ACTIVITY, owner="p-nobody"), [(f"rows[{ACTIVITY}].body.owner", "person_not_listed")]),
    "an owner in the database only": (body(ACTIVITY, owner="p-admin"), [(f"rows[{ACTIVITY}].body.owner", "person_not_listed")]),
    "the standard of the project differs": (body(NUMBER["project"], standard="other"), [(f"rows[{NUMBER['project']}].body.standard", "standard_differs")]),
    "a row of another kind in the place of the project's": (
        row(NUMBER["project"], kind="division", body={"name": "ก"}), [(f"rows[{NUMBER['project']}].id", "not_an_id"), ("rows", "project_row_missing")],
    ),
    "no row of the project": (lambda file: file["rows"].pop(NUMBER["project"]), [("rows", "project_row_missing")]),
    "a person twice": (lambda file: file["people"].append(file["people"][0]), [(f"people[{len(LAMPANG['people'])}].id", "id_repeated")]),
    "a person called like the command line": (lambda file: file["people"].append({**file["people"][0], "id": "cli"}), [(f"people[{len(LAMPANG['people'])}].id", "id_repeated")]),
    "a person with a role": (lambda file: file["people"].append({**file["people"][0], "id": "x", "role": "administrator"}), [(f"people[{len(LAMPANG['people'])}].role", "unknown_field")]),
    "a person with a long name": (lambda file: file["people"].append({**file["people"][0], "id": "x", "name": "ก" * 201}), [(f"people[{len(LAMPANG['people'])}].name", "too_long")]),
    "a code twice": (
        body(TASK, code=LAMPANG["rows"][TASK + 1]["body"]["code"]),
        [(f"rows[{TASK}].body.code", "already_used"), (f"rows[{TASK + 1}].body.code", "already_used")],
    ),
    "several mistakes": (
        both(body(TASK, points="สาม", tier="best"), body(ACTIVITY, start=5), top(extra=None)),
        [("extra", "unknown_field"), (f"rows[{ACTIVITY}].body.start", "date_unreadable"), (f"rows[{TASK}].body.points", "not_a_number"), (f"rows[{TASK}].body.tier", "not_a_choice")],
    ),
}  # fmt: skip

HISTORIES = {
    "rows beside a history": (top(rows=[]), [("rows", "unknown_field")]),
    "no digest": (without("digest"), [("", "key_missing")]),
    "another digest": (top(digest="0" * 64), [("digest", "digest_differs")]),
    "no changes": (top(history=[]), [("history", "project_row_missing")]),
    "a lost tail": (lambda file: file["history"].pop(), [("history[1].rows[0].redacted", "redaction_unrecorded")]),
    "a lost change": (lambda file: file["history"].pop(2), [("history[2].seq", "seq_out_of_order")]),
    "an altered text": (lambda file: file["history"][2]["rows"][0]["body"].update(text="ค"), [("history[2].digest", "digest_differs")]),
    "another author": (lambda file: file["history"][2].update(person_id="p-admin"), [("history[2].digest", "digest_differs")]),
    "an unknown author": (lambda file: file["history"][2].update(person_id="p-nobody"), [("history[2].person_id", "person_not_listed")]),
    "an author that is no text": (lambda file: file["history"][2].update(person_id=["p-admin"]), [("history[2].person_id", "not_a_text")]),
    "another time": (lambda file: file["history"][2].update(occurred_at="2001-10-09T02:30:00.000000Z"), [("history[2].digest", "digest_differs")]),
    "a time whose day in Thailand no calendar has": (lambda file: file["history"][2].update(occurred_at="9999-12-31T23:00:00.000000Z"), [("history[2].occurred_at", "moment_unreadable")]),
    "a time in another style": (lambda file: file["history"][2].update(occurred_at="9 ต.ค. 2544"), [("history[2].occurred_at", "moment_unreadable")]),
    "an unknown action": (lambda file: file["history"][2].update(action="hack"), [("history[2].action", "not_a_choice")]),
    "a reason with control characters": (lambda file: file["history"][2].update(reason="\x1b[2J"), [("history[2].reason", "not_as_kept")]),
    "a session that is no code": (lambda file: file["history"][2].update(session_id="<b>"), [("history[2].session_id", "not_an_id")]),
    "an unknown key of a change": (lambda file: file["history"][2].update(note="ก"), [("history[2].note", "unknown_field")]),
    "a missing revision": (lambda file: file["history"][2]["rows"][0].update(revision=3), [("history[2].rows[0].revision", "revision_out_of_order")]),
    "a row that changes its kind": (
        lambda file: file["history"][2]["rows"][0].update(kind="mission", body={"text": "ก"}),
        [("history[2].rows[0].id", "not_an_id"), ("history[2].rows[0].kind", "kind_changed")],
    ),
    "a row twice in a change": (lambda file: file["history"][2]["rows"].append(file["history"][2]["rows"][0]), [("history[2].rows[1].id", "id_repeated")]),
    "a removed row with a body": (lambda file: file["history"][2]["rows"][0].update(removed=True), [("history[2].rows[0].body", "body_not_empty")]),
    "removed neither true nor false": (lambda file: file["history"][2]["rows"][0].update(removed="no"), [("history[2].rows[0].removed", "wrong_type")]),
    "an earlier body that breaks a rule": (
        lambda file: file["history"][2]["rows"][0]["body"].update(text=None), [("history[2].rows[0].body.text", "required")],
    ),
    "a redaction of what is still there": (
        lambda file: file["history"][3]["redactions"].append({"id": "proposal:1", "revision": 2}), [("history[3].redactions[1]", "redaction_unfounded")],
    ),
    "a redaction of the newest body": (
        lambda file: (
            file["history"][2]["rows"][0].update(body=None, redacted=file["history"][1]["rows"][0]["redacted"]),
            file["history"][3]["redactions"].append({"id": "proposal:1", "revision": 2}),
        ),
        [("history[2].rows[0].redacted", "newest_redacted")],
    ),
    "a redaction that is no code": (
        lambda file: file["history"][1]["rows"][0].update(redacted="none"),
        [("history[1].rows[0].redacted", "not_an_id"), ("history[2].rows[0].revision", "revision_out_of_order"), ("history[3].redactions[0]", "redaction_unfounded")],
    ),
}  # fmt: skip

def test_without_a_mistake_it_is_taken(tmp_path: Path):
    with an_office(tmp_path / "nine.duckdb", people=(person("administrator"),)) as office:
        assert import_project(office, person("administrator"), json.dumps(LAMPANG).encode()) in office.store.projects()


@pytest.mark.parametrize(("change", "expected"), FILES.values(), ids=FILES)
def test_mistakes_in_rows_are_told_with_their_places(office: Office, change: Change, expected: list[tuple[str, str]]):
    file = copy.deepcopy(LAMPANG)
    change(file)
    assert _refused(office, file) == sorted(expected)


def test_each_mistake_in_one_row_is_told_beside_those_in_others(office: Office):
    """Every task has another one."""
    cases = list(IN_A_TASK.values())
    for some in (cases[: len(TASKS)], cases[len(TASKS) :]):
        file, expected = copy.deepcopy(LAMPANG), []
        for number, (field, value, code) in zip(TASKS, some, strict=False):
            file["rows"][number]["body"][field] = value
            expected.append((f"rows[{number}].body.{field}", code))
        assert _refused(office, file) == sorted(expected)


@pytest.mark.parametrize(("change", "expected"), HISTORIES.values(), ids=HISTORIES)
def test_mistakes_in_a_history_are_told_with_their_places(
    office: Office, history: dict[str, Any], change: Change, expected: list[tuple[str, str]]
):
    file = copy.deepcopy(history)
    change(file)
    assert _refused(office, file) == sorted(expected)


def test_a_key_that_stands_twice_is_told(office: Office):
    text = json.dumps(LAMPANG, ensure_ascii=False, indent=2)
    text = text.replace('"points": 2,', '"points": 2, "points": 3,', 1).replace('"standard": "pso1101"', '"standard": "x", "standard": "pso1101"')
    assert [code for _, code in _refused_text(office, text)] == ["key_repeated", "key_repeated", "key_repeated"]


def test_a_level_lifted_twice_is_told(office: Office):
    text = json.dumps(LAMPANG).replace('"lifts": {"', '"lifts": {"speed": 1, "speed": 2, "', 1)
    place = f"rows[{next(n for n, row in enumerate(LAMPANG['rows']) if row['body'].get('lifts'))}].body.lifts.speed"
    assert _refused_text(office, text) == [(place, "key_repeated")]


def _refused(office: Office, file: dict[str, Any]) -> list[tuple[str, str]]:
    return _refused_text(office, json.dumps(file))


def _refused_text(office: Office, text: str) -> list[tuple[str, str]]:
    """(place, code) of every mistake; each has its sentence in both languages and nothing was written."""
    before = _everything(office)
    with pytest.raises(Mistakes) as refusal:
        import_project(office, person("administrator"), text.encode("utf-8", "surrogatepass"))
    assert _everything(office) == before
    for language in LANGUAGES:
        for problem in refusal.value.problems:
            assert mistake_sentence(Told(phrases(language)), problem).isprintable()
    return sorted((place_of(problem.path), problem.code) for problem in refusal.value.problems)


def _everything(office: Office) -> tuple:
    return office.store.projects(), office.store.people.all(), office.store.person_events.newest()
