"""Secret addresses given to outside examiners, and the log of what was opened by them. Of a secret only its SHA-256 is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from pso_core.store.engine import Engine, Transaction
from pso_core.store.moments import as_read, as_stored
from pso_core.store.sessions import digest


@dataclass(frozen=True)
class ExaminerLink:
    """An address that shows one pack of one project until `expires_at`, or until it is revoked."""

    id: str
    project_id: str
    pack_id: str
    given_to: str
    made_by: str
    made_at: datetime
    expires_at: datetime
    revoked_at: datetime | None = None

    def is_open(self, now: datetime) -> bool:
        return self.revoked_at is None and now < self.expires_at


@dataclass(frozen=True)
class Access:
    """Something opened by a link. `place`: the path of a file in the pack or the id of an inquiry, else ""."""

    link_id: str
    opened_at: datetime
    what: str
    place: str


@dataclass(frozen=True)
class Use:
    """How often something was opened or asked by a link, and when last (None: never); how often a program only looked for a preview."""

    count: int
    last_at: datetime | None
    previews: int = 0


class ExaminerLinks:
    def __init__(self, engine: Engine):
        self._engine = engine

    def make(self, secret: str, link: ExaminerLink) -> None:
        values = [link.id, link.project_id, link.pack_id, link.given_to, link.made_by, as_stored(link.made_at), as_stored(link.expires_at)]
        with self._engine.transaction() as transaction:
            transaction.execute(f"INSERT INTO examiner_link ({_COLUMNS}, digest) VALUES ($1, $2, $3, $4, $5, $6, $7, NULL, $8)", [*values, digest(secret)])

    def find(self, secret: str) -> ExaminerLink | None:
        """The link of this secret, closed ones too; None when there never was one."""
        return self._one("digest = $1", digest(secret))

    def get(self, link_id: str) -> ExaminerLink | None:
        return self._one("link_id = $1", link_id)

    def of(self, project_id: str) -> tuple[ExaminerLink, ...]:
        """The newest first."""
        return tuple(map(_read, self._engine.read(f"SELECT {_COLUMNS} FROM examiner_link WHERE project_id = $1 ORDER BY made_at DESC, link_id", [project_id])))

    def revoke(self, link_id: str, now: datetime) -> None:
        with self._engine.transaction() as transaction:
            transaction.execute("UPDATE examiner_link SET revoked_at = $2 WHERE link_id = $1 AND revoked_at IS NULL", [link_id, as_stored(now)])

    def log(self, access: Access, most: int, since: datetime) -> bool:
        """Whether it was noted: not when the link has opened `most` such things since then."""
        with self._engine.transaction() as transaction:
            if _count(transaction, access, as_stored(since)) >= most:
                return False
            ((last,),) = transaction.read("SELECT coalesce(max(number), 0) FROM examiner_access WHERE link_id = $1", [access.link_id])
            values = [access.link_id, last + 1, as_stored(access.opened_at), access.what, access.place]
            transaction.execute("INSERT INTO examiner_access (link_id, number, opened_at, what, place) VALUES ($1, $2, $3, $4, $5)", values)
        return True

    def refused(self, link_id: str, place: str) -> None:
        """What was noted as asked under this id was not taken in: it stays in the log as tried."""
        with self._engine.transaction() as transaction:
            transaction.execute("UPDATE examiner_access SET what = $4 WHERE link_id = $1 AND what = $2 AND place = $3", [link_id, ASKED, place, REFUSED])

    def accesses(self, link_id: str, limit: int) -> tuple[Access, ...]:
        """The newest first."""
        sql = "SELECT link_id, opened_at, what, place FROM examiner_access WHERE link_id = $1 ORDER BY number DESC LIMIT $2"
        return tuple(Access(id_, as_read(at), what, place) for id_, at, what, place in self._engine.read(sql, [link_id, limit]))

    def uses(self, project_id: str) -> Mapping[str, Use]:
        """{link id: how often and when last}, without links that nobody and nothing has asked for."""
        rows = self._engine.read(
            "SELECT link_id, count(*) FILTER (WHERE what NOT IN ($2, $3, $4)), max(opened_at) FILTER (WHERE what NOT IN ($2, $3, $4)), count(*) FILTER (WHERE what = $2)"
            " FROM examiner_access"
            " WHERE link_id IN (SELECT link_id FROM examiner_link WHERE project_id = $1) GROUP BY link_id",
            [project_id, PREVIEWED, MISSING, REFUSED],
        )
        return {link_id: Use(count, as_read(last) if last else None, previews) for link_id, count, last, previews in rows}

    def asked_by(self, link_id: str) -> frozenset[str]:
        """Ids of what was asked by this link."""
        rows = self._engine.read("SELECT place FROM examiner_access WHERE link_id = $1 AND what = $2", [link_id, ASKED])
        return frozenset(place for (place,) in rows)

    def _one(self, condition: str, value: str) -> ExaminerLink | None:
        rows = self._engine.read(f"SELECT {_COLUMNS} FROM examiner_link WHERE {condition}", [value])
        return _read(rows[0]) if rows else None


ASKED = "asked"
REFUSED = "refused"  # was to be asked, and was not taken in
PREVIEWED = "previewed"  # by a program that was shown nothing
MISSING = "missing"  # was asked for, and is not in the pack
_COLUMNS = "link_id, project_id, pack_id, given_to, made_by, made_at, expires_at, revoked_at"


def _count(transaction: Transaction, access: Access, since: datetime) -> int:
    """Questions are counted by themselves, those that were refused too, and so is all that only reads. What is noted as of later is of a clock that was ahead."""
    alike = "IN" if access.what == ASKED else "NOT IN"
    sql = f"SELECT count(*) FROM examiner_access WHERE link_id = $1 AND opened_at > $2 AND opened_at <= $5 AND what {alike} ($3, $4)"
    return transaction.read(sql, [access.link_id, since, ASKED, REFUSED, as_stored(access.opened_at)])[0][0]


def _read(row: tuple) -> ExaminerLink:
    *texts, made_at, expires_at, revoked_at = row
    return ExaminerLink(*texts, as_read(made_at), as_read(expires_at), as_read(revoked_at) if revoked_at else None)
