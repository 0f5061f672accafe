"""Reminders are paused and taken up again: for a whole institution, one class or department, or one person."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, cast

from sqlalchemy import CursorResult, delete, select

from app import clock
from app.domain.names import tidy
from app.domain.scope import CampaignScope
from app.extensions import db
from app.models import Institution, Pause, Person, Unit
from app.queries.filters import known_to, with_people
from app.queries.pauses import holding
from app.services import log

REASON_LENGTH = 400


class PauseRefusal(StrEnum):
    """Why nothing was done. The last two mean that somebody else was faster."""

    UNKNOWN_UNIT = "unknown-unit"
    UNKNOWN_PERSON = "unknown-person"
    REASON_TOO_LONG = "reason-too-long"
    ALREADY_PAUSED = "already-paused"
    NOT_PAUSED = "not-paused"


@dataclass(frozen=True, slots=True)
class PauseDraft:
    """Whom a pause is for: one unit, one person, or with neither the whole institution. `everywhere`, for a person alone: they want no
    messages in any campaign and said so to the staff."""

    unit_id: int | None = None
    person_id: int | None = None
    everywhere: bool = False
    reason: str = ""


def pause(scope: CampaignScope, draft: PauseDraft) -> int | PauseRefusal:
    """Nothing more goes to whom the draft names; answers the pause's id. What waits to go is left out when its time comes."""
    reason = tidy(draft.reason)
    refused = _odd(scope, draft, reason)
    if refused:
        return refused
    db.session.scalars(select(Institution.id).where(Institution.id == scope.institution_id).with_for_update()).one()  # one at a time
    if db.session.scalar(select(Pause.id).where(_same(scope, draft)).limit(1)) is not None:
        return PauseRefusal.ALREADY_PAUSED
    row = Pause(
        institution_id=scope.institution_id,
        campaign_id=None if draft.everywhere else scope.campaign_id,
        unit_id=draft.unit_id,
        person_id=draft.person_id,
        reason=reason or None,
        made_by=scope.actor.name,
        made_at=clock.now(),
    )
    db.session.add(row)
    db.session.flush()
    log.note(scope.actor, "paused-reminders", institution_id=scope.institution_id)
    return row.id


def resume(scope: CampaignScope, pause_id: int) -> PauseRefusal | None:
    """Reminders go again; a pause that held in every campaign ends in every campaign."""
    ended = db.session.execute(delete(Pause).where(holding(scope), Pause.id == pause_id).execution_options(synchronize_session=False))
    db.session.expire_all()
    if cast("CursorResult[Any]", ended).rowcount != 1:
        return PauseRefusal.NOT_PAUSED
    log.note(scope.actor, "resumed-reminders", institution_id=scope.institution_id)
    return None


def _odd(scope: CampaignScope, draft: PauseDraft, reason: str) -> PauseRefusal | None:
    if len(reason) > REASON_LENGTH:
        return PauseRefusal.REASON_TOO_LONG
    if draft.unit_id is not None and db.session.get(Unit, (scope.institution_id, draft.unit_id)) is None:
        return PauseRefusal.UNKNOWN_UNIT
    known = with_people(select(Person.id)).where(known_to(scope), Person.id == draft.person_id)
    if draft.person_id is not None and db.session.scalar(known) is None:
        return PauseRefusal.UNKNOWN_PERSON
    return None


def _same(scope: CampaignScope, draft: PauseDraft) -> Any:
    """A pause that says the same already; one that holds everywhere does so here too."""
    held = holding(scope) & Pause.unit_id.is_not_distinct_from(draft.unit_id) & Pause.person_id.is_not_distinct_from(draft.person_id)
    return held & Pause.campaign_id.is_(None) if draft.everywhere else held
