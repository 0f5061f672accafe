"""Many likely doubles decided at once: what would happen is worked out first, and nothing else happens."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app import clock, transaction
from app.domain.registration import Event
from app.extensions import db
from app.models import Double, Guardianship, Person
from app.queries import doubles
from app.services import doubles as deciding
from app.services import doubles_at_once, guardians, merging, registrations
from app.services import people as details
from app.services.bulk import insert_rows
from app.services.doubles import DoubleRefusal, Verdict
from app.services.doubles_at_once import EVERY, Foreseen
from app.services.merging import MergeRefusal
from app.services.numbers import allot
from app.services.people import PersonDetails
from imports.values import GuardianRead
from tests.builders import DAY, make_person, record, scope_of
from tests.cast import CAMPAIGN, OTHER_SCHOOL, SCHOOL

BORN = date(2014, 5, 3)
Chosen = list[tuple[int, int]]


def named(name: str, unit: str = "6A1", **known: Any) -> int:
    return make_person(SCHOOL, CAMPAIGN, name, unit, **{"birth_date": BORN} | known)


def pair_of(name: str) -> tuple[int, int]:
    return named(name), named(name, "6A2")


def foreseen(chosen: Chosen | None, verdict: Verdict, school: str = SCHOOL) -> Foreseen:
    with transaction.reading():
        return doubles_at_once.foreseen(scope_of(school, CAMPAIGN), chosen, verdict)


def said(chosen: Chosen | None, verdict: Verdict, school: str = SCHOOL, seen: str | None = None) -> Foreseen | DoubleRefusal:
    seen = seen or foreseen(chosen, verdict, school).mark
    with transaction.writing():
        return doubles_at_once.decide(scope_of(school, CAMPAIGN), chosen, verdict, seen)


def left() -> Chosen:
    with transaction.reading():
        return [(pair.one.id, pair.other.id) for pair in doubles.pairs_page(scope_of(SCHOOL, CAMPAIGN)).rows]


def people() -> dict[int, Person]:
    with transaction.reading():
        found = {person.id: person for person in db.session.scalars(select(Person))}
        db.session.expunge_all()
    return found


def test_those_ticked_are_two_and_the_others_wait_on(stage: Flask) -> None:
    an, binh, chi = pair_of("Trần Bảo An"), pair_of("Lê Minh Bình"), pair_of("Vũ Thị Chi")
    answer = said([an, chi], Verdict.TWO)
    assert isinstance(answer, Foreseen)
    assert (answer.pairs, left(), len(people())) == ((an, chi), [binh], 6)
    with transaction.reading():
        assert {(row.one_id, row.verdict, bool(row.decided_by)) for row in db.session.scalars(select(Double)) if row.decided_at} == {
            (an[0], "two", True),
            (chi[0], "two", True),
        }


def test_all_that_wait_can_be_meant(stage: Flask) -> None:
    chosen = {pair_of("Trần Bảo An"), pair_of("Lê Minh Bình")}
    answer = said(EVERY, Verdict.TWO)
    assert isinstance(answer, Foreseen)
    assert (set(answer.pairs), left()) == (chosen, [])


def test_those_ticked_become_one_each_and_the_one_with_a_history_stays(stage: Flask) -> None:
    an, binh = pair_of("Trần Bảo An"), pair_of("Lê Minh Bình")
    record(SCHOOL, CAMPAIGN, binh[1], Event.DECLARED, DAY)
    foreseen_now = foreseen([an, binh], Verdict.SAME)
    assert [(group.stays, group.goes) for group in foreseen_now.groups] == [(an[0], (an[1],)), (binh[1], (binh[0],))]
    assert said([an, binh], Verdict.SAME) == foreseen_now
    assert (people().keys(), left()) == ({an[0], binh[1]}, [])


def test_three_who_are_all_alike_become_one_with_what_each_knew(stage: Flask) -> None:
    first, second, third = (
        named("Trần Bảo An"),
        named("Trần Bảo An", "6A2", phone="0912000111"),
        named("Trần Bảo An", "6A3", email="a@b.vn"),
    )
    answer = said([(first, second), (first, third), (second, third)], Verdict.SAME)
    assert isinstance(answer, Foreseen)
    assert [(group.stays, group.goes, len(group.pairs)) for group in answer.groups] == [(first, (second, third), 3)]
    (person,) = people().values()
    assert (person.id, person.phone, person.email) == (first, "0912000111", "a@b.vn")


def test_two_who_are_alike_only_by_way_of_a_third_stay_as_they_are(stage: Flask) -> None:
    """Who has no birth date may be either of two who were born on different days."""
    first = named("Trần Bảo An", phone="0912000111")
    second = named("Trần Bảo An", "6A2", birth_date=date(2014, 7, 9), phone="0912000111")
    third = named("Trần Bảo An", "6A3", birth_date=None, phone="0912000111")
    chosen = left()
    assert chosen == [(first, third), (second, third)]
    answer = said(chosen, Verdict.SAME)
    assert isinstance(answer, Foreseen)
    assert ([group.refusal for group in answer.groups], answer.merged) == ([MergeRefusal.NOT_ALL_ALIKE], 0)
    assert (len(people()), left()) == (3, chosen)


def histories(an: tuple[int, int]) -> None:
    for number in an:
        record(SCHOOL, CAMPAIGN, number, Event.DECLARED, DAY)


def family(an: tuple[int, int]) -> None:
    with transaction.writing():
        scope = scope_of(SCHOOL, CAMPAIGN)
        db.session.add(Guardianship(institution_id=scope.institution_id, child_id=an[0], guardian_id=an[1], relation="mother"))


@pytest.mark.parametrize(("do", "why"), [(histories, MergeRefusal.BOTH_HAVE_A_HISTORY), (family, MergeRefusal.ONE_GUARDS_THE_OTHER)])
def test_who_cannot_become_one_waits_on_and_keeps_nobody_else_from_it(
    stage: Flask, do: Callable[[tuple[int, int]], None], why: MergeRefusal
) -> None:
    an, binh = pair_of("Trần Bảo An"), pair_of("Lê Minh Bình")
    do(an)
    answer = said([an, binh], Verdict.SAME)
    assert isinstance(answer, Foreseen)
    assert [group.refusal for group in answer.groups] == [why, None]
    assert (answer.merged, people().keys(), left()) == (1, {*an, binh[0]}, [an])


def test_what_is_not_as_it_was_shown_is_not_done(stage: Flask) -> None:
    an, binh = pair_of("Trần Bảo An"), pair_of("Lê Minh Bình")
    seen = foreseen([an, binh], Verdict.SAME).mark
    with transaction.writing():
        scope = scope_of(SCHOOL, CAMPAIGN)
        who = db.session.get_one(Person, (scope.institution_id, an[1]))
        now = PersonDetails(**{name: getattr(who, name) for name in PersonDetails.__slots__} | {"phone": "0912000111"})
        assert details.update_person(scope, an[1], who.revision, now) is None
    assert said([an, binh], Verdict.SAME, seen=seen) is DoubleRefusal.OTHERWISE_NOW
    assert said([an, binh], Verdict.TWO, seen=seen) is DoubleRefusal.OTHERWISE_NOW
    assert (len(people()), len(left())) == (4, 2)
    said([an], Verdict.TWO)
    assert said([an, binh], Verdict.SAME, seen=foreseen([an, binh], Verdict.TWO).mark) is DoubleRefusal.OTHERWISE_NOW


def test_who_cannot_become_one_does_not_stand_in_the_way_of_the_next_hundred(stage: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doubles_at_once, "MOST", 1)
    an, binh, chi = pair_of("Trần Bảo An"), pair_of("Lê Minh Bình"), pair_of("Vũ Thị Chi")
    histories(an)
    answer = said(EVERY, Verdict.SAME)
    assert isinstance(answer, Foreseen)
    assert (answer.pairs, answer.left, left()) == ((an, binh), 1, [an, chi])


def test_families_of_both_are_those_of_who_stays(stage: Flask) -> None:
    an, binh = pair_of("Trần Bảo An"), pair_of("Lê Minh Bình")
    with transaction.writing():
        for child in (an[1], binh[1]):
            guardians.add_guardian(scope_of(SCHOOL, CAMPAIGN), child, GuardianRead("mother", "Ngô Thị Hà", "0912000999", None))
    said([an, binh], Verdict.SAME)
    with transaction.reading():
        assert {(link.child_id, link.relation) for link in db.session.scalars(select(Guardianship))} == {
            (an[0], "mother"),
            (binh[0], "mother"),
        }


@pytest.mark.parametrize("verdict", list(Verdict))
def test_pairs_of_another_institution_are_not_there(stage: Flask, verdict: Verdict) -> None:
    an = pair_of("Trần Bảo An")
    assert foreseen([an], verdict, OTHER_SCHOOL).pairs == ()
    answer = said([an], verdict, OTHER_SCHOOL)
    assert isinstance(answer, Foreseen)
    assert (answer.pairs, left()) == ((), [an])


@pytest.mark.parametrize("at_once", [True, False])
def test_what_is_recorded_while_two_become_one_is_never_lost(stage: Flask, monkeypatch: pytest.MonkeyPatch, at_once: bool) -> None:
    """Whoever records something of the one who goes waits, and finds afterwards that they are gone."""
    an = pair_of("Trần Bảo An")
    answers: list[object] = []

    def act() -> None:
        with stage.app_context(), clock.set_to(clock.now()), transaction.writing():
            answers.append(registrations.record(scope_of(SCHOOL, CAMPAIGN), an[1], Event.DECLARED, DAY))

    def meanwhile(*asked: Any) -> None:
        other.start()
        other.join(0.5)
        take_over(*asked)

    take_over, other = merging.take_over, threading.Thread(target=act)
    monkeypatch.setattr(merging, "take_over", meanwhile)
    if at_once:
        said([an], Verdict.SAME)
    else:
        with transaction.writing():
            assert deciding.decide(scope_of(SCHOOL, CAMPAIGN), *an, Verdict.SAME) == an[0]
    other.join()
    assert (answers, people().keys()) == ([None], {an[0]})


def test_it_is_worked_out_however_many_wait(stage: Flask) -> None:
    count = 16_400  # a statement of PostgreSQL takes 65,535 values
    with transaction.writing():
        of = {"institution_id": scope_of(SCHOOL, CAMPAIGN).institution_id}
        people_made = ((number, "An", b"", "") for number in range(1000, 1000 + 2 * count))
        insert_rows(Person, ("id", "full_name", "sort_key", "search_text"), people_made, of | {"revision": 1, "updated_at": clock.now()})
        pairs = ((number, number + 1, "birth") for number in range(1000, 1000 + 2 * count, 2))
        insert_rows(Double, ("one_id", "other_id", "likeness"), pairs, of | {"found_at": clock.now()})
    found = foreseen(EVERY, Verdict.SAME)
    assert (found.merged, found.left) == (doubles_at_once.MOST, count - doubles_at_once.MOST)


def test_who_edits_somebody_and_who_decides_on_them_do_not_wait_for_each_other(stage: Flask) -> None:
    an = pair_of("Trần Bảo An")
    answers: list[object] = []

    def edit() -> None:
        with stage.app_context(), transaction.writing():
            who = PersonDetails("Trần Bảo An", None, BORN, *[None] * 5, "0912000111", None, None)
            answers.append(details.update_person(scope_of(SCHOOL, CAMPAIGN), an[1], 1, who))

    other = threading.Thread(target=edit)
    with transaction.writing():
        scope = scope_of(SCHOOL, CAMPAIGN)
        allot(scope.institution_id, 0)
        other.start()
        other.join(0.5)  # by now it waits for the institution
        merging.hold(scope, an)
    other.join()
    assert answers == [None]
