"""What is missing in a step, under a heading that says how much it weighs."""

from __future__ import annotations

import re

import pytest

from pso_core.text.phrases import LANGUAGES, phrases
from tests.pages.conftest import fault, shown


def headings(at) -> list[str]:
    return re.findall(r"<h2>([^<]*)</h2>", shown(at))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("page", "told"), [("step_1_vision", "missing"), ("step_5_indicators", "warnings"), ("step_2_mission", None)])
def test_only_what_is_missing_is_called_missing(office, example, visit, page, told, language):
    """In the example a vision is not adopted, indicators are samples, and missions are complete."""
    at, say = visit(page, language=language), phrases(language)
    both = {say("app.missing"), say("app.warnings")}
    assert (fault(at), [one for one in headings(at) if one in both]) == ([], [say(f"app.{told}")] if told else [])


def test_warnings_alone_are_shown_at_once(office, example, visit):
    labels = [link.proto.label for link in visit("step_5_indicators").get("page_link")]
    assert sum(label.startswith("△") for label in labels) >= 8
