"""Who answers for others in a campaign (class leads, coordinators, heads, officers), and the counts that they are told."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import ColumnElement, and_, func, select

from app import clock
from app.domain import addresses
from app.domain.access import Role
from app.domain.ladder import LATE_DAYS, Case, Receiver
from app.domain.nudge import Reach, Status, Why
from app.domain.registration import State
from app.domain.standing import Standing
from app.domain.track import Part, Track
from app.extensions import db
from app.models import Agency, Institution, Membership, MembershipUnit, Nudge, Participation, Person, Registration, Unit, User
from app.queries.campaigns import CampaignView
from app.queries.filters import standing_column, with_people
from app.queries.holds import Holds

Place = tuple[int, int | None]  # institution and unit
NOT_REACHED = (Why.NO_ADDRESS, Why.NO_GUARDIAN, Why.OPTED_OUT, Why.UNREACHABLE)


@dataclass(frozen=True, slots=True)
class Answerable:
    """Somebody who is told how far others are. `institution_id` is None for an officer, whose `institutions` are those of the agency's
    subtree; `unit_ids` are a lead's units, None for all; `user_id` is None for an institution's head; `code` is the place's."""

    receiver: Receiver
    institution_id: int | None
    institutions: frozenset[int]
    unit_ids: frozenset[int] | None
    user_id: int | None
    name: str
    email: str | None
    phone: str | None
    place: str
    code: str


@dataclass(slots=True)
class Counts:
    """How many stand how, in scope; `unreachable` are those whom no message reaches."""

    by_standing: Counter[Standing] = field(default_factory=Counter)
    unreachable: int = 0

    @property
    def in_scope(self) -> int:
        return sum(people for standing, people in self.by_standing.items() if standing is not Standing.EXCLUDED)

    @property
    def done(self) -> int:
        return self.by_standing[Standing.DONE]

    @property
    def left(self) -> int:
        return self.in_scope - self.done


def answerable(view: CampaignView, receivers: Collection[Receiver], institutions: Collection[int] | None = None) -> list[Answerable]:
    """Everybody of these kinds in the campaign, or at some institutions of it. Officers answer for no single one."""
    taking_part = select(Participation.institution_id).where(Participation.campaign_id == view.id)
    within = Institution.id.in_(taking_part if institutions is None else institutions)
    found: list[Answerable] = []
    if Receiver.HEAD in receivers:
        found += _heads(within)
    if {Receiver.UNIT_LEAD, Receiver.COORDINATOR} & set(receivers):
        found += [person for person in _staff(within) if person.receiver in receivers]
    if Receiver.OFFICER in receivers:
        found += _officers(view)
    return found


def _heads(within: ColumnElement[bool]) -> list[Answerable]:
    rows = db.session.scalars(select(Institution).where(within, Institution.head_name.is_not(None)).order_by(Institution.id))
    return [
        Answerable(
            Receiver.HEAD,
            row.id,
            frozenset({row.id}),
            None,
            None,
            row.head_name or "",
            addresses.of_email(row.head_email),
            addresses.of_phone(row.head_phone),
            row.name,
            row.code,
        )
        for row in rows
    ]


def _staff(within: ColumnElement[bool]) -> list[Answerable]:
    statement = (
        select(Membership.id, Membership.role, Institution.id, Institution.name, Institution.code, User.id, User.name, User.email)
        .join(Institution, Institution.id == Membership.institution_id)
        .join(User, User.id == Membership.user_id)
        .where(within, User.is_active, Membership.role.in_([Role.UNIT_LEAD, Role.COORDINATOR]))
        .order_by(Membership.id)
    )
    rows = db.session.execute(statement).all()
    units = _units([row[0] for row in rows if row[1] == Role.UNIT_LEAD])
    found = []
    for membership_id, role, institution_id, institution, code, user_id, name, email in rows:
        leads = role == Role.UNIT_LEAD
        own = units.get(membership_id, {})
        found.append(
            Answerable(
                Receiver.UNIT_LEAD if leads else Receiver.COORDINATOR,
                institution_id,
                frozenset({institution_id}),
                frozenset(own) if leads else None,
                user_id,
                name,
                addresses.of_email(email),
                None,
                ", ".join(own.values()) or institution,
                code,
            )
        )
    return found


def _units(membership_ids: Collection[int]) -> dict[int, dict[int, str]]:
    named = and_(Unit.institution_id == MembershipUnit.institution_id, Unit.id == MembershipUnit.unit_id)
    found: dict[int, dict[int, str]] = defaultdict(dict)
    statement = (
        select(MembershipUnit.membership_id, Unit.id, Unit.name).join(Unit, named).where(MembershipUnit.membership_id.in_(membership_ids))
    )
    for membership_id, unit_id, name in db.session.execute(statement.order_by(Unit.sort_key)):
        found[membership_id][unit_id] = name
    return found


def _officers(view: CampaignView) -> list[Answerable]:
    """The officers of the campaign's agency and of those below it, each with the institutions of their own subtree."""
    officers = db.session.execute(
        select(User.id, User.name, User.email, Agency.name, Agency.code, Agency.path)
        .join(Membership, Membership.user_id == User.id)
        .join(Agency, Agency.id == Membership.agency_id)
        .where(User.is_active, Membership.role == Role.OFFICER, Agency.path.startswith(view.agency_path, autoescape=True))
        .order_by(Membership.id)
    ).all()
    places = db.session.execute(
        select(Institution.id, Agency.path)
        .join(Agency, Agency.id == Institution.agency_id)
        .join(Participation, and_(Participation.institution_id == Institution.id, Participation.campaign_id == view.id))
    ).all()
    return [
        Answerable(
            Receiver.OFFICER,
            None,
            frozenset(number for number, where in places if where.startswith(path)),
            None,
            user_id,
            name,
            addresses.of_email(email),
            None,
            agency,
            code,
        )
        for user_id, name, email, agency, code, path in officers
    ]


def case_of(person: Answerable) -> tuple[Case, ...]:
    """A digest as the ladder sees it: one case for each unit of a lead's, else one for the place."""
    units: Iterable[int | None] = sorted(person.unit_ids) if person.unit_ids else [None]
    return tuple(
        Case(person.institution_id or 0, unit, Track.SELF, State.TO_START, Standing.TO_START, digest=person.receiver) for unit in units
    )


def reach_of(holds: Holds, person: Answerable) -> Reach:
    paused = holds.paused(person.institution_id, (), person.unit_ids or ()) if person.institution_id is not None else None
    return Reach(holds.state(person.phone), holds.state(person.email), paused)


def counts_of(view: CampaignView, people: Collection[Answerable]) -> list[Counts]:
    """The counts of each, in their order, by one count over the institutions concerned."""
    wanted = frozenset().union(*(person.institutions for person in people)) if people else frozenset[int]()
    by_place = _by_place(view, wanted)
    lost = _unreachable(view, wanted)
    by_institution: dict[int, list[Place]] = defaultdict(list)
    for place in {*by_place, *lost}:
        by_institution[place[0]].append(place)
    found = []
    for person in people:
        counts = Counts()
        for place in (place for number in person.institutions for place in by_institution[number]):
            if person.unit_ids is None or place[1] in person.unit_ids:
                counts.by_standing.update(by_place.get(place, {}))
                counts.unreachable += lost.get(place, 0)
        found.append(counts)
    return found


def _by_place(view: CampaignView, institutions: Collection[int]) -> dict[Place, Counter[Standing]]:
    standing = standing_column(view)
    statement = (
        with_people(select(Registration.institution_id, Person.unit_id, standing, func.count()))
        .where(Registration.campaign_id == view.id, Registration.part == Part.MEMBER, Registration.institution_id.in_(institutions))
        .group_by(Registration.institution_id, Person.unit_id, standing)
    )
    found: dict[Place, Counter[Standing]] = defaultdict(Counter)
    for institution_id, unit_id, shown, people in db.session.execute(statement):
        found[institution_id, unit_id][Standing(shown)] += people
    return found


def _unreachable(view: CampaignView, institutions: Collection[int]) -> dict[Place, int]:
    """Receivers whom a message of the last days could not reach."""
    mine = and_(Person.institution_id == Nudge.institution_id, Person.id == Nudge.person_id)
    statement = (
        select(Nudge.institution_id, Person.unit_id, func.count(Nudge.person_id.distinct()))
        .join(Person, mine)
        .where(
            Nudge.campaign_id == view.id,
            Nudge.institution_id.in_(institutions),
            Nudge.goes_on >= clock.today() - timedelta(days=LATE_DAYS),
            Nudge.status == Status.LEFT_OUT,
            Nudge.why.in_(NOT_REACHED),
        )
        .group_by(Nudge.institution_id, Person.unit_id)
    )
    return {(institution_id or 0, unit_id): people for institution_id, unit_id, people in db.session.execute(statement)}
