"""A text in every kind of block that a report is made of."""

from __future__ import annotations

import io

from PIL import Image

from pso_core.documents import blocks as b


def every_kind(text: str) -> tuple[b.Block, ...]:
    picture = io.BytesIO()
    Image.new("RGB", (40, 20), "#1B3A5C").save(picture, "PNG")
    return (
        b.Cover(text, (text, text), ((text, text),)), b.Heading(text, 1), b.Contents(), b.Heading(text, 2), b.Heading(text, 3), b.Paragraph(text),
        b.Finding(text), b.Remark(text), b.Bullets((text, text)), b.Lines(((text, text),)), b.Signature((text, text)), b.Facts(((text, text),)),
        b.Table((text, text), ((text, text), text, (text, text)), (1, 3), frozenset({1}), ((text, text),)), b.Picture(picture.getvalue(), text, text),
    )  # fmt: skip
