"""A process of its own for what may be hostile: it gets one open file and a few words, and is ended when its time is over."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from pso_core.documents import apart_child

START = Path(apart_child.__file__).resolve()

LOOKS_EVERY = 0.5  # seconds
_look: ContextVar[Callable[[], None]] = ContextVar("look", default=lambda: None)

_NEEDED = ("SYSTEMROOT", "WINDIR", "TEMP", "TMP", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")  # nothing else of ours is told to it


@contextmanager
def ended_when(look: Callable[[], None]) -> Iterator[None]:
    """In this block a process is ended as soon as `look`, which is called all the while, raises."""
    former = _look.set(look)
    try:
        yield
    finally:
        _look.reset(former)


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes of memory, seconds of work, and bytes of its answer."""

    memory: int
    work: int
    answer: int


@dataclass(frozen=True, slots=True)
class Ended:
    """`how`: well · slow (it was ended) · badly. `answer`: what it wrote; nothing unless it ended well."""

    how: str
    answer: bytes = b""


def run(script: Path, words: Sequence[str], source: BinaryIO, limits: Limits, seconds: float) -> Ended:
    """Run a script with `source` as its input, for at most `seconds`. Raises OSError where no process can be begun."""
    least = [str(number) for number in (limits.memory, limits.work, limits.answer)]
    command = [sys.executable, "-I", str(START), *least, str(script), *words]  # -I: no folder but the installed packages is searched
    environment = {name: os.environ[name] for name in _NEEDED if name in os.environ}
    flags = getattr(subprocess, "CREATE_NO_WINDOW", 0) | getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0)
    with tempfile.TemporaryFile() as answer:
        process = subprocess.Popen(command, stdin=source, stdout=answer, stderr=subprocess.DEVNULL, env=environment, creationflags=flags)
        try:
            how = _how(_waited(process, seconds))
        except subprocess.TimeoutExpired:
            how = "slow"
        finally:
            process.kill()
            process.wait()
        if how != "well":
            return Ended(how)
        answer.seek(0)
        return Ended(how, answer.read(limits.answer))


def _waited(process: subprocess.Popen, seconds: float) -> int:
    ends = time.monotonic() + seconds
    while True:
        _look.get()()
        try:
            return process.wait(max(0.0, min(LOOKS_EVERY, ends - time.monotonic())))
        except subprocess.TimeoutExpired:
            if time.monotonic() >= ends:
                raise


def _how(status: int) -> str:
    """A system ends what worked too long with one of two signals."""
    if status == 0:
        return "well"
    too_long = (getattr(signal, "SIGXCPU", None), getattr(signal, "SIGKILL", None))
    return "slow" if status < 0 and -status in too_long else "badly"
