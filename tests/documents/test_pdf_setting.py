"""A long report is set in a process of its own: the same bytes, and its memory is given back."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import psutil
import pytest

from pso_core.documents import blocks as b
from pso_core.documents.apart import ended_when
from pso_core.documents.pdf import pdf_file
from pso_core.documents.pdf_setting import DATA, LONG, MAIN, set_apart, set_from, set_here
from tests.documents.small import ABOUT

MADE_AT = datetime(2026, 11, 23)
MEGABYTE = 2**20


def report_in(folder: Path, text: str, template: str = '#set document(title: json("data.json"))\n#json("data.json")') -> Path:
    (folder / DATA).write_text(f'"{text}"', "utf-8")
    (folder / MAIN).write_text(template, "utf-8")
    return folder


def test_it_is_the_same_bytes_wherever_it_is_set(tmp_path):
    folder = report_in(tmp_path, "abc", '#set document(title: "abc")\n#set text(font: "Sarabun", lang: "th")\n#json("data.json") ที่ซึ่งน้ำ')
    assert set_apart(folder, MADE_AT) == set_here(folder, MADE_AT)


def test_what_is_wrong_with_a_report_is_told_from_there(tmp_path):
    with pytest.raises(RuntimeError, match="no-such-function"):
        set_apart(report_in(tmp_path, "abc", "#no-such-function()"), MADE_AT)


def test_whoever_stops_it_need_not_wait_until_it_is_set(tmp_path):
    class Enough(Exception):
        pass

    others = set(psutil.Process().children())

    def look() -> None:
        if set(psutil.Process().children()) - others:
            raise Enough

    endless = report_in(tmp_path, "abc", "#let n = 0\n#while true { n += 1; if n > 100000000 { break } }")
    with pytest.raises(Enough), ended_when(look):
        set_apart(endless, MADE_AT)
    assert set(psutil.Process().children()) <= others


def test_where_no_process_may_be_begun_it_is_set_here(tmp_path, monkeypatch):
    folder = report_in(tmp_path, "abc", '#set text(font: "Sarabun", lang: "th")\n#set document(title: "abc")\n#json("data.json")')
    monkeypatch.setattr("pso_core.documents.apart.subprocess.Popen", refused)
    assert set_apart(folder, MADE_AT) == set_here(folder, MADE_AT)


def refused(*_: object, **__: object) -> None:
    raise PermissionError


def test_only_a_long_one_is_set_apart(tmp_path):
    wrong = "#no-such-function()"
    with pytest.raises(RuntimeError, match=r"\Aunknown variable"):
        set_from(report_in(tmp_path, "a", wrong), MADE_AT)
    with pytest.raises(RuntimeError, match=r"\Athe report could not be set: badly"):
        set_from(report_in(tmp_path, "a" * LONG, wrong), MADE_AT)


def test_a_long_report_leaves_next_to_nothing_in_the_memory_of_the_server():
    pdf_file((b.Heading("ก", 1),), ABOUT, thai_digits=False)
    rows = tuple(tuple(f"ข้อความ {row} ในช่อง {column}" for column in range(6)) for row in range(900))
    before = psutil.Process().memory_info().rss
    content = pdf_file((b.Heading("ก", 1), b.Table(("ช่อง",) * 6, rows, (1,) * 6)), ABOUT, thai_digits=False)
    assert content.startswith(b"%PDF")
    assert psutil.Process().memory_info().rss - before < 60 * MEGABYTE
