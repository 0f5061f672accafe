"""Channels at work beside the database: each carrier has a thread and a place in front of it, so that neither waits for the other."""

from __future__ import annotations

import time
from collections.abc import Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait

from app.adapters.channels import Carrier, Letter, Outcome, Unknown
from app.domain.ladder import Channel
from app.services.sending import Departure

# What has departed and has no answer yet is unknown after a kill. So there is one message on its way and one behind it; only with a channel
# that takes them faster than the database notes them, as many as it takes meanwhile.
PLACES, MOST_PLACES = 2, 8
MEANWHILE = 0.04  # seconds


class Lanes:
    """What has departed and is not kept yet. Only messages that have departed may be handed to `go`."""

    def __init__(self, carriers: Mapping[Channel, Carrier]) -> None:
        self._carriers = carriers
        self._threads = {channel: ThreadPoolExecutor(1, f"send-{channel}") for channel in carriers}
        self._took = dict.fromkeys(carriers, 1.0)
        self._on_the_way: dict[Future[Outcome], Departure] = {}

    def __bool__(self) -> bool:
        return bool(self._on_the_way)

    def room(self, channel: Channel) -> int:
        if channel not in self._carriers:
            return 0
        places = max(PLACES, min(MOST_PLACES, int(MEANWHILE / self._took[channel])))
        return places - sum(departure.channel is channel for departure in self._on_the_way.values())

    def go(self, departure: Departure, letter: Letter) -> None:
        future = self._threads[departure.channel].submit(self._send, departure.channel, letter)
        self._on_the_way[future] = departure

    def arrived(self, *, waiting: bool) -> list[tuple[Departure, Outcome]]:
        """What has an outcome by now; if there is none yet and it is worth `waiting`, the next one."""
        if waiting and self._on_the_way:
            wait(self._on_the_way, return_when=FIRST_COMPLETED)
        done = [future for future in self._on_the_way if future.done()]
        return [(self._on_the_way.pop(future), _outcome(future)) for future in done]

    def _send(self, channel: Channel, letter: Letter) -> Outcome:
        start = time.perf_counter()
        try:
            return self._carriers[channel].send(letter)
        finally:
            self._took[channel] = max(time.perf_counter() - start, 0.001)

    def close(self) -> None:
        for thread in self._threads.values():
            thread.shutdown()
        for carrier in self._carriers.values():
            carrier.close()


def _outcome(future: Future[Outcome]) -> Outcome:
    """A carrier never raises. Where one does all the same, nobody knows how far it came."""
    try:
        return future.result()
    except Exception as error:
        return Unknown(type(error).__name__)
