"""When the database has stopped, the process ends with the code that means: start me again."""

from __future__ import annotations

import subprocess
import sys

from pso_core.web.watch import STOPPED
from tests.building import a_new_database
from tests.servers import ROOT

CHILD = """
import sys, time
from pso_core.office import opened
from pso_core.web.watch import ending_when_broken
with opened(sys.argv[1]) as office:
    with ending_when_broken(office.store):
        time.sleep(2)
    print("still there", flush=True)
    office.store.engine.broken = True
    with ending_when_broken(office.store):
        time.sleep(30)
"""


def test_a_database_that_works_ends_nothing_and_once_it_stopped_the_process_ends_and_says_so(database):
    a_new_database(database)
    child = subprocess.run([sys.executable, "-c", CHILD, str(database)], cwd=ROOT, capture_output=True, timeout=60, check=False)
    assert (child.stdout.split(), child.returncode) == ([b"still", b"there"], STOPPED)
    assert "ฐานข้อมูลหยุดทำงาน" in child.stderr.decode("utf-8")


def test_the_starter_knows_the_same_code():
    assert f"DATABASE_STOPPED = {STOPPED} " in (ROOT / "nine_steps.py").read_text("utf-8")
