"""Today's digest on the command line, for cron: printed, and on request sent."""

from __future__ import annotations

from typing import Any

from pso_core.actions.remind import remind as digest
from pso_core.cli.command import DONE, REFUSED, Answer, Command
from pso_core.cli.server import ask_to_remind


def remind(command: Command) -> Answer:
    """Through the running server where one has the database, else directly. Status 1 when mail that is due did not go."""
    words = command.words
    told = ask_to_remind(command.database, words.project, words.send, words.lang)
    if told is not None:
        return _answer(told["lines"], told["data"])
    with command.office() as office:
        return _answer(*digest(office, command.say, words.project, words.send))


def _answer(lines: list[str], data: dict[str, Any]) -> Answer:
    faults = tuple(data["faults"])
    return Answer(tuple(lines), data, REFUSED if faults else DONE, faults)
