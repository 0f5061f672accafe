"""Reminding by hand: messages to chosen people now, and noting what was handed out on paper or posted to a class group."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from app import clock
from app.domain.ladder import SENT_BY_US, Channel, Occasion, Rung
from app.domain.nudge import Status, Terms, Why, next_opening, upcoming, way_to
from app.domain.scope import CampaignScope
from app.queries import due, ladders
from app.queries.addressees import Addressee, receivers_of
from app.queries.campaigns import campaign
from app.queries.due import Had
from app.queries.nudge_cases import Known, of_people
from app.services import log
from app.services.nudge_pages import NudgePage, to_of


@dataclass(frozen=True, slots=True)
class HandSent:
    """What sending by hand came to, or would come to: messages by channel, and receivers who get none, by the reason. Of people who are
    done nobody is a receiver; they stand under DONE."""

    by_channel: Mapping[Channel, int]
    left_out: Mapping[Why, int]

    @property
    def messages(self) -> int:
        return sum(self.by_channel.values())


def by_hand(scope: CampaignScope, person_ids: Collection[int], ways: frozenset[Channel], *, dry_run: bool) -> HandSent:
    """Remind these people (for children their guardians) now, outside the ladder's days; each message counts as its receiver's next rung.
    Quiet hours hold all the same, and so does one message a day. With `dry_run` nothing is written."""
    view = campaign(scope)
    page = None if dry_run else NudgePage(view.id)
    terms, now = ladders.terms(view, ways), clock.local(clock.now())
    wanted = set(person_ids)
    known = of_people(scope, view, wanted)
    left_out = Counter({Why.DONE: len(wanted) - len(known)})
    by_channel: Counter[Channel] = Counter()
    for addressee, had, has_one in _receivers(scope, terms, known, now):
        following = upcoming(terms, addressee.cases, due.settled(had), now.date())
        way = _way(terms, addressee, following, has_one=has_one)
        if isinstance(way, Why):
            left_out[way] += 1
            continue
        by_channel[way] += 1
        if page is not None:
            opening = next_opening(terms, now)
            page.put(to_of(addressee), *_counts_as(following, now.date()), had, Status.PLANNED, None, way, opening)
    if page is not None:
        page.write(made_by=scope.actor.name)
        log.note(scope.actor, "sent-by-hand", institution_id=scope.institution_id, count=sum(by_channel.values()))
    return HandSent(by_channel, +left_out)


def handed_out(scope: CampaignScope, person_ids: Collection[int], channel: Channel) -> int:
    """Slips were handed out, or a text was posted to the class's group: noted as sent today, counting as each receiver's next rung. Answers
    for how many receivers; who has had a message today already, or is about to get one, is not noted again."""
    view = campaign(scope)
    page = NudgePage(view.id)
    terms, now = ladders.terms(view, frozenset()), clock.local(clock.now())
    noted = 0
    for addressee, had, has_one in _receivers(scope, terms, of_people(scope, view, set(person_ids)), now):
        if not has_one:
            following = upcoming(terms, addressee.cases, due.settled(had), now.date())
            page.put(to_of(addressee), *_counts_as(following, now.date()), had, Status.SENT, None, channel, None, clock.now())
            noted += 1
    page.write(made_by=scope.actor.name)
    log.note(scope.actor, f"handed-out-{channel}", institution_id=scope.institution_id, count=noted)
    return noted


def _receivers(scope: CampaignScope, terms: Terms, known: Sequence[Known], now: datetime) -> Iterator[tuple[Addressee, Had, bool]]:
    """Each receiver with what they had of the ladder, and whether they have had a message today or one is about to go."""
    found = receivers_of(campaign(scope), known)
    keys = [(addressee.institution_id, addressee.person_id) for addressee in found]
    had = due.had_by_people(scope.campaign_id, terms.rungs, keys)
    busy = due.have_one(keys, now, next_opening(terms, now))
    for addressee, key in zip(found, keys, strict=True):
        yield addressee, had.get(key, {}), key in busy


def _way(terms: Terms, addressee: Addressee, following: tuple[Rung, Occasion] | None, *, has_one: bool) -> Channel | Why:
    if terms.is_paused:
        return Why.PAUSED_CAMPAIGN
    if has_one:
        return Why.ONE_A_DAY
    return way_to(following[0].channels if following else SENT_BY_US, addressee.reach, terms.ways)


def _counts_as(following: tuple[Rung, Occasion] | None, today: date) -> tuple[int | None, date, date]:
    """Rung, the day it is counted from, and the day it would have gone; where no rung is left, none and today."""
    if following is None:
        return (None, today, today)
    _, it = following
    return (it.rung_id, it.on, it.goes_on)
