"""The Lampang case: its figures are those of the source, its rows fit the models, and what is ours is marked as such."""

from __future__ import annotations

import json
import re
import tomllib
from datetime import date
from pathlib import Path

import pytest

from pso_core import standards
from pso_core.actions.project_file import file_of_rows
from pso_core.domain.people import ROLES, Person
from pso_core.domain.projection import projected
from pso_core.domain.rows import ProjectState, Row
from pso_core.domain.scoring import score_of
from pso_core.steps import ALL_STEPS, KINDS, Review
from pso_core.steps.rules import mistakes_across, mistakes_in
from pso_core.steps.standing import standings
from pso_core.steps.values import read_value

FOLDER = Path(__file__).resolve().parents[1] / "data" / "examples"
LAMPANG = FOLDER / "lampang"
TODAY = date(2001, 10, 9)
KEYED_ID = re.compile(r"[a-z_]+(:[a-z0-9_]+(/[a-z0-9_]+)*)?")
FREE_ID = re.compile(r"[a-z_]+:[0-9a-f]{12}")
CRITERIA = ("coverage", "accuracy", "reliability", "speed", "linkage", "currency", "participation", "access", "verifiability")


def document(folder: Path) -> dict:
    return json.loads((folder / "project.json").read_text("utf-8"))


def state_of(project: dict) -> ProjectState:
    rows = {row["id"]: Row(row["id"], row["kind"], 1, 1, row["body"]) for row in project["rows"]}
    return ProjectState("example", 1, rows)


def people_of(folder: Path) -> list[Person]:
    return [Person(**row, active=True) for row in tomllib.loads((folder / "people.toml").read_text("utf-8"))["people"]]


@pytest.fixture(params=sorted(place.parent.name for place in FOLDER.glob("*/project.json")))
def folder(request) -> Path:
    return FOLDER / request.param


@pytest.fixture(scope="module")
def lampang() -> ProjectState:
    return state_of(document(LAMPANG))


@pytest.fixture(scope="module")
def standard():
    return standards.load("pso1101")


# Every example ---------------------------------------------------------------------------------------------------------


def test_an_example_is_written_as_a_project_file_is(folder):
    project = document(folder)
    assert set(project) == {"format", "version", "standard", "people", "rows"}
    assert (project["format"], project["version"]) == ("nine-steps-project", 1)
    assert project["standard"] in standards.available()
    assert (folder / "project.json").read_bytes() == file_of_rows(state_of(project), people_of(folder))


def test_rows_are_sorted_and_no_id_comes_twice(folder):
    places = [(row["kind"], row["id"]) for row in document(folder)["rows"]]
    assert places == sorted(set(places))


def test_ids_follow_the_rule_of_their_kind(folder):
    for row in document(folder)["rows"]:
        wanted = KINDS[row["kind"]].id_of(row["body"])
        assert row["id"] == wanted if wanted else FREE_ID.fullmatch(row["id"]), row["id"]
        assert KEYED_ID.fullmatch(row["id"]) and row["id"].split(":")[0] == row["kind"]


def test_bodies_hold_every_field_as_the_program_would_keep_it(folder):
    for row in document(folder)["rows"]:
        kind = KINDS[row["kind"]]
        assert set(row["body"]) == set(kind.field), row["id"]
        assert {name: read_value(field, row["body"][name]) for name, field in kind.field.items()} == row["body"]


def test_rows_have_no_mistakes_alone_or_together(folder):
    project = document(folder)
    state, standard = state_of(project), standards.load(project["standard"])
    alone = [mistakes_in(kind, {row.id: row.body for row in state.of(kind.name)}, standard) for kind in KINDS.values()]
    assert [problem for problems in alone for problem in problems] == []
    assert mistakes_across(KINDS.values(), state) == []


def test_the_file_lists_the_people_its_rows_name_and_no_others(folder):
    project, people = document(folder), people_of(folder)
    named = {row["body"][f.name] for row in project["rows"] for f in KINDS[row["kind"]].fields if f.type == "person"} - {None}
    assert project["people"] == [
        {"id": p.id, "name": p.name, "position": p.position, "division": p.division} for p in people if p.id in named
    ]
    assert named <= {p.id for p in people}


def test_every_role_can_be_tried(folder):
    people = people_of(folder)
    assert sorted(person.role for person in people) == sorted(ROLES)
    assert len({person.login for person in people}) == len(people)


def test_an_example_says_that_it_is_one(folder):
    assert state_of(document(folder)).only("project")["example"] is True
    assert all("(ตัวอย่าง)" in person.name for person in people_of(folder))


# Lampang: the figures of the source ------------------------------------------------------------------------------------


def test_23_tasks_make_60_30_and_10_points(lampang):
    points = {tier: [task["points"] for task in lampang.where("task", tier=tier)] for tier in ("main", "secondary", "support")}
    assert points == {"main": [15, 13, 12, 10, 10], "secondary": [2] * 15, "support": [5, 3, 2]}
    assert sum(map(sum, points.values())) == 100
    assert [task["code"] for task in lampang.of("task")][4:8] == ["1.5", "2.1", "2.2", "2.3"]
    assert len(lampang.of("task")) == 23


def test_the_weights_are_the_offices_own_by_importance_and_by_subject(lampang, standard):
    weights = {row["criterion"]: row["weight"] for row in lampang.of("weight")}
    assert [weights[key] for key in CRITERIA] == [20, 15, 15, 10, 10, 10, 10, 5, 5]
    by_importance, by_subject = dict.fromkeys(standard.importances, 0), dict.fromkeys(standard.subjects, 0)
    for criterion in standard.criteria:
        by_importance[lampang.get(f"weight:{criterion.key}")["importance"]] += weights[criterion.key]
        by_subject[criterion.subject] += weights[criterion.key]
    assert (by_importance, by_subject) == ({"high": 50, "medium": 40, "low": 10}, {"data": 45, "system": 35, "people": 20})


def test_the_reconstructed_levels_make_150_of_300(lampang, standard):
    (baseline,) = lampang.of("round")
    score = score_of(lampang, standard, baseline.id)
    assert [score.of(key).level for key in CRITERIA] == [1, 2, 2, 1, 1, 2, 1, 2, 2]
    assert [score.of(key).weighted for key in CRITERIA] == [20, 30, 30, 10, 10, 20, 10, 10, 10]
    assert (score.total, score.maximum, score.percent, score.provisional) == (150, 300, 50, False)


def test_every_level_is_marked_as_reconstructed_with_a_rationale_and_no_invented_evidence(lampang):
    assert [row["origin"] for row in lampang.of("score")] == ["reconstructed"] * 9
    assert all("สร้างคืนจากตารางที่อ่านไม่ชัด" in row["rationale"] for row in lampang.of("score"))
    assert {row["evidence"] for row in lampang.of("score")} == {None}


def test_indicators_are_the_standards_samples_and_say_so(lampang, standard):
    assert {(i["criterion"], i["name"], i["origin"]) for i in lampang.of("indicator")} == {
        (sample.criterion, sample.name.th, "sample") for sample in standard.sample_indicators
    }
    assert len(lampang.of("condition")) == 9 * 4


def test_targets_are_met_exactly_once_the_plan_is_done(lampang, standard):
    """Targets and lifts are ours (the source's are lost): they must at least agree with each other."""
    (baseline,) = lampang.of("round")
    score = score_of(lampang, standard, baseline.id)
    assert [score.of(key).target for key in CRITERIA] == [3, 3, 3, 2, 2, 3, 2, 3, 3]
    done = projected(score, lampang.of("activity"))
    assert [done.of(key).level for key in CRITERIA] == [score.of(key).target for key in CRITERIA]
    assert done.total == 270


def test_ten_activities_in_three_terms_lack_the_owner_that_the_source_lacks(lampang):
    terms = {term: [a["code"] for a in lampang.where("activity", term=term)] for term in ("short", "medium", "long")}
    assert terms == {"short": ["1.1", "1.2", "1.3", "1.4", "1.5"], "medium": ["2.1", "2.2", "2.3"], "long": ["3.1", "3.2"]}
    assert {a["owner"] for a in lampang.of("activity")} == {None}
    assert {(a["term"], a["start"], a["due"], a["open_ended"]) for a in lampang.of("activity")} == {
        ("short", "2001-08-01", "2001-09-30", None),
        ("medium", "2001-10-01", "2002-01-31", None),
        ("long", "2002-01-01", None, True),
    }
    assert all(a["expected_result"].startswith("ตัวอย่าง: ") for a in lampang.of("activity"))


def test_what_is_carried_out_is_marked_as_an_example(lampang):
    assert all(report["done"].startswith("รายงานตัวอย่าง: ") for report in lampang.of("progress"))
    assert all("(ตัวอย่าง)" in file["title"] for file in lampang.of("file"))
    assert {lampang.get(report["activity"])["term"] for report in lampang.of("progress")} == {"short"}
    assert sorted(linkage["network"] for linkage in lampang.of("linkage")) == ["internet", "intranet", "lan"]


def test_the_certificate_runs_three_years_less_a_day(lampang):
    certificate, agency = lampang.only("certificate"), lampang.only("agency")
    assert (certificate["valid_from"], certificate["valid_to"]) == ("2001-10-09", "2004-10-08")
    assert (agency["agreement_date"], agency["co_signing_agencies"] + 1) == ("2000-09-22", 35)
    assert (date.fromisoformat(certificate["valid_from"]) - date.fromisoformat(agency["agreement_date"])).days == 382
    assert lampang.only("request")["clause"] == "11"
    assert [row["outcome"] for row in lampang.of("decision")] == ["certified"]


def test_each_of_the_four_groups_has_two_results(lampang, standard):
    assert {group: len(list(lampang.where("result", group=group))) for group in standard.choices("result_groups")} == {
        "public": 2, "officials": 2, "agency": 2, "management": 2,
    }  # fmt: skip


def test_the_tool_finds_what_the_source_left_out_and_nothing_else(lampang, standard):
    review = Review(standard, lampang, tuple(people_of(LAMPANG)), TODAY)
    found = {one.step.key: sorted({gap.code for gap in one.gaps}) for one in standings(review)}
    assert list(found) == [step.key for step in ALL_STEPS]
    assert {key: codes for key, codes in found.items() if codes} == {
        "schedule": ["no_schedule"],
        "vision": ["vision_not_adopted"],
        "plan": ["activity_without_owner"],
        "certification": ["earlier_step_open", "no_request"],
        "evidence": ["evidence_unread", "level_unproven"],
    }
