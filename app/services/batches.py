"""Batches of signed forms: made, forms taken out again, received by the office and confirmed by it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, func, insert, select

from app import clock
from app.domain.names import tidy
from app.domain.registration import EARLIEST, Details, Event, State, Way
from app.domain.scope import CampaignScope
from app.extensions import db
from app.models import Batch, BatchForm, Person, Registration
from app.queries.batches import open_batch
from app.queries.filters import known_to, with_people
from app.services import registrations
from app.services.histories import REASON_LENGTH
from app.services.numbers import allot
from app.services.registrations import BulkRecorded

MOST_FORMS = 2000  # of one batch: what somebody can count over on a table, and well below what a statement takes
DAYS_AHEAD = 31  # so long before the handing over a batch may be made
NAME_LENGTH, NOTE_LENGTH = 120, 2000


class BatchRefusal(StrEnum):
    """Why nothing was done with a batch."""

    UNKNOWN = "unknown-batch"
    NOBODY = "nobody"
    NOBODY_LEFT = "nobody-left"
    TOO_MANY = "too-many"
    NO_GIVER = "no-giver"
    ODD_DAY = "odd-day"
    NOT_IN_IT = "not-in-it"
    REASON_NEEDED = "reason-needed"
    EMPTY = "empty"
    ALREADY_TAKEN_OUT = "already-taken-out"
    ALREADY_RECEIVED = "already-received"
    ALREADY_CONFIRMED = "already-confirmed"
    IN_FUTURE = "in-future"
    BEFORE_HANDED_OVER = "before-handed-over"


class FormRefusal(StrEnum):
    """Why one form can't go into a batch."""

    NOT_HERE = "not-here"  # no signed form has been received, or it is further on its way already
    IN_ANOTHER = "in-another"
    CAME_LATER = "came-later"  # it was received after the day of handing over


@dataclass(frozen=True, slots=True)
class BatchDraft:
    """What is said of a batch when it is made; `on` is the day of handing over."""

    on: date
    given_by: str
    received_by: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class NotTaken:
    """One person whose form is not in the batch. `batch_id` is the batch that it is in."""

    person_id: int
    full_name: str
    why: FormRefusal
    batch_id: int | None = None


@dataclass(frozen=True, slots=True)
class BatchMade:
    batch_id: int
    forms: int
    refused: tuple[NotTaken, ...]


@dataclass(frozen=True, slots=True)
class NotMade:
    """Nothing was kept; `refused` names those because of whom nobody was left."""

    why: BatchRefusal
    refused: tuple[NotTaken, ...] = ()


def create(scope: CampaignScope, person_ids: Iterable[int], draft: BatchDraft) -> BatchMade | NotMade:
    """Make a batch of these people's signed forms. Those whose form can't go into it are named, the others are in."""
    wanted = sorted(set(person_ids))
    refusal = _refusal(wanted, draft)
    if refusal:
        return NotMade(refusal)
    batch_id = _next_batch(scope)
    people = _people(scope, wanted)
    refused = tuple(one for row in people if (one := _not_taken(row, draft.on)))
    out = {one.person_id for one in refused}
    taken = [row.id for row in people if row.id not in out]
    if not taken:
        return NotMade(BatchRefusal.NOBODY_LEFT if refused else BatchRefusal.NOBODY, refused)
    _keep(scope, batch_id, draft, taken)
    return BatchMade(batch_id, len(taken), refused)


def _refusal(person_ids: Sequence[int], draft: BatchDraft) -> BatchRefusal | None:
    if not person_ids:
        return BatchRefusal.NOBODY
    if len(person_ids) > MOST_FORMS:
        return BatchRefusal.TOO_MANY
    if not tidy(draft.given_by):
        return BatchRefusal.NO_GIVER
    if not EARLIEST <= draft.on <= clock.today() + timedelta(days=DAYS_AHEAD):
        return BatchRefusal.ODD_DAY
    return None


def _next_batch(scope: CampaignScope) -> int:
    """Batches are counted from 1 in each institution, so that "batch 12" says something. The institution is locked by `allot` first: of
    two who make a batch of the same forms at once, the second finds them taken."""
    allot(scope.institution_id, 0)
    last = db.session.scalar(select(func.max(Batch.id)).where(Batch.institution_id == scope.institution_id))
    return (last or 0) + 1


def _people(scope: CampaignScope, person_ids: Sequence[int]) -> Sequence[Row[*tuple[Any, ...]]]:
    statement = with_people(
        select(Person.id, Person.full_name, Registration.state, Registration.moved_on, open_batch().label("batch_id"))
    ).where(known_to(scope), Person.id.in_(person_ids))
    return db.session.execute(statement.order_by(Person.sort_key, Person.id)).all()


def _not_taken(row: Row[*tuple[Any, ...]], on: date) -> NotTaken | None:
    if row.batch_id is not None:
        return NotTaken(row.id, row.full_name, FormRefusal.IN_ANOTHER, row.batch_id)
    if row.state != State.FORM_RECEIVED:
        return NotTaken(row.id, row.full_name, FormRefusal.NOT_HERE)
    if row.moved_on and row.moved_on > on:
        return NotTaken(row.id, row.full_name, FormRefusal.CAME_LATER)
    return None


def _keep(scope: CampaignScope, batch_id: int, draft: BatchDraft, person_ids: Sequence[int]) -> None:
    note = "\n".join(filter(None, map(tidy, draft.note.splitlines())))
    db.session.add(
        Batch(
            institution_id=scope.institution_id,
            id=batch_id,
            campaign_id=scope.campaign_id,
            on=draft.on,
            given_by=tidy(draft.given_by)[:NAME_LENGTH],
            received_by=tidy(draft.received_by)[:NAME_LENGTH] or None,
            note=note[:NOTE_LENGTH] or None,
            made_by=scope.actor.name,
            made_at=clock.now(),
        )
    )
    db.session.flush()
    of_batch = {"institution_id": scope.institution_id, "batch_id": batch_id}
    db.session.execute(insert(BatchForm), [of_batch | {"person_id": person_id} for person_id in person_ids])


def take_out(scope: CampaignScope, batch_id: int, person_id: int, reason: str) -> BatchRefusal | None:
    """Take one form out of a batch that the office does not have yet; None when it is done. The form waits for another batch then."""
    batch = _locked(scope, batch_id)
    form = _form(scope, batch_id, person_id) if batch else None
    if batch is None or form is None:
        return BatchRefusal.NOT_IN_IT if batch else BatchRefusal.UNKNOWN
    if form.taken_out_at:
        return BatchRefusal.ALREADY_TAKEN_OUT
    if batch.received_on:
        return BatchRefusal.ALREADY_RECEIVED
    said = tidy(reason)[:REASON_LENGTH]
    if not said:
        return BatchRefusal.REASON_NEEDED
    form.taken_out_reason, form.taken_out_by, form.taken_out_at = said, scope.actor.name, clock.now()
    db.session.flush()
    return None


def receive(scope: CampaignScope, batch_id: int, on: date) -> BulkRecorded | BatchRefusal:
    """The office has received the batch, as the institution says: all forms still in it are handed in. Those for whom this can't be
    recorded are named."""
    batch = _locked(scope, batch_id)
    if batch is None:
        return BatchRefusal.UNKNOWN
    if batch.received_on:
        return BatchRefusal.ALREADY_RECEIVED
    if on > clock.today():
        return BatchRefusal.IN_FUTURE
    if on < min(batch.on, clock.local_date(batch.made_at)):  # a batch made ahead may be handed over sooner than was thought
        return BatchRefusal.BEFORE_HANDED_OVER
    ids = _still_in(scope, batch_id)
    if not ids:
        return BatchRefusal.EMPTY
    return _handed_in(scope, batch, ids, on)


def confirm(scope: CampaignScope, batch_id: int) -> BulkRecorded | BatchRefusal:
    """The office itself says that it has the batch. Where the institution had not said so, its forms are handed in now."""
    batch = _locked(scope, batch_id)
    if batch is None:
        return BatchRefusal.UNKNOWN
    if batch.confirmed_at:
        return BatchRefusal.ALREADY_CONFIRMED
    ids = _still_in(scope, batch_id)
    if not ids:
        return BatchRefusal.EMPTY
    batch.confirmed_by, batch.confirmed_at = scope.actor.name, clock.now()
    db.session.flush()
    if batch.received_on:
        return BulkRecorded(None, 0, ())
    return _handed_in(scope, batch, ids, min(batch.on, clock.today()))


def _handed_in(scope: CampaignScope, batch: Batch, person_ids: Sequence[int], on: date) -> BulkRecorded:
    batch.received_on = on
    db.session.flush()
    return registrations.record_many(scope, person_ids, Event.HANDED_IN, on, details=Details(way=Way.BATCH))


def _locked(scope: CampaignScope, batch_id: int) -> Batch | None:
    return db.session.scalar(
        select(Batch)
        .where(Batch.institution_id == scope.institution_id, Batch.campaign_id == scope.campaign_id, Batch.id == batch_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def _form(scope: CampaignScope, batch_id: int, person_id: int) -> BatchForm | None:
    known = with_people(select(Person.id)).where(known_to(scope), Person.id == person_id)
    return db.session.scalar(
        select(BatchForm)
        .where(BatchForm.institution_id == scope.institution_id, BatchForm.batch_id == batch_id, BatchForm.person_id.in_(known))
        .execution_options(populate_existing=True)
    )


def _still_in(scope: CampaignScope, batch_id: int) -> list[int]:
    statement = select(BatchForm.person_id).where(
        BatchForm.institution_id == scope.institution_id, BatchForm.batch_id == batch_id, BatchForm.taken_out_at.is_(None)
    )
    return list(db.session.scalars(statement))
