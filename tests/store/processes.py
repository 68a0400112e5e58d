"""Starting tests/store/child.py and hearing what it tells."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def started(what: str, database: Path) -> Iterator[subprocess.Popen]:
    """A child, killed at the end (kill -9)."""
    command = [sys.executable, "-m", "tests.store.child", what, str(database)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, encoding="utf-8") as process:
        try:
            yield process
        finally:
            process.kill()


def told(process: subprocess.Popen) -> Iterator[list]:
    """What it told, line by line; a line cut by the kill is left out."""
    for line in process.stdout:
        if line.endswith("\n"):
            yield json.loads(line)
