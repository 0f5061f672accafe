"""Tokens of channels that renew them with every use, as they are kept: sealed, so that nobody in here can read them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update

from app.domain.ladder import Channel
from app.extensions import db
from app.models import ChannelState
from app.services.inserting import insert_into


def kept(channel: Channel) -> bytes | None:
    """The channel's tokens, sealed."""
    return db.session.scalar(select(ChannelState.tokens).where(ChannelState.channel == channel))


def locked(channel: Channel) -> bytes | None:
    """The same, for one at a time: whoever asks next waits until this unit of work ends, and then sees what it has kept."""
    db.session.execute(insert_into(ChannelState).values(channel=channel).on_conflict_do_nothing())
    return db.session.scalar(select(ChannelState.tokens).where(ChannelState.channel == channel).with_for_update())


def keep(channel: Channel, sealed: bytes, until: datetime) -> None:
    """In place of those before. `until` is when they run out."""
    row = {"channel": channel, "tokens": sealed, "tokens_until": until}
    noted = insert_into(ChannelState).values(row)
    db.session.execute(noted.on_conflict_do_update(index_elements=["channel"], set_=row))


def replace(channel: Channel, sealed: bytes) -> None:
    """The same tokens, sealed anew."""
    mine = update(ChannelState).where(ChannelState.channel == channel).values(tokens=sealed)
    db.session.execute(mine.execution_options(synchronize_session=False))
