"""Packs being made in the background: one at a time, told how far it is, stopped when somebody asks."""

from __future__ import annotations

import logging
import secrets
import threading
from dataclasses import dataclass, field

from pso_core.documents.apart import ended_when
from pso_core.domain.people import Person
from pso_core.errors import PsoError
from pso_core.office import Office
from pso_core.press.build import Order, make, order

KEPT = 50  # ended jobs remembered
_log = logging.getLogger(__name__)


class Stopped(Exception):
    """Somebody asked for it."""


@dataclass
class Job:
    """`state`: waiting · running · done · stopped · failed. `done` of `of` files are made. `pack_id` once it is done; `refusal` why it failed, None for a bug."""

    id: str
    order: Order
    person_id: str
    state: str = "waiting"
    done: int = 0
    of: int = 0
    pack_id: str = ""
    refusal: PsoError | None = None
    stopping: threading.Event = field(default_factory=threading.Event)

    @property
    def open(self) -> bool:
        return self.state in ("waiting", "running")

    def tick(self, done: int, of: int) -> None:
        self.done, self.of = done, of
        self.look()

    def look(self) -> None:
        if self.stopping.is_set():
            raise Stopped


class Press:
    """Any method may be called from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._one_at_a_time = threading.Lock()
        self._jobs: dict[str, Job] = {}

    def start(self, office: Office, actor: Person, project_id: str, language: str, thai_digits: bool) -> Job:
        """Begin a pack of the project as it stands. Refuses as `order` does, and pack_under_way."""
        job = Job(secrets.token_hex(8), order(office, actor, project_id, language, thai_digits), actor.id)
        with self._lock:
            if any(one.open and one.order.project_id == project_id for one in self._jobs.values()):
                raise PsoError("pack_under_way")
            self._jobs[job.id] = job
            for ended in [one.id for one in self._jobs.values() if not one.open][:-KEPT]:
                del self._jobs[ended]
        threading.Thread(target=self._run, args=(office, actor, job), name=f"pack {job.id}", daemon=True).start()
        return job

    def newest(self, project_id: str) -> Job | None:
        """The last one begun for this project since the program started."""
        with self._lock:
            return next((one for one in reversed(self._jobs.values()) if one.order.project_id == project_id), None)

    def stop(self, job: Job) -> None:
        """It ends before its next file, or soon in a file that is made in a process of its own; nothing of it is kept."""
        job.stopping.set()

    def stop_all(self, seconds: float = 10) -> None:
        """For the end of the program: what is under way ends and keeps nothing."""
        with self._lock:
            found = [one for one in self._jobs.values() if one.open]
        for one in found:
            one.stopping.set()
        if self._one_at_a_time.acquire(timeout=seconds):
            self._one_at_a_time.release()

    def _run(self, office: Office, actor: Person, job: Job) -> None:
        with self._one_at_a_time:
            try:
                job.tick(0, 0)
                job.state = "running"
                with ended_when(job.look):
                    job.pack_id = make(office, actor, job.order, job.tick).id
                job.state = "done"
            except Stopped:
                job.state = "stopped"
            except PsoError as refusal:
                job.refusal, job.state = refusal, "failed"
            except Exception:
                _log.exception("pack %s of project %s failed", job.id, job.order.project_id)
                job.state = "failed"


press = Press()
