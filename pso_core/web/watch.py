"""A database that stopped can only be opened anew: the process ends, and whoever started it starts it again."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from pso_core.store import Store
from pso_core.text.phrases import LANGUAGES, phrases

STOPPED = 70  # exit code: start me again (nine_steps.py does)
LOOKS_EVERY = 1.0  # seconds
LETS_PEOPLE_READ = 3.0  # seconds in which the refusal reaches the screens


@contextmanager
def ending_when_broken(store: Store) -> Iterator[None]:
    """Watches in the background until the end of the block."""
    closing = threading.Event()
    watch = threading.Thread(target=_watch, args=(store, closing), name="watch", daemon=True)
    watch.start()
    try:
        yield
    finally:
        closing.set()
        watch.join()


def _watch(store: Store, closing: threading.Event) -> None:
    while not closing.wait(LOOKS_EVERY):
        if store.broken:
            _end()


def _end() -> None:
    time.sleep(LETS_PEOPLE_READ)
    for language in LANGUAGES:
        print(phrases(language)("start.database_stopped"), file=sys.stderr, flush=True)
    os._exit(STOPPED)
