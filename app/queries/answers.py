"""What an institution's people said that workbooks with certain headings mean."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.domain.scope import CampaignScope
from app.extensions import db
from app.models import RosterAnswer
from app.queries.terms import unpacked_answer
from imports.values import Answer


@dataclass(frozen=True, slots=True)
class AnswerView:
    filename: str
    answered_by: str
    answered_at: datetime


def for_fingerprint(scope: CampaignScope, fingerprint: str) -> Answer | None:
    """The answer that was given for a workbook with these headings, in any campaign."""
    kept = _answer(scope, fingerprint)
    return unpacked_answer(kept.answer) if kept else None


def answer_view(scope: CampaignScope, fingerprint: str) -> AnswerView | None:
    kept = _answer(scope, fingerprint)
    return AnswerView(kept.filename, kept.answered_by, kept.answered_at) if kept else None


def _answer(scope: CampaignScope, fingerprint: str) -> RosterAnswer | None:
    if not fingerprint:
        return None
    return db.session.scalar(
        select(RosterAnswer).where(RosterAnswer.institution_id == scope.institution_id, RosterAnswer.fingerprint == fingerprint)
    )
