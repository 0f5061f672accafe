"""Heartbeats: what the scheduler leaves behind it, so that somebody notices when it stays away."""

from __future__ import annotations

from sqlalchemy import func, select

from app import clock
from app.extensions import db
from app.models import Heartbeat
from app.queries.running import BEGAN
from app.services.inserting import insert_into


def beat(tick: str, did: str) -> None:
    """The tick has ended; its last end is what the health page shows. Two that end at once are both right."""
    row = {"tick": tick, "at": clock.now(), "did": did[:200]}
    db.session.execute(insert_into(Heartbeat).values(row).on_conflict_do_update(index_elements=["tick"], set_=row))


def begin() -> None:
    """A scheduler begins. One that begins again and again and never ends a tick has begun only once: the first time counts, so that it does
    not look like a fresh one for ever."""
    row = {"tick": BEGAN, "at": clock.now(), "did": ""}
    ended = select(func.max(Heartbeat.at)).where(Heartbeat.tick != BEGAN).correlate(None).scalar_subquery()
    noted = insert_into(Heartbeat).values(row)
    db.session.execute(noted.on_conflict_do_update(index_elements=["tick"], set_=row, where=ended > Heartbeat.at))
