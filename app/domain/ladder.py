"""A campaign's ladder: for whom each rung is, and on which day it comes for one registration.

A rung's day is counted from the campaign's deadline (the date the letter names), from something that has happened to the registration, or
it is a day of each week. A day on which nothing may go is moved to the next one that is not quiet; where that would be past the deadline,
to the last one before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from app.domain.deadlines import ONE_DAY, Deadline, IsWorkday
from app.domain.next_steps import months_later
from app.domain.registration import State
from app.domain.standing import Goal, Standing
from app.domain.track import Track

LATE_DAYS = 14  # a rung that could not go (an outage) is made up for within so many days, later it says nothing useful


class Anchor(StrEnum):
    """What a rung's day is counted from; WEEKDAY: `distance` is the day of the week, 1 = Monday to 7."""

    DEADLINE = "deadline"
    DECLARED = "declared"
    REJECTED = "rejected"
    GRANTED = "granted"
    PASSWORD_CHANGED = "password-changed"
    WEEKDAY = "weekday"


class Measure(StrEnum):
    DAYS = "days"
    WORKDAYS = "workdays"
    MONTHS = "months"


class Receiver(StrEnum):
    """To whom a rung speaks. Who registers for themselves is told as PERSON; what a child needs, and what a guardian needs first, is told
    to the GUARDIAN; the others get a digest with counts."""

    PERSON = "person"
    GUARDIAN = "guardian"
    UNIT_LEAD = "unit-lead"
    COORDINATOR = "coordinator"
    HEAD = "head"
    OFFICER = "officer"


class Channel(StrEnum):
    """How a message leaves. PASTE and SLIP are handed out by people and only noted."""

    EMAIL = "email"
    ZALO = "zalo"
    SMS = "sms"
    PASTE = "paste"
    SLIP = "slip"


ADDRESSED = frozenset({Receiver.PERSON, Receiver.GUARDIAN})
DIGESTED = frozenset(Receiver) - ADDRESSED
SENT_BY_US = (Channel.EMAIL, Channel.ZALO, Channel.SMS)
ON_A_PHONE = frozenset({Channel.ZALO, Channel.SMS})
# Who stands so has something to do; who waits for the office has not.
TO_ACT = frozenset(Standing) - {Standing.DONE, Standing.EXCLUDED, Standing.WAITING, Standing.WAITING_LONG}
NOT_DONE = frozenset(Standing) - {Standing.DONE, Standing.EXCLUDED}


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of a ladder. `distance` is in `measure`, negative before the anchor. `standings` empty means whoever is not done; a rung
    after the password's change also reaches who is done. `institution_id` and `unit_id` narrow it to one place; `text_id` is a text of the
    campaign's own, None the text that comes with the program."""

    id: int
    anchor: Anchor
    distance: int
    measure: Measure = Measure.DAYS
    standings: frozenset[Standing] = frozenset()
    track: Track | None = None
    institution_id: int | None = None
    unit_id: int | None = None
    receivers: frozenset[Receiver] = ADDRESSED
    channels: tuple[Channel, ...] = SENT_BY_US
    text_id: int | None = None
    is_paused: bool = False

    @property
    def is_common(self) -> bool:
        """Its day is the same for everybody."""
        return self.anchor in {Anchor.DEADLINE, Anchor.WEEKDAY}


@dataclass(frozen=True, slots=True)
class Course:
    """The campaign's dates and calendar. `is_quiet` tells the days on which nothing goes."""

    starts_on: date
    deadline: Deadline
    is_workday: IsWorkday
    is_quiet: Callable[[date], bool]


class Case(NamedTuple):
    """One registration as the ladder sees it. `opened_on` is None where it was there from the start; `renewal` that an account's password
    is due to be changed; `is_own` that a guardian's own account is meant, on which a child waits.
    A digest is a case as well, of whoever is told (`digest`); the registrations it counts are not looked at."""

    institution_id: int
    unit_id: int | None
    track: Track
    state: State
    standing: Standing
    opened_on: date | None = None
    declared_on: date | None = None
    rejected_on: date | None = None
    granted_on: date | None = None
    password_on: date | None = None
    is_own: bool = False
    digest: Receiver | None = None

    @property
    def receiver(self) -> Receiver:
        if self.digest is not None:
            return self.digest
        return Receiver.GUARDIAN if self.is_own or self.track is Track.GUARDIAN else Receiver.PERSON


@dataclass(frozen=True, slots=True)
class Occasion:
    """One time that a rung comes: `on` is the day it is counted from (the deadline, the fact's date; of a weekly rung the day itself), so a
    moved deadline or a second attempt is another occasion. `goes_on` is the day it goes."""

    rung_id: int
    on: date
    goes_on: date

    @property
    def key(self) -> tuple[int, date]:
        return (self.rung_id, self.on)


_FACTS = {
    Anchor.DECLARED: "declared_on",
    Anchor.REJECTED: "rejected_on",
    Anchor.GRANTED: "granted_on",
    Anchor.PASSWORD_CHANGED: "password_on",
}
_RANKS = {Anchor.WEEKDAY: 0, Anchor.DEADLINE: 1}  # what has happened to a registration presses more than a common day


def is_for(rung: Rung, case: Case) -> bool:
    """Whether the rung means this registration as it stands."""
    if rung.institution_id not in {None, case.institution_id} or rung.unit_id not in {None, case.unit_id}:
        return False
    if case.receiver not in rung.receivers:
        return False
    if case.digest is not None:
        return rung.is_common
    if rung.track not in {None, case.track}:
        return False
    if rung.anchor is Anchor.PASSWORD_CHANGED:
        return case.state is State.IN_USE
    if rung.standings and case.state is State.FORM_RECEIVED and case.standing is Standing.PAPER_DUE:
        return False  # the institution has the form: the person can't do more
    return case.standing in (rung.standings or NOT_DONE)


def occasion(rung: Rung, case: Case, course: Course, today: date) -> Occasion | None:
    """The rung's latest occasion for this registration up to `today`, None where it has none yet. Who joined after its day doesn't inherit
    it; and what was missed for long, or would remind of a deadline that is over, is not made up for."""
    found = common_occasion(rung, course, today) if rung.is_common else counted_occasion(rung, counted_from(rung, case), course, today)
    return found if found is not None and inherits(case, found) else None


def inherits(case: Case, found: Occasion) -> bool:
    """Whether the registration was there on the rung's day."""
    return case.opened_on is None or case.opened_on <= found.goes_on


def counted_from(rung: Rung, case: Case) -> date | None:
    """The day on which happened what the rung is counted from."""
    on: date | None = getattr(case, _FACTS[rung.anchor])
    return on


def counted_occasion(rung: Rung, on: date | None, course: Course, today: date) -> Occasion | None:
    """The occasion of a rung that is counted from what happened on a day, where it has come and may still be made up for."""
    if on is None:
        return None
    found = Occasion(rung.id, on, goes_on(rung, on, course))
    return found if _is_in_time(found, today) else None


def common_occasion(rung: Rung, course: Course, today: date) -> Occasion | None:
    """The latest occasion of a rung whose day is the same for everybody, where it may still be made up for today."""
    if _is_before_deadline(rung) and today > course.deadline.last_day:
        return None
    if rung.anchor is Anchor.WEEKDAY:
        return _latest_weekly(rung, course, today)
    found = Occasion(rung.id, course.deadline.on, goes_on(rung, course.deadline.on, course))
    return found if _is_in_time(found, today) else None


def facts_between(rung: Rung, course: Course, today: date) -> tuple[date, date] | None:
    """For a rung counted from something that has happened: from which to which day that must have been for the rung to come today."""
    least, most = {Measure.DAYS: (1, 1), Measure.WORKDAYS: (1, 2), Measure.MONTHS: (28, 31)}[rung.measure]
    back = range(rung.distance * least, rung.distance * most + LATE_DAYS + 45)
    days = (today - timedelta(days=days) for days in back)
    found = [day for day in days if goes_on(rung, day, course) <= today <= goes_on(rung, day, course) + timedelta(days=LATE_DAYS)]
    return (found[-1], found[0]) if found else None


def fact_of(rung: Rung) -> str:
    """The date of a `Case` that such a rung is counted from."""
    return _FACTS[rung.anchor]


def _is_in_time(found: Occasion, today: date) -> bool:
    return found.goes_on <= today <= found.goes_on + timedelta(days=LATE_DAYS)


def _latest_weekly(rung: Rung, course: Course, today: date) -> Occasion | None:
    """The rhythm runs from the campaign's start to its deadline."""
    days = (today - timedelta(days=back) for back in range(LATE_DAYS))
    for day in days:
        if day.isoweekday() == rung.distance and course.starts_on <= day <= course.deadline.last_day:
            went = goes_on(rung, day, course)
            if went <= today:
                return Occasion(rung.id, day, went)
    return None


def goes_on(rung: Rung, on: date, course: Course) -> date:
    """The day on which a rung counted from `on` goes."""
    day = on if rung.anchor is Anchor.WEEKDAY else _counted(rung, on, course.is_workday)
    later = next(_days(day, ONE_DAY, course.is_quiet))
    if not _is_before_deadline(rung) or later <= course.deadline.last_day:
        return later
    return next(_days(day, -ONE_DAY, course.is_quiet))


def _is_before_deadline(rung: Rung) -> bool:
    return rung.anchor is Anchor.WEEKDAY or (rung.anchor is Anchor.DEADLINE and rung.distance <= 0)


def _counted(rung: Rung, on: date, is_workday: IsWorkday) -> date:
    if rung.measure is Measure.MONTHS:
        return months_later(on, rung.distance)
    if rung.measure is Measure.DAYS:
        return on + timedelta(days=rung.distance)
    step, left, day = (ONE_DAY if rung.distance > 0 else -ONE_DAY), abs(rung.distance), on
    while left:
        day += step
        left -= is_workday(day)
    return day


def _days(first: date, step: timedelta, is_quiet: Callable[[date], bool]) -> Iterator[date]:
    day = first
    while True:
        if not is_quiet(day):
            yield day
        day += step


def by_urgency(found: list[tuple[Rung, Occasion]]) -> list[tuple[Rung, Occasion]]:
    """The most urgent first: the one whose day came last stands nearest to what has to be done."""
    return sorted(found, key=lambda pair: (pair[1].goes_on, _RANKS.get(pair[0].anchor, 2), pair[1].on, pair[0].id), reverse=True)


def ready_made(goal: Goal, *, has_paper: bool) -> tuple[Rung, ...]:
    """The ladder that a new campaign begins with; ids are 0."""
    everybody = frozenset({Receiver.PERSON, Receiver.GUARDIAN})
    staff = frozenset({Receiver.UNIT_LEAD, Receiver.COORDINATOR})
    rungs = [Rung(0, Anchor.DEADLINE, -days, standings=TO_ACT, receivers=everybody) for days in (21, 14)]
    rungs.append(Rung(0, Anchor.DEADLINE, -7, receivers=everybody))
    rungs += [Rung(0, Anchor.DEADLINE, -days, standings=TO_ACT, receivers=everybody) for days in (3, 1)]
    rungs.append(Rung(0, Anchor.DEADLINE, 1, standings=TO_ACT, receivers=everybody))
    if has_paper:
        rungs += [Rung(0, Anchor.DECLARED, days, standings=frozenset({Standing.PAPER_DUE}), receivers=everybody) for days in (5, 8)]
    rungs += [Rung(0, Anchor.REJECTED, days, standings=frozenset({Standing.TO_FIX}), receivers=everybody) for days in (0, 2)]
    if goal is Goal.IN_USE:
        rungs.append(Rung(0, Anchor.GRANTED, 3, standings=frozenset({Standing.TO_SIGN_IN}), receivers=everybody))
        rungs.append(Rung(0, Anchor.PASSWORD_CHANGED, 6, Measure.MONTHS, receivers=everybody))
    rungs.append(Rung(0, Anchor.WEEKDAY, 1, receivers=staff, channels=(Channel.EMAIL,)))
    rungs.append(Rung(0, Anchor.DEADLINE, -7, receivers=frozenset({Receiver.HEAD}), channels=(Channel.EMAIL,)))
    rungs.append(Rung(0, Anchor.DEADLINE, -3, receivers=frozenset({Receiver.OFFICER}), channels=(Channel.EMAIL,)))
    return tuple(rungs)
