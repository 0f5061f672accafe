"""Processes are killed in the middle of it all; `python -m tests.bench kills` and `… nudge-kills` show it at length."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bench import workbook
from tests.bench.kills import ROWS, killed
from tests.bench.nudge_kills import shown
from tests.bench.review_kills import killed_reviews


def test_nobody_is_told_twice_or_after_being_done_or_forgotten_however_often_processes_are_killed(request: pytest.FixtureRequest) -> None:
    found = shown(request.config.getoption("--engine"), nudges=300, kills=12)
    assert (found.sent_twice, found.sent_to_done, found.forgotten) == (0, 0, 0), found
    assert found.sent > 200, found


def test_a_killed_import_leaves_nothing_or_everything_and_is_taken_up(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    """`python -m tests.bench kills` kills two hundred on each engine."""
    workbook.write(tmp_path / "kills.xlsx", ROWS)
    found = killed(tmp_path / "kills.xlsx", request.config.getoption("--engine"), times=8, seed=7)
    assert found.halves == []
    assert sum(found.taken_up.values()) > 0, found


def test_a_killed_change_of_a_review_leaves_it_as_it_was_or_as_it_was_wanted(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    found = killed_reviews(tmp_path, request.config.getoption("--engine"), times=8, seed=7)
    assert found.halves == []
    assert sum(found.taken_up.values()) > 0, found
