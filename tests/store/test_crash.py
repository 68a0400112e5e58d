"""Killed at any moment (kill -9): what was acknowledged is there, and nothing is half there."""

from __future__ import annotations

import itertools
import random
from pathlib import Path

from pso_core.store import Store
from tests.store.processes import started, told
from tests.store.rows import crash_image, everything, fill, save, write

KILLS = 5


def test_a_kill_loses_no_acknowledged_change(database: Path):
    moments, acknowledged = random.Random(2544), {}
    for kill in range(KILLS):
        with started("write_until_killed", database) as child:
            lines = told(child)
            for project, seq, digest in itertools.islice(lines, moments.randrange(4, 120)):
                acknowledged[project, seq] = digest
            child.kill()
            acknowledged |= {(project, seq): digest for project, seq, digest in lines}
        store = Store.open(database)
        assert store.findings == ()
        kept = {(project, change.seq): change.digest for project in store.projects() for change in store.history(project, limit=10**6)}
        assert {key: kept.get(key) for key in acknowledged} == acknowledged
        if kill == KILLS - 1:
            assert store.check() == ()  # once, for nothing in the history is ever mended
        store.close()
    assert len(acknowledged) > 4 * KILLS


def test_work_goes_on_after_a_crash_where_it_stopped(store: Store, tmp_path: Path):
    fill(store, 20)
    left = Store.open(crash_image(store, tmp_path / "crash"))
    assert everything(left) == everything(store)
    assert save(left, write("vision", 20, text="ต่อ")) == 21
    assert (left.check(), left.findings) == ((), ())
    left.close()
