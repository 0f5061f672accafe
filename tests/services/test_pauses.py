"""Pauses: a class, a person or the whole institution gets no reminders until they are taken up again."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import func, select

from app import clock, transaction
from app.domain.ladder import Channel
from app.domain.nudge import Status, Why
from app.extensions import db
from app.models import LogEntry, Nudge, Pause
from app.queries import campaigns, pauses
from app.queries.pauses import PauseView
from app.services import planning
from app.services.pauses import PauseDraft, PauseRefusal, pause, resume
from tests.builders import DEADLINE, at, make_campaign, make_person, make_unit, scope_of
from tests.cast import AGENCY, CAMPAIGN, OTHER_SCHOOL, SCHOOL

TODAY = DEADLINE.replace(day=23)


@pytest.fixture(autouse=True)
def the_day() -> Iterator[None]:
    with clock.set_to(at(TODAY)):
        yield


@pytest.fixture
def an(stage: Flask) -> int:
    return make_person(SCHOOL, CAMPAIGN, "Trần An", "6A1", email="an@nha.example")


def paused(draft: PauseDraft, school: str = SCHOOL, campaign: str = CAMPAIGN) -> int | PauseRefusal:
    with transaction.writing():
        return pause(scope_of(school, campaign), draft)


def resumed(pause_id: int, school: str = SCHOOL, campaign: str = CAMPAIGN) -> PauseRefusal | None:
    with transaction.writing():
        return resume(scope_of(school, campaign), pause_id)


def holding(school: str = SCHOOL, campaign: str = CAMPAIGN) -> tuple[PauseView, ...]:
    with transaction.reading():
        return pauses.pauses(scope_of(school, campaign))


def planned(campaign: str = CAMPAIGN) -> list[tuple[str, str | None]]:
    """What a planning says of the people there are."""
    with transaction.writing():
        planning.plan(campaigns.campaign(scope_of(SCHOOL, campaign)), frozenset({Channel.EMAIL}))
    with transaction.reading():
        rows = select(Nudge.status, Nudge.why).where(
            Nudge.person_id.is_not(None), Nudge.campaign_id == scope_of(SCHOOL, campaign).campaign_id
        )
        return [(status, why) for status, why in db.session.execute(rows.order_by(Nudge.id))]


def test_a_paused_person_is_left_out_and_reminded_again_once_resumed(an: int):
    number = paused(PauseDraft(person_id=an, reason="  nghỉ   ốm "))
    assert isinstance(number, int)
    assert planned() == [(Status.LEFT_OUT, Why.PAUSED_PERSON)]
    assert [(one.person, one.reason, one.everywhere) for one in holding()] == [("Trần An", "nghỉ ốm", False)]
    assert resumed(number) is None
    with clock.set_to(at(TODAY.replace(day=24))):
        assert planned() == [(Status.PLANNED, None)]


@pytest.mark.parametrize("whole", [True, False])
def test_a_paused_class_or_institution_is_left_out(an: int, whole: bool):
    draft = PauseDraft() if whole else PauseDraft(unit_id=make_unit(SCHOOL, "6A1"))
    assert isinstance(paused(draft), int)
    assert planned() == [(Status.LEFT_OUT, Why.PAUSED_UNIT)]
    assert [((one.unit_id, one.person_id) == (None, None), one.unit) for one in holding()] == [(whole, None if whole else "6A1")]


def test_a_person_who_declined_at_the_counter_is_left_out_in_every_campaign(an: int):
    number = paused(PauseDraft(person_id=an, everywhere=True))
    make_campaign("dot-2", AGENCY)
    with transaction.reading():
        other = scope_of(SCHOOL, "dot-2")
        assert [one.everywhere for one in pauses.pauses(other)] == [True]
    assert isinstance(number, int)
    assert resumed(number, campaign="dot-2") is None
    assert holding() == ()


def test_what_is_paused_already_is_not_paused_twice(an: int):
    for draft in (PauseDraft(), PauseDraft(unit_id=make_unit(SCHOOL, "6A1")), PauseDraft(person_id=an)):
        assert isinstance(paused(draft), int)
        assert paused(draft) is PauseRefusal.ALREADY_PAUSED
    assert isinstance(paused(PauseDraft(person_id=an, everywhere=True)), int), "this says more than the pause in one campaign"
    assert paused(PauseDraft(person_id=an, everywhere=True)) is PauseRefusal.ALREADY_PAUSED
    assert len(holding()) == 4


def test_a_pause_is_ended_once_and_by_its_own_institution(an: int):
    number = paused(PauseDraft(person_id=an))
    assert isinstance(number, int)
    assert resumed(number, school=OTHER_SCHOOL) is PauseRefusal.NOT_PAUSED
    assert resumed(number) is None
    assert resumed(number) is PauseRefusal.NOT_PAUSED


def test_nobody_elses_people_or_classes_are_paused(an: int):
    assert paused(PauseDraft(person_id=an), school=OTHER_SCHOOL) is PauseRefusal.UNKNOWN_PERSON
    assert paused(PauseDraft(unit_id=make_unit(OTHER_SCHOOL, "3B") + 1000)) is PauseRefusal.UNKNOWN_UNIT
    assert paused(PauseDraft(reason="x" * 401)) is PauseRefusal.REASON_TOO_LONG
    assert holding() == ()


def test_pausing_is_written_down(an: int):
    number = paused(PauseDraft(person_id=an))
    assert isinstance(number, int)
    resumed(number)
    noted = db.session.scalars(select(LogEntry.what).where(LogEntry.what.endswith("reminders")).order_by(LogEntry.id))
    assert list(noted) == ["paused-reminders", "resumed-reminders"]


def test_of_two_who_pause_at_once_one_is_told(an: int, scene: Flask):
    answers: list[object] = []

    def press() -> None:
        with scene.app_context():
            answers.append(paused(PauseDraft(person_id=an)))

    db.session.rollback()
    threads = [threading.Thread(target=press) for _ in range(2)]
    with clock.set_to(at(TODAY)):
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert answers.count(PauseRefusal.ALREADY_PAUSED) == 1
    with transaction.reading():
        assert db.session.scalar(select(func.count()).select_from(Pause)) == 1
