"""Text from people, shown as text: never as markup, an icon, a colour or a link."""

from __future__ import annotations

import html
import re

# Escaped only where Markdown would read it: labels are also spoken, and a voice reads every backslash aloud.
_MARKS = re.compile(r"[\\`*_{}\[\]#|<>$~&@^]|(?<!\d)\.|\.(?!\d)")
_AT_THE_START = re.compile(r"^(\d*)([-+=)])")
_AFTER_COLON = ":\u2060"  # a word joiner keeps :name: from becoming an icon or a colour


def as_label(text: object) -> str:
    """For places that read Markdown: labels, buttons, captions, options of pills."""
    one_line = " ".join(str(text).split())
    return _AT_THE_START.sub(r"\1\\\2", _MARKS.sub(r"\\\g<0>", one_line)).replace(":", _AFTER_COLON)


def as_html(text: object) -> str:
    """For st.html: escaped, with its line breaks."""
    return html.escape(str(text)).replace("\n", "<br>")
