"""The house holds: who imports whom, and how large rooms may grow. The rules about imports stand in pyproject.toml."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import grimp
import pytest
from importlinter.api import read_configuration
from importlinter.application.output import console
from importlinter.contracts.forbidden import ForbiddenContract
from importlinter.contracts.layers import LayersContract
from importlinter.contracts.protected import ProtectedContract
from importlinter.domain.contract import Contract

from tests.tree import ROOT, application_files, kept_files, name, parsed

RULES = read_configuration(str(ROOT / "pyproject.toml"))
KINDS: dict[str, type[Contract]] = {"layers": LayersContract, "forbidden": ForbiddenContract, "protected": ProtectedContract}
LINES_OF_A_PAGE = 100
LINES_OF_A_FILE = 300
LINES_OF_A_FUNCTION = 60
LINES_OF_NEARLY_ALL_FUNCTIONS = 25
ENTRY_MAY_IMPORT = {"__future__", "pathlib", "streamlit", "starlette", "pso_core"}


@pytest.fixture(scope="module")
def imports() -> grimp.ImportGraph:
    graph = grimp.build_graph(*RULES["session_options"]["root_packages"], include_external_packages=True, cache_dir=None)
    for contract in RULES["contracts_options"]:
        for library in contract.get("protected_modules", []):
            if library not in graph.modules:  # nobody imports it; import-linter would call the rule itself mistaken
                graph.add_module(library, is_squashed=True)
    return graph


@pytest.mark.parametrize("rule", RULES["contracts_options"], ids=lambda rule: rule["name"])
def test_imports_follow_the_rule(rule: dict[str, Any], imports: grimp.ImportGraph):
    contract = KINDS[rule["type"]](name=rule["name"], session_options=RULES["session_options"], contract_options=rule)
    check = contract.check(imports, verbose=False)
    with console.capture() as said:
        if not check.kept:
            contract.render_broken_contract(check)
    assert said.get() == ""
    assert check.kept


def test_the_entry_only_puts_the_server_together():
    imported = {module.split(".")[0] for module in _imported_by(parsed(ROOT / "streamlit_app.py"))}
    assert imported - ENTRY_MAY_IMPORT == set()


def test_a_page_can_be_read_at_one_sitting():
    assert _longer([path for path in application_files() if path.parent.name == "pages"], LINES_OF_A_PAGE) == []


def test_a_file_has_one_subject():
    assert _longer([path for path in kept_files() if path.suffix in {".py", ".sql"}], LINES_OF_A_FILE) == []


def test_a_function_can_be_read_at_one_look():
    lengths = sorted((length, where) for path in application_files() for length, where in _functions(path))
    assert [pair for pair in lengths if pair[0] > LINES_OF_A_FUNCTION] == []
    assert lengths[int(0.95 * len(lengths))][0] <= LINES_OF_NEARLY_ALL_FUNCTIONS


def test_nothing_is_named_for_being_left_over():
    vague = {"utils", "util", "helpers", "helper", "manager", "common", "info", "misc"}
    assert [name(path) for path in application_files() if vague & set(path.stem.split("_"))] == []


def test_every_module_says_in_one_line_what_it_is_for():
    silent = [name(path) for path in application_files() if not ast.get_docstring(parsed(path)) and parsed(path).body]
    assert silent == []


def _imported_by(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or "."


def _longer(paths: list[Path], limit: int) -> list[tuple[str, int]]:
    sizes = [(name(path), len(path.read_text("utf-8").splitlines())) for path in paths]
    return [(where, size) for where, size in sizes if size > limit]


def _functions(path: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.end_lineno - node.lineno + 1, f"{name(path)}:{node.lineno} {node.name}"
