"""A step of a long report's way to a PDF: run as a process of its own, so that the memory it takes is given back.

Run by `apart_child` with `FOLDER TIME STEP WORDS`; what is made goes to its standard output, why there is none into a file in the folder.
"""

from __future__ import annotations

import sys
import traceback
from datetime import datetime
from pathlib import Path

FAULT = "fault.txt"


def main(words: list[str]) -> None:
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # nothing of this program is found by itself in such a process
    folder = Path(words[0])
    try:
        from pso_core.documents.pdf_setting import step_here

        content = step_here(folder, datetime.fromisoformat(words[1]), *words[2:])
    except BaseException:  # typst's own faults are no Exception
        (folder / FAULT).write_text(traceback.format_exc(), "utf-8")
        raise
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
