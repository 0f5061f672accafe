"""Difficulties: those of an institution, one with its story, those of one person, and who can be asked to answer them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select, true, tuple_

from app import clock
from app.domain.access import Action, Role, may
from app.domain.difficulties import Kind, Step
from app.domain.scope import Actor, CampaignScope
from app.extensions import db
from app.models import Agency, Difficulty, DifficultyStep, Institution, Membership, Person, Registration, Unit, User
from app.queries.filters import known_to

PAGE = 50
_RECORDING = [role for role in (Role.COORDINATOR, Role.UNIT_LEAD) if may(role, Action.RECORD)]


class Which(StrEnum):
    """What a list shows. All but the closed ones are open."""

    OPEN = "open"
    OVERDUE = "overdue"
    MINE = "mine"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class DifficultyView:
    """One difficulty. `person` and `unit` are None where it is about the institution as a whole, and where it is about somebody whom the
    scope does not see (`person_id` is None as well then; `is_personal` tells the two apart). `answer` of an open one is an earlier one."""

    id: int
    kind: Kind
    text: str
    is_personal: bool
    person_id: int | None
    person: str | None
    unit: str | None
    owner_id: int
    owner: str
    due_on: date
    is_overdue: bool
    answer: str | None
    revision: int
    opened_by: str
    opened_at: datetime
    closed_by: str | None
    closed_at: datetime | None

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


@dataclass(frozen=True, slots=True)
class StepView:
    """What became of a difficulty: passed on to an `owner` (or opened again for one) by a day, or answered with a `text`."""

    kind: Step
    by: str
    at: datetime
    owner: str | None
    due_on: date | None
    text: str | None


@dataclass(frozen=True, slots=True)
class DifficultiesPage:
    """`after` is the id to go on from for the next page, None on the last."""

    rows: tuple[DifficultyView, ...]
    after: int | None


@dataclass(frozen=True, slots=True)
class Owner:
    """Somebody who can be asked to answer. `place` is the office's name for an officer."""

    user_id: int
    name: str
    role: Role
    place: str | None


def difficulties_page(scope: CampaignScope, which: Which = Which.OPEN, after: int | None = None, size: int = PAGE) -> DifficultiesPage:
    """`size` difficulties after the cursor: open ones the most urgent first, closed ones the newest first."""
    statement = _views(scope).where(is_in(which, scope.actor)).limit(size + 1)
    last = db.session.get(Difficulty, (scope.institution_id, after)) if after is not None else None
    if which is Which.CLOSED:
        statement = statement.order_by(Difficulty.closed_at.desc(), Difficulty.id.desc())
        if last is not None and last.closed_at is not None:
            statement = statement.where(tuple_(Difficulty.closed_at, Difficulty.id) < tuple_(last.closed_at, last.id))
    else:
        statement = statement.order_by(Difficulty.due_on, Difficulty.id)
        if last is not None:
            statement = statement.where(tuple_(Difficulty.due_on, Difficulty.id) > tuple_(last.due_on, last.id))
    found = db.session.execute(statement).all()
    rows = tuple(_view(row) for row in found[:size])
    return DifficultiesPage(rows, rows[-1].id if len(found) > size else None)


def one(scope: CampaignScope, difficulty_id: int) -> DifficultyView | None:
    """One difficulty that the scope sees, or None."""
    row = db.session.execute(_views(scope).where(Difficulty.id == difficulty_id)).one_or_none()
    return _view(row) if row is not None else None


def steps(scope: CampaignScope, difficulty_id: int) -> tuple[StepView, ...]:
    """What became of a difficulty that the scope sees, in the order in which it happened."""
    seen = _joined(scope, select(Difficulty.id)).where(Difficulty.id == difficulty_id)
    statement = (
        select(DifficultyStep, User.name)
        .outerjoin(User, User.id == DifficultyStep.owner_id)
        .where(DifficultyStep.institution_id == scope.institution_id, DifficultyStep.difficulty_id.in_(seen))
        .order_by(DifficultyStep.number)
    )
    return tuple(
        StepView(Step(step.kind), step.by, step.at, owner, step.due_on, step.text) for step, owner in db.session.execute(statement)
    )


def of_person(scope: CampaignScope, person_id: int) -> tuple[DifficultyView, ...]:
    """The difficulties about one person: open ones first, the newest first."""
    order = (Difficulty.closed_at.is_not(None), Difficulty.opened_at.desc(), Difficulty.id.desc())
    return tuple(_view(row) for row in db.session.execute(_views(scope).where(Difficulty.person_id == person_id).order_by(*order)))


def counts(scope: CampaignScope) -> Mapping[Which, int]:
    """How many difficulties each list has."""
    statement = _joined(scope, select(*(func.count(case((is_in(which, scope.actor), 1))) for which in Which)))
    return dict(zip(Which, db.session.execute(statement).one(), strict=True))


def possible_owners(scope: CampaignScope) -> tuple[Owner, ...]:
    """Who may be asked to answer: who records at the institution, the officers of its office and those above it, and whoever asks.

    Coordinators come first, then leads, then officers, the nearest office first; of one role who has been there longest.
    """
    path = db.session.scalar(
        select(Agency.path).join(Institution, Institution.agency_id == Agency.id).where(Institution.id == scope.institution_id)
    )
    codes = (path or "").strip("/").split("/")
    above = ["/" + "/".join(codes[: end + 1]) + "/" for end in range(len(codes))]
    statement = (
        select(User.id, User.name, Membership.role, Agency.name)
        .join(Membership, Membership.user_id == User.id)
        .outerjoin(Agency, Agency.id == Membership.agency_id)
        .where(
            User.is_active,
            or_(
                and_(Membership.institution_id == scope.institution_id, Membership.role.in_(_RECORDING)),
                and_(Membership.role == Role.OFFICER, Agency.path.in_(above)),
            ),
        )
        .order_by(
            case({role: place for place, role in enumerate((*_RECORDING, Role.OFFICER))}, value=Membership.role),
            func.length(Agency.path).desc(),
            Membership.id,
        )
    )
    found: dict[int, Owner] = {}
    for user_id, name, role, place in db.session.execute(statement):
        found.setdefault(user_id, Owner(user_id, name, Role(role), place))
    me = scope.actor.user_id
    if me is not None and scope.may(Action.RECORD):
        found.setdefault(me, Owner(me, scope.actor.name, scope.within.role, None))
    return tuple(found.values())


def _views(scope: CampaignScope) -> Select[*tuple[Any, ...]]:
    """Difficulties that the scope sees; a person's name only where the scope sees the person."""
    seen = known_to(scope)
    columns = (Difficulty, User.name, case((seen, Person.id)), case((seen, Person.full_name)), case((seen, Unit.name)))
    return (
        _joined(scope, select(*columns))
        .join(User, User.id == Difficulty.owner_id)
        .outerjoin(Unit, and_(Unit.institution_id == Person.institution_id, Unit.id == Person.unit_id))
    )


def _joined(scope: CampaignScope, statement: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    registered = and_(
        Registration.institution_id == Difficulty.institution_id,
        Registration.campaign_id == Difficulty.campaign_id,
        Registration.person_id == Difficulty.person_id,
    )
    return (
        statement.select_from(Difficulty)
        .outerjoin(Registration, registered)
        .outerjoin(Person, and_(Person.institution_id == Registration.institution_id, Person.id == Registration.person_id))
        .where(
            Difficulty.institution_id == scope.institution_id,
            Difficulty.campaign_id == scope.campaign_id,
            _is_seen(scope),
        )
    )


def _is_seen(scope: CampaignScope) -> ColumnElement[bool]:
    """A unit lead sees what is about own people, what they answer, and what somebody of their name has opened about no person: people
    share names and choose them, so a name opens nothing that is said of a person."""
    if scope.unit_ids is None:
        return true()
    opened = and_(Difficulty.person_id.is_(None), Difficulty.opened_by == scope.actor.name)
    return or_(Difficulty.owner_id == scope.actor.user_id, opened, and_(Difficulty.person_id.is_not(None), known_to(scope)))


def is_in(which: Which, actor: Actor) -> ColumnElement[bool]:
    """Whether a difficulty belongs into a list."""
    is_open = Difficulty.closed_at.is_(None)
    match which:
        case Which.CLOSED:
            return Difficulty.closed_at.is_not(None)
        case Which.OVERDUE:
            return and_(is_open, Difficulty.due_on < clock.today())
        case Which.MINE:
            return and_(is_open, Difficulty.owner_id == actor.user_id)
        case Which.OPEN:
            return is_open


def _view(row: Any) -> DifficultyView:
    difficulty, owner, person_id, person, unit = row
    return DifficultyView(
        id=difficulty.id,
        kind=Kind(difficulty.kind),
        text=difficulty.text,
        is_personal=difficulty.person_id is not None,
        person_id=person_id,
        person=person,
        unit=unit,
        owner_id=difficulty.owner_id,
        owner=owner,
        due_on=difficulty.due_on,
        is_overdue=difficulty.closed_at is None and difficulty.due_on < clock.today(),
        answer=difficulty.answer,
        revision=difficulty.revision,
        opened_by=difficulty.opened_by,
        opened_at=difficulty.opened_at,
        closed_by=difficulty.closed_by,
        closed_at=difficulty.closed_at,
    )
