"""A server's process forked from one that has loaded everything (tests.preloaded): it begins in a fifth of the time.

Where nothing can be forked (Windows) it loads all of it itself, as a server does anyway.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from multiprocessing import get_all_start_methods, get_context
from pathlib import Path
from types import ModuleType
from unittest.mock import patch

ROOT = Path(__file__).resolve().parent.parent
FORKS = "forkserver" in get_all_start_methods()
_ways = get_context("forkserver" if FORKS else "spawn")
if FORKS:
    _ways.set_forkserver_preload(["tests.preloaded"])


class WarmProcess:
    """`python -m uvicorn` with these words in this environment, writing to `log`; answers as subprocess.Popen does."""

    def __init__(self, words: Sequence[str], log: Path, environment: Mapping[str, str]):
        self._process = _ways.Process(target=_serve, args=(list(words), str(log), dict(environment)), daemon=True)
        with patch.dict(sys.modules, __main__=ModuleType("__main__")):  # AppTest puts a page's script there, which the child would run
            self._process.start()
        self.pid: int = self._process.pid
        self.kill, self.terminate = self._process.kill, self._process.terminate

    @property
    def returncode(self) -> int | None:
        return self._process.exitcode

    def poll(self) -> int | None:
        return self._process.exitcode

    def wait(self, timeout: float | None = None) -> int:
        self._process.join(timeout)
        if self._process.exitcode is None:
            raise subprocess.TimeoutExpired("uvicorn", timeout)
        return self._process.exitcode


def _serve(words: list[str], log: str, environment: dict[str, str]) -> None:
    os.environ.clear()  # of the test in which the first of them was started
    os.environ.update(environment)
    os.chdir(ROOT)
    nothing, kept = os.open(os.devnull, os.O_RDONLY), os.open(log, os.O_WRONLY | os.O_APPEND)
    for theirs, ours in ((nothing, 0), (kept, 1), (kept, 2)):
        os.dup2(theirs, ours)
    sys.stdout.reconfigure(line_buffering=True)
    sys.argv[1:] = words

    import uvicorn.main

    uvicorn.main.main(words)
