"""Which contents the rows of a database need, and what is wrong with those that are kept."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pso_core.store.contents import Contents
from pso_core.store.engine import Engine
from pso_core.store.finding import Finding

KINDS = ("attachment", "word_template")  # of rows that name a content
_ANY = ", ".join(f"'{kind}'" for kind in KINDS)


class Needed(NamedTuple):
    """A row that names a content, now or in an earlier revision."""

    project_id: str
    entity_id: str
    sha256: str


def needed(engine: Engine) -> Iterator[Needed]:
    """Of every revision that was not redacted, each row and content once; a project at a time."""
    for (project_id,) in engine.read(f"SELECT DISTINCT project_id FROM revision WHERE kind IN ({_ANY}) ORDER BY 1"):
        rows = engine.read(
            f"SELECT entity_id, body FROM revision WHERE project_id = $1 AND kind IN ({_ANY}) AND body <> '' ORDER BY entity_id, revision",
            [project_id],
        )
        yield from dict.fromkeys(Needed(project_id, entity_id, sha256) for entity_id, body in rows if (sha256 := _sha256_in(body)))


def named_in(engine: Engine, project_id: str, entity_id: str, revision: int) -> str | None:
    """The content that one revision names; None when it is of a kind that names none, or was redacted."""
    where = f"project_id = $1 AND entity_id = $2 AND revision = $3 AND kind IN ({_ANY})"
    bodies = engine.read(f"SELECT body FROM revision WHERE {where}", [project_id, entity_id, revision])
    return _sha256_in(bodies[0][0]) if bodies else None


def forget_unneeded(engine: Engine, contents: Contents, sha256: str) -> None:
    """Drop a content that no revision of any project names any more."""
    if contents.holds(sha256) and all(one.sha256 != sha256 for one in needed(engine)):
        contents.drop(sha256)


def faults(needs: Iterable[Needed], contents: Contents) -> Iterator[Finding]:
    """For every row whose content is missing or altered. Each content is read once, in blocks."""
    intact: dict[str, bool] = {}
    for one in needs:
        if one.sha256 not in intact:
            intact[one.sha256] = contents.intact(one.sha256)
        if not intact[one.sha256]:
            yield fault(one, contents)


def fault(one: Needed, contents: Contents) -> Finding:
    """Of a content that is not intact. Not named `project_id`: the rows of the project can be trusted all the same."""
    code = "content_altered" if contents.holds(one.sha256) else "content_missing"
    return Finding(code, {"project": one.project_id, "entity_id": one.entity_id, "file": f"{one.sha256[:2]}/{one.sha256}"})


def _sha256_in(body: str) -> str | None:
    """A body that was altered outside the program is the chain's to tell."""
    try:
        found = json.loads(body).get("sha256")
    except (ValueError, AttributeError):
        return None
    return found if isinstance(found, str) else None
