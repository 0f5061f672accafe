"""Batches of signed forms: those of an institution, one with all its forms, what waits to go into one, and the office's view of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, case, exists, func, or_, select

from app.domain.registration import State
from app.domain.scope import AgencyScope, CampaignScope
from app.extensions import db
from app.models import Agency, Batch, BatchForm, Institution, Person, Registration
from app.queries.batch_forms import AT_RISK, FormView, views
from app.queries.campaigns import CampaignView
from app.queries.filters import known_to, with_people


class BatchStatus(StrEnum):
    """`empty`: every form was taken out again."""

    ON_THE_WAY = "on-the-way"
    RECEIVED = "received"
    CONFIRMED = "confirmed"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class BatchRow:
    """One line of the list. `forms` counts those still in it, as far as the scope sees them; `due_on` is the first last day among those
    that are not handed in yet."""

    id: int
    on: date
    given_by: str
    received_by: str | None
    forms: int
    due_on: date | None
    status: BatchStatus


@dataclass(frozen=True, slots=True)
class BatchView:
    """One batch with its forms, by unit and name. `received_on` is known as soon as either side says that the office has it."""

    id: int
    on: date
    given_by: str
    received_by: str | None
    note: str | None
    made_by: str
    made_at: datetime
    received_on: date | None
    confirmed_by: str | None
    confirmed_at: datetime | None
    forms: tuple[FormView, ...]
    taken_out: tuple[FormView, ...]

    @property
    def status(self) -> BatchStatus:
        return _status(self.received_on, self.confirmed_at, len(self.forms))

    @property
    def due_on(self) -> date | None:
        """The first last day among the forms that are not handed in yet."""
        return min((form.due_on for form in self.forms if form.at_risk and form.due_on), default=None)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Signed forms at the institution that are in no open batch: `forms` that can still be handed in, the most urgent first, and those
    whose last day is past."""

    forms: tuple[FormView, ...]
    overdue: tuple[FormView, ...]


@dataclass(frozen=True, slots=True)
class OfficeBatch:
    """A batch that the office has not confirmed; `due_on` as in `BatchRow`."""

    institution_code: str
    institution: str
    agency: str
    id: int
    on: date
    given_by: str
    received_on: date | None
    forms: int
    due_on: date | None

    @property
    def status(self) -> BatchStatus:
        return _status(self.received_on, None, self.forms)


@dataclass(frozen=True, slots=True)
class OnTheWay:
    """What neither side has seen arrive; `due_on` is the first last day among its forms."""

    batches: int
    forms: int
    due_on: date | None


def batches(scope: CampaignScope) -> list[BatchRow]:
    """The batches in which the scope knows somebody's form, the newest first."""
    statement = (
        _with_batches(with_people(select(Batch, _forms_left(), _first_due())))
        .where(_of(scope), known_to(scope))
        .group_by(Batch.institution_id, Batch.id)
        .order_by(Batch.id.desc())
    )
    return [
        BatchRow(b.id, b.on, b.given_by, b.received_by, forms, due_on, _status(b.received_on, b.confirmed_at, forms))
        for b, forms, due_on in db.session.execute(statement)
    ]


def batch(scope: CampaignScope, campaign: CampaignView, batch_id: int) -> BatchView | None:
    """One batch with the forms that the scope knows; None where there is none."""
    statement = _with_batches(with_people(select(Batch, Person, Registration, BatchForm)))
    statement = statement.where(_of(scope), known_to(scope), Batch.id == batch_id)
    rows = db.session.execute(statement).all()
    if not rows:
        return None
    found: Batch = rows[0].Batch
    forms = views(scope, campaign, [(row.Person, row.Registration, row.BatchForm) for row in rows])
    return BatchView(
        id=found.id,
        on=found.on,
        given_by=found.given_by,
        received_by=found.received_by,
        note=found.note,
        made_by=found.made_by,
        made_at=found.made_at,
        received_on=found.received_on,
        confirmed_by=found.confirmed_by,
        confirmed_at=found.confirmed_at,
        forms=tuple(form for form in forms if form.taken_out is None),
        taken_out=tuple(form for form in forms if form.taken_out is not None),
    )


def waiting(scope: CampaignScope, campaign: CampaignView) -> Waiting:
    """Whose signed form is here and in no open batch; of those with the same last day one class after the other."""
    statement = with_people(select(Person, Registration)).where(known_to(scope), _waits(scope))
    forms = views(scope, campaign, [(person, registration, None) for person, registration in db.session.execute(statement)])
    urgent = sorted(forms, key=lambda form: form.due_on or date.max)
    today = campaign.today().on
    overdue = tuple(form for form in urgent if form.due_on and form.due_on < today)
    return Waiting(tuple(urgent[len(overdue) :]), overdue)


def handover_waiting(scope: CampaignScope, campaign: CampaignView) -> int:
    """How many forms `waiting` offers."""
    in_time = or_(Registration.paper_due_on.is_(None), Registration.paper_due_on >= campaign.today().on)
    return db.session.scalar(with_people(select(func.count())).where(known_to(scope), _waits(scope), in_time)) or 0


def unconfirmed(scope: CampaignScope) -> int:
    """How many batches are on the way: neither side has seen them arrive."""
    forms = [_of_batch(), BatchForm.taken_out_at.is_(None)]
    if scope.unit_ids is not None:
        forms.append(BatchForm.person_id.in_(with_people(select(Person.id)).where(known_to(scope))))
    statement = select(func.count()).select_from(Batch).where(_of(scope), Batch.received_on.is_(None), exists().where(*forms))
    return db.session.scalar(statement) or 0


def to_confirm(scope: AgencyScope, campaign: CampaignView) -> list[OfficeBatch]:
    """Every batch of the subtree that the office has not confirmed: first those that nobody has seen arrive, the most urgent first."""
    found = _of_office(scope, campaign)
    return sorted(found, key=lambda b: (b.received_on is not None, b.due_on or date.max, b.on, b.institution_code, b.id))


def on_the_way(scope: AgencyScope, campaign: CampaignView) -> OnTheWay:
    """What is on its way to the office over all institutions of the subtree."""
    found = [batch for batch in _of_office(scope, campaign) if batch.status is BatchStatus.ON_THE_WAY]
    return OnTheWay(len(found), sum(b.forms for b in found), min((b.due_on for b in found if b.due_on), default=None))


def open_batch() -> ScalarSelect[int | None]:
    """The number of the batch that a registration's form is on its way in, NULL for none."""
    return (
        select(func.min(Batch.id))
        .join(BatchForm, _of_batch())
        .where(
            BatchForm.institution_id == Registration.institution_id,
            BatchForm.person_id == Registration.person_id,
            BatchForm.taken_out_at.is_(None),
            Batch.campaign_id == Registration.campaign_id,
            Batch.received_on.is_(None),
        )
        .correlate(Registration)
        .scalar_subquery()
    )


def _waits(scope: CampaignScope) -> ColumnElement[bool]:
    """`open_batch` is NULL, asked once for all."""
    on_its_way = (
        select(BatchForm.person_id)
        .join(Batch, _of_batch())
        .where(_of(scope), Batch.received_on.is_(None), BatchForm.taken_out_at.is_(None))
    )
    return and_(Registration.state == State.FORM_RECEIVED, Registration.person_id.not_in(on_its_way))


def _of_office(scope: AgencyScope, campaign: CampaignView) -> list[OfficeBatch]:
    theirs = and_(
        Registration.institution_id == BatchForm.institution_id,
        Registration.campaign_id == Batch.campaign_id,
        Registration.person_id == BatchForm.person_id,
    )
    statement = (
        select(Institution.code, Institution.name, Agency.name, Batch, _forms_left(), _first_due())
        .select_from(Batch)
        .join(Institution, Institution.id == Batch.institution_id)
        .join(Agency, Agency.id == Institution.agency_id)
        .join(BatchForm, _of_batch())
        .outerjoin(Registration, theirs)  # outer, so that SQLite begins with the few batches and not with the campaign's registrations
        .where(Batch.campaign_id == campaign.id, Batch.confirmed_at.is_(None), Agency.path.startswith(scope.path, autoescape=True))
        .group_by(Institution.id, Agency.id, Batch.institution_id, Batch.id)
    )
    return [
        OfficeBatch(code, name, agency, b.id, b.on, b.given_by, b.received_on, forms, due_on)
        for code, name, agency, b, forms, due_on in db.session.execute(statement)
        if forms
    ]


def _with_batches(statement: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """Registrations joined with the batches that their forms are or were in."""
    theirs = and_(BatchForm.institution_id == Registration.institution_id, BatchForm.person_id == Registration.person_id)
    return statement.join(BatchForm, theirs).join(Batch, and_(_of_batch(), Batch.campaign_id == Registration.campaign_id))


def _of(scope: CampaignScope) -> ColumnElement[bool]:
    return and_(Batch.institution_id == scope.institution_id, Batch.campaign_id == scope.campaign_id)


def _of_batch() -> ColumnElement[bool]:
    return and_(Batch.institution_id == BatchForm.institution_id, Batch.id == BatchForm.batch_id)


def _forms_left() -> ColumnElement[int]:
    return func.count(case((BatchForm.taken_out_at.is_(None), BatchForm.person_id)))


def _first_due() -> ColumnElement[date | None]:
    at_risk = and_(BatchForm.taken_out_at.is_(None), Registration.state.in_(AT_RISK))
    return func.min(case((at_risk, Registration.paper_due_on)))


def _status(received_on: date | None, confirmed_at: datetime | None, forms: int) -> BatchStatus:
    if confirmed_at is not None:
        return BatchStatus.CONFIRMED
    if received_on is not None:
        return BatchStatus.RECEIVED
    return BatchStatus.ON_THE_WAY if forms else BatchStatus.EMPTY
