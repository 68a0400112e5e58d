"""One search for evidence and for the files of the register: from a criterion to the cabinet, and from the cabinet back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pso_core.domain.evidence import Piece
from pso_core.domain.register import APART, FIELDS, plain
from pso_core.domain.rows import ProjectState, Row, by_number
from pso_core.domain.standard import Standard


@dataclass(frozen=True, slots=True)
class Entry:
    """A piece of evidence with the paper file that it is, or a file of the register that is no evidence (`piece` None)."""

    piece: Piece | None
    file: Row | None
    code: str
    text: str


def evidence_index(state: ProjectState, standard: Standard, found: Iterable[Piece]) -> tuple[Entry, ...]:
    """Every piece in the order of its code, then the files that no piece points to, in the order of theirs; for `register.search`."""
    found = tuple(found)
    of_evidence = (_of_piece(state, standard, piece) for piece in found)
    pointed_to = {piece.paper.id for piece in found if piece.paper}
    others = sorted((file for file in state.of("file") if file.id not in pointed_to), key=lambda file: by_number(file["file_code"]))
    return (*of_evidence, *(Entry(None, file, plain(file["file_code"]), _joined(_of_file(file))) for file in others))


def pieces_by_file(found: Iterable[Piece]) -> Mapping[str, tuple[Piece, ...]]:
    """{id of a file in the register: the pieces of evidence that it is}"""
    by_file: dict[str, tuple[Piece, ...]] = {}
    for piece in found:
        if piece.paper:
            by_file[piece.paper.id] = (*by_file.get(piece.paper.id, ()), piece)
    return by_file


def _of_piece(state: ProjectState, standard: Standard, piece: Piece) -> Entry:
    row = piece.row
    indicators = [one for id_ in piece.supports if (one := state.get(id_))]
    names = [standard.criterion(key).name for key in dict.fromkeys((row["criterion"], *(one["criterion"] for one in indicators)))]
    texts = [row[field] for field in ("code", "title", "address", "note")] + [one["name"] for one in indicators]
    texts += [words for name in names for words in (name.th, name.en)] + [file["name"] for file in piece.files]
    return Entry(piece, piece.paper, plain(row["code"]), _joined(texts + (_of_file(piece.paper) if piece.paper else [])))


def _of_file(file: Row) -> list[str | None]:
    return [file[field] for field in FIELDS]


def _joined(texts: Iterable[str | None]) -> str:
    return APART.join(plain(text) for text in texts if text)
