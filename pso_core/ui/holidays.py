"""The office's public holidays: a list for each year, days added and taken away, a calendar file looked at before it is taken in."""

from __future__ import annotations

from datetime import date

import streamlit as st

from pso_core.actions.holidays import FEW, add_holiday, import_holidays, lists, new_in, remove_holiday, thin
from pso_core.domain.people import Person
from pso_core.domain.permissions import may
from pso_core.domain.standard import Words
from pso_core.domain.workdays import Holiday
from pso_core.errors import PsoError
from pso_core.holidays import MOST_MEGABYTES
from pso_core.office import office
from pso_core.text.phrases import Phrases
from pso_core.text.thaidate import BE_AHEAD, read_date, say_date
from pso_core.ui import anew, doing, messages, show, visit
from pso_core.ui.plain import as_html, as_label

AHEAD = 2  # years from this one on that a schedule is likely to reach into
_PLACE = "holidays"  # begun anew after each change, so that the fields are empty again
_YEAR = "holidays/changed"  # the year that was changed last: its list is shown then


def holidays(person: Person, say: Phrases) -> None:
    """Nothing for those who may not change them."""
    if not may(person.role, "configure"):
        return
    show.heading(say("page_holidays.title"))
    show.quiet(say("page_holidays.purpose"))
    known, this_year = lists(office()), office().today().year + BE_AHEAD
    ahead = range(this_year, this_year + AHEAD + 1)
    _unlisted(say, [year for year in ahead if year not in known])
    _thin(say, thin(known, ahead))
    changed, turn = st.session_state.get(_YEAR, this_year), anew.turn(_PLACE)
    year = st.segmented_control(
        say("page_holidays.year"), sorted(known), default=changed if changed in known else max(known), required=True, key=f"holidays/{turn}/year",
        wrap=True, format_func=lambda one: _said_year(say, one),
    )  # fmt: skip
    _table(say, known[year])
    with st.container(horizontal=True):
        _add(say)
        _remove(say, year, known[year])
    _import(say)


def _unlisted(say: Phrases, years: list[int]) -> None:
    if years:
        named = ", ".join(_said_year(say, year) for year in years)
        st.html(f"<p class='missing'>△ {as_html(say('page_holidays.without_list', years=named))}</p>")


def _thin(say: Phrases, found: dict[int, int]) -> None:
    if found:
        named = ", ".join(say("page_holidays.thin_year", be=year, count=count) for year, count in found.items())
        st.html(f"<p class='missing'>△ {as_html(say('page_holidays.thin', years=named, few=FEW))}</p>")


def _said_year(say: Phrases, year: int) -> str:
    return say("page_holidays.be", be=year)


def _table(say: Phrases, days: tuple[Holiday, ...]) -> None:
    with st.expander(say("page_holidays.days", count=len(days)), key="holidays/days"):
        show.table([say("page_holidays.day"), say("page_holidays.name"), say("page_holidays.kind")], [_row(say, one) for one in days], dates=(0,))


def _row(say: Phrases, one: Holiday) -> list[str]:
    kinds = [say(f"page_holidays.{kind}") for kind in ("substitute", "special") if getattr(one, kind)]
    return [_said_day(say, one.day), one.name[say.language], ", ".join(kinds)]


def _said_day(say: Phrases, day: date) -> str:
    return f"{say(f'dates.weekdays_short.{day.isoweekday()}')} {say_date(day, say)}"


def _add(say: Phrases) -> None:
    turn = anew.turn(_PLACE)
    with st.popover(say("page_holidays.add")):
        day = _typed_day(say, f"holidays/{turn}/day")
        thai = st.text_input(say("page_holidays.name_th"), key=f"holidays/{turn}/th")
        english = st.text_input(say("page_holidays.name_en"), key=f"holidays/{turn}/en")
        flags = [st.checkbox(say(f"page_holidays.{kind}"), key=f"holidays/{turn}/{kind}") for kind in ("substitute", "special")]
        if st.button(say("page_holidays.add"), key="holidays/add", type="primary", disabled=day is None):
            with doing.refusals_shown(say):
                add_holiday(office(), visit.actor(), Holiday(day, Words(thai, english), *flags))
                _done(say("page_holidays.added", day=_said_day(say, day)), day)


def _typed_day(say: Phrases, key: str) -> date | None:
    """The day typed, read back below in full; None while it cannot be read."""
    typed = st.text_input(say("page_holidays.day"), key=key, placeholder=say("app.date_example"))
    if not typed:
        return None
    try:
        day = read_date(typed)
    except PsoError as refusal:
        st.caption(f":red[{as_label(say(f'mistakes.{refusal.code}', **refusal.facts))}]")
        return None
    st.caption(say_date(day, say, "long"))
    return day


def _remove(say: Phrases, year: int, days: tuple[Holiday, ...]) -> None:
    with st.popover(say("page_holidays.remove"), disabled=not days):
        named = {one.day: f"{_said_day(say, one.day)} {one.name[say.language]}" for one in days}
        chosen = st.selectbox(
            say("page_holidays.which"), list(named), index=None, key=f"holidays/{anew.turn(_PLACE)}/{year}/gone",
            format_func=named.get, placeholder=say("app.choose"),
        )  # fmt: skip
        if st.button(say("page_holidays.remove"), key="holidays/remove", disabled=chosen is None):
            with doing.refusals_shown(say):
                remove_holiday(office(), visit.actor(), chosen)
                _done(say("page_holidays.removed", day=_said_day(say, chosen)), chosen)


def _import(say: Phrases) -> None:
    with st.expander(say("page_holidays.import"), key="holidays/from-file"):
        show.quiet(say("page_holidays.import_purpose"))
        label = say("page_holidays.file", most=MOST_MEGABYTES)
        file = st.file_uploader(label, type="ics", max_upload_size=MOST_MEGABYTES, key=f"holidays/{anew.turn(_PLACE)}/file")
        if file:
            with doing.refusals_shown(say):
                _look_at(say, file.getvalue())


def _look_at(say: Phrases, data: bytes) -> None:
    """What the file would add, then the button."""
    new = new_in(office(), data)
    if not new:
        show.quiet(say("page_holidays.nothing_new"))
        return
    show.table([say("page_holidays.day"), say("page_holidays.name")], [_row(say, one)[:2] for one in new], dates=(0,))
    if st.button(say("page_holidays.import_yes", count=len(new)), key="holidays/import", type="primary"):
        import_holidays(office(), visit.actor(), data)
        _done(say("page_holidays.imported", count=len(new)), new[0].day)


def _done(sentence: str, day: date) -> None:
    """Said, and seen in the list of the year that this day is in."""
    anew.begin(_PLACE)
    st.session_state[_YEAR] = day.year + BE_AHEAD
    messages.say_later(sentence)
    st.rerun()
