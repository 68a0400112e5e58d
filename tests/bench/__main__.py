"""Measures the program: `python -m tests.bench [part …]`. Ratios within one run, because machines differ and are shared."""

from __future__ import annotations

import argparse
import os
import platform
import tempfile
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

from tests.bench import first_load, gantt, monday, packs, pages, projects, saving, workshop
from tests.bench.measured import Measured, keep, table

PARTS: dict[str, Callable[[Path], Iterable[Measured]]] = {
    "saving": saving.measure,
    "pages": pages.measure,
    "first-load": first_load.measure,
    "projects": projects.measure,
    "gantt": gantt.measure,
    "monday": monday.measure,
    "packs": packs.measure,
    "workshop": workshop.measure,
}
OUT = Path(__file__).parent / "out"


def main() -> None:
    words = argparse.ArgumentParser(prog="bench", description=__doc__)
    words.add_argument("parts", nargs="*", choices=[*PARTS, []], help="all of them when none is named")
    words.add_argument("--json", type=Path, default=OUT / "latest.json", help="where the figures are kept")
    chosen = words.parse_args()
    figures: list[Measured] = []
    for part in chosen.parts or PARTS:
        with tempfile.TemporaryDirectory(prefix="nine-steps-bench-") as folder:
            figures += PARTS[part](Path(folder))
    print(table(figures))
    keep(figures, machine(), chosen.json)


def machine() -> dict[str, object]:
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "system": platform.platform(),
        "python": platform.python_version(),
        "cores": os.cpu_count(),
        "load": os.getloadavg()[0] if hasattr(os, "getloadavg") else None,
    }


if __name__ == "__main__":
    main()
