"""Everything can be read: WCAG contrast of every pair of colours that meet, in both themes, wherever colours are named."""

from __future__ import annotations

import re
import tomllib
from itertools import product

import pytest

from pso_core.charts import theme as charts
from tests.tree import ROOT

TEXT, MARK = 4.5, 3.0  # WCAG 2.2: 1.4.3 for text, 1.4.11 for what carries meaning without being text
CONFIG = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))["theme"]
PAGE_STYLE = (ROOT / "pso_core" / "ui" / "static" / "nine_steps.css").read_text("utf-8")
DOOR_STYLE = (ROOT / "data" / "templates" / "web" / "sign_in.css").read_text("utf-8")
THEMES = ("light", "dark")

# What each name is used for. A new name fails until somebody says what it is for.
PAGE_ROLES = {
    "ground": {"paper", "soft"},
    "text": {"late", "done", "quiet", "gold", "navy", "ink"},
    "mark": {"gold-mark"},
    "decoration": {"line"},
}
DOOR_ROLES = {
    "ground": {"paper", "desk"},
    "text": {"ink", "quiet", "primary", "late"},
    "mark": {"accent", "line"},
    "decoration": {"on-primary"},
}


@pytest.mark.parametrize("name", THEMES)
def test_the_pages_can_be_read(name: str):
    theme = CONFIG[name]
    texts = {key: theme[key] for key in ("textColor", "linkColor")}
    assert _too_faint(texts, _grounds(name), TEXT) == {}
    assert _too_faint({"primaryColor": theme["primaryColor"]}, _grounds(name), MARK) == {}


@pytest.mark.parametrize("name", THEMES)
def test_what_our_style_adds_to_the_pages_can_be_read(name: str):
    colours = {variable: value[THEMES.index(name)] for variable, value in _page_variables().items()}
    grounds = _grounds(name) | {key: colours[key] for key in PAGE_ROLES["ground"]}
    assert _too_faint(_of(colours, PAGE_ROLES["text"]), grounds, TEXT) == {}
    assert _too_faint(_of(colours, PAGE_ROLES["mark"]), grounds, MARK) == {}


@pytest.mark.parametrize("name", THEMES)
def test_the_sign_in_page_can_be_read(name: str):
    colours = _door_variables()[THEMES.index(name)]
    grounds = _of(colours, DOOR_ROLES["ground"])
    assert _too_faint(_of(colours, DOOR_ROLES["text"]), grounds, TEXT) == {}
    assert _too_faint(_of(colours, DOOR_ROLES["mark"]), grounds, MARK) == {}
    assert contrast(colours["on-primary"], colours["primary"]) >= TEXT


def test_every_named_colour_has_a_purpose():
    assert set(_page_variables()) == set().union(*PAGE_ROLES.values())
    assert [set(colours) for colours in _door_variables()] == [set().union(*DOOR_ROLES.values())] * 2


def test_text_on_a_colour_of_its_own_can_be_read():
    pairs = re.findall(r"background: (#[0-9A-Fa-f]{3,6}); color: (#[0-9A-Fa-f]{3,6})", PAGE_STYLE + DOOR_STYLE)
    assert len(pairs) == len(charts.LEVELS)
    assert [(ground, text) for ground, text in pairs if contrast(ground, text) < TEXT] == []


@pytest.mark.parametrize("name", THEMES)
def test_charts_can_be_read(name: str):
    dark = name == "dark"
    grounds = _grounds(name)
    texts = {colour: charts.colour(colour, dark) for colour in (charts.INK, charts.QUIET)}
    marks = {colour: charts.colour(colour, dark) for colour in (charts.NAVY, charts.GOLD, charts.DONE, charts.LATE)}
    assert _too_faint(texts, grounds, TEXT) == {}
    assert _too_faint(marks, grounds, MARK) == {}


def test_a_level_s_colour_is_told_apart_by_every_eye_and_outlined_where_it_is_pale():
    """The four of the reference (smallest difference 28.8 under simulated colour blindness); mark and word stand beside them."""
    assert charts.LEVELS == ("#A63603", "#E6A65D", "#6BAED6", "#08519C")
    assert '.chip[class*="level"] { border-color: var(--quiet); }' in PAGE_STYLE


def test_a_level_has_one_colour_everywhere():
    chips = re.findall(r"\.chip\.level(\d) { background: (#[0-9A-Fa-f]{6})", PAGE_STYLE)
    assert chips == [(str(level), colour) for level, colour in enumerate(charts.LEVELS)]


@pytest.mark.parametrize(
    ("one", "other", "expected"), [("#000", "#ffffff", 21), ("#777777", "#fff", 4.48), ("#1B3A5C", "#1b3a5c", 1)]
)
def test_contrast_is_that_of_the_standard(one: str, other: str, expected: float):
    assert contrast(one, other) == pytest.approx(expected, abs=0.005)


def contrast(one: str, other: str) -> float:
    """1 (the same) to 21 (black on white), as WCAG 2.2 defines it."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    parts = [int(digits[start : start + 2], 16) / 255 for start in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _too_faint(colours: dict[str, str], grounds: dict[str, str], least: float) -> dict[tuple[str, str], float]:
    pairs = {(name, ground): contrast(colours[name], grounds[ground]) for name, ground in product(colours, grounds)}
    return {pair: round(value, 2) for pair, value in pairs.items() if value < least}


def _grounds(name: str) -> dict[str, str]:
    theme = CONFIG[name]
    return {
        "page": theme["backgroundColor"],
        "second": theme["secondaryBackgroundColor"],
        "sidebar": theme["sidebar"]["backgroundColor"],
    }


def _page_variables() -> dict[str, tuple[str, str]]:
    """{name: (light, dark)} of `--name: light-dark(#…, #…)`."""
    return {name: (light, dark) for name, light, dark in re.findall(r"--([\w-]+): light-dark\((#\w+), (#\w+)\)", PAGE_STYLE)}


def _door_variables() -> list[dict[str, str]]:
    """Light, then dark: the two :root blocks of the sign-in page."""
    return [dict(re.findall(r"--([\w-]+): (#\w+)", block)) for block in re.findall(r":root {(.*?)}", DOOR_STYLE, re.DOTALL)]


def _of(colours: dict[str, str], names: set[str]) -> dict[str, str]:
    return {name: colours[name] for name in sorted(names)}
