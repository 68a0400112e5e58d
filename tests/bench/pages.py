"""What a page costs: server CPU of a rerun against an empty page's, and how long fifty people wait."""

from __future__ import annotations

import asyncio
import statistics
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import psutil

from tests.bench.measured import Measured, percentile, ratio
from tests.bench.visitors import PageFailed, Tab, begin_example, crowd
from tests.servers import UVICORN, Server, running_cold

EMPTY = ["tests.bench.empty.app:app" if word == "streamlit_app:app" else word for word in UVICORN]
EMPTY_PAGE = "empty page"
ROUNDS = 6
RERUNS_A_ROUND, EMPTY_A_ROUND = 10, 50  # between two readings of the CPU clock, which ticks every 10 ms
AIM_STEP_PAGE = 8
OWN_PAGES = ("monday", "my_work")  # held to the same aim
AIM_WAIT = 100
VISITORS, THINK, RERUNS = 50, 5.0, 8


def measure(folder: Path) -> Iterator[Measured]:
    """Every page the facilitator finds in the menu, on the Lampang example."""
    with running_cold(folder / "nine.duckdb") as server, running_cold(folder / "empty.duckdb", command=EMPTY) as empty:
        cookie = begin_example(server.url)
        costs = asyncio.run(_costs(server, cookie, empty))
        nothing = costs.pop(EMPTY_PAGE)
        for address, cost in costs.items():
            aim = AIM_STEP_PAGE if address.startswith("step_") or address in OWN_PAGES else None
            yield ratio(f"rerun of {address or 'home'} ÷ empty page, server CPU", cost, nothing, unit="ms", aim=aim)
        yield _waiting(server, cookie, list(costs))
        if "Traceback" in server.said():
            raise PageFailed(server.said())


async def _costs(server: Server, cookie: str, empty: Server) -> dict[str, list[float]]:
    """CPU milliseconds a rerun, per page: all pages in turn, several rounds, so that a busy moment hits all alike."""
    costs: dict[str, list[float]] = defaultdict(list)
    async with Tab(server.url, cookie) as tab, Tab(empty.url) as blank:
        await tab.visit("")
        await blank.visit("")
        for _ in range(ROUNDS):
            costs[EMPTY_PAGE].append(await cost(blank, empty.pid, EMPTY_A_ROUND))
            for address in tab.pages:
                await tab.visit(address)
                costs[address].append(await cost(tab, server.pid, RERUNS_A_ROUND))
    return costs


async def cost(tab: Tab, pid: int, reruns: int) -> float:
    server = psutil.Process(pid)
    await tab.rerun()
    before = server.cpu_times()
    for _ in range(reruns):
        await tab.rerun()
    after = server.cpu_times()
    return (after.user + after.system - before.user - before.system) * 1000 / reruns


def _waiting(server: Server, cookie: str, addresses: list[str]) -> Measured:
    tabs = [(server.url, cookie, addresses[number % len(addresses)]) for number in range(VISITORS)]
    taken = [seconds * 1000 for seconds in asyncio.run(crowd(tabs, think=THINK, reruns=RERUNS))]
    how = f"median {statistics.median(taken):.0f} ms, longest {max(taken):.0f} ms, {len(taken)} reruns over all pages"
    return Measured(f"rerun, 95 of 100, {VISITORS} visitors at {THINK:g} s", percentile(taken, 0.95), "ms", AIM_WAIT, how)
