"""Several orders to `template_child` one after another in one process apart, for tests: to begin a process costs more than most orders.

Run as that script is, with its path as the only word. Reads orders and writes answers, each after its length (8 bytes).
"""

from __future__ import annotations

import io
import runpy
import sys
from types import SimpleNamespace
from unittest.mock import patch


def main() -> None:
    fill = runpy.run_path(sys.argv[1])["main"]
    orders, answers = sys.stdin.buffer, sys.stdout.buffer
    while length := orders.read(8):
        order, answer = io.BytesIO(orders.read(int.from_bytes(length, "big"))), io.BytesIO()
        with patch.object(sys, "stdin", SimpleNamespace(buffer=order)), patch.object(sys, "stdout", SimpleNamespace(buffer=answer)):
            fill()
        answers.write(len(answer.getvalue()).to_bytes(8, "big") + answer.getvalue())
    answers.flush()


if __name__ == "__main__":
    main()
