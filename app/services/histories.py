"""Writing to a registration: its next event, and the facts that follow from it, where nobody has moved it since it was read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, cast

from sqlalchemy import CursorResult, select, update

from app import clock
from app.domain.names import tidy
from app.domain.registration import Details, Event, Facts, Happening, Refusal, decide, odd_day, take_back
from app.domain.scope import CampaignScope
from app.extensions import db
from app.models import RecordedEvent, Registration
from app.queries.campaigns import CampaignView
from app.queries.facts import facts_of, happening_of
from app.services.bulk import insert_rows, instant, update_rows

REASON_LENGTH, DETAIL_LENGTH = 400, 40


@dataclass(frozen=True, slots=True)
class Place:
    """One institution in one campaign, and who writes there. `mirrored` where the fact comes from another institution."""

    institution_id: int
    campaign_id: int
    user_id: int | None
    source: str
    mirrored: bool = False

    @classmethod
    def of(cls, scope: CampaignScope) -> Place:
        """Where somebody works now, who is signed in."""
        return cls(scope.institution_id, scope.campaign_id, scope.actor.user_id, scope.actor.name)

    def key(self, person_id: int) -> dict[str, Any]:
        return {"institution_id": self.institution_id, "campaign_id": self.campaign_id, "person_id": person_id}


@dataclass(frozen=True, slots=True)
class Written:
    """One step of one registration, decided and to be written."""

    person_id: int
    happening: Happening
    facts: Facts
    before: Facts


Decide = Callable[[Facts, Happening], Facts | Refusal]


def deciding(view: CampaignView) -> Decide:
    """The state machine under the campaign's procedure. People share few combinations of facts, so for one event each is decided once."""
    today = clock.today()

    @cache
    def once(before: Facts, event: Event, on: date, reason: str | None, details: Details) -> Facts | Refusal:
        return decide(view.procedure, before, Happening(0, event, on, reason, details=details), today)

    return lambda before, happening: once(before, happening.event, happening.on, happening.reason, happening.details)


def next_step(
    view: CampaignView, registration: Registration, happening: Happening, past: Sequence[Happening] | None = None
) -> Written | Refusal:
    """What writing an event would come to; `past` is the registration's history, needed to take back."""
    return step_from(view, deciding(view), registration.person_id, facts_of(registration), happening, past)


def step_from(
    view: CampaignView, decided: Decide, person_id: int, before: Facts, happening: Happening, past: Sequence[Happening] | None = None
) -> Written | Refusal:
    """The same for facts that are known already."""
    if happening.event is Event.TAKEN_BACK:
        taken = odd_day(happening.on, clock.today()) or take_back(view.procedure, past or ())
        if isinstance(taken, Refusal):
            return taken
        last, facts = taken
        undoing = Happening(happening.number, happening.event, happening.on, happening.reason, takes_back=last.number)
        return Written(person_id, undoing, facts, before)
    after = decided(before, happening)
    return after if isinstance(after, Refusal) else Written(person_id, happening, after, before)


def tidied(reason: str | None, details: Details) -> tuple[str | None, Details]:
    """What was typed, as it is kept."""
    file_number, office = (tidy(said or "")[:DETAIL_LENGTH] or None for said in (details.file_number, details.office))
    kept = Details(file_number, office, details.way, details.proof)
    return tidy(reason or "")[:REASON_LENGTH] or None, kept


def write_one(place: Place, registration: Registration, step: Written) -> bool:
    """Write one step where nobody has moved the registration since it was read; False when somebody has."""
    read = registration.revision
    changed = db.session.execute(
        update(Registration)
        .where(*(getattr(Registration, name) == value for name, value in place.key(step.person_id).items()))
        .where(Registration.revision == read)
        .values(**_columns(step))
        .execution_options(synchronize_session=False)
    )
    db.session.expire_all()
    if cast("CursorResult[Any]", changed).rowcount != 1:
        return False
    append(place, [step])
    return True


def write_many(place: Place, steps: Sequence[Written], bulk_id: int | None) -> None:
    """Write steps of registrations that are locked."""
    if not steps:
        return
    pairs = {(id(step.before), id(step.facts)): step for step in steps}.values()
    moved = [name for name in Facts.__slots__ if any(getattr(step.before, name) != getattr(step.facts, name) for step in pairs)]
    new = {id(step.facts): tuple(as_text(getattr(step.facts, name)) for name in moved) for step in pairs}
    now = instant(Registration, "changed_at", clock.now())
    here = (place.institution_id, place.campaign_id)
    rows = [(*new[id(step.facts)], step.happening.number, now, *here, step.person_id) for step in steps]
    update_rows(Registration, [*moved, "revision", "changed_at"], ("institution_id", "campaign_id", "person_id"), rows)
    append(place, steps, bulk_id)


def append(place: Place, steps: Sequence[Written], bulk_id: int | None = None) -> None:
    same = {
        "institution_id": place.institution_id,
        "campaign_id": place.campaign_id,
        "user_id": place.user_id,
        "source": place.source,
        "mirrored": place.mirrored,
        "recorded_at": clock.now(),
        "bulk_id": bulk_id,
    }
    insert_rows(RecordedEvent, _EVENT, [(step.person_id, *_event(step.happening)) for step in steps], same)


_EVENT = ("person_id", "number", "event", "on", "reason", "takes_back", *Details.__slots__)


def _event(happening: Happening) -> tuple[Any, ...]:
    details = (getattr(happening.details, name) for name in Details.__slots__)
    return (happening.number, happening.event.value, happening.on.isoformat(), happening.reason, happening.takes_back, *details)


def as_text(value: Any) -> Any:
    """A date as ISO text, which every driver takes for a date; all else as it is."""
    return value.isoformat() if isinstance(value, date) else value


def _columns(step: Written) -> dict[str, Any]:
    known: dict[str, Any] = {name: getattr(step.facts, name) for name in Facts.__slots__}
    return known | {"revision": step.happening.number, "changed_at": clock.now()}


def pasts(place: Place, person_ids: Sequence[int]) -> Mapping[int, list[Happening]]:
    """The histories of some registrations, each the oldest event first."""
    found: dict[int, list[Happening]] = {person_id: [] for person_id in person_ids}
    for row in _events(place, person_ids):
        found[row.person_id].append(happening_of(row))
    return found


def counting(place: Place, person_ids: Sequence[int]) -> Mapping[int, list[RecordedEvent]]:
    """The events of some registrations that have not been taken back, each the oldest first."""
    found: dict[int, list[RecordedEvent]] = {}
    rows = _events(place, person_ids)
    undone = {(row.person_id, row.takes_back) for row in rows if row.takes_back is not None}
    for row in rows:
        if row.event != Event.TAKEN_BACK and (row.person_id, row.number) not in undone:
            found.setdefault(row.person_id, []).append(row)
    return found


def last_counting(place: Place, person_ids: Sequence[int]) -> Mapping[int, RecordedEvent]:
    """The last event of each registration that has not been taken back."""
    return {person_id: rows[-1] for person_id, rows in counting(place, person_ids).items()}


def _events(place: Place, person_ids: Sequence[int]) -> Sequence[RecordedEvent]:
    return db.session.scalars(
        select(RecordedEvent)
        .where(
            RecordedEvent.institution_id == place.institution_id,
            RecordedEvent.campaign_id == place.campaign_id,
            RecordedEvent.person_id.in_(person_ids),
        )
        .order_by(RecordedEvent.person_id, RecordedEvent.number)
    ).all()
