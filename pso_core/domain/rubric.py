"""The rubric check: can the conditions of an indicator be told apart, level by level?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise
from typing import Any

from pso_core.domain.exact import Number, exact
from pso_core.domain.rows import Row
from pso_core.domain.rubric_numbers import NUMBER, out_of_order, value_of
from pso_core.errors import PsoError
from pso_core.text.thaidate import arabic_digits

_UNSEEN = re.compile("[\u200b\u200c\u200d\u2060\ufeff]")  # Thai texts carry zero-width breaks
_SPACE = re.compile(r"(?<!\d)\s+|\s+(?!\d)")  # one between two numbers keeps them apart


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to look at in one indicator. `code` names a sentence, `facts` fill its blanks."""

    code: str
    indicator: str
    facts: Mapping[str, Any] = field(default_factory=dict)


def check_rubric(indicator: Row, conditions: Iterable[Row], top_level: int) -> tuple[Finding, ...]:
    """Findings on one indicator from its condition rows (rows of other indicators are passed over).

    Codes: level_missing {level}, levels_identical {level, same_as}, numbers_out_of_order {level, number, below: as
    written}, thresholds_not_monotone {}, no_evidence_named {level}: from level 1 up, having nothing needs no proof.

    It reads words, so it hints, and rather says too little. Texts are identical whatever their spaces, final
    punctuation and digits (Thai or Arabic). Numbers are compared from level 1 up where the same unit or word stands
    beside them; they may rise or fall, or stay, but in one direction. A single fall of a share (80 %, then 50 %) is
    found too, unless a word or the thresholds say that less is better. Passed over: years, dates, fractions, numbers
    that all levels have, levels that have none or several of a unit (a range), and units before which the levels have
    other words ('แจ้งผลใน 30 วัน' above 'รับเรื่องใน 3 วัน'): each may count another thing. Not seen: numbers written as
    words, a rubric that is upside down throughout (95, 80, 50: of errors it is a good one), one unit against another.
    """
    by_level = {row["level"]: row for row in conditions if row["indicator"] == indicator.id}
    texts = {level: _words(by_level[level]["text"]) for level in sorted(by_level)}
    thresholds = thresholds_of(by_level.values())
    found = (
        *(("level_missing", {"level": level}) for level in range(top_level + 1) if not texts.get(level)),
        *_identical(texts),
        *_out_of_order({level: text for level, text in texts.items() if level >= 1}, thresholds),
        *([] if monotone(thresholds) else [("thresholds_not_monotone", {})]),
        *(
            ("no_evidence_named", {"level": level})
            for level, text in texts.items()
            if level >= 1 and text and not _words(by_level[level]["evidence"])
        ),
    )
    return tuple(Finding(code, indicator.id, facts) for code, facts in found)


def thresholds_of(conditions: Iterable[Row]) -> dict[int, Fraction]:
    """{level: threshold} of one indicator's conditions that have one, by level."""
    given = {row["level"]: exact(row["threshold"]) for row in conditions if row["threshold"] is not None}
    return dict(sorted(given.items()))


def monotone(thresholds: Mapping[int, Number]) -> bool:
    """Whether the thresholds rise with the level, or fall with it, without a standstill."""
    values = [exact(thresholds[level]) for level in sorted(thresholds)]
    return all(a < b for a, b in pairwise(values)) or all(a > b for a, b in pairwise(values))


def level_from_threshold(value: Number, thresholds: Mapping[int, Number]) -> int | None:
    """The highest level whose threshold the value reaches; 0 when it reaches none; None without thresholds.

    {1: 50, 2: 80, 3: 95} rises: at least that much. {1: 30, 2: 15, 3: 5} falls: at most that much. A single
    threshold is taken as rising. Refuses: thresholds_not_monotone.
    """
    if not thresholds:
        return None
    if not monotone(thresholds):
        raise PsoError("thresholds_not_monotone")
    sign = -1 if falls(thresholds) else 1
    reached = [level for level, limit in thresholds.items() if sign * exact(value) >= sign * exact(limit)]
    return max(reached, default=0)


def first_number(text: str | None) -> Fraction | None:
    """The first number in a text, in Thai or Arabic digits, thousands commas allowed."""
    found = NUMBER.search(text or "")
    return value_of(found.group()) if found else None


def _identical(texts: Mapping[int, str]) -> Iterator[tuple[str, dict]]:
    first_with: dict[str, int] = {}
    for level, text in texts.items():
        if text and first_with.setdefault(_bare(text), level) != level:
            yield "levels_identical", {"level": level, "same_as": first_with[_bare(text)]}


def _bare(text: str) -> str:
    """What is left of a text to compare: Arabic digits, no spaces, no punctuation at the end."""
    return _SPACE.sub("", arabic_digits(text)).rstrip(".,;:!?") or text


def _out_of_order(texts: Mapping[int, str], thresholds: Mapping[int, Number]) -> Iterator[tuple[str, dict]]:
    for level, number, below in out_of_order(texts, falls(thresholds)):
        yield "numbers_out_of_order", {"level": level, "number": number, "below": below}


def falls(thresholds: Mapping[int, Number]) -> bool:
    """Whether less is better: the top level's threshold lies below the lowest one's. A single one rises."""
    return exact(thresholds[max(thresholds)]) < exact(thresholds[min(thresholds)]) if thresholds else False


def _words(text: str | None) -> str:
    return " ".join(_UNSEEN.sub("", text or "").split())
