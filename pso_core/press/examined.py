"""What an examiner is shown of a pack: its index, the evidence, the reports and the charts in it, as they were when it was made."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path
from typing import BinaryIO

from pso_core.documents.case import Case
from pso_core.documents.manifest import BLOCK
from pso_core.documents.pack import Contents, chart_path, evidence_paths
from pso_core.documents.pack_index import FILES
from pso_core.documents.parts.pictures import CHARTS
from pso_core.domain.evidence import Piece, newest_contents, pieces
from pso_core.domain.file_types import MEDIA_TYPES, type_named
from pso_core.errors import NotFound
from pso_core.office import Office
from pso_core.press.build import Order, case_of, saved_as
from pso_core.store.packs import Pack
from pso_core.text.phrases import phrases

PARTS = tuple(f"{name}.{ending}" for name, ending in FILES)
UNKNOWN_TYPE = "application/octet-stream"


@dataclass(frozen=True)
class Examined:
    """A pack looked at in one language. `files`: {evidence id: its path in the pack}, for files that are in the pack and still here."""

    pack: Pack
    case: Case
    pieces: tuple[Piece, ...]
    files: Mapping[str, str]


@dataclass(frozen=True)
class Shown:
    """A file to hand out: its name, its path in the pack, its type, and where it is: on the disk, or in the pack's own file."""

    name: str
    place: str
    media_type: str
    on_disk: Path
    inside: str = ""


def examined(office: Office, pack: Pack, language: str) -> Examined:
    """The pack as it was made, its sentences in this language. Refuses project_not_found."""
    case = _as_made(case_of(office, Order(pack.project_id, pack.seq, pack.day, language, pack.thai_digits)), pack)
    found, held = pieces(case.state, pack.day, case.review.lost), office.store.contents
    as_packed = replace(case, say=phrases(pack.language))
    paths = evidence_paths(as_packed, Contents(found, lambda sha256: held.path_of(sha256) if held.holds(sha256) else None, b"", pack.thai_digits))
    packed = {piece.row.id for piece in found if piece.files and pack.files.get(paths.get(piece.row.id, "")) == piece.files[0]["sha256"]}
    return Examined(pack, case, found, {id_: path for id_, path in paths.items() if id_ in packed})


def charts_in(pack: Pack) -> dict[str, str]:
    """{chart: its path in the pack}, of each that the pack has, in its order."""
    say, places = phrases(pack.language), product(range(1, len(CHARTS) + 1), CHARTS)
    return {key: path for number, key in places if (path := chart_path(say, number, key)) in pack.files}


def _as_made(case: Case, pack: Pack) -> Case:
    """What is proven is what was proven then, by the files that are in the pack: whatever was lost or found since."""
    return replace(case, review=replace(case.review, lost=newest_contents(case.state).difference(pack.files.values())))


def evidence_file(office: Office, pack: Pack, evidence_id: str) -> Shown:
    """The file of a piece of evidence as the pack has it. Refuses content_missing: not in the pack, lost or altered."""
    here = examined(office, pack, pack.language)
    if evidence_id not in here.files:
        raise NotFound("content_missing")
    place, row = here.files[evidence_id], next(piece.files[0] for piece in here.pieces if piece.row.id == evidence_id)
    if not office.store.contents.intact(row["sha256"]):
        raise NotFound("content_missing")
    media_type = row["media_type"] if row["media_type"] in MEDIA_TYPES else UNKNOWN_TYPE
    return Shown(Path(place).name, place, media_type, office.store.contents.path_of(row["sha256"]))


def whole_pack(office: Office, pack: Pack) -> Shown:
    """Refuses pack_gone."""
    return Shown(saved_as(pack, office.store.packs.number(pack)), "", "application/zip", _file(office, pack))


def part_of(office: Office, pack: Pack, part: str) -> Shown:
    """One of PARTS. Refuses pack_gone, content_missing."""
    name, _, ending = part.partition(".")
    place = f"{phrases(pack.language)(f'documents.pack.{name}')}.{ending}" if part in PARTS else ""
    if place not in pack.files:
        raise NotFound("content_missing")
    return Shown(place, place, type_named(place).media_type, _file(office, pack), place)


def chart_of(office: Office, pack: Pack, key: str) -> Shown:
    """One of the charts. Refuses pack_gone, content_missing."""
    if (place := charts_in(pack).get(key)) is None:
        raise NotFound("content_missing")
    return Shown(Path(place).name, place, type_named(place).media_type, _file(office, pack), place)


def blocks(shown: Shown) -> Iterator[bytes]:
    """What is inside the pack's file, block by block."""
    with zipfile.ZipFile(shown.on_disk) as archive, archive.open(shown.inside) as member:
        yield from _blocks(member)


def _blocks(source: BinaryIO) -> Iterator[bytes]:
    while block := source.read(BLOCK):
        yield block


def _file(office: Office, pack: Pack) -> Path:
    if not office.store.contents.holds(pack.content):
        raise NotFound("pack_gone")
    return office.store.contents.path_of(pack.content)
