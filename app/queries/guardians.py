"""Guardians: each with all their children, what their own account waits for, and who of them shares a phone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select, tuple_
from sqlalchemy.orm import aliased

from app.domain.next_steps import next_event
from app.domain.procedure import Procedure
from app.domain.registration import Event, State
from app.domain.scope import CampaignScope
from app.domain.standing import REACHED, Goal, Standing
from app.domain.todo import TOMORROW
from app.domain.track import Part
from app.extensions import db
from app.models import Guardianship, Person, Registration, Unit
from app.queries.campaigns import CampaignView
from app.queries.filters import PeopleFilter, guardians_known_to, known_to, meant, standing_column, with_people, within
from app.queries.people import PAGE, ChildView, PersonView

HAS_ACCOUNT = REACHED[Goal.GRANTED]
# How near somebody is to an account. Who has declared waits for others; who is outside the target waits for nothing.
_NEARNESS = [
    *(State.EXCLUDED, State.STOPPED, State.CODE_MISSING, State.TO_START, State.REJECTED),
    *(State.DECLARED, State.FORM_RECEIVED, State.HANDED_IN, State.GRANTED, State.IN_USE),
]


@dataclass(frozen=True, slots=True)
class GuardianRow:
    """One guardian with their children of this institution, as far as the scope sees them. `following` is the next step of their own
    registration; `shares_phone` that somebody else who registers here has the same phone; `revision` is the registration's."""

    id: int
    full_name: str
    phone: str | None
    state: State
    standing: Standing
    paper_due_on: date | None
    submitted_on: date | None
    reason: str | None
    following: Event | None
    is_member: bool
    revision: int
    children: tuple[ChildView, ...]
    shares_phone: bool

    @property
    def has_account(self) -> bool:
        return self.state in HAS_ACCOUNT

    @property
    def waiting(self) -> int:
        """How many of the children wait for a guardian's account."""
        return sum(child.standing is Standing.BLOCKED_GUARDIAN for child in self.children)


@dataclass(frozen=True, slots=True)
class GuardiansPage:
    """`after` is the id to go on from for the next page, None on the last."""

    rows: tuple[GuardianRow, ...]
    after: int | None


@dataclass(frozen=True, slots=True)
class Blocking:
    """Guardians without an account, how many children wait for an account, and how many of these guardians can lose their declaration
    by tomorrow or have to make it again."""

    guardians: int
    children: int
    pressing: int


@dataclass(frozen=True, slots=True)
class NextStep:
    """The event waited for, and whose registration it belongs to: "self" or "guardian". `event` is None at the end of the way."""

    event: Event | None
    by: str


def next_for(procedure: Procedure, seen: PersonView) -> NextStep:
    """A child who waits for a guardian waits for the guardian's own next step: that of the one who has come furthest."""
    if seen.standing is not Standing.BLOCKED_GUARDIAN:
        return NextStep(next_event(procedure, seen.facts.state, seen.standing), "self")
    known = [(guardian.state, guardian.standing) for guardian in seen.guardians if guardian.state and guardian.standing]
    furthest = max(known, key=lambda pair: _NEARNESS.index(pair[0]), default=(State.TO_START, Standing.TO_START))
    return NextStep(next_event(procedure, *furthest), "guardian")


def guardians_page(
    scope: CampaignScope,
    campaign: CampaignView,
    *,
    q: str = "",
    blocking: bool = False,
    pressing: bool = False,
    after: int | None = None,
    size: int = PAGE,
) -> GuardiansPage:
    """`size` guardians after the cursor in the order of names; `q` searches as for people, with `blocking` only those for whose account a
    child waits, with `pressing` only those of them whose own form is due by tomorrow, has lapsed or was rejected."""
    statement = (
        with_people(select(Person, Registration, standing_column(campaign)))
        .where(_meant(scope, campaign, q, blocking, pressing))
        .order_by(Person.sort_key, Person.id)
        .limit(size + 1)
    )
    key = db.session.scalar(select(Person.sort_key).where(Person.institution_id == scope.institution_id, Person.id == after))
    if key is not None:
        statement = statement.where(tuple_(Person.sort_key, Person.id) > tuple_(key, after))
    found = db.session.execute(statement).all()
    shown = found[:size]
    children = children_of(scope, campaign, [person.id for person, _, _ in shown])
    sharing = _sharing(scope, [person.phone for person, _, _ in shown if person.phone])
    own = _own_children(scope, [person.id for person, _, _ in shown])
    rows = tuple(
        _row(campaign, person, registration, Standing(standing), children[person.id], sharing[person.phone or ""] - own[person.id])
        for person, registration, standing in shown
    )
    return GuardiansPage(rows, rows[-1].id if len(found) > size else None)


def counted(scope: CampaignScope, campaign: CampaignView, *, q: str = "", blocking: bool = False, pressing: bool = False) -> int:
    """How many guardians these arguments mean."""
    return db.session.scalar(with_people(select(func.count())).where(_meant(scope, campaign, q, blocking, pressing))) or 0


def blocking(scope: CampaignScope, campaign: CampaignView) -> Blocking:
    """How many guardians lack the account for which children wait, how many children that are, and for how many guardians it presses."""
    standing = standing_column(campaign)
    children = db.session.scalar(with_people(select(func.count())).where(within(scope), standing == Standing.BLOCKED_GUARDIAN))
    guards = with_people(select(func.count(), func.count(case((_presses(campaign), 1))))).where(_meant(scope, campaign, "", blocking=True))
    every, pressing = db.session.execute(guards).one()
    return Blocking(every, children or 0, pressing)


def with_phone(scope: CampaignScope, phone: str) -> list[int]:
    """Ids of the guardians who are reached by this phone."""
    return list(db.session.scalars(with_people(select(Person.id)).where(guardians_known_to(scope), Person.phone == phone)))


def sharing_phone(scope: CampaignScope, guardian_id: int) -> list[str]:
    """Names of those who register here with the same phone as this guardian, other than the guardian's children."""
    phone = db.session.scalar(select(Person.phone).where(Person.institution_id == scope.institution_id, Person.id == guardian_id))
    ids = (_sharing(scope, [phone])[phone] if phone else set()) - _own_children(scope, [guardian_id])[guardian_id] - {guardian_id}
    names = select(Person.full_name).where(Person.institution_id == scope.institution_id, Person.id.in_(sorted(ids)))
    return [name for name in db.session.scalars(names.order_by(Person.sort_key, Person.id)) if name] if ids else []


def children_of(scope: CampaignScope, campaign: CampaignView, guardian_ids: Sequence[int]) -> dict[int, list[ChildView]]:
    """The children of each guardian, as far as the scope sees them, in the order of names."""
    statement = (
        with_people(
            select(
                Guardianship.guardian_id,
                Person.id,
                Person.full_name,
                Unit.name,
                Guardianship.relation,
                Registration.state,
                standing_column(campaign),
            )
        )
        .join(Guardianship, and_(Guardianship.institution_id == Person.institution_id, Guardianship.child_id == Person.id))
        .outerjoin(Unit, and_(Unit.institution_id == Person.institution_id, Unit.id == Person.unit_id))
        .where(known_to(scope), Guardianship.guardian_id.in_(guardian_ids))
        .order_by(Person.sort_key, Person.id)
    )
    found: dict[int, list[ChildView]] = defaultdict(list)
    for guardian_id, number, name, unit, relation, state, standing in db.session.execute(statement):
        found[guardian_id].append(ChildView(number, name, unit, relation, State(state), Standing(standing)))
    return found


def _meant(scope: CampaignScope, campaign: CampaignView, q: str, blocking: bool, pressing: bool = False) -> ColumnElement[bool]:
    found = and_(_is_guardian(scope), meant(campaign, PeopleFilter(q=q)))
    if not blocking and not pressing:
        return found
    if pressing:
        found = and_(found, _presses(campaign))
    return and_(found, Registration.state.not_in(sorted(HAS_ACCOUNT)), Person.id.in_(_blocking_ids(scope, campaign)))


def _presses(campaign: CampaignView) -> ColumnElement[bool]:
    """A guardian's own declaration is deleted by tomorrow, or is to be made again."""
    again = standing_column(campaign).in_([Standing.LAPSED, Standing.TO_FIX])
    return or_(again, meant(campaign, PeopleFilter(days_left=(0, TOMORROW))))


def _is_guardian(scope: CampaignScope) -> ColumnElement[bool]:
    """`guardians_known_to` for many: the list of guardians is made once, where SQLite without statistics would look for each one among
    all."""
    guards = select(Guardianship.guardian_id).where(Guardianship.institution_id == scope.institution_id)
    if scope.unit_ids is not None:
        child = aliased(Person)
        theirs = and_(child.institution_id == Guardianship.institution_id, child.id == Guardianship.child_id)
        guards = guards.join(child, theirs).where(child.unit_id.in_(sorted(scope.unit_ids)))
    here = and_(Registration.institution_id == scope.institution_id, Registration.campaign_id == scope.campaign_id)
    return and_(here, Person.id.in_(guards))


def _blocking_ids(scope: CampaignScope, campaign: CampaignView) -> Select[int]:
    """Guardians of the children who wait for one."""
    return (
        with_people(select(Guardianship.guardian_id))
        .join(Guardianship, and_(Guardianship.institution_id == Person.institution_id, Guardianship.child_id == Person.id))
        .where(within(scope), standing_column(campaign) == Standing.BLOCKED_GUARDIAN)
        .correlate(None)
    )


def _row(
    campaign: CampaignView,
    person: Person,
    registration: Registration,
    standing: Standing,
    children: Sequence[ChildView],
    sharing: set[int],
) -> GuardianRow:
    state = State(registration.state)
    return GuardianRow(
        id=person.id,
        full_name=person.full_name,
        phone=person.phone,
        state=state,
        standing=standing,
        paper_due_on=registration.paper_due_on,
        submitted_on=registration.submitted_on,
        reason=registration.reason,
        following=next_event(campaign.procedure, state, standing),
        is_member=registration.part == Part.MEMBER,
        revision=registration.revision,
        children=tuple(children),
        shares_phone=bool(sharing - {person.id}),
    )


def _sharing(scope: CampaignScope, phones: Sequence[str]) -> dict[str, set[int]]:
    """Who is reached by each of the phones: guardians, and those who register for themselves or by others."""
    guards = exists().where(Guardianship.institution_id == Person.institution_id, Guardianship.guardian_id == Person.id)
    takes_part = exists().where(
        Registration.institution_id == Person.institution_id,
        Registration.person_id == Person.id,
        Registration.campaign_id == scope.campaign_id,
    )
    statement = select(Person.phone, Person.id).where(
        Person.institution_id == scope.institution_id, Person.phone.in_(phones), or_(guards, takes_part)
    )
    found: dict[str, set[int]] = defaultdict(set)
    for phone, number in db.session.execute(statement):
        found[phone or ""].add(number)
    return found


def _own_children(scope: CampaignScope, guardian_ids: Sequence[int]) -> dict[int, set[int]]:
    """A child's phone is often the guardian's own: that is no sharing."""
    statement = select(Guardianship.guardian_id, Guardianship.child_id).where(
        Guardianship.institution_id == scope.institution_id, Guardianship.guardian_id.in_(guardian_ids)
    )
    found: dict[int, set[int]] = defaultdict(set)
    for guardian_id, child_id in db.session.execute(statement):
        found[guardian_id].add(child_id)
    return found
