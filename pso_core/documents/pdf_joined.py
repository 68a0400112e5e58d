"""PDFs put together into one: the pages and the structure of pieces of tables, each put in after the beginning of its table.

All are as typst writes them. A piece holds one table and no headings, links or pictures; what a file says of itself is said by the first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count

from pso_core.documents.pdf_objects import Objects, changed, objects_of

_REFERENCE = re.compile(rb"(\d+) 0 R")
_ROOT = re.compile(rb"/Root (\d+) 0 R")
_PAGES, _TREE = re.compile(rb"/Pages (\d+) 0 R"), re.compile(rb"/StructTreeRoot (\d+) 0 R")
_KIDS, _COUNT = re.compile(rb"/Kids\[([^]]*)\]"), re.compile(rb"/Count \d+")
_CHILDREN = re.compile(rb"/K\[([^]]*)\]")
_PARENTS = re.compile(rb"(?<=/ParentTree<</Nums\[)[^]]*(?=\])")
_NAMES = re.compile(rb"(?<=/IDTree<</Names\[)[^]]*(?=\])")
_NEXT = re.compile(rb"(?<=/ParentTreeNextKey )\d+")
_PARENT, _NAME = re.compile(rb"(\d+) (\d+) 0 R"), re.compile(rb"\((\w+)\)(\d+) 0 R")
_OF_PAGE = re.compile(rb"(?<=/StructParents )\d+")
_ID = re.compile(rb"\((?=U\d+x\d+y\d+\))")
_TABLE = b"<</Type/StructElem/S/Table/"
_ELEMENT = b"<</Type/StructElem/"


@dataclass(frozen=True, slots=True)
class Place:
    """After which page and which table, both counted from 1, pieces go in."""

    page: int
    table: int


@dataclass(slots=True)
class _File:
    """A file taken apart: its objects, and where the list of its pages, the root of its structure and the document in that are."""

    objects: Objects
    pages: int
    tree: int
    document: int
    kids: list[int]  # its pages
    children: list[int]  # of the document


@dataclass(frozen=True, slots=True)
class _Put:
    """The numbers that pages and tables of a part have in the whole."""

    kids: list[int]
    children: list[int]


def joined(main: bytes, further: Sequence[tuple[Place, Sequence[bytes]]]) -> bytes:
    """The main file with these pieces in it, in the order of their places."""
    whole = _taken_apart(main)
    tables = [number for number in whole.children if whole.objects[number].startswith(_TABLE)]
    names, added = (b"P%d" % number for number in count(1)), 0
    for place, pieces in further:
        after = whole.children.index(tables[place.table - 1]) + 1
        for piece in pieces:
            part, at = _put_in(whole, _taken_apart(piece), next(names)), place.page + added
            whole.kids[at:at], whole.children[after:after] = part.kids, part.children
            added, after = added + len(part.kids), after + len(part.children)
    pages = _COUNT.sub(b"/Count %d" % len(whole.kids), _KIDS.sub(b"/Kids[%s]" % _listed(whole.kids), whole.objects[whole.pages], count=1), count=1)
    document = _CHILDREN.sub(b"/K[%s]" % _listed(whole.children), whole.objects[whole.document], count=1)
    return changed(main, {**whole.objects, whole.pages: pages, whole.document: document})


def _taken_apart(pdf: bytes) -> _File:
    objects = objects_of(pdf)
    catalog = objects[int(_ROOT.search(pdf, pdf.rindex(b"trailer"))[1])]
    pages, tree = int(_PAGES.search(catalog)[1]), int(_TREE.search(catalog)[1])
    [document] = _references(_CHILDREN.search(objects[tree])[1])
    return _File(objects, pages, tree, document, _references(_KIDS.search(objects[pages])[1]), _references(_CHILDREN.search(objects[document])[1]))


def _put_in(whole: _File, part: _File, name: bytes) -> _Put:
    """Bring what the pages and the structure of the part need into the whole, under new numbers."""
    stays = {part.pages: whole.pages, part.document: whole.document}
    needed = list(_reached(part, stays))
    new = {**stays, **{old: number for number, old in enumerate(needed, len(whole.objects) + 1)}}
    first = int(_NEXT.search(whole.objects[whole.tree])[0])
    whole.objects.update({new[old]: _renamed(part.objects[old], new, first, name) for old in needed})
    whole.objects[whole.tree] = _with_tree(whole.objects[whole.tree], part.objects[part.tree], new, first, name)
    return _Put([new[number] for number in part.kids], [new[number] for number in part.children])


def _reached(part: _File, stays: Mapping[int, int]) -> Iterator[int]:
    parents = [int(found[2]) for found in _PARENT.finditer(_PARENTS.search(part.objects[part.tree])[0])]
    open_, seen = [*part.kids, *part.children, *parents], set(stays)
    while open_:
        if (number := open_.pop()) not in seen:
            seen.add(number)
            yield number
            open_ += _references(_head(part.objects[number])[0])


def _renamed(body: bytes, new: Mapping[int, int], first: int, name: bytes) -> bytes:
    head, stream = _head(body)
    head = _OF_PAGE.sub(lambda found: b"%d" % (int(found[0]) + first), _REFERENCE.sub(lambda found: b"%d 0 R" % new[int(found[1])], head))
    return (_ID.sub(b"(" + name, head) if head.startswith(_ELEMENT) else head) + stream


def _with_tree(whole: bytes, part: bytes, new: Mapping[int, int], first: int, name: bytes) -> bytes:
    """The root of the structure with what the part's root leads to: pages to their elements, and heads of tables by name."""
    parents = b" ".join(b"%d %d 0 R" % (int(key) + first, new[int(number)]) for key, number in _PARENT.findall(_PARENTS.search(part)[0]))
    whole = _PARENTS.sub(lambda found: found[0] + b" " + parents, whole, count=1)
    names = [(name + key, new[int(number)]) for key, number in _NAME.findall(_NAMES.search(part)[0])]
    names += [(key, int(number)) for key, number in _NAME.findall(_NAMES.search(whole)[0])]
    whole = _NAMES.sub(b"".join(b"(%s)%d 0 R" % one for one in sorted(names)), whole, count=1)
    return _NEXT.sub(b"%d" % (first + int(_NEXT.search(part)[0])), whole, count=1)


def _head(body: bytes) -> tuple[bytes, bytes]:
    """What may name other objects, and what is a stream's content."""
    at = body.find(b"\nstream\n")
    return (body, b"") if at < 0 else (body[:at], body[at:])


def _references(text: bytes) -> list[int]:
    return [int(number) for number in _REFERENCE.findall(text)]


def _listed(numbers: Sequence[int]) -> bytes:
    return b" ".join(b"%d 0 R" % number for number in numbers)
