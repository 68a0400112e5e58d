"""Which bytes of a ZIP file belong to something in it: programs that open one pass over all others in silence."""

from __future__ import annotations

import struct
import zipfile
from typing import BinaryIO

_LOCAL = struct.Struct("<4s22x2H")  # mark … lengths of the name and of the extra field
_MARK = b"PK\x03\x04"
_DESCRIBED = 0x08  # flag: sizes follow the content
_DESCRIPTORS = (12, 16, 20, 24)  # bytes: with or without a mark, of small or large files
_END = b"PK\x05\x06"
_END_SIZE = 22


def stray_bytes(file: BinaryIO, archive: zipfile.ZipFile) -> int:
    """Bytes before, between and after the files of an archive, its comment too; 0 as it is written. Raises BadZipFile."""
    entries = sorted(archive.infolist(), key=lambda one: one.header_offset)
    starts = [*(entry.header_offset for entry in entries), archive.start_dir]
    between = sum(_between(entry, start - _end_of(file, entry)) for entry, start in zip(entries, starts[1:], strict=True))
    return starts[0] + between + _after(file)


def _between(entry: zipfile.ZipInfo, size: int) -> int:
    """Stray bytes among the `size` from the end of one file to the next."""
    if size < 0:
        raise zipfile.BadZipFile("files lie over each other")
    return 0 if entry.flag_bits & _DESCRIBED and size in _DESCRIPTORS else size


def _end_of(file: BinaryIO, entry: zipfile.ZipInfo) -> int:
    """Where the packed content ends: the name and the extra field have lengths of their own here."""
    file.seek(entry.header_offset)
    header = file.read(_LOCAL.size)
    if len(header) < _LOCAL.size or not header.startswith(_MARK):
        raise zipfile.BadZipFile("no file where the directory says")
    _, name, extra = _LOCAL.unpack(header)
    return entry.header_offset + _LOCAL.size + name + extra + entry.compress_size


def _after(file: BinaryIO) -> int:
    """What follows the last record. The directory lies right before that, else it could not be read."""
    size = file.seek(0, 2)
    tail_size = min(size, _END_SIZE + 2**16)
    file.seek(size - tail_size)
    tail = file.read(tail_size)
    return tail_size - tail.rfind(_END) - _END_SIZE if _END in tail else 0
