"""What channels report later: noted once, by the channel it went by, and never on what has not been sent."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from flask import Flask

from app import clock, transaction
from app.domain.ladder import Channel, Receiver
from app.domain.nudge import Status, Why
from app.extensions import db
from app.models import Address, Nudge
from app.services import deliveries, opt_outs
from app.services.deliveries import Noted
from tests.builders import at, make_person, scope_of
from tests.cast import CAMPAIGN, SCHOOL

DAY = date(2026, 12, 7)
EMAIL, PHONE = "an@nha.example", "+84912345678"


@pytest.fixture(autouse=True)
def the_day() -> Iterator[None]:
    with clock.set_to(at(DAY)):
        yield


def make_nudge(status: Status = Status.SENT, **known: Any) -> tuple[int, int]:
    """A message by e-mail that has been sent; `known` says what is otherwise. Answers its campaign and id."""
    person = make_person(SCHOOL, CAMPAIGN, "Trần Bảo An")
    with transaction.writing():
        scope = scope_of(SCHOOL, CAMPAIGN)
        sent = {"channel": Channel.EMAIL, "address": EMAIL, "subject": "Nhắc", "text": "Chào", "sent_at": clock.now(), "tries": 1}
        when = {"occasion_on": DAY, "goes_on": DAY, "planned_at": clock.now()}
        about = {"campaign_id": scope.campaign_id, "institution_id": scope.institution_id, "person_id": person, "receiver": Receiver.PERSON}
        db.session.add(Nudge(id=1, status=status, **(about | when | sent | known)))
    return scope.campaign_id, 1


def noted(report: Callable[..., Noted], *args: Any, **kwargs: Any) -> Noted:
    with transaction.writing():
        return report(*args, **kwargs)


def nudge(it: tuple[int, int]) -> Nudge:
    with transaction.reading():
        found = db.session.get(Nudge, it)
        assert found is not None
        db.session.expunge(found)
        return found


def address(of: str) -> Address | None:
    with transaction.reading():
        found = db.session.get(Address, of)
        if found:
            db.session.expunge(found)
        return found


def test_a_delivered_message_is_noted_once(stage: Flask):
    it = make_nudge()
    assert noted(deliveries.note_delivered, *it) is Noted.NOTED
    assert (nudge(it).status, nudge(it).settled_at) == (Status.DELIVERED, clock.now())
    with clock.set_to(at(date(2026, 12, 8))):
        assert noted(deliveries.note_delivered, *it) is Noted.NOTHING
    assert nudge(it).settled_at == clock.now()


def test_a_report_is_the_first_that_is_heard_of_an_unknown_message(stage: Flask):
    it = make_nudge(Status.UNKNOWN, why=Why.NO_ANSWER, error="no answer", sent_at=None)
    assert noted(deliveries.note_delivered, *it) is Noted.NOTED
    assert (nudge(it).status, nudge(it).why, nudge(it).error) == (Status.DELIVERED, None, None)


def test_a_returned_message_goes_on_by_the_next_channel_and_its_address_is_dead(stage: Flask):
    it = make_nudge(tried="zalo", provider_id="7", claim="c")
    assert noted(deliveries.note_bounced, *it, "550 5.1.1", channel=Channel.EMAIL) is Noted.NOTED
    found = nudge(it)
    assert (found.status, found.why, found.error, found.tried, found.tries) == (Status.PLANNED, None, "550 5.1.1", "email,zalo", 0)
    assert found.not_before == clock.now()
    assert [found.claim, found.channel, found.address, found.subject, found.text, found.sent_at, found.provider_id] == [None] * 7
    dead = address(EMAIL)
    assert dead is not None
    assert (dead.dead_at, dead.dead_why, dead.opted_out_at) == (clock.now(), "550 5.1.1", None)


def test_a_return_that_says_nothing_against_the_address_is_a_failure_and_no_more(stage: Flask):
    it = make_nudge()
    assert noted(deliveries.note_bounced, *it, "552 5.2.2", permanent=False) is Noted.NOTED
    found = nudge(it)
    assert (found.status, found.why, found.error, found.settled_at) == (Status.FAILED, Why.NOT_SENT, "552 5.2.2", clock.now())
    assert (found.channel, found.address, found.text) == (Channel.EMAIL, EMAIL, "Chào")
    assert address(EMAIL) is None


REPORTS = [
    (deliveries.note_delivered, ()),
    (deliveries.note_bounced, ("550 5.1.1",)),
    (deliveries.note_bounced, ("552 5.2.2", False)),
]


@pytest.mark.parametrize(("report", "more"), REPORTS)
@pytest.mark.parametrize("status", [Status.PLANNED, Status.LEFT_OUT, Status.OVERTAKEN, Status.FAILED, Status.DELIVERED])
def test_what_has_not_been_sent_or_is_settled_is_never_touched(
    stage: Flask, status: Status, report: Callable[..., Noted], more: tuple[Any, ...]
):
    it = make_nudge(status)
    assert noted(report, *it, *more) is Noted.NOTHING
    assert (nudge(it).status, nudge(it).text) == (status, "Chào")
    assert address(EMAIL) is None


@pytest.mark.parametrize(("report", "more"), REPORTS)
def test_a_report_that_is_faster_than_the_sender_is_wanted_again(stage: Flask, report: Callable[..., Noted], more: tuple[Any, ...]):
    it = make_nudge(Status.CLAIMED, claim="c")
    assert noted(report, *it, *more) is Noted.TOO_EARLY
    assert nudge(it).status == Status.CLAIMED
    assert address(EMAIL) is None


def test_a_claim_that_has_not_departed_cannot_have_arrived(stage: Flask):
    it = make_nudge(Status.CLAIMED, claim="c", channel=None, address=None)
    assert noted(deliveries.note_delivered, *it) is Noted.NOTHING


@pytest.mark.parametrize(("report", "more"), REPORTS)
def test_a_late_report_about_another_channel_changes_nothing(stage: Flask, report: Callable[..., Noted], more: tuple[Any, ...]):
    """The mail came back twice; meanwhile an SMS has gone, and its number is not dead."""
    it = make_nudge(channel=Channel.SMS, address=PHONE, tried="email")
    assert noted(report, *it, *more, channel=Channel.EMAIL) is Noted.NOTHING
    assert nudge(it).status == Status.SENT
    assert address(PHONE) is None


@pytest.mark.parametrize(("report", "more"), REPORTS)
def test_nobody_is_told_of_a_message_that_is_not_there(stage: Flask, report: Callable[..., Noted], more: tuple[Any, ...]):
    assert noted(report, 4711, 1, *more) is Noted.NOTHING


def test_of_two_reports_at_once_one_counts(stage: Flask):
    it, answers = make_nudge(), []

    def report() -> None:
        with stage.app_context():
            answers.append(noted(deliveries.note_bounced, *it, "550 5.1.1"))

    threads = [threading.Thread(target=report) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == sorted([Noted.NOTED, *[Noted.NOTHING] * 3])
    assert nudge(it).tried == "email"


def test_the_first_reason_for_which_an_address_is_dead_is_kept(stage: Flask):
    it = make_nudge()
    with transaction.writing():
        db.session.add(Address(address=EMAIL, dead_at=clock.now(), dead_why="first"))
    noted(deliveries.note_bounced, *it, "550 5.1.1")
    dead = address(EMAIL)
    assert dead is not None
    assert dead.dead_why == "first"


@pytest.mark.parametrize("status", [Status.SENT, Status.DELIVERED, Status.UNKNOWN])
def test_a_complaint_is_an_opt_out(stage: Flask, status: Status):
    it = make_nudge(status)
    assert noted(deliveries.note_complaint, *it, channel=Channel.EMAIL) is Noted.NOTED
    declined = address(EMAIL)
    assert declined is not None
    assert (declined.opted_out_at, declined.opted_out_by, declined.dead_at) == (clock.now(), "complaint: email", None)
    assert nudge(it).status == status


def test_a_complaint_about_what_was_never_sent_is_none(stage: Flask):
    assert noted(deliveries.note_complaint, *make_nudge(Status.PLANNED)) is Noted.NOTHING
    assert address(EMAIL) is None


# Opt-outs


def test_an_opt_out_is_kept_and_the_first_one_counts(stage: Flask):
    with transaction.writing():
        opt_outs.opt_out(" An@Nha.example", "the link")
    with clock.set_to(at(date(2026, 12, 8))), transaction.writing():
        opt_outs.opt_out(EMAIL, "Alice")
    declined = address(EMAIL)
    assert declined is not None
    assert (declined.opted_out_at, declined.opted_out_by) == (clock.now(), "the link")


def test_an_opt_out_is_withdrawn_and_may_come_again(stage: Flask):
    with transaction.writing():
        assert not opt_outs.withdraw(PHONE)
        opt_outs.opt_out(PHONE, "the link")
        assert opt_outs.withdraw(PHONE)
        assert not opt_outs.withdraw(PHONE)
    found = address(PHONE)
    assert found is not None
    assert (found.opted_out_at, found.opted_out_by) == (None, None)
    with transaction.writing():
        opt_outs.opt_out(PHONE, "Alice")
    declined = address(PHONE)
    assert declined is not None
    assert declined.opted_out_by == "Alice"


def test_what_is_known_of_a_dead_address_outlives_an_opt_out(stage: Flask):
    it = make_nudge()
    noted(deliveries.note_bounced, *it, "550 5.1.1")
    with transaction.writing():
        opt_outs.opt_out(EMAIL, "the link")
        opt_outs.withdraw(EMAIL)
    dead = address(EMAIL)
    assert dead is not None
    assert dead.dead_why == "550 5.1.1"
