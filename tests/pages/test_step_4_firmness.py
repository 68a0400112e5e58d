"""Step 4 tells which weight, moved by how little, would change what to improve first."""

from __future__ import annotations

import pytest

from pso_core import standards
from pso_core.text.phrases import phrases
from pso_core.ui.plain import as_html
from tests.pages.conftest import shown

STANDARD = standards.load()


@pytest.mark.parametrize("language", ["th", "en"])
def test_two_equal_gaps_change_places_by_one_point(office, example, visit, language):
    """Lampang's accuracy and reliability weigh the same and stand at the same level."""
    names = {key: STANDARD.name_of("criteria", key, language) for key in ("accuracy", "reliability")}
    page, say = shown(visit("step_4_weights", language=language)), phrases(language)
    facts = {"name": names["accuracy"], "other": names["reliability"], "points": 1, "weight": 15}
    assert as_html(say("page_weights.less", **facts)) in page
    assert as_html(say("page_weights.firm")) not in page
