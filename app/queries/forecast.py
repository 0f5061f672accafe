"""What goes out on a day: how many messages by rung, receiver and channel, and who is left out and why.

Decided by the same function as the planning itself (`app.domain.nudge.decide`), on how everybody stands today.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import NamedTuple

from sqlalchemy import and_, func, select

from app import clock
from app.domain.ladder import DIGESTED, Channel, Receiver, Rung
from app.domain.nudge import Decision, Status, Terms, Why, decide
from app.domain.scope import CampaignScope
from app.extensions import db
from app.models import Nudge
from app.queries import digests, due, ladders
from app.queries.addressees import Addressee, receivers_of
from app.queries.campaigns import CampaignView
from app.queries.digests import Answerable, Counts
from app.queries.holds import Holds
from app.queries.ladders import rungs_of
from app.queries.nudge_cases import members, of_people
from app.queries.speeches import speeches
from app.queries.where import EVERYWHERE, Where, of_day
from app.texts.speech import Speech


@dataclass(frozen=True, slots=True)
class Line:
    """Messages of one rung (None: sent by hand when none was left) to one kind of receiver by one channel; `people` are those they speak
    of."""

    rung: Rung | None
    receiver: Receiver
    channel: Channel
    messages: int
    people: int


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Receivers whom a rung means but does not reach."""

    rung: Rung | None
    why: Why
    receivers: int


class Place(NamedTuple):
    """How many messages are an institution's, and how many of its receivers are left out."""

    messages: int
    left_out: int


@dataclass(frozen=True, slots=True)
class Forecast:
    """`is_quiet` says that nothing goes on the day; what would have, goes on the next that is not quiet. `places` are counts by
    institution; under None those who answer for several."""

    on: date
    is_quiet: bool
    is_paused: bool
    lines: tuple[Line, ...]
    left_out: tuple[LeftOut, ...]
    places: Mapping[int | None, Place]

    @property
    def messages(self) -> int:
        return sum(line.messages for line in self.lines)


# By institution (None: an officer's digest of several), rung (0: none), receiver, and the channel, or why there is none.
Counted = Counter[tuple[int | None, int, Receiver, Channel | Why]]


def forecast(view: CampaignView, ways: frozenset[Channel], on: date, where: Where = EVERYWHERE) -> Forecast:
    """Of a day past what was sent; of today what went, waits and will come; of a day to come what would go if nobody moved."""
    messages: Counted = Counter()
    people: Counted = Counter()
    _count_rows(messages, people, view, on, where)
    terms = ladders.terms(view, ways)
    if on >= clock.today():
        for institution_id, receiver, spoken_of, decision in _decisions(view, terms, on, where):
            how = decision.channel or decision.why
            if decision.occasion is not None and how is not None:
                key = (institution_id, decision.occasion.rung_id, receiver, how)
                messages[key] += 1
                people[key] += spoken_of
    rungs = rungs_of(view.id)
    return Forecast(
        on,
        terms.course.is_quiet(on),
        terms.is_paused,
        _lines(messages, people, rungs),
        _left_out(messages, rungs),
        _places(messages),
    )


def _lines(messages: Counted, people: Counted, rungs: Mapping[int, Rung]) -> tuple[Line, ...]:
    totals: dict[tuple[int, Receiver, Channel], tuple[int, int]] = defaultdict(lambda: (0, 0))
    for key, number in messages.items():
        _, rung_id, receiver, how = key
        if isinstance(how, Channel):
            so_far = totals[rung_id, receiver, how]
            totals[rung_id, receiver, how] = (so_far[0] + number, so_far[1] + people[key])
    lines = (Line(rungs.get(rung_id), receiver, how, *counts) for (rung_id, receiver, how), counts in totals.items())
    return tuple(sorted(lines, key=lambda line: (-line.messages, line.rung.id if line.rung else 0, line.channel)))


def _left_out(messages: Counted, rungs: Mapping[int, Rung]) -> tuple[LeftOut, ...]:
    totals: Counter[tuple[int, Why]] = Counter()
    for (_, rung_id, _, how), number in messages.items():
        if isinstance(how, Why):
            totals[rung_id, how] += number
    return tuple(LeftOut(rungs.get(rung_id), why, number) for (rung_id, why), number in totals.most_common())


def _places(messages: Counted) -> Mapping[int | None, Place]:
    found: dict[int | None, Place] = defaultdict(lambda: Place(0, 0))
    for (institution_id, _, _, how), number in messages.items():
        so_far, goes = found[institution_id], isinstance(how, Channel)
        found[institution_id] = Place(so_far.messages + number * goes, so_far.left_out + number * (not goes))
    return dict(found)


def speech_for(scope: CampaignScope, view: CampaignView, person_id: int) -> Speech | None:
    """What this person, or the guardian of this child, would be told today; None where there is nothing to say."""
    found = receivers_of(view, of_people(scope, view, [person_id]))
    return next(iter(speeches(view, found).values()), None)


def noon(on: date) -> datetime:
    """Hours don't matter where a whole day is looked at."""
    return datetime.combine(on, time(12), clock.LOCAL)


def _decisions(view: CampaignView, terms: Terms, on: date, where: Where) -> Iterator[tuple[int | None, Receiver, int, Decision]]:
    """Each receiver with the institution and how many people are spoken of."""
    for addressee, decision in to_people(view, terms, on, where):
        guards = addressee.reach.nobody or bool(addressee.people)
        yield addressee.institution_id, (Receiver.GUARDIAN if guards else Receiver.PERSON), len(addressee.people) or 1, decision
    for person, _, decision in to_staff(view, terms, on, where):
        yield person.institution_id, person.receiver, 1, decision


def to_people(view: CampaignView, terms: Terms, on: date, where: Where, *, anew: bool = False) -> Iterator[tuple[Addressee, Decision]]:
    """Those for whom a rung comes and who have no row of it yet; `anew` also those who have."""
    since = _since(on)
    with clock.set_to(noon(on)):
        marks = {} if anew else due.marks(view.id)
        condition = due.condition(view, due.still_to_plan(terms, on, marks), on, marks)
        if condition is None:
            return
        found = receivers_of(view, members(view, and_(condition, where.of_registrations())))
        had = due.had_by_people(view.id, terms.rungs, [(it.institution_id, it.person_id) for it in found])
    nothing: due.Had = {}
    for addressee in found:
        theirs = nothing if anew else had.get((addressee.institution_id, addressee.person_id), nothing)
        yield addressee, decide(terms, addressee.cases, addressee.reach, frozenset(theirs), noon(on), since=since)


def to_staff(
    view: CampaignView, terms: Terms, on: date, where: Where, *, anew: bool = False
) -> Iterator[tuple[Answerable, Counts, Decision]]:
    """Those who are told counts on a day, with these. Officers answer for several institutions, so no part of a campaign shows them."""
    receivers = frozenset().union(*(rung.receivers for rung in terms.rungs if rung.is_common)) & DIGESTED
    if where != EVERYWHERE:
        receivers -= {Receiver.OFFICER}
    if not receivers or where.unit_ids is not None:
        return
    since = _since(on)
    with clock.set_to(noon(on)):
        people = digests.answerable(view, receivers, where.institutions())
        counted = digests.counts_of(view, people)
        had = due.had_by_staff(view.id, terms.rungs)
        holds = Holds(view).learn()
    for person, counts in zip(people, counted, strict=True):
        theirs = {} if anew else had.get((person.receiver, person.institution_id, person.user_id), {})
        cases = digests.case_of(person) if counts.left else ()
        yield person, counts, decide(terms, cases, digests.reach_of(holds, person), frozenset(theirs), noon(on), since=since)


def _since(on: date) -> date | None:
    """Of a day to come only what is due on it: what is due before will have gone."""
    return on if on > clock.today() else None


def _count_rows(messages: Counted, people: Counted, view: CampaignView, on: date, where: Where) -> None:
    """What is written down already: what left or waits by each channel, and who was left out."""
    columns = (Nudge.institution_id, Nudge.rung_id, Nudge.receiver, Nudge.channel, Nudge.status, Nudge.why)
    statement = select(*columns, func.count(), func.sum(Nudge.people)).where(Nudge.campaign_id == view.id, of_day(on), where.of_nudges())
    for institution_id, rung_id, receiver, channel, status, why, receivers, spoken_of in db.session.execute(statement.group_by(*columns)):
        hows: list[Channel | Why] = [Channel(channel)] if channel else []
        if status == Status.LEFT_OUT:
            hows.append(Why(why or Why.NOT_DUE))
        for how in hows:
            key = (institution_id, rung_id or 0, Receiver(receiver), how)
            messages[key] += receivers
            people[key] += spoken_of
