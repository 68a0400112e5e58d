"""Sentences for people stand in data/text, never in code; and what people typed never becomes markup."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.tree import application_files, name, nodes

THAI = re.compile("[\u0e01-\u0e2e][\u0e30-\u0e4e]*[\u0e01-\u0e2e]")  # two consonants: a letter alone is a rule of writing, not a word
SENTENCE = re.compile(r"^[A-Z][a-z]*( [\w,'’()-]+){2,}.*[.?!:]$")
REFUSALS = {"PsoError", "NotAllowed", "NotFound", "DamagedFile", "Problem", "Refused"}
CODE = re.compile(r"[a-z0-9_]+(\.[a-z0-9_]+)*")
TAG = re.compile(r"<[^>]*(>|$)|^[^<]*>")  # a literal piece may begin or end inside a tag
SHOWN_BY_NAME = {"label", "body", "title", "help", "placeholder", "text", "caption"}


def test_code_holds_no_thai_word():
    assert [where for where, text in _literals() if THAI.search(text)] == []


def test_code_holds_no_english_sentence():
    assert [where for where, text in _literals() if SENTENCE.match(text)] == []


def test_nothing_written_in_code_is_shown_on_a_page():
    shown = [
        f"{where}: {text}"
        for where, call in _calls()
        if _root(call.func) == "st"
        for text in _first_texts(call)
        if re.search(r"[A-Za-z]\S* +\S*[A-Za-z]", TAG.sub("", text))
    ]
    assert shown == []


def test_a_refusal_names_its_sentence():
    codes = [
        f"{where}: {call.args[0].value}"
        for where, call in _calls()
        if _root(call.func) in REFUSALS and call.args and isinstance(call.args[0], ast.Constant)
        if not CODE.fullmatch(str(call.args[0].value))
    ]
    assert codes == []


def test_what_people_typed_never_becomes_markup():
    unsafe = [
        where
        for where, call in _calls()
        for option in call.keywords
        if option.arg == "unsafe_allow_html" and not _is(option.value, False)
        or option.arg == "unsafe_allow_javascript" and not (call.args and _constant(call.args[0]))
    ]
    assert unsafe == []


def test_a_list_to_choose_from_says_in_the_readers_words_that_it_is_empty():
    """Else Streamlit says so in English; also in a list that begins with a choice, once it is taken out."""
    lists = [(where, {word.arg for word in call.keywords}) for where, call in _calls() if _called(call) in ("selectbox", "multiselect")]
    assert (len(lists) > 20, [where for where, words in lists if "placeholder" not in words]) == (True, [])


def test_no_box_keeps_a_number_beyond_its_limits_from_the_action():
    """Streamlit's box for numbers tells the browser's own sentence and sends what was there before: `ui.fields.amount_box` is one for text."""
    assert [where for where, call in _calls() if _called(call) in ("number_input", "slider", "select_slider")] == []


def _called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else ""


def _first_texts(call: ast.Call) -> Iterator[str]:
    """Literal pieces among what a Streamlit call shows: its first value and its named texts."""
    values = call.args[:1] + [option.value for option in call.keywords if option.arg in SHOWN_BY_NAME]
    for value in values:
        for node in ast.walk(value) if isinstance(value, ast.JoinedStr | ast.Constant | ast.BinOp) else []:
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


def _literals() -> Iterator[tuple[str, str]]:
    """Every string in the program that is not a docstring."""
    for path in application_files():
        docstrings = {id(node.value) for node in nodes(path) if isinstance(node, ast.Expr)}
        for node in nodes(path):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
                yield _where(path, node), node.value


def _calls() -> Iterator[tuple[str, ast.Call]]:
    for path in application_files():
        for node in nodes(path):
            if isinstance(node, ast.Call):
                yield _where(path, node), node


def _root(function: ast.expr) -> str:
    while isinstance(function, ast.Attribute | ast.Call):
        function = function.value if isinstance(function, ast.Attribute) else function.func
    return function.id if isinstance(function, ast.Name) else ""


def _is(node: ast.expr, value: object) -> bool:
    return isinstance(node, ast.Constant) and node.value is value


def _constant(node: ast.expr) -> bool:
    """Text that stands in the code, as it is or put together from constants."""
    if isinstance(node, ast.JoinedStr):
        return all(_constant(part.value if isinstance(part, ast.FormattedValue) else part) for part in node.values)
    return isinstance(node, ast.Constant) or isinstance(node, ast.Name) and node.id.isupper()


def _where(path: Path, node: ast.AST) -> str:
    return f"{name(path)}:{node.lineno}"
