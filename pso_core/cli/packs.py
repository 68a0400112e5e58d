"""Packs on the command line: made into a folder, and checked wherever they come from."""

from __future__ import annotations

from pathlib import Path

from pso_core.cli.command import Answer, Command, answer
from pso_core.cli.server import ask_for_pack
from pso_core.documents.manifest import Verified, verify
from pso_core.errors import NotFound, PsoError
from pso_core.press.to_folder import to_folder
from pso_core.text.phrases import below


def pack(command: Command) -> Answer:
    """Through the running server where one has the database, else directly."""
    words = command.words
    folder = Path(words.folder).resolve()
    made = ask_for_pack(command.database, folder, words.project, words.lang, words.thai_digits)
    if made is None:
        with command.office() as office:
            made = to_folder(office, folder, words.project, words.lang, words.thai_digits)
    return answer(command.say("cli.pack.done", file=made["file"], files=made["files"], digest=made["digest"]), made)


def check(command: Command) -> Answer:
    """Needs no database. Refuses (status 1) a pack that is not as it was made, naming what is not."""
    path = Path(command.words.file)
    try:
        with path.open("rb") as file:
            found = verify(file)
    except FileNotFoundError:
        raise NotFound("file_not_found", file=path.name) from None
    except OSError:
        raise PsoError("file_unreadable", file=path.name or str(path)) from None
    data = {"whole": found.whole, "digest": found.digest, "files": found.files, "changed": found.changed, "added": found.added, "lost": found.lost, "stray": found.stray, "about": dict(found.about)}
    return answer(_lines(command, found), data, 0 if found.whole else 1)


def _lines(command: Command, found: Verified) -> list[str]:
    say = command.say
    if found.whole:
        printed = [below(say("cli.verify.data", digest=found.printed))] if found.printed else []
        return [say("cli.verify.whole", files=found.files), below(say("cli.verify.digest", digest=found.digest)), *printed, below(say("cli.verify.origin"))]
    named = ((word, getattr(found, word)) for word in ("changed", "added", "lost"))
    lines = [say("cli.verify.broken"), *(below(say(f"cli.verify.{word}", path=path)) for word, paths in named for path in paths)]
    return [*lines, below(say("cli.verify.stray", bytes=f"{found.stray:,}"))] if found.stray else lines
