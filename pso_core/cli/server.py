"""Asking the server that has the database: it alone may read it, so it makes the copy and the pack, tells the status, and sends the mail."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from pso_core.errors import PsoError
from pso_core.store.files import beside

SECONDS = 600  # a large database takes its time
SENDING = 6 * 3600  # a mail server may take minutes for each mail
_NOBODY = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # a proxy is not the way to this machine


def ask_for_backup(database: Path, target: Path) -> dict[str, Any] | None:
    """What the server copied; None when no server of this database answers. Refuses what the server refuses."""
    return _asked(database, "/admin/backup", {"file": str(target)})


def ask_for_pack(database: Path, folder: Path, project: str, language: str, thai_digits: bool) -> dict[str, Any] | None:
    """What the server packed; None when no server of this database answers. Refuses what the server refuses."""
    return _asked(database, "/admin/pack", {"folder": str(folder), "project": project, "language": language, "thai_digits": thai_digits})


def ask_to_remind(database: Path, project: str | None, send: bool, language: str) -> dict[str, Any] | None:
    """{"lines", "data"} of today's digest; None when no server of this database answers. Refuses what the server refuses."""
    return _asked(database, "/admin/remind", {"project": project, "send": send, "language": language}, SENDING if send else SECONDS)


def ask_for_status(database: Path, project: str, language: str) -> dict[str, Any] | None:
    """{"lines", "data"} of one project; None when no server of this database answers. Refuses what the server refuses."""
    return _asked(database, "/admin/status", {"project": project, "language": language})


def _asked(database: Path, path: str, body: dict[str, Any], seconds: float = SECONDS) -> dict[str, Any] | None:
    known = _announced(database)
    if known is None:
        return None
    request = urllib.request.Request(
        f"{known['address']}{path}",
        data=json.dumps(body).encode(),
        headers={"Authorization": f"Bearer {known['token']}", "Content-Type": "application/json"},
    )
    try:
        with _NOBODY.open(request, timeout=seconds) as response:
            return json.load(response)
    except urllib.error.HTTPError as answer:
        if answer.code != 409:
            return None  # another program is at that address now
        said = json.load(answer)
        raise PsoError(said["code"], **said["facts"]) from None
    except (OSError, ValueError):
        return None


def _announced(database: Path) -> dict[str, str] | None:
    """What the server wrote beside the database; it may have been killed since."""
    try:
        return json.loads(beside(database, ".server.json").read_text("utf-8"))
    except (OSError, ValueError):
        return None
