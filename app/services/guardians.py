"""Children's guardians: one person per guardian within an institution, however many children they have there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import count
from typing import Any, cast

from sqlalchemy import CursorResult, delete, exists, insert, select

from app import clock
from app.collation import name_key
from app.domain.details import FOUND_BY
from app.domain.names import guardian_keys, match_key, search_text
from app.domain.scope import CampaignScope
from app.domain.track import Part
from app.extensions import db
from app.models import Desk, DeskPerson, Difficulty, Evidence, GuardianKey, Guardianship, Person, RecordedEvent, Registration
from app.queries.campaigns import CampaignView, campaign
from app.queries.filters import with_people, within
from app.services import unlocking
from app.services.bulk import count_if_none
from app.services.effects import Effects, values_of
from app.services.guardian_matching import BLOCK, Known, Named, known_for
from app.services.histories import Place
from app.services.numbers import allot, people_changed
from app.services.openings import introduce
from imports.values import GuardianRead


class GuardianRefusal(StrEnum):
    """Why somebody can't be noted as a child's guardian."""

    UNKNOWN_CHILD = "unknown-child"
    NAME_MISSING = "name-missing"
    IS_THE_CHILD = "is-the-child"
    NUMBER_TAKEN = "number-taken"  # by somebody of another name: one of the two is mistyped


def link_guardians(
    scope: CampaignScope, view: CampaignView, roster_id: int | None, children: Named, effects: Effects | None = None
) -> None:
    """Make each child's guardians known, with a registration of their own.

    Two rows mean one guardian when their personal id is the same, or phone and name are; a differing personal id keeps them apart. What
    is given fills in and replaces a phone; what is empty erases nothing.
    """
    if children:
        ids = _new_ids(scope, children)  # first: it lets nobody else name guardians here until this is done
        _link_all(scope, view, roster_id, children, known_for(scope.institution_id, children), ids, effects or Effects())


def add_guardian(scope: CampaignScope, child_id: int, given: GuardianRead) -> int | GuardianRefusal:
    """Note a guardian by hand; answers their id. Somebody who is known already becomes this child's guardian, too."""
    seen = db.session.scalar(with_people(select(Person.id)).where(within(scope), Person.id == child_id))
    if seen is None:
        return GuardianRefusal.UNKNOWN_CHILD
    if not given.full_name:
        return GuardianRefusal.NAME_MISSING
    named = [(child_id, (given,))]
    ids = _new_ids(scope, named)
    known = known_for(scope.institution_id, named)
    found = known.find(child_id, given)
    if found is not None and found.full_name and match_key(found.full_name) != match_key(given.full_name):
        return GuardianRefusal.NUMBER_TAKEN
    if found is not None and found.id == child_id:
        return GuardianRefusal.IS_THE_CHILD
    (guardian,) = _link_all(scope, campaign(scope), None, named, known, ids, Effects())
    people_changed(scope.institution_id)
    return guardian.id


def unlink(scope: CampaignScope, child_id: int, guardian_id: int) -> bool:
    """Somebody is not this child's guardian after all; False where they were not noted as such. What was recorded of them stays."""
    allot(scope.institution_id, 0)  # before the two, as wherever people change
    seen = db.session.scalar(with_people(select(Person.id)).where(within(scope), Person.id == child_id))
    gone = db.session.execute(
        delete(Guardianship)
        .where(
            Guardianship.institution_id == scope.institution_id,
            Guardianship.child_id == seen,
            Guardianship.guardian_id == guardian_id,
        )
        .execution_options(synchronize_session=False)
    )
    if cast("CursorResult[Any]", gone).rowcount != 1:
        return False
    unlocking.unlock_child(scope.institution_id, child_id)
    forget_guardians(scope.institution_id, [guardian_id])
    people_changed(scope.institution_id)
    db.session.expire_all()
    return True


def remember_keys(institution_id: int, guardians: Iterable[Person]) -> None:
    """Note anew what guardians are recognised by elsewhere."""
    rows, ids = [], []
    for guardian in guardians:
        ids.append(guardian.id)
        keys = guardian_keys(guardian.full_name, guardian.phone, guardian.personal_id)
        rows += [{"key": key, "institution_id": institution_id, "person_id": guardian.id} for key in keys]
    for start in range(0, len(ids), BLOCK):
        db.session.execute(
            delete(GuardianKey).where(GuardianKey.institution_id == institution_id, GuardianKey.person_id.in_(ids[start : start + BLOCK]))
        )
    if rows:
        db.session.execute(insert(GuardianKey), rows)


def recognise_anew(scope: CampaignScope, view: CampaignView, person_ids: Collection[int]) -> None:
    """Names, phones or numbers are others now: the guardians among these people may be somebody whom another institution knows."""
    db.session.flush()
    ids = unlocking.guardians_among(scope.institution_id, person_ids)
    if ids:
        remember_keys(scope.institution_id, people_of(scope.institution_id, ids))
        unlocking.join(view, Place.of(scope), ids)


def people_of(institution_id: int, person_ids: Collection[int]) -> Iterator[Person]:
    """Some people as they are now."""
    ordered = sorted(person_ids)
    for start in range(0, len(ordered), BLOCK):
        some = select(Person).where(Person.institution_id == institution_id, Person.id.in_(ordered[start : start + BLOCK]))
        yield from db.session.scalars(some.order_by(Person.id).execution_options(populate_existing=True))


def _new_ids(scope: CampaignScope, children: Named) -> Iterator[int]:
    """Ids for everybody who may turn out to be new."""
    return count(allot(scope.institution_id, sum(len(guardians) for _, guardians in children)))


def _link_all(
    scope: CampaignScope, view: CampaignView, roster_id: int | None, children: Named, known: Known, ids: Iterator[int], effects: Effects
) -> Sequence[Person]:
    named: list[tuple[int, Person, str | None]] = []
    for child_id, guardians in children:
        for read in guardians:
            guardian = _meant(scope, roster_id, known, ids, child_id, read, effects) if read.full_name or read.phone else None
            if guardian is not None:
                known.of_child.setdefault(child_id, []).append(guardian)
                named.append((child_id, guardian, read.relation))
    db.session.flush()
    for child_id, guardian, relation in named:
        _link(scope, known, child_id, guardian, relation, effects)
    db.session.flush()
    everybody = list({guardian.id: guardian for _, guardian, _ in named}.values())
    remember_keys(scope.institution_id, everybody)
    count_if_none(Person, Guardianship, GuardianKey)
    introduce(scope, view, [guardian.id for guardian in everybody], effects)
    return everybody


def _meant(
    scope: CampaignScope, roster_id: int | None, known: Known, ids: Iterator[int], child_id: int, read: GuardianRead, effects: Effects
) -> Person | None:
    """The guardian who is named; None where the child's own number stands in the guardian's column."""
    found = known.find(child_id, read)
    if found is None:
        found = _make(scope, roster_id, next(ids), read)
        effects.made[found.id] = {"full_name": found.full_name, "phone": found.phone, "personal_id": found.personal_id}
    elif found.id == child_id:
        return None
    else:
        _fill(found, read, effects)
    known.add(found)
    return found


def _make(scope: CampaignScope, roster_id: int | None, number: int, read: GuardianRead) -> Person:
    name = read.full_name or ""
    person = Person(
        institution_id=scope.institution_id,
        id=number,
        full_name=name,
        sort_key=name_key(name),
        search_text=search_text(name, [read.personal_id, read.phone]),
        phone=read.phone,
        personal_id=read.personal_id,
        roster_id=roster_id,
        revision=1,
        updated_at=clock.now(),
    )
    db.session.add(person)
    return person


def _fill(person: Person, read: GuardianRead, effects: Effects) -> None:
    before = values_of(person)
    person.full_name = person.full_name or read.full_name or ""
    person.personal_id = person.personal_id or read.personal_id
    person.phone = read.phone or person.phone
    if values_of(person) == before:
        return
    person.sort_key = name_key(person.full_name)
    person.search_text = search_text(person.full_name, [getattr(person, name) for name in FOUND_BY])
    person.revision += 1
    person.updated_at = clock.now()
    effects.changed(person, before)


def _link(scope: CampaignScope, known: Known, child_id: int, guardian: Person, relation: str | None, effects: Effects) -> None:
    link = known.links.get((child_id, guardian.id))
    before, is_new = link.relation if link else None, link is None
    if link is None:
        link = Guardianship(institution_id=scope.institution_id, child_id=child_id, guardian_id=guardian.id, relation=relation)
        db.session.add(link)
        known.links[child_id, guardian.id] = link
    link.relation = relation or link.relation
    if is_new or link.relation != before:
        effects.linked(link, before, is_new=is_new)


def forget_guardians(institution_id: int, person_ids: Sequence[int]) -> None:
    """Who guards nobody here any more is not looked for elsewhere; a registration that was never used goes. Others stay as they are."""
    for start in range(0, len(person_ids), BLOCK):
        _forget(institution_id, person_ids[start : start + BLOCK])


def _forget(institution_id: int, person_ids: Sequence[int]) -> None:
    used = [
        exists().where(
            table.institution_id == Registration.institution_id,
            table.campaign_id == Registration.campaign_id,
            table.person_id == Registration.person_id,
        )
        for table in (RecordedEvent, Evidence, Difficulty)
    ]
    at_desk = exists().where(
        DeskPerson.institution_id == Registration.institution_id,
        DeskPerson.person_id == Registration.person_id,
        Desk.institution_id == DeskPerson.institution_id,
        Desk.id == DeskPerson.desk_id,
        Desk.campaign_id == Registration.campaign_id,
    )
    for table, conditions in ((GuardianKey, ()), (Registration, (Registration.part == Part.GUARDIAN, *(~one for one in (*used, at_desk))))):
        guards = exists().where(Guardianship.institution_id == institution_id, Guardianship.guardian_id == table.person_id)
        db.session.execute(
            delete(table)
            .where(table.institution_id == institution_id, table.person_id.in_(person_ids), ~guards, *conditions)
            .execution_options(synchronize_session=False)
        )
