"""What people send in a workshop, method by method: read, or refused with what to do; and how it is kept apart from who sent it."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from pso_core.domain.workshop.gathering import check_dots
from pso_core.domain.workshop.room import Question
from pso_core.domain.workshop.weighting import check_ratings
from pso_core.errors import PsoError

STANCES = ("for", "against", "abstain")
SUPPORT = (0, 1, 2, 3)
REASON = 200  # characters of the one line that says why
PHRASES, PHRASE = 10, 300  # of one person; characters of one

Read = Callable[[Question, Mapping[str, Any]], dict[str, Any]]


def read_ballot(question: Question, sent: Mapping[str, Any]) -> dict[str, Any]:
    """What was sent as plain data of the question's method.

    Refuses ballot_incomplete (missing), ballot_not_offered, ballot_sum (sum, total), ballot_no_top, ballot_without_reason,
    ballot_text_long (limit), ballot_empty, ballot_too_many (most), dots_none, dots_on_one (given, most), dots_too_many (given, most).
    """
    return METHODS[question.method](question, sent)


def key_of(token: str, question: Question) -> str:
    """Under which a person's answer is kept: only who has the token finds it again, so that nobody can tell whose it is."""
    return hashlib.sha256(f"{token}/{question.id}/{question.round}".encode()).hexdigest()


def _score(question: Question, sent: Mapping[str, Any]) -> dict[str, Any]:
    """A level with why and, where there is one, the evidence; or none, which is said too."""
    if sent.get("level") in (None, ""):
        raise PsoError("ballot_incomplete", missing=1)
    if sent["level"] == "abstain":
        return {"level": None, "reason": _line(sent.get("reason")), "evidence": None}
    level = _whole(sent["level"])
    if level not in question.settings["levels"]:
        raise PsoError("ballot_not_offered")
    reason = _line(sent.get("reason"))
    if not reason:
        raise PsoError("ballot_without_reason")
    evidence = sent.get("evidence") or None
    if evidence and evidence not in question.settings["evidence"]:
        raise PsoError("ballot_not_offered")
    return {"level": level, "reason": reason, "evidence": evidence}


def _swing(question: Question, sent: Mapping[str, Any]) -> dict[str, Any]:
    """How much each would matter beside the one that matters most, which is 100."""
    ratings = _figures(question, sent)
    check_ratings(ratings.values())
    return {"ratings": ratings}


def _points(question: Question, sent: Mapping[str, Any]) -> dict[str, Any]:
    """Points that make the whole."""
    points, total = _figures(question, sent), question.settings["total"]
    if any(given < 0 for given in points.values()):
        raise PsoError("ballot_not_offered")
    if sum(points.values()) != total:
        raise PsoError("ballot_sum", sum=sum(points.values()), total=total, left=total - sum(points.values()))
    return {"points": points}


def _rank(question: Question, sent: Mapping[str, Any]) -> dict[str, Any]:
    """A place from 1 for each; several may share one."""
    ranks = _figures(question, sent)
    if any(not 1 <= rank <= len(question.about) for rank in ranks.values()):
        raise PsoError("ballot_not_offered")
    return {"ranks": ranks}


def _tier(question: Question, sent: Mapping[str, Any]) -> dict[str, Any]:
    """A tier for each."""
    chosen = {one: sent.get(one) for one in question.about}
    _require_all(chosen)
    if any(tier not in question.settings["tiers"] for tier in chosen.values()):
        raise PsoError("ballot_not_offered")
    return {"tiers": chosen}


def _support(question: Question, sent: Mapping[str, Any]) -> dict[str, Any]:
    """From 0 to 3 for each."""
    given = _figures(question, sent)
    if any(value not in SUPPORT for value in given.values()):
        raise PsoError("ballot_not_offered")
    return {"support": given}


def _dots(question: Question, sent: Mapping[str, Any]) -> dict[str, Any]:
    """Dots on some; nothing said of one is none on it."""
    dots = {one: _whole(sent.get(one) or 0) for one in question.about}
    if any(given < 0 for given in dots.values()):
        raise PsoError("ballot_not_offered")
    check_dots(dots, question.settings["each"], question.settings["on_one"])
    if not any(dots.values()):
        raise PsoError("dots_none")
    return {"dots": dots}


def _phrases(question: Question, sent: Mapping[str, Any]) -> dict[str, Any]:
    """One to a line, each once."""
    lines = list(dict.fromkeys(line for text in str(sent.get("text") or "").splitlines() if (line := clean_line(text))))
    if not lines:
        raise PsoError("ballot_empty")
    if len(lines) > PHRASES:
        raise PsoError("ballot_too_many", most=PHRASES)
    if any(len(line) > PHRASE for line in lines):
        raise PsoError("ballot_text_long", limit=PHRASE)
    return {"phrases": lines}


def _stance(question: Question, sent: Mapping[str, Any]) -> dict[str, Any]:
    """For, against or neither; whoever is against says why."""
    if not sent.get("stance"):
        raise PsoError("ballot_incomplete", missing=1)
    if sent["stance"] not in STANCES:
        raise PsoError("ballot_not_offered")
    reason = _line(sent.get("reason"))
    if sent["stance"] == "against" and not reason:
        raise PsoError("ballot_without_reason")
    return {"stance": sent["stance"], "reason": reason}


METHODS: Mapping[str, Read] = MappingProxyType({
    "score": _score, "swing": _swing, "points": _points, "rank": _rank, "tier": _tier, "support": _support, "dots": _dots, "phrases": _phrases, "stance": _stance,
})  # fmt: skip


def clean_line(text: Any) -> str:
    """On one line, without what cannot be seen."""
    seen = "".join(" " if letter.isspace() else letter for letter in str(text or "") if letter.isspace() or unicodedata.category(letter)[0] != "C")
    return " ".join(unicodedata.normalize("NFC", seen).split())


def _line(text: Any) -> str:
    line = clean_line(text)
    if len(line) > REASON:
        raise PsoError("ballot_text_long", limit=REASON)
    return line


def _figures(question: Question, sent: Mapping[str, Any]) -> dict[str, int]:
    """A whole number for each that the question is about; what else was sent is not looked at."""
    said = {one: sent.get(one) for one in question.about}
    _require_all(said)
    return {one: _whole(value) for one, value in said.items()}


def _require_all(said: Mapping[str, Any]) -> None:
    if missing := sum(1 for value in said.values() if value in (None, "")):
        raise PsoError("ballot_incomplete", missing=missing)


def _whole(value: Any) -> int:
    """Thai digits are digits."""
    text = str(value).strip()
    if isinstance(value, bool) or len(text) > 6 or not text.removeprefix("-").isdecimal():
        raise PsoError("ballot_not_offered")
    return int(text)
