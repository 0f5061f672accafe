"""How fast one sender hands messages to a channel: never more in a second than the channel takes."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Lock

from app.adapters.channels import Carrier, Letter, Outcome
from app.domain.ladder import Channel


class Pacer:
    """Lets pass so many a second, evenly; 0 for as many as come. May be shared by threads; every process has its own."""

    __slots__ = ("_gap", "_lock", "_next", "_now", "_sleep")

    def __init__(self, per_second: float, now: Callable[[], float] = time.monotonic, sleep: Callable[[float], object] = time.sleep) -> None:
        self._gap = 1 / per_second if per_second > 0 else 0.0
        self._now, self._sleep = now, sleep
        self._next, self._lock = now(), Lock()

    def wait(self) -> None:
        """Until it is the next message's turn. Time in which nothing was sent is not saved up."""
        if not self._gap:
            return
        with self._lock:
            now = self._now()
            turn = max(self._next, now)
            self._next = turn + self._gap
        if turn > now:
            self._sleep(turn - now)


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
