"""What is pushed from a workshop room: two counters and nothing else, soon, to whom it concerns, until they go."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from time import monotonic
from typing import Any

import anyio
import pytest
from anyio import to_thread

from pso_core.actions import workshop_joining, workshops
from pso_core.actions.sign_in import sign_out_everywhere
from pso_core.office import Office
from pso_core.web import stream
from pso_core.web.room_events import Hub, telling
from pso_core.web.stream import AT_LEAST, MOST_LINES
from tests.actions.conftest import Clock
from tests.apart import run_apart
from tests.building import person
from tests.web.listening import SOON, Listener
from tests.web.rooms import LEADER, Phone, Workshop, a_workshop, house, opening, workshop


def together(office: Office, act: Callable[[Hub, Callable[[Phone, str], Awaitable[Listener]]], Awaitable[Any]]) -> Any:
    """Runs `act(hub, listen)` in an event loop of its own in which rooms push."""

    async def run() -> Any:
        with telling(office) as hub:
            async with anyio.create_task_group() as group:

                async def listen(phone: Phone, query: str = "") -> Listener:
                    one = Listener(phone.scope("/room/events", query))
                    group.start_soon(one.run)
                    await one.hear(1)
                    return one

                result = await act(hub, listen)
                hub.close()
            return result

    return run_apart(run)


def leader_of(workshop: Workshop) -> tuple[Phone, str]:
    return Phone().sign_in(workshop.office, "facilitator"), f"room={workshop.id}"


def numbers(messages: list[str]) -> list[tuple[int, int]]:
    return [tuple(map(int, re.search(r"data: (\d+)\.(\d+)$", one).groups())) for one in messages]


def test_every_screen_hears_a_phase_within_a_second(workshop: Workshop):
    workshop.ask(workshops.Asked("phrases", "ถาม", ()))
    phone = workshop.phone()

    async def act(hub, listen):
        both = [await listen(phone), await listen(*leader_of(workshop))]
        began = monotonic()
        await to_thread.run_sync(workshop.move, "open")
        return [numbers(await one.hear(2)) for one in both], monotonic() - began

    heard, took = together(workshop.office, act)
    assert ([[number for number, _ in one] for one in heard], took < SOON) == ([[2, 3], [2, 3]], True)


def test_nothing_but_two_counters_is_sent(workshop: Workshop):
    opening(workshop)
    phone, other = workshop.phone(), workshop.phone()

    async def act(hub, listen):
        both = [await listen(phone), await listen(*leader_of(workshop))]
        await to_thread.run_sync(workshops.hand_over, workshop.office, LEADER, workshop.id, person("head"))
        await to_thread.run_sync(workshop.office.store.workshops.set_state, workshop.id, "nobody", "in")
        for one in both:
            await one.hear(2)
        return "".join(text for one in both for text in one.texts)

    workshop.send(other, {"level": "3", "reason": "ความลับ"})
    assert re.sub(r"(retry: 2000\n)?(event: own\n)?data: \d+\.\d+\n\n", "", together(workshop.office, act)) == ""


def test_an_answer_moves_the_count_for_the_leader_and_wakes_no_phone(workshop: Workshop):
    opening(workshop)
    phone, other = workshop.phone(), workshop.phone()

    async def act(hub, listen):
        mine, leader = await listen(phone), await listen(*leader_of(workshop))
        await to_thread.run_sync(workshop.send, other)
        told = numbers(await leader.hear(2))
        await anyio.sleep(2 * AT_LEAST)
        return told, len(mine.messages)

    told, of_phone = together(workshop.office, act)
    assert (told[1][0] - told[0][0], told[1][1] - told[0][1], of_phone) == (0, 1, 1)


def test_a_hundred_answers_in_a_moment_are_a_few_messages(workshop: Workshop):
    async def act(hub, listen):
        leader, began = await listen(*leader_of(workshop)), monotonic()
        for _ in range(100):
            hub.told(workshop.id)
            await anyio.sleep(0.005)
        took = monotonic() - began
        await anyio.sleep(2 * AT_LEAST)
        return numbers(leader.messages), took

    heard, took = together(workshop.office, act)
    assert (heard[-1][1] - heard[0][1], len(heard) - 1 <= took / AT_LEAST + 2) == (100, True)


def test_a_guest_hears_of_their_own_admission_and_of_being_let_go_and_then_no_more(workshop: Workshop):
    guest = Phone()
    guest.get(workshop.door)
    guest.post(workshop.door, {"as": "guest", "guest": "แขก"})
    one = workshop.office.store.workshops.participants(workshop.id)[0]

    async def act(hub, listen):
        line = await listen(guest)
        await to_thread.run_sync(workshop_joining.admit, workshop.office, LEADER, workshop.id, one.id)
        await line.hear(2)
        await anyio.sleep(AT_LEAST)
        await to_thread.run_sync(workshop_joining.let_go, workshop.office, LEADER, workshop.id, one.id)
        await line.hear(3)
        with anyio.fail_after(SOON):
            await line.ended.wait()
        return line.messages, hub.lines(workshop.id)

    messages, open_lines = together(workshop.office, act)
    assert ([message.startswith("event: own\n") for message in messages], open_lines) == ([False, True, True], 0)


def test_other_rooms_hear_nothing(house: tuple[Office, Clock], workshop: Workshop):
    phone, other = workshop.phone(), opening(a_workshop(*house))

    async def act(hub, listen):
        line = await listen(phone)
        await to_thread.run_sync(other.move, "closed")
        await anyio.sleep(2 * AT_LEAST)
        return len(line.messages)

    assert together(workshop.office, act) == 1


def test_a_browser_that_goes_is_forgotten(workshop: Workshop):
    phone = workshop.phone()

    async def act(hub, listen):
        lines = [await listen(phone), await listen(phone)]
        before = hub.lines(workshop.id)
        for line in lines:
            line.go()
            with anyio.fail_after(SOON):
                await line.ended.wait()
        return before, hub.lines(workshop.id)

    assert together(workshop.office, act) == (2, 0)


def test_one_phone_cannot_keep_more_than_a_few_streams_open(workshop: Workshop):
    phone = workshop.phone()

    async def act(hub, listen):
        lines = [await listen(phone) for _ in range(MOST_LINES + 3)]
        await anyio.sleep(0.1)
        return [line.ended.is_set() for line in lines], hub.lines(workshop.id)

    assert together(workshop.office, act) == ([True] * 3 + [False] * MOST_LINES, MOST_LINES)


def test_a_quiet_line_beats_and_ends_when_its_session_has(workshop: Workshop, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(stream, "BEAT", 0.1)
    member = Phone().sign_in(workshop.office, "member")

    async def act(hub, listen):
        line = await listen(member, f"room={workshop.id}")
        await anyio.sleep(0.35)
        beats = line.texts.count(":\n\n")
        await to_thread.run_sync(sign_out_everywhere, workshop.office, person("member"))
        with anyio.fail_after(SOON):
            await line.ended.wait()
        return beats

    assert together(workshop.office, act) >= 2


def test_every_line_ends_when_the_server_does(workshop: Workshop):
    phone = workshop.phone()

    async def act(hub, listen):
        lines = [await listen(phone), await listen(*leader_of(workshop))]
        hub.close()
        with anyio.fail_after(SOON):
            for line in lines:
                await line.ended.wait()
        return (await listen(phone)).ended.is_set() or hub.lines(workshop.id)

    assert together(workshop.office, act) in (True, 0)


@pytest.mark.parametrize("query", ["", "room=", "room=x", "room={id}"])
def test_who_is_not_in_and_not_signed_in_hears_nothing(workshop: Workshop, query: str):
    stranger = Phone()
    for path in ("/room/events", "/room/version"):
        reply = stranger.get(f"{path}?{query.format(id=workshop.id)}")
        assert (reply.status, reply.body) == (403, "")


def test_the_version_can_be_asked_for_where_nothing_is_pushed(workshop: Workshop):
    opening(workshop)
    phone = workshop.phone()

    async def act(hub, listen):
        found = []
        for scope in (phone.scope("/room/version"), leader_of(workshop)[0].scope("/room/version", f"room={workshop.id}")):
            one = Listener(scope)
            await one.run()
            found.append((one.status, "".join(one.texts)))
        return found

    assert together(workshop.office, act) == [(200, "3.0")] * 2
