"""Phrases that the room wrote: put alike ones together without losing any, then see which have support."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from pso_core.domain.exact import Number
from pso_core.domain.workshop.ranking import places
from pso_core.errors import NotFound, PsoError

DOTS_EACH = 5
DOTS_ON_ONE = 3
TOP_SUPPORT = 3


@dataclass(frozen=True, slots=True)
class Phrase:
    """As it was written. `merged_into`: the phrase that stands for it, itself perhaps standing under another."""

    id: str
    text: str
    merged_into: str | None = None


Phrases = Mapping[str, Phrase]


@dataclass(frozen=True, slots=True)
class Group:
    """Phrases that say the same. `id`: of the one that stands for them. `text`: what it says, perhaps in other words than were written.

    `phrases`: {id: text} of all of them as they were written, the one that stands for them first.
    """

    id: str
    text: str
    phrases: Mapping[str, str]

    @property
    def originals(self) -> tuple[str, ...]:
        """What was written in other words than those that stand for the group."""
        return tuple(text for text in self.phrases.values() if text != self.text)


@dataclass(frozen=True, slots=True)
class Support:
    """How many gave each degree of support, 0 … 3."""

    counts: tuple[int, ...]

    @property
    def n(self) -> int:
        return sum(self.counts)

    @property
    def mean(self) -> Fraction | None:
        """None where nobody voted, which is not 0."""
        given = sum(degree * count for degree, count in enumerate(self.counts))
        return Fraction(given, self.n) if self.n else None


@dataclass(frozen=True, slots=True)
class Ranked:
    """`place` 1 is the first; equals share it."""

    id: str
    place: int
    value: Number


def phrase_id(text: str) -> str:
    """Of a phrase as it was written: the same for everybody who wrote the same, so that it names nobody."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def phrases_of(texts: Iterable[str], under: Mapping[str, str]) -> dict[str, Phrase]:
    """Phrases as they were written. `under`: {phrase: the phrase it was put under}."""
    return {id: Phrase(id, text, merged_into=under.get(id)) for text in texts for id in [phrase_id(text)]}


def grouped(texts: Iterable[str], under: Mapping[str, str], wordings: Mapping[str, str]) -> tuple[Group, ...]:
    """The phrases of a round group by group, the largest first, equals in the order of the texts; a phrase that was put under none is a group."""
    phrases = phrases_of(texts, under)
    found = (Group(head, wordings.get(head) or phrases[head].text, {id: phrases[id].text for id in ids}) for head, ids in groups(phrases).items())
    return tuple(sorted(found, key=lambda group: -len(group.phrases)))


def merged(phrases: Phrases, id: str, into: str) -> dict[str, Phrase]:
    """The phrases with one, and all that stand under it, put under another; every text stays.

    Refuses: row_gone, merged_in_circle.
    """
    phrase = _found(phrases, id)
    _found(phrases, into)
    if id in _way_up(phrases, into):
        raise PsoError("merged_in_circle", text=phrase.text)
    return {**phrases, id: replace(phrase, merged_into=into)}


def taken_out(phrases: Phrases, id: str) -> dict[str, Phrase]:
    """The phrases with one standing for itself again, still with those under it: undoes `merged`. Refuses: row_gone."""
    return {**phrases, id: replace(_found(phrases, id), merged_into=None)}


def standing_for(phrases: Phrases, id: str) -> str:
    """The phrase that stands for this one: itself unless it is merged into one that is there. Refuses: row_gone.

    Two people may merge two phrases into each other at the same time; then the first id stands for both.
    """
    _found(phrases, id)
    way = _way_up(phrases, id)
    above = phrases[way[-1]].merged_into
    return min(way[way.index(above) :]) if above in way else way[-1]


def groups(phrases: Phrases) -> dict[str, tuple[str, ...]]:
    """{phrase that stands for others: itself and these}, both in the order in which they were written."""
    heads = {id: standing_for(phrases, id) for id in phrases}
    found = {id: [id] for id in phrases if heads[id] == id}
    for id, head in heads.items():
        if id != head:
            found[head].append(id)
    return {head: tuple(ids) for head, ids in found.items()}


def check_dots(dots: Mapping[str, int], each: int = DOTS_EACH, on_one: int = DOTS_ON_ONE):
    """One person's dots {phrase: dots}: up to `each` in all, `on_one` on a single phrase; fewer will do.

    Refuses: points_negative, dots_on_one (given, most), dots_too_many (given, most).
    """
    for given in dots.values():
        if given < 0:
            raise PsoError("points_negative")
        if given > on_one:
            raise PsoError("dots_on_one", given=given, most=on_one)
    if sum(dots.values()) > each:
        raise PsoError("dots_too_many", given=sum(dots.values()), most=each)


def dots_together(phrases: Phrases, everybody: Iterable[Mapping[str, int]]) -> dict[str, int]:
    """Dots of each phrase that stands for others or for itself; dots on a merged one count for its head."""
    total = dict.fromkeys(groups(phrases), 0)
    for dots in everybody:
        for id, given in dots.items():
            total[standing_for(phrases, id)] += given
    return total


def support(given: Sequence[int | None]) -> Support:
    """One degree of support a person, 0 … 3; None is an abstention. Refuses: ballot_not_offered."""
    degrees = [degree for degree in given if degree is not None]
    if any(degree not in range(TOP_SUPPORT + 1) for degree in degrees):
        raise PsoError("ballot_not_offered")
    return Support(tuple(degrees.count(degree) for degree in range(TOP_SUPPORT + 1)))


def ranked(values: Mapping[str, Number]) -> tuple[Ranked, ...]:
    """The largest value first; equals share a place, 1, 2, 2, 4, and keep their order."""
    found = (Ranked(id, place, values[id]) for id, place in zip(values, places(list(values.values())), strict=True))
    return tuple(sorted(found, key=lambda one: one.place))


def _found(phrases: Phrases, id: str) -> Phrase:
    if id not in phrases:
        raise NotFound("row_gone", kind="phrase")
    return phrases[id]


def _way_up(phrases: Phrases, id: str) -> list[str]:
    """The phrase, the one it is merged into, and so on, each once, up to one that is merged into none that is there."""
    way = [id]
    while (above := phrases[way[-1]].merged_into) in phrases and above not in way:
        way.append(above)
    return way
