"""Deadlines as letters state them."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.deadlines import Deadline, needed_per_workday, pace, safe_day, workdays_before, workdays_left
from app.workdays import is_workday


@pytest.mark.parametrize(
    ("deadline", "safe"),
    [
        (Deadline(date(2021, 5, 30), included=False), date(2021, 5, 28)),  # "trước ngày 30/05/2021", a Sunday
        (Deadline(date(2021, 4, 9), included=False), date(2021, 4, 8)),  # "trước ngày 09/4/2021 (Thứ Sáu)"
        (Deadline(date(2021, 4, 9), included=True), date(2021, 4, 9)),
        (Deadline(date(2026, 2, 19), included=True), date(2026, 2, 13)),  # in the middle of Tết
        (Deadline(date(2026, 9, 2), included=True), date(2026, 8, 28)),  # 31/8/2026 is exchanged for Saturday 22/8
    ],
)
def test_the_safe_day_is_the_last_working_day_that_is_surely_in_time(deadline: Deadline, safe: date) -> None:
    assert safe_day(deadline, is_workday) == safe


def test_working_days_left_count_today_and_the_last_day() -> None:
    assert workdays_left(date(2026, 11, 13), date(2026, 11, 17), is_workday) == 3
    assert workdays_left(date(2026, 11, 18), date(2026, 11, 17), is_workday) == 0


@pytest.mark.parametrize(("left", "days", "needed"), [(0, 5, 0), (11, 5, 3), (10, 5, 2), (7, 0, 7)])
def test_what_a_working_day_must_bring_is_rounded_up(left: int, days: int, needed: int) -> None:
    assert needed_per_workday(left, days) == needed


def test_the_pace_grows_on_working_days_alone_and_ends_at_one() -> None:
    start, until = date(2026, 11, 2), date(2026, 11, 13)
    assert pace(start, until, date(2026, 11, 6), is_workday) == 0.5
    assert pace(start, until, date(2026, 11, 8), is_workday) == 0.5
    assert pace(start, until, until, is_workday) == 1.0
    assert pace(start, until, date(2026, 12, 1), is_workday) == 1.0
    assert pace(start, until, date(2026, 10, 30), is_workday) == 0.0


def test_three_working_days_before_a_monday_is_the_wednesday() -> None:
    assert workdays_before(date(2026, 11, 23), 3, is_workday) == date(2026, 11, 18)
