"""Looking inside office files without believing what they say of themselves: parts, sizes, macros, passwords."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from pso_core.domain.file_types import OPEN_DOCUMENT, FileType, is_macro_name, is_program_name
from pso_core.errors import PsoError

BLOCK = 2**18
MOST_PARTS = 10_000
LARGEST_UNPACKED = 512 * 2**20
UNPACKED_FREELY = 32 * 2**20  # a small file may be packed as tightly as it likes
MOST_TIMES_LARGER = 100  # a large one may not: text in XML packs 10 to 30 times
LONGEST_MANIFEST = 4 * 2**20

_LOCAL = struct.Struct("<4s5H3I2H")  # the header before each part
_LOCAL_MARK, _ENCRYPTED = b"PK\x03\x04", 0x1
_MACRO_FOLDERS = ("basic/", "scripts/", "xl/macrosheets/")
_VBA_IN_PRESENTATION = re.compile(rb"\x02\x00\x00\x04\x0c\x00\x00\x00.{4}\x01\x00\x00\x00\x02\x00\x00\x00", re.DOTALL)  # [MS-PPT] VBAInfoAtom


def inspect_zip(kind: FileType, source: BinaryIO, size: int) -> None:
    """An Open XML or OpenDocument file of `size` bytes, read from end to end.

    Refuses file_not_what_it_says (ending), file_has_macros, file_is_program, file_encrypted, file_unpacks_too_large.
    """
    try:
        with zipfile.ZipFile(source) as archive:
            parts = archive.infolist()
        _refuse_by_size(parts, size)
        _refuse_by_name(parts)
        manifests = _unpacked(source, parts, size)
    except (zipfile.BadZipFile, zlib.error, struct.error, NotImplementedError, ValueError, EOFError, OverflowError) as fault:
        raise PsoError("file_not_what_it_says", ending=kind.name) from fault
    if b"macroEnabled" in manifests.get("[content_types].xml", b""):
        raise PsoError("file_has_macros")
    if b"encryption-data" in manifests.get("meta-inf/manifest.xml", b""):
        raise PsoError("file_encrypted")
    if not _holds(kind, {part.filename for part in parts}, manifests):
        raise PsoError("file_not_what_it_says", ending=kind.name)


def inspect_ole(kind: FileType, source: BinaryIO) -> None:
    """An older Office file. Its streams have names in UTF-16, found wherever they stand.

    Refuses file_not_what_it_says (ending), file_has_macros, file_encrypted.
    """
    wanted = [name.encode("utf-16-le") for name in kind.holds]
    found = False
    for block in _overlapping(source, 256):
        if "EncryptedPackage".encode("utf-16-le") in block:
            raise PsoError("file_encrypted")
        if "_VBA_PROJECT".encode("utf-16-le") in block or kind.name == "ppt" and _VBA_IN_PRESENTATION.search(block):
            raise PsoError("file_has_macros")
        found = found or any(name in block for name in wanted)
    if not found:
        raise PsoError("file_not_what_it_says", ending=kind.name)


def _overlapping(source: BinaryIO, overlap: int) -> Iterator[bytes]:
    """All of it in blocks, each beginning with the end of the one before."""
    source.seek(0)
    tail = b""
    while block := source.read(BLOCK):
        yield tail + block
        tail = (tail + block)[-overlap:]


def _refuse_by_size(parts: list[zipfile.ZipInfo], size: int) -> None:
    if len(parts) > MOST_PARTS:
        raise PsoError("file_unpacks_too_large")
    _refuse_unpacked(sum(part.file_size for part in parts), size)


def _refuse_unpacked(unpacked: int, size: int) -> None:
    if unpacked > LARGEST_UNPACKED or unpacked > max(UNPACKED_FREELY, MOST_TIMES_LARGER * size):
        raise PsoError("file_unpacks_too_large")


def _refuse_by_name(parts: list[zipfile.ZipInfo]) -> None:
    for part in parts:
        if part.flag_bits & _ENCRYPTED:
            raise PsoError("file_encrypted")
        if is_macro_name(part.filename) or part.filename.lower().startswith(_MACRO_FOLDERS):
            raise PsoError("file_has_macros")
        if is_program_name(part.filename) and not part.filename.lower().endswith(".bin"):  # Office calls its own parts so
            raise PsoError("file_is_program")


def _unpacked(source: BinaryIO, parts: list[zipfile.ZipInfo], size: int) -> dict[str, bytes]:
    """Every part is unpacked, for its size may be a lie; the short ones that tell about the file are kept, by name in small letters."""
    kept: dict[str, bytes] = {}
    total = 0
    for part in parts:
        wanted = part.filename.lower() in ("[content_types].xml", "meta-inf/manifest.xml", "mimetype")
        pieces, count = [], 0
        for piece in _pieces(source, part):
            count += len(piece)
            _refuse_unpacked(total + count, size)
            if wanted and count <= LONGEST_MANIFEST:
                pieces.append(piece)
        if count != part.file_size:
            raise zipfile.BadZipFile("another size than it says")
        total += count
        if wanted:
            kept[part.filename.lower()] = b"".join(pieces)
    return kept


def _pieces(source: BinaryIO, part: zipfile.ZipInfo) -> Iterator[bytes]:
    source.seek(part.header_offset)
    header = _LOCAL.unpack(source.read(_LOCAL.size))
    name = source.read(header[9])
    if header[0] != _LOCAL_MARK or name != part.orig_filename.encode("utf-8" if part.flag_bits & 0x800 else "cp437"):
        raise zipfile.BadZipFile("the part is called otherwise in its own header")
    source.seek(header[10], 1)
    packed = _packed(source, part.compress_size)
    if part.compress_type == zipfile.ZIP_STORED:
        yield from packed
    elif part.compress_type == zipfile.ZIP_DEFLATED:
        yield from _inflated(packed)
    else:
        raise NotImplementedError("a way of packing that office files do not use")


def _packed(source: BinaryIO, left: int) -> Iterator[bytes]:
    while left:
        block = source.read(min(BLOCK, left))
        if not block:
            raise EOFError
        left -= len(block)
        yield block


def _inflated(packed: Iterator[bytes]) -> Iterator[bytes]:
    engine = zlib.decompressobj(-zlib.MAX_WBITS)
    for block in packed:
        while block:
            yield engine.decompress(block, BLOCK)
            block = engine.unconsumed_tail
        if engine.unused_data:
            raise zipfile.BadZipFile("something follows the packed part")
    yield engine.flush()
    if not engine.eof:
        raise EOFError


def _holds(kind: FileType, names: set[str], manifests: dict[str, bytes]) -> bool:
    if kind.media_type.startswith(OPEN_DOCUMENT):
        return manifests.get("mimetype", b"").strip() in [media_type.encode() for media_type in kind.holds]
    return "[Content_Types].xml" in names and any(part in names for part in kind.holds)
