"""Finding one's way on the page of step 5 in tests."""

from __future__ import annotations

from pso_core.text.phrases import phrases

PAGE = "step_5_indicators"
TH = phrases("th")
SAVE = TH("app.save_one", kind=TH("fields.indicator.one"))


def indicators(office, project: str, criterion: str) -> list:
    return list(office.store.state(project).where("indicator", criterion=criterion))


def only(office, project: str, criterion: str):
    (found,) = indicators(office, project, criterion)
    return found


def tap(at, key: str):
    return next(button for button in at.button if button.key == key).click().run()


def drawer(at, entity_id: str):
    return tap(at, f"open/{entity_id}")


def field(at, ending: str):
    """The widget of a field, by the end of its key: of the row's id and the field."""
    widgets = (*at.text_input, *at.text_area, *at.selectbox, *at.button_group)
    return next(widget for widget in widgets if widget.key.endswith(ending))


def new_indicator(at, criterion: str):
    return next(button for button in at.button if button.key.startswith(f"add/indicator/{criterion}/")).click().run()
