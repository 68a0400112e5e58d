"""Times as the tables hold them: UTC, without a zone."""

from __future__ import annotations

from datetime import UTC, datetime


def as_stored(moment: datetime) -> datetime:
    """UTC without a zone, as the tables hold it. A time without a zone is a bug."""
    if moment.tzinfo is None:
        raise ValueError("a time without a zone")
    return moment.astimezone(UTC).replace(tzinfo=None)


def as_read(stored: datetime) -> datetime:
    return stored.replace(tzinfo=UTC)
