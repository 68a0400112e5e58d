"""A piece of evidence that waits, looked at whole where it is judged."""

from __future__ import annotations

from tests.pages.conftest import errors, fault, press
from tests.pages.test_evidence import TH, box, section, states


def test_what_waits_is_opened_from_the_list_and_judged_in_its_drawer(office, example, visit):
    at = section(visit("evidence"), "judge")
    press(at, TH("app.edit"))
    assert (fault(at), box(at.text_input, "code").value) == ([], "5-01")
    assert [button.label for button in at.button if button.key.endswith("/save")] == [TH("app.save_one", kind=TH("fields.evidence.one"))]
    drawn = next(one for one in at.text_area if one.key.startswith("evidence/drawer/reason/"))
    drawn.set_value("ไม่มีลายเซ็น").run()
    next(button for button in at.button if button.key == f"{drawn.key}/return").click().run()
    assert (fault(at), errors(at), states(office, example)["5-01"]) == ([], [], "returned")
