"""Telling whether a guardian whom a row or a form names is somebody the institution knows already."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from sqlalchemy import select

from app.domain.names import match_key
from app.extensions import db
from app.models import Guardianship, Person
from imports.values import GuardianRead

BLOCK = 500
Named = Sequence[tuple[int, tuple[GuardianRead, ...]]]  # children, each with the guardians who are named for them
Value = TypeVar("Value", int, str)


@dataclass(slots=True)
class Known:
    """Who may be meant, by what they are recognised by."""

    by_number: dict[str, Person] = field(default_factory=dict)
    by_phone: dict[tuple[str, str], list[Person]] = field(default_factory=dict)
    of_child: dict[int, list[Person]] = field(default_factory=dict)
    links: dict[tuple[int, int], Guardianship] = field(default_factory=dict)

    def add(self, person: Person) -> None:
        if person.personal_id:
            self.by_number[person.personal_id] = person
        if person.phone:
            same = self.by_phone.setdefault((person.phone, match_key(person.full_name)), [])
            if person not in same:
                same.append(person)

    def find(self, child_id: int, read: GuardianRead) -> Person | None:
        """The same number is the same person; else the same phone with the same name is, or the child's own guardian of that name. A
        differing number keeps apart; a phone alone says nothing."""
        if read.personal_id and read.personal_id in self.by_number:
            return self.by_number[read.personal_id]
        own = self.of_child.get(child_id, [])
        reached = self.by_phone.get((read.phone, match_key(read.full_name or "")), []) if read.phone else []
        perhaps = [*(person for person in reached if person in own), *reached, *(person for person in own if _is_named(person, read))]
        return next((person for person in perhaps if not (read.personal_id and person.personal_id)), None)


def _is_named(guardian: Person, read: GuardianRead) -> bool:
    """Whether one of the child's own guardians is the one who is named; either of them may lack the name."""
    if read.full_name and guardian.full_name:
        return match_key(guardian.full_name) == match_key(read.full_name)
    return read.phone is not None and guardian.phone == read.phone


def known_for(institution_id: int, named: Named) -> Known:
    """Everybody of the institution who may be one of those who are named."""
    known = Known()
    links = _links(institution_id, [child_id for child_id, _ in named])
    ids = {link.guardian_id for link in links} | set(_recognised(institution_id, [read for _, guardians in named for read in guardians]))
    people = {
        person.id: person
        for block in _blocks(ids)
        for person in db.session.scalars(
            select(Person).where(Person.institution_id == institution_id, Person.id.in_(block)).order_by(Person.id)
        )
    }
    for person in people.values():
        known.add(person)
    for link in links:
        known.links[link.child_id, link.guardian_id] = link
        known.of_child.setdefault(link.child_id, []).append(people[link.guardian_id])
    return known


def _links(institution_id: int, child_ids: Collection[int]) -> list[Guardianship]:
    found: list[Guardianship] = []
    for block in _blocks(child_ids):
        mine = select(Guardianship).where(Guardianship.institution_id == institution_id, Guardianship.child_id.in_(block))
        found += db.session.scalars(mine.order_by(Guardianship.child_id, Guardianship.guardian_id))
    return found


def _recognised(institution_id: int, reads: Sequence[GuardianRead]) -> Iterator[int]:
    """Ids of those who have one of the numbers, or one of the phones with its name."""
    for block in _blocks([read.personal_id for read in reads if read.personal_id]):
        yield from db.session.scalars(select(Person.id).where(Person.institution_id == institution_id, Person.personal_id.in_(block)))
    keys = {(read.phone, match_key(read.full_name or "")) for read in reads if read.phone}
    phones = {phone for phone, _ in keys}
    statement = select(Person.id, Person.phone, Person.full_name).where(Person.institution_id == institution_id, Person.phone.is_not(None))
    if len(phones) <= BLOCK:
        statement = statement.where(Person.phone.in_(sorted(phones)))
    for number, phone, full_name in db.session.execute(statement) if phones else ():
        if phone in phones and (phone, match_key(full_name)) in keys:
            yield number


def _blocks(values: Collection[Value]) -> Iterator[list[Value]]:
    ordered = sorted(set(values))
    for start in range(0, len(ordered), BLOCK):
        yield ordered[start : start + BLOCK]
