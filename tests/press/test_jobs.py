"""Packs in the background: one at a time, seen to go on, stopped without a trace, and a failure is said."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest

from pso_core.errors import NotAllowed, PsoError
from pso_core.office import Office
from pso_core.press import jobs
from pso_core.press.jobs import Job, Press
from tests.building import an_empty_project, person

HEAD = person("head")


@pytest.fixture
def press() -> Iterator[Press]:
    made = Press()
    yield made
    made.stop_all(60)


@pytest.fixture
def held(monkeypatch) -> threading.Event:
    """Packs begin, tell of one file, and wait until this is set."""
    going_on, really = threading.Event(), jobs.make

    def slowly(office, actor, order, tick):
        tick(1, 8)
        going_on.wait(60)
        return really(office, actor, order, tick)

    monkeypatch.setattr(jobs, "make", slowly)
    return going_on


def until(job: Job, state: str) -> Job:
    for _ in range(1_200):
        if job.state == state:
            return job
        time.sleep(0.05)
    raise AssertionError(f"{job.state}, not {state}")


def leftovers(office: Office) -> list[str]:
    return [path.name for path in office.store.contents.folder.rglob("*") if path.is_file()]


def test_a_pack_is_made_while_one_goes_on_and_is_there_in_the_end(office, press):
    project = an_empty_project(office)
    job = press.start(office, HEAD, project, "th", False)
    until(job, "done")
    assert (press.newest(project), job.done, [pack.id for pack in office.store.packs.of(project)]) == (job, job.of, [job.pack_id])


def test_it_says_how_far_it_is_and_a_second_one_of_the_project_is_refused(office, press, held):
    project = an_empty_project(office)
    job = until(press.start(office, HEAD, project, "th", False), "running")
    while not job.done:
        time.sleep(0.01)
    with pytest.raises(PsoError, match="pack_under_way"):
        press.start(office, HEAD, project, "th", False)
    assert (job.done, job.of, job.open) == (1, 8, True)
    held.set()
    until(job, "done")


def test_another_project_waits_for_its_turn(office, press, held):
    first, second = an_empty_project(office), an_empty_project(office)
    one, other = until(press.start(office, HEAD, first, "th", False), "running"), press.start(office, HEAD, second, "th", False)
    time.sleep(0.2)
    assert other.state == "waiting"
    held.set()
    assert (until(one, "done").state, until(other, "done").state) == ("done", "done")


def test_one_that_is_stopped_leaves_nothing_and_can_be_begun_again(office, press, held):
    project = an_empty_project(office)
    job = until(press.start(office, HEAD, project, "th", False), "running")
    press.stop(job)
    held.set()
    until(job, "stopped")
    assert (office.store.packs.of(project), leftovers(office)) == ((), [])
    until(press.start(office, HEAD, project, "th", False), "done")


@pytest.mark.parametrize("too_full_for", ["contents", "engine"], ids=["the file", "its record"])
def test_when_the_disk_is_full_it_is_said_and_nothing_is_left(office, press, monkeypatch, too_full_for):
    project = an_empty_project(office)
    monkeypatch.setattr(getattr(office.store, too_full_for), "_room", 2**60)
    job = until(press.start(office, HEAD, project, "th", False), "failed")
    assert (job.refusal.code, office.store.packs.of(project), leftovers(office)) == ("disk_refused", (), [])


def test_a_bug_ends_in_the_log_and_not_in_silence(office, press, monkeypatch, caplog):
    monkeypatch.setattr(jobs, "make", lambda *_: 1 / 0)
    project = an_empty_project(office)
    job = until(press.start(office, HEAD, project, "th", False), "failed")
    assert (job.refusal, "ZeroDivisionError" in caplog.text, job.id in caplog.text) == (None, True, True)


def test_who_may_not_certify_begins_none(office, press):
    with pytest.raises(NotAllowed):
        press.start(office, person("member"), an_empty_project(office), "th", False)


def test_at_the_end_of_the_program_what_is_under_way_ends(office, press, held):
    project = an_empty_project(office)
    job = until(press.start(office, HEAD, project, "th", False), "running")
    held.set()
    press.stop_all(60)
    assert (job.open, office.store.packs.of(project) == () or job.state == "done") == (False, True)
