"""Who may save what: every kind of row, every role, and one's own rows only where a row belongs to somebody."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from pso_core import standards
from pso_core.actions.projects import EXAMPLES
from pso_core.actions.rows import VERBS as VERB_OF_ACTION
from pso_core.actions.rows import may_edit
from pso_core.domain.people import ROLES
from pso_core.domain.permissions import VERBS
from pso_core.errors import NotAllowed
from pso_core.office import Office
from pso_core.steps import KINDS
from pso_core.steps.naming import Told, refusal_sentence
from pso_core.text.phrases import LANGUAGES, phrases
from tests.building import PEOPLE, an_office, contents, lampang, person, remove, write

ROWS = {row["kind"]: row for row in json.loads((EXAMPLES / "lampang" / "project.json").read_bytes())["rows"]}
NEW = {
    "proposal": {"text": "ก"},
    "supervision": {"visited_on": "2001-10-01", "found": "ก"},
    "readiness": {"part": standards.load().checklist[0].key, "ready": True},
    "finding": {"audit": ROWS["audit"]["id"], "text": "ก"},
    "milestone": {"name": "ก", "day": "2001-10-09"},
    "mock_audit": {"held_on": "2001-10-01"},
}
CHANGED: dict[str, dict[str, Any]] = {
    "project": {"title": "{}"}, "agency": {"advisor": "{}"}, "division": {"duties": "{}"}, "vision": {"text": "{}"},
    "worksheet": {"problems": "{}"}, "mission": {"text": "{}"}, "goal": {"measure": "{}"}, "task": {"basis": "{}"}, "tier_rule": {},
    "weight": {"reason": "{}"}, "indicator": {"method": "{}"}, "condition": {"evidence": "{}"}, "round": {"name": "{}"},
    "score": {"evidence": "{}"}, "target": {}, "activity": {"expected_result": "{}"}, "progress": {"obstacle": "{}"},
    "file": {"place": "{}"}, "linkage": {"purpose": "{}"}, "request": {"letter_no": "{}"}, "audit": {"auditors": "{}"},
    "decision": {"note": "{}"}, "certificate": {"number": "{}"}, "result": {"before": "{}"},
    "evidence": {"note": "{}"}, "support": {"level": 3}, "mock_verdict": {},
}  # fmt: skip
REMOVED_INSTEAD = ("tier_rule", "target")
BY_ACTION: dict[str, dict[str, Any]] = {
    "schedule": {"direction": "from_start", "start": "2001-10-09"}, "phase": {"step": "vision", "days": 5}, "baseline": {"number": 1},
    "sign_off": {"step": "vision", "state": "approved"},
    "attachment": {"evidence": ROWS["evidence"]["id"], "number": 1, "name": "ก.pdf", "media_type": "application/pdf", "bytes": 1, "sha256": "0" * 64, "added_at": "2001-10-09T03:00:00Z"},
    "word_template": {"name": "ก.docx", "media_type": "application/octet-stream", "bytes": 1, "sha256": "0" * 64, "added_at": "2001-10-09T03:00:00Z"},
    "acceptance": {"evidence": ROWS["evidence"]["id"], "judgement": "accepted", "digest": "0" * 64, "judged_at": "2001-10-09T03:00:00Z"},
    "meeting": {"title": "ก", "step": "weights", "held_on": "2001-10-09", "began_at": "2001-10-09T03:00:00Z", "led_by": "p-facilitator"},
    "resolution": {"meeting": "meeting:1", "number": 1, "title": "ก", "method": "swing", "decided": "ก", "decided_by": "p-facilitator", "decided_at": "2001-10-09T03:00:00Z"},
    "inquiry": {"asked_by": "ก", "sort": "finding", "text": "ก", "asked_at": "2001-10-09T03:00:00Z"},
}  # fmt: skip
ROLE_AND_KIND = [(role, kind.name) for role in ROLES for kind in KINDS.values() if kind.name not in BY_ACTION]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with an_office(tmp_path_factory.mktemp("office") / "nine.duckdb") as opened:
        yield opened


@pytest.fixture(scope="module")
def of_role(office: Office) -> dict[str, str]:
    """A copy of Lampang, with a mock audit, for each role to try itself on."""
    made = {role: lampang(office) for role in ROLES}
    for project_id in made.values():
        write(office, project_id, "mock_audit", held_on="2001-10-02")
    return made


def attempt(office: Office, project_id: str, kind: str, role: str) -> Any:
    """Something that changes a row of the kind, or adds the first; rows that belong to somebody belong to this person."""
    values = {name: value.format(role) if isinstance(value, str) else value for name, value in CHANGED.get(kind, {}).items()}
    if kind in REMOVED_INSTEAD:
        return remove(office, project_id, ROWS[kind]["id"], by=person(role))
    if kind in NEW:
        values = dict(NEW[kind])
    if kind == "mock_verdict":
        audit = next(office.store.state(project_id).where("mock_audit", held_on="2001-10-02"))
        return write(office, project_id, kind, by=person(role), audit=audit.id, indicator=ROWS["indicator"]["id"], verdict="agrees")
    if KINDS[kind].own:
        values = {**ROWS.get(kind, {"body": {}})["body"], **values, KINDS[kind].own: person(role).id}
    entity_id = None if kind in NEW or KINDS[kind].own else ROWS[kind]["id"]
    return write(office, project_id, kind, entity_id, by=person(role), **values)


@pytest.mark.parametrize(("role", "kind"), ROLE_AND_KIND, ids=[f"{role}-{kind}" for role, kind in ROLE_AND_KIND])
def test_a_role_saves_what_its_verbs_include_and_nothing_else(office: Office, of_role: dict[str, str], role: str, kind: str):
    project_id, verb = of_role[role], KINDS[kind].verb
    before = contents(office.store, project_id)
    if role in VERBS[verb]:
        assert len(attempt(office, project_id, kind, role).ids) == 1
        return
    with pytest.raises(NotAllowed) as refusal:
        attempt(office, project_id, kind, role)
    assert (refusal.value.code, refusal.value.facts) == ("not_allowed", {"role": role, "verb": verb})
    assert all(refusal_sentence(Told(phrases(language)), refusal.value).isprintable() for language in LANGUAGES)
    assert contents(office.store, project_id) == before


@pytest.mark.parametrize("kind", BY_ACTION)
@pytest.mark.parametrize("role", ROLES)
def test_what_an_action_writes_is_saved_by_no_other(office: Office, of_role: dict[str, str], role: str, kind: str):
    project_id = of_role[role]
    before = contents(office.store, project_id)
    with pytest.raises(NotAllowed) as refusal:
        write(office, project_id, kind, by=person(role), **BY_ACTION[kind])
    assert (refusal.value.code, refusal.value.facts) == ("written_otherwise", {"kind": kind})
    assert all(refusal_sentence(Told(phrases(language)), refusal.value).isprintable() for language in LANGUAGES)
    assert contents(office.store, project_id) == before


OWNED = [kind.name for kind in KINDS.values() if kind.own]


@pytest.mark.parametrize("kind", OWNED)
@pytest.mark.parametrize("how", ["edit", "remove", "take over", "write in another's name"])
def test_a_member_changes_only_their_own(office: Office, of_role: dict[str, str], kind: str, how: str):
    project_id, member, own = of_role["member"], person("member"), KINDS[kind].own
    values = {**ROWS.get(kind, {"body": {}})["body"], **NEW.get(kind, {}), own: "p-head"}
    theirs = write(office, project_id, kind, **values).ids[0]
    before = contents(office.store, project_id)
    with pytest.raises(NotAllowed) as refusal:
        if how == "edit":
            write(office, project_id, kind, theirs, by=member, **{"reason" if kind == "proposal" else "problems": "ก"})
        elif how == "remove":
            remove(office, project_id, theirs, by=member)
        elif how == "take over":
            write(office, project_id, kind, theirs, by=member, **{own: member.id})
        else:
            write(office, project_id, kind, by=member, **values)
    assert (refusal.value.code, refusal.value.facts) == ("only_own_rows", {"kind": kind})
    assert all(refusal_sentence(Told(phrases(language)), refusal.value).isprintable() for language in LANGUAGES)
    assert contents(office.store, project_id) == before


@pytest.mark.parametrize("kind", OWNED)
def test_a_facilitator_writes_for_those_who_do_not_use_a_computer(office: Office, of_role: dict[str, str], kind: str):
    values = {**ROWS.get(kind, {"body": {}})["body"], **NEW.get(kind, {}), KINDS[kind].own: "p-head"}
    assert len(write(office, of_role["facilitator"], kind, by=person("facilitator"), **values).ids) == 1


@pytest.mark.parametrize(("role", "kind"), ROLE_AND_KIND, ids=[f"{role}-{kind}" for role, kind in ROLE_AND_KIND])
def test_a_button_is_offered_to_whoever_may_press_it(role: str, kind: str):
    assert may_edit(PEOPLE[role], kind) == (role in VERBS[KINDS[kind].verb])


@pytest.mark.parametrize("kind", BY_ACTION)
@pytest.mark.parametrize("role", ROLES)
def test_a_button_for_an_action_is_offered_to_whoever_may_press_it(role: str, kind: str):
    assert not may_edit(PEOPLE[role], kind)
    for action in KINDS[kind].actions:
        assert may_edit(PEOPLE[role], kind, action=action) == (role in VERBS[VERB_OF_ACTION.get(action, KINDS[kind].verb)])


def test_every_kind_is_tried():
    assert set(NEW) | set(CHANGED) | set(BY_ACTION) == set(KINDS)
    assert set(BY_ACTION) == {kind.name for kind in KINDS.values() if kind.actions}
