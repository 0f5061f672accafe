"""Recording what has happened: the only writer of registrations and their events."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, func, select

from app import clock
from app.domain.registration import NO_DETAILS, Details, Event, Facts, Happening, Refusal
from app.domain.scope import CampaignScope
from app.extensions import db
from app.models import Bulk, Person, RecordedEvent, Registration
from app.queries.campaigns import CampaignView, campaign
from app.queries.facts import facts_from
from app.queries.filters import known_to, with_people
from app.services import unlocking
from app.services.histories import Place, Written, deciding, last_counting, next_step, pasts, step_from, tidied, write_many, write_one
from app.services.numbers import allot

AT_ONCE = 5000  # a statement takes only so many values: 32,766 on some builds of SQLite, 65,535 on PostgreSQL


@dataclass(frozen=True, slots=True)
class Recorded:
    """The registration after the event; `revision` is the event's number."""

    facts: Facts
    revision: int


@dataclass(frozen=True, slots=True)
class Refused:
    """Nothing was recorded."""

    why: Refusal


@dataclass(frozen=True, slots=True)
class ChangedMeanwhile:
    """Nothing was recorded: somebody else did so first. What they recorded last, and when (UTC)."""

    event: Event
    on: date
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class NotRecorded:
    """One person of a bulk for whom the event was refused."""

    person_id: int
    full_name: str
    why: Refusal


@dataclass(frozen=True, slots=True)
class BulkRecorded:
    """What recording for many came to. `bulk_id` takes it back as a whole; None where nothing was recorded."""

    bulk_id: int | None
    recorded: int
    refused: tuple[NotRecorded, ...]


Answer = Recorded | Refused | ChangedMeanwhile | None


def record(
    scope: CampaignScope,
    person_id: int,
    event: Event,
    on: date,
    *,
    reason: str | None = None,
    details: Details = NO_DETAILS,
    revision: int | None = None,
) -> Answer:
    """Record one event. `revision` is the registration's that the recorder saw: when it has moved on, nothing is recorded.

    None when the scope knows no such person. `taken-back` takes back the last event that still counts; `on` is then the day of doing so.
    """
    place = Place.of(scope)
    unlocking.in_turn(place, event)
    found = db.session.execute(_lines(scope, [person_id])).one_or_none()
    if found is None:
        return None
    registration: Registration = found[0]
    if revision is not None and registration.revision != revision:
        return _changed_meanwhile(scope, person_id)
    view = campaign(scope)
    past = pasts(place, [person_id])[person_id] if event is Event.TAKEN_BACK else None
    said, kept = tidied(reason, details)
    happening = Happening(registration.revision + 1, event, on, said, details=kept)
    step = next_step(view, registration, happening, past)
    if isinstance(step, Refusal):
        return Refused(step)
    if not write_one(place, registration, step):
        return _changed_meanwhile(scope, person_id)
    unlocking.after(view, place, [step])
    return Recorded(step.facts, step.happening.number)


def record_many(
    scope: CampaignScope,
    person_ids: Iterable[int],
    event: Event,
    on: date,
    *,
    reason: str | None = None,
    details: Details = NO_DETAILS,
) -> BulkRecorded:
    """Record one event with one date for many; those for whom it is not allowed are named, the others done."""
    said, kept = tidied(reason, details)
    return _in_bulk(scope, person_ids, event, on, said, kept)


def take_back_bulk(scope: CampaignScope, bulk_id: int) -> BulkRecorded | None:
    """Take back what was recorded for many at once. Those for whom something was recorded since are named, and keep it.

    None when the scope knows no such bulk or not everybody in it, or it was taken back before.
    """
    bulk = db.session.scalar(
        select(Bulk)
        .where(
            Bulk.institution_id == scope.institution_id,
            Bulk.campaign_id == scope.campaign_id,
            Bulk.id == bulk_id,
            Bulk.taken_back_at.is_(None),
        )
        .with_for_update()
    )
    if bulk is None:
        return None
    recorded = RecordedEvent.institution_id == scope.institution_id, RecordedEvent.bulk_id == bulk_id
    ids = list(db.session.scalars(select(RecordedEvent.person_id).where(*recorded)))
    if scope.unit_ids is not None and _known(scope, select(RecordedEvent.person_id).where(*recorded)) != len(ids):
        return None  # taken back for some alone, it could never be taken back for the others
    bulk.taken_back_at = clock.now()
    db.session.flush()
    return _in_bulk(scope, ids, Event.TAKEN_BACK, clock.today(), None, NO_DETAILS, of_bulk=bulk_id)


def _known(scope: CampaignScope, person_ids: Select[int]) -> int:
    """How many of some people the scope knows."""
    return db.session.scalar(with_people(select(func.count())).where(known_to(scope), Person.id.in_(person_ids))) or 0


def _in_bulk(
    scope: CampaignScope,
    person_ids: Iterable[int],
    event: Event,
    on: date,
    reason: str | None,
    details: Details,
    of_bulk: int | None = None,
) -> BulkRecorded:
    view, place, everybody = campaign(scope), Place.of(scope), sorted(set(person_ids))
    bulk_id = allot(scope.institution_id) if everybody else None
    unlocking.in_turn(place, event)
    refused: list[NotRecorded] = []
    recorded = 0
    for start in range(0, len(everybody), AT_ONCE):
        asked = Happening(0, event, on, reason, details=details)
        steps = _decided(scope, view, place, everybody[start : start + AT_ONCE], asked, of_bulk, refused)
        write_many(place, steps, bulk_id)
        unlocking.after(view, place, steps)
        recorded += len(steps)
    if bulk_id is None or not recorded:
        return BulkRecorded(None, 0, tuple(refused))
    _note_bulk(scope, bulk_id, event, on, recorded)
    return BulkRecorded(bulk_id, recorded, tuple(refused))


def _decided(
    scope: CampaignScope,
    view: CampaignView,
    place: Place,
    person_ids: Sequence[int],
    asked: Happening,
    of_bulk: int | None,
    refused: list[NotRecorded],
) -> list[Written]:
    """The steps that are allowed; the others join `refused`."""
    steps: list[Written] = []
    found = db.session.execute(_rows(scope, person_ids).with_for_update(of=Registration)).all()
    decided, facts = deciding(view), cache(facts_from)
    past = pasts(place, person_ids) if asked.event is Event.TAKEN_BACK else {}
    last = last_counting(place, person_ids) if of_bulk is not None else {}
    for who, revision, full_name, *values in found:
        happening = Happening(revision + 1, asked.event, asked.on, asked.reason, details=asked.details)
        step = step_from(view, decided, who, facts(tuple(values)), happening, past.get(who))
        if of_bulk is not None and (who not in last or last[who].bulk_id != of_bulk):
            step = Refusal.RECORDED_SINCE
        if isinstance(step, Refusal):
            refused.append(NotRecorded(who, full_name, step))
        else:
            steps.append(step)
    return steps


def _note_bulk(scope: CampaignScope, bulk_id: int, event: Event, on: date, people: int) -> None:
    db.session.add(
        Bulk(
            institution_id=scope.institution_id,
            id=bulk_id,
            campaign_id=scope.campaign_id,
            event=event,
            on=on,
            people=people,
            source=scope.actor.name,
            user_id=scope.actor.user_id,
            recorded_at=clock.now(),
            taken_back_at=clock.now() if event is Event.TAKEN_BACK else None,
        )
    )
    db.session.flush()


def _lines(scope: CampaignScope, person_ids: Sequence[int]) -> Select[Registration, str]:
    return (
        with_people(select(Registration, Person.full_name))
        .where(known_to(scope), Person.id.in_(person_ids))
        .order_by(Person.sort_key, Person.id)
        .execution_options(populate_existing=True)
    )


def _rows(scope: CampaignScope, person_ids: Sequence[int]) -> Select[*tuple[Any, ...]]:
    """The same as plain rows: an object for each of thousands takes longer than all the rest."""
    return (
        with_people(
            select(Registration.person_id, Registration.revision, Person.full_name, *(getattr(Registration, n) for n in Facts.__slots__))
        )
        .where(known_to(scope), Person.id.in_(person_ids))
        .order_by(Person.sort_key, Person.id)
    )


def _changed_meanwhile(scope: CampaignScope, person_id: int) -> ChangedMeanwhile | None:
    """None where nothing was ever recorded: what the recorder saw is not there any more, or never was."""
    db.session.expire_all()
    last = db.session.scalars(
        select(RecordedEvent)
        .where(
            RecordedEvent.institution_id == scope.institution_id,
            RecordedEvent.campaign_id == scope.campaign_id,
            RecordedEvent.person_id == person_id,
        )
        .order_by(RecordedEvent.number.desc())
        .limit(1)
    ).one_or_none()
    return ChangedMeanwhile(Event(last.event), last.on, last.source, last.recorded_at) if last else None
