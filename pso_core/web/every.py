"""Something done again and again in the background for as long as the server runs."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_log = logging.getLogger(__name__)


@contextmanager
def every(seconds: float, act: Callable[[], None], name: str) -> Iterator[None]:
    """Calls `act` each time so many seconds have passed, until the end of the block. What it raises is logged; the server goes on."""
    closing = threading.Event()
    clock = threading.Thread(target=_go_on, args=(seconds, act, name, closing), name=name, daemon=True)
    clock.start()
    try:
        yield
    finally:
        closing.set()
        clock.join()


def _go_on(seconds: float, act: Callable[[], None], name: str, closing: threading.Event) -> None:
    while not closing.wait(seconds):
        try:
            act()
        except Exception:
            _log.exception("the background work %s failed", name)
