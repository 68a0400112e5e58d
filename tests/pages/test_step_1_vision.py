"""Step 1's worksheets: who has filled one in, and who is still to do it."""

from __future__ import annotations

from pso_core.domain.worksheets import WORKSHEET_PARTS
from pso_core.text.phrases import phrases
from tests.building import PEOPLE, write
from tests.pages.conftest import fault, shown

TH = phrases("th")


def test_a_worksheet_counts_as_filled_in_once_all_its_parts_say_something(office, empty, visit):
    for count in range(len(WORKSHEET_PARTS) + 1):
        write(office, empty, "worksheet", "worksheet:a", person="p-member", work_system="งานทะเบียน", **dict.fromkeys(WORKSHEET_PARTS[:count], "มี"))
        at = visit("step_1_vision")
        whole = count == len(WORKSHEET_PARTS)
        waiting = [PEOPLE[role].name for role in ("member", "facilitator") if not (whole and role == "member")]
        text = shown(at)
        assert (fault(at), TH("page_vision.parts", done=count, all=5) in text) == ([], True)
        assert f"<span>{TH('page_vision.filled_by')}</span> <b>{int(whole)}/2</b>" in text
        assert any(TH("page_vision.waiting", names=", ".join(names)) in text for names in (waiting, waiting[::-1]))
