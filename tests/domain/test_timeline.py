"""The plan on the calendar: what can be drawn, how far, and the busiest month."""

from datetime import date

from pso_core.domain.timeline import OPEN_END, busiest_month, spans
from tests.domain.cases import activity


def test_activities_lie_from_start_to_due_the_earliest_first():
    later, earlier = activity("b", "2001-10-01", "2002-01-31"), activity("a", "2001-08-01", "2001-09-30")
    assert [(s.activity.id, s.start, s.end, s.open) for s in spans([later, earlier])] == [
        ("activity:a", date(2001, 8, 1), date(2001, 9, 30), False),
        ("activity:b", date(2001, 10, 1), date(2002, 1, 31), False),
    ]


def test_an_open_end_is_drawn_past_everything_dated():
    (first, second) = spans([activity("a", "2001-08-01", "2002-01-31"), activity("b", "2001-09-01", open_ended=True)])
    assert (second.open, second.end) == (True, date(2002, 1, 31) + OPEN_END)
    assert not first.open


def test_a_due_date_beside_an_open_end_does_not_count():
    (span,) = spans([activity("a", "2001-08-01", "2001-09-30", open_ended=True)])
    assert (span.open, span.end) == (True, date(2001, 8, 1) + OPEN_END)


def test_what_has_no_start_or_no_end_is_not_drawn():
    undated = [activity("a"), activity("b", None, "2001-09-30"), activity("c", "2001-08-01"), activity("d", open_ended=True)]
    assert spans(undated) == ()
    assert busiest_month(()) is None


def test_the_busiest_month_has_most_activities_running_and_is_the_earliest_of_equals():
    plan = [activity("a", "2001-08-15", "2001-10-01"), activity("b", "2001-09-30", "2001-12-31"), activity("c", "2002-02-01", "2002-02-28")]
    assert busiest_month(spans(plan)) == (date(2001, 9, 1), 2)


def test_a_month_across_a_new_year_is_counted():
    plan = [activity("a", "2001-12-31", "2002-01-01"), activity("b", "2002-01-31", "2002-02-01")]
    assert busiest_month(spans(plan)) == (date(2002, 1, 1), 2)
