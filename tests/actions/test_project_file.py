"""A project leaves as a file and comes back as it was, into the same database or a new one."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings

from pso_core.actions.projects import EXAMPLES, create_project, export_project, import_example, import_project, new_id
from pso_core.domain.people import COMMAND_LINE
from pso_core.errors import NotAllowed
from pso_core.office import Office
from pso_core.store import Store
from tests.actions.invented import Invented, projects
from tests.actions.peopled import office, own_office
from tests.building import NOW, PEOPLE, a_new_database, an_office, lampang, person, remove, write

LAMPANG = (EXAMPLES / "lampang" / "project.json").read_bytes()
FACILITATOR = person("facilitator")


@pytest.fixture(scope="module")
def two_offices(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Office, Office]]:
    """One where projects are made and one, without people, that they go to."""
    folder = tmp_path_factory.mktemp("offices")
    a_new_database(folder / "to.duckdb")
    with an_office(folder / "from.duckdb") as source:
        target = Office(Store.open(folder / "to.duckdb", clock=lambda: NOW), lambda: NOW)
        yield source, target
        lost = {finding.code for finding in target.store.check()}
        target.store.close()
    assert lost <= {"content_missing"}  # the chain of all that came holds; a project file carries no attached files


@settings(max_examples=15)
@given(projects())
def test_any_project_comes_back_as_the_same_bytes(two_offices: tuple[Office, Office], made: Invented):
    source, target = two_offices
    project_id = new_id(source)
    made.write_to(source.store, project_id)
    for with_history in (False, True):
        first = export_project(source, FACILITATOR, project_id, with_history)
        for office in two_offices:
            assert export_project(office, COMMAND_LINE, import_project(office, COMMAND_LINE, first), with_history) == first


@settings(max_examples=8)
@given(projects())
def test_a_history_comes_back_with_every_earlier_state_and_the_same_digest(two_offices: tuple[Office, Office], made: Invented):
    source, target = two_offices
    project_id = new_id(source)
    made.write_to(source.store, project_id)
    copy_id = import_project(target, COMMAND_LINE, export_project(source, FACILITATOR, project_id, with_history=True))
    assert target.store.digest(copy_id) == source.store.digest(project_id)
    for seq in range(1, source.store.state(project_id).seq + 1):
        assert _bodies(target.store, copy_id, seq) == _bodies(source.store, project_id, seq)


def test_lampang_is_exported_as_it_is_installed(office: Office):
    assert export_project(office, FACILITATOR, lampang(office)) == LAMPANG


def test_the_order_of_rows_and_keys_in_a_file_does_not_matter(office: Office):
    document = json.loads(LAMPANG)
    document["rows"].reverse()
    shuffled = json.dumps(dict(reversed(document.items()))).encode()
    assert export_project(office, FACILITATOR, import_project(office, FACILITATOR, shuffled)) == LAMPANG


def test_a_file_saved_by_a_windows_editor_is_read(office: Office):
    with_mark = b"\xef\xbb\xbf" + LAMPANG.replace(b"\n", b"\r\n")
    assert export_project(office, FACILITATOR, import_project(office, FACILITATOR, with_mark)) == LAMPANG


def test_fields_that_a_file_leaves_out_are_empty(office: Office):
    document = json.loads(LAMPANG)
    for row in document["rows"]:
        row["body"] = {name: value for name, value in row["body"].items() if value not in (None, {})}
    data = json.dumps(document).encode()
    assert export_project(office, FACILITATOR, import_project(office, FACILITATOR, data)) == LAMPANG


def test_an_import_is_one_change_by_whoever_imported(office: Office):
    project_id = import_project(office, FACILITATOR, LAMPANG)
    changes = office.store.history(project_id)
    assert [(change.seq, change.action, change.person_id) for change in changes] == [(1, "import", FACILITATOR.id)]
    assert len(changes[0].rows) == len(json.loads(LAMPANG)["rows"])


def test_an_import_with_history_adds_no_change_of_its_own(office: Office):
    project_id = lampang(office)
    write(office, project_id, "agency", "agency", province="เชียงใหม่", by=person("administrator"))
    copy_id = import_project(office, FACILITATOR, export_project(office, FACILITATOR, project_id, with_history=True))
    assert [(c.seq, c.action, c.person_id) for c in office.store.history(copy_id)] == [
        (2, "save", "p-admin"), (1, "import", "p-facilitator"),
    ]  # fmt: skip


def test_people_unknown_here_become_viewers_who_cannot_come_in(tmp_path: Path):
    with an_office(tmp_path / "here.duckdb", people=(person("administrator"),)) as office:
        project_id = import_project(office, person("administrator"), LAMPANG)
        strangers = {one.id: one for one in office.store.people.all() if one.id != "p-admin"}
        assert strangers.keys() == {one["id"] for one in json.loads(LAMPANG)["people"]}
        assert {(one.role, one.active) for one in strangers.values()} == {("viewer", False)}
        assert strangers["p-member"].name == "คณะทำงาน (ตัวอย่าง)"
        assert office.store.people.have_password() == frozenset()
        assert export_project(office, person("administrator"), project_id) == LAMPANG


def test_people_whose_ids_differ_only_in_case_are_two(tmp_path: Path):
    document = json.loads(LAMPANG)
    document["people"].insert(0, document["people"][0] | {"id": "P-Member", "name": "อีกคนหนึ่ง"})
    body, field = next((row["body"], field) for row in document["rows"] for field, value in row["body"].items() if value == "p-member")
    body[field] = "P-Member"
    with an_office(tmp_path / "here.duckdb", people=(person("administrator"),)) as office:
        project_id = import_project(office, person("administrator"), json.dumps(document).encode())
        assert [office.store.people.get(id_).name for id_ in ("p-member", "P-Member")] == [PEOPLE["member"].name, "อีกคนหนึ่ง"]
        assert json.loads(export_project(office, person("administrator"), project_id)) == document


def test_two_imports_at_once_bring_the_same_people_once(tmp_path: Path):
    together = threading.Barrier(2, timeout=60)

    def clock() -> datetime:
        """Neither import reads the time before the other does: whatever one looks up in between, the other has not written yet."""
        together.wait()
        return NOW

    with an_office(tmp_path / "here.duckdb", people=(person("administrator"),)) as office, ThreadPoolExecutor(2) as two:
        side_by_side = Office(office.store, clock)
        done = [two.submit(import_project, side_by_side, person("administrator"), LAMPANG) for _ in range(2)]
        assert sorted(one.result() for one in done) == sorted(office.store.projects())
        assert {one.id for one in office.store.people.all()} == {"p-admin", *(one["id"] for one in json.loads(LAMPANG)["people"])}
        assert [export_project(office, person("administrator"), one.result()) for one in done] == [LAMPANG, LAMPANG]


def test_people_known_here_keep_their_name_and_role(office: Office):
    import_project(office, FACILITATOR, LAMPANG)
    assert office.store.people.all() == tuple(sorted(PEOPLE.values(), key=lambda one: one.id))


def test_a_file_names_only_people_that_the_project_names(office: Office):
    project_id = create_project(office, FACILITATOR)
    write(office, project_id, "proposal", text="ก", person="p-member")
    without, with_history = (json.loads(export_project(office, FACILITATOR, project_id, history)) for history in (False, True))
    assert [one["id"] for one in without["people"]] == ["p-member"]
    assert [one["id"] for one in with_history["people"]] == ["p-facilitator", "p-member"]


def test_a_removed_text_is_not_in_the_file_and_the_chain_still_holds(own_office: Office):
    project_id = create_project(own_office, FACILITATOR)
    row_id = write(own_office, project_id, "proposal", text="เลขบัตรประชาชน", person="p-member").ids[0]
    write(own_office, project_id, "proposal", row_id, text="ไม่มีเลข")
    own_office.store.redact(project_id, row_id, 1, person_id=FACILITATOR.id, reason="มีข้อมูลส่วนบุคคล")
    data = export_project(own_office, FACILITATOR, project_id, with_history=True)
    assert "เลขบัตรประชาชน" not in data.decode()
    copy_id = import_project(own_office, FACILITATOR, data)
    assert export_project(own_office, FACILITATOR, copy_id, with_history=True) == data
    assert own_office.store.check() == ()


def test_a_row_removed_and_written_again_comes_back(office: Office):
    project_id = create_project(office, FACILITATOR)
    write(office, project_id, "weight", criterion="speed", weight=10)
    remove(office, project_id, "weight:speed")
    write(office, project_id, "weight", criterion="speed", weight=20)
    data = export_project(office, FACILITATOR, project_id, with_history=True)
    copy_id = import_project(office, FACILITATOR, data)
    assert (office.store.state(copy_id).get("weight:speed")["weight"], office.store.state(copy_id).revision_of("weight:speed")) == (20, 3)


@pytest.mark.parametrize("role", ["member", "head", "viewer"])
def test_only_those_who_manage_projects_create_export_and_import(office: Office, role: str):
    project_id = lampang(office)
    before = office.store.projects()
    attempts = (
        lambda: create_project(office, person(role)),
        lambda: export_project(office, person(role), project_id),
        lambda: export_project(office, person(role), project_id, with_history=True),
        lambda: import_project(office, person(role), LAMPANG),
        lambda: import_example(office, person(role)),
    )
    for attempt in attempts:
        with pytest.raises(NotAllowed) as refusal:
            attempt()
        assert (refusal.value.code, refusal.value.facts) == ("not_allowed", {"role": role, "verb": "manage_projects"})
    assert office.store.projects() == before


def _bodies(store: Store, project_id: str, seq: int) -> dict[str, tuple]:
    return {row.id: (row.kind, row.revision, dict(row.body)) for row in store.as_of(project_id, seq).rows.values()}
