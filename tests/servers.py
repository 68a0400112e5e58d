"""Starts the real application as its own process on a free port, for tests and the bench."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.warm import WarmProcess

ROOT = Path(__file__).resolve().parent.parent
SECONDS_TO_START = 180
SECONDS_TO_STOP = 20
FAULT = re.compile(r"^fault [0-9A-F]{6}$", re.MULTILINE)  # as pso_core/ui/faults.py logs it


@dataclass(frozen=True)
class Server:
    """A running application: where it listens, what it writes to, and the process to measure or to kill."""

    url: str
    database: Path
    log: Path
    process: subprocess.Popen | WarmProcess

    @property
    def pid(self) -> int:
        return self.process.pid

    def said(self) -> str:
        """Everything the server has printed so far."""
        return self.log.read_text("utf-8", errors="replace")


UVICORN = ("uvicorn", "streamlit_app:app", "--host", "127.0.0.1", "--log-level", "warning", "--no-access-log", "--port")
STREAMLIT_RUN = ("streamlit", "run", str(ROOT / "streamlit_app.py"), "--server.port")


@contextmanager
def running(database: Path, *, port: int = 0) -> Iterator[Server]:
    """The application on `database` (made when absent), ended at the end of the block. `port`: 0 for any free one.

    Its output is kept beside the database. A fault in it fails the test at its end, also where nobody saw it on a page.
    """
    port = port or _known_port()
    log = _log_of(database)
    process = WarmProcess([*UVICORN[1:], str(port)], log, {**os.environ, **_environment(database)})
    with _ended(Server(f"http://127.0.0.1:{port}", database, log, process)) as server:
        yield server


@contextmanager
def running_cold(database: Path, *, command: Sequence[str] = UVICORN, folder: Path = ROOT, **environment: str) -> Iterator[Server]:
    """The same as an office starts it, for where the start or the whole process is looked at.

    `command`: a module and its words, the number of the port follows.
    """
    port, log = free_port(), _log_of(database)
    with log.open("ab") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", *command, str(port)],
            cwd=folder,
            env={**os.environ, **_environment(database), **environment},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    with _ended(Server(f"http://127.0.0.1:{port}", database, log, process)) as server:
        yield server


def _log_of(database: Path) -> Path:
    log = database.with_suffix(".log")
    log.touch()
    return log


def _environment(database: Path) -> dict[str, str]:
    return {"PYTHONUNBUFFERED": "1", "PYTHONUTF8": "1", "NINE_STEPS_DB": str(database)}


@contextmanager
def _ended(server: Server) -> Iterator[Server]:
    try:
        _wait_until_healthy(server)
        yield server
    finally:
        _stop(server.process)
    assert not FAULT.search(server.said()), server.said()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


_known: list[int] = []


def _known_port() -> int:
    """A free one, rather where another server listened before: a browser still has, and has compiled, the files it loaded from there."""
    for port in _known:
        with suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port
    _known.append(free_port())
    return _known[-1]


def _wait_until_healthy(server: Server) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline:
        if server.process.poll() is not None:
            raise RuntimeError(f"the server ended with {server.process.returncode}:\n{server.said()}")
        try:
            with urllib.request.urlopen(f"{server.url}/_stcore/health", timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"no answer within {SECONDS_TO_START} s:\n{server.said()}")


def _stop(process: subprocess.Popen | WarmProcess) -> None:
    process.terminate()
    try:
        process.wait(SECONDS_TO_STOP)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
