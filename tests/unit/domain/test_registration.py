"""The state machine: every pair of state and event is answered, what is recorded can be replayed, what was a mistake is taken back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.procedure import EID_2025, PAPER_2021, PROCEDURES, Procedure
from app.domain.registration import (
    START,
    Details,
    Event,
    Facts,
    Happening,
    Move,
    Proof,
    Refusal,
    State,
    Way,
    decide,
    leave_out,
    replay,
    take_back,
)

DAY = date(2026, 11, 2)
TODAY = date(2026, 12, 31)


def after(procedure: Procedure, *steps: tuple[Event, int] | tuple[Event, int, str]) -> Facts:
    """The facts after steps (event, days from DAY, reason), each of which must be accepted."""
    facts = START
    for number, step in enumerate(steps, 1):
        happening = Happening(number, step[0], DAY + timedelta(days=step[1]), step[2] if len(step) == 3 else None)
        decided = decide(procedure, facts, happening, TODAY)
        assert isinstance(decided, Facts), f"{step} was refused: {decided}"
        facts = decided
    return facts


def refusal(procedure: Procedure, facts: Facts, event: Event, day: int = 0, reason: str | None = "vì") -> Refusal:
    decided = decide(procedure, facts, Happening(9, event, DAY + timedelta(days=day), reason), TODAY)
    assert isinstance(decided, Refusal), f"{event} was accepted: {decided}"
    return decided


@pytest.mark.parametrize("procedure", PROCEDURES.values(), ids=PROCEDURES)
def test_every_pair_of_state_and_event_has_an_answer(procedure: Procedure) -> None:
    expected = {(state, event) for state in State for event in Event if event is not Event.TAKEN_BACK}
    assert set(procedure.moves) == expected
    assert all(isinstance(outcome, State | Move | Refusal) for outcome in procedure.moves.values())


@pytest.mark.parametrize("procedure", PROCEDURES.values(), ids=PROCEDURES)
def test_every_state_of_the_procedure_can_be_reached_and_left(procedure: Procedure) -> None:
    paper_states = {State.FORM_RECEIVED, State.HANDED_IN}
    reached = {outcome for outcome in procedure.moves.values() if isinstance(outcome, State)}
    assert reached == set(State) - (paper_states if procedure.paper_days is None else set())
    for state in reached:
        assert any(isinstance(procedure.moves[state, event], State | Move) for event in procedure.events if event is not Event.TAKEN_BACK)


def test_the_straight_way_with_paper() -> None:
    facts = after(PAPER_2021, (Event.DECLARED, 0), (Event.FORM_RECEIVED, 2), (Event.HANDED_IN, 4), (Event.GRANTED, 6), (Event.SIGNED_IN, 7))
    assert facts.state is State.IN_USE
    assert (facts.declared_on, facts.handed_in_on, facts.granted_on) == (DAY, DAY + timedelta(4), DAY + timedelta(6))


def test_the_paper_is_due_on_the_tenth_day_counted_from_the_day_after_declaring() -> None:
    assert after(PAPER_2021, (Event.DECLARED, 0)).paper_due_on == date(2026, 11, 12)


def test_a_campaign_may_set_another_window_but_no_window_where_there_is_no_paper() -> None:
    assert after(PAPER_2021.with_paper_days(15), (Event.DECLARED, 0)).paper_due_on == date(2026, 11, 17)
    assert after(EID_2025.with_paper_days(15), (Event.DECLARED, 0)).paper_due_on is None


def test_without_paper_the_matter_lies_with_the_office_from_the_declaration() -> None:
    assert after(EID_2025, (Event.DECLARED, 0)).submitted_on == DAY
    assert refusal(EID_2025, after(EID_2025, (Event.DECLARED, 0)), Event.HANDED_IN) is Refusal.NO_PAPER


def test_declaring_again_waits_until_the_first_declaration_has_lapsed() -> None:
    declared = after(PAPER_2021, (Event.DECLARED, 0))
    assert refusal(PAPER_2021, declared, Event.DECLARED, day=10) is Refusal.ALREADY_DECLARED
    again = after(PAPER_2021, (Event.DECLARED, 0), (Event.DECLARED, 11))
    assert (again.attempt, again.declared_on, again.paper_due_on) == (2, DAY + timedelta(11), DAY + timedelta(21))


def test_what_the_office_says_is_recorded_from_wherever_we_thought_the_person_was() -> None:
    for state in set(State) - {State.GRANTED, State.IN_USE, State.EXCLUDED, State.STOPPED}:
        assert isinstance(decide(PAPER_2021, Facts(state=state), Happening(1, Event.GRANTED, DAY), TODAY), Facts)
        assert isinstance(decide(PAPER_2021, Facts(state=state), Happening(1, Event.SIGNED_IN, DAY), TODAY), Facts)


def test_the_paper_may_come_after_the_grant() -> None:
    facts = after(PAPER_2021, (Event.DECLARED, 0), (Event.GRANTED, 3), (Event.HANDED_IN, 2))
    assert (facts.state, facts.handed_in_on) == (State.GRANTED, DAY + timedelta(2))


@pytest.mark.parametrize("event", [Event.REJECTED, Event.EXCLUDED])
def test_a_reason_is_mandatory(event: Event) -> None:
    declared = after(PAPER_2021, (Event.DECLARED, 0))
    assert refusal(PAPER_2021, declared, event, reason=None) is Refusal.REASON_NEEDED
    assert refusal(PAPER_2021, declared, event, reason="  ") is Refusal.REASON_NEEDED


def test_who_is_readmitted_stands_where_they_stood() -> None:
    facts = after(PAPER_2021, (Event.DECLARED, 0), (Event.EXCLUDED, 1, "nghỉ thai sản"), (Event.READMITTED, 5))
    assert (facts.state, facts.declared_on, facts.reason) == (State.DECLARED, DAY, None)
    assert refusal(PAPER_2021, facts, Event.READMITTED) is Refusal.NOT_EXCLUDED


def test_nothing_but_readmission_is_recorded_for_somebody_excluded() -> None:
    excluded = after(PAPER_2021, (Event.EXCLUDED, 0, "đã chuyển trường"))
    for event in set(Event) - {Event.TAKEN_BACK, Event.READMITTED, Event.EXCLUDED}:
        assert refusal(PAPER_2021, excluded, event) is Refusal.IS_EXCLUDED


def test_a_day_that_has_not_come_is_refused() -> None:
    assert decide(PAPER_2021, START, Happening(1, Event.DECLARED, TODAY + timedelta(1)), TODAY) is Refusal.IN_FUTURE


def test_a_day_before_the_last_move_is_refused() -> None:
    assert refusal(PAPER_2021, after(PAPER_2021, (Event.DECLARED, 5)), Event.GRANTED, day=4) is Refusal.BEFORE_LAST


def test_each_rejection_counts_over_all_attempts() -> None:
    facts = after(
        PAPER_2021,
        (Event.DECLARED, 0),
        (Event.REJECTED, 2, "ảnh mờ"),
        (Event.DECLARED, 3),
        (Event.HANDED_IN, 4),
        (Event.REJECTED, 6, "thiếu mặt sau"),
    )
    assert (facts.attempt, facts.rejections, facts.reason) == (2, 2, "thiếu mặt sau")


def test_a_declaration_keeps_what_the_portal_said_and_a_new_attempt_begins_afresh() -> None:
    said = Details(file_number="G12.1", office="00104", way=Way.BATCH)
    first = decide(PAPER_2021, START, Happening(1, Event.DECLARED, DAY, details=said), TODAY)
    assert isinstance(first, Facts)
    assert (first.file_number, first.office, first.way) == ("G12.1", "00104", Way.BATCH)
    again = decide(PAPER_2021, first, Happening(2, Event.DECLARED, DAY + timedelta(11)), TODAY)
    assert isinstance(again, Facts)
    assert (again.file_number, again.way) == (None, None)


PAIRS = [(weak, strong) for weak in Proof for strong in Proof]


@pytest.mark.parametrize(("known", "told"), PAIRS)
@pytest.mark.parametrize("event", [Event.GRANTED, Event.SIGNED_IN])
def test_a_stronger_proof_replaces_a_weaker_never_the_other_way(event: Event, known: Proof, told: Proof) -> None:
    first = decide(PAPER_2021, START, Happening(1, event, DAY, details=Details(proof=known)), TODAY)
    assert isinstance(first, Facts)
    second = decide(PAPER_2021, first, Happening(2, event, DAY + timedelta(1), details=Details(proof=told)), TODAY)
    if list(Proof).index(told) < list(Proof).index(known):
        assert isinstance(second, Facts)
        assert second.state is first.state
        assert told in {second.granted_proof, second.used_proof}
    else:
        assert second is (Refusal.ALREADY_GRANTED if event is Event.GRANTED else Refusal.ALREADY_IN_USE)


def test_the_same_grant_without_proof_is_told_twice_in_vain() -> None:
    granted = after(PAPER_2021, (Event.GRANTED, 0))
    assert refusal(PAPER_2021, granted, Event.GRANTED, day=1) is Refusal.ALREADY_GRANTED


def test_installing_the_app_moves_nothing_and_is_known_once() -> None:
    facts = after(PAPER_2021, (Event.APP_INSTALLED, 0))
    assert (facts.state, facts.app_installed_on) == (State.TO_START, DAY)
    assert refusal(PAPER_2021, facts, Event.APP_INSTALLED, day=1) is Refusal.ALREADY_INSTALLED


def test_taking_back_undoes_the_last_event_that_still_counts() -> None:
    history = [Happening(1, Event.DECLARED, DAY), Happening(2, Event.GRANTED, DAY)]
    last, facts = _taken(history)
    assert (last.number, facts.state) == (2, State.DECLARED)
    history.append(Happening(3, Event.TAKEN_BACK, DAY, takes_back=2))
    last, facts = _taken(history)
    assert (last.number, facts) == (1, START)
    history.append(Happening(4, Event.TAKEN_BACK, DAY, takes_back=1))
    assert take_back(PAPER_2021, history) is Refusal.NOTHING_TO_TAKE_BACK


def _taken(history: list[Happening]) -> tuple[Happening, Facts]:
    taken = take_back(PAPER_2021, history)
    assert not isinstance(taken, Refusal)
    return taken


steps = st.lists(st.tuples(st.sampled_from(list(Event)), st.integers(0, 20)), max_size=25)


@given(st.sampled_from([PAPER_2021, EID_2025]), steps)
def test_replaying_a_history_gives_what_recording_it_gave(procedure: Procedure, wanted: list[tuple[Event, int]]) -> None:
    facts, history = START, list[Happening]()
    for event, day in wanted:
        number = len(history) + 1
        if event is Event.TAKEN_BACK:
            taken = take_back(procedure, history)
            if not isinstance(taken, Refusal):
                history.append(Happening(number, event, DAY, takes_back=taken[0].number))
                facts = taken[1]
            continue
        happening = Happening(number, event, DAY + timedelta(days=day), "vì")
        decided = decide(procedure, facts, happening, TODAY)
        if isinstance(decided, Facts):
            history.append(happening)
            facts = decided
    assert replay(procedure, history) == facts


def test_an_event_is_left_out_where_the_later_ones_can_do_without_it() -> None:
    installed = Happening(2, Event.APP_INSTALLED, DAY)
    history = [Happening(1, Event.GRANTED, DAY), installed]
    assert leave_out(PAPER_2021, history, 1) == replay(PAPER_2021, [installed])
    assert leave_out(PAPER_2021, [*history, Happening(3, Event.STOPPED, DAY)], 1) is None, "what stopped must have been there"
