"""The project's own files, for tests about the project itself."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
APPLICATION = ("streamlit_app.py", "nine_steps.py", "pages", "pso_core")
TEXT = {".py", ".toml", ".txt", ".md", ".sql", ".css", ".js", ".html", ".json", ".svg", ".cfg", ".yml", ".yaml", ".sh", ""}


def kept_files() -> list[Path]:
    """Everything that is or is about to be committed."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True, check=True
    )
    paths = [ROOT / name for name in listed.stdout.decode().split("\0") if name]
    return [path for path in paths if path.is_file()]


def kept_texts() -> Iterator[tuple[str, str]]:
    """(path from the top, content) of every text file."""
    for path in kept_files():
        if path.suffix in TEXT:
            yield name(path), path.read_text("utf-8")


def application_files() -> list[Path]:
    """The program's Python, without tests."""
    return [path for path in kept_files() if path.suffix == ".py" and path.relative_to(ROOT).parts[0] in APPLICATION]


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), str(path))


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()
