"""What goes out on a day: how many messages by rung, receiver and channel, who is left out and why, and what some of them would say.

Decided by the same function as the planning itself (`app.domain.nudge.decide`), on how everybody stands today.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, and_, func, or_, select, true

from app import clock
from app.domain.ladder import DIGESTED, Channel, Receiver, Rung
from app.domain.nudge import Decision, Status, Terms, Why, decide
from app.domain.scope import CampaignScope
from app.extensions import db
from app.models import Nudge, Person, Registration
from app.queries import digests, due, ladders
from app.queries.campaigns import CampaignView
from app.queries.digests import Answerable, Counts
from app.queries.holds import Holds
from app.queries.ladders import rungs_of
from app.queries.nudge_cases import Addressee, members, of_people, receivers_of
from app.queries.second_look import url_of
from app.queries.speeches import calls, digest, speeches
from app.texts.speech import Digest, Speech, Wording

SAMPLES = 3


@dataclass(frozen=True, slots=True)
class Line:
    """Messages of one rung to one kind of receiver by one channel; `people` are those they speak of."""

    rung: Rung
    receiver: Receiver
    channel: Channel
    messages: int
    people: int


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Receivers whom a rung means but does not reach."""

    rung: Rung
    why: Why
    receivers: int


@dataclass(frozen=True, slots=True)
class Forecast:
    """`is_quiet` says that nothing goes on the day; what would have, goes on the next that is not quiet."""

    on: date
    is_quiet: bool
    is_paused: bool
    lines: tuple[Line, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def messages(self) -> int:
        return sum(line.messages for line in self.lines)


@dataclass(frozen=True, slots=True)
class Where:
    """The part of a campaign that is looked at: all of it, one institution, or some units of that."""

    institution_id: int | None = None
    unit_ids: frozenset[int] | None = None

    def condition(self) -> ColumnElement[bool]:
        parts: list[ColumnElement[bool]] = [true()]
        if self.institution_id is not None:
            parts.append(Registration.institution_id == self.institution_id)
        if self.unit_ids is not None:
            parts.append(Person.unit_id.in_(sorted(self.unit_ids)))
        return and_(*parts)


EVERYWHERE = Where()
Counted = Counter[tuple[int, Receiver, Channel | Why]]


def forecast(view: CampaignView, ways: frozenset[Channel], on: date, where: Where = EVERYWHERE) -> Forecast:
    """Of a day past what was sent; of today what went, waits and will come; of a day to come what would go if nobody moved."""
    messages: Counted = Counter()
    people: Counted = Counter()
    _count_rows(messages, people, view, on, where)
    terms = ladders.terms(view, ways)
    if on >= clock.today():
        for receiver, spoken_of, decision in _decisions(view, terms, on, where):
            key = _key(receiver, decision)
            if key is not None:
                messages[key] += 1
                people[key] += spoken_of
    rungs = rungs_of(view.id)
    lines = (Line(rungs[r], to, how, n, people[r, to, how]) for (r, to, how), n in messages.items() if isinstance(how, Channel))
    left_out: Counter[tuple[int, Why]] = Counter()
    for (rung_id, _, how), receivers in messages.items():
        if isinstance(how, Why):
            left_out[rung_id, how] += receivers
    return Forecast(
        on,
        terms.course.is_quiet(on),
        terms.is_paused,
        tuple(sorted(lines, key=lambda line: (-line.messages, line.rung.id, line.channel))),
        tuple(LeftOut(rungs[r], why, n) for (r, why), n in sorted(left_out.items(), key=lambda pair: -pair[1])),
    )


def samples(
    view: CampaignView, ways: frozenset[Channel], on: date, rung_id: int, where: Where = EVERYWHERE, count: int = SAMPLES
) -> list[tuple[Speech | Digest, Wording | None, Channel]]:
    """What the first few of a rung's messages of a day would say."""
    terms = ladders.terms(view, ways)
    rung = next((rung for rung in terms.rungs if rung.id == rung_id), None)
    if rung is None:
        return []
    wording = ladders.wordings(view.id).get(rung.text_id or 0)
    alone = Terms((rung,), terms.course, terms.hours, terms.is_paused, terms.ways)
    chosen = [(it, decision.channel) for it, decision in _to_people(view, alone, on, where, anew=True) if _is_by(decision, rung_id)]
    staff = [(it, c, decision.channel) for it, c, decision in _to_staff(view, alone, on, where, anew=True) if _is_by(decision, rung_id)]
    with clock.set_to(_noon(on)):
        said = speeches(view, [it for it, _ in chosen[:count]])
        found: list[tuple[Speech | Digest, Wording | None, Channel]] = [
            (said[it.institution_id, it.person_id], wording, channel or Channel.EMAIL) for it, channel in chosen[:count]
        ]
        called = calls(view, {person.institution_id for person, _, _ in staff[:count]})
        for person, counts, channel in staff[: count - len(found)]:
            found.append(
                (digest(view, person, counts, called.of(person.institution_id), url_of(view, person)), wording, channel or Channel.EMAIL)
            )
    return found


def _is_by(decision: Decision, rung_id: int) -> bool:
    return decision.channel is not None and decision.occasion is not None and decision.occasion.rung_id == rung_id


def speech_for(scope: CampaignScope, view: CampaignView, person_id: int) -> Speech | None:
    """What this person, or the guardian of this child, would be told today; None where there is nothing to say."""
    found = receivers_of(view, of_people(scope, view, [person_id]))
    return next(iter(speeches(view, found).values()), None)


def _noon(on: date) -> datetime:
    """Hours don't matter where a whole day is looked at."""
    return datetime.combine(on, time(12), clock.LOCAL)


def _decisions(view: CampaignView, terms: Terms, on: date, where: Where) -> Iterator[tuple[Receiver, int, Decision]]:
    """Each receiver with how many people are spoken of."""
    for addressee, decision in _to_people(view, terms, on, where):
        guards = addressee.reach.nobody or bool(addressee.people)
        yield (Receiver.GUARDIAN if guards else Receiver.PERSON), len(addressee.people) or 1, decision
    for person, _, decision in _to_staff(view, terms, on, where):
        yield person.receiver, 1, decision


def _to_people(view: CampaignView, terms: Terms, on: date, where: Where, *, anew: bool = False) -> Iterator[tuple[Addressee, Decision]]:
    """Those for whom a rung comes and who have no row of it yet; `anew` also those who have."""
    since = _since(on)
    with clock.set_to(_noon(on)):
        marks = {} if anew else due.marks(view.id)
        condition = due.condition(view, due.still_to_plan(terms, on, marks), on, marks)
        if condition is None:
            return
        found = receivers_of(view, members(view, and_(condition, where.condition())))
        had = due.had_by_people(view.id, terms.rungs, [(it.institution_id, it.person_id) for it in found])
    nothing: due.Had = {}
    for addressee in found:
        theirs = nothing if anew else had.get((addressee.institution_id, addressee.person_id), nothing)
        yield addressee, decide(terms, addressee.cases, addressee.reach, frozenset(theirs), _noon(on), since=since)


def _to_staff(
    view: CampaignView, terms: Terms, on: date, where: Where, *, anew: bool = False
) -> Iterator[tuple[Answerable, Counts, Decision]]:
    receivers = frozenset().union(*(rung.receivers for rung in terms.rungs if rung.is_common)) & DIGESTED
    if where.institution_id is not None:
        receivers -= {Receiver.OFFICER}
    if not receivers or where.unit_ids is not None:
        return
    since = _since(on)
    with clock.set_to(_noon(on)):
        people = digests.answerable(view, receivers, None if where.institution_id is None else [where.institution_id])
        counted = digests.counts_of(view, people)
        had = due.had_by_staff(view.id, terms.rungs)
        holds = Holds(view).learn()
    for person, counts in zip(people, counted, strict=True):
        theirs = {} if anew else had.get((person.receiver, person.institution_id, person.user_id), {})
        cases = digests.case_of(person) if counts.left else ()
        yield person, counts, decide(terms, cases, digests.reach_of(holds, person), frozenset(theirs), _noon(on), since=since)


def _since(on: date) -> date | None:
    """Of a day to come only what is due on it: what is due before will have gone."""
    return on if on > clock.today() else None


def _key(receiver: Receiver, decision: Decision) -> tuple[int, Receiver, Channel | Why] | None:
    if decision.occasion is None:
        return None
    how = decision.channel or decision.why
    return (decision.occasion.rung_id, receiver, how) if how else None


def _count_rows(messages: Counted, people: Counted, view: CampaignView, on: date, where: Where) -> None:
    """What is written down already: sent on the day or waiting for it, and who was left out on it."""
    first = datetime.combine(on, time(0), clock.LOCAL)
    last = first + timedelta(days=1)
    sent = and_(Nudge.sent_at >= first, Nudge.sent_at < last)
    waits = and_(Nudge.status.in_([Status.PLANNED, Status.CLAIMED]), Nudge.not_before >= first, Nudge.not_before < last)
    left_out = and_(Nudge.status == Status.LEFT_OUT, Nudge.goes_on == on)
    statement = select(Nudge.rung_id, Nudge.receiver, Nudge.channel, Nudge.status, Nudge.why, func.count(), func.sum(Nudge.people)).where(
        Nudge.campaign_id == view.id, Nudge.rung_id.is_not(None), or_(sent, waits, left_out)
    )
    if where.institution_id is not None:
        statement = statement.where(Nudge.institution_id == where.institution_id)
    if where.unit_ids is not None:
        mine = and_(Person.institution_id == Nudge.institution_id, Person.id == Nudge.person_id)
        statement = statement.join(Person, mine).where(Person.unit_id.in_(sorted(where.unit_ids)))
    grouped = statement.group_by(Nudge.rung_id, Nudge.receiver, Nudge.channel, Nudge.status, Nudge.why)
    for rung_id, receiver, channel, status, why, receivers, spoken_of in db.session.execute(grouped):
        how = Why(why or Why.NOT_DUE) if status == Status.LEFT_OUT else Channel(channel or Channel.EMAIL)
        key = (rung_id or 0, Receiver(receiver), how)
        messages[key] += receivers
        people[key] += spoken_of
