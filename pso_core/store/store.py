"""The store: one database, the newest state of its projects in memory, and everyone who wants to know of changes."""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from pso_core.domain.rows import ProjectState, Row
from pso_core.errors import DamagedFile, NotFound, PsoError
from pso_core.store import history, revisions, views
from pso_core.store.attachments import forget_unneeded, named_in
from pso_core.store.backup import Copied, backup
from pso_core.store.calendar_addresses import CalendarAddresses
from pso_core.store.check import check
from pso_core.store.contents import Contents, contents_of
from pso_core.store.digest import Entry
from pso_core.store.drafts import Drafts
from pso_core.store.duckdb_engine import DuckDBEngine
from pso_core.store.engine import Duplicate, Engine, Transaction
from pso_core.store.examiner_links import ExaminerLinks
from pso_core.store.files import refused
from pso_core.store.finding import Finding
from pso_core.store.history import Change, Head
from pso_core.store.mail import MailChoices, SentMail
from pso_core.store.migrate import migrate
from pso_core.store.packs import Packs
from pso_core.store.people import People
from pso_core.store.person_events import PersonEvents
from pso_core.store.presence import Presence
from pso_core.store.revisions import Standing, Write
from pso_core.store.sessions import Sessions
from pso_core.store.settings import Settings
from pso_core.store.sign_in_failures import SignInFailures
from pso_core.store.witness import Line, Witness
from pso_core.store.workshops import Workshops

KEPT_IN_MEMORY = 256
TRIES = 3

Planned = Sequence[Write] | Callable[[ProjectState], Sequence[Write]]
Recorded = tuple[Entry, Sequence[Write], Sequence[tuple[str, int]]]  # the last: redactions, as in history.Change
Check = Callable[[ProjectState, ProjectState], None]
Subscriber = Callable[[str, int], None]

_log = logging.getLogger(__name__)


def now_utc() -> datetime:
    return datetime.now(UTC)


class Store:
    """Any method may be called from any thread. `broken`: a fault that only a restart of the process mends. `contents`: of attached files.

    `findings` is what the witness said against the database when it was opened.
    """

    def __init__(self, engine: Engine, clock: Callable[[], datetime] = now_utc):
        self.engine = engine
        self.people, self.person_events = People(engine), PersonEvents(engine)
        self.sessions, self.sign_in_failures = Sessions(engine), SignInFailures(engine)
        self.settings, self.drafts = Settings(engine), Drafts(engine)
        self.calendar_addresses, self.mail_choices, self.sent_mail = CalendarAddresses(engine), MailChoices(engine), SentMail(engine)
        self.packs, self.examiner_links, self.contents = Packs(engine), ExaminerLinks(engine), Contents(contents_of(engine.path))
        self.workshops, self.presence = Workshops(engine), Presence(clock)
        self.contents.sweep()
        self._clock = clock
        self._witness = Witness(engine)
        self.findings: tuple[Finding, ...] = self._witness.found
        self._committing = threading.RLock()  # so that a commit inside a check fails loudly instead of waiting for itself
        self._remembering = threading.Lock()
        self._standings: OrderedDict[str, Standing] = OrderedDict()
        self._projects: tuple[str, ...] | None = None
        self._created = 0
        self._subscribers: list[Subscriber] = []

    @classmethod
    def open(
        cls, path: Path | str, *, clock: Callable[[], datetime] = now_utc, kinds: Iterable[tuple[str, views.Columns]] = ()
    ) -> Store:
        """Open or create a database, bring it up to date, make the views of `kinds` (see views.create).

        Refuses database_in_use, database_newer, database_foreign, database_damaged, database_unwritable,
        folder_unwritable, disk_refused.
        """
        path = Path(path)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as fault:
            raise refused(fault, PsoError("database_unwritable", file=path.name)) from fault
        engine = DuckDBEngine(path)
        try:
            migrate(engine, clock())
            views.create(engine, kinds)
            return cls(engine, clock)
        except BaseException:
            engine.close()
            raise

    @property
    def broken(self) -> bool:
        return self.engine.broken

    def close(self) -> None:
        with self._committing:
            self._witness.close()
            self.engine.close()

    def state(self, project_id: str) -> ProjectState:
        """The project now. Refuses project_not_found."""
        return self._existing(project_id).state

    def digest(self, project_id: str) -> str:
        """The digest that the project's history ends with now: printed on packs, it vouches for all before it."""
        return self._existing(project_id).digest

    def as_of(self, project_id: str, seq: int) -> ProjectState:
        """The project as it stood after change `seq`. Refuses change_not_found."""
        now = self.state(project_id)
        if not 1 <= seq <= now.seq:
            raise NotFound("change_not_found", seq=seq)
        return now if seq == now.seq else revisions.state_after(self.engine, project_id, seq)

    def projects(self) -> tuple[str, ...]:
        """Ids of all projects, oldest first."""
        if (known := self._projects) is not None:
            return known
        created = self._created
        rows = self.engine.read("SELECT project_id FROM change WHERE seq = 1 ORDER BY occurred_at, project_id")
        known = tuple(project_id for (project_id,) in rows)
        with self._remembering:
            if created == self._created:
                self._projects = known
        return known

    def heads(self) -> dict[str, Head]:
        """The newest change of every project, oldest project first."""
        return history.heads(self.engine)

    def everywhere(self, entity_id: str) -> dict[str, Row]:
        """project → the row of this id (such as "agency"), in each project that has one; without reading the rest."""
        return revisions.everywhere(self.engine, entity_id)

    def commit(
        self, project_id: str, writes: Planned, *, person_id: str, action: str,
        session_id: str = "", reason: str = "", occurred_at: datetime | None = None, check: Check | None = None,
    ) -> int:  # fmt: skip
        """Write one change, durable on return; its seq. Without writes nothing is written.

        `writes` may be a function of the state that the change will follow. `check(before, after)` may raise, and so
        undo all; both run while other writers wait. Raises Stale; refuses disk_refused, database_stopped.
        """
        entry = Entry(person_id, action, occurred_at or self._clock(), session_id, reason)

        def change(transaction: Transaction, before: Standing) -> Standing:
            planned = writes(before.state) if callable(writes) else writes
            return revisions.append(transaction, before, entry, planned) if planned else before

        return self._append(project_id, change, check).state.seq

    def replay(self, project_id: str, changes: Iterable[Recorded], *, digest: str | None = None, check: Check | None = None) -> str:
        """Write many changes at once, all or none: a project arriving with its history. The digest it ends with.

        Refuses history_altered when that is not `digest`.
        """
        changes = list(changes)

        def all_of_them(transaction: Transaction, standing: Standing) -> Standing:
            for entry, writes, redactions in changes:
                standing = revisions.append(transaction, standing, entry, writes, redactions)
            if digest not in (None, standing.digest):
                raise DamagedFile("history_altered")
            return standing

        return self._append(project_id, all_of_them, check).digest

    def redact(self, project_id: str, entity_id: str, revision: int, *, person_id: str, reason: str) -> int:
        """Empty the body of an earlier revision; its hash stays, who and why are a change of their own. The change's seq.
        A file that only this revision named is gone as well.

        Refuses redact_newest: the row is first saved again without what must go. Refuses nothing_to_redact: no such revision, or nothing in it.
        """
        entry = Entry(person_id, "redact", self._clock(), reason=reason)

        def change(transaction: Transaction, before: Standing) -> Standing:
            return revisions.redact(transaction, before, entry, entity_id, revision)

        content = named_in(self.engine, project_id, entity_id, revision)
        seq = self._append(project_id, change, None).state.seq
        if content:
            forget_unneeded(self.engine, self.contents, content)
        return seq

    def history(
        self, project_id: str, *, entity_id: str | None = None, kinds: Collection[str] | None = None,
        before_seq: int | None = None, limit: int | None = 50,
    ) -> list[Change]:  # fmt: skip
        """Newest first; `limit` None: all of them. With `entity_id` or `kinds` only changes that touched such rows, and of each only those rows."""
        return history.history(self.engine, project_id, entity_id=entity_id, kinds=kinds, before_seq=before_seq, limit=limit)

    def written_with(self, project_id: str, kind: str, action: str) -> dict[str, frozenset[str]]:
        """{row of this kind: the rows of other kinds that the same changes wrote}, of changes by this action."""
        return history.written_with(self.engine, project_id, kind, action)

    def first_events(self, project_id: str, without: Collection[str] = ()) -> dict[str, tuple[int, datetime]]:
        """{kind: (seq, when) of the first change that touched such a row}, leaving out changes by these actions."""
        return history.first_events(self.engine, project_id, without)

    def times(self, project_id: str, seqs: Collection[int]) -> dict[int, datetime]:
        """{seq: when that change was made}"""
        return history.times(self.engine, project_id, seqs)

    def check(self) -> tuple[Finding, ...]:
        """Recompute every digest; see check.check."""
        return check(self.engine, self.contents)

    def backup(self, target: Path | str) -> Copied:
        """A checked copy while people work, with the attached files; see backup.backup."""
        return backup(self.engine, self.contents, target)

    def subscribe(self, fn: Subscriber) -> Callable[[], None]:
        """`fn(project_id, seq)` after every commit, in the thread that committed. Returns how to end it."""
        self._subscribers.append(fn)
        return lambda: self._subscribers.remove(fn)

    def _existing(self, project_id: str) -> Standing:
        known = self._standing(project_id)
        if not known.state.seq:
            raise NotFound("project_not_found")
        return known

    def _standing(self, project_id: str) -> Standing:
        with self._remembering:
            if project_id in self._standings:
                self._standings.move_to_end(project_id)
                return self._standings[project_id]
        return self._remember(revisions.standing(self.engine, project_id))

    def _remember(self, standing: Standing) -> Standing:
        """Keeps the newer of what is known; a reader may come late with what it read before a commit."""
        project_id = standing.state.project_id
        if not standing.state.seq:
            return standing
        with self._remembering:
            known = self._standings.get(project_id)
            if known is None or known.state.seq < standing.state.seq:
                self._standings[project_id] = known = standing
            while len(self._standings) > KEPT_IN_MEMORY:
                self._standings.popitem(last=False)
        return known

    def _append(self, project_id: str, change: Callable[..., Standing], check: Check | None) -> Standing:
        for tries_left in reversed(range(TRIES)):
            try:
                with self._committing:
                    before, after = self._committed(project_id, change, check)
                break
            except Duplicate:  # another process of this database was first; impossible with DuckDB
                if not tries_left:
                    raise
                with self._remembering:
                    self._standings.pop(project_id, None)
        if after.state.seq > before.state.seq:
            self._publish(project_id, after.state.seq)
        return after

    def _committed(self, project_id: str, change: Callable[..., Standing], check: Check | None) -> tuple[Standing, Standing]:
        with self.engine.transaction() as transaction:
            before = self._standing(project_id)
            after = change(transaction, before)
            if check:
                check(before.state, after.state)
        if after is not before:
            self._remember(after)
            self._witness.append(Line(project_id, after.state.seq, after.digest))
            if not before.state.seq:
                self._forget_projects()
        return before, after

    def _forget_projects(self) -> None:
        with self._remembering:
            self._created += 1
            self._projects = None

    def _publish(self, project_id: str, seq: int) -> None:
        for tell in tuple(self._subscribers):
            try:
                tell(project_id, seq)
            except Exception:
                _log.exception("a subscriber failed after change %s of %s", seq, project_id)
