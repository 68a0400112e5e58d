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
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

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
    process: subprocess.Popen

    @property
    def pid(self) -> int:
        return self.process.pid

    def said(self) -> str:
        """Everything the server has printed so far."""
        return self.log.read_text("utf-8", errors="replace")


UVICORN = ("uvicorn", "streamlit_app:app", "--host", "127.0.0.1", "--log-level", "warning", "--no-access-log", "--port")
STREAMLIT_RUN = ("streamlit", "run", str(ROOT / "streamlit_app.py"), "--server.port")


@contextmanager
def running(database: Path, *, command: Sequence[str] = UVICORN, folder: Path = ROOT, port: int = 0, **environment: str) -> Iterator[Server]:
    """The application on `database` (made when absent), ended at the end of the block.

    `command`: a module and its words, the number of the port (0: any free one) follows. Its output is kept beside the database.
    A fault in it fails the test at its end, also where nobody saw it on a page.
    """
    log = database.with_suffix(".log")
    port = port or free_port()
    with log.open("ab") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", *command, str(port)],
            cwd=folder,
            env={**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONUTF8": "1", "NINE_STEPS_DB": str(database), **environment},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    server = Server(f"http://127.0.0.1:{port}", database, log, process)
    try:
        _wait_until_healthy(server)
        yield server
    finally:
        _stop(process)
    assert not FAULT.search(server.said()), server.said()


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


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


def _stop(process: subprocess.Popen) -> None:
    process.terminate()
    try:
        process.wait(SECONDS_TO_STOP)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
