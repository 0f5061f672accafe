"""A registration's row and its events, as the state machine reads them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from app.domain.registration import Details, Event, Facts, Happening, Proof, State, Way
from app.domain.scope import CampaignScope
from app.domain.standing import Guarding
from app.extensions import db
from app.models import RecordedEvent

_ENUMS: dict[str, type[State | Way | Proof]] = {
    "state": State,
    "aside": State,
    "way": Way,
    "granted_proof": Proof,
    "used_proof": Proof,
}


def facts_of(registration: Any) -> Facts:
    """The facts that a registration's row keeps."""
    return facts_from(tuple(getattr(registration, name) for name in Facts.__slots__))


def facts_from(values: Sequence[Any]) -> Facts:
    """The facts of a registration's columns, in the order of `Facts`."""
    kept = dict(zip(Facts.__slots__, values, strict=True))
    return Facts(**kept | {name: made(kept[name]) for name, made in _ENUMS.items() if kept[name] is not None})


def guarding_of(registration: Any) -> Guarding:
    return Guarding(registration.self_from, registration.unlocked_on)


def happening_of(row: RecordedEvent) -> Happening:
    """An event as the state machine reads it."""
    return Happening(row.number, Event(row.event), row.on, row.reason, row.takes_back, details_of(row))


def details_of(row: RecordedEvent) -> Details:
    return Details(row.file_number, row.office, Way(row.way) if row.way else None, Proof(row.proof) if row.proof else None)


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
