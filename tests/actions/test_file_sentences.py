"""What is said of a mistake in a project file: in the words of the file, not in those of Python."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from pso_core.actions.projects import EXAMPLES, import_project
from pso_core.errors import Mistakes
from pso_core.office import Office
from pso_core.steps.naming import Told, mistake_sentence
from pso_core.text.phrases import phrases
from tests.building import an_office, person

LAMPANG = json.loads((EXAMPLES / "lampang" / "project.json").read_bytes())
LAMPANG["rows"] = [row for row in LAMPANG["rows"] if row["kind"] in ("project", "division", "mission", "task", "activity")]  # of others nothing is said
Change = Callable[[dict[str, Any]], Any]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with an_office(tmp_path_factory.mktemp("office") / "nine.duckdb", people=(person("administrator"),)) as opened:
        yield opened


def first(kind: str, **values: Any) -> Change:
    """In the body of the first row of this kind."""
    return lambda file: next(row for row in file["rows"] if row["kind"] == kind)["body"].update(values)


SENTENCES = {
    "only spaces": (first("activity", expected_result="  "), "ช่องนี้ว่างหรือมีแต่ช่องว่าง หากไม่มีค่า ให้เขียน “null”"),
    "only spaces in a mission": (first("mission", text="   "), "ต้องกรอกช่องนี้"),
    "true": (first("task", points=True), "“true” ไม่ใช่ตัวเลข โปรดพิมพ์เป็นตัวเลข เช่น 3 หรือ ๓"),
    "true as a text": (first("task", points="True"), "“True” ไม่ใช่ตัวเลข โปรดพิมพ์เป็นตัวเลข เช่น 3 หรือ ๓"),
    "false for a date": (first("activity", start=False), "อ่านวันที่ “false” ไม่ได้ ตัวอย่างที่ใช้ได้: 9 ต.ค. 2544 หรือ 9/10/2544"),
    "a lift of true": (first("activity", lifts={"speed": True}), "“true” ไม่ใช่ตัวเลข โปรดพิมพ์เป็นตัวเลข เช่น 3 หรือ ๓"),
    "no lift where an object belongs": (first("activity", lifts=None), "ไม่ได้เขียนอย่างที่โปรแกรมเก็บ ควรเป็น “{}”"),
    "no standard": (lambda file: file.update(standard=None), "ไม่มีมาตรฐาน “null” ในโปรแกรมนี้"),
    "a thousand digits": (first("task", points=10**1000), f"ตัวเลข 1{'0' * 38}… มากเกินกว่าที่ระบบรับได้ โปรดพิมพ์ไม่เกิน 15 หลัก"),
}


@pytest.mark.parametrize(("change", "sentence"), SENTENCES.values(), ids=SENTENCES)
def test_a_mistake_is_told_in_the_words_of_the_file(office: Office, change: Change, sentence: str):
    file = copy.deepcopy(LAMPANG)
    change(file)
    assert sentence in told(office, json.dumps(file))


def test_a_number_longer_than_python_reads_is_too_large_too(office: Office):
    text = json.dumps(LAMPANG).replace('"points": 2,', f'"points": {"9" * 100_000},', 1)
    assert told(office, text) == [f"ตัวเลข {'9' * 39}… มากเกินกว่าที่ระบบรับได้ โปรดพิมพ์ไม่เกิน 15 หลัก"]


def told(office: Office, text: str) -> list[str]:
    """The sentence of every mistake, in Thai."""
    with pytest.raises(Mistakes) as refusal:
        import_project(office, person("administrator"), text.encode())
    return [mistake_sentence(Told(phrases("th")), problem) for problem in refusal.value.problems]
