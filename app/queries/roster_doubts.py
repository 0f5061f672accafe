"""What is asked before a roster goes on, as it is kept with the roster; and whether the same file came before."""

from __future__ import annotations

from collections.abc import Iterable

import orjson
from sqlalchemy import select

from app.domain.scope import CampaignScope
from app.extensions import db
from app.models import Roster
from imports.known.doubts import Doubt

SAME_CONTENT = "same-content"  # `roster` is the one that brought it


def packed_doubts(found: Iterable[Doubt]) -> str | None:
    """None where nothing is asked."""
    listed = list(map(list, found))
    return orjson.dumps(listed).decode() if listed else None


def doubts_of(kept: str | None) -> tuple[Doubt, ...]:
    return tuple(Doubt(*doubt) for doubt in orjson.loads(kept)) if kept else ()


def same_content(scope: CampaignScope, digest: str) -> list[Doubt]:
    """The newest roster with this content that was imported here: by content, whatever the files are called."""
    before = db.session.scalar(
        select(Roster.id)
        .where(
            Roster.institution_id == scope.institution_id,
            Roster.digest == digest,
            Roster.campaign_id == scope.campaign_id,
            Roster.status == "applied",
            Roster.undone_at.is_(None),
        )
        .order_by(Roster.applied_at.desc())
        .limit(1)
    )
    return [Doubt(SAME_CONTENT, {"roster": before})] if before else []
