"""The file register as something to search: whatever is typed, in whatever digits, case or spacing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol, TypeVar

from pso_core.domain.rows import ProjectState, Row, by_number
from pso_core.text.thaidate import arabic_digits

FIELDS = ("file_code", "media_code", "work_code", "category", "title", "place")
_SPACE = re.compile(r"\s+")
APART = "\n"  # between the texts of a file: no search crosses it


class Findable(Protocol):
    """Something with the code it is asked for by, and all its texts as they are compared."""

    @property
    def code(self) -> str: ...

    @property
    def text(self) -> str: ...


Found = TypeVar("Found", bound=Findable)


@dataclass(frozen=True, slots=True)
class Filed:
    """A file with the task it serves, the code it is asked for by, and all its texts as they are compared."""

    file: Row
    task: Row | None
    code: str
    text: str


def register(state: ProjectState) -> tuple[Filed, ...]:
    """Every file, in the order of its code: 05-9 before 05-10."""
    tasks = {task.id: task for task in state.of("task")}
    return tuple(sorted((_filed(file, tasks) for file in state.of("file")), key=lambda filed: (by_number(filed.code), filed.file.id)))


def search(files: Iterable[Found], typed: str) -> tuple[Found, ...]:
    """The files that hold every word typed; first those whose code begins with it, then those that hold it as one piece.

    Nothing typed finds every file. Each keeps its place in the register within these three.
    """
    whole, words = plain(typed), [plain(word) for word in typed.split()]
    found = [filed for filed in files if all(word in filed.text for word in words)]
    return tuple(sorted(found, key=lambda filed: (not filed.code.startswith(whole), whole not in filed.text)))


def plain(text: object) -> str:
    """A text as it is compared: without case and spaces, digits and sara am written one way."""
    return _SPACE.sub("", arabic_digits(unicodedata.normalize("NFKC", str(text or ""))).casefold())


def _filed(file: Row, tasks: Mapping[str, Row]) -> Filed:
    task = tasks.get(file["task"])
    texts = [file[name] for name in FIELDS] + ([task["code"], task["name"]] if task else [])
    return Filed(file, task, plain(file["file_code"]), APART.join(plain(text) for text in texts if text))
