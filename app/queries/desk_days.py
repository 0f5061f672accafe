"""Registration desks: which there are, who is expected when, who came, and who is on no roster."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Select, and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from app import clock
from app.domain.registration import State
from app.domain.scope import CampaignScope
from app.domain.slots import Hours, Slot
from app.domain.standing import Standing
from app.extensions import db
from app.models import Desk, DeskPerson, DeskVisitor, Person, RecordedEvent, Registration, Unit
from app.queries.campaigns import CampaignView
from app.queries.filters import PeopleFilter, known_to, meant, standing_column, with_people, within


@dataclass(frozen=True, slots=True)
class DeskView:
    """One desk."""

    id: int
    place: str
    on: date
    hours: Hours
    note: str | None
    made_by: str


@dataclass(frozen=True, slots=True)
class DeskLine:
    """One desk of the list: how many are expected, and how many came, expected or not."""

    desk: DeskView
    expected: int
    came: int


@dataclass(frozen=True, slots=True)
class Counts:
    """What a desk's day has come to so far. `recorded` is people who came and for whom something was recorded today."""

    expected: int
    came: int
    recorded: int
    visitors: int


@dataclass(frozen=True, slots=True)
class ExpectedRow:
    """Somebody at a desk; `slot` is None for one who came without."""

    id: int
    full_name: str
    unit: str | None
    birth_date: date | None
    birth_year: int | None
    slot: Slot | None
    came_at: datetime | None
    state: State
    standing: Standing
    paper_due_on: date | None
    submitted_on: date | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class VisitorView:
    """Somebody who came and is on no roster."""

    number: int
    full_name: str
    birth_date: date | None
    phone: str | None
    note: str | None
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Candidates:
    """Whom filling a desk means, in the order of names: the first `people`, and how many there are in all."""

    people: tuple[tuple[int, str], ...]
    total: int


def desks(scope: CampaignScope) -> list[DeskLine]:
    """All desks of the campaign, the earliest first."""
    of_desk = and_(DeskPerson.institution_id == Desk.institution_id, DeskPerson.desk_id == Desk.id)
    statement = (
        select(Desk, func.count(DeskPerson.slot), func.count(DeskPerson.came_at))
        .outerjoin(DeskPerson, of_desk)
        .where(Desk.institution_id == scope.institution_id, Desk.campaign_id == scope.campaign_id)
        .group_by(Desk.institution_id, Desk.id)
        .order_by(Desk.on, Desk.opens, Desk.id)
    )
    return [DeskLine(_view(desk), expected, came) for desk, expected, came in db.session.execute(statement)]


def desk(scope: CampaignScope, desk_id: int) -> DeskView | None:
    found = db.session.scalar(
        select(Desk).where(Desk.institution_id == scope.institution_id, Desk.campaign_id == scope.campaign_id, Desk.id == desk_id)
    )
    return _view(found) if found else None


def counts(scope: CampaignScope, desk_id: int) -> Counts:
    """Numbers only, so of the whole desk, also for who sees only their own class."""
    both = select(func.count(DeskPerson.slot), func.count(DeskPerson.came_at)).where(*_at(scope, desk_id))
    expected, came = db.session.execute(both).one()
    midnight = datetime.combine(clock.today(), time(), clock.LOCAL)
    recorded_today = exists().where(
        RecordedEvent.institution_id == DeskPerson.institution_id,
        RecordedEvent.campaign_id == scope.campaign_id,
        RecordedEvent.person_id == DeskPerson.person_id,
        RecordedEvent.recorded_at >= midnight,
    )
    recorded = db.session.scalar(
        select(func.count()).select_from(DeskPerson).where(*_at(scope, desk_id), DeskPerson.came_at.is_not(None), recorded_today)
    )
    noted = DeskVisitor.institution_id == scope.institution_id, DeskVisitor.desk_id == desk_id
    visitors = db.session.scalar(select(func.count()).select_from(DeskVisitor).where(*noted))
    return Counts(expected, came, recorded or 0, visitors or 0)


def expected(scope: CampaignScope, campaign: CampaignView, desk_id: int) -> list[ExpectedRow]:
    """Who is expected at a desk or came there, as far as the scope sees them: by slot and name, those without a slot last."""
    statement = (
        with_people(
            select(
                Person.id,
                Person.full_name,
                Unit.name.label("unit"),
                Person.birth_date,
                Person.birth_year,
                DeskPerson.slot,
                DeskPerson.came_at,
                Registration.state,
                standing_column(campaign).label("standing"),
                Registration.paper_due_on,
                Registration.submitted_on,
                Registration.reason,
            )
        )
        .join(DeskPerson, and_(DeskPerson.institution_id == Person.institution_id, DeskPerson.person_id == Person.id))
        .outerjoin(Unit, and_(Unit.institution_id == Person.institution_id, Unit.id == Person.unit_id))
        .where(known_to(scope), *_at(scope, desk_id))
        .order_by(DeskPerson.slot.is_(None), DeskPerson.slot, Person.sort_key, Person.id)
    )
    return [_expected_row(row) for row in db.session.execute(statement)]


def came_at(scope: CampaignScope, desk_id: int, person_id: int) -> tuple[Slot | None, datetime | None]:
    """When somebody is expected, and when they came."""
    statement = select(DeskPerson.slot, DeskPerson.came_at).where(*_at(scope, desk_id), DeskPerson.person_id == person_id)
    row = db.session.execute(statement).one_or_none()
    return (row.slot, row.came_at) if row else (None, None)


def visitors(scope: CampaignScope, desk_id: int) -> list[VisitorView]:
    """Who came and is on no roster, in the order in which they were noted."""
    statement = (
        select(DeskVisitor)
        .where(DeskVisitor.institution_id == scope.institution_id, DeskVisitor.desk_id == desk_id)
        .order_by(DeskVisitor.number)
    )
    return [VisitorView(v.number, v.full_name, v.birth_date, v.phone, v.note, v.by, v.at) for v in db.session.scalars(statement)]


def candidates(scope: CampaignScope, campaign: CampaignView, desk: DeskView, wanted: PeopleFilter, at_most: int) -> Candidates:
    """Those whom the filter means and who are neither expected here nor have come, nor are expected at another desk still to come."""
    other = aliased(Desk)
    waiting = exists().where(
        DeskPerson.institution_id == Registration.institution_id,
        DeskPerson.person_id == Registration.person_id,
        other.institution_id == DeskPerson.institution_id,
        other.id == DeskPerson.desk_id,
        other.campaign_id == scope.campaign_id,
        or_(other.id == desk.id, and_(other.on >= clock.today(), DeskPerson.slot.is_not(None), DeskPerson.came_at.is_(None))),
    )

    def among_them(statement: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
        return with_people(statement).where(within(scope), meant(campaign, wanted), ~waiting)

    named = among_them(select(Person.id, Person.full_name)).order_by(Person.sort_key, Person.id).limit(at_most)
    people = tuple((row.id, row.full_name) for row in db.session.execute(named))
    total = db.session.scalar(among_them(select(func.count()))) if len(people) == at_most else len(people)
    return Candidates(people, total or 0)


def revisions(scope: CampaignScope, person_ids: Sequence[int]) -> dict[int, int]:
    """The revision of each registration, for recording on somebody who is shown on another's card."""
    statement = with_people(select(Person.id, Registration.revision)).where(known_to(scope), Person.id.in_(person_ids))
    return {row.id: row.revision for row in db.session.execute(statement)} if person_ids else {}


def _hours(desk: Desk) -> Hours:
    return Hours(desk.opens, desk.closes, desk.slot_minutes, desk.per_slot)


def _view(desk: Desk) -> DeskView:
    return DeskView(desk.id, desk.place, desk.on, _hours(desk), desk.note, desk.made_by)


def _at(scope: CampaignScope, desk_id: int) -> tuple[Any, ...]:
    return DeskPerson.institution_id == scope.institution_id, DeskPerson.desk_id == desk_id


def _expected_row(row: Any) -> ExpectedRow:
    return ExpectedRow(
        id=row.id,
        full_name=row.full_name,
        unit=row.unit,
        birth_date=row.birth_date,
        birth_year=row.birth_year,
        slot=row.slot,
        came_at=row.came_at,
        state=State(row.state),
        standing=Standing(row.standing),
        paper_due_on=row.paper_due_on,
        submitted_on=row.submitted_on,
        reason=row.reason,
    )
