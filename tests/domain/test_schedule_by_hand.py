"""The schedule with the public holidays of B.E. 2567 to 2569, counted on a wall calendar."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from pso_core.domain.schedule import Phase, early, latest_starts, lay_back, lay_out
from tests.domain.planning import OFFICE, dates, template

# From Monday 6 October 2568. Days off on the way: 13 and 23 October, 5, 10 and 31 December; 1 and 2 January 2569, 3 March,
# 6 and 13 to 15 April, 4 and 13 May, 1 and 3 June, 28 to 30 July. Counted on a wall calendar.
BY_HAND = {
    "vision": (date(2025, 10, 6), date(2025, 10, 10)),
    "mission": (date(2025, 10, 14), date(2025, 10, 20)),
    "tasks": (date(2025, 10, 21), date(2025, 11, 4)),
    "weights": (date(2025, 10, 29), date(2025, 11, 4)),
    "indicators": (date(2025, 11, 5), date(2025, 11, 25)),
    "assessment": (date(2025, 11, 26), date(2025, 12, 25)),
    "plan": (date(2025, 12, 26), date(2026, 1, 20)),
    "execution": (date(2026, 1, 21), date(2026, 7, 20)),
    "certification": (date(2026, 7, 7), date(2026, 8, 6)),
}


def test_the_standards_phases_from_the_sixth_of_october_2568():
    assert dates(lay_out(template(), OFFICE, date(2025, 10, 6))) == BY_HAND


def test_begun_on_the_weekend_before_they_are_the_same():
    assert dates(lay_out(template(), OFFICE, date(2025, 10, 4))) == BY_HAND


def test_back_from_the_sixth_of_august_2569_they_are_the_same():
    assert dates(lay_back(template(), OFFICE, date(2026, 8, 6))) == BY_HAND


def test_a_target_on_mothers_day_is_met_the_day_before():
    laid = lay_back(template(), OFFICE, date(2026, 8, 12))
    assert (laid[0].start, laid[-1].due) == (date(2025, 10, 9), date(2026, 8, 11))


def test_each_phase_may_begin_no_later_than_it_does_when_nothing_is_to_spare():
    latest = latest_starts(template(), OFFICE, date(2026, 8, 6))
    assert latest == {step: start for step, (start, _) in BY_HAND.items()}


def test_songkran_lies_between_a_phase_and_the_next():
    laid = lay_out((Phase("vision", 5), Phase("mission", 2, "vision")), OFFICE, date(2026, 4, 3))
    assert dates(laid) == {"vision": (date(2026, 4, 3), date(2026, 4, 10)), "mission": (date(2026, 4, 16), date(2026, 4, 17))}


def test_a_phase_over_new_year_2569_passes_five_days_without_work():
    (laid,) = lay_out((Phase("vision", 2),), OFFICE, date(2025, 12, 30))
    assert (laid.start, laid.due) == (date(2025, 12, 30), date(2026, 1, 5))


def test_the_twenty_ninth_of_february_is_a_day_like_others():
    one, five = (lay_out((Phase("vision", length),), OFFICE, start)[0] for length, start in ((1, date(2024, 2, 29)), (5, date(2024, 2, 26))))
    assert (one.start, one.due) == (date(2024, 2, 29), date(2024, 2, 29))
    assert (five.start, five.due) == (date(2024, 2, 27), date(2024, 3, 4))  # 26 February: in place of Makha Bucha, a Saturday
    assert lay_back((Phase("vision", 2),), OFFICE, date(2024, 2, 29))[0].start == date(2024, 2, 28)


def test_the_shortest_phase_begins_and_ends_on_one_day_and_the_next_on_the_next():
    laid = lay_out((Phase("vision", 1), Phase("mission", 1, "vision"), Phase("tasks", 1, "mission", 1)), OFFICE, date(2025, 10, 10))
    friday, tuesday = date(2025, 10, 10), date(2025, 10, 14)
    assert dates(laid) == {"vision": (friday, friday), "mission": (tuesday, tuesday), "tasks": (tuesday, tuesday)}


def test_the_longest_phase_takes_more_than_seven_years():
    """241 working days in 2569; of the years after no list is known, so 1,759 days from Monday to Friday."""
    (laid,) = lay_out((Phase("execution", 2_000),), OFFICE, date(2026, 1, 5))
    assert laid.due == date(2033, 9, 28)
    assert lay_back((Phase("execution", 2_000),), OFFICE, laid.due)[0].start == date(2026, 1, 5)


def test_an_overlap_longer_than_the_phase_before_lets_both_begin_together():
    laid = lay_out((Phase("tasks", 3), Phase("weights", 5, "tasks", 10)), OFFICE, date(2025, 10, 6))
    assert dates(laid) == {"tasks": (date(2025, 10, 6), date(2025, 10, 8)), "weights": (date(2025, 10, 6), date(2025, 10, 10))}
    assert lay_back(laid, OFFICE, date(2025, 10, 10)) == laid


def test_what_follows_a_phase_typed_on_a_saturday_begins_on_monday():
    saturday = replace(Phase("tasks", 3), start=date(2025, 10, 4), pinned_start=True)
    laid = lay_out((saturday, Phase("weights", 5, "tasks", 10)), OFFICE, date(2025, 9, 1))
    assert [phase.start for phase in laid] == [date(2025, 10, 4), date(2025, 10, 6)]


def test_a_typed_due_date_before_anything_can_begin_leaves_one_day():
    typed = Phase("mission", 5, "vision", due=date(2025, 10, 7), pinned_due=True)
    laid = lay_out((Phase("vision", 5), typed), OFFICE, date(2025, 10, 6))
    assert (laid[1].start, laid[1].due, laid[1].days) == (date(2025, 10, 7), date(2025, 10, 7), 1)
    assert early(laid, OFFICE) == ("mission",)


def test_a_typed_start_before_the_phase_it_waits_for_is_told():
    laid = lay_out((Phase("vision", 5), Phase("mission", 5, "vision", start=date(2025, 10, 10), pinned_start=True)), OFFICE, date(2025, 10, 6))
    assert early(laid, OFFICE) == ("mission",)
    assert early((laid[0], replace(laid[1], start=date(2025, 10, 14))), OFFICE) == ()


def test_a_typed_start_on_the_weekend_after_is_not_early():
    laid = lay_out((Phase("vision", 5), Phase("mission", 5, "vision", start=date(2025, 10, 11), pinned_start=True)), OFFICE, date(2025, 10, 6))
    assert early(laid, OFFICE) == ()
