"""How long to wait after wrong passwords: nothing at first, then longer each time, never longer than a quarter hour."""

from __future__ import annotations

from datetime import timedelta

FREE_PER_LOGIN = 5
FREE_PER_ADDRESS = 30  # a whole office often shares one address
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(minutes=15)
FORGOTTEN_AFTER = timedelta(hours=1)


def wait_after(failures: int, free: int) -> timedelta:
    """The pause due after so many failures in a row, doubling with each one past the free ones."""
    if failures < free:
        return timedelta(0)
    return min(FIRST_WAIT * 2 ** min(failures - free, 10), LONGEST_WAIT)
