"""The words a command line may have. Help and complaints are in the language asked for."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from typing import Any, NoReturn

from pso_core.actions.projects import EXAMPLES
from pso_core.cli import packs, people, projects, reminders, status, upkeep
from pso_core.cli.command import NOT_UNDERSTOOD, Run
from pso_core.domain.people import ROLES
from pso_core.text.phrases import LANGUAGES, Phrases, phrases


_COMPLAINTS = {
    "missing": r"the following arguments are required: (?P<words>.+)",
    "not_a_choice": r"argument (?P<word>.+?): invalid choice: (?P<given>.+?)(, maybe you meant .+?)? \(choose from (?P<choices>.+)\)",
    "not_positive": r"argument (?P<word>.+?): invalid _positive value: (?P<given>.+)",
    "no_value": r"argument (?P<word>.+?): expected one argument",
    "takes_no_value": r"argument (?P<word>.+?): ignored explicit argument .+",
    "unknown": r"unrecognized arguments: (?P<words>.+)",
}  # what argparse says, in English and in no other form


class NotUnderstood(Exception):
    """The words ask for nothing we can run (status 2), or for help (status 0)."""

    def __init__(self, status: int, *lines: str):
        super().__init__(*lines)
        self.status, self.lines = status, lines


def understood(argv: Sequence[str]) -> argparse.Namespace:
    """The words with `run`, `lang`, `json` and `db` in any case. Raises NotUnderstood."""
    return _whole(phrases(_language(argv))).parse_args(argv)


class _Parser(argparse.ArgumentParser):
    """Complains in the reader's language; ends nothing by itself."""

    def __init__(self, say: Phrases, **options: Any):
        super().__init__(add_help=False, allow_abbrev=False, formatter_class=_formatter(say), **options)
        self._say = say
        self._general = self.add_argument_group(say("cli.options"))
        self._general.add_argument("-h", "--help", action="help", help=say("cli.help.help"))

    def option(self, name: str, about: str = "", **how: Any) -> None:
        self._general.add_argument(name, help=self._say(f"cli.help.{about or name.strip('-')}"), **how)

    def word(self, name: str, **how: Any) -> None:
        self._words().add_argument(name, help=self._say(f"cli.help.{name}"), metavar=how.pop("metavar", name.upper()), **how)

    def _words(self) -> argparse._ArgumentGroup:
        title = self._say("cli.words")
        return next((group for group in self._action_groups if group.title == title), None) or self.add_argument_group(title)

    def error(self, message: str) -> NoReturn:
        code, facts = _complaint(message)
        reason = self._say(f"cli.wrong.{code}", **facts)
        raise NotUnderstood(NOT_UNDERSTOOD, self.format_usage().rstrip(), self._say("cli.not_understood", reason=reason))

    def print_help(self, file: Any = None) -> NoReturn:
        raise NotUnderstood(0, self.format_help().rstrip())


def _complaint(message: str) -> tuple[str, dict[str, str]]:
    """What argparse complains of, as a code and its facts. What it does not know may be a password: only options are repeated."""
    for code, pattern in _COMPLAINTS.items():
        if found := re.fullmatch(pattern, message, re.DOTALL):
            facts = {name: text.replace("'", "") for name, text in found.groupdict().items()}
            if code == "unknown":
                words = facts["words"].split()
                facts["words"] = ", ".join([word.split("=")[0] for word in words if word.startswith("-")] or words)
            return code, facts
    return "otherwise", {}


def _formatter(say: Phrases) -> type[argparse.HelpFormatter]:
    class Formatter(argparse.HelpFormatter):
        def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
            super().add_usage(usage, actions, groups, say("cli.usage") + " " if prefix is None else prefix)

    return Formatter


def _whole(say: Phrases) -> _Parser:
    whole = _Parser(say, prog="python -m pso_core", description=say("cli.help.program"))
    _everywhere(whole, {"db": None, "lang": LANGUAGES[0], "json": False})
    commands = _choices(whole, say)
    _command(commands, say, "init", upkeep.init).option("--example", choices=sorted(path.name for path in EXAMPLES.iterdir()))
    _command(commands, say, "projects", projects.listing)
    _command(commands, say, "status", status.status).word("project")
    history = _command(commands, say, "history", projects.history)
    history.word("project")
    history.option("--limit", type=_positive, default=50, metavar="N")
    export = _command(commands, say, "export", projects.export)
    export.word("project")
    export.word("file")
    export.option("--history", about="with_history", action="store_true")
    for name, run in (("import", projects.take_in), ("backup", upkeep.backup), ("restore", upkeep.restore)):
        _command(commands, say, name, run).word("file")
    _command(commands, say, "check", upkeep.check)
    pack = _command(commands, say, "pack", packs.pack)
    pack.word("project")
    pack.word("folder")
    pack.option("--thai-digits", about="thai_digits", action="store_true")
    _command(commands, say, "verify", packs.check).word("file")
    remind = _command(commands, say, "remind", reminders.remind)
    remind.word("project", nargs="?", default=argparse.SUPPRESS)  # as status takes it; --project says the same
    remind.option("--project", metavar="PROJECT")
    remind.option("--send", action="store_true")
    _person(commands, say)
    return whole


def _person(commands: Any, say: Phrases) -> None:
    inner = _choices(_command(commands, say, "person", None), say)
    add = _command(inner, say, "add", people.add, about="person_add")
    add.word("login")
    add.option("--name", required=True)
    add.option("--role", required=True, choices=ROLES)
    add.option("--position", default="")
    add.option("--division", default="")
    add.option("--stdin", action="store_true")
    role = _command(inner, say, "role", people.change_role, about="person_role")
    role.word("login")
    role.word("role", choices=ROLES)
    password = _command(inner, say, "password", people.set_password, about="person_password")
    password.word("login")
    password.option("--stdin", action="store_true")
    _command(inner, say, "disable", people.disable, about="person_disable").word("login")
    _command(inner, say, "enable", people.enable, about="person_enable").word("login")


def _choices(parser: _Parser, say: Phrases) -> Any:
    return parser.add_subparsers(title=say("cli.commands"), metavar=say("cli.command"), required=True, parser_class=lambda **how: _Parser(say, **how))


def _command(commands: Any, say: Phrases, name: str, run: Run | None, about: str = "") -> _Parser:
    purpose = say(f"cli.help.{about or name}")
    parser = commands.add_parser(name, help=purpose, description=purpose)
    if run:
        parser.set_defaults(run=run)
        _everywhere(parser, {})
    return parser


def _everywhere(parser: _Parser, defaults: dict[str, Any]) -> None:
    """Options that may stand before the command and after it."""
    parser.option("--db", metavar="FILE", default=defaults.get("db", argparse.SUPPRESS))
    parser.option("--lang", choices=LANGUAGES, default=defaults.get("lang", argparse.SUPPRESS))
    parser.option("--json", action="store_true", default=defaults.get("json", argparse.SUPPRESS))


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number


def _language(argv: Sequence[str]) -> str:
    """Needed before the words can be understood, to complain about them."""
    said = [word for before, word in zip(argv, argv[1:], strict=False) if before == "--lang"]
    said += [word.removeprefix("--lang=") for word in argv if word.startswith("--lang=")]
    return next((language for language in reversed(said) if language in LANGUAGES), LANGUAGES[0])
