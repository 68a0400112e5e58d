"""Who may do what: the whole table, spelled out."""

from dataclasses import FrozenInstanceError

import pytest

from pso_core.domain.people import ROLES, Person
from pso_core.domain.permissions import VERBS, may

TABLE = {
    "administrator": {
        "configure", "view", "edit_content", "decide", "supervise", "certify", "manage_projects", "manage_people", "backup", "redact", "lead_workshop",
    },
    "facilitator": {"view", "edit_content", "decide", "endorse", "return", "reopen", "supervise", "certify", "manage_projects", "lead_workshop"},
    "member": {"view", "edit_content"},
    "head": {"view", "edit_content", "endorse", "approve", "return", "return_endorsed", "reopen", "open_to_examiners", "supervise", "certify", "lead_workshop"},
    "viewer": {"view"},
}  # fmt: skip


@pytest.mark.parametrize("role", TABLE)
def test_each_role_may_do_exactly_its_verbs(role):
    assert {verb for verb in VERBS if may(role, verb)} == TABLE[role]


def test_the_table_covers_every_role():
    assert tuple(TABLE) == ROLES


def test_an_unknown_role_may_nothing():
    assert not any(may("auditor", verb) for verb in VERBS)


def test_an_unknown_verb_is_a_bug():
    with pytest.raises(KeyError):
        may("administrator", "fly")


def test_nobody_can_change_the_table_or_their_own_role():
    with pytest.raises(TypeError):
        VERBS["view"] = frozenset()
    with pytest.raises(FrozenInstanceError):
        Person("p1", "somchai", "สมชาย", "เจ้าพนักงาน", "สำนักงานจังหวัด", "member", True).role = "administrator"
