"""How attached files look, and that no file harms the process that asks."""

from __future__ import annotations

import io
import struct
import subprocess
import sys
import threading
import time
import zlib
from collections.abc import Sequence
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter

from pso_core.documents import preview as previews
from pso_core.documents.apart import START
from pso_core.documents.preview import FORMS, LIMITS, WIDEST, can_preview, drawn, preview
from pso_core.documents.preview_child import MOST_PIXELS, TIMES_HIGHER
from pso_core.domain.file_types import TYPES
from tests.actions.files import pdf, picture, word

NOTHING_LIKE_IT = {"cut": pdf()[:800], "empty": b"", "zeros": bytes(5000), "a picture": picture("PNG"), "a document": word(), "only a head": b"%PDF-1.7\n%%EOF"}


ENDLESS_COUNT = "import sys; sys.stdout.buffer.write(b'9' * 5000 + b'\\n' + bytes.fromhex('89504e470d0a1a0a'))"


def kept(folder: Path, data: bytes) -> Path:
    """As contents are kept: the name says nothing of the type."""
    path = folder / ("ab" * 32)
    path.write_bytes(data)
    return path


def size(png: bytes) -> tuple[int, int]:
    return Image.open(io.BytesIO(png), formats=["PNG"]).size


def sheet(content: bytes, width: float = 600, height: float = 800, more: Sequence[bytes] = (), resources: bytes = b"") -> bytes:
    """A PDF of one page, written by hand. `more`: objects from number 5 on."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %f %f]/Contents 4 0 R/Resources<<%s>>>>" % (width, height, resources),
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        *more,
    ]
    data, places = b"%PDF-1.7\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj%s endobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(data))
    return data + b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table) + trailer


def laughing(levels: int) -> bytes:
    """Each form draws the one before ten times. With 6 levels it takes minutes, with 12 more memory than there is."""
    forms = []
    for level in range(levels):
        body = b"/F Do " * 10 if level else b"0 0 m 600 800 l S "
        inner = b"/Resources<</XObject<</F %d 0 R>>>>" % (4 + level) if level else b""
        forms.append(b"<</Type/XObject/Subtype/Form/BBox[0 0 600 800]%s/Length %d>>stream\n%s\nendstream" % (inner, len(body), body))
    return sheet(b"/F Do", more=forms, resources=b"/XObject<</F %d 0 R>>" % (4 + levels))


def claimed_png(width: int, height: int) -> bytes:
    """A picture of so many pixels in a few bytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">2I5B", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(10**6))) + chunk(b"IEND", b"")


def test_each_page_of_a_pdf_is_drawn_at_the_width_asked_for(tmp_path: Path):
    path = kept(tmp_path, pdf("#set page(width: 100mm, height: 50mm)\nหนึ่ง", "สอง", "#rect(width: 100%, height: 100%, fill: red)"))
    first, last = drawn(path, "application/pdf", 400), drawn(path, "application/pdf", 400, 2)
    assert (first.pages, last.pages, size(first.png)) == (3, 3, (400, 200))
    assert Image.open(io.BytesIO(last.png)).convert("RGB").getpixel((200, 100)) == (255, 65, 54)  # typst's red
    assert preview(path, "application/pdf", 400, 2) == last.png
    assert (drawn(path, "application/pdf", 400, 3), drawn(path, "application/pdf", 400, -1)) == (None, None)


@pytest.mark.parametrize(("form", "media_type"), [("PNG", "image/png"), ("JPEG", "image/jpeg"), ("WEBP", "image/webp")])
def test_a_picture_is_drawn_smaller_but_never_larger(tmp_path: Path, form: str, media_type: str):
    path = kept(tmp_path, picture(form, 800, 400))
    found = drawn(path, media_type, 200)
    assert (size(found.png), found.pages) == ((200, 100), 1)
    assert size(preview(path, media_type, 5000)) == (800, 400)
    assert preview(path, media_type, 200, 1) is None


def test_a_picture_from_a_telephone_is_drawn_upright(tmp_path: Path):
    target, turned = io.BytesIO(), Image.Exif()
    turned[0x0112] = 6
    Image.new("RGB", (80, 40)).save(target, "JPEG", exif=turned)
    assert size(preview(kept(tmp_path, target.getvalue()), "image/jpeg", 400)) == (40, 80)


def test_a_small_file_of_a_huge_picture_is_not_drawn(tmp_path: Path):
    side = 12_000
    assert side * side > MOST_PIXELS
    target = io.BytesIO()
    Image.new("1", (side, side)).save(target, "PNG")
    assert len(target.getvalue()) < 200_000
    assert drawn(kept(tmp_path, target.getvalue()), "image/png", 100) is None


def test_every_type_that_is_drawn_is_one_that_is_taken(tmp_path: Path):
    assert set(FORMS) == {one.media_type for one in TYPES.values() if one.form in ("pdf", "image")}
    assert (can_preview("text/plain"), preview(kept(tmp_path, b"a"), "text/plain", 100)) == (False, None)


@pytest.mark.parametrize("what", NOTHING_LIKE_IT)
def test_what_is_no_pdf_is_not_drawn(tmp_path: Path, what: str):
    assert drawn(kept(tmp_path, NOTHING_LIKE_IT[what]), "application/pdf", 100) is None


def test_a_picture_of_another_form_than_said_is_not_drawn(tmp_path: Path):
    assert drawn(kept(tmp_path, picture("PNG")), "image/jpeg", 100) is None
    assert drawn(kept(tmp_path, picture("GIF")), "image/png", 100) is None


def test_a_file_that_is_gone_is_not_drawn_and_no_answer_for_good(tmp_path: Path):
    assert preview(tmp_path / "nothing", "application/pdf", 100) is None
    with pytest.raises(FileNotFoundError):
        drawn(tmp_path / "nothing", "application/pdf", 100)


def test_a_pdf_with_a_password_is_not_drawn(tmp_path: Path):
    writer, target = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf()))), io.BytesIO()
    writer.encrypt("ลับ", algorithm="RC4-128")
    writer.write(target)
    assert drawn(kept(tmp_path, target.getvalue()), "application/pdf", 100) is None


@pytest.mark.parametrize(("width", "height", "expected"), [(10, 14_400, (5, TIMES_HIGHER * 2_000)), (14_400, 3, (WIDEST, 1)), (1e7, 1e7, (WIDEST, WIDEST))])
def test_no_page_makes_a_picture_without_bounds(tmp_path: Path, width: float, height: float, expected: tuple[int, int]):
    across, down = size(preview(kept(tmp_path, sheet(b"", width, height)), "application/pdf", 10**6))
    assert across <= WIDEST and down <= TIMES_HIGHER * WIDEST
    assert (abs(across - expected[0]) <= 2, abs(down - expected[1]) <= 8_000) == (True, True)


@pytest.mark.parametrize(("width", "height"), [(20_000, 20_000), (2**31 - 1, 1), (60_000, 1_700)])
def test_a_picture_of_too_many_pixels_is_not_even_read(tmp_path: Path, width: int, height: int):
    assert width * height > MOST_PIXELS
    began = time.monotonic()
    assert drawn(kept(tmp_path, claimed_png(width, height)), "image/png", 100) is None
    assert time.monotonic() - began < 10


def test_a_page_that_would_never_be_finished_is_given_up_in_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    assert drawn(kept(tmp_path, laughing(2)), "application/pdf", 600) is not None
    monkeypatch.setattr(previews, "SECONDS", 1.0)
    began = time.monotonic()
    assert drawn(kept(tmp_path, laughing(6)), "application/pdf", 600) is None
    assert time.monotonic() - began < 7
    assert drawn(kept(tmp_path, laughing(12)), "application/pdf", 600) is None


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limits that a process sets itself")
def test_the_other_process_may_not_take_more_memory_time_or_disk(tmp_path: Path):
    (tmp_path / "child.py").write_text(
        "import resource\n"
        "print([resource.getrlimit(what) for what in (resource.RLIMIT_AS, resource.RLIMIT_CPU, resource.RLIMIT_FSIZE, resource.RLIMIT_CORE)])\n"
        "bytes(2**31)"
    )
    least = [str(number) for number in (LIMITS.memory, LIMITS.work, LIMITS.answer)]
    ran = subprocess.run([sys.executable, "-I", START, *least, tmp_path / "child.py"], capture_output=True, text=True, check=False)
    if sys.platform == "linux":
        assert ran.stdout.strip() == str([(2**30, 2**30), (10, 10), (2**24, 2**24), (0, 0)])
        assert "MemoryError" in ran.stderr


def played(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str):
    """What comes of it when the other process has been taken over and does this instead."""
    (tmp_path / "child.py").write_text(script)
    monkeypatch.setattr(previews, "CHILD", tmp_path / "child.py")
    return drawn(kept(tmp_path, pdf()), "application/pdf", 100)


def test_nothing_of_ours_is_told_to_the_other_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("NINE_STEPS_SECRET", "ความลับ")
    script = "import os, sys; sys.stdout.buffer.write(b'1\\n' + bytes.fromhex('89504e470d0a1a0a') + repr((sorted(os.environ), sys.path)).encode())"
    told = played(tmp_path, monkeypatch, script).png
    assert b"NINE_STEPS" not in told and str(tmp_path).encode() not in told


@pytest.mark.parametrize("script", ["print('1')", "print('x'); print('y')", "import os; os._exit(3)", "import os; os.abort()", "import sys; sys.stdout.write('9' * 10**6)", ENDLESS_COUNT])
def test_an_answer_that_is_no_picture_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str):
    assert played(tmp_path, monkeypatch, script) is None


def test_many_who_look_at_once_wait_for_their_turn(tmp_path: Path):
    path, found = kept(tmp_path, pdf()), []
    threads = [threading.Thread(target=lambda: found.append(drawn(path, "application/pdf", 100))) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(found), len(set(found))) == (6, 1)
    assert found[0].pages == 1


def test_the_server_never_loads_what_draws_pdf_or_fills_templates_in():
    code = "import sys, pso_core.web.server, pso_core.documents.preview, pso_core.press.word_template; print({'pypdfium2', 'docxtpl'} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120).stdout == "set()\n"
