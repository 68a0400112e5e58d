"""Thai in a PDF made findable: typst says of a letter with its marks only as a whole what it means, which many readers pass over.

A letter with marks is drawn by several glyphs. typst maps each of them to the whole and notes the whole beside them (/ActualText), twice if
a mark is lifted: Firefox then finds nothing, Chrome finds it doubled. Here each glyph is mapped to its own letter; a note stays only where
the glyphs by themselves would still be read otherwise (sara am is drawn as two). Nothing that is drawn changes.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pso_core.documents.page_letters import Glyph, Piece, pieces
from pso_core.documents.pdf_objects import Objects, changed, objects_of, stream, with_stream

UNSEEN = {0x200B: None, 0x2060: None, 0xA0: " "}  # places to break or not are nothing to read; a hard space is searched as a space
SARA_AM, NIKHAHIT, SARA_AA = "\u0e33", "\u0e4d", "\u0e32"

_PAGE = re.compile(rb"<</Type/Page/Resources (\d+) 0 R.*/Contents (\d+) 0 R")
_FONT = re.compile(rb"/(f\d+) (\d+) 0 R")
_LETTERS_OF = re.compile(rb"/ToUnicode (\d+) 0 R")
_PAIR = re.compile(rb"<([0-9A-F]{4})> <([0-9A-F]+)>")

Letters = dict[Glyph, str]


@dataclass(slots=True)
class Cluster:
    """A letter with its marks as one or more pieces, and what they mean together."""

    said: str
    pieces: list[Piece]
    glyphs: list[Glyph]


def with_readable_text(pdf: bytes) -> bytes:
    """The same pages with a text layer that is read letter by letter."""
    objects = objects_of(pdf)
    contents = {number: (stream(objects[number]), fonts) for number, fonts in _pages(objects)}
    maps = {font: int(_LETTERS_OF.search(objects[font])[1]) for _, fonts in contents.values() for font in fonts.values()}
    given = {(font, code): _seen(letters) for font, number in maps.items() for code, letters in _pairs(stream(objects[number]))}
    alone: set[Glyph] = set()
    found = {number: list(_clusters(pieces(*page), given, alone)) for number, page in contents.items()}
    meant = _meant(given, alone, [cluster for clusters in found.values() for cluster in clusters])
    pages = {number: with_stream(objects[number], _noted(contents[number][0], clusters, meant)) for number, clusters in found.items()}
    tables = {number: with_stream(objects[number], _remapped(stream(objects[number]), font, meant)) for font, number in maps.items()}
    return changed(pdf, {**pages, **tables})


def _pages(objects: Objects) -> Iterator[tuple[int, dict[bytes, int]]]:
    """Of each page the object of its content, and of its fonts by name."""
    for body in objects.values():
        if page := _PAGE.match(body):
            yield int(page[2]), {name: int(font) for name, font in _FONT.findall(objects[int(page[1])])}


def _pairs(table: bytes) -> Iterator[tuple[int, str]]:
    for code, letters in _PAIR.findall(table):
        yield int(code, 16), bytes.fromhex(letters.decode()).decode("utf-16-be")


def _clusters(drawn: Iterable[Piece], given: Letters, alone: set[Glyph]) -> Iterator[Cluster]:
    """What is drawn as a letter with marks; glyphs that mean one letter by themselves are added to `alone`."""
    open_: Cluster | None = None
    for piece in drawn:
        for glyphs, said in _parts(piece, given, alone):
            if open_ and _goes_on(open_, said, glyphs):
                open_.pieces.append(piece)
                open_.glyphs.extend(glyphs)
                continue
            if open_:
                yield open_
            open_ = Cluster(said, [piece], list(glyphs))
    if open_:
        yield open_


def _parts(piece: Piece, given: Letters, alone: set[Glyph]) -> Iterator[tuple[list[Glyph], str]]:
    if piece.said is not None:
        yield piece.glyphs, _seen(piece.said)
        return
    for glyph in piece.glyphs:
        if len(said := given.get(glyph, "")) > 1:
            yield [glyph], said
        else:
            alone.add(glyph)


def _goes_on(cluster: Cluster, said: str, glyphs: list[Glyph]) -> bool:
    """Whether they only draw the lifted mark of the same letter."""
    return said == cluster.said and len(cluster.glyphs) < len(said) and glyphs[0] != cluster.glyphs[0]


def _seen(text: str) -> str:
    return text.translate(UNSEEN) or text


def _meant(given: Letters, alone: set[Glyph], clusters: list[Cluster]) -> Letters:
    """What each glyph means by itself: what it is where it stands alone, else what it is most often."""
    among: dict[Glyph, Counter[str]] = defaultdict(Counter)
    for (said, *glyphs), times in Counter((cluster.said, *cluster.glyphs) for cluster in clusters).items():
        for glyph, letters in zip(glyphs, _letter_by_letter(said, len(glyphs)), strict=False):
            among[glyph][letters] += times
    often = {glyph: max(sorted(counted), key=counted.__getitem__) for glyph, counted in among.items()}
    return {**given, **often, **{glyph: given[glyph] for glyph in alone if glyph in given}}


def _letter_by_letter(said: str, count: int) -> list[str]:
    """The letters that so many glyphs draw; nothing if that cannot be told."""
    if count == 1:
        return [said]
    if said.endswith(SARA_AM):  # drawn as nikhahit, which goes under the tone and may be one glyph with it, and sara aa
        tones = said[1:-1]
        together = [said[0], NIKHAHIT + tones, SARA_AA]
        return together if count == len(together) else [said[0], NIKHAHIT, *tones, SARA_AA] if count == len(tones) + 3 else []
    return list(said) if count == len(said) else []


def _noted(content: bytes, clusters: Iterable[Cluster], meant: Letters) -> bytes:
    """The content with a note only where the letters by themselves say something else."""
    cuts: list[tuple[tuple[int, int], bytes]] = []
    for cluster in clusters:
        noted = [piece for piece in cluster.pieces if piece.said is not None]
        if "".join(meant.get(glyph, "") for glyph in cluster.glyphs) == cluster.said:
            cuts += [(place, b"") for piece in noted for place in (piece.begins, piece.ends)]
        else:
            cuts += [(piece.begins, _note(cluster.said if piece is cluster.pieces[0] else "")) for piece in noted]
    return _cut(content, cuts)


def _note(said: str) -> bytes:
    return b"/Span<</ActualText<FEFF%s>>>BDC" % said.encode("utf-16-be").hex().upper().encode()


def _cut(content: bytes, cuts: list[tuple[tuple[int, int], bytes]]) -> bytes:
    made, at = [], 0
    for (start, end), instead in sorted(cuts):
        made += [content[at:start], instead or b" "]
        at = end
    return b"".join([*made, content[at:]])


def _remapped(table: bytes, font: int, meant: Mapping[Glyph, str]) -> bytes:
    def pair(found: re.Match[bytes]) -> bytes:
        letters = meant[font, int(found[1], 16)].encode("utf-16-be").hex().upper().encode()
        return b"<%s> <%s>" % (found[1], letters)

    return _PAIR.sub(pair, table)
