"""The contents of files, kept beside the database and named by what they are: the same content is kept once."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import tempfile
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from pso_core.errors import NotFound, PsoError
from pso_core.store.files import beside, refused

BLOCK = 2**20
ROOM = 96 * 2**20  # bytes left free: more than a transaction needs, so that typing goes on when files no longer fit
PRIVATE_FOLDER, PART = 0o700, ".part"

_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Content:
    """What was put. `new`: it was not here, or no longer what its name says."""

    sha256: str
    bytes: int
    new: bool


class Contents:
    """The folder of contents. Any method may be called from any thread; the folder is made when the first content comes."""

    def __init__(self, folder: Path, *, room: int = ROOM):
        self.folder = folder
        self.turn = 0  # goes up whenever a content comes or goes by this process: what was found to be held is looked for anew
        self._room = room
        self._placing = threading.Lock()
        self._puts: Counter[str] = Counter()  # in this process
        self._new: set[str] = set()  # and put by it first

    def sweep(self) -> None:
        """Remove what an interrupted put has left. Only for the one process that has the database."""
        for part in self.folder.glob(f"*{PART}"):
            with suppress(OSError):
                part.unlink()

    def put(self, source: BinaryIO, largest: int) -> Content:
        """Keep all that can be read from `source`, at most `largest` bytes; durable on return.

        Refuses file_empty, file_too_large (most, in megabytes), disk_refused, folder_unwritable. Then nothing is kept.
        """
        with self._part() as part:
            sha256, count = self._written(source, part, largest)
            return Content(sha256, count, self._place(part, sha256))

    def take_back(self, sha256: str) -> None:
        """Undo one put of this content, whose row was refused. It goes when no other put of it is left and none was here before."""
        with self._placing:
            self._puts[sha256] -= 1
            if self._puts[sha256] < 1 and sha256 in self._new:
                with suppress(OSError):  # Windows, while somebody reads it: kept for nobody, and no harm
                    self._forget(sha256)

    def adopt(self, other: Contents, sha256: str, *, link: bool = False) -> bool:
        """Keep a content of another folder too; False when it is missing or altered there. With `link` as a second name of
        the same bytes, where the disks allow that. Refuses disk_refused, folder_unwritable."""
        if self.intact(sha256):
            return True
        if not other.intact(sha256):
            return False
        with self._part() as part:
            if not (link and _linked(other.path_of(sha256), part)):
                _copy(other.path_of(sha256), part)
                if _sha256_of(part) != sha256:
                    return False
            self._place(part, sha256)
            return True

    def open(self, sha256: str) -> BinaryIO:
        """To read. Refuses content_missing."""
        try:
            return self.path_of(sha256).open("rb")
        except OSError as fault:
            raise NotFound("content_missing") from fault

    def path_of(self, sha256: str) -> Path:
        """Where this content is or would be. Refuses content_missing for what is no SHA-256: it may come from a row."""
        if not _SHA256.fullmatch(sha256):
            raise NotFound("content_missing")
        return self.folder / sha256[:2] / sha256

    def holds(self, sha256: str) -> bool:
        """Whether a file of this name is here; `intact` also reads it."""
        return bool(_SHA256.fullmatch(sha256)) and self.path_of(sha256).is_file()

    def intact(self, sha256: str) -> bool:
        """Whether the content is here, unaltered: its name is not taken for granted."""
        with suppress(OSError):
            return self.holds(sha256) and _sha256_of(self.path_of(sha256)) == sha256
        return False

    def drop(self, sha256: str) -> None:
        """Forget this content for good; nothing when it is not here."""
        with self._placing:
            self._forget(sha256)

    def all(self) -> Iterator[str]:
        """The SHA-256 of every content, in order."""
        yield from sorted(path.name for path in self.folder.glob("[0-9a-f][0-9a-f]/*") if self.holds(path.name) and self.path_of(path.name) == path)

    @contextmanager
    def _part(self) -> Iterator[Path]:
        """An empty file with a name of its own, gone at the end unless it was placed. Refuses disk_refused, folder_unwritable."""
        part: Path | None = None
        try:
            self.folder.mkdir(PRIVATE_FOLDER, parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(PART, dir=self.folder)  # its owner's alone
            os.close(handle)
            part = Path(name)
            yield part
        except OSError as fault:
            raise refused(fault, PsoError("folder_unwritable", folder=self.folder.name)) from fault
        finally:
            if part:
                with suppress(OSError):
                    part.unlink(missing_ok=True)

    def _written(self, source: BinaryIO, part: Path, largest: int) -> tuple[str, int]:
        digest, count = hashlib.sha256(), 0
        with part.open("wb") as file:
            while block := source.read(BLOCK):
                count += len(block)
                self._refuse_unfit(count, len(block), largest)
                digest.update(block)
                file.write(block)
            file.flush()
            os.fsync(file.fileno())
        if not count:
            raise PsoError("file_empty")
        return digest.hexdigest(), count

    def _refuse_unfit(self, count: int, block: int, largest: int) -> None:
        if count > largest:
            raise PsoError("file_too_large", most=largest // 2**20)
        if shutil.disk_usage(self.folder).free < self._room + block:
            raise PsoError("disk_refused")

    def _place(self, part: Path, sha256: str) -> bool:
        """Under its name, unless it is there unaltered; whether it is new."""
        place = self.path_of(sha256)
        with self._placing:
            self._puts[sha256] += 1
            there = place.exists()
            if self.intact(sha256):
                return False
            place.parent.mkdir(PRIVATE_FOLDER, exist_ok=True)
            os.replace(part, place)
            _sync_folder(place.parent)
            self.turn += 1
            if not there:
                self._new.add(sha256)
            return True

    def _forget(self, sha256: str) -> None:
        self._puts.pop(sha256, None)
        self._new.discard(sha256)
        self.path_of(sha256).unlink(missing_ok=True)
        self.turn += 1


def contents_of(database: Path) -> Path:
    """The folder of the contents that belong to a database or to a backup."""
    return beside(database, ".files")


def _linked(source: Path, target: Path) -> bool:
    """As a second name of the same bytes; False where the file systems are not the same or know no such thing."""
    target.unlink()
    try:
        os.link(source, target)
    except OSError:
        return False
    return True


def _sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _copy(source: Path, target: Path) -> None:
    shutil.copyfile(source, target)
    with target.open("rb+") as file:
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    """A name is durable when its folder is. Windows cannot open a folder, and keeps names itself."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

