"""How it is kept: the only place that speaks SQL."""

from pso_core.store.backup import Copied, restore
from pso_core.store.contents import Content, contents_of
from pso_core.store.digest import START, Entry, digest_of_rows
from pso_core.store.finding import Finding
from pso_core.store.history import Change, RowChange
from pso_core.store.revisions import Redacted, Stale, Write, digest_of_change
from pso_core.store.store import Store, now_utc

__all__ = [
    "START", "Change", "Content", "Copied", "Entry", "Finding", "Redacted", "RowChange", "Stale", "Store", "Write", "contents_of", "digest_of_change",
    "digest_of_rows", "now_utc", "restore",
]  # fmt: skip
