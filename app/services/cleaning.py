"""Letting go of what is no longer needed: raw workbooks after some days, links that have run out."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, cast

from sqlalchemy import CursorResult, delete, select, tuple_

from app import clock
from app.extensions import db
from app.models import Heartbeat, Invitation, Roster, RosterFile

LINK_DAYS = 30


def purge_roster_files(days: int) -> int:
    """Remove the workbooks uploaded more than `days` days ago; the plan and its addresses stay. Answers how many."""
    old = select(Roster.institution_id, Roster.id).where(Roster.uploaded_at < clock.now() - timedelta(days=days))
    gone = db.session.execute(delete(RosterFile).where(tuple_(RosterFile.institution_id, RosterFile.roster_id).in_(old)))
    return cast("CursorResult[Any]", gone).rowcount


def purge_invitations() -> int:
    """Remove links that ran out or were used long ago. Answers how many."""
    gone = db.session.execute(delete(Invitation).where(Invitation.expires_at < clock.now() - timedelta(days=LINK_DAYS)))
    return cast("CursorResult[Any]", gone).rowcount


def beat(tick: str, did: str) -> None:
    """The tick has ended; its last end is what the health page shows."""
    db.session.merge(Heartbeat(tick=tick, at=clock.now(), did=did))
    db.session.flush()
