"""A database that stopped can only be opened anew: the process ends, and whoever started it starts it again."""

from __future__ import annotations

import os
import sys
import threading
import time

from pso_core.store import Store
from pso_core.text.phrases import LANGUAGES, phrases

STOPPED = 70  # exit code: start me again (nine_steps.py does)
LOOKS_EVERY = 1.0  # seconds
LETS_PEOPLE_READ = 3.0  # seconds in which the refusal reaches the screens


def end_when_broken(store: Store) -> None:
    """Watches in the background until the process ends."""
    threading.Thread(target=_watch, args=(store,), name="watch", daemon=True).start()


def _watch(store: Store) -> None:
    while not store.broken:
        time.sleep(LOOKS_EVERY)
    time.sleep(LETS_PEOPLE_READ)
    for language in LANGUAGES:
        print(phrases(language)("start.database_stopped"), file=sys.stderr, flush=True)
    os._exit(STOPPED)
