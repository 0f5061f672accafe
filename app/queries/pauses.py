"""Who gets no reminders for a while: the whole institution, single classes or departments, single people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select

from app.domain.scope import CampaignScope
from app.extensions import db
from app.models import Pause, Person, Unit


@dataclass(frozen=True, slots=True)
class PauseView:
    """One pause. Without `unit_id` and `person_id` it holds for the whole institution; `everywhere` that it holds in every campaign."""

    id: int
    unit_id: int | None
    unit: str | None
    person_id: int | None
    person: str | None
    everywhere: bool
    reason: str | None
    made_by: str
    made_at: datetime


def pauses(scope: CampaignScope) -> tuple[PauseView, ...]:
    """All that hold at the institution in this campaign: its own first, then units and people by name."""
    order = (Pause.person_id.is_not(None), Pause.unit_id.is_not(None), Unit.sort_key, Person.sort_key, Pause.id)
    return tuple(_view(row) for row in db.session.execute(_views(scope).order_by(*order)))


def of_person(scope: CampaignScope, person_id: int) -> tuple[PauseView, ...]:
    """Those of one person alone; of the class and the institution the page of pauses tells."""
    return tuple(_view(row) for row in db.session.execute(_views(scope).where(Pause.person_id == person_id).order_by(Pause.id)))


def holding(scope: CampaignScope) -> ColumnElement[bool]:
    """The pauses of the institution that hold in the campaign."""
    here = or_(Pause.campaign_id == scope.campaign_id, Pause.campaign_id.is_(None))
    return and_(Pause.institution_id == scope.institution_id, here)


def _views(scope: CampaignScope) -> Select[*tuple[Any, ...]]:
    return (
        select(Pause, Unit.name, Person.full_name)
        .outerjoin(Unit, and_(Unit.institution_id == Pause.institution_id, Unit.id == Pause.unit_id))
        .outerjoin(Person, and_(Person.institution_id == Pause.institution_id, Person.id == Pause.person_id))
        .where(holding(scope))
    )


def _view(row: Any) -> PauseView:
    pause, unit, person = row
    return PauseView(
        id=pause.id,
        unit_id=pause.unit_id,
        unit=unit,
        person_id=pause.person_id,
        person=person,
        everywhere=pause.campaign_id is None,
        reason=pause.reason,
        made_by=pause.made_by,
        made_at=pause.made_at,
    )
