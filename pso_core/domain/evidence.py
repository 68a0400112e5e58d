"""Evidence: what a piece stands for, whether it counts on a day, and which levels the pieces prove."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import date
from functools import cache

from pso_core.domain.rows import ProjectState, Row, by_number
from pso_core.text.thaidate import arabic_digits

STATES = ("offered", "accepted", "returned", "expired")
JUDGED = ("criterion", "code", "title", "form", "file", "address", "dated", "valid_until")  # not who owns it, nor the note
_THAI = re.compile("[\u0e00-\u0e7f]")
_OTHER = r"[^\W\u0e00-\u0e7f]"  # a letter or digit that is not Thai: there a code would go on


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of evidence as it stands on a day.

    `state`: offered (nobody has judged it as it is now) · accepted · returned · expired (accepted, but no longer valid).
    `files`: its attachments, the newest first. `paper`: the file of the register that it is. `judged`: the last judgement.
    `supports`: {indicator id: the level it is offered for}. `file_lost`: the content of its newest file is not held.
    """

    row: Row
    state: str
    files: tuple[Row, ...]
    paper: Row | None
    judged: Row | None
    supports: Mapping[str, int]
    file_lost: bool = False

    @property
    def lost(self) -> bool:
        """Whether what was there to look at is gone: paper, a website and a system are there without the file."""
        return self.file_lost and self.row["form"] == "file"

    @property
    def counts(self) -> bool:
        """Whether it was accepted, is still valid, and can be looked at."""
        return self.state == "accepted" and not self.lost

    @property
    def empty(self) -> bool:
        """Whether there is nothing to look at behind its title."""
        form = self.row["form"]
        if form == "file":
            return not self.files
        return self.paper is None if form == "paper" else not self.row["address"]


def pieces(state: ProjectState, today: date, lost: Set[str] = frozenset()) -> tuple[Piece, ...]:
    """Every piece of evidence, in the order of its code: 1-9 before 1-10. `lost`: SHA-256 of contents that are not held."""
    supports, files = _grouped(state, "support"), _grouped(state, "attachment")
    found = (_piece(state, row, supports.get(row.id, ()), files.get(row.id, ()), today, lost) for row in state.of("evidence"))
    return tuple(sorted(found, key=lambda piece: (by_number(piece.row["code"]), piece.row.id)))


def newest_contents(state: ProjectState) -> frozenset[str]:
    """SHA-256 of the newest file of each piece of evidence that has one."""
    files = _grouped(state, "attachment")
    return frozenset(max(files[row.id], key=lambda file: file["number"])["sha256"] for row in state.of("evidence") if row.id in files)


def proven_levels(found: Iterable[Piece]) -> dict[str, int]:
    """{indicator id: the highest level for which a piece was accepted that still counts}: nobody can look at one that is lost."""
    proven: dict[str, int] = {}
    for piece in found:
        if piece.counts:
            for indicator, level in piece.supports.items():
                proven[indicator] = max(level, proven.get(indicator, 0))
    return proven


def proving_codes(found: Iterable[Piece]) -> dict[str, tuple[str, ...]]:
    """{indicator id: codes of the pieces that count for it, in their order}"""
    codes: dict[str, tuple[str, ...]] = {}
    for piece in found:
        for indicator in piece.supports if piece.counts else ():
            codes[indicator] = (*codes.get(indicator, ()), piece.row["code"])
    return codes


def uncited(found: Iterable[Piece], texts: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """{evidence id: indicators it is attached to whose rationale does not name its code}. `texts`: {indicator id: what was written}."""
    missing = {
        piece.row.id: tuple(one for one in piece.supports if one in texts and not names(texts[one], piece.row["code"])) for piece in found
    }
    return {id_: indicators for id_, indicators in missing.items() if indicators}


def names(text: str | None, code: str) -> bool:
    """Whether a code stands in a text as a whole, in Thai digits too: 1-1 stands in ตาม๑-๑ครับ, as Thai has no spaces between words, and not in 1-10."""
    return bool(text) and bool(_whole(arabic_digits(code)).search(arabic_digits(text)))


def next_code(state: ProjectState, pattern: str, criterion: str, taken: Iterable[str] = ()) -> str:
    """The first code after all that this criterion has: after 1-09 comes 1-10. `pattern` has the blanks {criterion} and {number}."""
    read = reading(pattern)
    codes = (*(row["code"] for row in state.of("evidence")), *taken)
    numbers = [int(found["number"]) for code in codes if (found := read.fullmatch(code)) and found["criterion"] == criterion]
    return pattern.format(criterion=criterion, number=max(numbers, default=0) + 1)


@cache
def reading(pattern: str) -> re.Pattern[str]:
    """The standard's pattern of codes as something to read one by: groups `criterion` and `number`. 2-11-2569 is a day and 1-1234567 is no code."""
    before, between, after = re.split(r"\{criterion\}|\{number[^}]*\}", pattern)
    return re.compile(rf"{re.escape(before)}(?P<criterion>\w+?){re.escape(between)}(?P<number>\d{{1,6}}){re.escape(after)}(?!-?\d)")


def _piece(state: ProjectState, row: Row, supports: Iterable[Row], files: Iterable[Row], today: date, lost: Set[str]) -> Piece:
    files = tuple(sorted(files, key=lambda file: -file["number"]))
    supports = tuple(one for one in supports if one["level"] is not None)
    judged = state.get(f"acceptance:{row.id.partition(':')[2]}")
    levels = {one["indicator"]: one["level"] for one in supports}
    file_lost = bool(files) and files[0]["sha256"] in lost
    return Piece(row, _state(row, judged, digest_of(row, files, levels), today), files, state.get(row["file"]), judged, levels, file_lost)


def digest_of(row: Row, files: Iterable[Row], levels: Mapping[str, int]) -> str:
    """SHA-256 over all that is judged: what the piece says it is, its newest file, the levels it is offered for.

    Kept with the judgement, so that it holds for this and nothing else, also in a project that comes from a file.
    """
    newest = next((file["sha256"] for file in files), None)
    said = [{name: row[name] for name in JUDGED}, newest, sorted(levels.items())]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _state(row: Row, judged: Row | None, digest: str, today: date) -> str:
    """A judgement is of what was there: what was changed or attached since is to be judged anew."""
    if judged is None or judged["digest"] != digest:
        return "offered"
    if judged["judgement"] == "accepted" and row["valid_until"] and row["valid_until"] < today.isoformat():
        return "expired"
    return judged["judgement"]


def _grouped(state: ProjectState, kind: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in state.of(kind):
        found.setdefault(row["evidence"], []).append(row)
    return found


@cache
def _whole(code: str) -> re.Pattern[str]:
    before, after = (r"\w" if _THAI.match(end) else _OTHER for end in (code[:1], code[-1:]))
    return re.compile(rf"(?<!{before})(?<![.]){re.escape(code)}(?!{after}|\.{_OTHER})")
