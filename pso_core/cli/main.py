"""Understands the words, runs the command, says the answer or the refusal."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from typing import Any, TextIO

from pso_core import standards
from pso_core.actions.project_json import place_of, said_at
from pso_core.cli.command import NOT_UNDERSTOOD, REFUSED, Answer, Command
from pso_core.cli.words import NotUnderstood, understood
from pso_core.errors import Mistakes, PsoError
from pso_core.steps.naming import Told, mistake_sentence, refusal_sentence
from pso_core.text.phrases import phrases

INTERRUPTED = 130  # as a shell says of a program ended with Ctrl+C


def main(argv: Sequence[str]) -> int:
    """The exit status: 0 done, 1 refused, 2 not understood."""
    _speak_utf8()
    try:
        words = understood(argv)
    except NotUnderstood as reason:
        _print(reason.lines, sys.stdout if reason.status == 0 else sys.stderr)
        return reason.status
    try:
        answer = words.run(Command(words))
        _say(answer, words.json)
        return answer.status
    except PsoError as refusal:
        _refuse(refusal, words)
        return REFUSED
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # whoever read us has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return REFUSED


def _speak_utf8() -> None:
    """A console or pipe of Windows would otherwise refuse Thai letters."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _say(answer: Answer, as_json: bool) -> None:
    """What was found wrong is said on stderr, as a refusal is; the data on stdout either way."""
    wrong = bool(answer.status and not answer.faults)
    if wrong or not as_json:
        _print(answer.lines, sys.stderr if wrong else sys.stdout)
    _print(answer.faults, sys.stderr)
    if as_json:
        _print([_json(answer.data)], sys.stdout)


def _refuse(refusal: PsoError, words: Any) -> None:
    """The sentence on stderr; a program that asked for JSON finds the code and the facts on stdout."""
    told = Told(phrases(words.lang), standards.load())
    sentence = told.say("cli.wrong.disk_refused") if refusal.code == "disk_refused" else refusal_sentence(told, refusal)  # nothing was typed here
    problems = refusal.problems if isinstance(refusal, Mistakes) else ()
    mistakes = [{"place": place_of(one.path), "code": one.code, "sentence": mistake_sentence(told, one)} for one in problems]
    _print([sentence, *(said_at(one.path, mistake_sentence(told, one)) for one in problems)], sys.stderr)
    if words.json:
        _print([_json({"refused": {"code": refusal.code, "sentence": sentence, "mistakes": mistakes}})], sys.stdout)


def _json(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2)


def _print(lines: Sequence[str], stream: TextIO) -> None:
    """Without the word joiners that keep words together on a page: a search would miss what they stand in."""
    stream.write("".join(f"{line}\n" for line in lines).replace("\u2060", ""))
    stream.flush()


__all__ = ["NOT_UNDERSTOOD", "main"]
