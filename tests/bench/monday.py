"""What the manager's page costs when the plan has 200 activities, half of them overdue, and every phase is late."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pso_core.actions.rows import Edit, save_rows
from pso_core.actions.schedule import approve_schedule, draft_schedule
from pso_core.actions.sign_in import begin_session
from pso_core.office import Office
from pso_core.web.cookies import SESSION
from tests.bench.measured import Measured, ratio
from tests.bench.pages import AIM_STEP_PAGE, EMPTY, EMPTY_A_ROUND, EMPTY_PAGE, OWN_PAGES, RERUNS_A_ROUND, ROUNDS, cost
from tests.bench.visitors import Tab
from tests.building import an_office, lampang, person
from tests.servers import Server, running_cold

ACTIVITIES = 200
OWNERS = ("p-member", "p-head", "p-facilitator")


def measure(folder: Path) -> Iterator[Measured]:
    with an_office(folder / "nine.duckdb", now=datetime.now(UTC)) as office:
        cookie = f"{SESSION}={_filled(office)}"
    with running_cold(folder / "nine.duckdb") as server, running_cold(folder / "empty.duckdb", command=EMPTY) as empty:
        costs = asyncio.run(_costs(server, cookie, empty))
        nothing = costs.pop(EMPTY_PAGE)
        for page, taken in costs.items():
            yield ratio(f"rerun of {page} with {ACTIVITIES} activities ÷ empty page, server CPU", taken, nothing, unit="ms", aim=AIM_STEP_PAGE)


def _filled(office: Office) -> str:
    """The head's token, in an office that works on Lampang with a schedule long over."""
    project, facilitator, today = lampang(office), person("facilitator"), office.today()
    state = office.store.state(project)
    start = {"direction": "from_start", "start": (today - timedelta(500)).isoformat()}
    draft_schedule(office, facilitator, project, start, state.seq)
    approve_schedule(office, person("head"), project, office.store.state(project).seq)
    edits = [
        Edit("activity", None, {"name": f"กิจกรรมที่ {n}", "owner": OWNERS[n % 3], "start": (today - timedelta(60)).isoformat(), "due": (today + timedelta(n % 40 - 20)).isoformat()})
        for n in range(ACTIVITIES)
    ]  # fmt: skip
    save_rows(office, facilitator, project, edits, office.store.state(project).seq)
    return begin_session(office, person("head").id)


async def _costs(server: Server, cookie: str, empty: Server) -> dict[str, list[float]]:
    costs: dict[str, list[float]] = {EMPTY_PAGE: [], **{page: [] for page in OWN_PAGES}}
    async with Tab(server.url, cookie) as tab, Tab(empty.url) as blank:
        await tab.visit("")
        await blank.visit("")
        for _ in range(ROUNDS):
            costs[EMPTY_PAGE].append(await cost(blank, empty.pid, EMPTY_A_ROUND))
            for page in OWN_PAGES:
                await tab.visit(page)
                costs[page].append(await cost(tab, server.pid, RERUNS_A_ROUND))
    return costs
