"""For whom a rung may have come: the ladder's days as a condition on registrations, and what each receiver has had already."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from functools import reduce
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, not_, or_, select

from app import clock
from app.domain.ladder import ADDRESSED, NOT_DONE, Anchor, Course, Occasion, Receiver, Rung, common_occasion, fact_of, facts_between
from app.domain.nudge import PASSING, Status, Terms
from app.domain.registration import State
from app.domain.standing import states_of
from app.domain.track import Track
from app.extensions import db
from app.models import LadderRung, Nudge, Person, Registration
from app.queries.campaigns import CampaignView
from app.queries.filters import password_since, standing_column
from app.queries.keyed import Key, blocks, is_in
from app.queries.nudge_cases import child_now

MARGIN = timedelta(minutes=3)  # what moved shortly before the last planning may have been written after it


class Mark(NamedTuple):
    """The occasion of a common rung that was planned last for everybody, and when."""

    planned_for: date | None
    planned_at: datetime | None

    def covers(self, comes: Occasion) -> bool:
        return self.planned_for == comes.on and self.planned_at is not None and clock.local_date(self.planned_at) >= comes.goes_on


class Existing(NamedTuple):
    """A nudge that a receiver has."""

    id: int
    status: str
    why: str | None


Had = dict[tuple[int, date], Existing]  # by rung and the day it is counted from
NOT_MARKED = Mark(None, None)


def marks(campaign_id: int) -> dict[int, Mark]:
    rows = db.session.execute(
        select(LadderRung.id, LadderRung.planned_for, LadderRung.planned_at).where(LadderRung.campaign_id == campaign_id)
    )
    return {number: Mark(planned_for, planned_at) for number, planned_for, planned_at in rows}


def still_to_plan(terms: Terms, today: date, known: Mapping[int, Mark]) -> Terms:
    """The terms with those rungs alone that may have to be planned for somebody. A common rung is planned once for everybody, and on its
    day again for those who moved since."""
    return Terms(
        tuple(rung for rung in terms.rungs if not rung.is_common or _is_open(rung, terms.course, today, known)),
        terms.course,
        terms.hours,
        terms.is_paused,
        terms.ways,
    )


def _is_open(rung: Rung, course: Course, today: date, known: Mapping[int, Mark]) -> bool:
    comes = common_occasion(rung, course, today)
    return comes is not None and (comes.goes_on == today or not known.get(rung.id, NOT_MARKED).covers(comes))


def condition(view: CampaignView, terms: Terms, today: date, known: Mapping[int, Mark]) -> ColumnElement[bool] | None:
    """Registrations (joined with people) for which one of the rungs may have come; `app.domain.nudge.decide` then says which. None where
    no rung comes today."""
    parts = []
    states: frozenset[State] = frozenset()
    for rung in terms.rungs:
        when = _when(rung, terms.course, today, known) if rung.receivers & ADDRESSED else None
        if when is not None:
            parts.append(and_(when, *_whom(view, rung)))
            states |= _states(view, rung)
    return and_(Registration.state.in_(sorted(states)), reduce(or_, parts)) if parts else None


def _states(view: CampaignView, rung: Rung) -> frozenset[State]:
    """What the rung's people may stand in: asked for first, because an index knows it."""
    if rung.anchor is Anchor.PASSWORD_CHANGED:
        return frozenset({State.IN_USE})
    return states_of(view.procedure.code, view.goal, rung.standings or NOT_DONE)


def _when(rung: Rung, course: Course, today: date, known: Mapping[int, Mark]) -> ColumnElement[bool] | None:
    if rung.is_common:
        comes = common_occasion(rung, course, today)
        if comes is None:
            return None
        mark = known.get(rung.id, NOT_MARKED)
        joined = or_(Registration.opened_on.is_(None), Registration.opened_on <= comes.goes_on)
        if mark.planned_at is None or not mark.covers(comes):
            return joined
        return and_(joined, Registration.changed_at >= mark.planned_at - MARGIN)
    between = facts_between(rung, course, today)
    if between is None:
        return None
    fact = password_since() if rung.anchor is Anchor.PASSWORD_CHANGED else getattr(Registration, fact_of(rung))
    found: ColumnElement[bool] = fact.between(*between)
    return found


def _whom(view: CampaignView, rung: Rung) -> Iterator[ColumnElement[bool]]:
    if rung.anchor is Anchor.PASSWORD_CHANGED:
        yield Registration.state == State.IN_USE
    else:
        yield standing_column(view).in_(sorted(rung.standings or NOT_DONE))
    if rung.institution_id is not None:
        yield Registration.institution_id == rung.institution_id
    if rung.unit_id is not None:
        yield Person.unit_id == rung.unit_id
    tracks = {Track.GUARDIAN: child_now(view), Track.SELF: not_(child_now(view))}
    if rung.track is not None:
        yield tracks[rung.track]
    if Receiver.GUARDIAN not in rung.receivers:
        yield tracks[Track.SELF]
    if Receiver.PERSON not in rung.receivers:
        yield tracks[Track.GUARDIAN]


def settled(had: Had) -> frozenset[tuple[int, date]]:
    """What a receiver needs no more; who was left out for a reason that may pass can still get it."""
    return frozenset(key for key, it in had.items() if not (it.status == Status.LEFT_OUT and it.why in PASSING))


def had_by_people(campaign_id: int, rungs: Iterable[Rung], keys: Collection[Key]) -> dict[Key, Had]:
    """What receivers (institution, person) have of these rungs."""
    numbers = [rung.id for rung in rungs]
    found: dict[Key, Had] = defaultdict(dict)
    columns = (Nudge.institution_id, Nudge.person_id, Nudge.rung_id, Nudge.occasion_on, Nudge.id, Nudge.status, Nudge.why)
    of_these = select(*columns).where(Nudge.rung_id.in_(numbers), Nudge.person_id.is_not(None))
    for block in blocks(keys, campaign_id):
        statement = of_these.join(block, is_in(block, Nudge.institution_id, Nudge.person_id, Nudge.campaign_id))
        for institution_id, person_id, rung_id, on, number, status, why in db.session.execute(statement):
            found[institution_id or 0, person_id or 0][rung_id or 0, on] = Existing(number, status, why)
    return found


def had_by_staff(campaign_id: int, rungs: Iterable[Rung]) -> dict[tuple[str, int | None, int | None], Had]:
    """What receivers of digests (kind, institution, user) have of these rungs."""
    found: dict[tuple[str, int | None, int | None], Had] = defaultdict(dict)
    statement = select(
        Nudge.receiver, Nudge.institution_id, Nudge.user_id, Nudge.rung_id, Nudge.occasion_on, Nudge.id, Nudge.status, Nudge.why
    ).where(Nudge.campaign_id == campaign_id, Nudge.person_id.is_(None), Nudge.rung_id.in_([rung.id for rung in rungs]))
    for receiver, institution_id, user_id, rung_id, on, number, status, why in db.session.execute(statement):
        found[receiver, institution_id, user_id][rung_id or 0, on] = Existing(number, status, why)
    return found


def have_one(keys: Collection[Key], now: datetime, opening: datetime) -> set[Key]:
    """Receivers to whom a message went today, in any campaign, or is about to by the day of the `opening`, when one made now would go."""
    midnight, until = (datetime.combine(day, time(0), now.tzinfo) for day in (now.date(), opening.date() + timedelta(days=1)))
    going = and_(Nudge.status.in_([Status.PLANNED, Status.CLAIMED]), Nudge.not_before < until)
    today = and_(Nudge.person_id.is_not(None), or_(going, Nudge.sent_at >= midnight))
    found: set[Key] = set()
    for block in blocks(keys):
        mine = is_in(block, Nudge.institution_id, Nudge.person_id)
        found |= {
            (row[0] or 0, row[1] or 0)
            for row in db.session.execute(select(Nudge.institution_id, Nudge.person_id).join(block, mine).where(today))
        }
    return found
