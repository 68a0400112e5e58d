"""Mail goes out in the background while the server runs, and stops with it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from pso_core.actions.postman import Postman
from pso_core.office import Office

ROUND_EVERY = 60.0  # seconds
ENDS_WITHIN = 5.0  # seconds that a mail on its way is waited for; cut off, it is reported and not sent again

_log = logging.getLogger(__name__)


@contextmanager
def sending_mail(office: Office, every: float = ROUND_EVERY, ends_within: float = ENDS_WITHIN) -> Iterator[None]:
    """Until the end of the block."""
    closing = threading.Event()
    rounds = threading.Thread(target=_rounds, args=(Postman(office), closing, every), name="mail", daemon=True)
    rounds.start()
    try:
        yield
    finally:
        closing.set()
        rounds.join(ends_within)


def _rounds(postman: Postman, closing: threading.Event, every: float) -> None:
    while not closing.wait(every):
        try:
            for posted in postman.round():
                if posted.reason:  # a command says it itself
                    _log.warning("a digest was not sent: %s", posted.reason)
        except Exception:  # a fault of one mail, or a full disk, must not end the others' mail nor the server
            if not closing.is_set():
                _log.exception("a round of mail failed")
