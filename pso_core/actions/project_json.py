"""Reading JSON strictly: every value knows its place, and everything wrong is noted there instead of ending the reading."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Collection, Iterator
from typing import Any

from pso_core.errors import DamagedFile, Problem, PsoError
from pso_core.steps.values import clean
from pso_core.text.lines import cut

BYTES_A_MEGABYTE = 2**20
SHOWN = 40  # characters of somebody else's text in a sentence of ours
_DIGITS = 4_000  # read of a whole number: Python takes no more, and no field takes one of a hundredth of them


def parsed(data: bytes, largest: int) -> Any:
    """The JSON in the file. Refuses project_file_large (most, in megabytes) unread, project_file_broken (line), project_file_deep."""
    if len(data) > largest:
        raise PsoError("project_file_large", most=largest // BYTES_A_MEGABYTE)
    try:
        return json.loads(data.decode("utf-8-sig"), object_pairs_hook=_object, parse_constant=_NoJson, parse_int=_whole)
    except UnicodeDecodeError as fault:
        raise DamagedFile("project_file_broken", line=data.count(b"\n", 0, fault.start) + 1) from None
    except json.JSONDecodeError as fault:
        raise DamagedFile("project_file_broken", line=fault.lineno) from None
    except RecursionError:
        raise DamagedFile("project_file_deep") from None


class _NoJson:
    """NaN or Infinity: fits no field."""

    def __init__(self, text: str):
        self._text = text

    def __str__(self) -> str:
        return self._text


class _Repeating(dict):
    """An object that names a key twice; which value was meant nobody knows."""

    repeated: tuple[str, ...] = ()


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    repeating = _Repeating(found)
    times = Counter(name for name, _ in pairs)
    repeating.repeated = tuple(name for name in found if times[name] > 1)
    return repeating


def _whole(text: str) -> int:
    """A longer number is cut: what is left of it is as much too large."""
    return int(text[:_DIGITS])


class Part:
    """A value of the file at its place, such as ("rows", 12, "body", "points"). All parts share one list of problems."""

    def __init__(self, value: Any, place: tuple[str | int, ...] = (), problems: list[Problem] | None = None):
        self.value, self.place = value, place
        self.problems: list[Problem] = [] if problems is None else problems

    def note(self, problem: Problem) -> None:
        """The problem is here; what its path says about rows and fields no longer matters."""
        self.problems.append(Problem(problem.code, self.place, problem.facts))

    def part(self, name: str | int) -> Part:
        value = self.value.get(name) if isinstance(self.value, dict) else self.value[name]
        return Part(value, (*self.place, name), self.problems)

    def object(self, required: Collection[str], optional: Collection[str] = ()) -> bool:
        """Whether this is an object with the required keys. Unknown, missing and repeated keys are noted."""
        if not isinstance(self.value, dict):
            self.note(Problem("not_an_object"))
            return False
        self.note_repeated()
        for name in self.value:
            if name not in required and name not in optional:
                self._below(name).note(Problem("unknown_field", facts={"field": shown(name)}))
        missing = [name for name in required if name not in self.value]
        for name in missing:
            self.note(Problem("key_missing", facts={"field": name}))
        return not missing

    def note_repeated(self) -> None:
        for name in getattr(self.value, "repeated", ()):
            self._below(name).note(Problem("key_repeated"))

    def list(self) -> Iterator[Part]:
        if not isinstance(self.value, list):
            self.note(Problem("not_a_list"))
            return
        for number in range(len(self.value)):
            yield self.part(number)

    def text(self, pattern: re.Pattern[str] | None = None, most: int = 5_000) -> bool:
        """Whether this is a text as the program keeps it, of the pattern where one is given."""
        if not isinstance(self.value, str):
            self.note(Problem("not_a_text"))
        elif len(self.value) > most:
            self.note(Problem("too_long", facts={"length": len(self.value), "limit": most}))
        elif clean(self.value) != self.value:
            self.note(Problem("not_as_kept", facts={"value": shown(self.value)}))
        elif pattern and not pattern.fullmatch(self.value):
            self.note(Problem("not_an_id", facts={"value": shown(self.value)}))
        else:
            return True
        return False

    def whole(self, least: int = 1) -> bool:
        if isinstance(self.value, bool) or not isinstance(self.value, int):
            self.note(Problem("not_a_number", facts={"value": shown(self.value)}))
        elif self.value < least:
            self.note(Problem("too_small", facts={"least": least, "value": shown(self.value)}))
        else:
            return True
        return False

    def _below(self, name: str) -> Part:
        return Part(None, (*self.place, shown(name)), self.problems)


def shown(value: Any) -> str:
    """As much of a stranger's value as belongs into a sentence, as a file writes it; of what a list or object holds nothing."""
    if isinstance(value, dict | list) and value:
        return "…"
    text = clean(str(value) if isinstance(value, str | _NoJson) else json.dumps(value))
    return cut(text, SHOWN)


def place_of(path: tuple[str | int, ...]) -> str:
    """("rows", 12, "body", "points") as rows[12].body.points"""
    steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return "".join(steps).removeprefix(".")


def said_at(path: tuple[str | int, ...], sentence: str) -> str:
    """The sentence after its place; alone where it is about the whole file."""
    place = place_of(path)
    return f"{place}: {sentence}" if place else sentence
