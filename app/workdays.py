"""Working days in Viet Nam: weekends, public holidays with Tết, and Saturdays worked in exchange, from the `holidays` library."""

from __future__ import annotations

from datetime import date
from functools import cache

import holidays


@cache
def _calendar() -> holidays.HolidayBase:
    return holidays.country_holidays("VN")


def is_workday(day: date) -> bool:
    return _is_workday(day)


@cache
def _is_workday(day: date) -> bool:
    return _calendar().is_working_day(day)


def is_holiday(day: date) -> bool:
    """A public holiday, Tết and days given in its place included."""
    return day in _calendar()
