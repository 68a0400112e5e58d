"""Texts as names of files that every system takes."""

from __future__ import annotations

import math
import re
import unicodedata
from pathlib import PurePosixPath

from pso_core.text.readable import readable

NAME = 80  # characters of a file's name: Thai takes three bytes each and some systems allow 255 bytes
BYTES = 255

_WORDS = re.compile(r"\d+|[^\s\d()\[\]{}.,;_+~–-]+")
_NOT_IN_FILE_NAMES = re.compile(r'[<>:"/\\|?*\n\t]+')
_DEVICES = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?=\.|$)", re.IGNORECASE)


def for_file_name(text: object, longest: int = NAME) -> str:
    """A text as the name of a file on any system, without its ending: no path, no device, no leading dot. May be empty."""
    name = _NOT_IN_FILE_NAMES.sub(" ", readable(str(text)))
    name = " ".join(name.split()).lstrip(". -~")
    name = _without_half_letter(name[: longest + 1], longest).rstrip(". ")
    return _DEVICES.sub(r"\1_", name, count=1) if _DEVICES.match(name) else name


def as_versions(name: str) -> tuple:
    """What the names of files are sorted by, so that a later version comes after an earlier one: รายงาน.pdf, then รายงาน (2).pdf,
    รายงาน2.pdf, รายงาน 10.pdf, รายงาน ฉบับแก้.pdf. Numbers count as numbers; what stands between words does not count.
    """
    words = _WORDS.findall(PurePosixPath(name.casefold()).stem)
    return tuple((int(word), "") if word.isdecimal() else (math.inf, word) for word in words), name


def _without_half_letter(name: str, longest: int) -> str:
    """Cut at a whole letter: never between a consonant and the vowel or tone over it."""
    end = longest
    while 0 < end < len(name) and unicodedata.category(name[end]) in ("Mn", "Mc"):
        end -= 1
    return name[:end]


def uploaded_name(text: str) -> str:
    """The name of a file as its owner had it, on any system: without folders, with its ending however long it is. Empty when there is none."""
    last = re.split(r"[/\\]", readable(text))[-1].rstrip(". \n\t")
    stem, dot, ending = last.rpartition(".")
    if not dot:
        return for_file_name(last, _fitting(last, BYTES))
    ending = "." + (for_file_name(ending) or "_")
    stem = for_file_name(stem, _fitting(stem, BYTES - len(ending.encode()) - len("_")))
    return stem + ending if stem else ""


def _fitting(text: str, most: int) -> int:
    """How many of its first characters fit into so many bytes of UTF-8."""
    return len(text.encode()[:most].decode("utf-8", "ignore"))
