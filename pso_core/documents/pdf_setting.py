"""A folder with a report's data as a PDF: here, or in processes of their own, whose memory ends with them.

typst keeps what it has set, so that a report that was changed in one place is set anew in that place. A long one would leave
hundreds of megabytes with the server for good. The pieces of its long tables are set one after another: so many lines at once, however
many there are.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path
from typing import Any

import typst

from pso_core.documents import pdf_child
from pso_core.documents.apart import Limits, run
from pso_core.documents.pdf_joined import Place, joined
from pso_core.documents.print_letters import FONTS
from pso_core.documents.readable_layer import with_readable_text

STANDARDS = ["a-3a", "ua-1"]
MAIN, DATA, FURTHER = "report.typ", "data.json", "further"
LONG = 450_000  # bytes of data: some four hundred rows of evidence
CHILD = Path(pdf_child.__file__).resolve()
LIMITS = Limits(memory=2**34, work=900, answer=2**29)
SECONDS = 900.0  # until the process is ended: it lets others go first

_PAGES = re.compile(rb"/Type/Pages/Count (\d+)")

Step = Callable[..., bytes]  # a name of STEPS and words for it


def set_from(folder: Path, made_at: datetime) -> bytes:
    """The finished file; the same bytes wherever it is set."""
    long = (folder / DATA).stat().st_size > LONG or (folder / FURTHER).exists()
    return (set_apart if long else set_here)(folder, made_at)


def set_here(folder: Path, made_at: datetime) -> bytes:
    return _set(folder, partial(step_here, folder, made_at))


def set_apart(folder: Path, made_at: datetime) -> bytes:
    return _set(folder, partial(_step_apart, folder, made_at))


def as_typst_sets(folder: Path, made_at: datetime, **inputs: str) -> bytes:
    main = str(folder / MAIN)  # a path: what typst is given as bytes it sets anew each time, though nothing has changed
    return typst.compile(
        main, root=folder, font_paths=_fonts(), ignore_system_fonts=True, format="pdf", pdf_standards=STANDARDS, timestamp=made_at.replace(tzinfo=UTC),
        sys_inputs=inputs,
    )  # fmt: skip


def _set(folder: Path, step: Step) -> bytes:
    """Where its tables are cut is known first, then how many pages their pieces take, then the number of every page."""
    cuts: list[list[Any]] = []  # (page after which, how many pages) of the pieces of each long table
    for place, page in enumerate(json.loads(step("cuts")) if (folder / FURTHER).exists() else []):
        pages = 0
        for piece in pieces_of(folder, place):
            before = page + pages + sum(count for _, count in cuts)
            made = step("set", json.dumps({"data": f"{FURTHER}/{piece.name}", "before": str(before)}))
            piece.with_suffix(".pdf").write_bytes(made)
            pages += int(_PAGES.search(made)[1])
        cuts.append([page, pages])
    (folder / "main.pdf").write_bytes(step("set", json.dumps({"further": json.dumps(cuts)} if cuts else {})))
    return step("joined", json.dumps([page for page, _ in cuts]))


def pieces_of(folder: Path, cut: int) -> list[Path]:
    """The data of the pieces of a long table, in their order."""
    return sorted((folder / FURTHER).glob(f"{cut}-*.json"), key=lambda path: int(path.stem.partition("-")[2]))


def step_here(folder: Path, made_at: datetime, name: str, words: str = "{}") -> bytes:
    return STEPS[name](folder, made_at, json.loads(words))


def _step_apart(folder: Path, made_at: datetime, name: str, words: str = "{}") -> bytes:
    with (folder / DATA).open("rb") as data:
        try:
            ended = run(CHILD, [str(folder), made_at.isoformat(), name, words], data, LIMITS, SECONDS)
        except OSError:  # no process may be begun here
            return step_here(folder, made_at, name, words)
    if ended.how != "well":
        fault = folder / pdf_child.FAULT
        raise RuntimeError(f"the report could not be set: {ended.how}\n{fault.read_text('utf-8') if fault.exists() else ''}")
    return ended.answer


def _cuts(folder: Path, _: datetime, __: object) -> bytes:
    """The page on which the beginning of each long table ends."""
    compiler = typst.Compiler(str(folder / MAIN), root=folder, font_paths=_fonts(), ignore_system_fonts=True)
    return compiler.query("<cut>", field="value").encode()


def _typeset(folder: Path, made_at: datetime, inputs: dict[str, str]) -> bytes:
    return as_typst_sets(folder, made_at, **inputs)


def _joined(folder: Path, _: datetime, pages: list[int]) -> bytes:
    main = with_readable_text((folder / "main.pdf").read_bytes())
    if not pages:
        return main
    tables = [block for block in json.loads((folder / DATA).read_bytes())["blocks"] if block["kind"] == "table"]
    places = [Place(pages[block["cut"]], number) for number, block in enumerate(tables, 1) if "cut" in block]
    pieces = [[with_readable_text(piece.with_suffix(".pdf").read_bytes()) for piece in pieces_of(folder, cut)] for cut in range(len(pages))]
    return joined(main, list(zip(places, pieces, strict=True)))


STEPS: dict[str, Callable[[Path, datetime, Any], bytes]] = {"cuts": _cuts, "set": _typeset, "joined": _joined}


@cache
def _fonts() -> typst.Fonts:
    """Ours and no others, read once."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])
