"""Channels that can't be used for a while: what is noted of the trouble, the one message that tries again, and how it ends."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, update

from app import clock
from app.domain.ladder import Channel
from app.domain.nudge import Status, Why
from app.extensions import db
from app.models import ChannelState, Nudge
from app.services.inserting import insert_into


def begin(channel: Channel, detail: str, until: datetime) -> None:
    """The channel is not used until then; afterwards one message tries it."""
    row = {"channel": channel, "trouble": detail[:120], "trouble_at": clock.now(), "until": until}
    noted = insert_into(ChannelState).values(row)
    db.session.execute(noted.on_conflict_do_update(index_elements=["channel"], set_=row))


def take_trial(channel: Channel, until: datetime) -> bool:
    """Whether this message is the one that tries a channel whose time is over; until `until` no other does. True as well where there is
    no trouble any more."""
    state = db.session.get(ChannelState, channel, populate_existing=True)
    if state is None or state.trouble is None:
        return True
    mine = ChannelState.channel == channel, ChannelState.trouble.is_not(None), ChannelState.until <= clock.now()
    return _changed(update(ChannelState).where(*mine).values(until=until))


def end(channel: Channel) -> bool:
    """The channel works again: what has waited for it goes now. False where it was in no trouble."""
    mine = ChannelState.channel == channel, ChannelState.trouble.is_not(None)
    if not _changed(update(ChannelState).where(*mine).values(trouble=None, trouble_at=None, until=None)):
        return False
    now = clock.now()
    waiting = Nudge.status == Status.PLANNED, Nudge.why == Why.TROUBLE, Nudge.not_before > now
    db.session.execute(update(Nudge).where(*waiting).values(not_before=now, why=None).execution_options(synchronize_session=False))
    return True


def _changed(statement: Any) -> bool:
    done = db.session.execute(statement.execution_options(synchronize_session=False))
    return cast("CursorResult[Any]", done).rowcount > 0
