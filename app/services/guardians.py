"""Children's guardians: one person per guardian within an institution, however many children they have there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count

from sqlalchemy import select

from app import clock
from app.collation import name_key
from app.domain.names import match_key, search_text
from app.domain.scope import CampaignScope
from app.extensions import db
from app.models import Guardianship, Person
from app.services.numbers import allot
from imports.values import GuardianRead


@dataclass(slots=True)
class _Known:
    """Who can be a guardian already, by what they are recognised by."""

    by_number: dict[str, Person] = field(default_factory=dict)
    by_phone: dict[tuple[str, str], Person] = field(default_factory=dict)
    of_child: dict[int, list[Person]] = field(default_factory=dict)
    links: dict[tuple[int, int], Guardianship] = field(default_factory=dict)

    def add(self, person: Person) -> None:
        if person.personal_id:
            self.by_number[person.personal_id] = person
        if person.phone:
            self.by_phone[person.phone, match_key(person.full_name)] = person


def link_guardians(scope: CampaignScope, roster_id: int, children: Sequence[tuple[int, tuple[GuardianRead, ...]]]) -> None:
    """Make each child's guardians known. Two rows mean one guardian when their personal id is the same, or phone and name are;
    a differing personal id keeps them apart. What is given fills in and replaces a phone; what is empty erases nothing."""
    if not children:
        return
    known = _known(scope, children)
    ids = count(allot(scope.institution_id, sum(len(guardians) for _, guardians in children)))
    named: list[tuple[int, Person, str | None]] = []
    for child_id, guardians in children:
        for read in guardians:
            if read.full_name or read.phone:
                guardian = _find(known, child_id, read) or _make(scope, roster_id, next(ids), read)
                _fill(known, guardian, read)
                if guardian.id == child_id:
                    continue  # the child's own number stands in the guardian's column
                known.of_child.setdefault(child_id, []).append(guardian)
                named.append((child_id, guardian, read.relation))
    db.session.flush()
    for child_id, guardian, relation in named:
        _link(scope, known, child_id, guardian, relation)
    db.session.flush()


def _known(scope: CampaignScope, children: Sequence[tuple[int, tuple[GuardianRead, ...]]]) -> _Known:
    known = _Known()
    people = {
        person.id: person
        for person in db.session.scalars(
            select(Person).where(
                Person.institution_id == scope.institution_id,
                Person.id.in_(select(Guardianship.guardian_id).where(Guardianship.institution_id == scope.institution_id)),
            )
        )
    }
    numbers = sorted({read.personal_id for _, guardians in children for read in guardians if read.personal_id})
    for start in range(0, len(numbers), 500):
        wanted = Person.personal_id.in_(numbers[start : start + 500])
        for person in db.session.scalars(select(Person).where(Person.institution_id == scope.institution_id, wanted)):
            people[person.id] = person
    for person in people.values():
        known.add(person)
    for link in db.session.scalars(select(Guardianship).where(Guardianship.institution_id == scope.institution_id)):
        known.links[link.child_id, link.guardian_id] = link
        known.of_child.setdefault(link.child_id, []).append(people[link.guardian_id])
    return known


def _find(known: _Known, child_id: int, read: GuardianRead) -> Person | None:
    if read.personal_id and read.personal_id in known.by_number:
        return known.by_number[read.personal_id]
    name = match_key(read.full_name or "")
    found = known.by_phone.get((read.phone or "", name))
    own = known.of_child.get(child_id, [])
    if found is None:
        found = next((p for p in own if (name and match_key(p.full_name) == name) or (not name and p.phone == read.phone)), None)
    if found is not None and read.personal_id and found.personal_id and found.personal_id != read.personal_id:
        return None
    return found


def _make(scope: CampaignScope, roster_id: int, number: int, read: GuardianRead) -> Person:
    name = read.full_name or ""
    person = Person(
        institution_id=scope.institution_id,
        id=number,
        full_name=name,
        sort_key=name_key(name),
        search_text="",
        phone=read.phone,
        personal_id=read.personal_id,
        roster_id=roster_id,
        revision=1,
        updated_at=clock.now(),
    )
    db.session.add(person)
    return person


def _fill(known: _Known, person: Person, read: GuardianRead) -> None:
    person.personal_id = person.personal_id or read.personal_id
    person.phone = read.phone or person.phone
    person.search_text = search_text(
        person.full_name, [person.personal_id, person.bhxh_code, person.pupil_code, person.staff_code, person.phone, person.email]
    )
    known.add(person)


def _link(scope: CampaignScope, known: _Known, child_id: int, guardian: Person, relation: str | None) -> None:
    link = known.links.get((child_id, guardian.id))
    if link is None:
        link = Guardianship(institution_id=scope.institution_id, child_id=child_id, guardian_id=guardian.id, relation=relation)
        db.session.add(link)
        known.links[child_id, guardian.id] = link
    link.relation = relation or link.relation
