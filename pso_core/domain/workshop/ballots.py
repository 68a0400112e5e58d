"""What people send in a workshop, method by method: read, or refused with what to do; and how it is kept apart from who sent it."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any

from pso_core.domain.workshop import best_worst
from pso_core.domain.workshop.gathering import check_dots
from pso_core.domain.workshop.room import Question
from pso_core.domain.workshop.weighting import check_ratings
from pso_core.errors import PsoError

STANCES = ("for", "against", "abstain")
SUPPORT = (0, 1, 2, 3)
REASON = 200  # characters of the one line that says why
PHRASES, PHRASE = 10, 300  # of one person; characters of one
OVER, UNDER = "over:", "under:"  # before the id of what the best is compared with, and of what is compared with the worst

Read = Callable[[Question, Mapping[str, Any]], dict[str, Any]]


class Incomplete(PsoError):
    """ballot_incomplete. `lacking`: the names of all that is not answered, as they would have been sent."""

    def __init__(self, lacking: Iterable[str]):
        self.lacking = tuple(lacking)
        super().__init__("ballot_incomplete", missing=len(self.lacking))


def read_ballot(question: Question, sent: Mapping[str, Any]) -> dict[str, Any]:
    """What was sent as plain data of the question's method.

    Refuses ballot_incomplete (missing) as Incomplete, ballot_not_offered, ballot_not_whole, ballot_sum (sum, total), ballot_no_top, ballot_without_reason,
    ballot_text_long (limit), ballot_empty, ballot_too_many (most), ballot_best_is_worst, dots_none, dots_on_one (given, most),
    dots_too_many (given, most).
    """
    return METHODS[question.method](question, sent)


def key_of(token: str, question: Question) -> str:
    """Under which a person's answer is kept: only who has the token finds it again, so that nobody can tell whose it is."""
    return hashlib.sha256(f"{token}/{question.id}/{question.round}".encode()).hexdigest()


def _score(question: Question, sent: Mapping[str, Any]) -> dict[str, Any]:
    """A level with why and, where there is one, the evidence; or none, which is said too."""
    _require_all({"level": sent.get("level")})
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
    """Points that make the whole: none to choose from, so what is no point is told by what points are."""
    points, total = _figures(question, sent, "ballot_not_whole"), question.settings["total"]
    if any(given < 0 for given in points.values()):
        raise PsoError("ballot_not_whole")
    if sum(points.values()) != total:
        raise PsoError("ballot_sum", sum=sum(points.values()), total=total, left=total - sum(points.values()))
    return {"points": points}


def _rank(question: Question, sent: Mapping[str, Any]) -> dict[str, Any]:
    """A place from 1 for each; several may share one."""
    ranks = _figures(question, sent)
    if any(not 1 <= rank <= len(question.about) for rank in ranks.values()):
        raise PsoError("ballot_not_offered")
    return {"ranks": ranks}


def _best_worst(question: Question, sent: Mapping[str, Any]) -> dict[str, Any]:
    """What matters most and least; how many times the one matters more than each, and each more than the other. Neither with itself."""
    best, worst = ends = sent.get("best"), sent.get("worst")
    _require_all({"best": best, "worst": worst})
    if any(one not in question.about for one in ends):
        raise PsoError("ballot_not_offered")
    if best == worst:
        raise PsoError("ballot_best_is_worst")
    over = {one: sent.get(OVER + one) for one in question.about if one != best}
    under = {one: sent.get(UNDER + one) for one in question.about if one not in ends}
    _require_all({**{OVER + one: value for one, value in over.items()}, **{UNDER + one: value for one, value in under.items()}})
    found = {"best": best, "worst": worst, "over": _each_whole(over), "under": _each_whole(under)}
    comparisons_of(question, found)
    return found


def comparisons_of(question: Question, ballot: Mapping[str, Any]) -> best_worst.Comparisons:
    """An answer by best and worst, in the order of what the question is about. Refuses ballot_not_offered."""
    best, worst = (question.about.index(ballot[end]) for end in ("best", "worst"))
    to_others = {ballot["best"]: 1, **ballot["over"]}
    to_worst = {ballot["worst"]: 1, ballot["best"]: ballot["over"][ballot["worst"]], **ballot["under"]}
    return best_worst.Comparisons(best, worst, tuple(to_others[one] for one in question.about), tuple(to_worst[one] for one in question.about))


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
    _require_all({"stance": sent.get("stance")})
    if sent["stance"] not in STANCES:
        raise PsoError("ballot_not_offered")
    reason = _line(sent.get("reason"))
    if sent["stance"] == "against" and not reason:
        raise PsoError("ballot_without_reason")
    return {"stance": sent["stance"], "reason": reason}


METHODS: Mapping[str, Read] = MappingProxyType({
    "score": _score, "swing": _swing, "points": _points, "rank": _rank, "tier": _tier, "support": _support, "dots": _dots, "phrases": _phrases, "stance": _stance,
    "best_worst": _best_worst,
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


def _figures(question: Question, sent: Mapping[str, Any], otherwise: str = "ballot_not_offered") -> dict[str, int]:
    """A whole number for each that the question is about; what else was sent is not looked at. `otherwise`: how what is none is refused."""
    said = {one: sent.get(one) for one in question.about}
    _require_all(said)
    return _each_whole(said, otherwise)


def _each_whole(said: Mapping[str, Any], otherwise: str = "ballot_not_offered") -> dict[str, int]:
    return {one: _whole(value, otherwise) for one, value in said.items()}


def _require_all(said: Mapping[str, Any]) -> None:
    if lacking := [name for name, value in said.items() if value in (None, "")]:
        raise Incomplete(lacking)


def _whole(value: Any, otherwise: str = "ballot_not_offered") -> int:
    """Thai digits are digits."""
    text = str(value).strip()
    if isinstance(value, bool) or len(text) > 6 or not text.removeprefix("-").isdecimal():
        raise PsoError(otherwise)
    return int(text)
