"""What is pushed to a page of a project: one number and nothing else, soon, to whom it concerns, until they go."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from time import monotonic
from typing import Any

import anyio
import pytest
from anyio import to_thread

from pso_core.actions.sign_in import sign_out, sign_out_everywhere
from pso_core.domain.people import ROLES
from pso_core.domain.presence import LINE_LOST
from pso_core.office import Office
from pso_core.web import stream
from pso_core.web.cookies import SESSION
from pso_core.web.project_events import EVENTS, NUMBER, Hub, telling
from pso_core.web.stream import AT_LEAST, MOST_LINES
from tests.actions.conftest import Clock
from tests.apart import run_apart
from tests.building import an_empty_project, person, write
from tests.web.listening import SOON, Listener
from tests.web.rooms import Phone, an_office_with_staff

WRONG = [
    "", "project={project}", "project=nothing&page=tasks&visit=tab", "project=&page=tasks&visit=tab", "project={project}&page=people&visit=tab",
    "project={project}&page=tasks&visit=", "project={project}&page=tasks&visit=" + "x" * 65,
]  # fmt: skip
Listen = Callable[..., Awaitable[Listener]]


@pytest.fixture
def house(tmp_path: Path) -> Iterator[tuple[Office, Clock]]:
    with an_office_with_staff(tmp_path / "nine.duckdb") as made:
        yield made


@pytest.fixture
def project(office: Office) -> str:
    return an_empty_project(office)


def query(project: str, page: str = "tasks", visit: str = "tab") -> str:
    return f"project={project}&page={page}&visit={visit}"


def together(office: Office, act: Callable[[Hub, Listen], Awaitable[Any]]) -> Any:
    """Runs `act(hub, listen)` in an event loop of its own in which pages push."""

    async def run() -> Any:
        with telling(office) as hub:
            async with anyio.create_task_group() as group:

                async def listen(who: str, asked: str) -> Listener:
                    one = Listener(Phone().sign_in(office, who).scope(EVENTS, asked))
                    group.start_soon(one.run)
                    await one.hear(1)
                    return one

                result = await act(hub, listen)
                hub.close()
            return result

    return run_apart(run)


def numbers(one: Listener) -> list[int]:
    return [int(re.search(r"data: (\d+)$", message)[1]) for message in one.messages]


@pytest.mark.parametrize("path", [EVENTS, NUMBER])
def test_a_stranger_and_a_token_that_is_none_are_stopped_at_the_gate(office, project, path):
    for cookies in ({}, {SESSION: ("x" * 43, "/")}, {"room": ("x" * 43, "/")}):
        reply = Phone(cookies=cookies).get(f"{path}?{query(project)}", accept="text/event-stream")
        assert (reply.status, reply.body) == (401, "sign in first")
    assert office.store.presence.screens(project) == ()


def test_whatever_is_wrong_with_the_address_is_not_found(office, project):
    phone = Phone().sign_in(office, "administrator")
    for path in (EVENTS, NUMBER):
        for asked in WRONG:
            reply = phone.get(f"{path}?{asked.format(project=project)}")
            assert (path, asked, reply.status, reply.body, reply.header("cache-control")) == (path, asked, 404, "", "no-store")


@pytest.mark.parametrize("path", [EVENTS, NUMBER])
def test_the_tab_of_somebody_else_is_not_found_and_stays_theirs(office, project, path):
    office.store.presence.arrive("tab", "p-head", project, "tasks")
    assert Phone().sign_in(office, "administrator").get(f"{path}?{query(project)}").status == 404
    assert [one.person_id for one in office.store.presence.screens(project)] == ["p-head"]


@pytest.mark.parametrize("path", [EVENTS, NUMBER])
def test_whoever_signed_out_hears_nothing_more(office, project, path):
    phone = Phone().sign_in(office, "member")
    sign_out(office, phone.cookies[SESSION][0])
    assert phone.get(f"{path}?{query(project)}", accept="*/*").status == 401


@pytest.mark.parametrize("role", ROLES)
def test_whoever_signed_in_may_ask_for_the_number_where_nothing_is_pushed_and_is_there(office, project, role):
    reply = Phone().sign_in(office, role).get(f"{NUMBER}?{query(project)}")
    assert (reply.status, reply.body) == (200, str(office.store.presence.number(project, "tasks")))
    assert [one.person_id for one in office.store.presence.screens(project)] == [person(role).id]


def test_a_save_is_heard_within_a_second_at_its_page_and_at_no_other(office, project):
    async def act(hub, listen):
        here, elsewhere = await listen("member", query(project)), await listen("head", query(project, "certification", "other"))
        began = monotonic()
        await to_thread.run_sync(lambda: write(office, project, "task", tier="main", code="1.1", name="งาน"))
        await here.hear(2)
        took = monotonic() - began
        await anyio.sleep(2 * AT_LEAST)
        first, second = numbers(here)
        return second - first, took < SOON, len(elsewhere.messages)

    assert together(office, act) == (1, True, 1)


def test_a_page_that_is_worked_out_from_others_hears_of_them(office, project):
    async def act(hub, listen):
        one = await listen("member", query(project, "plan"))
        await to_thread.run_sync(lambda: write(office, project, "round", name="รอบที่ 1", opened_on="2026-11-23"))
        return len(await one.hear(2))

    assert together(office, act) == 2


def test_nothing_but_a_number_is_sent(office, project):
    async def act(hub, listen):
        one = await listen("member", query(project))
        office.store.presence.arrive("other", "p-head", project, "tasks")
        office.store.presence.write("other", "form", {("task:ลับ", "name")})
        await to_thread.run_sync(lambda: write(office, project, "task", tier="main", code="1.1", name="ความลับ"))
        await one.hear(2)
        await anyio.sleep(2 * AT_LEAST)
        return "".join(one.texts)

    assert re.sub(r"(retry: 2000\n)?data: \d+\n\n", "", together(office, act)) == ""


def test_other_projects_hear_nothing(office, project):
    async def act(hub, listen):
        one = await listen("member", query(an_empty_project(office)))
        await to_thread.run_sync(lambda: write(office, project, "task", tier="main", code="1.1", name="งาน"))
        office.store.presence.arrive("other", "p-head", project, "tasks")
        await anyio.sleep(2 * AT_LEAST)
        return len(one.messages)

    assert together(office, act) == 1


def test_who_writes_is_not_told_of_it_and_the_others_are(office, project):
    async def act(hub, listen):
        mine, other = await listen("member", query(project)), await listen("head", query(project, visit="other"))
        await mine.hear(2)  # of the other who came
        office.store.presence.write("tab", "form", {("task:1", "name")})
        await other.hear(2)
        await anyio.sleep(2 * AT_LEAST)
        return len(mine.messages), len(other.messages)

    assert together(office, act) == (2, 2)


def test_a_hundred_changes_in_a_moment_are_a_few_messages(office, project):
    async def act(hub, listen):
        one, began = await listen("member", query(project)), monotonic()
        for _ in range(100):
            office.store.presence.changed(project, "tasks")
            await anyio.sleep(0.005)
        took = monotonic() - began
        await anyio.sleep(2 * AT_LEAST)
        found = numbers(one)
        return found[-1] - found[0], len(found) - 1 <= took / AT_LEAST + 2

    assert together(office, act) == (100, True)


def test_who_closes_the_tab_is_gone_shortly_after_and_the_others_hear_of_it(house):
    office, clock = house
    project = an_empty_project(office)

    async def act(hub, listen):
        one, other = await listen("member", query(project)), await listen("head", query(project, visit="other"))
        await one.hear(2)
        other.go()
        with anyio.fail_after(SOON):
            await other.ended.wait()
        clock.now += LINE_LOST
        office.store.presence.sweep()  # as the hub does then
        await one.hear(3)
        return [screen.visit for screen in office.store.presence.screens(project)], hub.lines

    assert together(office, act) == (["tab"], 1)


def test_one_person_cannot_keep_more_than_a_few_streams_open(office, project):
    async def act(hub, listen):
        lines = [await listen("member", query(project, visit=f"tab{number}")) for number in range(MOST_LINES + 3)]
        await anyio.sleep(0.1)
        return [line.ended.is_set() for line in lines], hub.lines

    assert together(office, act) == ([True] * 3 + [False] * MOST_LINES, MOST_LINES)


def test_a_quiet_line_beats_and_ends_when_its_session_has(office, project, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(stream, "BEAT", 0.1)

    async def act(hub, listen):
        line = await listen("member", query(project))
        await anyio.sleep(0.35)
        beats = line.texts.count(stream.BEATS)
        await to_thread.run_sync(sign_out_everywhere, office, person("member"))
        with anyio.fail_after(SOON):
            await line.ended.wait()
        return beats

    assert together(office, act) >= 2


def test_a_busy_line_ends_when_its_session_has(office, project, monkeypatch: pytest.MonkeyPatch):
    """Nothing is ever quiet long enough for a beat."""
    monkeypatch.setattr(stream, "BEAT", 3 * stream.AT_LEAST)

    async def act(hub, listen):
        line = await listen("member", query(project))
        await to_thread.run_sync(sign_out_everywhere, office, person("member"))
        with anyio.fail_after(5 * stream.BEAT):
            while not line.ended.is_set():
                hub.changed(project, "tasks", "")
                await anyio.sleep(stream.AT_LEAST / 5)
        return stream.BEATS in "".join(line.texts)

    assert not together(office, act)


def test_every_line_ends_when_the_server_does(office, project):
    async def act(hub, listen):
        line = await listen("member", query(project))
        hub.close()
        with anyio.fail_after(SOON):
            await line.ended.wait()
        return (await listen("member", query(project))).ended.is_set() or hub.lines

    assert together(office, act) in (True, 0)
