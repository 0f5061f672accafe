"""Which tick runs how often, in seconds. Intervals, never hours of the day: a missed hour would be a missed day."""

from __future__ import annotations

from collections.abc import Callable

from app.jobs import ticks

TIMETABLE: tuple[tuple[str, Callable[[], str], int], ...] = (("clean", ticks.clean, 3600),)
