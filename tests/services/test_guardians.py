"""Guardians: one person per guardian, whose account unlocks all their children, in every class and every institution of the campaign."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from sqlalchemy import func, select

from app import clock, transaction
from app.domain.access import Role
from app.domain.difficulties import Kind
from app.domain.registration import Event, State
from app.domain.slots import Hours
from app.domain.standing import Standing, standing_of
from app.domain.track import Part
from app.extensions import db
from app.models import GuardianKey, Guardianship, Membership, Person, RecordedEvent, Registration
from app.queries import campaigns, guardians, people, progress
from app.queries.filters import PeopleFilter
from app.queries.people import PersonView
from app.services import desks
from app.services import guardians as linking
from app.services.desks import DeskDraft
from app.services.difficulties import DifficultyDraft, open_difficulty
from app.services.guardians import GuardianRefusal
from app.services.openings import open_registrations, self_from_of
from app.services.people import PersonDetails, update_person
from app.services.registrations import Recorded, Refused, record_many, take_back_bulk
from app.services.registrations import record as record_one
from app.services.unlocking import account_since
from app.services.users import new_login
from imports.values import GuardianRead
from tests.builders import at, make_campaign, make_institution, make_person, make_unit, record, scope_of, take_in
from tests.cast import AGENCY, CAMPAIGN, OTHER_SCHOOL, SCHOOL

DAY = date(2026, 11, 2)
TODAY = date(2026, 11, 23)
BORN = date(2015, 3, 1)
MOTHER = GuardianRead("mother", "Trần Thu Hà", "0912000111", None)
FATHER = GuardianRead("father", "Lê Văn Nam", "0912000222", None)
NUMBER, OTHER_NUMBER = "001185000011", "001185000029"


@pytest.fixture(autouse=True)
def the_day() -> Iterable[None]:
    with clock.set_to(at(TODAY)):
        yield


def child(name: str, *named: GuardianRead, school: str = SCHOOL, unit: str = "6A1", campaign: str = CAMPAIGN) -> int:
    """A child too young to register alone, whose guardians a roster has named."""
    number = make_person(school, campaign, name, unit, birth_date=BORN)
    link(number, *named, school=school, campaign=campaign)
    return number


def link(number: int, *named: GuardianRead, school: str = SCHOOL, campaign: str = CAMPAIGN) -> None:
    with transaction.writing():
        scope = scope_of(school, campaign)
        linking.link_guardians(scope, campaigns.campaign(scope), 1, [(number, named)])


def seen(number: int, school: str = SCHOOL, campaign: str = CAMPAIGN) -> PersonView:
    with transaction.reading():
        scope = scope_of(school, campaign)
        found = people.person(scope, campaigns.campaign(scope), number)
    assert found is not None
    return found


def guardian_of(number: int, school: str = SCHOOL) -> int:
    (guardian,) = seen(number, school).guardians
    return guardian.id


def waits(number: int, school: str = SCHOOL) -> bool:
    return seen(number, school).standing is Standing.BLOCKED_GUARDIAN


def take_back(number: int, school: str = SCHOOL, on: date = TODAY) -> None:
    assert isinstance(record(school, CAMPAIGN, number, Event.TAKEN_BACK, on), Recorded)


def count(*columns: object) -> int:
    with transaction.reading():
        return db.session.scalar(select(func.count()).select_from(*columns)) or 0  # type: ignore[arg-type]


# Who guardians are


def test_a_guardian_has_a_registration_that_nobody_counts(stage: Flask) -> None:
    an = child("Lê Bảo An", MOTHER)
    mother = seen(guardian_of(an))
    assert (mother.part, mother.facts.state, mother.standing) == (Part.GUARDIAN, State.TO_START, Standing.TO_START)
    with transaction.reading():
        scope = scope_of(SCHOOL, CAMPAIGN)
        view = campaigns.campaign(scope)
        counted = progress.institution_progress(scope, view)
        listed = people.people_page(scope, view, PeopleFilter()).rows
    assert (counted.total, counted.in_scope) == (1, 1)
    assert [row.id for row in listed] == [an]
    record(SCHOOL, CAMPAIGN, mother.id, Event.GRANTED, DAY)
    with transaction.reading():
        assert progress.institution_progress(scope, view).granted == 0


def test_a_member_of_staff_with_a_child_here_is_one_person_and_counts_once(stage: Flask) -> None:
    teacher = make_person(SCHOOL, CAMPAIGN, "Trần Thu Hà", personal_id=NUMBER)
    an = child("Lê Bảo An", MOTHER._replace(personal_id=NUMBER))
    assert guardian_of(an) == teacher
    assert seen(teacher).part is Part.MEMBER
    assert waits(an)
    record(SCHOOL, CAMPAIGN, teacher, Event.GRANTED, DAY)
    assert not waits(an)
    with transaction.reading():
        scope = scope_of(SCHOOL, CAMPAIGN)
        counted = progress.institution_progress(scope, campaigns.campaign(scope))
    assert (counted.total, counted.granted) == (2, 1)


def test_a_member_of_staff_is_recognised_by_phone_and_name_too(stage: Flask) -> None:
    teacher = make_person(SCHOOL, CAMPAIGN, "Trần Thu Hà", phone="0912000111", personal_id=NUMBER)
    assert guardian_of(child("Lê Bảo An", MOTHER)) == teacher


def test_a_guardian_who_is_asked_to_register_later_counts_from_then_on_and_loses_nothing(stage: Flask) -> None:
    an = child("Lê Bảo An", MOTHER)
    mother = guardian_of(an)
    record(SCHOOL, CAMPAIGN, mother, Event.GRANTED, DAY)
    with transaction.writing():
        scope = scope_of(SCHOOL, CAMPAIGN)
        open_registrations(scope, list(self_from_of(scope, campaigns.campaign(scope), [mother])))
    now = seen(mother)
    assert (now.part, now.facts.state) == (Part.MEMBER, State.GRANTED)
    assert not waits(an)


@pytest.mark.parametrize(
    ("first", "second", "one"),
    [
        (MOTHER, MOTHER, True),
        (MOTHER, MOTHER._replace(full_name="TRẦN THU HÀ"), True),
        (MOTHER._replace(personal_id=NUMBER), MOTHER._replace(personal_id=NUMBER, phone="0987654321"), True),
        (MOTHER, MOTHER._replace(personal_id=NUMBER), True),  # nobody had noted the number
        (MOTHER, FATHER._replace(phone=MOTHER.phone), False),  # a phone alone is shared by families
        (MOTHER, MOTHER._replace(phone="0987654321"), False),  # a name alone is borne by many
        (MOTHER._replace(personal_id=NUMBER), MOTHER._replace(personal_id=OTHER_NUMBER), False),
    ],
)
def test_a_number_or_a_phone_with_its_name_tells_that_two_are_one(
    stage: Flask, first: GuardianRead, second: GuardianRead, one: bool
) -> None:
    an, binh = child("Lê Bảo An", first), child("Lê Bảo Bình", second, unit="6A2")
    assert (guardian_of(an) == guardian_of(binh)) is one


def test_two_of_one_name_and_phone_are_told_apart_by_their_numbers(stage: Flask) -> None:
    an = child("Lê Bảo An", MOTHER._replace(personal_id=NUMBER))
    binh = child("Lê Bảo Bình", MOTHER._replace(personal_id=OTHER_NUMBER))
    link(an, MOTHER)
    assert len(seen(an).guardians) == 1, "one's own is meant where the row gives no number"
    assert guardian_of(an) != guardian_of(binh)


def test_a_guardian_known_by_phone_only_gets_the_name_that_comes_later(stage: Flask) -> None:
    an = child("Lê Bảo An", GuardianRead(None, None, "0912000111", None))
    nameless = guardian_of(an)
    link(an, MOTHER)
    assert guardian_of(an) == nameless
    assert (seen(nameless).full_name, seen(an).guardians[0].relation) == ("Trần Thu Hà", "mother")


def test_the_childs_own_number_in_the_guardians_column_makes_nobody_a_guardian(stage: Flask) -> None:
    an = make_person(SCHOOL, CAMPAIGN, "Lê Bảo An", "6A1", birth_date=BORN, personal_id=NUMBER, phone="0900000000")
    link(an, MOTHER._replace(personal_id=NUMBER))
    assert seen(an).guardians == ()
    assert seen(an).phone == "0900000000"


# What an account unlocks


def test_an_account_unlocks_all_children_in_all_classes(stage: Flask) -> None:
    an, binh, chi = child("Lê Bảo An", MOTHER), child("Lê Bảo Bình", MOTHER, unit="6A2"), child("Đỗ Chi", FATHER)
    assert [waits(number) for number in (an, binh, chi)] == [True, True, True]
    record(SCHOOL, CAMPAIGN, guardian_of(an), Event.GRANTED, DAY)
    assert [waits(number) for number in (an, binh, chi)] == [False, False, True]
    assert seen(binh).guarding.unlocked_on == DAY


def test_taking_the_account_back_locks_the_children_again(stage: Flask) -> None:
    an = child("Lê Bảo An", MOTHER)
    record(SCHOOL, CAMPAIGN, guardian_of(an), Event.GRANTED, DAY)
    take_back(guardian_of(an))
    assert waits(an)
    assert seen(an).guarding.unlocked_on is None


@pytest.mark.parametrize("event", [Event.SIGNED_IN, Event.PASSWORD_CHANGED])
def test_who_uses_the_account_has_one(stage: Flask, event: Event) -> None:
    an = child("Lê Bảo An", MOTHER)
    record(SCHOOL, CAMPAIGN, guardian_of(an), event, DAY)
    assert not waits(an)
    record(SCHOOL, CAMPAIGN, guardian_of(an), Event.STOPPED, TODAY)
    assert waits(an)


def test_who_is_put_outside_the_target_keeps_the_account(stage: Flask) -> None:
    an = child("Lê Bảo An", MOTHER)
    record(SCHOOL, CAMPAIGN, guardian_of(an), Event.GRANTED, DAY)
    record(SCHOOL, CAMPAIGN, guardian_of(an), Event.EXCLUDED, TODAY, "nghỉ việc")
    assert not waits(an)
    assert seen(an).guarding.unlocked_on == DAY
    binh = child("Lê Bảo Bình", FATHER)
    record(SCHOOL, CAMPAIGN, guardian_of(binh), Event.EXCLUDED, TODAY, "ở nước ngoài")
    assert waits(binh)


def test_of_two_guardians_one_is_enough(stage: Flask) -> None:
    an = child("Lê Bảo An", MOTHER, FATHER)
    mother, father = (guardian.id for guardian in seen(an).guardians)
    record(SCHOOL, CAMPAIGN, mother, Event.GRANTED, DAY + timedelta(days=5))
    record(SCHOOL, CAMPAIGN, father, Event.GRANTED, DAY)
    assert seen(an).guarding.unlocked_on == DAY
    take_back(father)
    assert seen(an).guarding.unlocked_on == DAY + timedelta(days=5)
    take_back(mother)
    assert waits(an)


def test_a_child_who_joins_a_guardian_with_an_account_is_unlocked_at_once(stage: Flask) -> None:
    an = child("Lê Bảo An", MOTHER)
    record(SCHOOL, CAMPAIGN, guardian_of(an), Event.GRANTED, DAY)
    assert not waits(child("Lê Bảo Bình", MOTHER, unit="6A2"))


def test_recording_for_many_guardians_unlocks_for_all_and_is_taken_back_for_all(stage: Flask) -> None:
    several = [child(f"Lê Bảo {n}", GuardianRead("mother", f"Trần Thị {n}", f"09120{n:05}", None)) for n in range(5)]
    mothers = [guardian_of(number) for number in several]
    elsewhere = child("Lê Minh", GuardianRead("mother", "Trần Thị 3", "0912000003", None), school=OTHER_SCHOOL)
    with transaction.writing():
        bulk = record_many(scope_of(SCHOOL, CAMPAIGN), mothers, Event.GRANTED, DAY)
    assert bulk.recorded == 5
    assert not any(waits(number) for number in several)
    assert not waits(elsewhere, OTHER_SCHOOL)
    with transaction.writing():
        take_back_bulk(scope_of(SCHOOL, CAMPAIGN), bulk.bulk_id or 0)
    assert all(waits(number) for number in several)
    assert waits(elsewhere, OTHER_SCHOOL)


def test_a_whole_schools_guardians_are_named_at_once(stage: Flask) -> None:
    """More than one statement can take values for."""
    several = [make_person(SCHOOL, CAMPAIGN, f"Lê Bảo {n}", "6A1", birth_date=BORN) for n in range(3)]
    named = tuple(GuardianRead(None, f"Trần Thị {n}", f"09{n:08}", None) for n in range(1200))
    with transaction.writing():
        scope = scope_of(SCHOOL, CAMPAIGN)
        for number in several:
            linking.link_guardians(scope, campaigns.campaign(scope), 1, [(number, named)])
    assert count(Guardianship) == 3600
    assert count(Registration) == 1203


# Other institutions of the campaign


def test_an_account_unlocks_in_other_institutions_and_shows_nobody_there(stage: Flask) -> None:
    an = child("Lê Bảo An", MOTHER)
    minh = child("Lê Bảo Minh", MOTHER, school=OTHER_SCHOOL, unit="3B")
    record(SCHOOL, CAMPAIGN, guardian_of(an), Event.GRANTED, DAY)
    assert not waits(minh, OTHER_SCHOOL)
    there = seen(guardian_of(minh, OTHER_SCHOOL), OTHER_SCHOOL)
    assert [(e.event, e.on, e.source) for e in there.events] == [(Event.GRANTED, DAY, "đơn vị khác trong đợt")]
    assert [one.full_name for one in there.children] == ["Lê Bảo Minh"]
    assert [one.full_name for one in seen(guardian_of(an)).children] == ["Lê Bảo An"]
    with transaction.reading():
        (event,) = db.session.scalars(select(RecordedEvent).where(RecordedEvent.mirrored))
        assert (event.user_id, event.bulk_id) == (None, None)


def test_taking_back_where_it_was_recorded_takes_it_back_everywhere(stage: Flask) -> None:
    an = child("Lê Bảo An", MOTHER)
    minh = child("Lê Bảo Minh", MOTHER, school=OTHER_SCHOOL, unit="3B")
    record(OTHER_SCHOOL, CAMPAIGN, guardian_of(minh, OTHER_SCHOOL), Event.DECLARED, DAY)
    record(SCHOOL, CAMPAIGN, guardian_of(an), Event.GRANTED, DAY)
    take_back(guardian_of(an))
    assert waits(an)
    assert waits(minh, OTHER_SCHOOL)
    assert seen(guardian_of(minh, OTHER_SCHOOL), OTHER_SCHOOL).facts.state is State.DECLARED


def test_what_another_institution_has_recorded_itself_stays_there_and_for_the_third(stage: Flask) -> None:
    make_institution("ba", AGENCY)
    an, minh, tu = child("An", MOTHER), child("Minh", MOTHER, school=OTHER_SCHOOL), child("Tú", MOTHER, school="ba")
    record(SCHOOL, CAMPAIGN, guardian_of(an), Event.GRANTED, DAY)
    record(OTHER_SCHOOL, CAMPAIGN, guardian_of(minh, OTHER_SCHOOL), Event.SIGNED_IN, TODAY)
    take_back(guardian_of(an))
    assert [waits(an), waits(minh, OTHER_SCHOOL), waits(tu, "ba")] == [True, False, False]


def test_an_account_is_known_once_per_institution(stage: Flask) -> None:
    an, minh = child("An", MOTHER), child("Minh", MOTHER, school=OTHER_SCHOOL)
    record(SCHOOL, CAMPAIGN, guardian_of(an), Event.GRANTED, DAY)
    there = guardian_of(minh, OTHER_SCHOOL)
    with transaction.writing():
        assert isinstance(record_one(scope_of(OTHER_SCHOOL, CAMPAIGN), there, Event.GRANTED, DAY), Refused)
    record(OTHER_SCHOOL, CAMPAIGN, there, Event.SIGNED_IN, TODAY)
    assert len(seen(guardian_of(an)).events) == 1


def test_a_guardian_named_later_elsewhere_brings_the_account_along(stage: Flask) -> None:
    an = child("An", MOTHER)
    record(SCHOOL, CAMPAIGN, guardian_of(an), Event.GRANTED, DAY)
    minh = child("Minh", MOTHER, school=OTHER_SCHOOL)
    assert not waits(minh, OTHER_SCHOOL)
    assert seen(minh, OTHER_SCHOOL).guarding.unlocked_on == DAY


def test_who_has_an_account_here_and_becomes_a_guardian_unlocks_elsewhere_too(stage: Flask) -> None:
    minh = child("Minh", MOTHER._replace(personal_id=NUMBER), school=OTHER_SCHOOL)
    teacher = make_person(SCHOOL, CAMPAIGN, "Trần Thu Hà", personal_id=NUMBER)
    record(SCHOOL, CAMPAIGN, teacher, Event.GRANTED, DAY)
    assert waits(minh, OTHER_SCHOOL), "a member of staff is nobody's guardian yet"
    child("An", MOTHER._replace(personal_id=NUMBER))
    assert not waits(minh, OTHER_SCHOOL)


def test_a_number_that_is_noted_later_finds_the_account_elsewhere(stage: Flask) -> None:
    an = child("An", MOTHER._replace(personal_id=NUMBER))
    minh = child("Minh", GuardianRead("mother", "Trần Thị Hà", "0987654321", None), school=OTHER_SCHOOL)
    record(SCHOOL, CAMPAIGN, guardian_of(an), Event.GRANTED, DAY)
    assert waits(minh, OTHER_SCHOOL)
    there = seen(guardian_of(minh, OTHER_SCHOOL), OTHER_SCHOOL)
    known = dict.fromkeys(PersonDetails.__slots__) | {"full_name": there.full_name, "phone": there.phone, "personal_id": NUMBER}
    with transaction.writing():
        assert update_person(scope_of(OTHER_SCHOOL, CAMPAIGN), there.id, there.person_revision, PersonDetails(**known)) is None  # type: ignore[arg-type]
    assert not waits(minh, OTHER_SCHOOL)


@pytest.mark.parametrize(
    ("there", "one"),
    [
        (MOTHER._replace(phone="0987654321"), False),
        (FATHER._replace(phone=MOTHER.phone), False),
        (MOTHER, True),
        (MOTHER._replace(personal_id=OTHER_NUMBER), False),
        (GuardianRead("mother", "Trần T. Hà", "0987654321", NUMBER), True),
    ],
)
def test_across_institutions_too_a_number_or_a_phone_with_its_name_tells(stage: Flask, there: GuardianRead, one: bool) -> None:
    an, minh = child("An", MOTHER._replace(personal_id=NUMBER)), child("Minh", there, school=OTHER_SCHOOL)
    record(SCHOOL, CAMPAIGN, guardian_of(an), Event.GRANTED, DAY)
    assert waits(minh, OTHER_SCHOOL) is not one


def test_who_is_known_here_by_number_and_there_by_phone_is_found_through_a_third(stage: Flask) -> None:
    make_institution("ba", AGENCY)
    an = child("An", GuardianRead("mother", "Trần Thu Hà", "0987654321", NUMBER))
    tu = child("Tú", MOTHER, school="ba")
    assert [waits(an), waits(tu, "ba")] == [True, True]
    record(SCHOOL, CAMPAIGN, guardian_of(an), Event.GRANTED, DAY)
    assert waits(tu, "ba")
    child("Minh", MOTHER._replace(personal_id=NUMBER), school=OTHER_SCHOOL)
    assert not waits(tu, "ba")
    take_back(guardian_of(an))
    assert waits(tu, "ba")


def test_a_campaign_elsewhere_learns_nothing(stage: Flask) -> None:
    make_campaign("dot-2", AGENCY)
    an = child("An", MOTHER)
    minh = child("Minh", MOTHER, school=OTHER_SCHOOL, campaign="dot-2")
    record(SCHOOL, CAMPAIGN, guardian_of(an), Event.GRANTED, DAY)
    assert seen(minh, OTHER_SCHOOL, "dot-2").standing is Standing.BLOCKED_GUARDIAN


def tell(school: str, number: int, event: Event, reason: str | None = None) -> None:
    with transaction.writing():
        answer = record_one(scope_of(school, CAMPAIGN), number, event, TODAY, reason=reason)
    assert isinstance(answer, Recorded), answer


@pytest.mark.parametrize("since", [Event.APP_INSTALLED, Event.EXCLUDED])
def test_what_was_taken_over_goes_also_where_something_was_recorded_since(stage: Flask, since: Event) -> None:
    an, minh = child("An", MOTHER), child("Minh", MOTHER, school=OTHER_SCHOOL)
    here, there = guardian_of(an), guardian_of(minh, OTHER_SCHOOL)
    tell(SCHOOL, here, Event.GRANTED)
    tell(OTHER_SCHOOL, there, since, "chuyển đi")
    tell(SCHOOL, here, Event.TAKEN_BACK)
    assert waits(minh, OTHER_SCHOOL)
    found = seen(there, OTHER_SCHOOL)
    assert account_since(found.facts) is None
    assert [event.event for event in found.events if not event.undone] == [Event.TAKEN_BACK, since], "what they recorded themselves stays"


def test_what_is_recorded_of_the_account_itself_holds_it_where_it_was_taken_over(stage: Flask) -> None:
    an, minh = child("An", MOTHER), child("Minh", MOTHER, school=OTHER_SCHOOL)
    here, there = guardian_of(an), guardian_of(minh, OTHER_SCHOOL)
    tell(SCHOOL, here, Event.GRANTED)
    tell(OTHER_SCHOOL, there, Event.DATA_CHANGED)
    tell(SCHOOL, here, Event.TAKEN_BACK)
    assert not waits(minh, OTHER_SCHOOL)


@pytest.mark.parametrize("back", [Event.READMITTED, Event.TAKEN_BACK])
def test_who_was_excluded_when_the_account_came_learns_of_it_on_return(stage: Flask, back: Event) -> None:
    an, minh = child("An", MOTHER), child("Minh", MOTHER, school=OTHER_SCHOOL)
    there = guardian_of(minh, OTHER_SCHOOL)
    tell(OTHER_SCHOOL, there, Event.EXCLUDED, "trùng")
    tell(SCHOOL, guardian_of(an), Event.GRANTED)
    assert waits(minh, OTHER_SCHOOL)
    tell(OTHER_SCHOOL, there, back)
    assert not waits(minh, OTHER_SCHOOL)


def test_of_two_institutions_that_tell_of_one_account_at_once_the_second_is_told(scene: Flask) -> None:
    with scene.app_context(), clock.set_to(at(TODAY)):
        an, minh = child("An", MOTHER), child("Minh", MOTHER, school=OTHER_SCHOOL)
        known = ((SCHOOL, guardian_of(an)), (OTHER_SCHOOL, guardian_of(minh, OTHER_SCHOOL)))
    start, answers = threading.Barrier(2), list[object]()

    def granted(school: str, number: int) -> None:
        with scene.app_context(), clock.set_to(at(TODAY)):
            start.wait()
            with transaction.writing():
                answers.append(record_one(scope_of(school, CAMPAIGN), number, Event.GRANTED, TODAY, revision=0))

    threads = [threading.Thread(target=granted, args=one) for one in known]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(type(answer).__name__ for answer in answers) == ["ChangedMeanwhile", "Recorded"]


def test_of_two_institutions_that_record_at_once_none_is_lost(scene: Flask) -> None:
    """One records the account while the other records that a code is missing: whoever comes first, the account is known to both."""
    with scene.app_context(), clock.set_to(at(TODAY)):
        an, minh = child("An", MOTHER), child("Minh", MOTHER, school=OTHER_SCHOOL)
        here, there = guardian_of(an), guardian_of(minh, OTHER_SCHOOL)
    start = threading.Barrier(2)

    def tell(school: str, number: int, event: Event) -> None:
        with scene.app_context(), clock.set_to(at(TODAY)):
            start.wait()
            with transaction.writing():
                record_one(scope_of(school, CAMPAIGN), number, event, DAY)

    threads = [
        threading.Thread(target=tell, args=told) for told in ((SCHOOL, here, Event.GRANTED), (OTHER_SCHOOL, there, Event.CODE_MISSING))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with scene.app_context(), clock.set_to(at(TODAY)):
        assert seen(there, OTHER_SCHOOL).facts.state is State.GRANTED
        assert not waits(an)
        assert not waits(minh, OTHER_SCHOOL)


# By hand


def add(number: int, given: GuardianRead, school: str = SCHOOL) -> int | GuardianRefusal:
    with transaction.writing():
        return linking.add_guardian(scope_of(school, CAMPAIGN), number, given)


def unlink(number: int, guardian: int, school: str = SCHOOL) -> bool:
    with transaction.writing():
        return linking.unlink(scope_of(school, CAMPAIGN), number, guardian)


def test_a_guardian_added_by_hand_is_as_one_from_a_roster(stage: Flask) -> None:
    an = child("An", MOTHER)
    record(SCHOOL, CAMPAIGN, guardian_of(an), Event.GRANTED, DAY)
    binh = child("Bình")
    assert waits(binh)
    assert add(binh, MOTHER) == guardian_of(an)
    assert not waits(binh)
    chi = child("Chi")
    father = add(chi, FATHER)
    assert isinstance(father, int)
    assert (seen(father).part, seen(father).phone, seen(chi).guardians[0].relation) == (Part.GUARDIAN, "0912000222", "father")
    assert add(chi, FATHER) == father
    assert len(seen(chi).guardians) == 1, "a second click adds nobody"


def test_a_guardian_needs_a_name_and_a_number_that_is_nobody_elses(stage: Flask) -> None:
    an = child("An", MOTHER._replace(personal_id=NUMBER))
    binh = make_person(SCHOOL, CAMPAIGN, "Bình", "6A1", birth_date=BORN, personal_id=OTHER_NUMBER)
    assert add(binh, GuardianRead(None, None, "0912000111", None)) is GuardianRefusal.NAME_MISSING
    assert add(binh, GuardianRead("father", "Lê Văn Nam", None, NUMBER)) is GuardianRefusal.NUMBER_TAKEN
    assert add(binh, GuardianRead("father", "Bình", None, OTHER_NUMBER)) is GuardianRefusal.IS_THE_CHILD
    assert add(9999, MOTHER) is GuardianRefusal.UNKNOWN_CHILD
    assert seen(binh).guardians == ()
    assert len(seen(an).guardians) == 1


def test_another_institutions_child_gets_no_guardian(stage: Flask) -> None:
    stranger = child("Minh", MOTHER, school=OTHER_SCHOOL)
    for _ in range(stranger):
        make_person(OTHER_SCHOOL, CAMPAIGN, "Vũ Đức Đạt")
    beyond = make_person(OTHER_SCHOOL, CAMPAIGN, "Vũ Đức Đạt")
    assert add(beyond, FATHER) is GuardianRefusal.UNKNOWN_CHILD
    assert unlink(stranger, guardian_of(stranger, OTHER_SCHOOL)) is False
    assert len(seen(stranger, OTHER_SCHOOL).guardians) == 1


def test_who_is_no_guardian_after_all_unlocks_nobody(stage: Flask) -> None:
    an, binh = child("An", MOTHER, FATHER), child("Bình", MOTHER)
    mother, father = (guardian.id for guardian in seen(an).guardians)
    record(SCHOOL, CAMPAIGN, mother, Event.GRANTED, DAY)
    assert unlink(an, mother) is True
    assert [guardian.id for guardian in seen(an).guardians] == [father]
    assert [waits(an), waits(binh)] == [True, False]
    assert unlink(an, mother) is False


def test_a_guardian_of_nobody_goes_if_nothing_was_recorded_and_stays_else(stage: Flask) -> None:
    an = child("An", MOTHER, FATHER)
    mother, father = (guardian.id for guardian in seen(an).guardians)
    record(SCHOOL, CAMPAIGN, mother, Event.DECLARED, DAY)
    unlink(an, mother)
    unlink(an, father)
    assert seen(mother).facts.state is State.DECLARED
    assert count(GuardianKey) == 0
    with transaction.reading():
        left = db.session.scalars(select(Registration.person_id).where(Registration.part == Part.GUARDIAN)).all()
    assert left == [mother]
    assert add(an, FATHER) == father, "who comes back is the same person"
    assert seen(father).facts.state is State.TO_START


def test_a_guardian_of_nobody_stays_who_came_to_a_desk_or_has_a_difficulty(stage: Flask) -> None:
    an = child("An", MOTHER, FATHER)
    mother, father = (guardian.id for guardian in seen(an).guardians)
    with transaction.writing():
        scope = scope_of(SCHOOL, CAMPAIGN)
        desk = desks.create(scope, DeskDraft("Hội trường", TODAY, Hours("08:00", "11:00", 30, 5)))
        assert isinstance(desk, int)
        assert desks.came(scope, desk, mother)
        owner = new_login("chi@example.org", "Chị Văn phòng", "mat khau dai 7").id
        db.session.add(Membership(user_id=owner, role=Role.COORDINATOR, institution_id=scope.institution_id))
        db.session.flush()
        assert isinstance(open_difficulty(scope, DifficultyDraft(Kind.TECHNICAL, "Không nhận được mã", father)), int)
    assert unlink(an, mother)
    assert unlink(an, father)
    assert [seen(mother).full_name, seen(father).full_name] == [MOTHER.full_name, FATHER.full_name]


def test_two_who_name_the_same_guardian_at_once_make_one_person(scene: Flask) -> None:
    with scene.app_context():
        an, binh = child("An"), child("Bình", unit="6A2")
    start = threading.Barrier(2)

    def tell(number: int) -> None:
        with scene.app_context():
            start.wait()
            add(number, MOTHER)

    threads = [threading.Thread(target=tell, args=(number,)) for number in (an, binh)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with scene.app_context():
        assert guardian_of(an) == guardian_of(binh)


def test_the_guardians_of_a_child_come_along_to_the_next_campaign(stage: Flask) -> None:
    an = child("An", MOTHER)
    make_campaign("dot-2", AGENCY)
    with transaction.writing():
        scope = scope_of(SCHOOL, "dot-2")
        open_registrations(scope, list(self_from_of(scope, campaigns.campaign(scope), [an])))
    (mother,) = seen(an, campaign="dot-2").guardians
    assert (mother.state, seen(an, campaign="dot-2").standing) == (State.TO_START, Standing.BLOCKED_GUARDIAN)
    record(SCHOOL, "dot-2", mother.id, Event.GRANTED, DAY)
    assert seen(an, campaign="dot-2").standing is Standing.TO_START
    assert waits(an)


# The list


def test_the_list_shows_each_guardian_with_all_their_children(stage: Flask) -> None:
    an, binh = child("An", MOTHER), child("Bình", MOTHER, FATHER, unit="6A2")
    record(SCHOOL, CAMPAIGN, an, Event.CODE_MISSING, DAY)
    with transaction.reading():
        scope = scope_of(SCHOOL, CAMPAIGN)
        view = campaigns.campaign(scope)
        mother, father = guardians.guardians_page(scope, view).rows
        blocking = guardians.blocking(scope, view)
    assert ([one.id for one in mother.children], [one.id for one in father.children]) == ([an, binh], [binh])
    assert (mother.waiting, mother.following, mother.has_account) == (1, Event.DECLARED, False)
    assert (blocking.guardians, blocking.children, blocking.pressing) == (2, 1, 0)


def test_a_phone_is_shared_with_other_guardians_but_not_with_ones_own_child(stage: Flask) -> None:
    an = make_person(SCHOOL, CAMPAIGN, "An", "6A1", birth_date=BORN, phone=MOTHER.phone)
    link(an, MOTHER)
    with transaction.reading():
        scope = scope_of(SCHOOL, CAMPAIGN)
        (mother,) = guardians.guardians_page(scope, campaigns.campaign(scope)).rows
        assert not mother.shares_phone
        assert guardians.sharing_phone(scope, mother.id) == []
    child("Bình", GuardianRead("father", "Lê Văn Nam", MOTHER.phone, None))
    with transaction.reading():
        found = guardians.guardians_page(scope, campaigns.campaign(scope)).rows
        assert [row.shares_phone for row in found] == [True, True]
        assert set(guardians.sharing_phone(scope, mother.id)) == {"Lê Văn Nam", "An"} - {"An"}


def test_a_child_waits_for_the_guardian_who_has_come_furthest(stage: Flask) -> None:
    an = child("An", MOTHER, FATHER)
    mother, father = (guardian.id for guardian in seen(an).guardians)
    record(SCHOOL, CAMPAIGN, mother, Event.EXCLUDED, DAY, "ở nước ngoài")
    record(SCHOOL, CAMPAIGN, father, Event.DECLARED, TODAY)
    with transaction.reading():
        view = campaigns.campaign(scope_of(SCHOOL, CAMPAIGN))
    assert guardians.next_for(view.procedure, seen(an)) == guardians.NextStep(Event.FORM_RECEIVED, "guardian")


# The database and the rules

_EVENTS = [
    Event.DECLARED,
    Event.GRANTED,
    Event.SIGNED_IN,
    Event.STOPPED,
    Event.EXCLUDED,
    Event.READMITTED,
    Event.TAKEN_BACK,
    Event.REJECTED,
]
_told = st.tuples(st.booleans(), st.integers(0, 4), st.sampled_from(_EVENTS), st.integers(0, 10))


@given(
    links=st.sets(st.tuples(st.booleans(), st.integers(0, 3), st.integers(0, 4)), min_size=3, max_size=16),
    told=st.lists(_told, max_size=14),
)
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_in_any_history_who_waits_is_who_has_no_guardian_with_an_account(
    stage: Flask, links: set[tuple[bool, int, int]], told: list[tuple[bool, int, Event, int]]
) -> None:
    """Two schools with four children each and five guardians in common: SQL and the rules see everybody alike."""
    stamp = str(count(Person))
    schools = {here: make_institution(f"s{stamp}-{here:d}", AGENCY) for here in (False, True)}
    parents = [GuardianRead(None, f"Người {n} {stamp}", f"09{count(Person):06}{n:02}", None) for n in range(5)]
    children: dict[tuple[bool, int], int] = {}
    for here, one, _ in sorted(links):
        if (here, one) not in children:
            children[here, one] = child(f"Em {one}", school=schools[here])
    for here, one, parent in sorted(links):
        link(children[here, one], parents[parent], school=schools[here])
    with clock.set_to(at(DAY + timedelta(days=20))):
        for here, parent, event, day in told:
            with transaction.writing():
                scope = scope_of(schools[here], CAMPAIGN)
                for number in guardians.with_phone(scope, str(parents[parent].phone)):
                    record_one(scope, number, event, DAY + timedelta(days=day), reason="vì thử")
        for school in schools.values():
            _agree(school)


def _agree(school: str) -> None:
    with transaction.reading():
        scope = scope_of(school, CAMPAIGN)
        view = campaigns.campaign(scope)
        everybody = db.session.scalars(
            select(Registration.person_id).where(
                Registration.institution_id == scope.institution_id, Registration.campaign_id == scope.campaign_id
            )
        ).all()
        for number in everybody:
            shown = people.person(scope, view, number)
            assert shown is not None
            assert standing_of(view.procedure, view.goal, shown.facts, view.today(), shown.guarding) is shown.standing
            parents = [people.person(scope, view, guardian.id) for guardian in shown.guardians]
            since = [account_since(parent.facts) for parent in parents if parent]
            known = [day for day in since if day]
            assert shown.guarding.unlocked_on == (min(known) if known else None)
        listed = {s: people.people_page(scope, view, PeopleFilter(standings=frozenset({s}))).rows for s in Standing}
        waiting = {row.id for row in listed[Standing.BLOCKED_GUARDIAN]}
        assert waiting == {child.id for row in guardians.guardians_page(scope, view).rows for child in row.children if child.id in waiting}


def test_a_class_lead_sees_a_guardians_children_of_the_own_class_only(stage: Flask) -> None:
    mother = GuardianRead("mother", "Trần Thu Hà", "0912000111", None)
    ids = [make_person(SCHOOL, CAMPAIGN, name, unit, birth_date=date(2014, 5, 3)) for name, unit in (("Lê An", "6A1"), ("Lê Bình", "6A2"))]
    with transaction.writing():
        scope = scope_of(SCHOOL, CAMPAIGN)
        linking.link_guardians(scope, campaigns.campaign(scope), None, [(child, (mother,)) for child in ids])
    own = make_unit(SCHOOL, "6A1")
    with transaction.reading():
        scope = scope_of(SCHOOL, CAMPAIGN)
        lead = replace(scope, within=replace(scope.within, unit_ids=frozenset({own})))
        child = people.person(scope, campaigns.campaign(scope), ids[0])
        assert child is not None
        seen = people.person(lead, campaigns.campaign(lead), child.guardians[0].id)
    assert seen is not None
    assert [one.full_name for one in seen.children] == ["Lê An"]


def test_a_staff_roster_that_names_a_known_guardian_asks_her_to_register(stage: Flask) -> None:
    child = make_person(SCHOOL, CAMPAIGN, "Lê An", "6A1", birth_date=date(2014, 5, 3))
    with transaction.writing():
        scope = scope_of(SCHOOL, CAMPAIGN)
        guardian = GuardianRead("mother", "Trần Thu Hà", "0912000111", "001190000011")
        linking.link_guardians(scope, campaigns.campaign(scope), None, [(child, (guardian,))])
    book = Workbook()
    book.active.append(["STT", "Họ và tên", "Số CCCD", "Đơn vị"])
    book.active.append([1, "Trần Thu Hà", "001190000011", "Tổ Toán"])
    file = BytesIO()
    book.save(file)
    take_in(SCHOOL, CAMPAIGN, "giao-vien.xlsx", file.getvalue())
    with transaction.reading():
        scope = scope_of(SCHOOL, CAMPAIGN)
        counted = progress.institution_progress(scope, campaigns.campaign(scope))
    assert counted.total == 2
