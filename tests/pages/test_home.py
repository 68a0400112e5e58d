"""Home: the three totals, and none where it cannot be known."""

from __future__ import annotations

import re

from pso_core.text.phrases import phrases
from tests.building import remove
from tests.pages.conftest import fault, shown

TH = phrases("th")


def figure(at, name: str) -> str:
    return re.search(rf"{re.escape(TH(f'page_home.{name}'))}</p><p class='big'>([^<]*)<", shown(at))[1]


def test_the_target_is_told_once_every_criterion_has_one(office, example, visit):
    assert figure(visit("home"), "target").isdecimal()
    remove(office, example, "target:speed")
    at = visit("home")
    assert fault(at) == []
    assert figure(at, "target") == TH("app.nothing")
