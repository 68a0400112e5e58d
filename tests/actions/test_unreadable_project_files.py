"""What is no project file is refused whole; text that only looks dangerous comes in as text."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest

from pso_core.actions.project_file import LARGEST
from pso_core.actions.projects import EXAMPLES, import_project
from pso_core.errors import PsoError
from pso_core.office import Office
from pso_core.steps.naming import Told, refusal_sentence
from pso_core.text.phrases import LANGUAGES, phrases
from tests.building import an_office, person

LAMPANG = json.loads((EXAMPLES / "lampang" / "project.json").read_bytes())
NUMBER = {row["id"]: number for number, row in enumerate(LAMPANG["rows"])}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with an_office(tmp_path_factory.mktemp("office") / "nine.duckdb", people=(person("administrator"),)) as opened:
        yield opened


UNREADABLE = {
    "nothing": (b"", "project_file_broken", {"line": 1}),
    "cut in the middle": (json.dumps(LAMPANG, indent=2).encode()[:2_000], "project_file_broken", None),
    "cut in the middle of a letter": ("{\n\"format\": \"ก".encode()[:-1], "project_file_broken", {"line": 2}),
    "in another encoding": (json.dumps(LAMPANG, ensure_ascii=False).encode("utf-16"), "project_file_broken", {"line": 1}),
    "nested a hundred thousand deep": (b"[" * 100_000 + b"]" * 100_000, "project_file_deep", {}),
    "over 50 MB": (b" " * (LARGEST + 1), "project_file_large", {"most": 50}),
    "a list": (b"[]", "project_file_foreign", {}),
    "a document of another program": (b'{"format": "other", "version": 1}', "project_file_foreign", {}),
    "from a newer version": (json.dumps({**LAMPANG, "version": 2, "phases": []}).encode(), "project_file_newer", {}),
}


@pytest.mark.parametrize(("data", "code", "facts"), UNREADABLE.values(), ids=UNREADABLE)
def test_what_is_no_project_file_is_refused_whole(office: Office, data: bytes, code: str, facts: dict[str, Any] | None):
    before = _everything(office)
    with pytest.raises(PsoError) as refusal:
        import_project(office, person("administrator"), data)
    assert refusal.value.code == code
    assert facts is None or refusal.value.facts == facts
    assert all(refusal_sentence(Told(phrases(language)), refusal.value) for language in LANGUAGES)
    assert _everything(office) == before


def test_text_that_only_looks_dangerous_is_text(office: Office):
    file, texts = copy.deepcopy(LAMPANG), ["=cmd|' /C calc'!A0", "<script>alert(1)</script>", "'; DROP TABLE change; --", "🙂👍🏽", "{0} {name}", "$(rm -rf ~)"]
    named = dict(zip((row["id"] for row in file["rows"] if row["kind"] == "task"), texts, strict=False))
    for row in file["rows"]:
        if row["id"] in named:
            row["body"]["name"] = named[row["id"]]
    state = office.store.state(import_project(office, person("administrator"), json.dumps(file).encode()))
    assert {id_: state.get(id_)["name"] for id_ in named} == named
    assert list(named.values()) == texts


@pytest.mark.parametrize("total", [95, 105])
def test_weights_that_do_not_make_100_are_a_gap_and_no_mistake(office: Office, total: int):
    file = copy.deepcopy(LAMPANG)
    file["rows"][NUMBER["weight:coverage"]]["body"]["weight"] += total - 100
    project_id = import_project(office, person("administrator"), json.dumps(file).encode())
    assert sum(row["weight"] for row in office.store.state(project_id).of("weight")) == total


def _everything(office: Office) -> tuple:
    return office.store.projects(), office.store.people.all(), office.store.person_events.newest()
