"""Files as people and others send them: real ones of each type, and hostile ones."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from functools import cache

import docx
import typst
import xlsxwriter
from PIL import Image

from pso_core.domain.file_types import OPEN_DOCUMENT

TYPES_PART = "[Content_Types].xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
MIB = 2**20


def pdf(*pages: str) -> bytes:
    return typst.compile("\n#pagebreak()\n".join(pages or ("แผน",)).encode())


def picture(form: str, width: int = 60, height: int = 40) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", (width, height), "navy").save(target, form)
    return target.getvalue()


def word() -> bytes:
    target, document = io.BytesIO(), docx.Document()
    document.add_paragraph("แผนพัฒนา")
    document.save(target)
    return target.getvalue()


def workbook(rows: int = 20) -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        sheet = book.add_worksheet()
        for row in range(rows):
            sheet.write_row(row, 0, ["ตัวชี้วัด", row])
    return target.getvalue()


def zipped(parts: Mapping[str, bytes], **stored: int) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name), data, stored.get(name, zipfile.ZIP_DEFLATED))
    return target.getvalue()


def presentation(**more: bytes) -> bytes:
    return zipped({TYPES_PART: b"<Types/>", "ppt/presentation.xml": b"<p/>", **more})


def word_with(more: Mapping[str, bytes]) -> bytes:
    return zipped({TYPES_PART: b"<Types/>", "word/document.xml": b"<w/>", **more})


def open_document(kind: str, more: Mapping[str, bytes] | None = None) -> bytes:
    return zipped({"mimetype": (OPEN_DOCUMENT + kind).encode(), "META-INF/manifest.xml": b"<m/>", "content.xml": b"<c/>", **(more or {})}, mimetype=0)


def ole(*streams: str, rest: bytes = b"") -> bytes:
    """An older Office file as far as its list of streams shows it."""
    return OLE + b"".join(name.encode("utf-16-le").ljust(128, b"\0") for name in ("Root Entry", *streams)) + bytes(512) + rest


def real() -> dict[str, bytes]:
    """{a name: its file}, one of each ending."""
    return {
        "แผน.pdf": pdf(), "ภาพ.png": picture("PNG"), "ภาพ.jpg": picture("JPEG"), "ภาพ.jpeg": picture("JPEG"), "ภาพ.webp": picture("WEBP"),
        "แผน.docx": word(), "ผล.xlsx": workbook(), "นำเสนอ.pptx": presentation(),
        "แผน.odt": open_document("text"), "ผล.ods": open_document("spreadsheet"), "นำเสนอ.odp": open_document("presentation"),
        "แผน.doc": ole("WordDocument"), "ผล.xls": ole("Workbook"), "นำเสนอ.ppt": ole("PowerPoint Document"),
        "บันทึก.txt": "บันทึก\r\n".encode("cp874"), "ผล.csv": "ชื่อ,คะแนน\n".encode("utf-8-sig"),
    }  # fmt: skip


@cache
def bomb() -> bytes:
    """A Word file of 600 kB that unpacks to 600 MB. Packed once: it takes seconds."""
    return word_with({f"word/media/{n}.xml": bytes(100 * MIB) for n in range(6)})


def many_parts() -> bytes:
    return word_with({f"word/{n}.xml": b"" for n in range(10_001)})


def lying(declared: int = 10) -> bytes:
    """A Word file in which a part of 40 MB says, in both its headers, that it has 10 bytes."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(bytes(40 * MIB)) + packer.flush()
    name, check = b"word/document.xml", zlib.crc32(bytes(declared))
    local = struct.pack("<4s5H3I2H", b"PK\x03\x04", 20, 0, 8, 0, 33, check, len(packed), declared, len(name), 0) + name + packed
    central = struct.pack("<4s6H3I5H2I", b"PK\x01\x02", 20, 20, 0, 8, 0, 33, check, len(packed), declared, len(name), 0, 0, 0, 0, 0, 0) + name
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 1, 1, len(central), len(local), 0)
    return local + central + end


def renamed_part() -> bytes:
    """A part that is called otherwise in its own header than in the list of parts: two programs would see two files."""
    whole = word()
    at = whole.index(b"word/document.xml")
    return whole[:at] + b"word/dokument.xml" + whole[at + 17 :]


def with_password() -> bytes:
    """A zip whose part says that it has a password."""
    whole = bytearray(word())
    central = whole.index(b"PK\x01\x02")
    whole[central + 8] |= 1
    return bytes(whole)
