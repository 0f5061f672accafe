"""Everybody an institution knows, as a new roster is compared with them."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import and_, select
from sqlalchemy.orm import aliased

from app import clock
from app.domain.registration import State
from app.domain.returning import tells_of_leaving
from app.domain.scope import CampaignScope
from app.domain.track import Part
from app.extensions import db
from app.models import Guardianship, Institution, Person, Registration, Unit
from app.queries.places import other_names
from imports.values import GuardianRead, KnownPerson, Snapshot


def snapshot(scope: CampaignScope) -> Snapshot:
    """Everybody the institution knows, for a plan.

    The part is asked for and not joined by: an SQLite that was analyzed while there were few people would go by it, through all of the
    campaign for each person.
    """
    registered = and_(
        Registration.institution_id == Person.institution_id,
        Registration.person_id == Person.id,
        Registration.campaign_id == scope.campaign_id,
    )
    statement = (
        select(Person, Unit.name, Registration.part, Registration.state, Registration.reason)
        .outerjoin(Unit, and_(Unit.institution_id == Person.institution_id, Unit.id == Person.unit_id))
        .outerjoin(Registration, registered)
        .where(Person.institution_id == scope.institution_id)
        .order_by(Person.id)
    )
    name = db.session.scalar(select(Institution.name).where(Institution.id == scope.institution_id))
    guardians = _guardians(scope.institution_id)
    people = tuple(
        _known(person, unit, part, tuple(guardians.get(person.id, ())), reason if state == State.EXCLUDED else None)
        for person, unit, part, state, reason in db.session.execute(statement)
    )
    db.session.expunge_all()
    return Snapshot(name or "", people, other_names(scope.institution_id), clock.today())


def _known(person: Person, unit: str | None, part: str | None, guardians: tuple[GuardianRead, ...], why_outside: str | None) -> KnownPerson:
    registered = part == Part.MEMBER  # a guardian is known, but not asked to register
    return KnownPerson(
        id=person.id,
        revision=person.revision,
        registered=registered,
        by_hand=person.roster_id is None,
        full_name=person.full_name,
        birth_date=person.birth_date,
        birth_year=person.birth_year,
        sex=person.sex,
        personal_id=person.personal_id,
        old_id=person.old_id,
        bhxh_code=person.bhxh_code,
        pupil_code=person.pupil_code,
        staff_code=person.staff_code,
        phone=person.phone,
        email=person.email,
        unit=unit,
        position=person.position,
        guardians=guardians,
        left=why_outside if registered and tells_of_leaving(why_outside) else None,
    )


def _guardians(institution_id: int) -> dict[int, list[GuardianRead]]:
    guardian = aliased(Person)
    statement = (
        select(Guardianship.child_id, Guardianship.relation, guardian.full_name, guardian.phone, guardian.personal_id)
        .join(guardian, and_(guardian.institution_id == Guardianship.institution_id, guardian.id == Guardianship.guardian_id))
        .where(Guardianship.institution_id == institution_id)
        .order_by(Guardianship.child_id, guardian.id)
    )
    found: dict[int, list[GuardianRead]] = defaultdict(list)
    for child_id, relation, name, phone, personal_id in db.session.execute(statement):
        found[child_id].append(GuardianRead(relation, name or None, phone, personal_id))
    return found
