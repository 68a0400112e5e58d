"""Copies that are known to open: a backup taken while people work, and putting one back."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from pso_core.errors import DamagedFile, NotFound, PsoError
from pso_core.store import witness
from pso_core.store.check import chains
from pso_core.store.duckdb_engine import DuckDBEngine
from pso_core.store.engine import Engine
from pso_core.store.finding import Finding
from pso_core.store.migrate import refuse_newer

BESIDE = ("", ".wal", ".witness")  # a database is these files


@dataclass(frozen=True)
class Copied:
    """A copy that was opened and checked. `findings`: what was already wrong. `aside`: where the former file is now."""

    path: Path
    sha256: str
    bytes: int
    projects: int
    changes: int
    findings: tuple[Finding, ...]
    aside: Path | None = None


def backup(engine: Engine, target: Path | str) -> Copied:
    """A checked copy as the new file `target`, with its witness beside it; writers wait only while bytes are copied.

    Refuses backup_exists, folder_unwritable, disk_refused, and database_damaged when the copy cannot be read whole.
    """
    target = Path(target).resolve()
    if target.exists():
        raise PsoError("backup_exists", file=target.name)
    with _written(target) as part:
        engine.copy_to(part)
        copied, heads = _inspected(part)
        witness.write_lines(witness.place_of(target), heads)
    return replace(copied, path=target)


def restore(source: Path | str, target: Path | str, now: datetime) -> Copied:
    """Put a checked copy of the backup `source` where the database `target` is; the former file is kept aside.

    Refuses file_not_found, restore_unfinished (it has a write-ahead log: no backup), backup_damaged, database_newer,
    database_in_use, folder_unwritable, disk_refused. Nothing is touched before all is verified.
    """
    source, target = Path(source).resolve(), Path(target).resolve()
    _refuse_no_backup(source)
    with _written(target) as part:
        shutil.copyfile(source, part)
        copied, heads = _inspected(part)
        findings = (*copied.findings, *_against_witness(part, source))
        if findings:
            raise DamagedFile("backup_damaged", file=source.name, count=len(findings))
        aside = _set_aside(target, now)
        witness.write_lines(witness.place_of(target), heads)
    return replace(copied, path=target, aside=aside)


def _refuse_no_backup(source: Path) -> None:
    if not source.is_file():
        raise NotFound("file_not_found", file=source.name)
    if _beside(source, ".wal").exists():
        raise PsoError("restore_unfinished", file=source.name)


@contextmanager
def _written(target: Path) -> Iterator[Path]:
    """A temporary name beside `target`, renamed to it at the end; gone when anything fails."""
    part = _beside(target, ".part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        yield part
        _sync(part)
        os.replace(part, target)
    except OSError as fault:
        full = fault.errno in (errno.ENOSPC, errno.EFBIG, errno.EDQUOT)
        raise PsoError("disk_refused") if full else PsoError("folder_unwritable", folder=target.parent.name) from fault
    finally:
        part.unlink(missing_ok=True)


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _inspected(path: Path) -> tuple[Copied, tuple[witness.Line, ...]]:
    """Opens the copy read-only, so that its bytes stay the ones that were hashed."""
    with closing(DuckDBEngine(path, read_only=True)) as engine:
        refuse_newer(engine)
        findings = tuple(chains(engine))
        heads = witness.heads(engine)
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    changes = sum(head.seq for head in heads)
    return Copied(path, sha256, path.stat().st_size, len(heads), changes, findings), heads


def _against_witness(part: Path, source: Path) -> tuple[Finding, ...]:
    """What the backup's own witness says; a backup may have been moved without it."""
    said = witness.read_lines(witness.place_of(source))
    if said is None:
        return ()
    with closing(DuckDBEngine(part, read_only=True)) as engine:
        return witness.compare(engine, said).findings


def _set_aside(target: Path, now: datetime) -> Path | None:
    if not target.exists():
        return None
    _refuse_in_use(target)
    aside = target.with_name(f"{target.stem}.replaced.{now:%Y%m%d-%H%M%S-%f}{target.suffix}")
    for suffix in BESIDE:
        if _beside(target, suffix).exists():
            os.replace(_beside(target, suffix), _beside(aside, suffix))
    return aside


def _refuse_in_use(target: Path) -> None:
    try:
        DuckDBEngine(target).close()
    except DamagedFile:
        return  # the very reason to restore


def _beside(path: Path, suffix: str) -> Path:
    return path.with_name(path.name + suffix)
