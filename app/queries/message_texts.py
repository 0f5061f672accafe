"""A campaign's own texts: those of the whole campaign, and those of one institution."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from app.domain.scope import AgencyScope, CampaignScope
from app.extensions import db
from app.models import LadderRung, MessageText
from app.texts.speech import Wording

Scope = AgencyScope | CampaignScope


@dataclass(frozen=True, slots=True)
class TextView:
    """One text. `is_own` where the scope may change it: an agency's those of the campaign, an institution's its own. `rungs` is how many
    rungs of the ladder use it; `changed_at` tells that somebody else was faster."""

    id: int
    name: str
    wording: Wording
    is_own: bool
    rungs: int
    changed_by: str
    changed_at: datetime


def texts(scope: Scope, campaign_id: int) -> list[TextView]:
    """What the scope can see, its own first. An agency sees the campaign's; an institution those and its own."""
    return [_view(scope, row, rungs) for row, rungs in db.session.execute(_texts(scope, campaign_id))]


def text(scope: Scope, campaign_id: int, text_id: int) -> TextView | None:
    row = db.session.execute(_texts(scope, campaign_id).where(MessageText.id == text_id)).one_or_none()
    return _view(scope, *row) if row else None


def owned(scope: Scope) -> ColumnElement[bool]:
    """The texts that the scope may change."""
    if isinstance(scope, AgencyScope):
        return MessageText.institution_id.is_(None)
    return MessageText.institution_id == scope.institution_id


def in_use() -> ColumnElement[bool]:
    """Joined with rungs: those that still stand on a ladder."""
    return and_(LadderRung.text_id == MessageText.id, LadderRung.removed_at.is_(None))


def _texts(scope: Scope, campaign_id: int) -> Select[MessageText, int]:
    rungs = select(func.count()).select_from(LadderRung).where(in_use()).correlate(MessageText).scalar_subquery()
    seen = owned(scope) if isinstance(scope, AgencyScope) else or_(owned(scope), MessageText.institution_id.is_(None))
    return (
        select(MessageText, rungs)
        .where(MessageText.campaign_id == campaign_id, MessageText.removed_at.is_(None), seen)
        .order_by(owned(scope).desc(), func.lower(MessageText.name), MessageText.id)
    )


def _view(scope: Scope, row: MessageText, rungs: int) -> TextView:
    own = row.institution_id is None if isinstance(scope, AgencyScope) else row.institution_id == scope.institution_id
    wording = Wording(row.subject, row.body, row.short)
    return TextView(row.id, row.name, wording, own, rungs, row.changed_by, row.changed_at)
