"""Whether, when and how one message goes: the one function that planning, the look before sending and the preview share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from app.domain.deadlines import ONE_DAY
from app.domain.ladder import (
    ADDRESSED,
    ON_A_PHONE,
    Case,
    Channel,
    Course,
    Occasion,
    Receiver,
    Rung,
    by_urgency,
    common_occasion,
    counted_from,
    counted_occasion,
    inherits,
    is_for,
)

FIRST_HOUR, LAST_HOUR = 7, 21  # nothing before seven in the morning or after nine in the evening


class Status(StrEnum):
    """A nudge's way: planned → claimed → sent (→ delivered). A claim without a result is unknown, and is never sent again by itself."""

    PLANNED = "planned"
    CLAIMED = "claimed"
    SENT = "sent"
    DELIVERED = "delivered"
    FAILED = "failed"
    UNKNOWN = "unknown"
    LEFT_OUT = "left-out"
    OVERTAKEN = "overtaken"


class Why(StrEnum):
    """Why a message does not go, or not yet."""

    DONE = "done"
    NOT_DUE = "not-due"
    NO_LONGER_DUE = "no-longer-due"  # the deadline was moved, or it was missed for too long
    OVERTAKEN = "overtaken"
    PAUSED_CAMPAIGN = "paused-campaign"
    PAUSED_RUNG = "paused-rung"
    PAUSED_UNIT = "paused-unit"
    PAUSED_PERSON = "paused-person"
    NO_GUARDIAN = "no-guardian"  # none is known to whom a child's message could go
    NO_ADDRESS = "no-address"
    OPTED_OUT = "opted-out"
    UNREACHABLE = "unreachable"  # every address there is has come back or refused
    NO_CHANNEL = "no-channel"  # there are addresses, but no way to any of them has been set up
    QUIET = "quiet"
    ONE_A_DAY = "one-a-day"
    NOT_SENT = "not-sent"  # it was tried as often as makes sense, and surely never left
    REFUSED = "refused"
    TROUBLE = "trouble"  # the channel itself can't be used: the operator has to do something
    NO_ANSWER = "no-answer"  # claimed, and nobody knows what became of it


# A later look may find these gone, and then the message goes after all.
PASSING = frozenset(
    {
        Why.PAUSED_CAMPAIGN,
        Why.PAUSED_RUNG,
        Why.PAUSED_UNIT,
        Why.PAUSED_PERSON,
        Why.NO_GUARDIAN,
        Why.NO_ADDRESS,
        Why.NO_CHANNEL,
        Why.OPTED_OUT,
        Why.UNREACHABLE,
    }
)


class AddressState(StrEnum):
    NONE = "none"
    GOOD = "good"
    DEAD = "dead"
    OPTED_OUT = "opted-out"


@dataclass(frozen=True, slots=True)
class Hours:
    """When messages may go: from `first` to before `last` o'clock, local time."""

    first: int = FIRST_HOUR
    last: int = LAST_HOUR


@dataclass(frozen=True, slots=True, eq=False)
class Terms:
    """A campaign's ladder and rules, one object for one look (what is worked out of it is kept by the object). `ways` are the channels that
    have been set up; those that are in trouble are not among them."""

    rungs: tuple[Rung, ...]
    course: Course
    hours: Hours = Hours()
    is_paused: bool = False
    ways: frozenset[Channel] = frozenset(Channel)


class Reach(NamedTuple):
    """How a receiver can be reached. `paused` is PAUSED_UNIT or PAUSED_PERSON, or None; `tried` are channels that have failed already for
    this message; `nobody` that there is no receiver at all."""

    phone: AddressState = AddressState.NONE
    email: AddressState = AddressState.NONE
    paused: Why | None = None
    tried: frozenset[Channel] = frozenset()
    nobody: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """`occasion` is the rung that comes, None where none does; `channel` is set when it goes. `overtaken` are rungs that will not go any
    more. With a `why` it does not go; with `not_before` as well it goes later."""

    rung: Rung | None
    occasion: Occasion | None
    channel: Channel | None
    why: Why | None
    not_before: datetime | None = None
    overtaken: tuple[Occasion, ...] = ()

    @property
    def goes(self) -> bool:
        return self.why is None


NOT_DUE = Decision(None, None, None, Why.NOT_DUE)
DONE = Decision(None, None, None, Why.DONE)
NO_LONGER_DUE = Decision(None, None, None, Why.NO_LONGER_DUE)


def decide(
    terms: Terms,
    cases: Sequence[Case],
    reach: Reach,
    handled: frozenset[tuple[int, date]],
    now: datetime,
    *,
    now_on: Occasion | None = None,
    since: date | None = None,
) -> Decision:
    """What goes to one receiver at the local time `now` about `cases`; without any, all are done.

    `handled` are the occasions (rung, day counted from) that this receiver has had or that were overtaken. With `now_on` the question is
    whether that planned occasion still goes: not when all are done, and not when a more urgent one has come. With `since` (a look ahead)
    occasions of earlier days are taken for gone.
    """
    alike = tuple(cases) if _is_narrowed(terms) else tuple(Case._make((0, None, *case[2:])) for case in cases)
    return _decide(terms, alike, reach, handled, now, now_on, since)


@lru_cache(maxsize=100)
def _is_narrowed(terms: Terms) -> bool:
    """Whether it matters where somebody is: else many stand alike, and are decided once."""
    return any(rung.institution_id is not None or rung.unit_id is not None for rung in terms.rungs)


@lru_cache(maxsize=20_000)
def _decide(
    terms: Terms,
    cases: tuple[Case, ...],
    reach: Reach,
    handled: frozenset[tuple[int, date]],
    now: datetime,
    now_on: Occasion | None,
    since: date | None,
) -> Decision:
    found = _due(terms, cases, now.date())
    if since is not None:
        found = [pair for pair in found if pair[1].goes_on >= since]
    if now_on is not None and all(it.key != now_on.key for _, it in found):
        return DONE if _means_nobody(terms, now_on, cases) else NO_LONGER_DUE
    fresh = [(rung, it) for rung, it in found if it.key not in handled]
    if not fresh:
        return NOT_DUE
    going = [pair for pair in fresh if not pair[0].is_paused]
    rung, first = (going or fresh)[0]
    overtaken = tuple(it for other, it in fresh if it.key != first.key and it.goes_on <= first.goes_on and not other.is_paused)
    if now_on is not None and rung.id != now_on.rung_id:
        return Decision(rung, first, None, Why.OVERTAKEN)
    way = Why.PAUSED_CAMPAIGN if terms.is_paused else Why.PAUSED_RUNG if rung.is_paused else way_to(rung.channels, reach, terms.ways)
    if isinstance(way, Why):
        return Decision(rung, first, None, way, None, overtaken)
    later = next_opening(terms, now)
    return Decision(rung, first, way, Why.QUIET if later > now else None, later if later > now else None, overtaken)


def _means_nobody(terms: Terms, it: Occasion, cases: Sequence[Case]) -> bool:
    """The rung is still there, but nobody of these stands as it asks for any more."""
    rungs = [rung for rung in terms.rungs if rung.id == it.rung_id]
    return bool(rungs) and not any(is_for(rung, case) for rung in rungs for case in cases)


@lru_cache(maxsize=50_000)
def _due_for(terms: Terms, case: Case, today: date) -> tuple[tuple[Rung, Occasion], ...]:
    found = []
    for place, rung in enumerate(terms.rungs):
        if is_for(rung, case):
            it = _comes(terms, place, None if rung.is_common else counted_from(rung, case), today)
            if it is not None and inherits(case, it):
                found.append((rung, it))
    return tuple(found)


@lru_cache(maxsize=20_000)
def _comes(terms: Terms, place: int, on: date | None, today: date) -> Occasion | None:
    rung = terms.rungs[place]
    return common_occasion(rung, terms.course, today) if rung.is_common else counted_occasion(rung, on, terms.course, today)


def _due(terms: Terms, cases: tuple[Case, ...], today: date) -> list[tuple[Rung, Occasion]]:
    """The rungs that have come for any of the cases, the most urgent first; of one rung, its latest occasion."""
    found: dict[int, tuple[Rung, Occasion]] = {}
    for case in cases:
        for rung, it in _due_for(terms, case, today):
            if rung.id not in found or found[rung.id][1].on < it.on:
                found[rung.id] = (rung, it)
    return by_urgency(list(found.values()))


@lru_cache(maxsize=10_000)
def way_to(channels: tuple[Channel, ...], reach: Reach, ways: frozenset[Channel]) -> Channel | Why:
    """The first of a rung's channels by which the receiver can be reached, or why there is none."""
    if reach.nobody:
        return Why.NO_GUARDIAN
    if reach.paused:
        return reach.paused
    states = {channel: reach.phone if channel in ON_A_PHONE else reach.email for channel in channels}
    open_ways = [c for c, state in states.items() if state is AddressState.GOOD and c not in reach.tried]
    for channel in open_ways:
        if channel in ways:
            return channel
    if open_ways:
        return Why.NO_CHANNEL
    return _worst(states, reach.tried)


def _worst(states: Mapping[Channel, AddressState], tried: frozenset[Channel]) -> Why:
    found = set(states.values())
    if AddressState.OPTED_OUT in found:
        return Why.OPTED_OUT
    if AddressState.DEAD in found or tried:
        return Why.UNREACHABLE
    return Why.NO_ADDRESS


def next_opening(terms: Terms, now: datetime) -> datetime:
    """`now` where messages may go, else the next local time at which they may."""
    day, hours = now.date(), terms.hours
    if now.hour >= hours.last:
        day += ONE_DAY
    while terms.course.is_quiet(day):
        day += ONE_DAY
    opening = datetime.combine(day, time(hours.first), now.tzinfo)
    return max(now, opening)


def tomorrow_at(terms: Terms, now: datetime) -> datetime:
    """When a message that may not go any more today can go."""
    return next_opening(terms, datetime.combine(now.date() + ONE_DAY, time(terms.hours.first), now.tzinfo))


def upcoming(
    terms: Terms, cases: Sequence[Case], handled: frozenset[tuple[int, date]], today: date, days: int = 400
) -> tuple[Rung, Occasion] | None:
    """The rung that comes next for these registrations as they stand today, today's included: what a message sent by hand counts as."""
    for ahead in range(days):
        day = today + timedelta(days=ahead)
        if day > terms.course.deadline.last_day + timedelta(days=60):
            return None
        for rung, it in _due(terms, tuple(cases), day):
            if it.key not in handled and not rung.is_paused:
                return rung, it
    return None


def is_capped(receiver: Receiver, channel: Channel) -> bool:
    """At most one message a day goes to one phone, over all campaigns; and to one mailbox, except for digests of work."""
    return channel in ON_A_PHONE or receiver in ADDRESSED
