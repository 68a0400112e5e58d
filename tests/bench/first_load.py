"""What the first visit costs a browser: bytes over the network, and time until the page stands."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.bench.measured import Measured
from tests.bench.visitors import begin_example
from tests.browser.conftest import ARGUMENTS, find_chromium
from tests.browser.waiting import visit
from tests.servers import running_cold


def measure(folder: Path) -> Iterator[Measured]:
    """Home on the Lampang example, with an empty cache and once more with a full one."""
    with running_cold(folder / "nine.duckdb") as server, sync_playwright() as playwright:
        name, _, value = begin_example(server.url).partition("=")
        browser = playwright.chromium.launch(executable_path=find_chromium(playwright), args=list(ARGUMENTS))
        context = browser.new_context(locale="th-TH", timezone_id="Asia/Bangkok")
        context.add_cookies([{"name": name, "value": value.partition(";")[0], "url": server.url}])
        for what in ("first load", "load again"):
            page = context.new_page()
            received = _count_bytes(page)
            began = time.perf_counter()
            visit(page, server.url)
            yield Measured(f"{what} of home in the browser", time.perf_counter() - began, "s")
            yield Measured(f"{what} of home, over the network", sum(received) / 2**20, "MiB", how=f"{len(received)} answers")
            page.close()
        browser.close()


def _count_bytes(page: Page) -> list[int]:
    """Grows while the page loads; what comes from the browser's own cache counts nothing."""
    received: list[int] = []
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    return received
