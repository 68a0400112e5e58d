"""The beginning of every process apart: limits first, then the script it is for.

Run as `python -I apart_child.py MEMORY SECONDS BYTES SCRIPT WORD…`; nothing of this program is imported.
"""

from __future__ import annotations

import os
import runpy
import sys


def main(words: list[str]) -> None:
    """`MEMORY SECONDS BYTES`: of address space, of work, of the largest file it may write, the answer among them."""
    memory, seconds, largest = map(int, words[:3])
    limit(memory, seconds, largest)
    sys.argv = words[3:]
    runpy.run_path(words[3], run_name="__main__")


def limit(memory: int, seconds: int, largest: int) -> None:
    """Windows has no such limits for a process that sets them itself; there the parent's time and the script's own remain."""
    try:
        import resource
    except ImportError:
        return
    os.nice(10)
    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, largest),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(what)
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        try:
            resource.setrlimit(what, (most, most))
        except (OSError, ValueError):  # macOS does not limit address space
            continue


if __name__ == "__main__":
    main(sys.argv[1:])
