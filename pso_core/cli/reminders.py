"""Today's digest on the command line, for cron: printed, and on request sent."""

from __future__ import annotations

from pso_core.actions.remind import remind as digest
from pso_core.cli.command import Answer, Command, answer
from pso_core.cli.server import ask_to_remind


def remind(command: Command) -> Answer:
    """Through the running server where one has the database, else directly."""
    words = command.words
    told = ask_to_remind(command.database, words.project, words.send, words.lang)
    if told is None:
        with command.office() as office:
            return answer(*digest(office, command.say, words.project, words.send))
    return answer(told["lines"], told["data"])
