"""Two installations are the same: every package is pinned, is the one installed, and is imported by someone."""

from __future__ import annotations

import ast
import sys
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.tree import APPLICATION, ROOT, kept_files, nodes

OURS = {"streamlit_app", "nine_steps", "pages", "pso_core", "tests"}
COMES_WITH = {"lxml": "python-docx", "anyio": "starlette", "packaging": "pytest", "grimp": "import-linter", "google": "streamlit", "websockets": "streamlit"}


def test_every_version_is_exact():
    loose = [str(line) for line in _listed("requirements.txt") + _listed("requirements-dev.txt") if [s.operator for s in line.specifier] != ["=="]]
    assert loose == []


def test_what_is_installed_is_what_is_listed():
    listed = {line.name: str(line.specifier).removeprefix("==") for line in _needed_here()}
    assert {name: metadata.version(name) for name in listed} == listed


def test_what_the_packages_need_is_listed_too():
    pinned = {canonicalize_name(line.name) for line in _needed_here()}
    needed = {
        canonicalize_name(need.name)
        for line in _needed_here()
        for need in map(Requirement, metadata.requires(line.name) or [])
        for extra in ("", *line.extras)
        if need.marker is None or need.marker.evaluate({"extra": extra})
    }
    assert needed - pinned == set()


@pytest.mark.parametrize(("listed", "folders"), [("requirements.txt", APPLICATION), ("requirements-dev.txt", (*APPLICATION, "tests"))])
def test_what_the_code_imports_is_listed_by_name(listed, folders):
    named = set().union(*(_by_name(name) for name in {"requirements.txt", listed}))
    distributions = metadata.packages_distributions()
    files = [path for path in kept_files() if path.suffix == ".py" and path.relative_to(ROOT).parts[0] in folders]
    imported = set().union(*map(_imported_by, files)) - OURS - sys.stdlib_module_names
    missing = {
        module for module in imported if COMES_WITH.get(module) not in named and not named & {canonicalize_name(d) for d in distributions[module]}
    }
    assert missing == set()


def _needed_here() -> list[Requirement]:
    return [line for line in _listed("requirements.txt") + _listed("requirements-dev.txt") if line.marker is None or line.marker.evaluate()]


def _listed(file: str) -> list[Requirement]:
    lines = (line.partition("#")[0].strip() for line in (ROOT / file).read_text("utf-8").splitlines())
    return [Requirement(line) for line in lines if line and not line.startswith("-")]


def _by_name(file: str) -> set[str]:
    """Distributions in the list's first part, what our code imports."""
    first = (ROOT / file).read_text("utf-8").split("# What those need")[0]
    return {canonicalize_name(Requirement(line.partition("#")[0]).name) for line in first.splitlines() if "==" in line.partition("#")[0]}


def _imported_by(path: Path) -> set[str]:
    plain = {alias.name for node in nodes(path) if isinstance(node, ast.Import) for alias in node.names}
    taken = {node.module for node in nodes(path) if isinstance(node, ast.ImportFrom) and not node.level and node.module}
    return {module.split(".")[0] for module in plain | taken}
