"""How an attached file looks: a page of a PDF or a picture as PNG. Drawn in another process, so that no file harms this one."""

from __future__ import annotations

import logging
import os
import re
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from pso_core.documents import preview_child
from pso_core.documents.preview_child import LARGEST_ANSWER

SECONDS = 20.0  # until the process is ended; it may work for 10
AT_ONCE = 2
WIDEST = 2_000  # pixels
CHILD = Path(preview_child.__file__).resolve()
FORMS = {"application/pdf": "pdf", "image/png": "PNG", "image/jpeg": "JPEG", "image/webp": "WEBP"}
PNG = b"\x89PNG\r\n\x1a\n"

_NEEDED = ("SYSTEMROOT", "WINDIR", "TEMP", "TMP", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")  # nothing else of ours is told to it
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
    """See `drawn`: only the page itself."""
    found = drawn(path, media_type, width, page)
    return found.png if found else None


def drawn(path: Path, media_type: str, width: int, page: int = 0) -> Drawn | None:
    """A page, counted from 0, as PNG at most `width` pixels wide, and four times as high. About half a second.

    None for a type that is not drawn, for no such page, and for a file with a password, damaged, too large or too slow.
    """
    if not can_preview(media_type) or page < 0:
        return None
    words = [FORMS[media_type], str(max(1, min(width, WIDEST))), str(page)]
    try:
        with _turns, path.open("rb") as file:
            answer = _answer(file, words)
    except OSError:
        _log.exception("a preview could not be drawn")
        return None
    pages, _, png = answer.partition(b"\n")
    return Drawn(png, int(pages)) if _COUNT.fullmatch(pages) and png.startswith(PNG) else None


def _answer(file: BinaryIO, words: Sequence[str]) -> bytes:
    """What the other process wrote; nothing unless it ended well and in time."""
    command = [sys.executable, "-I", str(CHILD), *words]  # -I: no folder but the installed packages is searched
    environment = {name: os.environ[name] for name in _NEEDED if name in os.environ}
    flags = getattr(subprocess, "CREATE_NO_WINDOW", 0) | getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0)
    with tempfile.TemporaryFile() as answer:
        process = subprocess.Popen(command, stdin=file, stdout=answer, stderr=subprocess.DEVNULL, env=environment, creationflags=flags)
        try:
            status = process.wait(SECONDS)
        except subprocess.TimeoutExpired:
            status = "time"
        finally:
            process.kill()
            process.wait()
        if status != 0:
            _log.info("a file was not drawn: %s", status)
            return b""
        answer.seek(0)
        return answer.read(LARGEST_ANSWER)
