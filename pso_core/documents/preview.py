"""How an attached file looks: a page of a PDF or a picture as PNG. Drawn in another process, so that no file harms this one."""

from __future__ import annotations

import logging
import re
import threading
from dataclasses import dataclass
from pathlib import Path

from pso_core.documents import preview_child
from pso_core.documents.apart import Limits, run

LIMITS = Limits(memory=2**30, work=10, answer=16 * 2**20)
SECONDS = 20.0  # until the process is ended
AT_ONCE = 2
WIDEST = 2_000  # pixels
CHILD = Path(preview_child.__file__).resolve()
FORMS = {"application/pdf": "pdf", "image/png": "PNG", "image/jpeg": "JPEG", "image/webp": "WEBP"}
PNG = b"\x89PNG\r\n\x1a\n"

_COUNT = re.compile(rb"[1-9][0-9]{0,6}")
_turns = threading.BoundedSemaphore(AT_ONCE)
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Drawn:
    """`png`: one page. `pages`: how many there are."""

    png: bytes
    pages: int


def can_preview(media_type: str) -> bool:
    return media_type in FORMS


def preview(path: Path, media_type: str, width: int, page: int = 0) -> bytes | None:
    """See `drawn`: only the page itself; None also where it could not be tried."""
    try:
        found = drawn(path, media_type, width, page)
    except OSError:
        _log.exception("a preview could not be drawn")
        return None
    return found.png if found else None


def drawn(path: Path, media_type: str, width: int, page: int = 0) -> Drawn | None:
    """A page, counted from 0, as PNG at most `width` pixels wide, and four times as high. About half a second.

    None for a type that is not drawn, for no such page, and for a file with a password, damaged, too large or too slow.
    Raises OSError where it could not be tried: the file is gone, or no process can be begun just now.
    """
    if not can_preview(media_type) or page < 0:
        return None
    words = [FORMS[media_type], str(max(1, min(width, WIDEST))), str(page)]
    with _turns, path.open("rb") as file:
        ended = run(CHILD, words, file, LIMITS, SECONDS)
    if ended.how != "well":
        _log.info("a file was not drawn: %s", ended.how)
    pages, _, png = ended.answer.partition(b"\n")
    return Drawn(png, int(pages)) if _COUNT.fullmatch(pages) and png.startswith(PNG) else None
