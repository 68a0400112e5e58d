"""What a question asks for on a phone, field by field; what was typed or sent before, put back into the fields; and read out of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pso_core.domain.workshop import best_worst
from pso_core.domain.workshop.ballots import OVER, PHRASE, PHRASES, REASON, STANCES, SUPPORT, UNDER, Incomplete, comparisons_of
from pso_core.domain.workshop.room import Question
from pso_core.domain.workshop.weighting import RATINGS
from pso_core.errors import PsoError
from pso_core.text.phrases import Phrases
from pso_core.text.thaidate import arabic_digits

ABSTAIN = "abstain"
ON = "on:"  # before the id of what a field is about, so that no id can be the name of another field
BY_NAME = ("level", "reason", "evidence", "text", "stance", "best", "worst")
PAIRED = (OVER, UNDER)
MARKS = ("○", "◔", "◑", "●")
DOT = "●"
PER_ITEM = {"swing": "ratings", "points": "points", "rank": "ranks", "tier": "tiers", "support": "support", "dots": "dots"}  # method → where its ballot has it
SHUFFLED = ("support", "dots")  # what stands first is chosen more often; criteria and tasks have an order of their own


@dataclass(frozen=True)
class Choice:
    """One of several to tap. `look`: how it is coloured; `more`: what must be true for it."""

    value: str
    name: str
    mark: str = ""
    more: str = ""
    look: str = ""


@dataclass(frozen=True)
class Item:
    """One of the things a question is about."""

    field: str
    name: str
    about: str = ""


@dataclass(frozen=True)
class Fit:
    """Whether somebody's own comparisons go together, and in a sentence what to look at again where they do not."""

    well: bool
    sentence: str


@dataclass(frozen=True)
class Asking:
    """A question as it is put: the choices for each item, or for the whole where there are no items. `most`: of `total` on one item."""

    method: str
    items: tuple[Item, ...]
    choices: tuple[Choice, ...]
    evidence: tuple[Choice, ...]
    total: int
    most: int
    longest: int

    def left(self, fields: Mapping[str, str]) -> int:
        """What there is still to give out of `total`; below 0 when it is too much. What is no number is not counted."""
        given = (arabic_digits(fields.get(item.field, "")).strip() for item in self.items)
        return self.total - sum(int(one) for one in given if one.isascii() and one.isdigit() and len(one) < 7)

    def lacking(self, refusal: PsoError | None) -> tuple[str, ...]:
        """The fields for which an answer was refused as incomplete, in the order in which they stand."""
        if not isinstance(refusal, Incomplete):
            return ()
        return tuple(item.field for item in self.items if item.about in refusal.lacking) or refusal.lacking

    @property
    def names(self) -> dict[str, str]:
        """What each field is about, for a phone that tells what it kept and did not send."""
        return {item.field: item.name for item in self.items}

    @property
    def words(self) -> dict[str, str]:
        """What each choice is called there."""
        return {one.value: f"{one.mark} {one.name}".strip() for one in (*self.choices, *self.evidence)}


def asking(question: Question, level_name: Mapping[int, str], say: Phrases, own: str = "") -> Asking:
    """`level_name`: what the standard calls each level. `own`: of this phone and question alone; texts then come in an order of their own."""
    settings, about = question.settings, question.about
    if own and question.method in SHUFFLED:
        about = sorted(about, key=lambda one: hashlib.sha256(f"{own}/{one}".encode()).digest())
    items = tuple(Item(ON + one, name_of(question, one), one) for one in about) if question.method in (*PER_ITEM, "best_worst") else ()
    evidence = tuple(Choice(id_, name) for id_, name in _named(settings.get("evidence", ())))
    longest = PHRASES * (PHRASE + 1) if question.method == "phrases" else REASON
    return Asking(question.method, items, tuple(choices(question, level_name, say)), evidence, settings.get("total") or settings.get("each", 0), settings.get("on_one", 0), longest)


def name_of(question: Question, about: str) -> str:
    return question.settings.get("names", {}).get(about) or (about if len(question.about) > 1 else question.title)


def choices(question: Question, level_name: Mapping[int, str], say: Phrases) -> Iterator[Choice]:
    """In the order in which they are shown."""
    settings = question.settings
    if question.method == "score":
        for level in settings["levels"]:
            mark = MARKS[level] if level < len(MARKS) else ""
            yield Choice(str(level), level_name.get(level, ""), f"{mark} {level}".strip(), settings.get("conditions", {}).get(str(level), ""), f"level-{min(level, 3)}")
        yield Choice(ABSTAIN, say("page_room.abstain"))
    elif question.method == "swing":
        yield from (Choice(str(rating), str(rating)) for rating in reversed(RATINGS))
    elif question.method == "support":
        yield from (Choice(str(degree), say(f"page_room.support.{degree}"), f"{MARKS[degree]} {degree}", look=f"level-{degree}") for degree in SUPPORT)
    elif question.method == "dots":
        yield Choice("0", say("page_room.dots.none"))
        yield from (Choice(str(dots), str(dots), DOT * dots) for dots in range(1, settings["on_one"] + 1))
    elif question.method == "tier":
        yield from (Choice(key, name) for key, name in _named(settings["tiers"]))
    elif question.method == "rank":
        yield from (Choice(str(place), str(place)) for place in range(1, len(question.about) + 1))
    elif question.method == "best_worst":
        yield from (Choice(str(times), str(times)) for times in best_worst.SCALE)
    elif question.method == "stance":
        yield from (Choice(stance, say(f"page_room.stance.{stance}"), "✓✗–"[place], look=f"stance-{stance}") for place, stance in enumerate(STANCES))


def sent_in(form: Mapping[str, str]) -> dict[str, str]:
    """What an answer consists of, by the names that `read_ballot` knows; all else in a form is not looked at."""
    about = {name.removeprefix(ON): arabic_digits(value) for name, value in form.items() if name.startswith(ON)}
    return about | {name: value for name, value in form.items() if name in BY_NAME or name.startswith(PAIRED)}


def typed_in(form: Mapping[str, str]) -> dict[str, str]:
    """The same by the names of the fields, to be put back as they were."""
    return {name: value for name, value in form.items() if name in BY_NAME or name.startswith((ON, *PAIRED))}


def fields_of(question: Question, ballot: Mapping[str, Any] | None) -> dict[str, str]:
    """An answer that was sent, as it stands in the fields."""
    if ballot is None:
        return {}
    if question.method in PER_ITEM:
        return {ON + about: str(value) for about, value in ballot[PER_ITEM[question.method]].items()}
    if question.method == "phrases":
        return {"text": "\n".join(ballot["phrases"])}
    if question.method == "stance":
        return {"stance": ballot["stance"], "reason": ballot["reason"]}
    if question.method == "best_worst":
        pairs = {side + one: str(times) for side, name in ((OVER, "over"), (UNDER, "under")) for one, times in ballot[name].items()}
        return {"best": ballot["best"], "worst": ballot["worst"], **pairs}
    level = ABSTAIN if ballot["level"] is None else str(ballot["level"])
    return {"level": level, "reason": ballot["reason"], "evidence": ballot["evidence"] or ""}


def told(question: Question, fields: Mapping[str, str], asked: Asking) -> list[tuple[str, str]]:
    """An answer to be read, not changed: [(about what, what was answered)]; what is empty is left out."""
    if question.method == "best_worst":
        return list(_told_pairs(question, fields, asked))
    names = {one.value: f"{one.mark} {one.name}".strip() for one in asked.choices}
    pieces = {one.value: one.name for one in asked.evidence}
    lines = [(item.name, names.get(fields.get(item.field, ""), fields.get(item.field, ""))) for item in asked.items if (asked.method, fields.get(item.field)) != ("dots", "0")]
    chosen = fields.get("level") or fields.get("stance") or ""
    lines += [("", names.get(chosen, chosen)), ("", fields.get("reason", "")), ("", pieces.get(fields.get("evidence", ""), fields.get("evidence", "")))]
    lines += [("", line) for line in fields.get("text", "").splitlines()]
    return [(about, answer) for about, answer in lines if answer]


def _told_pairs(question: Question, fields: Mapping[str, str], asked: Asking) -> Iterator[tuple[str, str]]:
    """As `told`: each pair with the more important first, and how many times."""
    best, worst = (fields.get(end, "") for end in ("best", "worst"))
    names = {item.about: item.name for item in asked.items}
    for one, name in names.items():
        if best in names and one != best and (times := fields.get(OVER + one)):
            yield f"{names[best]} › {name}", times
    for one, name in names.items():
        if worst in names and one not in (best, worst) and (times := fields.get(UNDER + one)):
            yield f"{name} › {names[worst]}", times


def fit_of(question: Question, ballot: Mapping[str, Any] | None, say: Phrases) -> Fit | None:
    """Told to who compared, before it is sent and after. None where a method cannot be contradicted, and without an answer."""
    if ballot is None or question.method != "best_worst":
        return None
    compared = comparisons_of(question, ballot)
    odd = best_worst.to_look_at(compared)
    if odd is None:
        return Fit(True, f"✓ {say('page_room.best_worst.fits')}")
    names = {name: name_of(question, question.about[place]) for name, place in (("one", odd), ("best", compared.best), ("worst", compared.worst))}
    return Fit(False, say(
        "page_room.best_worst.odd", over=compared.best_to_others[odd], under=compared.others_to_worst[odd], whole=compared.best_to_worst,
        product=compared.best_to_others[odd] * compared.others_to_worst[odd], **names,
    ))  # fmt: skip


def _named(things: Any) -> list[tuple[str, str]]:
    """(key, name): a bare list of keys names each by itself."""
    return list(things.items()) if isinstance(things, Mapping) else [(key, key) for key in things]
