"""Everything a page needs comes from this machine, however the program was started."""

from __future__ import annotations

import urllib.request
from pathlib import Path

import pytest

from tests.servers import STREAMLIT_RUN, UVICORN, running_cold

FACES = "async () => { await document.fonts.ready; return [...document.fonts].filter(f => f.status === 'loaded').map(f => f.family) }"


@pytest.mark.parametrize(("command", "folder"), [(UVICORN, None), (STREAMLIT_RUN, "elsewhere")], ids=["uvicorn", "streamlit run"])
def test_the_first_page_speaks_thai_in_our_own_font(command, folder, page, tmp_path: Path):
    where = {"folder": tmp_path} if folder else {}
    with running_cold(tmp_path / "nine.duckdb", command=command, **where) as server:
        page.goto(server.url)
        assert page.locator("html").get_attribute("lang") == "th"
        assert set(page.evaluate(FACES)) == {"Sarabun"}
        with urllib.request.urlopen(f"{server.url}/app/static/favicon.png", timeout=5) as icon:
            assert (icon.headers["content-type"], icon.read(8)) == ("image/png", b"\x89PNG\r\n\x1a\n")
