"""What people typed as it is set in print: letters that can be drawn, and lines that break where Thai allows.

U+200B marks where a line may break and U+2060 where it may not; the template and the text layer leave neither in the page.
"""

from __future__ import annotations

import re
import unicodedata

from pso_core.documents.clean import clean
from pso_core.documents.print_letters import face_letters, sign_letters

BREAK, JOIN, HARD = "\u200b", "\u2060", "\u00a0"
UNKNOWN = "\u25a1"  # stands where nothing of ours draws the letter
NOTHING = "–"
PIECE = 12  # letters between two places to break, in what has none of its own

_JOINERS = re.compile("[\u200d\ufe00-\ufe0f\U0001f3fb-\U0001f3ff\U000e0000-\U000e0fff]")  # what changes the sign before it
_REPEATED = re.compile("([\u0e31\u0e34-\u0e3a\u0e47-\u0e4e])\\1+")
_UNBROKEN = re.compile("[^\\s\u200b\u0e01-\u0e3a\u0e40-\u0e4e]{13,}")
_ENDLESS = re.compile("(\\S{1,8}?)\\1{11,}")
_THAI_WITHOUT_VOWELS = re.compile("[\u0e01-\u0e2f\u0e46\u0e4f-\u0e5b]{25,}")
_ABBREVIATION = re.compile("(?:[ก-ฮ]{1,4}\\.){2,6}")
_REPEAT_SIGN = re.compile("[ \u00a0]+(?=[ๆฯ])")
_CLOSING = re.compile("(?<=[\u0e01-\u0e5b])(?=[\"”’»)\\]}])")
_YEAR = re.compile("((?:พ|ค)\u2060?\\.\u2060?ศ\u2060?\\.) (?=[0-9๐-๙])")
_CODE = re.compile("((?:[A-Z]\\.){2,}) (?=[0-9๐-๙])")


def printable(text: str) -> tuple[str, ...]:
    """The lines of a text, each as it is set."""
    return tuple(_set(_drawn(line)) for line in clean(text).split("\n"))


def printable_line(text: str) -> str:
    """The same on one line, and a dash for nothing: a heading or a picture must say something."""
    return " ".join(filter(str.strip, printable(text))) or NOTHING


def _drawn(line: str) -> str:
    """Every letter is one that our fonts draw; a mark stands on a letter of the same font, and once."""
    face, signs = face_letters(), sign_letters()
    line = _REPEATED.sub(r"\1", _JOINERS.sub("", line.replace("\t", "    ")))
    letters: list[str] = []
    for letter in line:
        if _leans(letter) and letters and letters[-1] not in face:
            continue
        letters.append(letter if letter in face or letter in signs else UNKNOWN)
    return "".join(letters)


def _leans(letter: str) -> bool:
    """Whether it is set on the letter before; sara am is half a mark."""
    return letter == "\u0e33" or unicodedata.category(letter)[0] == "M"


def _set(line: str) -> str:
    line = _UNBROKEN.sub(_in_pieces, _THAI_WITHOUT_VOWELS.sub(_in_pieces, _ENDLESS.sub(_unit_by_unit, line)))
    line = _ABBREVIATION.sub(lambda found: JOIN.join(found[0]), _REPEAT_SIGN.sub(HARD, line))
    return _CODE.sub(rf"\1{HARD}", _YEAR.sub(rf"\1{HARD}", _CLOSING.sub(JOIN, line)))


def _in_pieces(run: re.Match[str]) -> str:
    return BREAK.join(run[0][at : at + PIECE] for at in range(0, len(run[0]), PIECE))


def _unit_by_unit(run: re.Match[str]) -> str:
    """The same again and again holds no word to break at."""
    unit = run[1] * -(-PIECE // len(run[1]))
    return run[0].replace(unit, unit + BREAK)
