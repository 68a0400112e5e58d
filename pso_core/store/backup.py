"""Copies that are known to open: a backup taken while people work, and putting one back."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from pso_core.errors import DamagedFile, NotFound, PsoError
from pso_core.store import witness
from pso_core.store.attachments import Needed, fault, needed
from pso_core.store.check import chains
from pso_core.store.contents import Contents, contents_of
from pso_core.store.duckdb_engine import DuckDBEngine, is_database
from pso_core.store.engine import Engine
from pso_core.store.files import beside, dated, written
from pso_core.store.finding import Finding
from pso_core.store.migrate import refuse_newer

BESIDE = ("", ".wal", ".witness")  # a database is these files
VISITS = ("session", "sign_in_failure")  # true of the hour the backup was made, of no other


@dataclass(frozen=True)
class Copied:
    """A copy that was opened and checked. `findings`: what was already wrong. `aside`: where the former file is now.

    `files`: how many attached files are kept with it; `missing`: how many its rows name that are nowhere, or altered.
    """

    path: Path
    sha256: str
    bytes: int
    projects: int
    changes: int
    findings: tuple[Finding, ...]
    files: int = 0
    missing: int = 0
    aside: Path | None = None

    @property
    def folder(self) -> Path:
        """Where its attached files are; made when the first comes."""
        return contents_of(self.path)


def backup(engine: Engine, contents: Contents, target: Path | str) -> Copied:
    """A checked copy as the new file `target`, with its witness and the attached files beside it; nobody has to wait.

    A file on the same disk costs no room: it gets a second name. One that is missing or altered is no reason to refuse; it is a finding.

    Refuses backup_exists, folder_unwritable, disk_refused, and database_damaged when the copy cannot be read whole.
    """
    target = Path(target).resolve()
    if target.exists():
        raise PsoError("backup_exists", file=target.name)
    with written(target) as part, _undone(contents_of(target)) as folder:
        engine.copy_to(part)
        try:
            copied, heads, needs = _inspected(part)
        except DamagedFile as damage:
            raise DamagedFile("database_damaged", file=engine.path.name) from damage
        lacking = _adopted(Contents(folder, room=0), contents, needs, link=True)
        witness.write_lines(witness.place_of(target), heads)
    findings = (*copied.findings, *(fault(one, contents) for one in needs if one.sha256 in lacking))
    return replace(copied, path=target, findings=findings, **_counted(needs, lacking))


def restore(source: Path | str, target: Path | str, now: datetime) -> Copied:
    """Put a checked copy of the backup `source` where the database `target` is; the former file is kept aside.

    Everybody has to sign in again. `sha256` and `bytes` of the answer are the backup's. Attached files are added to those
    beside the target and none is removed; what the backup lacks may be there already, and what is nowhere is `missing`.

    Refuses file_not_found, restore_no_backup, restore_unfinished (it has a write-ahead log), backup_unreadable, backup_damaged,
    backup_files_damaged, database_newer, database_in_use, folder_unwritable, disk_refused. Nothing is touched before all is verified.
    """
    source, target = Path(source).resolve(), Path(target).resolve()
    _refuse_no_backup(source)
    try:
        copied, heads, needs = _inspected(source, read_only=True)
    except DamagedFile as damage:
        raise DamagedFile("backup_unreadable", file=source.name) from damage
    if copied.findings:
        raise DamagedFile("backup_damaged", file=source.name, count=len(copied.findings))
    contents = Contents(contents_of(source))
    _refuse_damaged(contents, needs)
    with written(target) as part:
        shutil.copyfile(source, part)
        _refuse_other_than(copied, part)
        _end_visits(part)
        _refuse_in_use(target)
        lacking = _adopted(Contents(contents_of(target), room=0), contents, needs)
        aside = _set_aside(target, now)
        witness.write_lines(witness.place_of(target), heads)
    return replace(copied, path=target, aside=aside, **_counted(needs, lacking))


def _refuse_no_backup(source: Path) -> None:
    if not source.is_file():
        raise NotFound("file_not_found", file=source.name)
    try:
        if not is_database(source):
            raise PsoError("restore_no_backup", file=source.name)
    except OSError:
        raise PsoError("file_unreadable", file=source.name) from None
    if beside(source, ".wal").exists():
        raise PsoError("restore_unfinished", file=source.name)


def _inspected(path: Path, *, read_only: bool = False) -> tuple[Copied, tuple[witness.Line, ...], tuple[Needed, ...]]:
    """A copy may have come without its witness, and on a medium that cannot be written."""
    said = witness.read_lines(witness.place_of(path)) or ()
    with closing(DuckDBEngine(path, read_only=read_only)) as engine:
        refuse_newer(engine)
        if not read_only:
            engine.verify()
        findings = (*chains(engine), *witness.compare(engine, said).findings)
        heads, needs = witness.heads(engine), tuple(needed(engine))
    changes = sum(head.seq for head in heads)
    return Copied(path, _sha256(path), path.stat().st_size, len(heads), changes, findings), heads, needs


@contextmanager
def _undone(folder: Path) -> Iterator[Path]:
    """A folder that was not there before is gone again when anything fails."""
    there = folder.exists()
    try:
        yield folder
    except BaseException:
        if not there:
            shutil.rmtree(folder, ignore_errors=True)
        raise


def _adopted(contents: Contents, others: Contents, needs: Iterable[Needed], *, link: bool = False) -> frozenset[str]:
    """Bring what is needed from the other folder; what is in neither."""
    wanted = dict.fromkeys(one.sha256 for one in needs)
    return frozenset(sha256 for sha256 in wanted if not contents.adopt(others, sha256, link=link))


def _counted(needs: Iterable[Needed], lacking: frozenset[str]) -> dict[str, int]:
    return {"files": len({one.sha256 for one in needs} - lacking), "missing": len(lacking)}


def _refuse_damaged(contents: Contents, needs: Iterable[Needed]) -> None:
    wanted = dict.fromkeys(one.sha256 for one in needs)
    damaged = [sha256 for sha256 in wanted if contents.holds(sha256) and not contents.intact(sha256)]
    if damaged:
        raise DamagedFile("backup_files_damaged", folder=contents.folder.name, count=len(damaged), first=damaged[0])


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _refuse_other_than(copied: Copied, part: Path) -> None:
    """The copy on its way into place must be the bytes that were inspected, and can be written to."""
    try:
        with closing(DuckDBEngine(part)) as engine:
            engine.verify()
        same = _sha256(part) == copied.sha256
    except DamagedFile:
        same = False
    if not same:
        raise DamagedFile("backup_damaged", file=copied.path.name, count=1)


def _end_visits(part: Path) -> None:
    """Who signed out, was closed or got a new password since the backup would be in again. An old backup has not every table."""
    with closing(DuckDBEngine(part)) as engine:
        there = {name for (name,) in engine.read("SELECT table_name FROM information_schema.tables")}
        with engine.transaction() as transaction:
            for table in there.intersection(VISITS):
                transaction.execute(f"DELETE FROM {table}")


def _set_aside(target: Path, now: datetime) -> Path | None:
    if not target.exists():
        return None
    aside = dated(target, "replaced", now)
    for suffix in BESIDE:
        if beside(target, suffix).exists():
            os.replace(beside(target, suffix), beside(aside, suffix))
    return aside


def _refuse_in_use(target: Path) -> None:
    if not target.exists():
        return
    try:
        DuckDBEngine(target).close()
    except DamagedFile:
        return  # the very reason to restore
