"""Stories in which days pass: what the campaign shows on each day, as the phone calls and letters come in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from flask import Flask

from app import clock, transaction
from app.domain.registration import Event, Proof, State
from app.domain.standing import Standing
from app.domain.track import ItemStatus, Track
from app.queries import campaigns, evidence, people
from app.queries.guardians import next_for
from app.queries.people import PersonView
from app.services import guardians, registrations
from imports.values import GuardianRead
from tests.builders import at, make_person, record, scope_of
from tests.cast import CAMPAIGN, OTHER_SCHOOL, SCHOOL

MOTHER = GuardianRead("mother", "Trần Thu Hà", "0912000111", None)


@contextmanager
def on(day: date) -> Iterator[None]:
    with clock.set_to(at(day)):
        yield


def seen(person_id: int, school: str = SCHOOL) -> PersonView:
    with transaction.reading():
        scope = scope_of(school, CAMPAIGN)
        found = people.person(scope, campaigns.campaign(scope), person_id)
    assert found is not None
    return found


def make_child(school: str, name: str, unit: str, born: date, *known: GuardianRead) -> int:
    child = make_person(school, CAMPAIGN, name, unit, birth_date=born)
    with transaction.writing():
        scope = scope_of(school, CAMPAIGN)
        guardians.link_guardians(scope, campaigns.campaign(scope), None, [(child, known)])
    return child


def guardian_of(child: int, school: str = SCHOOL) -> int:
    return seen(child, school).guardians[0].id


def test_a_form_lapses_over_a_weekend_and_the_second_attempt_succeeds(stage: Flask) -> None:
    an = make_person(SCHOOL, CAMPAIGN, "Trần Bảo An", "6A1")
    with on(date(2026, 11, 12)):
        record(SCHOOL, CAMPAIGN, an, Event.DECLARED, date(2026, 11, 12))
    due = date(2026, 11, 22)  # a Sunday: the portal's machine keeps no weekends
    for day, standing in (
        (date(2026, 11, 20), Standing.PAPER_DUE),
        (due, Standing.PAPER_DUE),
        (date(2026, 11, 23), Standing.LAPSED),
        (date(2026, 11, 24), Standing.LAPSED),
    ):
        with on(day):
            assert (seen(an).standing, seen(an).facts.state) == (standing, State.DECLARED), day
    with on(date(2026, 11, 24)):
        record(SCHOOL, CAMPAIGN, an, Event.DECLARED, date(2026, 11, 24))
        again = seen(an)
        assert (again.facts.attempt, again.facts.paper_due_on, again.standing) == (2, date(2026, 12, 4), Standing.PAPER_DUE)
        assert [event.event for event in again.events] == [Event.DECLARED, Event.DECLARED]


def test_a_pupil_turns_fifteen_in_mid_campaign(stage: Flask) -> None:
    binh = make_child(SCHOOL, "Lê Gia Bình", "9A1", date(2011, 11, 25))
    with on(date(2026, 11, 24)):
        before = seen(binh)
        assert (before.track, before.standing) == (Track.GUARDIAN, Standing.BLOCKED_GUARDIAN)
        assert "birth-certificate" in _checklist(binh)
    with on(date(2026, 11, 25)):
        after = seen(binh)
        assert (after.track, after.standing) == (Track.SELF, Standing.TO_START)
        assert "birth-certificate" not in _checklist(binh)
        assert "id-front" in _checklist(binh)
        assert after.events == (), "time is no event"


def test_a_mother_unlocks_three_children_in_two_schools(stage: Flask) -> None:
    with on(date(2026, 11, 16)):
        chi = make_child(SCHOOL, "Phạm Mai Chi", "6A1", date(2014, 3, 1), MOTHER)
        dung = make_child(SCHOOL, "Phạm Việt Dũng", "7A2", date(2013, 3, 1), MOTHER)
        em = make_child(OTHER_SCHOOL, "Phạm Mai Em", "3B", date(2018, 3, 1), MOTHER)
        children = ((chi, SCHOOL), (dung, SCHOOL), (em, OTHER_SCHOOL))
        assert {seen(*child).standing for child in children} == {Standing.BLOCKED_GUARDIAN}
        assert len({guardian_of(chi), guardian_of(dung)}) == 1
    with on(date(2026, 11, 17)):
        record(SCHOOL, CAMPAIGN, guardian_of(chi), Event.DECLARED, date(2026, 11, 17))
        step = next_for(_procedure(), seen(chi))
        assert (step.event, step.by) == (Event.FORM_RECEIVED, "guardian")
    with on(date(2026, 11, 19)):
        record(SCHOOL, CAMPAIGN, guardian_of(chi), Event.GRANTED, date(2026, 11, 19))
        assert {seen(*child).standing for child in children} == {Standing.TO_START}
        told = seen(guardian_of(em, OTHER_SCHOOL), OTHER_SCHOOL)
        assert [(event.event, event.source) for event in told.events] == [(Event.GRANTED, "đơn vị khác trong đợt")]
        assert [child.full_name for child in told.children] == ["Phạm Mai Em"], "one school sees nobody of another"
    with on(date(2026, 11, 20)):
        record(SCHOOL, CAMPAIGN, guardian_of(chi), Event.TAKEN_BACK, date(2026, 11, 20))
        assert {seen(*child).standing for child in children} == {Standing.BLOCKED_GUARDIAN}


def test_what_happened_outside_is_recorded_even_where_the_guardian_is_missing(stage: Flask) -> None:
    child = make_child(SCHOOL, "Vũ Gia Hân", "6A1", date(2014, 3, 1))
    with on(date(2026, 11, 20)):
        assert record(SCHOOL, CAMPAIGN, child, Event.DECLARED, date(2026, 11, 20)).facts.state is State.DECLARED
        assert seen(child).standing is Standing.PAPER_DUE


def test_a_rejection_a_better_photo_and_a_grant_that_is_better_proven_later(stage: Flask) -> None:
    giang = make_person(SCHOOL, CAMPAIGN, "Ngô Giang", "6A2")
    with on(date(2026, 11, 9)):
        record(SCHOOL, CAMPAIGN, giang, Event.DECLARED, date(2026, 11, 9))
        record(SCHOOL, CAMPAIGN, giang, Event.HANDED_IN, date(2026, 11, 9))
        assert seen(giang).standing is Standing.WAITING
    with on(date(2026, 11, 16)):
        assert seen(giang).standing is Standing.WAITING_LONG, "three working days have passed"
        record(SCHOOL, CAMPAIGN, giang, Event.REJECTED, date(2026, 11, 16), "Ảnh mờ")
        rejected = seen(giang)
        assert (rejected.standing, rejected.facts.reason, rejected.facts.rejections) == (Standing.TO_FIX, "Ảnh mờ", 1)
    with on(date(2026, 11, 17)):
        record(SCHOOL, CAMPAIGN, giang, Event.DECLARED, date(2026, 11, 17))
        assert seen(giang).facts.attempt == 2
    with on(date(2026, 11, 20)), transaction.writing():
        scope = scope_of(SCHOOL, CAMPAIGN)
        registrations.record(scope, giang, Event.GRANTED, date(2026, 11, 20), details=_proof(Proof.OWN_WORD))
        registrations.record(scope, giang, Event.GRANTED, date(2026, 11, 19), details=_proof(Proof.AGENCY_LIST))
        weaker = registrations.record(scope, giang, Event.GRANTED, date(2026, 11, 20), details=_proof(Proof.SCREENSHOT))
        assert isinstance(weaker, registrations.Refused)
    known = seen(giang).facts
    assert (known.granted_proof, known.granted_on, known.state) == (Proof.AGENCY_LIST, date(2026, 11, 19), State.GRANTED)


def _proof(proof: Proof) -> registrations.Details:
    return registrations.Details(proof=proof)


def _procedure() -> campaigns.Procedure:
    with transaction.reading():
        return campaigns.campaign(scope_of(SCHOOL, CAMPAIGN)).procedure


def _checklist(person_id: int) -> dict[str, ItemStatus]:
    view = seen(person_id)
    with transaction.reading():
        scope = scope_of(SCHOOL, CAMPAIGN)
        return {item.value: status for item, status in evidence.checklist_of(scope, campaigns.campaign(scope), view).items()}
