"""The transactions of sending: a claim is one sender's alone, a departure is for once, and every outcome leads where it should."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from app import clock, transaction
from app.domain.deadlines import Deadline
from app.domain.ladder import Channel, Course
from app.domain.nudge import Status, Terms, Why
from app.extensions import db
from app.models import Address, Ladder, MessageDay, Nudge
from app.services import outcomes, sending
from app.services.sending import Departure, Held, Key, Swept
from tests import builders
from tests.cast import CAMPAIGN, OTHER_SCHOOL, SCHOOL
from tests.nudging import D_7, NINE, after, at, keep_one_rung, make_people, nudge_of, plan, set_nudge, statuses

TERMS = Terms((), Course(date(2026, 11, 2), Deadline(date(2026, 12, 30), False), lambda day: True, lambda day: False))


@pytest.fixture
def nine(stage: Flask) -> Iterator[None]:
    """Nine in the morning of the day on which the week before the deadline begins."""
    keep_one_rung()
    with at(NINE):
        yield


def claimed(count: int = 50) -> list[Held]:
    with transaction.writing():
        return sending.claim(count)


def departure(held: Held, channel: Channel = Channel.EMAIL, address: str | None = None) -> Departure:
    nudge = held.nudge
    where = address or f"an{nudge.person_id}@example.vn"
    return Departure(held.key, channel, where, "Nhắc", "Xin chào", True, nudge.tries, nudge.tried, clock.today(), TERMS)


def departed(*leaving: Departure, on_trial: frozenset[Channel] = frozenset()) -> list[Why | None]:
    with transaction.writing(lasting=True):
        return sending.depart(leaving, on_trial)


def one_departed(person_id: int) -> Departure:
    plan()
    it = departure(claimed()[0])
    assert departed(it) == [None]
    assert nudge_of(person_id).channel == Channel.EMAIL
    return it


def days() -> list[tuple[str, date]]:
    with transaction.reading():
        return [(row.address, row.on) for row in db.session.scalars(select(MessageDay))]


def address_of(text: str) -> Address | None:
    with transaction.reading():
        return db.session.get(Address, text)


# Claiming


def test_what_may_go_is_claimed_once_the_longest_waiting_first(nine: None) -> None:
    an, bi, chi = make_people(3)
    plan()
    set_nudge(bi, not_before=after(hours=-1))
    assert [it.nudge.person_id for it in claimed(2)] == [bi, an]
    assert [it.nudge.person_id for it in claimed(2)] == [chi]
    assert claimed() == []
    assert nudge_of(an).status == Status.CLAIMED


def test_nothing_is_claimed_before_its_time(nine: None) -> None:
    (an,) = make_people(1)
    plan()
    set_nudge(an, not_before=after(minutes=1))
    assert claimed() == []
    with at(after(minutes=1)):
        assert len(claimed()) == 1


def test_nothing_of_a_paused_campaign_is_claimed(nine: None) -> None:
    make_people(1)
    plan()
    with transaction.writing():
        db.session.execute(update(Ladder).values(paused_at=NINE))
    assert claimed() == []


def test_senders_that_claim_at_once_share_nothing(nine: None, app: Flask) -> None:
    make_people(60)
    plan()
    found: list[list[Key]] = []
    start = threading.Barrier(4)

    def work() -> None:
        with app.app_context(), at(NINE):
            start.wait()
            found.extend([it.key for it in claimed(10)] for _ in range(2))

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    keys = [(key.campaign_id, key.id) for batch in found for key in batch]
    assert len(keys) == len(set(keys))
    assert len(keys) + statuses().get(Status.PLANNED, 0) == 60


# Departing


def test_only_who_holds_the_claim_lets_a_message_depart_and_only_once(nine: None) -> None:
    make_people(1)
    plan()
    (held,) = claimed()
    stranger = departure(Held(Key(held.key.campaign_id, held.key.id, "another's"), held.nudge))
    assert departed(stranger) == [Why.NO_ANSWER]
    assert departed(departure(held)) == [None]
    assert departed(departure(held)) == [Why.NO_ANSWER]


def test_of_several_the_lost_ones_are_told_from_the_others(nine: None) -> None:
    an, bi, _ = make_people(3)
    plan()
    held = claimed()
    set_nudge(bi, claim="another's")
    assert departed(*map(departure, held)) == [None, Why.NO_ANSWER, None]
    assert nudge_of(bi).channel is None
    assert nudge_of(an).text == "Xin chào"


def test_an_address_gets_one_message_a_day_over_all_campaigns(nine: None) -> None:
    (an,) = make_people(1)
    builders.make_campaign("dot-2", "990")
    keep_one_rung()
    bi = builders.make_person(OTHER_SCHOOL, "dot-2", "Lê Bình", email="an1@example.vn")
    plan()
    plan(OTHER_SCHOOL, "dot-2")
    first, second = claimed()
    same = "family@example.vn"
    assert departed(departure(first, address=same)) == [None]
    assert departed(departure(second, address=same)) == [Why.ONE_A_DAY]
    waiting = nudge_of(bi if nudge_of(an).channel else an)
    assert (waiting.status, waiting.why, waiting.tries) == (Status.PLANNED, Why.ONE_A_DAY, 0)
    assert waiting.not_before == builders.at(D_7 + timedelta(days=1)).replace(hour=7)
    with at(after(days=1)):
        (held,) = claimed()
        assert departed(departure(held, address=same)) == [None]
    assert sorted(days()) == [(same, D_7), (same, D_7 + timedelta(days=1))]


def test_two_to_one_address_that_depart_together_are_told_apart(nine: None) -> None:
    make_people(2)
    plan()
    assert departed(*(departure(held, address="family@example.vn") for held in claimed())) == [None, Why.ONE_A_DAY]


# Sweeping


def test_a_claim_without_departure_goes_after_all_and_one_with_it_is_unknown_for_good(nine: None) -> None:
    an, bi = make_people(2)
    plan()
    held = claimed()
    assert departed(departure(held[0])) == [None]
    with transaction.writing():
        assert sending.sweep() == Swept(0, 0)
    with at(after(minutes=16)):
        with transaction.writing():
            assert sending.sweep() == Swept(put_back=1, unknown=1)
        assert (nudge_of(an).status, nudge_of(an).why) == (Status.UNKNOWN, Why.NO_ANSWER)
        assert [it.nudge.person_id for it in claimed()] == [bi]
        assert departed(departure(held[1])) == [Why.NO_ANSWER]  # its first sender wakes up


def test_who_knows_better_settles_what_was_swept(nine: None) -> None:
    (an,) = make_people(1)
    it = one_departed(an)
    with at(after(minutes=16)), transaction.writing():
        sending.sweep()
    with transaction.writing():
        assert outcomes.sent([(it, "A-1")]) == 1
    assert (nudge_of(an).status, nudge_of(an).why, nudge_of(an).provider_id) == (Status.SENT, None, "A-1")
    with transaction.writing():
        assert outcomes.sent([(it, "A-1")]) == 0
        assert outcomes.failed_once(it, "too late") is None


def test_days_long_past_are_forgotten(nine: None) -> None:
    (an,) = make_people(1)
    one_departed(an)
    for later, left in ((60, 1), (61, 0)):
        with at(after(days=later)), transaction.writing():
            sending.forget_days()
        assert len(days()) == left


def test_who_stops_lets_go_of_what_has_not_departed(nine: None) -> None:
    an, bi = make_people(2)
    plan()
    held = claimed()
    departed(departure(held[0]))
    with transaction.writing():
        assert sending.release([it.key for it in held]) == 1
    assert (nudge_of(an).status, nudge_of(bi).status) == (Status.CLAIMED, Status.PLANNED)


# Outcomes


def test_what_surely_failed_is_tried_after_waits_that_grow_and_then_given_up(nine: None) -> None:
    (an,) = make_people(1)
    plan()
    when, waits = NINE, []
    for _ in range(6):
        with at(when):
            (held,) = claimed()
            it = departure(held)
            assert departed(it) == [None]
            with transaction.writing():
                status = outcomes.failed_once(it, "451 busy")
        nudge = nudge_of(an)
        if status is Status.PLANNED and nudge.not_before:
            waits.append((nudge.not_before - when).total_seconds() / 60)
            when = nudge.not_before
        assert days() == [], "what surely was not sent uses no day"
    assert waits[:4] == [1, 5, 25, 120]
    assert waits[4] >= 720, "on the next morning, when the hours open"
    assert (nudge.status, nudge.why, nudge.error, nudge.tries) == (Status.FAILED, Why.NOT_SENT, "451 busy", 6)


def test_a_next_try_keeps_quiet_hours(nine: None) -> None:
    (an,) = make_people(1)
    plan()
    late = builders.at(D_7).replace(hour=20, minute=59, second=30)
    with at(late):
        it = departure(claimed()[0])
        departed(it)
        with transaction.writing():
            outcomes.failed_once(it, "451")
    assert nudge_of(an).not_before == builders.at(D_7 + timedelta(days=1)).replace(hour=7)


def test_a_bad_address_is_dead_and_the_next_channel_is_tried_at_once(nine: None) -> None:
    (an,) = make_people(1)
    it = one_departed(an)
    with transaction.writing():
        assert outcomes.bad_address(it, "550 5.1.1") is Status.PLANNED
    nudge, address = nudge_of(an), address_of(it.address)
    assert (nudge.tried, nudge.tries, nudge.not_before, nudge.claim) == ("email", 0, NINE, None)
    assert address is not None
    assert (address.dead_at, address.dead_why, address.opted_out_at) == (NINE, "550 5.1.1", None)
    assert days() == []


def test_a_number_without_an_account_is_good_for_another_channel(nine: None) -> None:
    (an,) = make_people(1)
    it = one_departed(an)
    with transaction.writing():
        assert outcomes.no_account(it, "-118") is Status.PLANNED
    assert (nudge_of(an).tried, address_of(it.address)) == ("email", None)


def test_a_refusal_is_honoured_like_an_opt_out(nine: None) -> None:
    (an,) = make_people(1)
    it = one_departed(an)
    with transaction.writing():
        assert outcomes.refused(it, "-139") is Status.LEFT_OUT
    address = address_of(it.address)
    assert (nudge_of(an).status, nudge_of(an).why) == (Status.LEFT_OUT, Why.REFUSED)
    assert address is not None
    assert (address.opted_out_at, address.opted_out_by) == (NINE, "email")


def test_a_closed_channel_costs_no_try(nine: None) -> None:
    (an,) = make_people(1)
    it = one_departed(an)
    six: datetime = builders.at(D_7 + timedelta(days=1)).replace(hour=6)
    with transaction.writing():
        assert outcomes.closed_until(it, "-133", six) is Status.PLANNED
    assert (nudge_of(an).tries, nudge_of(an).not_before) == (0, six.replace(hour=7)), "the campaign's hours hold"


def test_what_nobody_knows_is_said_and_stays(nine: None) -> None:
    (an,) = make_people(1)
    it = one_departed(an)
    with transaction.writing():
        assert outcomes.unknown(it, "the line broke") is Status.UNKNOWN
    assert (nudge_of(an).why, nudge_of(an).error) == (Why.NO_ANSWER, "the line broke")
    with at(after(days=1)):
        assert claimed() == []
    assert days() == [(it.address, D_7)], "it may have been the message of the day"


@pytest.mark.parametrize("where", [SCHOOL, OTHER_SCHOOL])
def test_a_message_that_does_not_go_keeps_the_reason(nine: None, where: str) -> None:
    make_people(1, where)
    plan(where, CAMPAIGN)
    with transaction.writing():
        (held,) = sending.claim()
        assert sending.leave_out(held.key, Why.DONE) is Status.LEFT_OUT
        assert sending.leave_out(held.key, Why.DONE) is None
    with transaction.reading():
        (row,) = db.session.scalars(select(Nudge)).all()
        assert (row.status, row.why, row.claim) == (Status.LEFT_OUT, Why.DONE, None)
