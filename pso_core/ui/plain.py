"""Text from people, shown as text: never as markup, an icon, a colour or a link."""

from __future__ import annotations

import html
import re

# Escaped only where Markdown would read it: labels are also spoken, and a voice reads every backslash aloud.
_MARKS = re.compile(r"[\\`*_{}\[\]#|<>$~&^]")
_AT_THE_START = re.compile(r"^(?:([-+=])|(\d+)([.)])(?=\s|$))")  # of a list or a line
# A word joiner after it keeps :name: from becoming an icon or a colour, and http:, www. and an address with @ from becoming
# a link: Streamlit looks for links once the escapes are gone.
_BEFORE_JOINER = re.compile(r":|@|www(?=\.)", re.IGNORECASE)


def as_label(text: object) -> str:
    """For places that read Markdown: labels, buttons, captions, options of pills."""
    one_line = " ".join(str(text).split())
    escaped = _AT_THE_START.sub(r"\2\\\1\3", _MARKS.sub(r"\\\g<0>", one_line))
    return _BEFORE_JOINER.sub("\\g<0>\u2060", escaped)


def as_html(text: object) -> str:
    """For st.html: escaped, with its line breaks."""
    return html.escape(str(text)).replace("\n", "<br>")
