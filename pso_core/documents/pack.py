"""The submission pack: the report in three formats, its charts, the evidence in a readable tree with its index, the data, and the list of it all."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, partial
from itertools import count
from pathlib import Path
from typing import Any, BinaryIO

from pso_core.documents.about import About
from pso_core.documents.blocks import Picture, texts
from pso_core.documents.case import Case
from pso_core.documents.clean import clean, for_file_name
from pso_core.documents.manifest import ABOUT, BLOCK, FORMAT, MANIFEST, manifest
from pso_core.documents.pack_index import index_page
from pso_core.documents.parts.pictures import charts
from pso_core.documents.pdf import pdf_file
from pso_core.documents.report import PARTS, report
from pso_core.documents.same_bytes import FIRST_DAY
from pso_core.documents.sheets import sheets
from pso_core.documents.word_report import WordReport, word_report
from pso_core.documents.workbook import workbook_file
from pso_core.domain.evidence import Piece
from pso_core.steps.naming import gap_sentence
from pso_core.text.phrases import Phrases

VERSION = 1
TITLE = 60  # letters of a piece's title in the name of its file
PACKED = frozenset({".pdf", ".png", ".jpg", ".jpeg", ".webp", ".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp", ".zip"})  # already compressed


@dataclass(frozen=True, slots=True)
class Member:
    """One file of the pack: its path in it, and its content or where that is on the disk."""

    path: str
    content: bytes | Path


@dataclass(frozen=True)
class Contents:
    """What a pack is made from besides the case: its evidence, where each file's content is (None: it is lost), the project file,
    and the agency's Word template (None: there is none, or it is lost)."""

    pieces: tuple[Piece, ...]
    path_of: Callable[[str], Path | None]
    project_file: bytes
    thai_digits: bool
    template: Path | None = None


@dataclass(frozen=True)
class Packed:
    """What was packed. `parts`: {part of the report: SHA-256 of its text}; `files`: {path: SHA-256}; `digest`: that of the list."""

    digest: str
    parts: Mapping[str, str]
    files: Mapping[str, str]


def parts_digests(case: Case) -> dict[str, str]:
    """{part: SHA-256 of all it says}: which part of two packs differs, whatever the format."""
    return {key: hashlib.sha256("\n".join(texts(part(case))).encode()).hexdigest() for key, part in PARTS.items()}


def members(case: Case, about: About, of: Contents) -> list[Callable[[], Member]]:
    """How each file is made: when it is its turn, so that whoever asks can say how far it is, or stop."""
    say = case.say
    word = cache(lambda: word_report(case, blocks, about, digits, of.template))
    digits, blocks, paths = of.thai_digits and case.language == "th", tuple(report(case)), evidence_paths(case, of)
    drawn = chart_files(case)
    return [
        lambda: Member(ABOUT, _about(case, about, of)),
        lambda: Member(f"{say('documents.pack.report')}.pdf", pdf_file(blocks, about, thai_digits=digits, attached={"project.json": of.project_file})),
        lambda: Member(f"{say('documents.pack.report')}.docx", word().content),
        lambda: Member(f"{say('documents.pack.workbook')}.xlsx", workbook_file(sheets(case), about)),
        lambda: Member(f"{say('documents.pack.data')}/project.json", of.project_file),
        lambda: Member(f"{say('documents.pack.missing')}.txt", _missing(case, of, word())),
        lambda: Member("index.html", index_page(case, of.pieces, paths, word().own, drawn).encode()),
        *(partial(Member, path, chart.png) for path, chart in drawn.items()),
        *(partial(Member, paths[piece.row.id], of.path_of(piece.files[0]["sha256"])) for piece in of.pieces if piece.row.id in paths),
    ]


def chart_files(case: Case) -> dict[str, Picture]:
    """{path in the pack: the chart as it is in the report}, numbered in the report's order."""
    return {chart_path(case.say, number, key): chart for number, (key, chart) in enumerate(charts(case).items(), 1)}


def chart_path(say: Phrases, number: int, key: str) -> str:
    return f"{say('documents.pack.charts')}/{number} {say(f'documents.pack.chart.{key}')}.png"


def evidence_paths(case: Case, of: Contents) -> dict[str, str]:
    """{evidence id: path of its newest file in the pack}, a folder for each criterion; without what has no file or lost it.

    Codes differ, yet not always what a file system keeps of them: a second file of one name, in whatever case, is numbered.
    """
    folder, paths, taken = case.say("documents.pack.evidence"), {}, set()
    for piece in of.pieces:
        if piece.files and of.path_of(piece.files[0]["sha256"]):
            path = next(one for one in _numbered(f"{folder}/{_criterion_folder(case, piece)}", piece) if one.casefold() not in taken)
            paths[piece.row.id] = path
            taken.add(path.casefold())
    return paths


def write_pack(target: BinaryIO, made: Iterable[Member], parts: Mapping[str, str]) -> Packed:
    """Write a pack, file after file; no more than one made file or one block of a file on disk is in memory."""
    digests: dict[str, str] = {}
    with zipfile.ZipFile(target, "w") as archive:
        for member in made:
            if member.path in digests:
                raise ValueError(f"two files of a pack have one path: {member.path}")
            digests[member.path] = _write(archive, member)
        listed = manifest(digests)
        _write(archive, Member(MANIFEST, listed))
    return Packed(hashlib.sha256(listed).hexdigest(), parts, digests)


def _write(archive: zipfile.ZipFile, member: Member) -> str:
    """Its SHA-256. The same time, maker and rights for all: equal content is an equal pack."""
    entry = zipfile.ZipInfo(member.path, FIRST_DAY)
    entry.create_system, entry.external_attr = 3, 0o600 << 16
    entry.compress_type = zipfile.ZIP_STORED if Path(member.path).suffix.lower() in PACKED else zipfile.ZIP_DEFLATED
    entry.file_size = len(member.content) if isinstance(member.content, bytes) else member.content.stat().st_size
    digest = hashlib.sha256()
    with archive.open(entry, "w") as file:
        for block in _blocks(member.content):
            digest.update(block)
            file.write(block)
    return digest.hexdigest()


def _blocks(content: bytes | Path) -> Iterator[bytes]:
    if isinstance(content, bytes):
        yield content
        return
    with content.open("rb") as file:
        while block := file.read(BLOCK):
            yield block


def _criterion_folder(case: Case, piece: Piece) -> str:
    criterion = case.standard.criterion(piece.row["criterion"])
    return for_file_name(f"{criterion.code} {criterion.short[case.language]}") or criterion.key


def _numbered(folder: str, piece: Piece) -> Iterator[str]:
    """Code, title, and the ending of the file as it was attached; then the same with (2), (3) …"""
    name = for_file_name(f"{piece.row['code']} {piece.row['title']}", TITLE) or for_file_name(piece.row.id)
    ending = Path(piece.files[0]["name"]).suffix.lower()
    yield f"{folder}/{name}{ending}"
    yield from (f"{folder}/{name} ({number}){ending}" for number in count(2))


def _about(case: Case, about: About, of: Contents) -> bytes:
    said: dict[str, Any] = {
        "format": FORMAT, "version": VERSION, "standard": case.standard.code, "agency": case.agency_name, "project": case.state.project_id,
        "change": case.state.seq, "digest": case.digest, "made_on": case.review.today.isoformat(), "language": case.language,
        "thai_digits": of.thai_digits, "title": about.title, "evidence": len(of.pieces),
    }  # fmt: skip
    return (json.dumps(said, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()


def _missing(case: Case, of: Contents, word: WordReport) -> bytes:
    """What is still open, step by step, files whose content is lost, and a template that could not be used; it says so when nothing is."""
    lines = ["", word.unfit] if word.unfit else []
    for one in case.standings:
        if one.gaps or one.warnings:
            lines += ["", case.say(f"steps.{one.step.key}.name"), *(f"- {gap_sentence(case, gap)}" for gap in (*one.gaps, *one.warnings))]
    lost = [piece for piece in of.pieces if piece.files and of.path_of(piece.files[0]["sha256"]) is None]
    if lost:
        lines += ["", case.say("documents.pack.lost"), *(f"- {one.row['code']} {one.row['title']}: {one.files[0]['name']}" for one in lost)]
    head = case.say("documents.pack.missing_head" if lines else "documents.pack.nothing_missing", standard=case.standard.code, agency=case.agency_name)
    return (clean("\n".join([head, *lines])).replace("\u2060", "") + "\n").encode("utf-8-sig")
