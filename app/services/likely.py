"""Noticing that somebody who has just become known is likely somebody who is known already."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain

from sqlalchemy import ColumnElement, String, cast, delete, or_, select, true

from app import clock
from app.domain.likeness import Glance, Look, close, likeness
from app.domain.names import fold_name
from app.extensions import db
from app.models import Double, Person
from app.services.inserting import insert_into

BLOCK = 1000


def note_doubles(institution_id: int, fresh: Collection[int]) -> None:
    """Keep pairs that are likely one person, at least one of each among the `fresh`. Who was decided to be two is not asked of again."""
    if fresh:
        db.session.flush()
        _note(institution_id, close(_glances(institution_id, true()), fresh))


def note_new_doubles(institution_id: int, roster_id: int, brought: Sequence[Glance]) -> None:
    """The same for everybody whom a roster has just brought: of many, only who was known before need be fetched."""
    if brought:
        db.session.flush()
        before = _glances(institution_id, Person.roster_id.is_distinct_from(roster_id))
        _note(institution_id, close(chain(brought, before), {number for number, *_ in brought}))


def _glances(institution_id: int, whose: ColumnElement[bool]) -> Iterator[Glance]:
    born = cast(Person.birth_date, String(10))  # to be compared, not to be read
    known = select(Person.id, Person.full_name, born).where(Person.institution_id == institution_id, Person.full_name != "", whose)
    return ((number, fold_name(name), birth) for number, name, birth in db.session.execute(known))


def _note(institution_id: int, found: Iterable[tuple[int, int]]) -> None:
    pairs = sorted(found)
    looks = _looks(institution_id, {number for pair in pairs for number in pair})
    rows = [
        {"institution_id": institution_id, "one_id": one, "other_id": other, "likeness": why, "found_at": clock.now()}
        for one, other in pairs
        if (why := likeness(looks[one], looks[other]))
    ]
    for start in range(0, len(rows), BLOCK):
        db.session.execute(insert_into(Double).values(rows[start : start + BLOCK]).on_conflict_do_nothing())


def _looks(institution_id: int, ids: Collection[int]) -> dict[int, Look]:
    found: dict[int, Look] = {}
    ordered = sorted(ids)
    for start in range(0, len(ordered), BLOCK):
        some = select(
            *(Person.id, Person.full_name, Person.birth_date, Person.birth_year, Person.phone),
            *(Person.personal_id, Person.bhxh_code, Person.pupil_code, Person.staff_code),
        ).where(Person.institution_id == institution_id, Person.id.in_(ordered[start : start + BLOCK]))
        for number, name, birth, year, phone, *numbers in db.session.execute(some):
            found[number] = Look(fold_name(name), birth, year, phone, tuple(numbers))
    return found


def look_again(institution_id: int, edited: Collection[int]) -> None:
    """Details of some people are others now: pairs that wait and are not alike any more go, others may have come."""
    if edited:
        db.session.flush()
        _drop_unlike(institution_id, edited)
        note_doubles(institution_id, edited)


def _drop_unlike(institution_id: int, edited: Collection[int]) -> None:
    few = len(edited) <= BLOCK  # of many, all pairs that wait are fetched at once: they are not that many
    theirs = or_(Double.one_id.in_(sorted(edited)), Double.other_id.in_(sorted(edited))) if few else true()
    waiting = select(Double.one_id, Double.other_id).where(Double.institution_id == institution_id, Double.verdict.is_(None), theirs)
    pairs = [(one, other) for one, other in db.session.execute(waiting) if one in edited or other in edited]
    looks = _looks(institution_id, {number for pair in pairs for number in pair})
    for one, other in pairs:
        if looks[one].name != looks[other].name or not likeness(looks[one], looks[other]):
            db.session.execute(
                delete(Double)
                .where(Double.institution_id == institution_id, Double.one_id == one, Double.other_id == other)
                .execution_options(synchronize_session=False)
            )
