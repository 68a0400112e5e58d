"""Reading the program to learn which sentences it says, with which facts."""

from __future__ import annotations

import ast
import re
import string
import tomllib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property

from pso_core import standards
from tests.tree import ROOT, application_files, name, nodes

TEMPLATES = ROOT / "data" / "templates"
KEY = re.compile(r"[a-z0-9_]+(\.[a-z0-9_]+)+")
PIECE = re.compile(r"[a-z0-9_.]*")
SAID_IN_TEMPLATE = re.compile(r"""say\(\s*["']([^"']+)["']\s*(~?)""")
BLANK = "([a-z0-9_.]+)"
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*|[0-9]+")
FILES = (".toml", ".py", ".json", ".css", ".js", ".html", ".md", ".png", ".txt", ".sql")


@dataclass(frozen=True)
class Saying:
    """A place in the program that names a sentence. `facts` None: they cannot be told from the text."""

    where: str
    pattern: str
    literal: bool
    facts: frozenset[str] | None = None

    @cached_property
    def _expression(self) -> re.Pattern:
        """Kept: there are more of them than `re` remembers, and compiling takes longer than all else here."""
        return re.compile(self.pattern)

    def among(self, keys: Collection[str]) -> list[str]:
        """The keys that this place can mean: each blank stands for words that occur in the program."""
        if "(" not in self.pattern:
            return [key] if (key := self.pattern.replace("\\", "")) in keys else []
        found = {key: match for key in keys if (match := self._expression.fullmatch(key))}
        return [key for key, match in found.items() if all(word in words() for blank in match.groups() for word in blank.split("."))]


def blanks(template: str) -> set[str]:
    return {blank for _, blank, _, _ in string.Formatter().parse(template) if blank is not None}


@cache
def sayings() -> tuple[Saying, ...]:
    """Every key, or pattern of keys, in the program's Python and templates."""
    return (*_in_python(), *_in_templates())


def refusals() -> Iterator[Saying]:
    """Every refusal, mistake and gap that is raised with its code written out."""
    for path, node in _nodes(ast.Call):
        kind = _called(node)
        code = node.args[0].value if node.args and isinstance(node.args[0], ast.Constant) else None
        if not isinstance(code, str) or kind not in _codes():
            continue
        facts = _dict_facts(node) if kind in ("Problem", "Gap") else _keywords(node)
        yield Saying(f"{name(path)}:{node.lineno}", f"({'|'.join(_codes()[kind])})\\.{re.escape(code)}", True, facts)
    for path, node in _nodes(ast.keyword):
        if node.arg == "error" and isinstance(node.value, ast.Constant):  # a rule of a pandera model
            yield Saying(f"{name(path)}:{node.value.lineno}", rf"(mistakes)\.{re.escape(node.value.value)}", True, frozenset())


@cache
def _codes() -> dict[str, tuple[str, ...]]:
    """Which areas may hold the sentence of a code given to this class. A refused date becomes a mistake in its field."""
    classes = {"PsoError": ("refusals", "mistakes"), "Problem": ("mistakes",), "Unreadable": ("mistakes",), "Gap": ("gaps",)}
    grown = -1
    while grown != len(classes):
        grown = len(classes)
        for _, node in _nodes(ast.ClassDef):
            if any(_last(base) in classes and "refusals" in classes[_last(base)] for base in node.bases):
                classes.setdefault(node.name, classes["PsoError"])
    return classes


@cache
def words() -> frozenset[str]:
    """Every word of the program and of the standards: what a blank in a key can be."""
    found: set[str] = set()
    for _, node in _nodes(ast.AST):
        found |= {part for part in _names_in(node) if part}
    for file in standards.FOLDER.glob("*/*.toml"):
        found |= set(_strings(tomllib.loads(file.read_text("utf-8"))))
    return frozenset(found) | {str(number) for number in range(13)}  # levels and months


def _names_in(node: ast.AST) -> Iterable[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return NAME.findall(node.value) if len(node.value) < 200 else ()
    return (getattr(node, field, None) for field in ("id", "attr", "arg", "name"))


def _strings(value) -> Iterator[str]:
    if isinstance(value, dict):
        yield from value
        value = list(value.values())
    for inner in value if isinstance(value, list) else ():
        yield from _strings(inner)
    if isinstance(value, str):
        yield value


def _in_python() -> Iterator[Saying]:
    for path in application_files():
        inside = {id(part) for node in nodes(path) if isinstance(node, ast.JoinedStr) for part in node.values}
        facts = {id(node.args[0]): _facts(node) for node in nodes(path) if isinstance(node, ast.Call) and _says(node)}
        for node in nodes(path):
            if isinstance(node, ast.JoinedStr | ast.Constant | ast.BinOp) and id(node) not in inside and (pattern := _pattern(node)):
                literal = isinstance(node, ast.Constant)
                yield Saying(f"{name(path)}:{node.lineno}", pattern, literal, facts.get(id(node)))


def _in_templates() -> Iterator[Saying]:
    for file in sorted(TEMPLATES.rglob("*.html")):
        for key, more in SAID_IN_TEMPLATE.findall(file.read_text("utf-8")):
            yield Saying(name(file), re.escape(key) + (BLANK if more else ""), not more)


def _pattern(node: ast.JoinedStr | ast.Constant | ast.BinOp) -> str | None:
    """The keys that this text can be, as a regular expression; None when it is no key."""
    if isinstance(node, ast.Constant):
        text = node.value
        return re.escape(text) if isinstance(text, str) and KEY.fullmatch(text) and not text.endswith(FILES) else None
    parts = node.values if isinstance(node, ast.JoinedStr) else [node.left, node.right]  # "start.help." + command
    pieces = [part.value if isinstance(part, ast.Constant) else None for part in parts]
    if not isinstance(pieces[0], str) or not _fit(pieces) or "." not in "".join(filter(None, pieces)):
        return None
    return "".join(BLANK if piece is None else re.escape(piece) for piece in pieces)


def _fit(pieces: Iterable[str | None]) -> bool:
    return all(piece is None or isinstance(piece, str) and PIECE.fullmatch(piece) for piece in pieces)


def _says(call: ast.Call) -> bool:
    """say(…), desk.say(…), visit.say()(…), phrases(language)(…)"""
    function = call.func
    inner = _last(function.func) if isinstance(function, ast.Call) else None
    return bool(call.args) and (_last(function) == "say" or inner in ("say", "phrases"))


def _facts(call: ast.Call) -> frozenset[str] | None:
    if len(call.args) > 1:  # the starter, which has no keyword arguments for facts
        second = call.args[1]
        return _keys_of(second) if isinstance(second, ast.Dict) else None
    return _keywords(call)


def _keywords(call: ast.Call) -> frozenset[str] | None:
    names = {keyword.arg for keyword in call.keywords}
    return None if None in names else frozenset(names)


def _dict_facts(call: ast.Call) -> frozenset[str] | None:
    given = call.args[2] if len(call.args) > 2 else next((k.value for k in call.keywords if k.arg == "facts"), None)
    return frozenset() if given is None else _keys_of(given)


def _keys_of(given: ast.expr) -> frozenset[str] | None:
    if not isinstance(given, ast.Dict) or not all(isinstance(key, ast.Constant) for key in given.keys):
        return None
    return frozenset(key.value for key in given.keys)


def _called(call: ast.Call) -> str:
    return _last(call.func)


def _last(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def _nodes(kind: type) -> Iterator[tuple]:
    for path in application_files():
        for node in nodes(path):
            if isinstance(node, kind):
                yield path, node
