"""What comes next for one registration."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.domain.next_steps import Status, next_event, other_events, steps
from app.domain.procedure import EID_2025, PAPER_2021, Procedure
from app.domain.registration import Event, Facts, Happening, Refusal, State, decide
from app.domain.standing import Goal, Standing, Today, standing_of

TODAY = date(2026, 11, 23)
S, E = State, Event


@pytest.mark.parametrize(
    ("state", "on_paper", "without_paper"),
    [
        (S.TO_START, E.DECLARED, E.DECLARED),
        (S.CODE_MISSING, E.CODE_ISSUED, E.CODE_ISSUED),
        (S.DECLARED, E.FORM_RECEIVED, E.GRANTED),
        (S.FORM_RECEIVED, E.HANDED_IN, E.GRANTED),
        (S.HANDED_IN, E.GRANTED, E.GRANTED),
        (S.REJECTED, E.DECLARED, E.DECLARED),
        (S.GRANTED, E.SIGNED_IN, E.SIGNED_IN),
        (S.IN_USE, None, None),
        (S.EXCLUDED, None, None),
        (S.STOPPED, E.DECLARED, E.DECLARED),
    ],
)
def test_the_event_that_each_state_waits_for(state: State, on_paper: Event | None, without_paper: Event | None):
    assert next_event(PAPER_2021, state, Standing.WAITING) is on_paper
    assert next_event(EID_2025, state, Standing.WAITING) is without_paper


@pytest.mark.parametrize("state", [S.DECLARED, S.FORM_RECEIVED])
def test_a_lapsed_declaration_is_made_again(state: State):
    assert next_event(PAPER_2021, state, Standing.LAPSED) is E.DECLARED


def facts_of(procedure: Procedure, *events: Event, on: date = TODAY) -> Facts:
    facts = Facts()
    for number, event in enumerate(events, 1):
        decided = decide(procedure, facts, Happening(number, event, on, reason="ảnh mờ"), on)
        assert not isinstance(decided, Refusal), decided
        facts = decided
    return facts


def standing(procedure: Procedure, facts: Facts) -> Standing:
    return standing_of(procedure, Goal.IN_USE, facts, Today(TODAY, TODAY - timedelta(days=5), TODAY))


@pytest.mark.parametrize("procedure", [PAPER_2021, EID_2025])
@pytest.mark.parametrize("state", list(State))
def test_whatever_is_offered_can_be_recorded_and_nothing_else(procedure: Procedure, state: State):
    facts = Facts(state=state, declared_on=TODAY, paper_due_on=TODAY + timedelta(days=10), moved_on=TODAY)
    now = standing(procedure, facts)
    following = next_event(procedure, state, now)
    offered = {*other_events(procedure, facts, now, TODAY), *([following] if following else [])}
    asked = {event: decide(procedure, facts, Happening(9, event, TODAY, "vì"), TODAY) for event in Event if event is not E.TAKEN_BACK}
    assert offered == {event for event, answer in asked.items() if not isinstance(answer, Refusal)}


def statuses(procedure: Procedure, facts: Facts) -> dict[Event, Status]:
    return {step.event: step.status for step in steps(procedure, facts, standing(procedure, facts))}


def test_the_way_on_paper_has_the_two_steps_of_the_form():
    assert list(statuses(PAPER_2021, Facts())) == [E.DECLARED, E.FORM_RECEIVED, E.HANDED_IN, E.GRANTED, E.SIGNED_IN]
    assert list(statuses(EID_2025, Facts())) == [E.DECLARED, E.GRANTED, E.SIGNED_IN]


def test_steps_behind_are_done_one_is_now_the_rest_lies_ahead():
    found = statuses(PAPER_2021, facts_of(PAPER_2021, E.DECLARED, E.FORM_RECEIVED))
    assert list(found.values()) == [Status.DONE, Status.DONE, Status.NOW, Status.AHEAD, Status.AHEAD]


def test_who_lacks_a_code_has_that_step_first():
    found = statuses(PAPER_2021, facts_of(PAPER_2021, E.CODE_MISSING))
    assert list(found.items())[:2] == [(E.CODE_ISSUED, Status.NOW), (E.DECLARED, Status.AHEAD)]


def test_after_a_rejection_the_way_begins_again():
    found = statuses(PAPER_2021, facts_of(PAPER_2021, E.DECLARED, E.HANDED_IN, E.REJECTED))
    assert found[E.DECLARED] is Status.NOW
    assert set(found.values()) == {Status.NOW, Status.AHEAD}


def test_a_lapsed_declaration_begins_again_too():
    found = statuses(PAPER_2021, facts_of(PAPER_2021, E.DECLARED, on=TODAY - timedelta(days=30)))
    assert found[E.DECLARED] is Status.NOW


def test_an_account_that_came_before_the_form_leaves_the_form_owed():
    found = statuses(PAPER_2021, facts_of(PAPER_2021, E.DECLARED, E.GRANTED))
    assert (found[E.FORM_RECEIVED], found[E.HANDED_IN], found[E.SIGNED_IN]) == (Status.OWED, Status.OWED, Status.NOW)


def test_somebody_who_had_the_account_before_the_campaign_owes_nothing():
    found = statuses(PAPER_2021, facts_of(PAPER_2021, E.SIGNED_IN))
    assert set(found.values()) == {Status.DONE}


def test_a_form_that_was_handed_in_was_received_even_if_nobody_noted_it():
    found = statuses(PAPER_2021, facts_of(PAPER_2021, E.DECLARED, E.HANDED_IN))
    assert found[E.FORM_RECEIVED] is Status.DONE
