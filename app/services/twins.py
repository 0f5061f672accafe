"""Which guardians are one person, across the institutions of a campaign: by personal number, or by phone together with name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import aliased

from app.extensions import db
from app.models import GuardianKey, Person, Registration
from app.services.histories import Place

BLOCK = 500

Where = tuple[int, int]  # institution and person


def same_people(place: Place, guardian_ids: Sequence[int]) -> dict[Where, frozenset[Where]]:
    """For those of the guardians here whom other institutions of the campaign know, too: as whom.

    Found step by step: one institution has noted the number, the next both it and the phone, the third only the phone with the name.
    """
    same: dict[Where, set[Where]] = defaultdict(set)
    numbers: dict[Where, str | None] = {}
    asked: set[Where] = set()
    new = {(place.institution_id, number) for number in guardian_ids}
    while new:
        asked |= new
        for institution_id, person_id, number, other_institution_id, other_id, other_number in db.session.execute(_pairs(place, new)):
            here, there = (institution_id, person_id), (other_institution_id, other_id)
            same[here].add(there)
            numbers |= {here: number, there: other_number}
        new = {other for others in same.values() for other in others} - asked
    found = {(place.institution_id, number): _all_of((place.institution_id, number), same, numbers) for number in guardian_ids}
    return {here: others for here, others in found.items() if others}


def _pairs(place: Place, people: Collection[Where]) -> Select[int, int, str | None, int, int, str | None]:
    """Who shares a key with whom, each with the personal number."""
    own, other, own_person, other_person = aliased(GuardianKey), aliased(GuardianKey), aliased(Person), aliased(Person)
    return (
        select(own.institution_id, own.person_id, own_person.personal_id, other.institution_id, other.person_id, other_person.personal_id)
        .join(other, and_(other.key == own.key, other.institution_id != own.institution_id))
        .join(own_person, and_(own_person.institution_id == own.institution_id, own_person.id == own.person_id))
        .join(other_person, and_(other_person.institution_id == other.institution_id, other_person.id == other.person_id))
        .join(
            Registration,
            and_(
                Registration.institution_id == other.institution_id,
                Registration.person_id == other.person_id,
                Registration.campaign_id == place.campaign_id,
            ),
        )
        .where(any_of(own, people))
    )


def _all_of(one: Where, same: Mapping[Where, set[Where]], numbers: Mapping[Where, str | None]) -> frozenset[Where]:
    """Everybody who can be reached from one by shared keys and has no other personal number."""
    found, new, own_number = {one}, [one], numbers.get(one)
    while new:
        for other in sorted(same.get(new.pop(), set()) - found):
            number = numbers[other]
            if number is None or own_number in {None, number}:
                own_number = own_number or number
                found.add(other)
                new.append(other)
    return frozenset(found - {one})


def any_of(table: type[GuardianKey] | type[Registration], people: Collection[Where]) -> ColumnElement[bool]:
    return or_(*(and_(table.institution_id == one, table.person_id.in_(ids)) for one, ids in by_institution(people).items()))


def by_institution(people: Collection[Where]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for institution_id, person_id in sorted(people):
        found[institution_id].append(person_id)
    return found


def blocks(numbers: Collection[int]) -> Iterator[list[int]]:
    """A statement takes only so many values."""
    ids = sorted(numbers)
    for start in range(0, len(ids), BLOCK):
        yield ids[start : start + BLOCK]
