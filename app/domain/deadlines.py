"""Deadlines as letters state them, and the working days that are left until the last day that is surely in time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

IsWorkday = Callable[[date], bool]
ONE_DAY = timedelta(days=1)
EARLIEST, LATEST, LONGEST = date(2015, 1, 1), date(2100, 12, 31), timedelta(days=5 * 366)


@dataclass(frozen=True, slots=True)
class Deadline:
    """`included` tells whether the day itself still counts: "đến hết ngày X" includes X, "trước ngày X" does not."""

    on: date
    included: bool

    @property
    def last_day(self) -> date:
        return self.on if self.included else self.on - ONE_DAY


def is_plausible(first: date, last: date) -> bool:
    """Whether a campaign can run from `first` to `last`: VssID is of our time, and a call ends within a few years."""
    return EARLIEST <= first <= last <= LATEST and last - first <= LONGEST


def safe_day(deadline: Deadline, is_workday: IsWorkday) -> date:
    """The last working day by which it is surely done: strictly before a day not included ("trước ngày 30/05/2021" → 28/05/2021)."""
    day = deadline.last_day
    while not is_workday(day):
        day -= ONE_DAY
    return day


def workdays_left(today: date, until: date, is_workday: IsWorkday) -> int:
    """Working days from today to `until`, both counted; 0 when `until` is past."""
    return sum(1 for day in _days(today, until) if is_workday(day))


def needed_per_workday(left: int, workdays: int) -> int:
    """How many people a working day must bring to be done in time, rounded up; with no day left, all of them."""
    return left if workdays <= 0 else -(-left // workdays)


def pace(start: date, until: date, today: date, is_workday: IsWorkday) -> float:
    """The share (0 to 1) that should be done by the end of today when every working day of the campaign brings the same."""
    whole = workdays_left(start, until, is_workday)
    if today >= until or not whole:
        return 1.0
    return workdays_left(start, today, is_workday) / whole


def workdays_before(today: date, count: int, is_workday: IsWorkday) -> date:
    """The working day `count` working days before today."""
    day = today
    while count > 0:
        day -= ONE_DAY
        if is_workday(day):
            count -= 1
    return day


def _days(first: date, last: date) -> Iterator[date]:
    day = first
    while day <= last:
        yield day
        day += ONE_DAY
