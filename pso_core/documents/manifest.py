"""The list of everything in a pack with its SHA-256, written last; and reading a pack against it."""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, BinaryIO

from pso_core.documents.zip_room import stray_bytes
from pso_core.errors import PsoError

MANIFEST = "MANIFEST.sha256"
ABOUT = "pack.json"
FORMAT = "nine-steps-pack"
BLOCK = 2**20
MOST_ENTRIES = 20_000
LARGEST_LIST = 8 * 2**20  # bytes of the list itself: twenty thousand long names
_OF_COMPUTERS = frozenset({"__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini"})  # what they put into archives themselves
_LINE = re.compile(r"([0-9a-f]{64})  (.+)")
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError)  # what reading a damaged file raises


@dataclass(frozen=True)
class Verified:
    """What became of a pack. `digest` is the SHA-256 of its list, which names everything else; `about` what it says of itself.

    `stray`: bytes before, between or after the files, which no list can name.
    """

    digest: str
    about: Mapping[str, Any]
    files: int
    changed: tuple[str, ...]
    added: tuple[str, ...]
    lost: tuple[str, ...]
    stray: int = 0

    @property
    def as_listed(self) -> bool:
        return not (self.changed or self.added or self.lost)

    @property
    def printed(self) -> str:
        """The digest of the data it was made from, which its report prints; "" where it does not say."""
        return str(self.about.get("digest", ""))

    @property
    def whole(self) -> bool:
        return self.as_listed and not self.stray


def manifest(digests: Mapping[str, str]) -> bytes:
    """As `sha256sum -c` reads it: digest, two spaces, path; sorted by path."""
    return "".join(f"{digest}  {path}\n" for path, digest in sorted(digests.items())).encode()


def read_manifest(content: bytes) -> dict[str, str]:
    """{path: digest}. Refuses pack_foreign."""
    lines = [_LINE.fullmatch(line) for line in content.decode("utf-8", "replace").splitlines()]
    if not lines or None in lines:
        raise PsoError("pack_foreign")
    return {line[2]: line[1] for line in lines}


def verify(pack: BinaryIO) -> Verified:
    """Read every file of a pack once, block by block, and compare it with the list. Refuses pack_foreign, pack_in_folder (folder), pack_in_file (file), pack_unreadable, pack_too_many."""
    try:
        with zipfile.ZipFile(pack) as archive:
            return _verified(pack, archive)
    except (*_DAMAGED, ValueError, IndexError) as fault:  # places before the file, names without a letter
        raise PsoError("pack_unreadable") from fault


def differing(one: Mapping[str, str], other: Mapping[str, str]) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """(changed, added, lost) keys from one mapping of digests to the other."""
    changed = (key for key in one if key in other and one[key] != other[key])
    return tuple(sorted(changed)), tuple(sorted(other.keys() - one.keys())), tuple(sorted(one.keys() - other.keys()))


def _verified(pack: BinaryIO, archive: zipfile.ZipFile) -> Verified:
    names = [entry.filename for entry in archive.infolist() if not entry.is_dir()]
    if len(archive.infolist()) > MOST_ENTRIES:
        raise PsoError("pack_too_many", most=MOST_ENTRIES)
    stray = stray_bytes(pack, archive)
    if MANIFEST not in names:
        raise _no_pack(names, stray)
    if archive.getinfo(MANIFEST).file_size > LARGEST_LIST:
        raise PsoError("pack_foreign")
    content = archive.read(MANIFEST)
    listed = read_manifest(content)
    found = {name: _digest(archive, name, listed) for name in names if name != MANIFEST}
    twice = {name for name, times in Counter(names).items() if times > 1}  # which of the two a program opens nobody knows
    changed, added, lost = differing(listed, found)
    added = tuple(sorted({*added, *_empty_folders(archive, names)}))
    return Verified(hashlib.sha256(content).hexdigest(), _about(archive, found), len(found), tuple(sorted({*changed, *twice})), added, lost, stray)


def _empty_folders(archive: zipfile.ZipFile, names: Iterable[str]) -> set[str]:
    """A pack has none. One that holds something may be told by whoever packed it again."""
    holding = {f"{folder}/" for name in names for folder in PurePosixPath(name).parents}
    return {entry.filename for entry in archive.infolist() if entry.is_dir()} - holding


def _no_pack(names: Iterable[str], stray: int) -> PsoError:
    """What an archive without a list may be: a pack cut short (of which an office file inside is found as the archive), or one packed again."""
    if stray:
        return PsoError("pack_unreadable")
    own = [name for name in names if PurePosixPath(name).parts[0] not in _OF_COMPUTERS and PurePosixPath(name).name not in _OF_COMPUTERS]
    for name in own:
        if PurePosixPath(name).name == MANIFEST:
            return PsoError("pack_in_folder", folder=str(PurePosixPath(name).parent))
    if len(own) == 1 and own[0].lower().endswith(".zip"):
        return PsoError("pack_in_file", file=PurePosixPath(own[0]).name)
    return PsoError("pack_foreign")


def _digest(archive: zipfile.ZipFile, name: str, listed: Iterable[str]) -> str:
    """Empty for what no list names: it need not be unpacked; "damaged" for what cannot be read."""
    if name not in listed:
        return ""
    digest = hashlib.sha256()
    try:
        with archive.open(name) as file:
            while block := file.read(BLOCK):
                digest.update(block)
    except _DAMAGED:
        return "damaged"
    return digest.hexdigest()


def _about(archive: zipfile.ZipFile, found: Mapping[str, str]) -> Mapping[str, Any]:
    if ABOUT not in found or archive.getinfo(ABOUT).file_size > LARGEST_LIST:
        return {}
    try:
        about = json.loads(archive.read(ABOUT))
    except (ValueError, *_DAMAGED):
        return {}
    return about if isinstance(about, dict) and about.get("format") == FORMAT else {}
