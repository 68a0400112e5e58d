"""How long to wait after wrong passwords."""

from __future__ import annotations

from pso_core.domain.guessing import wait_after


def test_the_wait_doubles_up_to_a_quarter_hour():
    assert [wait_after(failures, free=5).total_seconds() for failures in range(12)] == [0, 0, 0, 0, 0, 30, 60, 120, 240, 480, 900, 900]


def test_very_many_failures_are_still_a_quarter_hour():
    assert wait_after(10**9, free=5).total_seconds() == 900
