"""What follows from a channel's answer: what is kept of the message, and whether the channel itself is to rest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import partial

from app import clock
from app.adapters.channels import Fault, NotSent, Outcome, Sent
from app.domain.deadlines import ONE_DAY
from app.domain.ladder import Channel
from app.domain.nudge import Status
from app.services import outcomes, troubles
from app.services.sending import Departure

IN_A_ROW = 5  # so many failures one after the other are the channel's, not the messages'
REST = timedelta(minutes=5)
OPERATOR_REST = timedelta(hours=1)
MORNING = time(6)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is to be kept of a message within the unit of work: that the channel has taken it, or what `keep` does. `closes` says that the
    channel is not used any more for a while, `opens` that its trouble is over."""

    departure: Departure
    taken: Sent | None = None
    keep: Callable[[], Status | None] | None = None
    closes: bool = False
    opens: bool = False


class Judge:
    """Remembers how each channel fared. A channel is `on_trial` after some trouble, until a message has gone through."""

    def __init__(self) -> None:
        self.on_trial: frozenset[Channel] = frozenset()
        self._failures: Counter[Channel] = Counter()

    def verdict(self, it: Departure, outcome: Outcome) -> Verdict:
        if isinstance(outcome, NotSent):
            return self._of_failure(it, outcome)
        self._failures[it.channel] = 0
        if not isinstance(outcome, Sent):
            return Verdict(it, keep=partial(outcomes.unknown, it, outcome.detail))
        opens = it.channel in self.on_trial
        self.on_trial -= {it.channel}
        return Verdict(it, outcome, opens=opens)

    def _of_failure(self, it: Departure, failure: NotSent) -> Verdict:
        """Failures that are the message's own, and those that are the channel's or become so by their number."""
        about_the_address = {
            Fault.BAD_ADDRESS: outcomes.bad_address,
            Fault.NO_ACCOUNT: outcomes.no_account,
            Fault.REFUSED: outcomes.refused,
        }
        if failure.fault in about_the_address:
            self._failures[it.channel] = 0
            return Verdict(it, keep=partial(about_the_address[failure.fault], it, failure.detail))
        self._failures[it.channel] += 1
        until = _opens_again(it, failure.fault)
        if failure.fault is Fault.OPERATOR or it.channel in self.on_trial or self._failures[it.channel] >= IN_A_ROW:
            return Verdict(it, keep=partial(outcomes.channel_failed, it, failure.detail, until), closes=True)
        if failure.fault is Fault.AGAIN:
            return Verdict(it, keep=partial(outcomes.failed_once, it, failure.detail))
        return Verdict(it, keep=partial(outcomes.closed_until, it, failure.detail, until))


def _opens_again(it: Departure, fault: Fault) -> datetime:
    """When a channel that fails so is tried again."""
    now = clock.local(clock.now())
    if fault is Fault.TOMORROW:
        return it.tomorrow()
    if fault is Fault.MORNING:
        return datetime.combine(now.date() + ONE_DAY * (now.time() >= MORNING), MORNING, clock.LOCAL)
    return now + (OPERATOR_REST if fault is Fault.OPERATOR else REST)


def keep(verdicts: Sequence[Verdict]) -> Counter[Status]:
    """Within a unit of work: keep what became of messages."""
    for channel in {verdict.departure.channel for verdict in verdicts if verdict.opens}:
        troubles.end(channel)
    kept: Counter[Status] = Counter()
    kept[Status.SENT] = outcomes.sent([(it.departure, it.taken.provider_id) for it in verdicts if it.taken])
    kept.update(status for it in verdicts if it.keep and (status := it.keep()))
    return kept
