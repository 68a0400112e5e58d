"""What a submission pack costs: its time, the memory while a thousand files stream into it, and what others feel meanwhile."""

from __future__ import annotations

import io
import os
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psutil

from pso_core import standards
from pso_core.actions.evidence import AT_ONCE, planned, take_in
from pso_core.actions.rows import Edit, save_rows
from pso_core.office import Office
from pso_core.press.build import Order, make, order
from pso_core.store.packs import Pack
from tests.bench.measured import Measured, percentile, ratio
from tests.building import an_office, lampang, person, write

EVIDENCE, FILES, MEGABYTE = 200, 1_000, 2**20
COLD, WARM, MEMORY = 8.0, 3.0, 300.0  # seconds of CPU, seconds of CPU, megabytes
OUT = Path(__file__).parent / "out"
HEAD, MEMBER = person("head"), person("member")


def measure(folder: Path) -> Iterator[Measured]:
    with an_office(folder / "nine.duckdb") as office:
        project = lampang(office)
        _register(office, project, EVIDENCE)
        cold, pack = _made(office, project)
        again, _ = _made(office, project)
        write(office, project, "goal", office.store.state(project).of("goal")[0].id, text="เป้าหมายที่แก้หนึ่งข้อ")
        edited, _ = _made(office, project)
        yield Measured(f"Lampang's pack with {EVIDENCE} rows of evidence, first time, CPU", cold, "s", COLD, f"{pack.bytes / MEGABYTE:.1f} MB, {len(pack.files)} files")
        yield Measured("the same again, CPU", again, "s")
        yield Measured("after one edit, CPU", edited, "s", WARM)
        _keep(office, pack)
        yield from _felt(office, project)
        yield from _streamed(office, project)


def _register(office: Office, project: str, count: int) -> None:
    """Evidence that is on paper, so that its rows cost and no files do."""
    state = office.store.state(project)
    indicators, files = state.of("indicator"), state.of("file")
    edits = []
    for number in range(count):
        id_ = f"evidence:b{number:011d}"
        edits.append(Edit("evidence", id_, {"criterion": "coverage", "code": f"1-{number + 100}", "title": f"หลักฐานที่ {number} ของการประเมิน", "form": "paper", "file": files[number % len(files)].id}))
        edits.append(Edit("support", None, {"evidence": id_, "indicator": indicators[number % len(indicators)].id, "level": 1}))
    save_rows(office, MEMBER, project, edits, state.seq)


def _made(office: Office, project: str) -> tuple[float, Pack]:
    began = _worked()
    pack = make(office, HEAD, order(office, HEAD, project, "th", False))
    return _worked() - began, pack


def _worked() -> float:
    """Seconds of CPU, those of ended processes of ours among them."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def _keep(office: Office, pack: Pack) -> None:
    """Lampang's pack is left where the figures are, to be looked at."""
    OUT.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(office.store.contents.path_of(pack.content), OUT / "lampang.zip")


def _felt(office: Office, project: str) -> Iterator[Measured]:
    """How long a save of somebody else takes while a pack is being made, against when none is."""
    goal = office.store.state(project).of("goal")[0].id
    idle = [_save(office, project, goal, number) for number in range(40)]
    wanted = order(office, HEAD, project, "th", False)
    making = threading.Thread(target=lambda: make(office, HEAD, wanted))
    making.start()
    busy = []
    while making.is_alive():
        busy.append(_save(office, project, goal, len(busy) + 100))
    making.join()
    yield ratio("a save while a pack is made ÷ a save alone", busy, idle, unit="ms")
    yield Measured("the slowest of 20 such saves", percentile(busy, 0.95), "ms", None, f"{len(busy)} saves while it was made")


def _save(office: Office, project: str, goal: str, number: int) -> float:
    began = time.perf_counter()
    write(office, project, "goal", goal, text=f"เป้าหมาย {number}")
    return (time.perf_counter() - began) * 1000


def _streamed(office: Office, project: str) -> Iterator[Measured]:
    """The highest memory over that before, while a thousand files of a megabyte go into a pack."""
    names = [f"9-{number + 100} แฟ้มที่ {number}.txt" for number in range(FILES)]
    for start in range(0, FILES, AT_ONCE):
        some = names[start : start + AT_ONCE]
        contents = [(name, io.BytesIO(f"{name[:9]:9s}\n".encode() * (MEGABYTE // 12))) for name in some]
        take_in(office, MEMBER, project, contents, planned(office.store.state(project), standards.load(), some, "verifiability"))
    wanted: Order = order(office, HEAD, project, "th", False)
    here, highest, over = psutil.Process(), [0, 0], threading.Event()
    before = here.memory_info().rss

    def watch() -> None:
        while not over.wait(0.05):
            server = here.memory_info().rss
            highest[:] = max(highest[0], server), max(highest[1], server + _of_children(here))

    watching = threading.Thread(target=watch)
    watching.start()
    pack = make(office, HEAD, wanted)
    over.set()
    watching.join()
    server, whole = ((most - before) / MEGABYTE for most in highest)
    yield Measured(f"memory of the server over idle, {FILES} files of 1 MB in a pack", server, "MB", MEMORY, f"{len(pack.files)} files, {pack.bytes / MEGABYTE:.0f} MB")
    yield Measured("the same with the processes that set the report, one after another", whole, "MB", MEMORY, "for as long as they set")


def _of_children(process: psutil.Process) -> int:
    found = 0
    for child in process.children(recursive=True):
        with suppress(psutil.NoSuchProcess):  # it has ended meanwhile
            found += child.memory_info().rss
    return found
