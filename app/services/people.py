"""A person's details, changed by hand, and people added by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, cast

from sqlalchemy import CursorResult, select, update

from app import clock
from app.collation import name_key
from app.domain.details import FOUND_BY, OWN_NUMBERS
from app.domain.names import search_text, tidy
from app.domain.scope import CampaignScope
from app.extensions import db
from app.models import Person, Unit
from app.queries.campaigns import campaign
from app.queries.filters import known_to, with_people
from app.services.guardians import recognise_anew
from app.services.likely import look_again, note_doubles
from app.services.numbers import allot, people_changed
from app.services.openings import open_registrations, own_track, self_from_of


class DetailsRefusal(StrEnum):
    """Why details can't be kept as they are."""

    CHANGED_MEANWHILE = "changed-meanwhile"
    UNKNOWN_PERSON = "unknown-person"
    UNKNOWN_UNIT = "unknown-unit"
    NUMBER_TAKEN = "number-taken"


@dataclass(frozen=True, slots=True)
class PersonDetails:
    """What is known of a person, judged beforehand by the same rules as a roster's cells (`imports.judge`); None where nothing is."""

    full_name: str
    unit_id: int | None
    birth_date: date | None
    sex: str | None
    personal_id: str | None
    bhxh_code: str | None
    pupil_code: str | None
    staff_code: str | None
    phone: str | None
    email: str | None
    position: str | None
    has_card: bool | None = None


@dataclass(frozen=True, slots=True)
class DetailsRefused:
    """`field` names the number that somebody else of the institution has already."""

    why: DetailsRefusal
    field: str | None = None


def update_person(scope: CampaignScope, person_id: int, revision: int, details: PersonDetails) -> DetailsRefused | None:
    """Change details where nobody else has changed them since `revision` was read; None when it is done."""
    seen = db.session.scalar(with_people(select(Person.revision)).where(known_to(scope), Person.id == person_id))
    if seen is None:
        return DetailsRefused(DetailsRefusal.UNKNOWN_PERSON)
    refused = _refusal(scope, details, person_id)
    if refused:
        return refused
    allot(scope.institution_id, 0)  # before the person, as a roster that goes in does: the two would wait for each other
    values = _columns(details) | {"revision": revision + 1, "updated_at": clock.now()}
    if details.birth_date:
        values["birth_year"] = details.birth_date.year
    changed = db.session.execute(
        update(Person)
        .where(Person.institution_id == scope.institution_id, Person.id == person_id, Person.revision == revision)
        .values(**values)
        .execution_options(synchronize_session=False)
    )
    if cast("CursorResult[Any]", changed).rowcount == 0:
        return DetailsRefused(DetailsRefusal.CHANGED_MEANWHILE)
    people_changed(scope.institution_id)
    db.session.expire_all()
    view = campaign(scope)
    recognise_anew(scope, view, [person_id])
    own_track(scope.institution_id, [person_id])
    look_again(scope.institution_id, {person_id})
    return None


def create_person(scope: CampaignScope, details: PersonDetails) -> int | DetailsRefused:
    """Somebody added by hand, registered in the campaign; answers their id."""
    refused = _refusal(scope, details, None)
    if refused:
        return refused
    number = allot(scope.institution_id)
    now = clock.now()
    year = details.birth_date.year if details.birth_date else None
    db.session.add(
        Person(
            institution_id=scope.institution_id, id=number, birth_year=year, roster_id=None, revision=1, updated_at=now, **_columns(details)
        )
    )
    view = campaign(scope)
    db.session.flush()
    open_registrations(scope, list(self_from_of(scope, view, [number])))
    people_changed(scope.institution_id)
    note_doubles(scope.institution_id, {number})
    return number


def _columns(details: PersonDetails) -> dict[str, Any]:
    values: dict[str, Any] = {name: getattr(details, name) for name in PersonDetails.__slots__}
    name = tidy(details.full_name)
    numbers = [values[field] for field in FOUND_BY]
    return values | {"full_name": name, "sort_key": name_key(name), "search_text": search_text(name, numbers)}


def _refusal(scope: CampaignScope, details: PersonDetails, person_id: int | None) -> DetailsRefused | None:
    if details.unit_id is not None and not _may_use(scope, details.unit_id):
        return DetailsRefused(DetailsRefusal.UNKNOWN_UNIT)
    for field in OWN_NUMBERS:
        number = getattr(details, field)
        others = select(Person.id).where(
            Person.institution_id == scope.institution_id, getattr(Person, field) == number, Person.id != (person_id or 0)
        )
        if number and db.session.scalar(others) is not None:
            return DetailsRefused(DetailsRefusal.NUMBER_TAKEN, field)
    return None


def _may_use(scope: CampaignScope, unit_id: int) -> bool:
    known = db.session.scalar(select(Unit.id).where(Unit.institution_id == scope.institution_id, Unit.id == unit_id))
    return known is not None and (scope.unit_ids is None or unit_id in scope.unit_ids)
