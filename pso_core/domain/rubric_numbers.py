"""The numbers in the conditions of an indicator, told apart by what they count: 'ทุก 6 เดือน' is not 'มี 6 ฐานข้อมูล'."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from itertools import pairwise

from pso_core.text.phrases import LANGUAGES, phrases
from pso_core.text.thaidate import FIRST_BE, FIRST_CE, LAST_BE, LAST_CE

NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")  # \d and Fraction both read Thai digits
_WORD = r"[^\s\d!-/:-@\[-`{-~\u2013\u2014\u2018-\u201d]+"  # Thai marks are no \w
_WORD_AFTER, _WORD_BEFORE = re.compile(rf"\s*({_WORD})"), re.compile(rf"({_WORD})\s*$")
_LIST_MARK = re.compile(r"[.)]\s*\S")
_YEAR = re.compile(r"\d\d(\d\d)?")
PERCENT, BARE = "percent", ""


@dataclass(frozen=True, slots=True)
class Found:
    """One number as written. `unit` is what it counts: a word beside it, percent, or BARE where it stands alone.

    `about`: the words before it, back to the number before: 'รับเรื่องภายใน 3 วัน แจ้งผลใน 30 วัน' counts the days of two things.
    """

    written: str
    unit: str
    about: str = ""

    @property
    def value(self) -> Fraction:
        return value_of(self.written)


def value_of(digits: str) -> Fraction:
    return Fraction(digits.replace(",", ""))


def numbers_in(text: str) -> Iterator[Found]:
    """The numbers of a text whose unit can be told; years, dates, fractions and the marks of a list are passed over."""
    last = 0
    for match in NUMBER.finditer(text):
        unit = _unit(text[: match.start()], match.group(), text[match.end() :])
        if unit is not None:
            yield Found(match.group(), unit, _about(text[last : match.start()]))
        last = match.end()


def out_of_order(texts: Mapping[int, str], less_is_better: bool) -> Iterator[tuple[int, str, str]]:
    """(level, number, the number below it) where the numbers of one unit go neither all up nor all down.

    See check_rubric for what is passed over. `less_is_better`: the thresholds say so.
    """
    found = {level: tuple(numbers_in(texts[level])) for level in sorted(texts)}
    for unit in dict.fromkeys(number.unit for numbers in found.values() for number in numbers):
        row = _comparable({level: [n for n in numbers if n.unit == unit] for level, numbers in found.items()})
        if len({number.about for number in row.values()}) > 1:  # each level may ask for another thing, besides those below it
            continue
        may_fall = less_is_better or unit not in (PERCENT, BARE) or any(_less(texts[level]) for level in row)
        values = [number.value for number in row.values()]
        if _in_order(values, may_fall):
            continue
        falling = may_fall and (less_is_better or values[-1] < values[0])
        for (_, below), (level, number) in pairwise(row.items()):
            if number.value != below.value and (number.value < below.value) != falling:
                yield level, number.written, below.written


def _comparable(found: Mapping[int, list[Found]]) -> dict[int, Found]:
    """The one number of each level, without those that all levels have; a level with several may be a range."""
    held = {level: {n.value: n for n in numbers} for level, numbers in found.items() if numbers}
    everywhere = set.intersection(*(set(numbers) for numbers in held.values()))
    rest = {level: [n for value, n in numbers.items() if value not in everywhere] for level, numbers in held.items()}
    return {level: numbers[0] for level, numbers in rest.items() if len(numbers) == 1}


def _in_order(values: list[Fraction], may_fall: bool) -> bool:
    """Rising, or falling. A share that falls but once, 80 % to 50 %, was hardly meant; in two steps or more it was."""
    return values == sorted(values) or (values == sorted(values, reverse=True) and (may_fall or len(set(values)) > 2))


def _less(text: str) -> bool:
    text = text.casefold()
    for words in _words("rubric.not_less"):
        text = text.replace(words, "")
    return any(word in text for word in _words("rubric.less"))


def _unit(before: str, digits: str, after: str) -> str | None:
    before, after = before.casefold(), after.casefold()
    near_before, near_after = before.rstrip(), after.lstrip()
    if not near_before and not near_after:
        return BARE
    if near_after.startswith(_words("rubric.percent")) or near_before.endswith(_words("rubric.percent")):
        return PERCENT
    if before.endswith("/") or after.startswith("/") or _LIST_MARK.match(after):
        return None
    if _YEAR.fullmatch(digits) and near_before.endswith(_words("rubric.year")):
        return None
    known = next((unit for unit in (*_words("rubric.time"), *_words("rubric.count")) if near_after.startswith(unit)), None)
    if known or _year(digits):
        return known
    if word := _WORD_AFTER.match(after):
        return f"…{word[1].removesuffix('s')}"
    word = _WORD_BEFORE.search(before)
    return f"{word[1]}…" if word else None


def _about(before: str) -> str:
    """Without spaces and marks, and without the word for percent, which may stand on either side."""
    before = before.casefold()
    for words in _words("rubric.percent"):
        before = before.replace(words, "")
    return "".join(re.findall(_WORD, before))


def _year(digits: str) -> bool:
    return digits.isdigit() and (FIRST_BE <= int(digits) <= LAST_BE or FIRST_CE <= int(digits) <= LAST_CE)


@cache
def _words(key: str) -> tuple[str, ...]:
    """The words of a list, in all languages: people write conditions in the one they like, whatever the page's."""
    return tuple(word.strip().casefold() for language in LANGUAGES for word in phrases(language)(key).split(","))
