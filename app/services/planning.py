"""Planning reminders: what comes due today becomes a row for each receiver, to be sent, or left out with the reason.

Whoever plans holds the campaign's ladder, so two schedulers plan one after the other, and the second finds nothing left to do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update

from app import clock
from app.domain.ladder import DIGESTED, LATE_DAYS, Channel, common_occasion
from app.domain.nudge import PASSING, Status, Terms, Why, decide
from app.extensions import db
from app.models import LadderRung, Nudge
from app.queries import digests, due, ladders
from app.queries.addressees import Addressee, receivers_of, told
from app.queries.campaigns import CampaignView
from app.queries.due import Had
from app.queries.holds import Holds
from app.queries.keyed import Key
from app.queries.nudge_cases import members, of_keys
from app.services.bulk import collector_off
from app.services.nudge_pages import NudgePage, To, to_of


@dataclass(frozen=True, slots=True)
class Planned:
    """How many nudges were planned, left out with a reason, and noted as overtaken."""

    planned: int
    left_out: int
    overtaken: int


def plan(view: CampaignView, ways: frozenset[Channel]) -> Planned:
    """Plan one campaign for today. What was planned before is not planned again; who was left out for a reason that has passed, is now."""
    page = NudgePage(view.id)
    terms, marks = ladders.terms(view, ways), due.marks(view.id)
    today, now = clock.today(), clock.local(clock.now())
    fresh = due.still_to_plan(terms, today, marks)
    with collector_off():
        condition = due.condition(view, fresh, today, marks)
        if condition is not None:
            _note_people(page, fresh, receivers_of(view, members(view, condition)), now)
        _note_again(page, view, terms, now)
        _note_digests(page, view, fresh, now)
        page.write()
    for rung in fresh.rungs:
        comes = common_occasion(rung, fresh.course, today) if rung.is_common else None
        if comes is not None:
            db.session.execute(update(LadderRung).where(LadderRung.id == rung.id).values(planned_for=comes.on, planned_at=clock.now()))
    return Planned(page.counts[Status.PLANNED], page.counts[Status.LEFT_OUT], page.counts[Status.OVERTAKEN])


def _note_people(page: NudgePage, terms: Terms, found: Sequence[Addressee], now: datetime) -> None:
    """In one order on both engines: messages go in the order of their numbers."""
    had = due.had_by_people(page.campaign_id, terms.rungs, [_key(addressee) for addressee in found])
    nothing: Had = {}
    for addressee in sorted(found, key=_key):
        theirs = had.get(_key(addressee), nothing)
        decision = decide(terms, addressee.cases, addressee.reach, due.settled(theirs), now)
        page.note(to_of(addressee), decision, theirs, now)


def _note_again(page: NudgePage, view: CampaignView, terms: Terms, now: datetime) -> None:
    """Those who were left out for a reason that may have passed: an address was added, a pause ended, a guardian became known."""
    rows = db.session.execute(
        select(Nudge.institution_id, Nudge.person_id, Nudge.id, Nudge.why).where(
            Nudge.campaign_id == view.id,
            Nudge.person_id.is_not(None),
            Nudge.status == Status.LEFT_OUT,
            Nudge.why.in_(sorted(PASSING)),
            Nudge.goes_on >= now.date() - timedelta(days=LATE_DAYS),
            Nudge.planned_at < clock.now(),
        )
    ).all()
    alone = {(row[0] or 0, row[1] or 0) for row in rows if row[3] == Why.NO_GUARDIAN}
    keys = {(row[0] or 0, row[1] or 0) for row in rows} - alone
    found = list(told(view, keys).values()) if keys else []
    found += receivers_of(view, of_keys(view, alone)) if alone else []
    _note_people(page, terms, found, now)
    still_alone = {_key(addressee) for addressee in found if addressee.reach.nobody}
    for institution_id, person_id, number, _ in rows:
        if (institution_id or 0, person_id or 0) in alone - still_alone:
            page.settle(number, Why.OVERTAKEN)


def _note_digests(page: NudgePage, view: CampaignView, terms: Terms, now: datetime) -> None:
    receivers = frozenset().union(*(rung.receivers for rung in terms.rungs if rung.is_common)) & DIGESTED
    if not receivers:
        return
    people = digests.answerable(view, receivers)
    had = due.had_by_staff(view.id, terms.rungs)
    holds = Holds(view).learn()
    for person, counts in zip(people, digests.counts_of(view, people), strict=True):
        theirs = had.get((person.receiver, person.institution_id, person.user_id), {})
        cases = digests.case_of(person) if counts.left else ()
        decision = decide(terms, cases, digests.reach_of(holds, person), due.settled(theirs), now)
        page.note(To(person.receiver, person.institution_id, None, person.user_id), decision, theirs, now)


def _key(addressee: Addressee) -> Key:
    return (addressee.institution_id, addressee.person_id)
