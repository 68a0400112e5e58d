"""A text from people in the middle of a sentence, a list or a picture: on one line, and no longer than there is room for."""

from __future__ import annotations

NAME = 80  # characters of what something is called within a sentence


def cut(text: str, longest: int) -> str:
    """At most so many characters, the last an ellipsis where something is left out."""
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def first_line(text: str, longest: int) -> str:
    return cut(text.partition("\n")[0], longest)


def one_line(text: str, longest: int = NAME) -> str:
    """All of its lines on one."""
    return cut(" ".join(text.split()), longest)
