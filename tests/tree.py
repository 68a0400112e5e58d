"""The project's own files, for tests about the project itself."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
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


@cache
def application_files() -> tuple[Path, ...]:
    """The program's Python, without tests."""
    return tuple(path for path in kept_files() if path.suffix == ".py" and path.relative_to(ROOT).parts[0] in APPLICATION)


@cache
def parsed(path: Path) -> ast.Module:
    """Kept: many tests look at the same files, and reading them takes most of each."""
    return ast.parse(path.read_text("utf-8"), str(path))


@cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    """Every node of the file, in the order of `ast.walk`."""
    return tuple(ast.walk(parsed(path)))


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()
