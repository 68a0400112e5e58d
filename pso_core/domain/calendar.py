"""Dates that the rules need: the certificate's last day, the fiscal year, days left."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from pso_core.text.thaidate import BE_AHEAD


def day_of(iso: str | date | None) -> date | None:
    """A date as bodies hold it ("2001-10-09"); None when there is none."""
    return date.fromisoformat(iso) if isinstance(iso, str) and iso else iso or None


def certificate_end(valid_from: date, years: int = 3) -> date:
    """The last valid day: the day before the same date `years` later (9 Oct 2001 → 8 Oct 2004).

    From 29 February it ends on 28 February: in a leap year that is the day before; in a common year, which has
    no same date, the last day of the month (section 193/5 of the Civil and Commercial Code, for periods in years).
    """
    year = valid_from.year + years
    if (valid_from.month, valid_from.day) == (2, 29):
        return date(year, 2, 28)
    return valid_from.replace(year=year) - timedelta(1)


def months_before(day: date, months: int) -> date:
    """The same day of the month so many months earlier, or that month's last (31 March − 1 month: 28 or 29 February).

    ValueError where that lies before the year 1.
    """
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def fiscal_year(day: date) -> int:
    """The Thai fiscal year in the Buddhist Era: 1 October to 30 September, named by the year it ends in."""
    return day.year + BE_AHEAD + (day.month >= 10)


def fiscal_quarter(day: date) -> int:
    """1 (October–December) to 4 (July–September)."""
    return (day.month - 10) % 12 // 3 + 1


def days_left(until: date, today: date) -> int:
    """Days from today to the last day: 0 on that day, below 0 after it."""
    return (until - today).days
