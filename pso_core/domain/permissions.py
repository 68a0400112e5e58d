"""Which role may do what. A hidden button is courtesy; this table decides."""

from __future__ import annotations

from types import MappingProxyType

from pso_core.domain.people import ROLES

VERBS = MappingProxyType({
    "configure": frozenset({"administrator"}),  # holidays, the mail server
    "view": frozenset(ROLES),
    "edit_content": frozenset({"administrator", "facilitator", "member", "head"}),
    "decide": frozenset({"administrator", "facilitator"}),  # weights, tiers, rounds, targets, adopting the vision
    "endorse": frozenset({"facilitator", "head"}),
    "approve": frozenset({"head"}),  # a step, a schedule
    "return": frozenset({"facilitator", "head"}),  # a step that was submitted
    "return_endorsed": frozenset({"head"}),
    "reopen": frozenset({"facilitator", "head"}),  # a step that was approved
    "open_to_examiners": frozenset({"head"}),  # an address without an account
    "lead_workshop": frozenset({"administrator", "facilitator", "head"}),
    "ask": frozenset({"examiner"}),  # a question or finding from outside
    "supervise": frozenset({"administrator", "facilitator", "head"}),
    "certify": frozenset({"administrator", "facilitator", "head"}),
    "manage_projects": frozenset({"administrator", "facilitator"}),  # create, import, export
    "manage_people": frozenset({"administrator"}),
    "backup": frozenset({"administrator"}),
    "redact": frozenset({"administrator"}),
})


def may(role: str, verb: str) -> bool:
    """Whether a role includes a verb. An unknown role may nothing; an unknown verb is a bug (KeyError)."""
    return role in VERBS[verb]
