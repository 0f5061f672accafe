"""Recording what has happened: the only writer of registrations and their events."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import CursorResult, Select, insert, select, update

from app import clock
from app.domain.names import tidy
from app.domain.registration import Event, Facts, Happening, Refusal, decide, take_back
from app.domain.scope import CampaignScope
from app.extensions import db
from app.models import Person, RecordedEvent, Registration
from app.queries.campaigns import CampaignView, campaign
from app.queries.filters import with_people, within
from app.queries.people import facts_of, history

REASON_LENGTH = 400
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
class Bulk:
    """What recording for many came to."""

    recorded: int
    refused: tuple[NotRecorded, ...]


Answer = Recorded | Refused | ChangedMeanwhile | None


def record(
    scope: CampaignScope, person_id: int, event: Event, on: date, *, reason: str | None = None, revision: int | None = None
) -> Answer:
    """Record one event. `revision` is the registration's that the recorder saw: when it has moved on, nothing is recorded.

    None when the scope sees no such person. `taken-back` takes back the last event that still counts; `on` is then the day of doing so.
    """
    found = db.session.execute(_lines(scope, [person_id])).one_or_none()
    if found is None:
        return None
    registration: Registration = found[0]
    if revision is not None and registration.revision != revision:
        return _changed_meanwhile(scope, person_id)
    decided = _decide(scope, campaign(scope), registration, event, on, reason)
    if isinstance(decided, Refusal):
        return Refused(decided)
    happening, facts = decided
    if not _move(scope, registration, facts):
        return _changed_meanwhile(scope, person_id)
    _append(scope, [(person_id, happening)])
    return Recorded(facts, happening.number)


def record_many(scope: CampaignScope, person_ids: Iterable[int], event: Event, on: date, *, reason: str | None = None) -> Bulk:
    """Record one event with one date for many; those for whom it is not allowed are named, the others done."""
    view, everybody = campaign(scope), sorted(set(person_ids))
    parts = [_record_some(scope, view, everybody[n : n + AT_ONCE], event, on, reason) for n in range(0, len(everybody), AT_ONCE)]
    return Bulk(sum(part.recorded for part in parts), tuple(one for part in parts for one in part.refused))


def _record_some(scope: CampaignScope, view: CampaignView, person_ids: Sequence[int], event: Event, on: date, reason: str | None) -> Bulk:
    refused: list[NotRecorded] = []
    moved: list[dict[str, Any]] = []
    happened: list[tuple[int, Happening]] = []
    for registration, full_name in db.session.execute(_lines(scope, person_ids).with_for_update(of=Registration)).all():
        decided = _decide(scope, view, registration, event, on, reason)
        if isinstance(decided, Refusal):
            refused.append(NotRecorded(registration.person_id, full_name, decided))
            continue
        happening, facts = decided
        moved.append(_key(scope, registration.person_id) | _columns(registration, facts))
        happened.append((registration.person_id, happening))
    db.session.expunge_all()
    if moved:
        db.session.execute(update(Registration), moved)
    _append(scope, happened)
    return Bulk(len(happened), tuple(refused))


def _lines(scope: CampaignScope, person_ids: Sequence[int]) -> Select[Registration, str]:
    return (
        with_people(select(Registration, Person.full_name))
        .where(within(scope), Person.id.in_(person_ids))
        .order_by(Person.sort_key, Person.id)
        .execution_options(populate_existing=True)
    )


def _decide(
    scope: CampaignScope, view: CampaignView, registration: Registration, event: Event, on: date, reason: str | None
) -> tuple[Happening, Facts] | Refusal:
    number = registration.revision + 1
    said = tidy(reason or "")[:REASON_LENGTH] or None
    if event is Event.TAKEN_BACK:
        taken = take_back(view.procedure, history(scope, registration.person_id))
        if isinstance(taken, Refusal):
            return taken
        last, facts = taken
        return Happening(number, event, on, said, takes_back=last.number), facts
    happening = Happening(number, event, on, said)
    decided = decide(view.procedure, facts_of(registration), happening, clock.today())
    return decided if isinstance(decided, Refusal) else (happening, decided)


def _move(scope: CampaignScope, registration: Registration, facts: Facts) -> bool:
    """Write the facts where nobody has moved the registration since it was read; False when somebody has."""
    read = registration.revision
    changed = db.session.execute(
        update(Registration)
        .where(*(getattr(Registration, name) == value for name, value in _key(scope, registration.person_id).items()))
        .where(Registration.revision == read)
        .values(**_columns(registration, facts))
        .execution_options(synchronize_session=False)
    )
    db.session.expire_all()
    return cast("CursorResult[Any]", changed).rowcount == 1


def _key(scope: CampaignScope, person_id: int) -> dict[str, Any]:
    return {"institution_id": scope.institution_id, "campaign_id": scope.campaign_id, "person_id": person_id}


def _columns(registration: Registration, facts: Facts) -> dict[str, Any]:
    known: dict[str, Any] = {name: getattr(facts, name) for name in Facts.__slots__}
    return known | {"revision": registration.revision + 1, "changed_at": clock.now()}


def _append(scope: CampaignScope, happened: Sequence[tuple[int, Happening]]) -> None:
    if not happened:
        return
    by = {"user_id": scope.actor.user_id, "source": scope.actor.name, "recorded_at": clock.now()}
    rows = [
        _key(scope, person_id) | by | {"number": h.number, "event": h.event, "on": h.on, "reason": h.reason, "takes_back": h.takes_back}
        for person_id, h in happened
    ]
    db.session.execute(insert(RecordedEvent), rows)


def _changed_meanwhile(scope: CampaignScope, person_id: int) -> ChangedMeanwhile:
    db.session.expire_all()
    last = db.session.scalars(
        select(RecordedEvent)
        .where(*(getattr(RecordedEvent, name) == value for name, value in _key(scope, person_id).items()))
        .order_by(RecordedEvent.number.desc())
        .limit(1)
    ).one()
    return ChangedMeanwhile(Event(last.event), last.on, last.source, last.recorded_at)
