"""Addresses that open without signing in to whoever knows their secret: guessing one is slowed."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

from pso_core.domain.guessing import FORGOTTEN_AFTER, FREE_PER_ADDRESS, wait_after
from pso_core.errors import PsoError
from pso_core.office import Office

Found = TypeVar("Found")


def guessed(office: Office, about: str, find: Callable[[], Found | None], wait: Callable[[int], PsoError]) -> Found | None:
    """What a secret leads to, open or closed; None for one that never was. Raises `wait(seconds)` after too many wrong ones of `about`.

    Every answer costs the same work. Only a secret that never was one counts as a guess: a program that goes on asking
    for a closed one must not keep out the others of its office, who share its network address.
    """
    seconds = office.store.sign_in_failures.attempt(
        [about], office.clock(), forgotten_after=FORGOTTEN_AFTER, wait_after=lambda _, failures: wait_after(failures, FREE_PER_ADDRESS)
    )
    if seconds:
        raise wait(math.ceil(seconds / timedelta(seconds=1)))
    found = find()
    office.store.sign_in_failures.forgive("", about if found else "")
    return found
