"""What the calendar does to a campaign: Tết in the midst of it, a deadline that moves, a deadline on a Sunday."""

from __future__ import annotations

from datetime import date, timedelta

from flask import Flask
from sqlalchemy import select

from app import transaction
from app.extensions import db
from app.models import Campaign
from app.workdays import is_holiday
from tests.stories.school import School, school

NEW_YEAR = date(2027, 2, 6)  # the first day of Đinh Mùi
SUNDAY = date(2026, 6, 28)


def days_with_messages(story: School, first: date, last: date) -> dict[date, int]:
    """How many people and guardians are told on each day; digests are not counted."""
    found = {}
    for day in (first + timedelta(days=days) for days in range((last - first).days + 1)):
        told = [letter for letters in story.day(day).values() for letter in letters if letter.stop_url]
        if told:
            found[day] = len(told)
    return found


def test_nothing_goes_at_tet_and_what_was_due_then_goes_once_afterwards(database: Flask):
    deadline = NEW_YEAR + timedelta(days=12)
    story = school(database, deadline)
    told = days_with_messages(story, deadline - timedelta(days=21), deadline - timedelta(days=1))
    assert not [day for day in told if is_holiday(day) or day.isoweekday() == 7]
    ladder = [day for day, people in told.items() if people > max(told.values()) / 2]
    before, afterwards = [date(2027, 1, 28)], [date(2027, 2, 11), date(2027, 2, 15), date(2027, 2, 17)]
    assert ladder == before + afterwards  # D-14 lies in Tết: it would go on the day of D-7, and that goes instead of both


def test_a_moved_deadline_moves_the_ladder_and_nobody_is_told_twice_for_one(database: Flask):
    story = school(database)
    first = days_with_messages(story, story.deadline - timedelta(days=7), story.deadline - timedelta(days=6))
    later = story.deadline + timedelta(days=21)
    with database.app_context(), transaction.writing():
        db.session.scalars(select(Campaign)).one().deadline_on = later
    between = days_with_messages(story, story.deadline - timedelta(days=5), story.deadline - timedelta(days=1))
    again = days_with_messages(story, later - timedelta(days=7), later - timedelta(days=6))
    assert (list(first), list(again)) == ([story.deadline - timedelta(days=7)], [later - timedelta(days=7)])
    assert story.deadline - timedelta(days=3) not in between
    assert all(people < 10 for people in between.values())  # what was declared or rejected, not the ladder


def test_the_last_reminder_of_a_sunday_deadline_goes_on_saturday(database: Flask):
    story = school(database, SUNDAY)
    told = days_with_messages(story, SUNDAY - timedelta(days=3), SUNDAY + timedelta(days=2))
    assert list(told) == [SUNDAY - timedelta(days=3), SUNDAY - timedelta(days=1), SUNDAY + timedelta(days=1)]


def test_messages_of_a_sunday_deadline_name_the_last_working_day(database: Flask):
    story = school(database, SUNDAY)
    told = [letter.text for letters in story.day(SUNDAY - timedelta(days=3)).values() for letter in letters]
    assert told
    assert all("26/06/2026" in text for text in told if "kê khai" in text)
