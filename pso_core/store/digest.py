"""The chain: every change carries a SHA-256 over the change before it, itself and the hashes of its bodies."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

START = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a change says of itself. `occurred_at` knows its time zone."""

    person_id: str
    action: str
    occurred_at: datetime
    session_id: str = ""
    reason: str = ""


def canonical(value: Any) -> str:
    """One text for one value: sorted keys, no spaces, no escapes that need not be."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def body_text(body: Mapping[str, Any] | None) -> str:
    """A body as it is stored; empty for a removed row."""
    return "" if body is None else canonical(dict(body))


def digest_of_rows(bodies: Mapping[str, Mapping[str, Any]]) -> str:
    """What some rows say: {entity id: body}. Absent values are left out, so that a field added to a kind later changes nothing."""
    said = {entity_id: {name: value for name, value in body.items() if value not in (None, {})} for entity_id, body in bodies.items()}
    return hash_of(canonical(said))


def hash_of(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def digest_of(
    previous: str, seq: int, entry: Entry, rows: Iterable[tuple[str, int, str, bool, str]], redactions: Iterable[tuple[str, int]] = ()
) -> str:
    """Digest of a change. `rows`: (entity id, revision, kind, removed, body hash); `redactions`: (entity id, revision).

    The project's id is not part of it, so an imported copy of a project keeps its digests.
    """
    when = entry.occurred_at.astimezone(UTC).isoformat(timespec="microseconds")
    said = [seq, when, entry.person_id, entry.action, entry.session_id, entry.reason]
    return hash_of(canonical([previous, said, sorted(map(list, rows)), sorted(map(list, redactions))]))
