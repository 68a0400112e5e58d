"""Work in the background goes on whatever happens in it, and ends with the server."""

from __future__ import annotations

import threading
import time

from pso_core.web.every import every


def test_what_fails_once_is_done_again_and_logged(caplog):
    done, times = threading.Event(), []

    def act() -> None:
        times.append(len(times))
        if len(times) < 3:
            raise ValueError("the disk is full")
        done.set()

    with every(0.01, act, "approvals"):
        assert done.wait(10)
    assert caplog.text.count("the background work approvals failed") == 2


def test_nothing_is_done_after_the_end_of_the_block():
    times: list[int] = []
    with every(0.01, lambda: times.append(1), "approvals"):
        time.sleep(0.05)
    count = len(times)
    time.sleep(0.05)
    assert len(times) == count > 0
    assert "approvals" not in {thread.name for thread in threading.enumerate()}
