"""What another process does to a database, run as `python -m tests.store.child WHAT PATH`; it tells in lines of JSON."""

from __future__ import annotations

import io
import json
import os
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

from pso_core.errors import PsoError
from pso_core.store import Store
from tests.store.rows import fill, opened_with, save, write


def tell(*said: Any) -> None:
    os.write(1, (json.dumps(said) + "\n").encode())


def write_until_killed(path: str) -> None:
    """Four people save as fast as they can; every acknowledged change is told after its commit has returned."""
    store = Store.open(path)
    store.engine.read("SET checkpoint_threshold = '64KB'")  # so that some are killed in the middle of a checkpoint

    def go_on(person: str) -> None:
        project, n = f"project-{person}", 0
        known = project in store.projects()
        revision = store.state(project).revision_of("vision") if known else 0
        while True:
            seq = save(store, write("vision", revision + n, text="ก" * 300), project=project, person_id=person)
            tell(project, seq, store.digest(project))
            n += 1

    for person in "abcd":
        threading.Thread(target=go_on, args=(person,)).start()


def hold(path: str) -> None:
    """Open it and stay."""
    store = Store.open(path)
    tell("open", os.getpid())
    time.sleep(600)
    store.close()


def try_to_open_as_nobody(path: str) -> None:
    """Root is stopped by no permission."""
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        os.setgid(65534)
        os.setuid(65534)
    try_to_open(path)


def try_to_open(path: str) -> None:
    try:
        Store.open(path).close()
        tell("opened")
    except PsoError as refusal:
        tell(refusal.code)


def meet_the_limit(path: str) -> None:
    """The file system refuses to let any file grow beyond 1 MiB; then it allows it again."""
    store = opened_with(path)
    save(store, write("vision", 0, text="ก"))
    allow = _file_size(2**20)
    try:
        save(store, write("vision", 1, text="ข" * 10**6))
    except PsoError as refusal:
        tell(refusal.code, store.broken, store.state("lampang").only("vision")["text"])
    allow()
    tell(save(store, write("vision", 1, text="ค")), [finding.code for finding in store.check()])


def meet_the_limit_in_a_checkpoint(path: str) -> None:
    """The database file itself cannot grow when DuckDB folds its log into it."""
    store = opened_with(path)
    fill(store, 40, letters=4000)
    acknowledged = store.state("lampang").seq
    _file_size(2**19)
    store.engine.read("SET checkpoint_threshold = '1KB'")
    codes = []
    for _ in range(2):
        try:
            save(store, write(f"task:{time.time_ns()}", 0, name="ก"))
        except PsoError as refusal:
            codes.append(refusal.code)
    tell(acknowledged, codes, store.broken, store.state("lampang").seq)


def put_slowly(path: str) -> None:
    """Half a file arrives, then nothing more."""
    store = Store.open(path)

    class Slow:
        blocks = [b"a" * 2**20] * 3

        def read(self, _: int) -> bytes:
            if self.blocks:
                return self.blocks.pop()
            tell("half", len(list(store.contents.folder.iterdir())))
            time.sleep(600)
            return b""

    store.contents.put(Slow(), 2**30)


def put_until_killed(path: str) -> None:
    """Two people send files as fast as they can; each is told after its put has returned."""
    store = Store.open(path)

    def go_on(person: int) -> None:
        for n in range(10**6):
            tell(store.contents.put(io.BytesIO(bytes([person, n % 256, n // 256]) * 300_000), 2**30).sha256)

    for person in (1, 2):
        threading.Thread(target=go_on, args=(person,)).start()


def put_beyond_the_limit(path: str) -> None:
    """The file system refuses to let any file grow beyond 1 MiB; then it allows it again."""
    store = Store.open(path)
    allow = _file_size(2**20)
    try:
        store.contents.put(io.BytesIO(b"a" * 2**22), 2**30)
    except PsoError as refusal:
        tell(refusal.code, list(store.contents.all()), [part.name for part in store.contents.folder.iterdir()])
    allow()
    tell(store.contents.put(io.BytesIO(b"a" * 2**22), 2**30).new)


def _file_size(most: int) -> Callable[[], None]:
    """Limit it for this process; returns how to lift that."""
    import resource  # POSIX only

    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, hard))
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))


if __name__ == "__main__":
    globals()[sys.argv[1]](sys.argv[2])
