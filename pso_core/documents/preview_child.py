"""One page of a PDF, or a picture, as PNG: run as a process of its own, because the file may be hostile.

Reads the file from its standard input and writes to its standard output the number of pages as a line, then the PNG.
Nothing of this program is imported; the limits stand before it begins (`apart_child`). Any failure ends it with a status.
"""

from __future__ import annotations

import math
import sys
from typing import Any, BinaryIO

MOST_PIXELS = 100_000_000  # of a picture that is read: a sheet A2 scanned at 600 dpi
TIMES_HIGHER = 4  # than wide, at most: the rest of a longer page is drawn smaller


def main(words: list[str]) -> None:
    """`FORM WIDTH PAGE`: pdf or a format of Pillow; pixels; counted from 0."""
    form, width, page = words[0], int(words[1]), int(words[2])
    drawn, pages = (_page if form == "pdf" else _picture)(sys.stdin.buffer, form, width, page)
    sys.stdout.buffer.write(b"%d\n" % pages)
    drawn.save(sys.stdout.buffer, "PNG")
    sys.stdout.buffer.flush()


def _page(file: BinaryIO, form: str, width: int, page: int) -> tuple[Any, int]:
    import pypdfium2

    document = pypdfium2.PdfDocument(file)
    document.init_forms()  # else what was typed into a form is not drawn
    sheet = document[page]
    across, down = sheet.get_size()
    if not (math.isfinite(across) and math.isfinite(down) and across > 0 and down > 0):
        raise ValueError("a page without a size")
    scale = min(width / across, TIMES_HIGHER * width / down)
    return sheet.render(scale=scale).to_pil(), len(document)


def _picture(file: BinaryIO, form: str, width: int, page: int) -> tuple[Any, int]:
    from PIL import Image, ImageOps

    picture = Image.open(file, formats=[form])
    if page or picture.width * picture.height > MOST_PIXELS:
        raise ValueError("no such page, or too many pixels")
    room = (width, TIMES_HIGHER * width)
    picture.draft("RGB", (2 * room[0], 2 * room[1]))
    picture = ImageOps.exif_transpose(picture)
    picture.thumbnail(room)
    return picture.convert("RGBA" if picture.has_transparency_data else "RGB"), 1


if __name__ == "__main__":
    main(sys.argv[1:])
