"""The sending loop: claim, look again, depart, send, keep what became of it.

The guarantee: a message is handed to its channel only after a commit that lets it depart, and departs again only after a certain "not
sent", so that nobody gets one twice, whatever is killed or runs twice; and nobody gets one who was done before it was claimed, because
the look comes after the claim's commit. Of what departed and has no answer nobody knows whether it left: it is shown, never sent again.

Each step is one unit of work: it keeps outcomes, lets the next messages depart and claims more. The channels work meanwhile.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from app import clock, transaction
from app.adapters.channels import Carrier
from app.domain.ladder import SENT_BY_US, Channel
from app.domain.nudge import Decision, Status, Why
from app.jobs import letters
from app.jobs.lanes import Lanes
from app.jobs.letters import Ready
from app.jobs.verdicts import Judge, Verdict, keep
from app.queries import nudge_health, second_look
from app.queries.nudge_health import Trouble
from app.queries.second_look import Claimed, Look
from app.services import sending
from app.services.sending import Held, Key

log = logging.getLogger(__name__)
T = TypeVar("T")
Looking = Callable[[Sequence[Claimed], frozenset[Channel], datetime], Sequence[Look]]

ENDING = threading.Event()  # set when the process is about to end: what has departed is waited for, nothing else goes
LOW = 6  # with fewer at hand, the next are claimed
LOOK_LASTS = 30.0  # seconds after which a message that could not depart yet is looked at again
PUZZLED = timedelta(hours=1)  # what can't be looked at or put into words, by a mistake of ours, is tried again then
PAUSES = (0.1, 0.5, 2.0, 8.0)  # between tries to get at a busy database


def send(carriers: Mapping[Channel, Carrier], until: float | None = None, look: Looking = second_look.look) -> Counter[Status]:
    """Send what may go, until nothing is left or the stopwatch (`time.monotonic`) passes `until`. Answers how many came to which status;
    PLANNED are those that go later."""
    run = _Run(carriers, until, look)
    try:
        while run.step():
            pass
    finally:
        run.end()
    return +run.became


@dataclass(frozen=True, slots=True)
class _Aside:
    """A claimed message that doesn't go, or with `not_before` not now."""

    key: Key
    why: Why | None
    not_before: datetime | None


@dataclass(frozen=True, slots=True)
class _Done:
    """What one unit of work did."""

    became: Counter[Status]
    going: tuple[Ready, ...]
    claimed: list[Held]


class _Run:
    """One sender's work. What it remembers changes only after the commit that makes it true."""

    def __init__(self, carriers: Mapping[Channel, Carrier], until: float | None, look: Looking) -> None:
        self.became: Counter[Status] = Counter()
        self._ways, self._until, self._look = frozenset(carriers), until, look
        self._lanes, self._judge = Lanes(carriers), Judge()
        self._ready: list[Ready] = []
        self._aside: list[_Aside] = []
        self._stops = False

    def step(self) -> bool:
        """Answers whether there may be more to do."""
        self._look_again([it for it in self._ready if _is_long_ago(it.looked_at)])
        aside = tuple(self._aside)
        arrived = self._lanes.arrived(waiting=not aside and not self._with_room())
        verdicts = [self._judge.verdict(departure, outcome) for departure, outcome in arrived]
        closed = {verdict.departure.channel for verdict in verdicts if verdict.closes}
        going = tuple(it for it in self._with_room() if it.departure.channel not in closed)
        leaving = {it.departure for it in going}
        wanted = 0 if self._is_over() or len(self._ready) - len(going) >= LOW else sending.BATCH
        done = _written(lambda: self._unit(verdicts, aside, going, wanted), lasting=bool(going))
        self._aside = []
        self._ready = [it for it in self._ready if it.departure not in leaving]
        self.became.update(done.became)
        for it in done.going:
            self._lanes.go(it.departure, it.letter)
        if closed:
            self._look_again(self._ready)
        if done.claimed:
            self._sort_out(done.claimed)
        return bool(self._lanes or self._aside or done.claimed or (self._ready and not self._is_over()))

    def end(self) -> None:
        """Wait for what is on its way and let go of the rest."""
        self._stops = True
        try:
            while self._lanes or self._aside:
                self.step()
            keys = [it.departure.key for it in self._ready]
            self._ready = []
            if keys:
                self.became[Status.PLANNED] += _written(lambda: sending.release(keys))
        finally:
            self._lanes.close()

    def _is_over(self) -> bool:
        return self._stops or ENDING.is_set() or (self._until is not None and time.monotonic() > self._until)

    def _look_again(self, long_ago: Sequence[Ready]) -> None:
        if long_ago and not self._is_over():
            self._ready = [it for it in self._ready if it not in long_ago]
            self._sort_out([it.held for it in long_ago])

    def _with_room(self) -> tuple[Ready, ...]:
        """The next messages for which their channels have room."""
        if self._is_over():
            return ()
        room = {channel: self._lanes.room(channel) for channel in self._ways}
        going = []
        for it in self._ready:
            if room[it.departure.channel] > 0:
                room[it.departure.channel] -= 1
                going.append(it)
        return tuple(going)

    def _unit(self, verdicts: Sequence[Verdict], aside: Sequence[_Aside], going: Sequence[Ready], wanted: int) -> _Done:
        became = keep(verdicts)
        became.update(status for it in aside if (status := _put_aside(it)))
        departed = list(zip(going, sending.depart([it.departure for it in going], self._judge.on_trial), strict=True))
        became[Status.PLANNED] += sum(why not in {None, Why.NO_ANSWER} for _, why in departed)
        claimed = sending.claim(wanted) if wanted else []
        return _Done(became, tuple(it for it, why in departed if why is None), claimed)

    def _sort_out(self, held: Sequence[Held]) -> None:
        """Look again, after the claim's commit: who goes, who waits, who is left out."""
        now = clock.now()
        with transaction.reading():
            troubles = nudge_health.troubles()
        looks = self._looks(held, now)
        looked_at = (time.monotonic(), clock.local(now).hour)
        self._judge.on_trial = frozenset(trouble.channel for trouble in troubles if trouble.is_over(now))
        closed = [trouble for trouble in troubles if not trouble.is_over(now)]
        for it in held:
            look = looks.get((it.key.campaign_id, it.key.id))
            ready = letters.ready(it, look, looked_at) if look and look.decision.goes else None
            if ready:
                self._ready.append(ready)
            elif look and not look.decision.goes:
                self._aside.append(_aside(it.key, look.decision, closed, now))
            else:
                self._aside.append(_Aside(it.key, None, now + PUZZLED))

    def _looks(self, held: Sequence[Held], now: datetime) -> dict[tuple[int, int], Look]:
        """One message over which the look stumbles must not keep all others back: it is found, told to the log, and waits."""
        try:
            with transaction.reading():
                found = self._look([it.nudge for it in held], self._ways, now)
        except Exception as error:
            if transaction.is_busy(error):
                raise
            if len(held) > 1:
                return {key: look for it in held for key, look in self._looks([it], now).items()}
            log.exception("nudge %s.%s can't be looked at", held[0].key.campaign_id, held[0].key.id)
            return {}
        return {(look.nudge.campaign_id, look.nudge.id): look for look in found}


def _is_long_ago(looked_at: tuple[float, int]) -> bool:
    """A look holds for some seconds, and within its hour of the day."""
    seconds, hour = looked_at
    return time.monotonic() - seconds > LOOK_LASTS or hour != clock.local(clock.now()).hour


def _aside(key: Key, decision: Decision, closed: Sequence[Trouble], now: datetime) -> _Aside:
    """What only waits for a channel that is in trouble is not left out."""
    if decision.why is Why.NO_CHANNEL:
        ways = decision.rung.channels if decision.rung else SENT_BY_US
        until = [trouble.until or now + nudge_health.PATIENCE for trouble in closed if trouble.channel in ways]
        if until:
            return _Aside(key, Why.TROUBLE, min(until))
    return _Aside(key, decision.why, decision.not_before)


def _put_aside(it: _Aside) -> Status | None:
    if it.not_before is not None:
        return Status.PLANNED if sending.put_back(it.key, it.not_before, it.why) else None
    return sending.leave_out(it.key, it.why or Why.NOT_DUE)


def _written(work: Callable[[], T], *, lasting: bool = False) -> T:
    """One unit of work, tried again while the database can't be had."""
    for pause in PAUSES:
        try:
            with transaction.writing(lasting=lasting):
                return work()
        except Exception as error:
            if not transaction.is_busy(error):
                raise
            time.sleep(pause)
    with transaction.writing(lasting=lasting):
        return work()
