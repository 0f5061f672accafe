"""Claim, look again, depart, send, keep: what reaches the channel, what doesn't, and what is known afterwards."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from app import transaction
from app.adapters.channels import Fault, Letter, NotSent, Sent, Unknown
from app.adapters.mime import addressed
from app.adapters.recording import RecordingCarrier
from app.domain.ladder import Channel
from app.domain.nudge import Status, Why
from app.jobs import sending
from app.queries import nudge_health, second_look
from app.queries.second_look import Claimed, Look
from app.services import sending as claims
from app.services import troubles
from tests import builders
from tests.cast import CAMPAIGN, SCHOOL
from tests.nudging import D_7, NINE, after, at, finish, keep_one_rung, make_people, nudge_of, plan, send, set_nudge, statuses

AGAIN = NotSent(Fault.AGAIN, "451 busy")
BROKEN_LOGIN = NotSent(Fault.OPERATOR, "login: 535")
PHONE = "0912345678"


@pytest.fixture
def nine(stage: Flask) -> Iterator[None]:
    """Nine in the morning of the day on which the week before the deadline begins."""
    keep_one_rung()
    with at(NINE):
        yield


def mail(*outcomes: Any, **how: Any) -> RecordingCarrier:
    return RecordingCarrier(Channel.EMAIL, outcomes, **how)


def sms(*outcomes: Any, **how: Any) -> RecordingCarrier:
    return RecordingCarrier(Channel.SMS, outcomes, **how)


def zalo(*outcomes: Any, **how: Any) -> RecordingCarrier:
    return RecordingCarrier(Channel.ZALO, outcomes, **how)


def told(carrier: RecordingCarrier) -> list[str]:
    return [letter.to for letter in carrier.letters]


def swept(when: datetime) -> claims.Swept:
    with at(when), transaction.writing():
        return claims.sweep()


def test_each_is_told_once_and_it_stands_in_the_ledger(nine: None) -> None:
    people = make_people(120)
    plan()
    carrier = mail(otherwise=Sent("A-1"))
    assert send(carrier) == {Status.SENT: 120}
    assert sorted(told(carrier)) == sorted(f"an{n}@{SCHOOL}.example" for n in range(1, 121))
    assert len({letter.id for letter in carrier.letters}) == 120
    nudge = nudge_of(people[0])
    (letter,) = (it for it in carrier.letters if it.id == f"{nudge.campaign_id}.{nudge.id}")
    assert (nudge.status, nudge.sent_at, nudge.provider_id, nudge.channel, nudge.tries) == (Status.SENT, NINE, "A-1", "email", 1)
    assert (nudge.address, nudge.subject, nudge.text) == (letter.to, letter.subject, letter.text)
    assert carrier.is_closed
    send(again := mail())
    assert again.letters == []


def test_an_sms_is_kept_in_the_form_in_which_it_went(nine: None) -> None:
    (an,) = make_people(1, email=None, phone=PHONE)
    plan()
    carrier = sms()
    assert send(carrier) == {Status.SENT: 1}
    assert (told(carrier), nudge_of(an).text) == (["+84912345678"], carrier.letters[0].short)


def test_who_is_done_before_the_claim_is_not_told(nine: None) -> None:
    an, bi = make_people(2)
    plan()
    finish(an)
    carrier = mail()
    assert send(carrier) == {Status.SENT: 1, Status.LEFT_OUT: 1}
    assert told(carrier) == [f"an2@{SCHOOL}.example"]
    assert (nudge_of(an).status, nudge_of(an).why, nudge_of(bi).status) == (Status.LEFT_OUT, Why.DONE, Status.SENT)


def test_the_look_sees_what_happened_after_the_claim(nine: None) -> None:
    (an,) = make_people(1)
    plan()

    def finished_meanwhile(claimed: Sequence[Claimed], ways: frozenset[Channel], now: datetime) -> list[Look]:
        transaction.abandon()
        finish(an)
        with transaction.reading():
            return second_look.look(claimed, ways, now)

    carrier = mail()
    assert send(carrier, look=finished_meanwhile) == {Status.LEFT_OUT: 1}
    assert carrier.letters == []


def test_what_waits_for_its_hour_goes_then(nine: None) -> None:
    (an,) = make_people(1)
    plan()
    with at(builders.at(D_7).replace(hour=21)):
        assert send(mail()) == {Status.PLANNED: 1}
    morning = builders.at(D_7 + timedelta(days=1)).replace(hour=7)
    assert (nudge_of(an).why, nudge_of(an).not_before) == (Why.QUIET, morning)
    with at(morning):
        assert send(mail()) == {Status.SENT: 1}


def test_a_sender_that_dies_while_it_sends_leaves_an_open_question_and_no_second_message(nine: None) -> None:
    def dies(_letter: Letter) -> Sent:
        raise SystemExit

    make_people(30)
    plan()
    with pytest.raises(SystemExit):
        send(first := mail(Sent(), Sent(), dies))
    assert statuses()[Status.CLAIMED] >= 1, "who died in the middle has told nobody"
    send(second := mail())
    assert second.letters
    swept(after(minutes=16))
    with at(after(minutes=16)):
        send(third := mail())
    everybody = told(first) + told(second) + told(third)
    assert len(everybody) == len(set(everybody)) == 30
    became = statuses()
    assert became[Status.SENT] + became[Status.UNKNOWN] == 30
    assert 1 <= became[Status.UNKNOWN] <= len(told(first)), "an answer that had come, and was not kept before the death, is unknown as well"


def test_what_a_broken_carrier_raises_counts_as_unknown(nine: None) -> None:
    def breaks(_letter: Letter) -> Sent:
        raise ZeroDivisionError

    (an,) = make_people(1)
    plan()
    assert send(mail(breaks)) == {Status.UNKNOWN: 1}
    assert (nudge_of(an).why, nudge_of(an).error) == (Why.NO_ANSWER, "ZeroDivisionError")


def test_unknown_is_never_sent_again_by_itself(nine: None) -> None:
    make_people(1)
    plan()
    assert send(mail(Unknown("the line broke"))) == {Status.UNKNOWN: 1}
    for day in range(1, 15):
        swept(after(days=day))
        with at(after(days=day)):
            plan()
            send(carrier := mail())
            assert carrier.letters == []


def test_a_number_behind_a_name_leaves_nowhere_in_a_letter_and_a_line_break_makes_no_header(nine: None) -> None:
    builders.make_person(SCHOOL, CAMPAIGN, "Trần Văn An 079201001234\r\nBcc: x@nha.example", email="an@nha.example")
    plan()
    carrier = mail()
    send(carrier)
    (letter,) = carrier.letters
    assert "079201001234" not in repr(letter)
    head = addressed(letter.name, letter.to)
    assert head.endswith(" <an@nha.example>")
    assert "\n" not in head.replace("\r\n ", " ")


def test_a_certain_failure_is_tried_again_later_with_the_same_id(nine: None) -> None:
    (an,) = make_people(1)
    plan()
    carrier = mail(AGAIN)
    assert send(carrier) == {Status.PLANNED: 1}
    assert (nudge_of(an).not_before, nudge_of(an).error) == (after(minutes=1), "451 busy")
    with at(after(minutes=1)):
        assert send(carrier) == {Status.SENT: 1}
    assert carrier.letters[0].id == carrier.letters[1].id
    assert (nudge_of(an).error, nudge_of(an).tries) == (None, 2)


def test_a_bad_address_leads_to_the_next_channel_in_the_same_tick(nine: None) -> None:
    make_people(1, phone=PHONE)
    plan()
    by_mail, by_zalo, by_sms = mail(NotSent(Fault.BAD_ADDRESS, "550")), zalo(NotSent(Fault.NO_ACCOUNT, "-118")), sms()
    became = send(by_mail, by_zalo, by_sms)
    assert (became[Status.SENT], len(by_mail.letters), len(by_zalo.letters), len(by_sms.letters)) == (1, 1, 1, 1)


def test_who_has_no_channel_left_is_unreachable(nine: None) -> None:
    (an,) = make_people(1)
    plan()
    assert send(mail(NotSent(Fault.BAD_ADDRESS, "550")))[Status.LEFT_OUT] == 1
    assert nudge_of(an).why == Why.UNREACHABLE


def test_who_refuses_is_told_nothing_more(nine: None) -> None:
    (an,) = make_people(1, email=None, phone=PHONE)
    plan()
    by_sms = sms()
    assert send(zalo(NotSent(Fault.REFUSED, "-139")), by_sms) == {Status.LEFT_OUT: 1}
    assert (nudge_of(an).why, by_sms.letters) == (Why.REFUSED, [])


def test_two_campaigns_tell_one_phone_once_a_day(nine: None) -> None:
    builders.make_campaign("dot-2", "990")
    keep_one_rung()
    make_people(1, email=None, phone=PHONE)
    make_people(1, campaign="dot-2", email=None, phone=PHONE)
    plan()
    plan(campaign="dot-2")
    carrier = sms()
    assert send(carrier) == {Status.SENT: 1, Status.PLANNED: 1}
    with at(after(days=1)):
        assert send(carrier) == {Status.SENT: 1}
    assert told(carrier) == ["+84912345678"] * 2


# Channels in trouble


def test_a_channel_that_needs_the_operator_rests_and_one_message_an_hour_tries_it(nine: None) -> None:
    make_people(12)
    plan()
    carrier = mail(otherwise=BROKEN_LOGIN)
    send(carrier)
    assert len(carrier.letters) <= 8, "only what was on its way already"
    assert statuses() == {Status.PLANNED: 12}
    with transaction.reading():
        (trouble,) = nudge_health.troubles()
    assert (trouble.channel, trouble.detail, trouble.until) == (Channel.EMAIL, "login: 535", after(hours=1))
    with at(after(minutes=59)):
        send(before := mail())
    with at(after(hours=1)):
        send(tries := mail(otherwise=BROKEN_LOGIN))
    assert (len(before.letters), len(tries.letters)) == (0, 1)
    with at(after(hours=2)):
        send(works := mail())
    assert (len(works.letters), statuses()) == (12, {Status.SENT: 12})
    with transaction.reading():
        assert nudge_health.troubles() == ()


def test_the_operator_says_that_it_is_mended(nine: None) -> None:
    (an,) = make_people(1)
    plan()
    send(mail(BROKEN_LOGIN))
    assert (nudge_of(an).status, nudge_of(an).why, nudge_of(an).tries) == (Status.PLANNED, Why.TROUBLE, 0)
    with at(after(minutes=5)):
        with transaction.writing():
            assert troubles.end(Channel.EMAIL)
            assert not troubles.end(Channel.EMAIL)
        assert send(mail()) == {Status.SENT: 1}


def test_while_one_channel_is_in_trouble_another_is_used(nine: None) -> None:
    make_people(1, phone=PHONE)
    plan()
    by_sms = sms()
    assert send(mail(BROKEN_LOGIN), by_sms)[Status.SENT] == 1
    assert len(by_sms.letters) == 1


def test_many_failures_in_a_row_are_the_channels_and_use_up_no_messages_tries(nine: None) -> None:
    people = make_people(40)
    plan()
    when, tried = NINE, 0
    for _ in range(60):  # five hours without a server
        with at(when):
            send(carrier := mail(otherwise=AGAIN))
        tried += len(carrier.letters)
        when += timedelta(minutes=5)
    assert tried < 150
    with at(when):
        send(mail())
    with at(when + timedelta(hours=2)):
        send(mail())
    assert statuses() == {Status.SENT: len(people)}


# What must not keep the rest back


def test_a_message_that_cannot_be_looked_at_waits_and_the_others_go(nine: None, caplog: pytest.LogCaptureFixture) -> None:
    an, *_ = make_people(5)
    plan()

    def stumbles(claimed: Sequence[Claimed], ways: frozenset[Channel], now: datetime) -> list[Look]:
        assert all(nudge.person_id != an for nudge in claimed)
        return second_look.look(claimed, ways, now)

    assert send(mail(), look=stumbles) == {Status.SENT: 4, Status.PLANNED: 1}
    assert nudge_of(an).not_before == after(hours=1)
    assert "can't be looked at" in caplog.text


def test_when_time_is_up_nothing_more_departs_and_nothing_stays_claimed(nine: None) -> None:
    make_people(30)
    plan()
    assert send(mail(), until=time.monotonic() - 1) == {}
    assert statuses() == {Status.PLANNED: 30}


def test_a_process_that_ends_waits_for_what_is_on_its_way(nine: None) -> None:
    make_people(30)
    plan()

    def end(_letter: Letter) -> Sent:
        sending.ENDING.set()
        return Sent()

    try:
        became = send(carrier := mail(end))
    finally:
        sending.ENDING.clear()
    assert became[Status.SENT] == len(carrier.letters) < 30
    assert statuses() == {Status.SENT: len(carrier.letters), Status.PLANNED: 30 - len(carrier.letters)}


def test_a_look_that_was_long_ago_is_taken_again(nine: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "LOOK_LASTS", -1.0)
    make_people(20)
    plan()
    looks = 0

    def counted(claimed: Sequence[Claimed], ways: frozenset[Channel], now: datetime) -> list[Look]:
        nonlocal looks
        looks += 1
        return second_look.look(claimed, ways, now)

    send(carrier := mail(), look=counted)
    assert looks > 2
    assert len(set(told(carrier))) == len(carrier.letters) == 20


def test_a_claim_taken_away_while_it_waits_does_not_depart(nine: None) -> None:
    an, bi = make_people(2)
    plan()

    def taken_away(claimed: Sequence[Claimed], ways: frozenset[Channel], now: datetime) -> list[Look]:
        found = second_look.look(claimed, ways, now)
        transaction.abandon()
        set_nudge(an, claim="another's")
        return found

    carrier = mail()
    assert send(carrier, look=taken_away) == {Status.SENT: 1}
    assert told(carrier) == [f"an2@{SCHOOL}.example"]
    assert (nudge_of(an).status, nudge_of(bi).status) == (Status.CLAIMED, Status.SENT)


def test_a_message_for_another_campaign_of_the_school_keeps_its_own_words(nine: None) -> None:
    (an,) = make_people(1, campaign=CAMPAIGN)
    plan()
    send(carrier := mail())
    assert carrier.letters[0].stop_url is not None
    assert carrier.letters[0].stop_url in nudge_of(an).text  # type: ignore[operator]
