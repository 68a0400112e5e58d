"""What the program answers reaches the person also where the next press cut the run off that was to say it."""

from __future__ import annotations

import pytest
from streamlit.runtime.scriptrunner_utils.exceptions import StopException

from pso_core.errors import PsoError
from pso_core.text.phrases import phrases
from pso_core.ui import messages
from tests.building import write
from tests.pages.conftest import errors, fault, press

TH = phrases("th")


def cut_off(*_: object, **__: object) -> None:
    """As Streamlit ends a run at its next element when another press has arrived."""
    raise StopException


@pytest.mark.parametrize("said", ["toast", "error"])
def test_what_was_to_be_said_is_said_by_the_run_that_is_not_cut_off(office, example, visit, monkeypatch, said):
    at = visit("step_4_weights")
    at.session_state[messages._TOAST] = TH("app.saved")
    at.session_state[messages._REFUSED], at.session_state[messages._REFUSALS] = PsoError("signed_other", step="weights"), 1
    with monkeypatch.context() as patch:
        patch.setattr(messages.st, said, cut_off)
        at.run()
    at.run()
    assert fault(at) == []
    assert [toast.value for toast in at.toast] == [TH("app.saved")]
    assert errors(at) == ([TH("refusals.signed_other", step=TH("steps.weights.short"))] if said == "error" else [])
    at.run()
    assert (len(at.toast), len(at.error)) == (0, 0)


def test_each_refusal_of_a_button_outside_any_form_is_brought_into_view(office, example, visit, monkeypatch):
    """The page may be long, and the refusal stands at its head."""
    places: list[tuple[str, int]] = []
    monkeypatch.setattr(messages.asked, "into_view", lambda *place: places.append(place))
    at = visit("step_4_weights")
    for turn in (1, 2):
        write(office, example, "weight", "weight:coverage", reason=f"เหตุผล {turn}")
        press(at, TH("sign_off.action.submit"))
        assert (errors(at), places) == ([TH("refusals.signed_other", step=TH("steps.weights.short"))], [("refused", n + 1) for n in range(turn)])
