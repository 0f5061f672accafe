"""Whether, when and how one message goes: one function for planning, the look before sending and the preview."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from app.domain.ladder import Anchor, Case, Channel, Measure, Occasion, Receiver, Rung
from app.domain.nudge import (
    AddressState,
    Decision,
    Hours,
    Reach,
    Terms,
    Why,
    decide,
    is_capped,
    next_opening,
    tomorrow_at,
    upcoming,
    way_to,
)
from app.domain.registration import State
from app.domain.standing import Standing
from app.domain.track import Track
from tests.unit.domain.test_ladder import DEADLINE, SOMEBODY, course

D21, D7, D3, PAPER = Rung(1, Anchor.DEADLINE, -21), Rung(2, Anchor.DEADLINE, -7), Rung(3, Anchor.DEADLINE, -3), Rung(4, Anchor.DECLARED, 5)
TERMS = Terms((D21, D7, D3, PAPER), course())
BOTH = Reach(phone=AddressState.GOOD, email=AddressState.GOOD)
NOTHING: frozenset[tuple[int, date]] = frozenset()


def at(day: int, hour: int = 9, month: int = 12) -> datetime:
    return datetime(2026, month, day, hour)


def decided(
    now: datetime, *, terms: Terms = TERMS, case: Case = SOMEBODY, reach: Reach = BOTH, handled: frozenset[tuple[int, date]] = NOTHING
) -> Decision:
    return decide(terms, [case], reach, handled, now)


def test_a_due_rung_goes_by_the_first_channel_there_is():
    found = decided(at(23))
    assert (found.goes, found.rung, found.channel) == (True, D7, Channel.EMAIL)


def test_nothing_goes_before_its_day_or_twice():
    assert decided(at(8)).why is Why.NOT_DUE
    assert decided(at(23), handled=frozenset({(2, DEADLINE), (1, DEADLINE)})).why is Why.NOT_DUE


def test_after_an_outage_only_the_most_urgent_goes_and_the_others_are_overtaken():
    found = decided(at(28), case=SOMEBODY._replace(state=State.DECLARED, standing=Standing.PAPER_DUE, declared_on=date(2026, 12, 21)))
    assert found.rung == D3
    assert {it.rung_id for it in found.overtaken} == {D7.id, PAPER.id}


@pytest.mark.parametrize("standing", [Standing.DONE, Standing.EXCLUDED])
def test_who_is_done_or_outside_the_target_gets_nothing(standing: Standing):
    assert not decided(at(23), case=SOMEBODY._replace(standing=standing)).goes


@pytest.mark.parametrize(
    ("reach", "expected"),
    [
        (Reach(phone=AddressState.GOOD), Channel.ZALO),
        (Reach(email=AddressState.GOOD), Channel.EMAIL),
        (Reach(), Why.NO_ADDRESS),
        (Reach(email=AddressState.DEAD), Why.UNREACHABLE),
        (Reach(email=AddressState.DEAD, phone=AddressState.GOOD), Channel.ZALO),
        (Reach(email=AddressState.OPTED_OUT), Why.OPTED_OUT),
        (Reach(email=AddressState.GOOD, tried=frozenset({Channel.EMAIL})), Why.UNREACHABLE),
        (Reach(phone=AddressState.GOOD, tried=frozenset({Channel.ZALO})), Channel.SMS),
        (BOTH._replace(paused=Why.PAUSED_PERSON), Why.PAUSED_PERSON),
        (BOTH._replace(nobody=True), Why.NO_GUARDIAN),
    ],
)
def test_the_next_channel_is_taken_or_the_reason_said(reach: Reach, expected: Channel | Why):
    assert way_to(D7.channels, reach, frozenset(Channel)) is expected


def test_an_address_without_a_channel_that_is_set_up_is_no_reproach_to_the_address():
    assert way_to(D7.channels, BOTH, frozenset()) is Why.NO_CHANNEL


@pytest.mark.parametrize(
    ("terms", "why"),
    [
        (Terms((D7,), course(), is_paused=True), Why.PAUSED_CAMPAIGN),
        (Terms((replace(D7, is_paused=True),), course()), Why.PAUSED_RUNG),
    ],
)
def test_a_pause_is_the_reason_that_is_kept(terms: Terms, why: Why):
    found = decided(at(23), terms=terms)
    assert (found.why, found.occasion is not None) == (why, True)


def test_a_paused_rung_keeps_no_other_back():
    assert decided(at(28), terms=Terms((D7, replace(D3, is_paused=True)), course())).rung == D7


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        (at(23, 9), at(23, 9)),
        (at(23, 6), at(23, 7)),
        (at(23, 21), at(24, 7)),
        (at(24, 22), at(26, 7)),  # the 25th is a holiday
        (at(26, 23), at(28, 7)),  # the 27th is a Sunday
    ],
)
def test_messages_wait_for_a_decent_hour(now: datetime, opens: datetime):
    assert next_opening(TERMS, now) == opens


def test_a_campaign_may_have_its_own_hours():
    terms = Terms(TERMS.rungs, course(), Hours(8, 18))
    assert [next_opening(terms, at(23, hour)) for hour in (7, 17, 18)] == [at(23, 8), at(23, 17), at(24, 8)]


def test_at_night_it_is_planned_for_the_morning():
    found = decided(at(23, 22))
    assert (found.why, found.not_before, found.channel) == (Why.QUIET, at(24, 7), Channel.EMAIL)


def test_what_may_not_go_any_more_today_goes_on_the_next_day_that_is_not_quiet():
    assert tomorrow_at(TERMS, at(26)) == at(28, 7)


def claimed(rung: Rung, on: date, goes: date) -> Occasion:
    return Occasion(rung.id, on, goes)


def test_the_look_before_sending_stops_who_is_done_meanwhile():
    found = decide(
        TERMS, [SOMEBODY._replace(standing=Standing.DONE)], BOTH, NOTHING, at(23), now_on=claimed(D7, DEADLINE, date(2026, 12, 23))
    )
    assert found.why is Why.DONE


def test_the_look_before_sending_lets_the_more_urgent_go_instead():
    planned = claimed(D7, DEADLINE, date(2026, 12, 23))
    assert decide(TERMS, [SOMEBODY], BOTH, NOTHING, at(28), now_on=planned).why is Why.OVERTAKEN
    assert decide(TERMS, [SOMEBODY], BOTH, frozenset({(3, DEADLINE)}), at(28), now_on=planned).goes


def test_a_moved_deadline_or_a_removed_rung_stops_what_was_planned_for_it():
    planned = claimed(D7, DEADLINE, date(2026, 12, 23))
    moved = Terms(TERMS.rungs, course(date(2027, 1, 29)))
    removed = Terms((D21,), course())
    assert decide(moved, [SOMEBODY], BOTH, NOTHING, at(23), now_on=planned).why is Why.NO_LONGER_DUE
    assert decide(removed, [SOMEBODY], BOTH, NOTHING, at(23), now_on=planned).why is Why.NO_LONGER_DUE


def test_one_message_speaks_for_all_children_and_the_most_pressing_decides():
    children = [
        SOMEBODY._replace(track=Track.GUARDIAN),
        SOMEBODY._replace(track=Track.GUARDIAN, standing=Standing.PAPER_DUE, declared_on=date(2026, 12, 18)),
    ]
    found = decide(TERMS, children, BOTH, NOTHING, at(23))
    assert (found.rung, [it.rung_id for it in found.overtaken]) == (PAPER, [D7.id, D21.id])


def test_without_anybody_left_there_is_nothing_to_say():
    assert decide(TERMS, [], BOTH, NOTHING, at(23)).why is Why.NOT_DUE


def test_a_look_ahead_takes_what_is_due_earlier_for_gone():
    assert decide(TERMS, [SOMEBODY], BOTH, NOTHING, at(24), since=date(2026, 12, 24)).why is Why.NOT_DUE
    assert decide(TERMS, [SOMEBODY], BOTH, NOTHING, at(23), since=date(2026, 12, 23)).rung == D7


def test_a_message_by_hand_counts_as_the_next_rung():
    assert upcoming(TERMS, [SOMEBODY], NOTHING, date(2026, 12, 10))[1].rung_id == D21.id  # type: ignore[index]
    assert upcoming(TERMS, [SOMEBODY], frozenset({(1, DEADLINE)}), date(2026, 12, 10))[1].rung_id == D7.id  # type: ignore[index]
    assert upcoming(TERMS, [SOMEBODY], NOTHING, DEADLINE + timedelta(days=3)) is None


def test_one_message_a_day_holds_for_phones_and_for_those_who_are_reminded():
    assert is_capped(Receiver.PERSON, Channel.EMAIL)
    assert is_capped(Receiver.COORDINATOR, Channel.SMS)
    assert not is_capped(Receiver.COORDINATOR, Channel.EMAIL)


def test_a_password_is_due_again_after_half_a_year():
    rung = Rung(9, Anchor.PASSWORD_CHANGED, 6, Measure.MONTHS)
    case = SOMEBODY._replace(state=State.IN_USE, standing=Standing.DONE, password_on=date(2026, 6, 10))
    terms = Terms((rung,), course())
    assert [decide(terms, [case], BOTH, NOTHING, at(day)).goes for day in (9, 10)] == [False, True]
