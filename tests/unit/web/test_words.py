"""Words for every state, standing, event and refusal, and how somebody stands today."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from typing import Any

import pytest

from app.domain.access import Role
from app.domain.procedure import PROCEDURES
from app.domain.progress import Count, progress_of
from app.domain.registration import Event, Refusal, State
from app.domain.standing import Goal, Segment, Standing
from app.queries.people import PersonRow
from app.services.passwords import PasswordRefusal
from app.web import words

TODAY = date(2026, 11, 23)
IN_A_WEEK = TODAY + timedelta(7)


@pytest.mark.parametrize(
    ("table", "names"),
    [
        (words.STATES, State),
        (words.EVENTS, Event),
        (words.STANDINGS, Standing),
        (words.SEGMENTS, Segment),
        (words.GOALS, Goal),
        (words.ROLES, Role),
        (words.REFUSALS, Refusal),
        (words.PASSWORD_REFUSALS, PasswordRefusal),
        (words.PROCEDURES, PROCEDURES),
    ],
)
def test_everything_with_a_name_has_words(table: dict[StrEnum, Any], names: Any):
    assert list(table) == list(names)


def row(state: State, standing: Standing, **known: Any) -> PersonRow:
    facts: dict[str, Any] = {"paper_due_on": None, "submitted_on": None, "reason": None} | known
    return PersonRow(1, "Trần Bảo An", "6A1", None, None, state, standing, **facts, changed_at=None, revision=1)


@pytest.mark.parametrize(
    ("person", "tone", "text"),
    [
        (row(State.IN_USE, Standing.DONE), "good", "In use"),
        (row(State.GRANTED, Standing.DONE), "good", "Account granted"),
        (row(State.TO_START, Standing.TO_START), "plain", "Not started"),
        (row(State.STOPPED, Standing.TO_START), "plain", "Use stopped, to declare again"),
        (row(State.DECLARED, Standing.PAPER_DUE, paper_due_on=TODAY), "bad", "Last day to hand in the form"),
        (row(State.DECLARED, Standing.PAPER_DUE, paper_due_on=TODAY + timedelta(1)), "bad", "1 day left to hand in the form"),
        (row(State.DECLARED, Standing.PAPER_DUE, paper_due_on=TODAY + timedelta(3)), "warn", "3 days left to hand in the form"),
        (row(State.DECLARED, Standing.PAPER_DUE, paper_due_on=IN_A_WEEK), "info", "7 days left to hand in the form"),
        (row(State.FORM_RECEIVED, Standing.PAPER_DUE, paper_due_on=IN_A_WEEK), "info", "Form is with us, 7 days left to hand it in"),
        (row(State.DECLARED, Standing.LAPSED), "bad", "Form overdue, declare again"),
        (row(State.HANDED_IN, Standing.WAITING, submitted_on=TODAY), "info", "BHXH is deciding"),
        (row(State.HANDED_IN, Standing.WAITING, submitted_on=TODAY - timedelta(2)), "info", "BHXH is deciding, 2 days"),
        (row(State.HANDED_IN, Standing.WAITING_LONG, submitted_on=TODAY - timedelta(9)), "warn", "BHXH has had it for 9 days: ask"),
        (row(State.REJECTED, Standing.TO_FIX, reason="ảnh mờ"), "bad", "Rejected: ảnh mờ"),
        (row(State.EXCLUDED, Standing.EXCLUDED, reason="chuyển trường"), "plain", "Outside the target: chuyển trường"),
        (row(State.EXCLUDED, Standing.EXCLUDED), "plain", "Outside the target"),
        (row(State.CODE_MISSING, Standing.BLOCKED_CODE), "warn", "No BHXH code yet"),
        (row(State.TO_START, Standing.BLOCKED_GUARDIAN), "warn", "Waiting for the guardian's account"),
        (row(State.GRANTED, Standing.TO_SIGN_IN), "info", "Granted, not signed in yet"),
    ],
)
def test_a_tag_tells_how_somebody_stands_today(person: PersonRow, tone: str, text: str):
    assert words.standing_words(person, TODAY) == (tone, text)


def test_every_standing_can_be_told():
    for standing in Standing:
        assert words.standing_words(row(State.TO_START, standing), TODAY).text


def test_who_cant_see_the_rail_is_told_it():
    progress = progress_of([Count(State.IN_USE, Standing.DONE, 3), Count(State.TO_START, Standing.TO_START, 1)])
    told = words.rail_words(progress, "71%")
    assert told == "Of 4 people in scope: 3 in use, 0 account granted, 0 declared, 0 blocked, 1 not started. Today needs 71%."
    assert "Today" not in words.rail_words(progress, None)
