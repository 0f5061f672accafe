"""Standings: a partition of everybody, read from state, dates and the clock."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

import pytest

from app.domain.procedure import EID_2025, PAPER_2021, PROCEDURES, Procedure
from app.domain.progress import Count, progress_of, total_of
from app.domain.registration import Facts, State
from app.domain.standing import REACHED, Goal, Guarding, Segment, Standing, Today, rules, segment_of, standing_of, states_of

ON = date(2026, 11, 20)
TODAY = Today(on=ON, office_late_before=ON - timedelta(days=4), ages_on=ON)
EARLIER, LATER = ON - timedelta(days=1), ON + timedelta(days=1)
S, W = State, Standing


@pytest.mark.parametrize(
    ("goal", "facts", "standing"),
    [
        (Goal.GRANTED, Facts(state=S.TO_START), W.TO_START),
        (Goal.GRANTED, Facts(state=S.CODE_MISSING), W.BLOCKED_CODE),
        (Goal.GRANTED, Facts(state=S.DECLARED, paper_due_on=LATER), W.PAPER_DUE),
        (Goal.GRANTED, Facts(state=S.DECLARED, paper_due_on=ON), W.PAPER_DUE),
        (Goal.GRANTED, Facts(state=S.DECLARED, paper_due_on=EARLIER), W.LAPSED),
        (Goal.GRANTED, Facts(state=S.FORM_RECEIVED, paper_due_on=ON), W.PAPER_DUE),
        (Goal.GRANTED, Facts(state=S.FORM_RECEIVED, paper_due_on=EARLIER), W.LAPSED),
        (Goal.GRANTED, Facts(state=S.HANDED_IN, paper_due_on=EARLIER, submitted_on=ON), W.WAITING),
        (Goal.GRANTED, Facts(state=S.HANDED_IN, submitted_on=ON - timedelta(days=4)), W.WAITING),
        (Goal.GRANTED, Facts(state=S.HANDED_IN, submitted_on=ON - timedelta(days=5)), W.WAITING_LONG),
        (Goal.GRANTED, Facts(state=S.REJECTED), W.TO_FIX),
        (Goal.GRANTED, Facts(state=S.GRANTED), W.DONE),
        (Goal.GRANTED, Facts(state=S.IN_USE), W.DONE),
        (Goal.GRANTED, Facts(state=S.EXCLUDED), W.EXCLUDED),
        (Goal.GRANTED, Facts(state=S.STOPPED), W.TO_START),
        (Goal.IN_USE, Facts(state=S.GRANTED), W.TO_SIGN_IN),
        (Goal.IN_USE, Facts(state=S.IN_USE), W.DONE),
        (Goal.DECLARED, Facts(state=S.DECLARED, paper_due_on=LATER), W.DONE),
        (Goal.DECLARED, Facts(state=S.DECLARED, paper_due_on=EARLIER), W.LAPSED),
        (Goal.DECLARED, Facts(state=S.HANDED_IN, submitted_on=ON - timedelta(days=9)), W.DONE),
        (Goal.DECLARED, Facts(state=S.REJECTED), W.TO_FIX),
    ],
)
def test_standings_with_paper(goal: Goal, facts: Facts, standing: Standing) -> None:
    assert standing_of(PAPER_2021, goal, facts, TODAY) is standing


@pytest.mark.parametrize(
    ("facts", "standing"),
    [
        (Facts(state=S.DECLARED, submitted_on=ON), W.WAITING),
        (Facts(state=S.DECLARED, submitted_on=ON - timedelta(days=5)), W.WAITING_LONG),
        (Facts(state=S.TO_START), W.TO_START),
    ],
)
def test_without_paper_nobody_owes_paper_and_nothing_lapses(facts: Facts, standing: Standing) -> None:
    assert standing_of(EID_2025, Goal.GRANTED, facts, TODAY) is standing


@pytest.mark.parametrize(("procedure", "goal"), list(product(PROCEDURES.values(), Goal)), ids=lambda v: getattr(v, "code", str(v)))
def test_whoever_they_are_they_stand_somewhere_and_in_scope_means_on_the_rail(procedure: Procedure, goal: Goal) -> None:
    dates = (None, EARLIER - timedelta(days=9), ON, LATER)
    for state, due, submitted in product(State, dates, dates):
        standing = standing_of(procedure, goal, Facts(state=state, paper_due_on=due, submitted_on=submitted), TODAY)
        assert (segment_of(state, standing) is None) == (standing is Standing.EXCLUDED)
    assert rules(procedure.code, goal)[-1].states == frozenset(State)


def test_milestones_are_cumulative() -> None:
    assert REACHED[Goal.IN_USE] < REACHED[Goal.GRANTED] < REACHED[Goal.DECLARED]


def test_a_tally_counts_everybody_once() -> None:
    counts = [
        Count(S.IN_USE, W.DONE, 3),
        Count(S.GRANTED, W.DONE, 2),
        Count(S.DECLARED, W.PAPER_DUE, 4),
        Count(S.DECLARED, W.LAPSED, 1),
        Count(S.REJECTED, W.TO_FIX, 1),
        Count(S.TO_START, W.TO_START, 5),
        Count(S.EXCLUDED, W.EXCLUDED, 2),
    ]
    tally = progress_of(counts)
    assert (tally.total, tally.in_scope, tally.excluded, tally.done, tally.left) == (18, 16, 2, 5, 11)
    assert (tally.declared, tally.granted, tally.in_use) == (11, 5, 3)
    assert sum(tally.by_segment.values()) == tally.in_scope
    assert tally.by_segment == {Segment.IN_USE: 3, Segment.GRANTED: 2, Segment.DECLARED: 4, Segment.BLOCKED: 2, Segment.TO_START: 5}
    assert total_of([tally, tally]) == progress_of([*counts, *counts])


def test_a_hundred_per_cent_means_that_nobody_is_left() -> None:
    assert progress_of([Count(S.GRANTED, W.DONE, 1999), Count(S.TO_START, W.TO_START, 1)]).percent == 99.9
    assert progress_of([Count(S.GRANTED, W.DONE, 2000)]).percent == 100.0
    assert progress_of([]).percent == 0.0


@pytest.mark.parametrize("procedure", PROCEDURES.values(), ids=lambda procedure: procedure.code)
@pytest.mark.parametrize("goal", Goal)
def test_the_states_of_a_standing_are_exactly_those_in_which_somebody_stands_so(procedure: Procedure, goal: Goal) -> None:
    seen: dict[Standing, set[State]] = {standing: set() for standing in Standing}
    days = (None, EARLIER, LATER)
    for state, due, submitted, self_from in product(State, days, (None, ON - timedelta(days=30), ON), days):
        facts = Facts(state=state, paper_due_on=due, submitted_on=submitted)
        seen[standing_of(procedure, goal, facts, TODAY, Guarding(self_from))].add(state)
    assert {standing: states_of(procedure.code, goal, frozenset({standing})) for standing in Standing} == seen
