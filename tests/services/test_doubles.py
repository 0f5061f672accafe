"""Likely doubles wait; who is one person becomes one, who are two are never asked of again."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app import transaction
from app.domain.likeness import Likeness
from app.domain.registration import Event, State
from app.extensions import db
from app.models import GuardianKey, Guardianship, Person, Registration
from app.queries import doubles
from app.services import doubles as deciding
from app.services import guardians, undoing
from app.services.doubles import DoubleRefusal, Verdict
from app.services.merging import MergeRefusal
from imports.values import GuardianRead
from tests.builders import DAY, make_campaign, make_person, record, scope_of
from tests.cast import AGENCY, CAMPAIGN, OTHER_SCHOOL, SCHOOL
from tests.services.test_undoing import AN, AN_ROW, BINH, edit, row, taken, undone

BORN = date(2014, 5, 3)


def pairs(school: str = SCHOOL) -> list[tuple[int, int, Likeness]]:
    with transaction.reading():
        scope = scope_of(school, CAMPAIGN)
        found = doubles.pairs_page(scope).rows
        assert doubles.waiting(scope) == len(found)
    return [(pair.one.id, pair.other.id, pair.likeness) for pair in found]


def said(one: int, other: int, verdict: Verdict, school: str = SCHOOL) -> Any:
    with transaction.writing():
        return deciding.decide(scope_of(school, CAMPAIGN), one, other, verdict)


def an(unit: str = "6A1", school: str = SCHOOL, **known: Any) -> int:
    return make_person(school, CAMPAIGN, "Trần Bảo An", unit, birth_date=BORN, **known)


def person(number: int) -> Person | None:
    with transaction.reading():
        found = db.session.scalar(select(Person).where(Person.id == number))
        db.session.expunge_all()
    return found


def test_one_name_and_birth_date_in_two_classes_waits_by_hand_and_by_roster(stage: Flask) -> None:
    first, second = an(), an("6A2")
    assert pairs() == [(first, second, Likeness.BIRTH)]
    taken(row("Trần Bảo Ân", None, unit="7B"))
    assert len(pairs()) == 3
    assert all(person(number) is not None for number in (first, second)), "both stay until somebody decides"


def test_a_pupil_who_comes_without_numbers_and_in_another_class_is_likely_the_one_known(stage: Flask) -> None:
    taken(row("Trần Bảo An", AN))
    taken(row("Trần Bảo An", None, unit="7B"))
    ((one, other, why),) = pairs()
    assert why is Likeness.BIRTH
    assert said(one, other, Verdict.SAME) == one
    assert pairs() == []


def test_twins_and_people_with_other_numbers_are_not_asked_of(stage: Flask) -> None:
    taken(row("Trần Bảo An", AN), row("Trần Bảo Ngọc", None), row("Trần Bảo An", BINH, unit="7B"))
    assert pairs() == []


def test_who_are_two_are_never_asked_of_again(stage: Flask) -> None:
    first, second = an(), an("6A2")
    assert said(first, second, Verdict.TWO) is None
    taken(row("Trần Bảo An", None, unit="6A2", phone="0912000111"))
    assert pairs() == []
    assert said(first, second, Verdict.SAME) is DoubleRefusal.UNKNOWN


def test_the_one_with_a_history_stays_and_takes_over_what_only_the_other_knew(stage: Flask) -> None:
    empty, used = an(phone="0912000111", personal_id=AN), an("6A2", bhxh_code="0154777327")
    record(SCHOOL, CAMPAIGN, used, Event.DECLARED, DAY)
    with transaction.writing():
        mother = guardians.add_guardian(scope_of(SCHOOL, CAMPAIGN), empty, GuardianRead("mother", "Lê Thị Hoa", "0912000222", None))
    assert said(empty, used, Verdict.SAME) == used
    stays = person(used)
    assert stays is not None
    assert (stays.personal_id, stays.bhxh_code, stays.phone, person(empty)) == (AN, "0154777327", "0912000111", None)
    with transaction.reading():
        links = db.session.execute(select(Guardianship.child_id, Guardianship.guardian_id)).all()
        states = dict(db.session.execute(select(Registration.person_id, Registration.state)).all())
    assert links == [(used, mother)]
    assert states == {used: State.DECLARED, mother: State.TO_START}


def test_two_histories_are_not_made_into_one(stage: Flask) -> None:
    first, second = an(), an("6A2")
    for number in (first, second):
        record(SCHOOL, CAMPAIGN, number, Event.DECLARED, DAY)
    assert said(first, second, Verdict.SAME) is MergeRefusal.BOTH_HAVE_A_HISTORY
    assert len(pairs()) == 1


def test_a_guardian_is_not_their_own_child(stage: Flask) -> None:
    child, other = an(phone="0912000111"), an("6A2")
    with transaction.writing():
        db.session.add(Guardianship(institution_id=scope_of(SCHOOL, CAMPAIGN).institution_id, child_id=child, guardian_id=other))
    assert said(child, other, Verdict.SAME) is MergeRefusal.ONE_GUARDS_THE_OTHER


def test_a_parent_who_stands_in_the_staff_list_without_a_number_becomes_one_person(stage: Flask) -> None:
    taken(AN_ROW)
    taken(row("Lê Thị Hoa", None, born="01/02/1985", unit="Tổ Toán", phone="0912000111"))
    ((mother, teacher, why),) = pairs()
    assert why is Likeness.PHONE
    stays = said(mother, teacher, Verdict.SAME)
    with transaction.reading():
        assert db.session.scalars(select(Guardianship.guardian_id)).all() == [stays]
        assert db.session.scalars(select(GuardianKey.person_id)).all() == [stays]
        assert db.session.scalars(select(Registration.part).where(Registration.person_id == stays)).all() == ["member"]


def test_who_becomes_one_is_in_the_campaigns_of_both(stage: Flask) -> None:
    make_campaign("dot-2", AGENCY)
    taken(row("Trần Bảo An", None))
    taken(row("Trần Bảo An", None, unit="7B"), campaign="dot-2")
    ((one, other, _why),) = pairs()
    stays = said(one, other, Verdict.SAME)
    with transaction.reading():
        assert sorted(db.session.scalars(select(Registration.person_id))) == [stays, stays]


def test_an_edit_that_tells_two_people_apart_ends_the_waiting(stage: Flask) -> None:
    first, second = an(personal_id=AN), an("6A2")
    assert pairs() == [(first, second, Likeness.BIRTH)]
    edit(second, personal_id=BINH)
    assert pairs() == []


def test_undoing_a_roster_takes_its_pairs_along(stage: Flask) -> None:
    an()
    roster_id = taken(row("Trần Bảo An", None, unit="7B"))
    assert len(pairs()) == 1
    undone(roster_id)
    assert pairs() == []


def test_undoing_ends_the_waiting_of_people_whom_the_roster_made_alike(stage: Flask) -> None:
    taken(row("Trần Bảo An", AN), row("Trần Bảo Ngọc", None))
    roster_id = taken(row("Trần Bảo Ngọc", AN))
    assert len(pairs()) == 1
    undone(roster_id)
    assert pairs() == []


def test_undoing_leaves_alone_who_was_made_one_with_somebody(stage: Flask) -> None:
    first = an()
    roster_id = taken(row("Trần Bảo An", AN, unit="7B"))
    ((one, other, _why),) = pairs()
    assert said(one, other, Verdict.SAME) == first
    with transaction.writing():
        answer = undoing.undo(scope_of(SCHOOL, CAMPAIGN), roster_id)
    assert isinstance(answer, undoing.Undone)
    assert (answer.people, getattr(person(first), "personal_id", None)) == (0, AN)


@pytest.mark.parametrize("verdict", Verdict)
def test_another_institutions_pair_is_not_there(stage: Flask, verdict: Verdict) -> None:
    first, second = an("3B", OTHER_SCHOOL), an("3A", OTHER_SCHOOL)
    assert said(first, second, verdict) is DoubleRefusal.UNKNOWN
    assert len(pairs(OTHER_SCHOOL)) == 1
    assert pairs() == []
