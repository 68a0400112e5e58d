"""Running a coroutine in a thread of its own: a browser test before it leaves playwright's loop running in this one."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import anyio

Result = TypeVar("Result")


def run_apart(function: Callable[..., Awaitable[Result]], *arguments: object) -> Result:
    with ThreadPoolExecutor(max_workers=1) as apart:
        return apart.submit(anyio.run, function, *arguments).result()
