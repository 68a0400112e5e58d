"""The few scripts of our own that run inside a page: constants, allowed by their digest and never built from text."""

from pathlib import Path

TO_SIGN_IN = "window.location.assign('/sign-in?next=' + encodeURIComponent(window.location.pathname))"

TO_THE_DOOR = "window.location.assign('/sign-in')"

TYPED = Path(__file__).with_name("typed.js").read_text("utf-8")

PRESSED = Path(__file__).with_name("pressed.js").read_text("utf-8")

SPOKEN = Path(__file__).with_name("spoken.js").read_text("utf-8")

COPIED = Path(__file__).with_name("copied.js").read_text("utf-8")

OURS = (TO_SIGN_IN, TO_THE_DOOR, TYPED, PRESSED, COPIED, SPOKEN)
