"""Today's work: what there is to do, the most pressing first."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.domain.standing import Standing
from app.domain.todo import MEANINGS, Item, Work, todo

TODAY = date(2026, 11, 23)


def in_days(days: int) -> date:
    return TODAY + timedelta(days=days)


@pytest.mark.parametrize(
    ("standing", "work"),
    [
        (Standing.LAPSED, Work.LAPSED),
        (Standing.TO_FIX, Work.TO_FIX),
        (Standing.WAITING_LONG, Work.WAITING_LONG),
        (Standing.BLOCKED_CODE, Work.BLOCKED_CODE),
        (Standing.TO_SIGN_IN, Work.TO_SIGN_IN),
        (Standing.TO_START, Work.TO_START),
    ],
)
def test_each_standing_that_somebody_can_do_something_about_is_work(standing: Standing, work: Work):
    assert todo({standing: 4}, {}, {}, TODAY) == (Item(work, 4),)


@pytest.mark.parametrize("standing", [Standing.DONE, Standing.EXCLUDED, Standing.WAITING, Standing.PAPER_DUE, Standing.BLOCKED_GUARDIAN])
def test_who_is_done_has_time_or_waits_for_a_guardian_is_no_work_for_today(standing: Standing):
    assert todo({standing: 4}, {}, {}, TODAY) == ()


@pytest.mark.parametrize(
    ("days", "work"),
    [
        (0, Work.DUE_NOW),
        (1, Work.DUE_NOW),
        (2, Work.DUE_SOON),
        (3, Work.DUE_SOON),
        (4, Work.DUE_THIS_WEEK),
        (5, Work.DUE_THIS_WEEK),
        (6, None),
        (-1, None),
    ],
)
def test_a_form_presses_more_the_nearer_its_last_day_is(days: int, work: Work | None):
    assert todo({Standing.PAPER_DUE: 2}, {in_days(days): 2}, {}, TODAY) == ((Item(work, 2),) if work else ())


def test_no_form_is_counted_twice():
    due = {in_days(days): 1 for days in range(10)}
    found = {item.work: item.people for item in todo({Standing.PAPER_DUE: 10}, due, {}, TODAY)}
    assert found == {Work.DUE_NOW: 2, Work.DUE_SOON: 2, Work.DUE_THIS_WEEK: 2}


def test_what_the_portal_deletes_comes_first_and_what_begins_comes_last():
    beside = {work: 1 for work, meaning in MEANINGS.items() if meaning.standing is None}
    everything = todo(dict.fromkeys(Standing, 1), {in_days(0): 1, in_days(3): 1, in_days(5): 1}, beside, TODAY)
    assert [item.work for item in everything] == list(Work)


def test_every_kind_of_work_knows_whom_it_concerns():
    assert list(MEANINGS) == list(Work)


def test_what_no_standing_tells_of_is_work_too():
    assert todo({}, {}, {Work.PAPER_OWED: 3}, TODAY) == (Item(Work.PAPER_OWED, 3),)
