"""What a person would leave behind who moves to another office: everything of theirs that is still to be done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from types import MappingProxyType

from pso_core.domain.owed import Morning, Owed, activities, decisions, findings, in_order, phases

HELD = MappingProxyType({"phase": phases, "activity": activities, "finding": findings})  # {kind that somebody holds and may hand over: what is to be done of it}


def held_by(morning: Morning, person_id: str) -> tuple[Owed, ...]:
    """Their phases that are not approved, activities that are not done and findings that are open: overdue first, then by due day."""
    return in_order(one for one in _held(morning) if one.owner == person_id)


def holders(morning: Morning) -> Counter[str]:
    """{person: how many such things they hold}, also people who have left."""
    return Counter(one.owner for one in _held(morning) if one.owner)


def decisions_of(morning: Morning, person_id: str) -> tuple[Owed, ...]:
    """The steps that wait for them; these go with the role, not with the person."""
    return in_order(one for one in decisions(morning) if one.owner == person_id)


def _held(morning: Morning) -> Iterator[Owed]:
    for to_do in HELD.values():
        yield from to_do(morning)
