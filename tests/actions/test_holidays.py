"""The office's own calendar: installed lists, what an administrator makes of them, and the working days that follow."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest

from pso_core import holidays
from pso_core.actions.holidays import MOST, add_holiday, import_holidays, lists, remove_holiday, workdays
from pso_core.domain.people import ROLES
from pso_core.domain.standard import Words
from pso_core.domain.workdays import Holiday
from pso_core.errors import NotAllowed, PsoError
from pso_core.office import Office
from pso_core.steps.naming import Told, refusal_sentence
from pso_core.text.phrases import LANGUAGES, phrases
from tests.actions.peopled import own_office as office
from tests.building import an_office, person

ADMINISTRATOR = person("administrator")
NEW_YEAR = Holiday(date(2027, 1, 1), Words("วันขึ้นปีใหม่", "New Year's Day"))
BRIDGE = Holiday(date(2026, 10, 12), Words("วันหยุดราชการเพิ่มเป็นกรณีพิเศษ", "Additional special holiday"), special=True)


def ics(*days: tuple[str, str]) -> bytes:
    events = [f"BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:{day}\r\nSUMMARY:{name}\r\nEND:VEVENT" for day, name in days]
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//a test//TH", *events, "END:VCALENDAR", ""]).encode()


def of_year(office: Office, year: int) -> list[Holiday]:
    return list(lists(office).get(year, ()))


def adding(office: Office, day: Holiday) -> Callable[[], None]:
    return lambda: add_holiday(office, ADMINISTRATOR, day)


def importing(office: Office, data: bytes) -> Callable[[], tuple[int, ...]]:
    return lambda: import_holidays(office, ADMINISTRATOR, data)


def refused(office: Office, attempt: Callable) -> tuple[str, dict]:
    """The code and the facts; nothing was written."""
    before = lists(office)
    with pytest.raises(PsoError) as refusal:
        attempt()
    assert lists(office) == before
    return refusal.value.code, refusal.value.facts


def said(office: Office, attempt: Callable) -> str:
    """The same of a refusal whose sentence is looked at in both languages; the code."""
    with pytest.raises(PsoError) as refusal:
        attempt()
    assert all(refusal_sentence(Told(phrases(language)), refusal.value).isprintable() for language in LANGUAGES)
    return refused(office, attempt)[0]


def test_an_office_begins_with_the_installed_lists(office):
    assert lists(office) == {year: tuple(days.values()) for year, days in holidays.known().items()}
    assert workdays(office).years == {2567, 2568, 2569}


def test_a_year_that_an_administrator_changed_is_as_they_left_it_and_the_others_as_installed(office):
    first, *rest = of_year(office, 2569)
    remove_holiday(office, ADMINISTRATOR, first.day)
    add_holiday(office, ADMINISTRATOR, NEW_YEAR)
    assert (of_year(office, 2569), of_year(office, 2570)) == (rest, [NEW_YEAR])
    assert of_year(office, 2568) == list(holidays.known()[2568].values())


def test_the_lists_are_there_when_the_office_opens_again(database):
    with an_office(database) as office:
        add_holiday(office, ADMINISTRATOR, NEW_YEAR)
    with an_office(database) as office:
        assert of_year(office, 2570) == [NEW_YEAR]


def test_a_day_more_is_a_working_day_less(office):
    friday, tuesday = date(2026, 10, 9), date(2026, 10, 14)
    assert workdays(office).count(friday, tuesday) == 3  # Tuesday the 13th is King Bhumibol's day
    add_holiday(office, ADMINISTRATOR, BRIDGE)
    assert workdays(office).count(friday, tuesday) == 2
    assert workdays(office).add(friday, 2) == tuesday


def test_a_year_with_a_list_is_no_longer_told_as_one_without(office):
    span = (date(2026, 12, 1), date(2027, 2, 1))
    remove_holiday(office, ADMINISTRATOR, NEW_YEAR.day)  # which no list has
    assert workdays(office).years_without_list(*span) == (2570,)
    add_holiday(office, ADMINISTRATOR, NEW_YEAR)
    assert workdays(office).years_without_list(*span) == ()


def test_a_list_is_kept_in_order_with_names_as_they_are_read(office):
    later = Holiday(date(2027, 4, 13), Words("  วันสงกรานต์\n ", ""))
    for day in (later, NEW_YEAR):
        add_holiday(office, ADMINISTRATOR, day)
    assert of_year(office, 2570) == [NEW_YEAR, Holiday(date(2027, 4, 13), Words("วันสงกรานต์", "วันสงกรานต์"))]


def test_a_day_added_or_taken_away_leaves_what_others_did_to_the_year(office):
    songkran = Holiday(date(2027, 4, 13), Words("วันสงกรานต์", "Songkran"))
    add_holiday(office, ADMINISTRATOR, songkran)
    add_holiday(office, ADMINISTRATOR, NEW_YEAR)
    assert of_year(office, 2570) == [NEW_YEAR, songkran]
    remove_holiday(office, ADMINISTRATOR, songkran.day)
    remove_holiday(office, ADMINISTRATOR, songkran.day)
    assert of_year(office, 2570) == [NEW_YEAR]
    assert refused(office, lambda: add_holiday(office, ADMINISTRATOR, NEW_YEAR)) == ("holiday_known", {"date": "2027-01-01"})


def test_of_administrators_who_add_days_at_the_same_moment_none_loses_theirs(office):
    days = [Holiday(date(2027, 6, day), Words(f"วันที่ {day}", f"Day {day}")) for day in range(1, 21)]
    with ThreadPoolExecutor(10) as everybody:
        list(everybody.map(lambda one: add_holiday(office, ADMINISTRATOR, one), days))
    assert of_year(office, 2570) == days


@pytest.mark.parametrize("role", ROLES)
def test_only_administrators_change_the_calendar(office, role):
    attempts = (
        lambda: remove_holiday(office, person(role), NEW_YEAR.day),
        lambda: add_holiday(office, person(role), NEW_YEAR),
        lambda: import_holidays(office, person(role), ics(("20270101", "ก"))),
    )
    for attempt in attempts:
        if role == "administrator":
            attempt()
            continue
        assert refused(office, attempt) == ("not_allowed", {"role": role, "verb": "configure"})
        with pytest.raises(NotAllowed) as refusal:
            attempt()
        assert all(refusal_sentence(Told(phrases(language)), refusal.value).isprintable() for language in LANGUAGES)


def test_whoever_may_not_import_is_told_so_before_the_file_is_looked_at(office):
    assert refused(office, lambda: import_holidays(office, person("member"), b"nonsense"))[0] == "not_allowed"


# What cannot be ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["", " \n\t", "\u200b"])
def test_a_day_without_a_name_is_refused(office, name):
    attempt = adding(office, Holiday(NEW_YEAR.day, Words(name, name)))
    assert refused(office, attempt) == ("holiday_unnamed", {"date": "2027-01-01"})
    assert said(office, attempt) == "holiday_unnamed"


def test_more_days_off_than_a_year_can_bear_are_refused(office):
    days = [NEW_YEAR.day + timedelta(n) for n in range(MOST + 1)]
    import_holidays(office, ADMINISTRATOR, ics(*((f"{day:%Y%m%d}", "ก") for day in days[:-1])))
    assert refused(office, adding(office, Holiday(days[-1], Words("ก", "a")))) == ("holidays_year_full", {"year": 2570, "most": MOST})


# From a calendar file ----------------------------------------------------------------------------------------------------


def test_a_file_fills_a_year_of_which_nothing_was_known(office):
    assert import_holidays(office, ADMINISTRATOR, ics(("20270413", "วันสงกรานต์"), ("20270101", "วันขึ้นปีใหม่"))) == (2570,)
    assert [(one.day, one.name.th) for one in of_year(office, 2570)] == [(date(2027, 1, 1), "วันขึ้นปีใหม่"), (date(2027, 4, 13), "วันสงกรานต์")]
    assert not workdays(office).is_working(date(2027, 1, 1))


def test_a_file_adds_days_and_leaves_those_that_are_there_as_they_are_called(office):
    before = of_year(office, 2569)
    assert import_holidays(office, ADMINISTRATOR, ics(("20260101", "New Year"), ("20261012", "Bridge day"))) == (2569,)
    assert set(of_year(office, 2569)) - set(before) == {Holiday(date(2026, 10, 12), Words("Bridge day", "Bridge day"))}
    assert set(before) <= set(of_year(office, 2569))


def test_a_file_with_nothing_new_changes_nothing(office):
    before = lists(office)
    assert import_holidays(office, ADMINISTRATOR, ics(("20260101", "New Year"))) == ()
    assert lists(office) == before


@pytest.mark.parametrize("data", [b"", b"\xff\x00nonsense", b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", "ไม่ใช่ปฏิทิน".encode()])
def test_a_file_that_is_no_calendar_is_refused(office, data):
    assert refused(office, importing(office, data))[0] in ("holidays_unreadable", "holidays_empty")


def test_a_file_is_taken_entire_or_not_at_all(office):
    """2570 would fit, 2571 has more days off than a year can bear."""
    crowded = [f"2028{month:02}{day:02}" for month in range(1, 7) for day in range(1, 29)]
    data = ics(("20270101", "ก"), *((day, "ข") for day in crowded))
    assert refused(office, importing(office, data)) == ("holidays_year_full", {"year": 2571, "most": MOST})
