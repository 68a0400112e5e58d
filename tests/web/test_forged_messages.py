"""Hand-made websocket messages: a visitor without a browser sends what no widget offers. Refused with a sentence, nothing written."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from streamlit.proto.WidgetStates_pb2 import WidgetState

from pso_core.actions.sign_in import begin_session
from pso_core.store import Store
from pso_core.text.phrases import phrases
from pso_core.web.cookies import SESSION
from tests.apart import run_apart
from tests.bench.visitors import Hand
from tests.building import an_office, contents, lampang, person
from tests.servers import running

TH = phrases("th")
FORGED = {"4": "level_outside", "-1": "level_outside", "2.5": "not_whole", "สาม": "not_a_number"}


async def what_the_page_says(url: str, cookie: str) -> list[tuple[str, list[str]]]:
    """For each forged level: the errors on the page once Save was pressed."""
    said = []
    for value in FORGED:
        async with Hand(url, cookie) as tab:
            await tab.visit("step_6_assessment")
            await tab.send(WidgetState(id=tab.all("radio")[0].id, string_value=value))
            (save,) = [button for button in tab.all("button") if button.label == TH("page_assessment.save")]
            await tab.send(WidgetState(id=save.id, trigger_value=True))
            said.append((value, [alert.body for alert in tab.all("alert")]))
    return said


def test_a_level_that_no_widget_offers_is_refused_on_a_real_server(tmp_path: Path):
    database = tmp_path / "nine.duckdb"
    with an_office(database, now=datetime.now(UTC)) as office:
        example = lampang(office)
        cookie = f"{SESSION}={begin_session(office, person('facilitator').id)}"
        before = contents(office.store, example)
    with running(database) as server:
        said = run_apart(what_the_page_says, server.url, cookie)
    for value, alerts in said:
        assert TH(f"mistakes.{FORGED[value]}", value=value, top=3) in alerts
    store = Store.open(database)
    try:
        assert contents(store, example) == before
    finally:
        store.close()
