"""What the answers of a round come to, once it is revealed: the distribution, the reasons without names, what is proposed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import streamlit as st

from pso_core.actions import workshop_outcomes
from pso_core.actions.workshop_answers import answers
from pso_core.domain.workshop import agreement
from pso_core.domain.workshop import outcome as outcomes
from pso_core.domain.workshop.ballots import SUPPORT
from pso_core.domain.workshop.outcome import Outcome
from pso_core.domain.workshop.room import FEWEST, ROUNDS, Question, Room
from pso_core.office import office
from pso_core.ui import cached, show, workshop_gather
from pso_core.ui.desk import Desk
from pso_core.ui.naming import amount
from pso_core.ui.plain import as_html
from pso_core.ui.workshop_words import agreement_word, answer_name, thing, value_sentence

UNITS = (1, 5)
PROPOSED_IN_WORDS = ("score", "stance")  # the others propose in their table


def unit_of(room: Room, question: Question) -> int:
    """In whole points or in fives, as the leader chose."""
    return st.session_state.get(f"workshop/unit/{room.id}/{question.id}") or UNITS[0]


def found(desk: Desk, room: Room, question: Question) -> Outcome | None:
    """None while too few have answered for their answers to be shown."""
    return workshop_outcomes.come_to(desk.office, room, question, unit_of(room, question))


def outcome(desk: Desk, room: Room, question: Question, come_to: Outcome | None, leads: bool) -> None:
    show.heading(desk.say("page_workshop.outcome"))
    if come_to is None:
        show.quiet(desk.say("page_workshop.hidden", fewest=FEWEST))
        return
    if word := agreement_word(desk, come_to):
        st.html(f"<p class='finding {come_to.agreement}'>{as_html(word)}</p><p class='quiet'>{as_html(desk.say(f'page_workshop.then.{_then(question, come_to)}'))}</p>")
    if leads and question.method == "phrases" and question.phase == "revealed":
        workshop_gather.grouping(desk, room, question, come_to.groups)
    else:
        _DRAWN[question.method](desk, question, come_to)
    if question.method in PROPOSED_IN_WORDS and (proposed := value_sentence(desk, question, come_to.proposed)):
        st.html(f"<p class='row'>{as_html(desk.say('page_workshop.proposed'))}<br><b>{as_html(proposed)}</b></p>")
    if come_to.firm_places:
        show.quiet(desk.say("page_workshop.firm_first") if come_to.firm_places == 1 else desk.say("page_workshop.firm_places", places=come_to.firm_places))
    if leads and come_to.consistent is not None:
        show.quiet(desk.say("page_workshop.consistent", consistent=come_to.consistent, answered=come_to.answered))
    _reasons(desk, question, come_to)
    _pointed_at(desk, room, question)


def _then(question: Question, come_to: Outcome) -> str:
    """What to do next; a room that was asked twice is not asked again."""
    return "still_split" if come_to.agreement == "split" and question.votes >= ROUNDS else come_to.agreement


def divided_first(desk: Desk, room: Room, rest: Sequence[Question]) -> list[Question]:
    """Levels that were revealed, the most divided first; then the others as they stand."""
    given = {question.id: one for question in rest if question.shown and question.method == "score" and (one := found(desk, room, question))}
    order = outcomes.most_divided_first(given)
    return [*(room.questions[id_] for id_ in order), *(question for question in rest if question.id not in given)]


def _bars(desk: Desk, question: Question, come_to: Outcome) -> None:
    st.html("".join(_tally(desk, question, counts, thing(question, one) if one else "") for one, counts in come_to.counts.items()))


def _tally(desk: Desk, question: Question, counts: Mapping[str, int], title: str) -> str:
    """A bar for each answer with how many gave it; the highest level on top."""
    most = max([*counts.values(), 1])
    shown = reversed(counts.items()) if question.method == "score" else counts.items()
    lines = "".join(
        f"<li><span>{as_html(answer_name(desk, question, answer))}</span><b>{count}</b><i class='{_colour(question, answer)}' style='width:{round(count * 100 / most)}%'></i></li>"
        for answer, count in shown
    )
    head = f"<h4>{as_html(title)}</h4>" if title else ""
    return f"{head}<ul class='tally'>{lines}</ul>"


def _colour(question: Question, answer: str) -> str:
    return f"level{answer}" if question.method == "score" and answer.isdecimal() else ""


def _weights(desk: Desk, question: Question, come_to: Outcome) -> None:
    head = [desk.say(f"page_workshop.column.{name}") for name in ("name", "mean", "median", "middle", "proposed")]
    rows = [
        (thing(question, one), amount(mean, desk), amount(spread.median, desk), f"{amount(spread.lower, desk)}–{amount(spread.upper, desk)}", come_to.proposed[one])
        for one, mean in come_to.means.items() for spread in [come_to.spreads[one]]
    ]  # fmt: skip
    total = (desk.say("page_workshop.column.total"), "", "", "", sum(come_to.proposed.values())) if come_to.proposed else None
    show.table(head, rows, numbers=(1, 2, 3, 4), total=total)


def _tiers(desk: Desk, question: Question, come_to: Outcome) -> None:
    tiers = question.settings["tiers"]
    head = [desk.say("page_workshop.column.name"), *tiers.values(), desk.say("page_workshop.column.proposed")]
    rows = [
        (thing(question, task), *(counts.get(tier, 0) for tier in tiers), tiers.get(come_to.proposed[task], desk.say("page_workshop.tied")))
        for task, counts in come_to.counts.items()
    ]  # fmt: skip
    show.table(head, rows, numbers=tuple(range(1, len(tiers) + 1)))


def _support(desk: Desk, question: Question, come_to: Outcome) -> None:
    """The best supported first, with how many gave each degree."""
    degrees = [answer_name(desk, question, str(degree)) for degree in SUPPORT]
    head = [desk.say("page_workshop.column.name"), desk.say("page_workshop.column.mean"), *degrees]
    rows = [(thing(question, one), amount(come_to.means.get(one), desk), *come_to.counts[one].values()) for one in come_to.proposed or come_to.counts]
    show.table(head, rows, numbers=(1, 2, 3, 4, 5))


def _dots(desk: Desk, question: Question, come_to: Outcome) -> None:
    """The one with most dots first."""
    head = [desk.say(f"page_workshop.column.{name}") for name in ("name", "dots", "people")]
    rows = [(thing(question, one), dots, sum(come_to.counts[one].values())) for one, dots in sorted(come_to.dots.items(), key=lambda named: -named[1])]
    show.table(head, rows, numbers=(1, 2))


def _groups(desk: Desk, question: Question, come_to: Outcome) -> None:
    """What stands for each group, under it what was written in other words."""
    st.html(f"<ul class='groups'>{''.join(f'<li>{workshop_gather.group_html(one)}</li>' for one in come_to.groups)}</ul>")


def _reasons(desk: Desk, question: Question, come_to: Outcome) -> None:
    """Without names, grouped by answer: those of the lowest and the highest are asked to speak first."""
    if not come_to.reasons:
        return
    items = "".join(
        f"<li><span class='chip {_colour(question, answer)}'>{as_html(answer_name(desk, question, answer))}</span> {as_html(why)}</li>" for answer, why in come_to.reasons
    )
    st.html(f"<h4>{as_html(desk.say('page_workshop.reasons'))}</h4><ul class='reasons'>{items}</ul>")


def pointed_at(room: Room, question: Question) -> dict[str, int]:
    """{evidence: how many pointed at it}, what most pointed at first."""
    named = Counter(one.get("evidence") for one in _ballots(room.id, question.id, question.round) if one.get("evidence"))
    return dict(named.most_common())


def _pointed_at(desk: Desk, room: Room, question: Question) -> None:
    if question.method == "score" and (found := pointed_at(room, question)):
        lines = (desk.say("page_workshop.given", answer=question.settings["evidence"][id_], count=count) for id_, count in found.items())
        st.html(f"<h4>{as_html(desk.say('page_workshop.pointed_at'))}</h4><ul>{''.join(f'<li>{as_html(line)}</li>' for line in lines)}</ul>")


def hints(desk: Desk, room: Room, question: Question, come_to: Outcome) -> None:
    """Measures of agreement: for the leader alone, and never a verdict."""
    if lines := list(_measures(desk, room, question, come_to)):
        with st.expander(desk.say("page_workshop.hints"), key=f"workshop/hints/{room.id}"):
            show.quiet(desk.say("page_workshop.hints_about"))
            st.html(f"<ul>{''.join(f'<li>{as_html(line)}</li>' for line in lines)}</ul>")


def _measures(desk: Desk, room: Room, question: Question, come_to: Outcome) -> Iterator[str]:
    say = desk.say
    if come_to.concordance is not None:
        word = agreement.word(come_to.concordance, agreement.CONCORDANCE_WORDS)
        yield say("page_workshop.concordance", value=amount(come_to.concordance, desk), word=say(f"page_workshop.concordance_word.{word}"))
    if come_to.consensus is not None:
        word = agreement.word(come_to.consensus, agreement.CONSENSUS_WORDS)
        yield say("page_workshop.consensus", percent=round(come_to.consensus * 100), word=say(f"page_workshop.consensus_word.{word}"))
    if question.method == "score":
        units = [one for other in outcomes.scored(room) if (one := _ballots(room.id, other.id, other.round))]
        if len(units) > 1 and (alpha := outcomes.rater_agreement(units)) is not None:
            word = agreement.word(alpha, agreement.ALPHA_WORDS)
            yield say("page_workshop.alpha", count=len(units), value=amount(alpha, desk), word=say(f"page_workshop.alpha_word.{word}"))


@cached.kept(256)
def _ballots(room_id: str, question_id: str, round_: int) -> tuple[Mapping, ...]:
    return answers(office(), room_id, question_id, round_).ballots


_DRAWN = {
    "score": _bars, "stance": _bars, "swing": _weights, "points": _weights, "rank": _weights, "tier": _tiers, "support": _support, "dots": _dots, "phrases": _groups,
    "best_worst": _weights,
}  # fmt: skip
