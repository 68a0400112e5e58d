"""Public holidays as they are installed: every list is whole, a broken one is named by file and place."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from pso_core import holidays
from pso_core.domain.standard import Words
from pso_core.domain.workdays import Holiday
from pso_core.errors import DamagedFile
from pso_core.text.phrases import LANGUAGES

THAI = re.compile("[\u0e00-\u0e7f]")
SUBSTITUTION = {"th": "ชดเชย", "en": "Substitution for "}
YEARS = sorted(holidays.known())


def off(year: int) -> list[Holiday]:
    return list(holidays.known()[year].values())


def test_the_years_that_people_plan_in_are_there():
    assert YEARS == [2567, 2568, 2569]


@pytest.mark.parametrize(
    ("year", "in_all", "on_weekdays", "substitutes", "special"),
    [(2567, 28, 19, 7, 2), (2568, 25, 21, 4, 2), (2569, 22, 20, 2, 1)],
)
def test_a_year_has_the_nineteen_days_their_substitutes_and_what_the_cabinet_added(year, in_all, on_weekdays, substitutes, special):
    assert len(off(year)) == in_all
    assert sum(holiday.day.weekday() < 5 for holiday in off(year)) == on_weekdays
    assert (sum(h.substitute for h in off(year)), sum(h.special for h in off(year))) == (substitutes, special)
    assert in_all - substitutes - special == 19


@pytest.mark.parametrize("year", YEARS)
def test_a_list_is_in_order_and_within_its_year(year):
    found = [holiday.day for holiday in off(year)]
    assert found == sorted(set(found)) == list(holidays.known()[year])
    assert {day.year + 543 for day in found} == {year}


@pytest.mark.parametrize("year", YEARS)
def test_names_are_in_their_language_and_fit_an_import(year):
    for holiday in off(year):
        assert THAI.search(holiday.name.th) and not THAI.search(holiday.name.en), holiday
        assert max(len(holiday.name.th), len(holiday.name.en)) <= holidays.LONGEST_NAME


@pytest.mark.parametrize("year", YEARS)
def test_a_substitute_is_a_weekday_soon_after_the_holiday_on_a_weekend_that_it_names(year):
    for holiday in (holiday for holiday in off(year) if holiday.substitute):
        meant = {language: holiday.name[language].removeprefix(SUBSTITUTION[language]) for language in LANGUAGES}
        before = [h for h in off(year) if {language: h.name[language] for language in LANGUAGES} == meant and h.day.weekday() >= 5]
        assert holiday.day.weekday() < 5, holiday
        assert before and timedelta(0) < holiday.day - before[-1].day <= timedelta(3), holiday


@pytest.mark.parametrize("year", YEARS)
def test_every_weekend_with_a_holiday_has_its_substitute(year):
    weekends = [h.day for h in off(year) if h.day.weekday() >= 5]
    substitutes = [h.day for h in off(year) if h.substitute]
    assert [day for day in weekends if not any(timedelta(0) < other - day <= timedelta(3) for other in substitutes)] == []


def test_what_banks_have_and_government_offices_have_not():
    for year in YEARS:
        assert date(year - 543, 5, 1) not in holidays.known()[year]
        names = {holiday.name.en for holiday in off(year)}
        assert {"Royal Ploughing Ceremony Day", "Buddhist Lent Day"} <= names


def test_a_list_cannot_be_changed():
    with pytest.raises(TypeError):
        holidays.known()[2568][date(2025, 1, 2)] = None
    with pytest.raises(TypeError):
        holidays.known()[2570] = {}


# Broken lists

GOOD = '[[holiday]]\nday = 2025-01-01\nname = { th = "วันขึ้นปีใหม่", en = "New Year\'s Day" }\n'


def test_a_list_of_ones_own_is_read(tmp_path):
    (tmp_path / "2568.toml").write_text(GOOD + "special = true\n", "utf-8")
    day = date(2025, 1, 1)
    assert holidays.read(tmp_path) == {2568: {day: Holiday(day, Words("วันขึ้นปีใหม่", "New Year's Day"), special=True)}}


def test_without_lists_there_are_none(tmp_path):
    assert holidays.read(tmp_path) == {}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("", "2568.toml"),
        ("holiday = [", "2568.toml"),
        ("holiday = []", "2568.toml"),
        ("holiday = 3", "2568.toml"),
        ("holiday = [3]", "2568.toml › holiday 1"),
        (GOOD + GOOD, "2568.toml › holiday 2"),
        (GOOD.replace("2025", "2024"), "2568.toml › holiday 1"),
        (GOOD.replace("2025-01-01", "2025-01-01T00:00:00"), "2568.toml › holiday 1"),
        (GOOD.replace("2025-01-01", '"2025-01-01"'), "2568.toml › holiday 1"),
        (GOOD.replace("day = 2025-01-01\n", ""), "2568.toml › holiday 1"),
        (GOOD.replace("วันขึ้นปีใหม่", " "), "2568.toml › holiday 1"),
        (GOOD.replace("New Year's Day", ""), "2568.toml › holiday 1"),
        (GOOD.replace(', en = "New Year\'s Day"', ""), "2568.toml › holiday 1"),
        (GOOD.replace("en =", "fr = 'Jour', en ="), "2568.toml › holiday 1"),
        (GOOD + "substitute = 1\n", "2568.toml › holiday 1"),
        (GOOD + "substitut = true\n", "2568.toml › holiday 1"),
    ],
)
def test_a_broken_list_is_named_by_file_and_place(tmp_path, text, place):
    (tmp_path / "2568.toml").write_text(text, "utf-8")
    with pytest.raises(DamagedFile) as refused:
        holidays.read(tmp_path)
    assert (refused.value.code, refused.value.facts) == ("holidays_damaged", {"place": place})


@pytest.mark.parametrize("name", ["2025.toml", "notes.toml", "02568.toml"])
def test_a_file_is_named_for_its_year_in_the_buddhist_era(tmp_path, name):
    (tmp_path / name).write_text(GOOD, "utf-8")
    with pytest.raises(DamagedFile):
        holidays.read(tmp_path)


def test_a_list_that_is_no_text_is_damaged(tmp_path):
    (tmp_path / "2568.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(DamagedFile):
        holidays.read(tmp_path)
