"""A folder with a report's data as a PDF: here, or in a process of its own, whose memory ends with it.

typst keeps what it has set, so that a report that was changed in one place is set anew in that place. A long one would leave
hundreds of megabytes with the server for good.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import typst

from pso_core.documents import pdf_child
from pso_core.documents.apart import Limits, run
from pso_core.documents.print_letters import FONTS
from pso_core.documents.readable_layer import with_readable_text

STANDARDS = ["a-3a", "ua-1"]
MAIN, DATA = "report.typ", "data.json"
LONG = 450_000  # bytes of data: some four hundred rows of evidence
CHILD = Path(pdf_child.__file__).resolve()
LIMITS = Limits(memory=2**34, work=900, answer=2**29)
SECONDS = 900.0  # until the process is ended: it lets others go first


def set_from(folder: Path, made_at: datetime) -> bytes:
    """The finished file; the same bytes wherever it is set."""
    way = set_apart if (folder / DATA).stat().st_size > LONG else set_here
    return way(folder, made_at)


def set_here(folder: Path, made_at: datetime) -> bytes:
    return with_readable_text(as_typst_sets(folder, made_at))


def set_apart(folder: Path, made_at: datetime) -> bytes:
    with (folder / DATA).open("rb") as data:
        try:
            ended = run(CHILD, [str(folder), made_at.isoformat()], data, LIMITS, SECONDS)
        except OSError:  # no process may be begun here
            return set_here(folder, made_at)
    if ended.how != "well":
        fault = folder / pdf_child.FAULT
        raise RuntimeError(f"the report could not be set: {ended.how}\n{fault.read_text('utf-8') if fault.exists() else ''}")
    return ended.answer


def as_typst_sets(folder: Path, made_at: datetime) -> bytes:
    main = str(folder / MAIN)  # a path: what typst is given as bytes it sets anew each time, though nothing has changed
    return typst.compile(
        main, root=folder, font_paths=_fonts(), ignore_system_fonts=True, format="pdf", pdf_standards=STANDARDS, timestamp=made_at.replace(tzinfo=UTC)
    )


@cache
def _fonts() -> typst.Fonts:
    """Ours and no others, read once."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])
