"""Which files are taken as evidence, and what a file is by its name and its first bytes. No name is believed alone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

HEAD = 8_192  # bytes from the beginning that tell what a file is
OPEN_XML = "application/vnd.openxmlformats-officedocument."
OPEN_DOCUMENT = "application/vnd.oasis.opendocument."


@dataclass(frozen=True, slots=True)
class FileType:
    """A type that may be taken. `form`: how its content is built (pdf, image, zip, ole, text).

    `begins`: the bytes it may begin with. `holds`: what shows its kind inside: the name of a part of an Open XML file, the
    media type that an OpenDocument file gives itself, the name of a stream of an older Office file.
    """

    name: str
    media_type: str
    form: str
    begins: tuple[bytes, ...] = ()
    holds: tuple[str, ...] = ()
    endings: tuple[str, ...] = ()

    @property
    def all_endings(self) -> tuple[str, ...]:
        return (self.name, *self.endings)


_ZIP = (b"PK\x03\x04",)
_OLE = (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",)

TYPES: Mapping[str, FileType] = MappingProxyType({
    one.name: one
    for one in (
        FileType("pdf", "application/pdf", "pdf", (b"%PDF-",)),
        FileType("png", "image/png", "image", (b"\x89PNG\r\n\x1a\n",)),
        FileType("jpg", "image/jpeg", "image", (b"\xff\xd8\xff",), endings=("jpeg",)),
        FileType("webp", "image/webp", "image", (b"RIFF",)),
        FileType("docx", OPEN_XML + "wordprocessingml.document", "zip", _ZIP, ("word/document.xml",)),
        FileType("xlsx", OPEN_XML + "spreadsheetml.sheet", "zip", _ZIP, ("xl/workbook.xml",)),
        FileType("pptx", OPEN_XML + "presentationml.presentation", "zip", _ZIP, ("ppt/presentation.xml",)),
        FileType("odt", OPEN_DOCUMENT + "text", "zip", _ZIP, (OPEN_DOCUMENT + "text",)),
        FileType("ods", OPEN_DOCUMENT + "spreadsheet", "zip", _ZIP, (OPEN_DOCUMENT + "spreadsheet",)),
        FileType("odp", OPEN_DOCUMENT + "presentation", "zip", _ZIP, (OPEN_DOCUMENT + "presentation",)),
        FileType("doc", "application/msword", "ole", _OLE, ("WordDocument",)),
        FileType("xls", "application/vnd.ms-excel", "ole", _OLE, ("Workbook", "Book")),
        FileType("ppt", "application/vnd.ms-powerpoint", "ole", _OLE, ("PowerPoint Document",)),
        FileType("txt", "text/plain", "text"),
        FileType("csv", "text/csv", "text"),
    )
})
MEDIA_TYPES = frozenset(one.media_type for one in TYPES.values())
_KINDS = {"image": "png jpg webp", "word": "docx doc", "writing": "odt", "table": "xlsx xls ods csv", "slides": "pptx ppt odp", "text": "txt", "pdf": "pdf"}
_KIND_OF = {TYPES[name].media_type: kind for kind, names in _KINDS.items() for name in names.split()}
_BY_ENDING = {ending: one for one in TYPES.values() for ending in one.all_endings}

_PROGRAMS = frozenset(
    "apk app appimage application appref-ms bash bat bin cgi chm class cmd com command cpl crx csh deb diagcab dll dmg elf exe fish gadget hta img "
    "inf ins iso isp jar js jse ksh lnk mjs msc msh msi msix msp mst ocx one php pif pkg pl ps1 ps1xml ps2 psc1 psd1 psm1 py pyc pyw rb reg rpm "
    "run scf scr sct settingcontent-ms sh shb so swf sys url vb vbe vbs vhd vhdx vxd workflow ws wsc wsf wsh xbap xpi zsh".split()
)  # fmt: skip
_MACROS = frozenset("docm dotm pptm potm ppam ppsm sldm xlsm xltm xlam xla xlsb xlm mam".split())
_PROGRAM_HEADS = (
    b"\x7fELF", b"#!", b"\xfe\xed\xfa\xce", b"\xfe\xed\xfa\xcf", b"\xce\xfa\xed\xfe", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe", b"\xca\xfe\xba\xbf",
    b"L\x00\x00\x00\x01\x14\x02\x00", b"\x00asm",
)  # fmt: skip
_BYTE_ORDER_MARKS = {b"\xef\xbb\xbf": "utf-8", b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
_MARKUP = re.compile(r"[\s\ufeff]*<[a-z!?/%]", re.IGNORECASE)
_NOT_IN_TEXT = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f]")


def ending_of(name: str) -> str:
    """What follows the last dot, small letters; empty without a dot."""
    return name.rpartition(".")[2].lower().strip() if "." in name else ""


def type_named(name: str) -> FileType | None:
    """The type that a file has by its name."""
    return _BY_ENDING.get(ending_of(name))


def file_kind(media_type: str) -> str | None:
    """What a person calls a file of this type (choices.file_kind); None for a type that is not taken."""
    return _KIND_OF.get(media_type)


def is_program_name(name: str) -> bool:
    return ending_of(name) in _PROGRAMS


def is_macro_name(name: str) -> bool:
    """A type of Office that may hold macros, or the part in which one keeps them."""
    last = name.lower().replace("\\", "/").rpartition("/")[2]
    return ending_of(name) in _MACROS or last in ("vbaproject.bin", "vbadata.xml")


def is_of_the_system(name: str) -> bool:
    """What a system leaves in a folder by itself: settings, small pictures, the locks of open documents."""
    return name.lower() in ("thumbs.db", "desktop.ini") or name.startswith((".", "~$"))


def is_program(head: bytes) -> bool:
    """Whether a system would run what begins so. A text may begin with the letters MZ, a program has zeros after them."""
    return head.startswith(_PROGRAM_HEADS) or head.startswith(b"MZ") and b"\x00" in head[:128]


def begins_as(kind: FileType, head: bytes) -> bool:
    """Whether the first HEAD bytes are those of this type."""
    if kind.form == "text":
        return is_plain_text(head) and not any(begins_as(other, head) for other in TYPES.values() if other.form != "text")
    if kind.name == "webp":
        return head.startswith(kind.begins) and head[8:12] == b"WEBP"
    return head.lstrip(b"\xef\xbb\xbf\r\n\t ").startswith(kind.begins) if kind.form == "pdf" else head.startswith(kind.begins)


def is_plain_text(head: bytes) -> bool:
    """Letters only, in an encoding that Thai offices use, and no web page: a browser or a mail program might run that."""
    text = _decoded(head)
    return text is not None and not _NOT_IN_TEXT.search(text) and not _MARKUP.match(text)


def _decoded(head: bytes) -> str | None:
    for mark, encoding in _BYTE_ORDER_MARKS.items():
        if head.startswith(mark):
            return head[len(mark) :].decode(encoding, "ignore")
    for encoding in ("utf-8", "cp874"):
        if (text := _decoded_in(head, encoding)) is not None:
            return text
    return None


def _decoded_in(head: bytes, encoding: str) -> str | None:
    """None when it is not in this encoding; its last letter may be cut."""
    for end in range(4 if encoding == "utf-8" and len(head) == HEAD else 1):
        try:
            return head[: len(head) - end].decode(encoding)
        except UnicodeDecodeError:
            continue
    return None
