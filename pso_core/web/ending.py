"""Hearing that the process is told to stop: a stream to a browser would otherwise keep the server waiting for its end."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

SIGNALS = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGBREAK") if hasattr(signal, name))


@contextmanager
def told_to_stop(act: Callable[[], None]) -> Iterator[None]:
    """Until the end of the block a signal to stop calls `act` and then does what it did before."""
    if threading.current_thread() is not threading.main_thread():  # only there are signals heard
        yield
        return
    former = {number: handler for number in SIGNALS if (handler := signal.getsignal(number)) is not None}

    def heard(number: int, frame: Any) -> None:
        act()
        before = former[signal.Signals(number)]
        if callable(before):
            before(number, frame)
        elif before is signal.SIG_DFL:
            signal.signal(number, signal.SIG_DFL)
            signal.raise_signal(number)

    for number in former:
        signal.signal(number, heard)
    try:
        yield
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)
