"""A channel's time, given to senders bit by bit, so that all of them together keep its pace."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select, update

from app import clock
from app.domain.ladder import Channel
from app.extensions import db
from app.models import ChannelState
from app.services.inserting import insert_into


def book(channel: Channel, lasting: timedelta) -> datetime:
    """From when so much of the channel's time is the caller's: at once, or when what others have booked is over. Who asks next waits
    until this unit of work ends."""
    db.session.execute(insert_into(ChannelState).values(channel=channel).on_conflict_do_nothing())
    mine = ChannelState.channel == channel
    taken = db.session.scalar(select(ChannelState.booked_until).where(mine).with_for_update())
    now = clock.really_now()
    start = max(taken or now, now)
    db.session.execute(update(ChannelState).where(mine).values(booked_until=start + lasting).execution_options(synchronize_session=False))
    return start
