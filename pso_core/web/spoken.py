"""What Streamlit says only to those who listen: the names of its buttons and regions, in the reader's words."""

from __future__ import annotations

import json
from types import MappingProxyType

from pso_core.text.phrases import Phrases

# {name} stands for what the button belongs to.
ENGLISH = MappingProxyType({
    "sidebar": "Sidebar", "pages": "App pages", "fold": "Collapse sidebar", "unfold": "Expand sidebar", "menu": "Main menu", "colours": "Theme",
    "close": "Close", "dismiss": "Dismiss", "open": "Open", "clear": "Clear all", "clear_one": "Clear value", "chosen": "Selected values",
    "take_out": "Remove {name}", "help": "Help for {name}", "help_alone": "Help", "show_password": "Show password", "hide_password": "Hide password",
    "notifications": "Notifications", "upload": "file upload", "stop_upload": "Cancel upload of {name}", "picture": "visualization", "picture_part": "group mark container",
    "more": "Increment", "less": "Decrement", "choices_left": "{name} options available.", "choice_left": "{name} option available.", "selected": "{name}, selected",
    "copy": "Copy to clipboard", "copied": "Copied",
})  # fmt: skip
# Ours are painted over these (streamlit.css), which those who listen do not see; here by the words' names in data/text.
PAINTED = MappingProxyType({"skip": "Skip to main content", "theme_system": "System", "theme_light": "Light", "theme_dark": "Dark", "choose_file": "Upload"})


def spoken(say: Phrases) -> dict[str, str]:
    """{what Streamlit says: what we say}, where the two differ."""
    ours = {english: say(f"streamlit.spoken.{word}", name="{name}") for word, english in ENGLISH.items()}
    ours |= {english: say(f"streamlit.{word}") for word, english in PAINTED.items()}
    return {english: better for english, better in ours.items() if better != english}


def as_data(words: dict[str, str]) -> str:
    """For the script of scripts.SPOKEN: data, which no content policy takes for a script."""
    inside = json.dumps(words, ensure_ascii=False).replace("<", "\\u003c")
    return f'<script type="application/json" id="spoken">{inside}</script>'
