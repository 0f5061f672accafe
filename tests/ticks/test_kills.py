"""Planners and senders are killed in the middle of it all; `python -m tests.bench nudge-kills` shows it at length."""

from __future__ import annotations

import pytest

from tests.bench.nudge_kills import shown


def test_nobody_is_told_twice_or_after_being_done_or_forgotten_however_often_processes_are_killed(request: pytest.FixtureRequest) -> None:
    found = shown(request.config.getoption("--engine"), nudges=300, kills=12)
    assert (found.sent_twice, found.sent_to_done, found.forgotten) == (0, 0, 0), found
    assert found.sent > 200, found
