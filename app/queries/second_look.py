"""The look before sending: what has been claimed is decided once more, on what is known now, with what is to be said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import select

from app import clock, links
from app.domain.ladder import ADDRESSED, SENT_BY_US, Case, Channel, Occasion, Receiver
from app.domain.nudge import DONE, Decision, Reach, Status, Terms, Why, decide, next_opening, way_to
from app.extensions import db
from app.models import Nudge, User
from app.queries import digests, due, ladders
from app.queries.addressees import Addressee, receivers_of, told
from app.queries.campaigns import CampaignView, campaigns_by_id
from app.queries.digests import Answerable
from app.queries.due import Had
from app.queries.holds import Holds
from app.queries.keyed import Key
from app.queries.nudge_cases import first_few
from app.queries.speeches import calls, digest, speeches
from app.texts.speech import Digest, Speech, Wording


@dataclass(frozen=True, slots=True)
class Claimed:
    """A nudge that a sender has claimed; the fields are the row's. `by_hand` that somebody sent it outside the ladder's days. One that goes
    to somebody who signs in, but speaks as to a person or guardian, is a test: it says what somebody of the place would be told."""

    campaign_id: int
    id: int
    institution_id: int | None
    rung_id: int | None
    occasion_on: date
    goes_on: date
    receiver: Receiver
    person_id: int | None
    user_id: int | None
    tries: int
    tried: frozenset[Channel]
    by_hand: bool

    @property
    def is_test(self) -> bool:
        return self.user_id is not None and self.receiver in ADDRESSED


def claimed_of(row: Nudge) -> Claimed:
    return Claimed(
        campaign_id=row.campaign_id,
        id=row.id,
        institution_id=row.institution_id,
        rung_id=row.rung_id,
        occasion_on=row.occasion_on,
        goes_on=row.goes_on,
        receiver=Receiver(row.receiver),
        person_id=row.person_id,
        user_id=row.user_id,
        tries=row.tries,
        tried=frozenset(Channel(name) for name in row.tried.split(",") if name),
        by_hand=row.made_by is not None,
    )


@dataclass(frozen=True, slots=True)
class Look:
    """Where `decision.goes`, `address` is where to, and `said_to` what is said in the campaign's own `wording` or, without one, in the
    program's."""

    nudge: Claimed
    decision: Decision
    terms: Terms
    address: str | None = None
    said_to: Speech | Digest | None = None
    wording: Wording | None = None


def look(claimed: Sequence[Claimed], ways: frozenset[Channel], now: datetime) -> list[Look]:
    """Each claimed nudge with what is decided about it at the instant `now`, in no particular order."""
    by_campaign: dict[int, list[Claimed]] = defaultdict(list)
    for nudge in claimed:
        by_campaign[nudge.campaign_id].append(nudge)
    views = campaigns_by_id(by_campaign)
    found: list[Look] = []
    for campaign_id, nudges in by_campaign.items():
        found += _look(views[campaign_id], nudges, ways, clock.local(now))
    return found


def _look(view: CampaignView, nudges: Sequence[Claimed], ways: frozenset[Channel], now: datetime) -> Iterator[Look]:
    terms = ladders.terms(view, ways)
    own = ladders.wordings(view.id)
    texts = {rung.id: own.get(rung.text_id or 0) for rung in terms.rungs}
    people = [nudge for nudge in nudges if nudge.person_id is not None]
    staff = [nudge for nudge in nudges if nudge.person_id is None and not nudge.is_test]
    tests = [nudge for nudge in nudges if nudge.is_test]
    for found in (*_to_people(view, terms, people, now), *_to_staff(view, terms, staff, now), *_tests(view, terms, tests)):
        yield replace(found, wording=texts.get(found.nudge.rung_id or 0))


def _tests(view: CampaignView, terms: Terms, nudges: Sequence[Claimed]) -> Iterator[Look]:
    """A test goes at once, by e-mail, and says what the first who has something to do would be told."""
    for nudge in nudges:
        found = receivers_of(view, first_few(view, nudge.institution_id, nudge.receiver))
        email = db.session.scalar(select(User.email).where(User.id == nudge.user_id))
        if not found or email is None:
            yield Look(nudge, DONE, terms)
            continue
        said = speeches(view, found[:1])[found[0].institution_id, found[0].person_id]
        yield Look(nudge, Decision(None, None, Channel.EMAIL, None), terms, email, said)


def _to_people(view: CampaignView, terms: Terms, nudges: Sequence[Claimed], now: datetime) -> Iterator[Look]:
    if not nudges:
        return
    addressees = told(view, {_key(nudge) for nudge in nudges})
    had = due.had_by_people(view.id, terms.rungs, addressees)
    going: list[tuple[Claimed, Addressee, Decision]] = []
    for nudge in nudges:
        addressee = addressees.get(_key(nudge))
        decision = _decide(terms, nudge, addressee.cases, addressee.reach, had.get(_key(nudge), {}), now) if addressee else DONE
        if addressee is not None and decision.goes:
            going.append((nudge, addressee, decision))
        else:
            yield Look(nudge, decision, terms)
    said = speeches(view, [addressee for _, addressee, _ in going])
    for nudge, addressee, decision in going:
        assert decision.channel is not None
        yield Look(nudge, decision, terms, addressee.address(decision.channel), said[_key(nudge)])


def _to_staff(view: CampaignView, terms: Terms, nudges: Sequence[Claimed], now: datetime) -> Iterator[Look]:
    if not nudges:
        return
    institutions = {nudge.institution_id for nudge in nudges if nudge.institution_id is not None}
    people = _answering(digests.answerable(view, {nudge.receiver for nudge in nudges}, institutions), nudges)
    counts = dict(zip(people, digests.counts_of(view, list(people.values())), strict=True))
    had = due.had_by_staff(view.id, terms.rungs)
    called = calls(view, {nudge.institution_id for nudge in nudges})
    holds = Holds(view).learn()
    for nudge in nudges:
        key = (nudge.receiver, nudge.institution_id, nudge.user_id)
        person = people.get(key)
        cases = digests.case_of(person) if person and counts[key].left else ()
        reach = digests.reach_of(holds, person) if person else Reach()
        decision = _decide(terms, nudge, cases, reach, had.get(key, {}), now)
        if person is None or not decision.goes:
            yield Look(nudge, decision, terms)
            continue
        address = person.email if decision.channel is Channel.EMAIL else person.phone
        said_to = digest(view, person, counts[key], called.of(nudge.institution_id), url_of(view, person))
        yield Look(nudge, decision, terms, address, said_to)


def url_of(view: CampaignView, person: Answerable) -> str:
    if person.receiver is Receiver.OFFICER:
        return links.to_agency(person.code, view.code)
    return links.to_people_left(person.code, view.code)


def _answering(people: Iterable[Answerable], nudges: Sequence[Claimed]) -> dict[tuple[Receiver, int | None, int | None], Answerable]:
    wanted = {(nudge.receiver, nudge.institution_id, nudge.user_id) for nudge in nudges}
    keyed = {(person.receiver, person.institution_id, person.user_id): person for person in people}
    return {key: person for key, person in keyed.items() if key in wanted}


def _decide(terms: Terms, nudge: Claimed, cases: Sequence[Case], reach: Reach, had: Had, now: datetime) -> Decision:
    """The same decision as when it was planned. What other rungs have left behind them counts, what they only plan doesn't: of two that
    wait, the more urgent goes."""
    if not cases:
        return DONE
    reach = reach._replace(tried=nudge.tried)
    if nudge.by_hand or nudge.rung_id is None:
        return _decide_by_hand(terms, nudge, reach, now)
    settled = frozenset(key for key, it in had.items() if it.status not in _WAITING and it.id != nudge.id)
    return decide(terms, cases, reach, settled, now, now_on=Occasion(nudge.rung_id, nudge.occasion_on, nudge.goes_on))


_WAITING = {Status.PLANNED, Status.CLAIMED, Status.LEFT_OUT}


def _decide_by_hand(terms: Terms, nudge: Claimed, reach: Reach, now: datetime) -> Decision:
    rung = next((rung for rung in terms.rungs if rung.id == nudge.rung_id), None)
    way = Why.PAUSED_CAMPAIGN if terms.is_paused else way_to(rung.channels if rung else SENT_BY_US, reach, terms.ways)
    if isinstance(way, Why):
        return Decision(rung, None, None, way)
    opening = next_opening(terms, now)
    return Decision(rung, None, way, Why.QUIET if opening > now else None, opening if opening > now else None)


def _key(nudge: Claimed) -> Key:
    return (nudge.institution_id or 0, nudge.person_id or 0)
