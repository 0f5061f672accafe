"""Notes that must be answerable later: who took out names, who changed rights. No personal value is written down."""

from __future__ import annotations

from app import clock
from app.domain.scope import Actor
from app.extensions import db
from app.models import LogEntry


def note(actor: Actor, what: str, *, institution_id: int | None = None, agency_id: int | None = None, count: int | None = None) -> None:
    """`what` is a kebab-case name such as "exported-people"; `count` how many people it concerned."""
    db.session.add(
        LogEntry(
            at=clock.now(),
            user_id=actor.user_id,
            actor=actor.name,
            what=what,
            institution_id=institution_id,
            agency_id=agency_id,
            count=count,
        )
    )
    db.session.flush()
