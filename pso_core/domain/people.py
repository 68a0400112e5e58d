"""A person with an account: what the office needs to know of them and nothing more."""

from __future__ import annotations

from dataclasses import dataclass

ROLES = ("administrator", "facilitator", "member", "head", "viewer")


@dataclass(frozen=True, slots=True)
class Person:
    id: str
    login: str
    name: str
    position: str
    division: str
    role: str
    active: bool

    @property
    def anonymised(self) -> bool:
        """Whether the name was removed for good. Somebody from a project file may have no name, but has a login."""
        return not self.login


COMMAND_LINE = Person("cli", "", "", "", "", "administrator", True)
"""Whoever may run commands on the server's own machine. Has no account; its name is the sentence `app.command_line`."""

CLOCK = Person("clock", "", "", "", "", "administrator", True)
"""The server itself, acting because time has passed or what it watches has changed. Has no account; its name is `app.clock`."""

EXAMINER = Person("examiner", "", "", "", "", "examiner", True)
"""An outside examiner, at an address the head gave out. Has no account and no role of the office's; its name is `app.examiner`."""

WITHOUT_ACCOUNT = frozenset({COMMAND_LINE.id, CLOCK.id, EXAMINER.id})
