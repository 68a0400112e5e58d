"""When the database has stopped, the process ends with the code that means: start me again."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from pso_core.web.watch import STOPPED
from tests.servers import ROOT

CHILD = """
import sys, time
from pso_core.office import opened
from pso_core.web.watch import ending_when_broken
with opened(sys.argv[1]) as office, ending_when_broken(office.store):
    office.store.engine.broken = sys.argv[2] == "broken"
    time.sleep(float(sys.argv[3]))
"""


def ended(database: Path, state: str, seconds: float) -> subprocess.CompletedProcess:
    command = [sys.executable, "-c", CHILD, str(database), state, str(seconds)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, timeout=60, check=False)


def test_a_stopped_database_ends_the_process_and_says_so(database):
    child = ended(database, "broken", 30)
    assert child.returncode == STOPPED
    assert "ฐานข้อมูลหยุดทำงาน" in child.stderr.decode("utf-8")


def test_a_working_database_does_not(database):
    assert ended(database, "well", 2).returncode == 0


def test_the_starter_knows_the_same_code():
    assert f"DATABASE_STOPPED = {STOPPED} " in (ROOT / "nine_steps.py").read_text("utf-8")
