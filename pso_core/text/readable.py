"""Text from people made readable everywhere: one spelling of each letter, one kind of line end, nothing that hides or breaks."""

from __future__ import annotations

import re
import unicodedata

# XML forbids C0 controls, lone surrogates and U+FFFE/U+FFFF; C1 controls and non-characters are nothing to read;
# direction marks could make a text read otherwise than it is; zero-width marks hide in codes that people search for,
# but for the joiner inside an emoji.
_EMOJI = "[\U0001F000-\U0001FAFF\u2600-\u27BF\uFE0F]"
_UNREADABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u2069\ufdd0-\ufdef\ufeff\ufff0-\uffff\ud800-\udfff"
    + "".join(chr(plane << 16 | last) for plane in range(1, 17) for last in (0xFFFE, 0xFFFF))
    + f"]|(?<!{_EMOJI})\u200d|\u200d(?!{_EMOJI})"
)
_LINE_BREAKS = re.compile("\r\n?|\u2028|\u2029|\x85")


def readable(text: str) -> str:
    """NFC, line ends as newlines, tabs kept, nothing invisible. Nothing is escaped."""
    return unicodedata.normalize("NFC", _UNREADABLE.sub("", _LINE_BREAKS.sub("\n", text)))  # last: letters may meet
