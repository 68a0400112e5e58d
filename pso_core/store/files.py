"""Files beside the database: how they are named, and written so that a half-written one is never seen."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from pso_core.errors import PsoError

FULL = (errno.ENOSPC, errno.EFBIG, errno.EDQUOT)


def beside(path: Path, suffix: str) -> Path:
    """nine.duckdb → nine.duckdb.witness"""
    return path.with_name(path.name + suffix)


def dated(path: Path, word: str, now: datetime) -> Path:
    """nine.duckdb → nine.replaced.20261123-101500-000000.duckdb (no colons: Windows)."""
    return path.with_name(f"{path.stem}.{word}.{now:%Y%m%d-%H%M%S-%f}{path.suffix}")


@contextmanager
def written(target: Path) -> Iterator[Path]:
    """A temporary name beside `target`, renamed to it at the end; gone when anything fails.

    Refuses disk_refused and folder_unwritable.
    """
    part = beside(target, ".part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        yield part
        _sync(part)
        os.replace(part, target)
    except OSError as fault:
        raise refused(fault, PsoError("folder_unwritable", folder=target.parent.name)) from fault
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def refused(fault: OSError, otherwise: PsoError) -> PsoError:
    return PsoError("disk_refused") if fault.errno in FULL else otherwise


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
