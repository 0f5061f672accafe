"""The ladder: for whom each rung is, and on which day it comes."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.deadlines import Deadline
from app.domain.ladder import (
    LATE_DAYS,
    NOT_DONE,
    Anchor,
    Case,
    Course,
    Measure,
    Receiver,
    Rung,
    by_urgency,
    common_occasion,
    facts_between,
    goes_on,
    is_for,
    occasion,
    ready_made,
)
from app.domain.registration import State
from app.domain.standing import Goal, Standing
from app.domain.track import Track

HOLIDAYS = {date(2026, 12, 25)} | {date(2027, 2, day) for day in range(4, 11)}  # the second stretch is Tết
START, DEADLINE = date(2026, 11, 2), date(2026, 12, 30)  # a Wednesday


def is_workday(day: date) -> bool:
    return day.isoweekday() < 6 and day not in HOLIDAYS


def is_quiet(day: date) -> bool:
    return day.isoweekday() == 7 or day in HOLIDAYS


def course(deadline: date = DEADLINE, *, included: bool = False) -> Course:
    return Course(START, Deadline(deadline, included), is_workday, is_quiet)


SOMEBODY = Case(1, 10, Track.SELF, State.TO_START, Standing.TO_START)


@pytest.mark.parametrize(
    ("rung", "on", "goes"),
    [
        (Rung(1, Anchor.DEADLINE, -7), DEADLINE, date(2026, 12, 23)),
        (Rung(1, Anchor.DEADLINE, -7, Measure.WORKDAYS), DEADLINE, date(2026, 12, 18)),
        (Rung(1, Anchor.DEADLINE, -3), DEADLINE, date(2026, 12, 28)),  # the 27th is a Sunday
        (Rung(1, Anchor.DEADLINE, -5), DEADLINE, date(2026, 12, 26)),  # the 25th is a holiday; a Saturday is not quiet
        (Rung(1, Anchor.DEADLINE, -1), date(2026, 12, 28), date(2026, 12, 26)),  # Sunday before a Monday that doesn't count: moved back
        (Rung(1, Anchor.DEADLINE, 1), date(2026, 12, 26), date(2026, 12, 28)),
        (Rung(1, Anchor.DEADLINE, -2), date(2027, 2, 11), date(2027, 2, 3)),  # in Tết, and after it would be too late
        (Rung(1, Anchor.DECLARED, 5), date(2026, 12, 1), date(2026, 12, 7)),
        (Rung(1, Anchor.REJECTED, 0), date(2026, 12, 1), date(2026, 12, 1)),
        (Rung(1, Anchor.DECLARED, 3, Measure.WORKDAYS), date(2026, 12, 23), date(2026, 12, 29)),
        (Rung(1, Anchor.PASSWORD_CHANGED, 6, Measure.MONTHS), date(2026, 8, 31), date(2027, 3, 1)),  # 28 February is a Sunday
    ],
)
def test_each_rung_goes_on_its_day_or_the_next_that_is_not_quiet(rung: Rung, on: date, goes: date):
    assert goes_on(rung, on, course(on if rung.anchor is Anchor.DEADLINE else DEADLINE)) == goes


def test_a_rung_before_a_deadline_that_counts_itself_may_go_on_the_last_day():
    rung = Rung(1, Anchor.DEADLINE, -1)
    assert goes_on(rung, date(2026, 12, 28), course(date(2026, 12, 28), included=True)) == date(2026, 12, 28)


def test_a_weekly_rung_comes_from_the_start_to_the_deadline():
    rung = Rung(1, Anchor.WEEKDAY, 1)
    mondays = {found.on for day in range(70) if (found := common_occasion(rung, course(), START + timedelta(days=day)))}
    assert mondays == {date(2026, 11, 2) + timedelta(weeks=week) for week in range(9)}
    assert common_occasion(rung, course(), date(2026, 12, 29)) is not None
    assert common_occasion(rung, course(), date(2026, 12, 30)) is None


def test_who_joins_late_does_not_inherit_past_rungs():
    rung = Rung(1, Anchor.DEADLINE, -7)
    joined = [SOMEBODY._replace(opened_on=date(2026, 12, day)) for day in (22, 23, 24)]
    assert [bool(occasion(rung, case, course(), date(2026, 12, 24))) for case in joined] == [True, True, False]


def test_what_was_missed_for_long_is_not_made_up_for():
    rung = Rung(1, Anchor.DEADLINE, -21)  # 9 December
    days = [date(2026, 12, 8), date(2026, 12, 9), date(2026, 12, 9) + timedelta(days=LATE_DAYS), date(2026, 12, 24)]
    assert [bool(occasion(rung, SOMEBODY, course(), day)) for day in days] == [False, True, True, False]


def test_nothing_reminds_of_a_deadline_that_is_over():
    assert occasion(Rung(1, Anchor.DEADLINE, -1), SOMEBODY, course(), date(2026, 12, 30)) is None
    assert occasion(Rung(1, Anchor.DEADLINE, 1), SOMEBODY, course(), date(2026, 12, 31)) is not None


def test_a_second_attempt_and_a_moved_deadline_are_other_occasions():
    rung = Rung(1, Anchor.DECLARED, 5)
    first, second = (SOMEBODY._replace(declared_on=date(2026, 11, day)) for day in (10, 16))
    assert occasion(rung, first, course(), date(2026, 11, 22)).key != occasion(rung, second, course(), date(2026, 11, 22)).key  # type: ignore[union-attr]
    moved = [
        occasion(Rung(1, Anchor.DEADLINE, -7), SOMEBODY, course(day), day - timedelta(days=6)) for day in (DEADLINE, date(2027, 1, 20))
    ]
    assert len({found.key for found in moved if found}) == 2


@pytest.mark.parametrize("standing", Standing)
def test_a_rung_without_standings_is_for_whoever_is_not_done(standing: Standing):
    assert is_for(Rung(1, Anchor.DEADLINE, -7), SOMEBODY._replace(standing=standing)) is (standing in NOT_DONE)


def test_a_rung_may_be_narrowed_to_standing_track_place_and_receiver():
    child = SOMEBODY._replace(track=Track.GUARDIAN)
    own = SOMEBODY._replace(is_own=True)
    assert not is_for(Rung(1, Anchor.DEADLINE, -7, standings=frozenset({Standing.LAPSED})), SOMEBODY)
    assert [is_for(Rung(1, Anchor.DEADLINE, -7, track=Track.GUARDIAN), case) for case in (SOMEBODY, child)] == [False, True]
    assert [is_for(Rung(1, Anchor.DEADLINE, -7, institution_id=1, unit_id=unit), SOMEBODY) for unit in (None, 10, 11)] == [
        True,
        True,
        False,
    ]
    assert not is_for(Rung(1, Anchor.DEADLINE, -7, institution_id=2), SOMEBODY)
    to_people = Rung(1, Anchor.DEADLINE, -7, receivers=frozenset({Receiver.PERSON}))
    assert [is_for(to_people, case) for case in (SOMEBODY, child, own)] == [True, False, False]


def test_whose_form_is_with_the_institution_is_not_asked_for_it():
    rung = Rung(1, Anchor.DECLARED, 5, standings=frozenset({Standing.PAPER_DUE, Standing.LAPSED}))
    signed = SOMEBODY._replace(state=State.FORM_RECEIVED, standing=Standing.PAPER_DUE)
    assert not is_for(rung, signed)
    assert is_for(rung, signed._replace(standing=Standing.LAPSED))
    assert is_for(rung, signed._replace(state=State.DECLARED))


def test_only_the_change_of_a_password_reaches_who_is_done():
    done = SOMEBODY._replace(state=State.IN_USE, standing=Standing.DONE, password_on=date(2026, 6, 1))
    rungs = ready_made(Goal.IN_USE, has_paper=True)
    assert [rung.anchor for rung in rungs if is_for(rung, done)] == [Anchor.PASSWORD_CHANGED]


def test_a_digest_has_its_own_rungs():
    lead = SOMEBODY._replace(digest=Receiver.UNIT_LEAD)
    assert is_for(Rung(1, Anchor.WEEKDAY, 1, receivers=frozenset({Receiver.UNIT_LEAD})), lead)
    assert not is_for(Rung(1, Anchor.WEEKDAY, 1), lead)


def test_the_most_urgent_is_the_one_whose_day_came_last_and_of_one_day_what_has_happened():
    rungs = [Rung(1, Anchor.DEADLINE, -14), Rung(2, Anchor.DEADLINE, -7), Rung(3, Anchor.DECLARED, 5), Rung(4, Anchor.WEEKDAY, 3)]
    case = SOMEBODY._replace(declared_on=date(2026, 12, 18))
    found = [(rung, it) for rung in rungs if (it := occasion(rung, case, course(), date(2026, 12, 23)))]
    assert [rung.id for rung, _ in by_urgency(found)] == [3, 2, 4, 1]


@pytest.mark.parametrize("goal", Goal)
@pytest.mark.parametrize("has_paper", [True, False])
def test_a_new_campaign_has_a_rung_a_week_before_for_whoever_is_not_done(goal: Goal, has_paper: bool):
    found = [r for r in ready_made(goal, has_paper=has_paper) if r.anchor is Anchor.DEADLINE and r.distance == -7 and not r.standings]
    assert {Receiver.PERSON, Receiver.GUARDIAN} <= frozenset().union(*(rung.receivers for rung in found))
    assert any(rung.anchor is Anchor.DECLARED for rung in ready_made(goal, has_paper=has_paper)) is has_paper


@given(
    anchor=st.sampled_from([Anchor.DECLARED, Anchor.REJECTED]),
    distance=st.integers(0, 60),
    measure=st.sampled_from([Measure.DAYS, Measure.WORKDAYS]),
    today=st.dates(date(2026, 10, 1), date(2027, 4, 1)),
)
def test_the_range_of_facts_is_exactly_the_days_for_which_a_rung_comes(anchor: Anchor, distance: int, measure: Measure, today: date):
    rung = Rung(1, anchor, distance, measure, standings=frozenset(Standing))
    name = "declared_on" if anchor is Anchor.DECLARED else "rejected_on"
    days = [today - timedelta(days=back) for back in range(160)]
    comes = [day for day in days if occasion(rung, SOMEBODY._replace(**{name: day}), course(), today)]
    between = facts_between(rung, course(), today)
    assert (between is None) == (not comes)
    if between:
        assert between == (min(comes), max(comes))
