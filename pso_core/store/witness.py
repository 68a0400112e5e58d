"""A file beside the database that remembers how far each project's history had come, so that a lost tail is seen.

DuckDB may open a damaged or missing write-ahead log and silently lose the last changes. Every commit is therefore also
a line here, written after the commit and so never ahead of it. Lines that contradict the database are kept for good.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from pso_core.store.engine import Engine
from pso_core.store.files import beside, written
from pso_core.store.finding import Finding

HEADS = """
    SELECT change.project_id, change.seq, change.digest FROM change
    JOIN (SELECT project_id, max(seq) AS seq FROM change GROUP BY project_id) AS head
    ON head.project_id = change.project_id AND head.seq = change.seq
    ORDER BY change.project_id"""

_log = logging.getLogger(__name__)


class Line(NamedTuple):
    """After change `seq` the project's history ended with `digest`."""

    project_id: str
    seq: int
    digest: str


@dataclass(frozen=True)
class Comparison:
    """What the witness says against the database, and the lines worth keeping."""

    findings: tuple[Finding, ...]
    kept: tuple[Line, ...]


class Witness:
    """The open file. `found` is what it said against the database when it was opened."""

    def __init__(self, engine: Engine):
        self.path = place_of(engine.path)
        compared = compare(engine, read_lines(self.path))
        self.found = compared.findings
        write_lines(self.path, compared.kept)
        self._file = self.path.open("ab", buffering=0)

    def append(self, line: Line) -> None:
        """Never fails: the change is already durable, and the next start catches up."""
        try:
            self._file.write(b"\n" + _as_bytes(line))  # begins a line of its own even after a half-written one
        except OSError:
            _log.exception("the witness could not be written")

    def close(self) -> None:
        self._file.close()


def place_of(database: Path) -> Path:
    return beside(database, ".witness")


def heads(engine: Engine) -> tuple[Line, ...]:
    return tuple(Line(*row) for row in engine.read(HEADS))


def read_lines(path: Path) -> tuple[Line, ...] | None:
    """None without a file. A half-written line (the power failed) is left out."""
    try:
        texts = path.read_text("utf-8", errors="replace").splitlines()
    except FileNotFoundError:
        return None
    return tuple(line for text in texts if (line := _as_line(text)))


def write_lines(path: Path, lines: Iterable[Line]) -> None:
    with written(path) as part:
        part.write_bytes(b"".join(b"\n" + _as_bytes(line) for line in lines))


def _as_bytes(line: Line) -> bytes:
    return json.dumps(line).encode("ascii")


def _as_line(text: str) -> Line | None:
    try:
        project_id, seq, digest = json.loads(text)
    except (ValueError, TypeError):
        return None
    return Line(project_id, seq, digest)


def compare(engine: Engine, lines: Iterable[Line] | None) -> Comparison:
    """Every line must be in the database with this very digest."""
    standing = {head.project_id: head for head in heads(engine)}
    if lines is None:
        missing = (Finding("witness_missing"),) if standing else ()
        return Comparison(missing, tuple(standing.values()))
    said: dict[str, list[Line]] = {}
    for line in lines:
        said.setdefault(line.project_id, []).append(line)
    against = [line for project_id, some in said.items() for line in _contradicting(engine, standing.get(project_id), some)]
    findings = tuple(_finding(line, standing) for line in against)
    return Comparison(findings, (*standing.values(), *against))


def _contradicting(engine: Engine, head: Line | None, lines: list[Line]) -> list[Line]:
    # The head's digest covers all before it: rising lines that end with it need no look into the database.
    if lines[-1] == head and all(earlier.seq < later.seq for earlier, later in pairwise(lines)):
        return []
    project_id, first = lines[0].project_id, min(line.seq for line in lines)
    known = dict(engine.read("SELECT seq, digest FROM change WHERE project_id = $1 AND seq >= $2", [project_id, first]))
    return [line for line in dict.fromkeys(lines) if known.get(line.seq) != line.digest]


def _finding(line: Line, standing: Mapping[str, Line]) -> Finding:
    last = standing[line.project_id].seq if line.project_id in standing else 0
    if line.seq > last:
        return Finding("tail_lost", {"project_id": line.project_id, "seq": line.seq, "last": last})
    return Finding("history_rewritten", {"project_id": line.project_id, "seq": line.seq})
