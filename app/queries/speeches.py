"""What messages are made of: names, standings and dates of those spoken about, the campaign as it is cited, counts for digests."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, and_, select

from app import clock
from app.domain.ladder import Receiver
from app.domain.next_steps import renewal_due_on
from app.domain.registration import Facts, State
from app.domain.standing import Standing
from app.domain.track import Track
from app.extensions import db
from app.models import Institution, Person, Registration, Unit
from app.queries.addressees import Addressee
from app.queries.campaigns import CampaignView
from app.queries.contacts import contact_of
from app.queries.digests import Answerable, Counts
from app.queries.facts import facts_of
from app.queries.filters import standing_column
from app.queries.keyed import Key, blocks, is_in
from app.queries.nudge_cases import child_now
from app.texts.scrubbing import bare_name
from app.texts.speech import Call, Digest, Matter, Speech


@dataclass(frozen=True, slots=True)
class Calls:
    """The campaign as messages of each institution cite it; None stands for the agency's own."""

    by_institution: Mapping[int | None, Call]

    def of(self, institution_id: int | None) -> Call:
        return self.by_institution[institution_id]


def calls(view: CampaignView, institutions: Iterable[int | None]) -> Calls:
    wanted = set(institutions)
    rows = db.session.scalars(select(Institution).where(Institution.id.in_([number for number in wanted if number is not None])))
    found: dict[int | None, Call] = {row.id: _call(view, row.name, contact_of(row) or view.contact) for row in rows}
    if None in wanted:
        found[None] = _call(view, view.agency_name, view.contact)
    return Calls(found)


def _call(view: CampaignView, institution: str, contact: Any) -> Call:
    return Call(
        institution=institution,
        office=f"[{view.receiving_code}] {view.receiving_name}",
        agency=view.agency_name,
        dispatch=view.dispatch_number,
        goal=view.goal,
        has_paper=view.procedure.paper_days is not None,
        safe_day=view.safe_day,
        deadline_on=view.deadline.on,
        contact=", ".join(filter(None, (bare_name(contact.name or ""), contact.phone))) or None if contact else None,
    )


def speeches(view: CampaignView, addressees: Collection[Addressee]) -> dict[Key, Speech]:
    """What each receiver is told today: their own registration where it needs something, then the children's."""
    called = calls(view, {addressee.institution_id for addressee in addressees})
    people = _people(view, addressees)
    return {
        (addressee.institution_id, addressee.person_id): _speech(addressee, people, called.of(addressee.institution_id))
        for addressee in addressees
    }


def digest(view: CampaignView, person: Answerable, counts: Counts, call: Call, url: str) -> Digest:
    return Digest(
        receiver=person.receiver,
        name=person.name,
        today=clock.today(),
        call=call,
        place=person.place,
        in_scope=counts.in_scope,
        done=counts.done,
        counts={standing: people for standing, people in counts.by_standing.items() if standing not in {Standing.DONE, Standing.EXCLUDED}},
        unreachable=counts.unreachable,
        url=url,
        workdays_left=view.workdays_left,
    )


def _people(view: CampaignView, addressees: Collection[Addressee]) -> dict[Key, Row[Any]]:
    """Everybody spoken to or about, with the registration where there is one."""
    keys = {(it.institution_id, number) for it in addressees for number in (it.person_id, *it.people)}
    registered = and_(
        Registration.institution_id == Person.institution_id, Registration.person_id == Person.id, Registration.campaign_id == view.id
    )
    unit = and_(Unit.institution_id == Person.institution_id, Unit.id == Person.unit_id)
    facts = [getattr(Registration, name) for name in Facts.__slots__]
    statement = (
        select(
            *(Person.institution_id, Person.id, Person.full_name, Unit.name.label("unit"), Registration.unlocked_on),
            standing_column(view).label("standing"),
            child_now(view).label("is_child"),
            *facts,
        )
        .select_from(Person)
        .outerjoin(Registration, registered)
        .outerjoin(Unit, unit)
    )
    found: dict[Key, Row[Any]] = {}
    for block in blocks(keys):
        for row in db.session.execute(statement.join(block, is_in(block, Person.institution_id, Person.id))):
            found[row.institution_id, row.id] = row
    return found


def _speech(addressee: Addressee, people: Mapping[Key, Row[Any]], call: Call) -> Speech:
    today = clock.today()
    own = people[addressee.institution_id, addressee.person_id]
    children = [people[addressee.institution_id, number] for number in addressee.people]
    matters = [_matter(row, is_own=False) for row in children]
    if addressee.reach.nobody:
        matters = [_matter(own, is_own=False)]
    elif len(addressee.cases) > len(children):
        mine = _matter(own, is_own=True)
        if mine.standing is not Standing.DONE or (mine.renew_by is not None and mine.renew_by <= today):
            matters.insert(0, mine)
    receiver = Receiver.GUARDIAN if children or addressee.reach.nobody else Receiver.PERSON
    return Speech(receiver, "" if addressee.reach.nobody else own.full_name, today, call, tuple(matters))


def _matter(row: Row[Any], *, is_own: bool) -> Matter:
    facts = facts_of(row)
    return Matter(
        full_name=row.full_name,
        unit=row.unit,
        is_own=is_own,
        track=Track.GUARDIAN if row.is_child else Track.SELF,
        state=State(row.state),
        standing=Standing(row.standing),
        guardian_has_account=row.unlocked_on is not None,
        paper_due_on=facts.paper_due_on,
        waits_since=facts.submitted_on,
        reason=facts.reason,
        renew_by=renewal_due_on(facts),
    )
