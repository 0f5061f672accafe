"""For one person, the rungs whose day has come without a message to them, and why: so that "not reminded" has an answer, too."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sqlalchemy import select

from app import clock
from app.domain import deadlines
from app.domain.ladder import ADDRESSED, Anchor, Case, Course, Rung, goes_on, is_for
from app.domain.next_steps import password_since
from app.domain.registration import Event, Facts, Happening, replay
from app.domain.scope import CampaignScope
from app.domain.standing import Guarding, Standing, Today, standing_of
from app.domain.track import Part, track_of
from app.extensions import db
from app.models import Registration
from app.queries.campaigns import CampaignView
from app.queries.ladders import LadderView, course
from app.queries.people import PersonView
from app.workdays import is_workday


class NoMessage(StrEnum):
    """Why a rung passed without a message."""

    NOT_HERE = "not-here"  # on the list only since later
    DONE = "done"
    NOT_MEANT = "not-meant"  # stood otherwise on that day
    NOT_PLANNED = "not-planned"  # the rung was made later, or the program was not running


@dataclass(frozen=True, slots=True)
class PassedRung:
    """`standing` is how the person stood on the day `goes_on`, as far as it was recorded by then."""

    rung: Rung
    occasion_on: date
    goes_on: date
    why: NoMessage
    standing: Standing


def passed(
    scope: CampaignScope, campaign: CampaignView, ladder: LadderView, person: PersonView, told: Collection[tuple[int, date]]
) -> tuple[PassedRung, ...]:
    """The newest first. `told` are the occasions (rung, day counted from) of which there is a message, whatever became of it."""
    if person.part is not Part.MEMBER:
        return ()
    opened_on = db.session.scalar(
        select(Registration.opened_on).where(
            Registration.institution_id == scope.institution_id,
            Registration.campaign_id == scope.campaign_id,
            Registration.person_id == person.id,
        )
    )
    dates, today = course(campaign, ladder), clock.today()
    found: list[PassedRung] = []
    for rung in ladder.rungs:
        if rung.is_paused or not rung.receivers & ADDRESSED:
            continue
        for on in _occasions(rung, person.facts, dates, today):
            day = goes_on(rung, on, dates)
            if campaign.starts_on <= day <= today and (rung.id, on) not in told:
                case = _then(scope, campaign, person, day, opened_on)
                found += _answer(rung, on, day, case)
    return tuple(sorted(found, key=lambda one: (one.goes_on, one.rung.id), reverse=True))


def _occasions(rung: Rung, facts: Facts, dates: Course, today: date) -> Iterator[date]:
    if rung.anchor is Anchor.DEADLINE:
        yield dates.deadline.on
    elif rung.anchor is Anchor.WEEKDAY:
        last = min(today, dates.deadline.last_day)
        days = (dates.starts_on + timedelta(days=n) for n in range((last - dates.starts_on).days + 1))
        yield from (day for day in days if day.isoweekday() == rung.distance)
    else:
        known = {
            Anchor.DECLARED: facts.declared_on,
            Anchor.REJECTED: facts.rejected_on,
            Anchor.GRANTED: facts.granted_on,
            Anchor.PASSWORD_CHANGED: password_since(facts),
        }
        on = known[rung.anchor]
        if on is not None:
            yield on


def _then(scope: CampaignScope, campaign: CampaignView, person: PersonView, day: date, opened_on: date | None) -> Case:
    """The registration as it was known at the end of that day."""
    history = [
        Happening(event.number, Event(event.event), event.on, event.reason, event.takes_back, event.details)
        for event in reversed(person.events)
        if clock.local_date(event.recorded_at) <= day
    ]
    facts = replay(campaign.procedure, history)
    unlocked_on = person.guarding.unlocked_on
    guarding = Guarding(person.guarding.self_from, unlocked_on if unlocked_on and unlocked_on <= day else None)
    late_before = deadlines.workdays_before(day, campaign.procedure.office_days, is_workday)
    then = Today(on=day, office_late_before=late_before, ages_on=campaign.ages_on or day)
    return Case(
        institution_id=scope.institution_id,
        unit_id=person.unit_id,
        track=track_of(guarding.self_from, then.ages_on),
        state=facts.state,
        standing=standing_of(campaign.procedure, campaign.goal, facts, then, guarding),
        opened_on=opened_on,
    )


def _answer(rung: Rung, on: date, day: date, case: Case) -> Iterator[PassedRung]:
    """Nothing where the rung never meant people like this one."""
    if rung.institution_id not in {None, case.institution_id} or rung.unit_id not in {None, case.unit_id}:
        return
    if rung.track not in {None, case.track} or case.receiver not in rung.receivers:
        return
    why = NoMessage.NOT_PLANNED if is_for(rung, case) else NoMessage.NOT_MEANT
    if case.standing in {Standing.DONE, Standing.EXCLUDED} and why is NoMessage.NOT_MEANT:
        why = NoMessage.DONE
    if case.opened_on is not None and case.opened_on > day:
        why = NoMessage.NOT_HERE
    yield PassedRung(rung, on, day, why, case.standing)
