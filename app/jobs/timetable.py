"""Which tick runs how often, in seconds. Intervals, never hours of the day: a missed hour would be a missed day."""

from __future__ import annotations

from collections.abc import Callable

from app.jobs import ticks

TIMETABLE: tuple[tuple[str, Callable[[], object], int], ...] = (
    ("plan", ticks.plan, 300),
    ("send", ticks.send_for_a_while, 60),
    ("sweep", ticks.sweep, 300),
    ("rosters", ticks.rosters_left, 15),
    ("clean", ticks.clean, 3600),
)
