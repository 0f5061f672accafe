"""Whoever stands at the counter, on one page: how they stand, what one press records, their papers, and a child's guardians."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Response, abort

from app import clock
from app.domain.next_steps import next_event, other_events
from app.domain.registration import NEEDS_REASON, Event
from app.domain.scope import CampaignScope
from app.domain.standing import Standing
from app.queries import campaigns, desk_days, evidence, people
from app.queries.campaigns import CampaignView
from app.queries.desk_days import DeskView
from app.queries.people import EventView, PersonView
from app.web.desks import place_of
from app.web.guidance import what_to_do
from app.web.render import respond

KEYS = "123456789"


@dataclass(frozen=True, slots=True)
class Offer:
    """An event that one press records. `main` is the step that is waited for; `key` presses it, None where there are more than nine."""

    event: Event
    person_id: int
    revision: int
    main: bool = False
    key: str | None = None


def show_card(
    scope: CampaignScope, desk: DeskView, person_id: int, status: int = 200, *, changed: str | None = None, problem: str | None = None
) -> Response:
    """`changed` says who was faster; `problem` why nothing was recorded."""
    campaign, person = campaigns.campaign(scope), person_at(scope, person_id)
    own, guardians = _offers(scope, campaign, person)
    slot, came_at = desk_days.came_at(scope, desk.id, person_id)
    return respond(
        "desks/person.html",
        status=status,
        desk=desk,
        place=place_of(scope),
        campaign=campaign,
        person=person,
        own_offers=own,
        guardian_offers=guardians,
        undoable=_undoable(person),
        papers=evidence.papers_of(scope, campaign, person),
        what_to_do=what_to_do(campaign, person),
        slot=slot,
        came_at=came_at,
        changed=changed,
        problem=problem,
    )


def person_at(scope: CampaignScope, person_id: int) -> PersonView:
    return people.person(scope, campaigns.campaign(scope), person_id) or abort(404)


def _offers(scope: CampaignScope, campaign: CampaignView, person: PersonView) -> tuple[list[Offer], dict[int, Offer]]:
    """What can be recorded with one press: for the person, and the next step of each guardian. Of whom a child waits for comes first."""
    following = next_event(campaign.procedure, person.facts.state, person.standing)
    others = other_events(campaign.procedure, person.facts, person.standing, clock.today())
    waits = person.standing is Standing.BLOCKED_GUARDIAN
    own = [
        Offer(event, person.id, person.revision, main=event is following and not waits)
        for event in (following, *others)
        if event and event not in NEEDS_REASON
    ]
    revisions = desk_days.revisions(scope, [guardian.id for guardian in person.guardians])
    theirs = [
        Offer(event, guardian.id, revisions[guardian.id], main=waits)
        for guardian in person.guardians
        if guardian.state and guardian.standing and guardian.id in revisions
        if (event := next_event(campaign.procedure, guardian.state, guardian.standing))
    ]
    keyed = _with_keys([*theirs, *own] if waits else [*own, *theirs])
    return [offer for offer in keyed if offer.person_id == person.id], {o.person_id: o for o in keyed if o.person_id != person.id}


def _with_keys(offers: list[Offer]) -> list[Offer]:
    keys = [*KEYS, *[None] * len(offers)]
    return [Offer(offer.event, offer.person_id, offer.revision, offer.main, key) for offer, key in zip(offers, keys, strict=False)]


def _undoable(person: PersonView) -> EventView | None:
    """The last event that counts, if it was recorded today: a wrong key is noticed at once."""
    last = next((event for event in person.events if event.event is not Event.TAKEN_BACK and not event.undone), None)
    return last if last and clock.local_date(last.recorded_at) == clock.today() else None
