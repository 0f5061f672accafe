"""The time of channels, for all senders: booked in the database, by the clock on the wall, whatever day it is told to be (`--now`)."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

from sqlalchemy.exc import SQLAlchemyError

from app import clock, transaction
from app.domain.ladder import Channel
from app.services import turns

log = logging.getLogger(__name__)


class KeptTurns:
    """`app.adapters.pacing.Booking` for each channel. `context` gives each call an application context, because carriers work in threads
    of their own."""

    def __init__(self, context: Callable[[], AbstractContextManager[object]]) -> None:
        self._context = context

    def book(self, channel: Channel, seconds: float) -> float:
        """Where the database can't be had, the caller keeps the pace alone: the message has departed, and waits for nothing longer."""
        with self._context():
            try:
                with transaction.writing():
                    begins = turns.book(channel, timedelta(seconds=seconds))
                return max(0.0, (begins - clock.really_now()).total_seconds())
            except SQLAlchemyError as error:
                if not transaction.is_busy(error):
                    raise
                log.warning("the time of channel %s could not be booked: the database is busy", channel)
                return 0.0
