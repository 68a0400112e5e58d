"""How far one project is, on the command line: for a person, and with --json for a program that watches."""

from __future__ import annotations

from pso_core.actions.status import status_of
from pso_core.cli.command import Answer, Command, answer
from pso_core.cli.server import ask_for_status


def status(command: Command) -> Answer:
    """Through the running server where one has the database, else directly."""
    project = command.words.project
    told = ask_for_status(command.database, project, command.words.lang)
    if told is None:
        with command.office() as office:
            return answer(*status_of(office, command.say, project))
    return answer(told["lines"], told["data"])
