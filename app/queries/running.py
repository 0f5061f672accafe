"""How the installation itself is: does the database answer, when did the scheduler last tick."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from app.collation import version
from app.extensions import db
from app.models import Heartbeat, Setting

COLLATION_NOTE = "collation"
BEGAN = "began"  # among the heartbeats: when a scheduler began, as long as no tick has ended since


def heartbeats() -> dict[str, datetime]:
    """The last end of each tick, in UTC; under BEGAN when the scheduler began."""
    return {row.tick: row.at for row in db.session.scalars(select(Heartbeat))}


def keys_are_current() -> bool:
    """False when the sort keys were made by another ICU than the one that runs now: `flask rebuild-keys` mends it."""
    noted = db.session.get(Setting, COLLATION_NOTE)
    return noted is None or noted.value == version()
