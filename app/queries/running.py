"""How the installation itself is: does the database answer, when did the scheduler last tick."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from app.extensions import db
from app.models import Heartbeat


def heartbeats() -> dict[str, datetime]:
    """The last end of each tick, in UTC."""
    return {row.tick: row.at for row in db.session.scalars(select(Heartbeat))}
