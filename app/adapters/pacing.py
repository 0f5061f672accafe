"""How fast messages are handed to a channel: never more in a second than the channel takes, from all senders together."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Lock

from app.adapters.channels import Carrier, Letter, Outcome
from app.domain.ladder import Channel

Booking = Callable[[float], float]
"""From how many seconds of a channel's time somebody wants to how many seconds from now they begin; nobody else is given the same."""

_SLACK = 1e-4  # an instant is kept to the microsecond


class Pacer:
    """Lets pass so many a second, evenly; 0 for as many as come. The channel's time is booked with `book`, a second or one message's gap at
    once, so all who book at one place keep the pace together. May be shared by threads."""

    __slots__ = ("_book", "_end", "_gap", "_lock", "_next", "_now", "_sleep", "_window")

    def __init__(
        self,
        per_second: float,
        book: Booking,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], object] = time.sleep,
    ) -> None:
        self._gap = 1 / per_second if per_second > 0 else 0.0
        self._window = max(1, int(per_second)) * self._gap
        self._book, self._now, self._sleep = book, now, sleep
        self._next = self._end = now()
        self._lock = Lock()

    def wait(self) -> None:
        """Until it is the next message's turn. Time in which nothing was sent is not saved up."""
        if not self._gap:
            return
        with self._lock:
            turn = max(self._next, self._now())
            if turn + self._gap > self._end + _SLACK:
                turn = self._now() + self._book(self._window)
                self._end = turn + self._window
            self._next = turn + self._gap
        left = turn - self._now()
        if left > 0:
            self._sleep(left)


class PacedCarrier:
    """A carrier that is given no more than its channel takes."""

    def __init__(self, carrier: Carrier, pacer: Pacer) -> None:
        self._carrier, self._pacer = carrier, pacer

    @property
    def channel(self) -> Channel:
        return self._carrier.channel

    def send(self, letter: Letter) -> Outcome:
        self._pacer.wait()
        return self._carrier.send(letter)

    def close(self) -> None:
        self._carrier.close()
