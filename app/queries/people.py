"""People of a campaign: the list in Vietnamese order page by page, and one person with their history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select, tuple_

from app.domain.registration import Details, Event, Facts, State
from app.domain.scope import CampaignScope
from app.domain.standing import Guarding, Standing
from app.domain.track import Part, Track, track_of
from app.extensions import db
from app.models import Guardianship, Person, Registration, Unit
from app.queries.campaigns import CampaignView
from app.queries.facts import details_of, facts_of, guarding_of, history_rows
from app.queries.filters import PeopleFilter, known_to, meant, standing_column, with_people, within

PAGE = 50


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One line of the people list. `revision` is the registration's, for telling that somebody else was faster."""

    id: int
    full_name: str
    unit: str | None
    birth_date: date | None
    birth_year: int | None
    state: State
    standing: Standing
    paper_due_on: date | None
    submitted_on: date | None
    reason: str | None
    changed_at: datetime | None
    revision: int


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """`after` is the id to go on from for the next page, None on the last."""

    rows: tuple[PersonRow, ...]
    after: int | None


@dataclass(frozen=True, slots=True)
class GuardianView:
    """A child's guardian, and how their own account stands; `state` is None where they have no registration in the campaign."""

    id: int
    full_name: str
    relation: str | None
    phone: str | None
    state: State | None
    standing: Standing | None


@dataclass(frozen=True, slots=True)
class ChildView:
    """A guardian's child."""

    id: int
    full_name: str
    unit: str | None
    relation: str | None
    state: State
    standing: Standing


@dataclass(frozen=True, slots=True)
class EventView:
    """One line of a timeline. `undone` is True for an event that was taken back since; `bulk_id` is that of one recorded for many at
    once."""

    number: int
    event: Event
    on: date
    reason: str | None
    takes_back: int | None
    details: Details
    bulk_id: int | None
    source: str
    recorded_at: datetime
    undone: bool


@dataclass(frozen=True, slots=True)
class PersonView:
    """Everything about one person in one campaign. `person_revision` guards the details, `revision` the registration."""

    id: int
    person_revision: int
    full_name: str
    unit_id: int | None
    unit: str | None
    birth_date: date | None
    birth_year: int | None
    sex: str | None
    personal_id: str | None
    old_id: str | None
    bhxh_code: str | None
    pupil_code: str | None
    staff_code: str | None
    phone: str | None
    email: str | None
    position: str | None
    has_card: bool | None
    part: Part
    track: Track
    guarding: Guarding
    guardians: tuple[GuardianView, ...]
    children: tuple[ChildView, ...]
    facts: Facts
    standing: Standing
    revision: int
    events: tuple[EventView, ...]


def people_page(
    scope: CampaignScope, campaign: CampaignView, wanted: PeopleFilter, after: int | None = None, size: int = PAGE
) -> PeoplePage:
    """`size` people after the cursor, in the order of given, middle and family name."""
    statement = _rows(scope, campaign, wanted).order_by(Person.sort_key, Person.id).limit(size + 1)
    cursor = _cursor(scope, after)
    if cursor:
        statement = statement.where(tuple_(Person.sort_key, Person.id) > tuple_(*cursor))
    found = db.session.execute(statement).all()
    rows = tuple(_person_row(row) for row in found[:size])
    return PeoplePage(rows, rows[-1].id if len(found) > size else None)


def person(scope: CampaignScope, campaign: CampaignView, person_id: int) -> PersonView | None:
    """One person whom the scope sees, or None."""
    standing = standing_column(campaign)
    statement = (
        with_people(select(Person, Registration, Unit.name, standing.label("standing")))
        .outerjoin(Unit, and_(Unit.institution_id == Person.institution_id, Unit.id == Person.unit_id))
        .where(known_to(scope), Person.id == person_id)
    )
    row = db.session.execute(statement).one_or_none()
    if row is None:
        return None
    who, registration, unit, shown = row
    return PersonView(
        id=who.id,
        person_revision=who.revision,
        full_name=who.full_name,
        unit_id=who.unit_id,
        unit=unit,
        birth_date=who.birth_date,
        birth_year=who.birth_year,
        sex=who.sex,
        personal_id=who.personal_id,
        old_id=who.old_id,
        bhxh_code=who.bhxh_code,
        pupil_code=who.pupil_code,
        staff_code=who.staff_code,
        phone=who.phone,
        email=who.email,
        position=who.position,
        has_card=who.has_card,
        part=Part(registration.part),
        track=track_of(registration.self_from, campaign.today().ages_on),
        guarding=guarding_of(registration),
        guardians=_guardians(scope, campaign, person_id),
        children=_children(scope, campaign, person_id),
        facts=facts_of(registration),
        standing=Standing(shown),
        revision=registration.revision,
        events=_events(scope, person_id),
    )


def ids(scope: CampaignScope, campaign: CampaignView, wanted: PeopleFilter) -> list[int]:
    """Everybody whom the filter means."""
    return list(db.session.scalars(with_people(select(Person.id)).where(within(scope), meant(campaign, wanted))))


def numbered(scope: CampaignScope, key: str) -> list[int]:
    """Ids of the people who are asked to register and one of whose numbers is `key`."""
    numbers = (Person.personal_id, Person.old_id, Person.bhxh_code, Person.pupil_code, Person.staff_code, Person.phone)
    statement = with_people(select(Person.id)).where(within(scope), or_(*(number == key for number in numbers)))
    return list(db.session.scalars(statement))


def _rows(scope: CampaignScope, campaign: CampaignView, wanted: PeopleFilter) -> Select[*tuple[Any, ...]]:
    return (
        with_people(
            select(
                Person.id,
                Person.full_name,
                Unit.name.label("unit"),
                Person.birth_date,
                Person.birth_year,
                Registration.state,
                standing_column(campaign).label("standing"),
                Registration.paper_due_on,
                Registration.submitted_on,
                Registration.reason,
                Registration.changed_at,
                Registration.revision,
            )
        )
        .outerjoin(Unit, and_(Unit.institution_id == Person.institution_id, Unit.id == Person.unit_id))
        .where(within(scope), meant(campaign, wanted))
    )


def _person_row(row: Any) -> PersonRow:
    return PersonRow(
        id=row.id,
        full_name=row.full_name,
        unit=row.unit,
        birth_date=row.birth_date,
        birth_year=row.birth_year,
        state=State(row.state),
        standing=Standing(row.standing),
        paper_due_on=row.paper_due_on,
        submitted_on=row.submitted_on,
        reason=row.reason,
        changed_at=row.changed_at,
        revision=row.revision,
    )


def _guardians(scope: CampaignScope, campaign: CampaignView, child_id: int) -> tuple[GuardianView, ...]:
    statement = (
        select(Person.id, Person.full_name, Guardianship.relation, Person.phone, Registration.state, standing_column(campaign))
        .select_from(Guardianship)
        .join(Person, and_(Person.institution_id == Guardianship.institution_id, Person.id == Guardianship.guardian_id))
        .outerjoin(Registration, _in_campaign(scope))
        .where(Guardianship.institution_id == scope.institution_id, Guardianship.child_id == child_id)
        .order_by(Person.id)
    )
    return tuple(
        GuardianView(number, name, relation, phone, State(state) if state else None, Standing(standing) if state else None)
        for number, name, relation, phone, state, standing in db.session.execute(statement)
    )


def _children(scope: CampaignScope, campaign: CampaignView, guardian_id: int) -> tuple[ChildView, ...]:
    statement = (
        select(Person.id, Person.full_name, Unit.name, Guardianship.relation, Registration.state, standing_column(campaign))
        .select_from(Guardianship)
        .join(Person, and_(Person.institution_id == Guardianship.institution_id, Person.id == Guardianship.child_id))
        .join(Registration, _in_campaign(scope))
        .outerjoin(Unit, and_(Unit.institution_id == Person.institution_id, Unit.id == Person.unit_id))
        .where(known_to(scope), Guardianship.institution_id == scope.institution_id, Guardianship.guardian_id == guardian_id)
        .order_by(Person.sort_key, Person.id)
    )
    return tuple(
        ChildView(number, name, unit, relation, State(state), Standing(standing))
        for number, name, unit, relation, state, standing in db.session.execute(statement)
    )


def _in_campaign(scope: CampaignScope) -> ColumnElement[bool]:
    mine = and_(Registration.institution_id == Person.institution_id, Registration.person_id == Person.id)
    return and_(mine, Registration.campaign_id == scope.campaign_id)


def _events(scope: CampaignScope, person_id: int) -> tuple[EventView, ...]:
    rows = history_rows(scope, person_id)
    undone = {row.takes_back for row in rows}
    return tuple(
        EventView(
            r.number, Event(r.event), r.on, r.reason, r.takes_back, details_of(r), r.bulk_id, r.source, r.recorded_at, r.number in undone
        )
        for r in reversed(rows)
    )


def _cursor(scope: CampaignScope, after: int | None) -> tuple[bytes, int] | None:
    """The place in the order of the last person seen. The page's URL names the id alone: a sort key would tell the name."""
    key = db.session.scalar(select(Person.sort_key).where(Person.institution_id == scope.institution_id, Person.id == after))
    return (key, after) if key is not None and after is not None else None
