"""Step 4 tells which weight, moved by how little, would change what to improve first."""

from __future__ import annotations

import pytest

from pso_core import standards
from pso_core.actions.rows import Edit, save_rows
from pso_core.text.phrases import phrases
from pso_core.ui.plain import as_html
from tests.building import person
from tests.pages.conftest import shown

STANDARD = standards.load()


@pytest.mark.parametrize("language", ["th", "en"])
def test_two_equal_gaps_change_places_by_one_point_until_a_weight_is_another(office, example, visit, language):
    """Lampang's accuracy and reliability weigh the same and stand at the same level."""
    names = {key: STANDARD.name_of("criteria", key, language) for key in ("accuracy", "reliability")}
    at, say = visit("step_4_weights", language=language), phrases(language)
    facts = {"name": names["accuracy"], "other": names["reliability"], "points": 1, "weight": 15}
    less, firm = (as_html(say(f"page_weights.{word}", **facts)) for word in ("less", "firm"))
    assert (less in shown(at), firm in shown(at)) == (True, False)
    apart = [Edit("weight", "weight:accuracy", {"weight": 20}), Edit("weight", "weight:reliability", {"weight": 10})]
    save_rows(office, person("facilitator"), example, apart, office.store.state(example).seq)
    assert less not in shown(at.run())
