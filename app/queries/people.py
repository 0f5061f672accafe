"""People of a campaign: the list in Vietnamese order page by page, and one person with their history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, and_, or_, select, tuple_
from sqlalchemy.orm import aliased

from app.domain.registration import Event, Facts, Happening, State
from app.domain.scope import CampaignScope
from app.domain.standing import Standing
from app.extensions import db
from app.models import Guardianship, Person, RecordedEvent, Registration, Unit
from app.queries.campaigns import CampaignView
from app.queries.filters import PeopleFilter, meant, standing_column, with_people, within

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
    id: int
    full_name: str
    relation: str | None
    phone: str | None


@dataclass(frozen=True, slots=True)
class EventView:
    """One line of a timeline. `undone` is True for an event that was taken back since."""

    number: int
    event: Event
    on: date
    reason: str | None
    takes_back: int | None
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
    guardians: tuple[GuardianView, ...]
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
        .where(within(scope), Person.id == person_id)
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
        guardians=_guardians(scope, person_id),
        facts=facts_of(registration),
        standing=Standing(shown),
        revision=registration.revision,
        events=_events(scope, person_id),
    )


def facts_of(registration: Any) -> Facts:
    """The facts that a registration's row keeps."""
    kept = {name: getattr(registration, name) for name in Facts.__slots__ if name not in {"state", "aside"}}
    return Facts(state=State(registration.state), aside=State(registration.aside) if registration.aside else None, **kept)


def ids(scope: CampaignScope, campaign: CampaignView, wanted: PeopleFilter) -> list[int]:
    """Everybody whom the filter means."""
    return list(db.session.scalars(with_people(select(Person.id)).where(within(scope), meant(campaign, wanted))))


def numbered(scope: CampaignScope, key: str) -> list[int]:
    """Ids of the people one of whose numbers is `key`."""
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


def _guardians(scope: CampaignScope, child_id: int) -> tuple[GuardianView, ...]:
    guardian = aliased(Person)
    statement = (
        select(guardian.id, guardian.full_name, Guardianship.relation, guardian.phone)
        .join(guardian, and_(guardian.institution_id == Guardianship.institution_id, guardian.id == Guardianship.guardian_id))
        .where(Guardianship.institution_id == scope.institution_id, Guardianship.child_id == child_id)
        .order_by(guardian.id)
    )
    return tuple(GuardianView(*row) for row in db.session.execute(statement))


def _events(scope: CampaignScope, person_id: int) -> tuple[EventView, ...]:
    rows = history_rows(scope, person_id)
    undone = {row.takes_back for row in rows}
    return tuple(
        EventView(r.number, Event(r.event), r.on, r.reason, r.takes_back, r.source, r.recorded_at, r.number in undone)
        for r in reversed(rows)
    )


def history(scope: CampaignScope, person_id: int) -> tuple[Happening, ...]:
    """A registration's events, the oldest first, as the state machine reads them."""
    return tuple(Happening(r.number, Event(r.event), r.on, r.reason, r.takes_back) for r in history_rows(scope, person_id))


def history_rows(scope: CampaignScope, person_id: int) -> list[RecordedEvent]:
    statement = (
        select(RecordedEvent)
        .where(
            RecordedEvent.institution_id == scope.institution_id,
            RecordedEvent.campaign_id == scope.campaign_id,
            RecordedEvent.person_id == person_id,
        )
        .order_by(RecordedEvent.number)
    )
    return list(db.session.scalars(statement))


def _cursor(scope: CampaignScope, after: int | None) -> tuple[bytes, int] | None:
    """The place in the order of the last person seen. The page's URL names the id alone: a sort key would tell the name."""
    key = db.session.scalar(select(Person.sort_key).where(Person.institution_id == scope.institution_id, Person.id == after))
    return (key, after) if key is not None and after is not None else None
