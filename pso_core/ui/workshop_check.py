"""An expert's check of weights: in one sentence how far it lies from the weights on record, or from what another question proposes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pso_core.domain.workshop.aggregation import furthest_apart
from pso_core.domain.workshop.outcome import Outcome
from pso_core.domain.workshop.room import Question, Room
from pso_core.steps.weights import TOTAL
from pso_core.ui import show, workshop_outcome
from pso_core.ui.desk import Desk
from pso_core.ui.workshop_words import thing

CHECK = "best_worst"

Weights = Mapping[str, int]


def beside(desk: Desk, room: Room, question: Question, come_to: Outcome) -> None:
    """Under the check and under what it checks. Nothing where there is only the one or the other."""
    if question.settings.get("writes") != "weights" or not come_to.proposed:
        return
    if question.method != CHECK:
        for check in _proposals(desk, room, question, checks=True):
            show.quiet(_sentence(desk, question, check[1], come_to.proposed, desk.say("page_workshop.check_beside.this")))
            return
    elif used := _recorded(desk, question):
        show.quiet(_sentence(desk, question, come_to.proposed, used, desk.say("page_workshop.check_beside.decided")))
    else:
        for other, proposed in _proposals(desk, room, question, checks=False):
            show.quiet(_sentence(desk, question, come_to.proposed, proposed, desk.say("page_workshop.check_beside.asked", title=other.title)))
            return


def _sentence(desk: Desk, question: Question, check: Weights, used: Weights, other: str) -> str:
    most = furthest_apart(check, used)
    if most is None:
        return desk.say("page_workshop.check_same", beside=other)
    return desk.say("page_workshop.check_differs", beside=other, name=thing(question, most), check=check[most], used=used[most])


def _proposals(desk: Desk, room: Room, question: Question, *, checks: bool) -> Iterator[tuple[Question, Weights]]:
    """What other questions about the same criteria propose, the last one first."""
    for other in reversed(room.questions.values()):
        if other.id != question.id and other.shown and other.settings.get("writes") == "weights" and (other.method == CHECK) is checks and other.about == question.about:
            found = workshop_outcome.found(desk, room, other)
            if found and found.proposed:
                yield other, found.proposed


def _recorded(desk: Desk, question: Question) -> Weights | None:
    """The weights of the project, where all are there and make the whole."""
    there = {row["criterion"]: row["weight"] for row in desk.state.of("weight") if row["criterion"] in question.about and row["weight"] is not None}
    return there if len(there) == len(question.about) and sum(there.values()) == TOTAL else None
