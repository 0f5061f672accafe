"""Pairs of people who are likely one person and wait for somebody to decide, side by side."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select, tuple_

from app.domain.likeness import Likeness
from app.domain.scope import CampaignScope
from app.extensions import db
from app.models import Double, Guardianship, Person, RecordedEvent, Registration, Unit

PAGE = 20


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two. `state` is None for somebody who is not in the campaign; `events` counts over all campaigns; `children` and
    `guardians` are how many there are."""

    id: int
    full_name: str
    birth_date: date | None
    birth_year: int | None
    sex: str | None
    unit: str | None
    personal_id: str | None
    old_id: str | None
    bhxh_code: str | None
    pupil_code: str | None
    staff_code: str | None
    phone: str | None
    email: str | None
    position: str | None
    state: str | None
    events: int
    children: int
    guardians: int


@dataclass(frozen=True, slots=True)
class Pair:
    one: Side
    other: Side
    likeness: Likeness


@dataclass(frozen=True, slots=True)
class Decided:
    """Two of whom somebody has said that they are two."""

    one: Side
    other: Side
    by: str | None
    at: datetime | None


@dataclass(frozen=True, slots=True)
class PairsPage:
    """`after` are the ids of the page's last pair, where another page follows."""

    rows: tuple[Pair, ...]
    after: tuple[int, int] | None


def waiting(scope: CampaignScope) -> int:
    """How many pairs wait. Only who sees everybody of the institution can decide."""
    if scope.unit_ids is not None:
        return 0
    return db.session.scalar(select(func.count()).select_from(Double).where(_waiting(scope))) or 0


def of_them_waiting(scope: CampaignScope, pairs: Collection[tuple[int, int]]) -> frozenset[tuple[int, int]]:
    """Those of the pairs that wait."""
    if scope.unit_ids is not None or not pairs:
        return frozenset()
    firsts = {one for one, _ in pairs}
    found = db.session.execute(select(Double.one_id, Double.other_id).where(_waiting(scope), Double.one_id.in_(firsts)))
    return frozenset((one, other) for one, other in found) & frozenset(pairs)


def pairs_page(scope: CampaignScope, after: tuple[int, int] | None = None, size: int = PAGE) -> PairsPage:
    if scope.unit_ids is not None:
        return PairsPage((), None)
    statement = select(Double).where(_waiting(scope)).order_by(Double.one_id, Double.other_id).limit(size + 1)
    if after:
        statement = statement.where(tuple_(Double.one_id, Double.other_id) > tuple_(*after))
    found = db.session.scalars(statement).all()
    sides = _sides(scope, {number for pair in found[:size] for number in (pair.one_id, pair.other_id)})
    rows = tuple(Pair(sides[pair.one_id], sides[pair.other_id], Likeness(pair.likeness)) for pair in found[:size])
    return PairsPage(rows, (rows[-1].one.id, rows[-1].other.id) if len(found) > size else None)


def pair(scope: CampaignScope, one_id: int, other_id: int) -> Pair | None:
    """A pair that waits."""
    if scope.unit_ids is not None:
        return None
    found = db.session.scalar(select(Double).where(_waiting(scope), Double.one_id == one_id, Double.other_id == other_id))
    if found is None:
        return None
    sides = _sides(scope, {one_id, other_id})
    return Pair(sides[one_id], sides[other_id], Likeness(found.likeness))


def sides(scope: CampaignScope, ids: Collection[int]) -> dict[int, Side]:
    """Some people of pairs, to be compared."""
    return _sides(scope, set(ids)) if scope.unit_ids is None else {}


def decided(scope: CampaignScope, size: int = PAGE) -> list[Decided]:
    """The pairs that were last said to be two people."""
    if scope.unit_ids is not None:
        return []
    of_two = select(Double).where(Double.institution_id == scope.institution_id, Double.verdict.is_not(None))
    found = db.session.scalars(of_two.order_by(Double.decided_at.desc(), Double.one_id, Double.other_id).limit(size)).all()
    sides = _sides(scope, {number for pair in found for number in (pair.one_id, pair.other_id)})
    return [Decided(sides[pair.one_id], sides[pair.other_id], pair.decided_by, pair.decided_at) for pair in found]


def _waiting(scope: CampaignScope) -> ColumnElement[bool]:
    return and_(Double.institution_id == scope.institution_id, Double.verdict.is_(None))


def _sides(scope: CampaignScope, ids: set[int]) -> dict[int, Side]:
    statement = (
        select(Person, Unit.name, Registration.state)
        .outerjoin(Unit, and_(Unit.institution_id == Person.institution_id, Unit.id == Person.unit_id))
        .outerjoin(
            Registration,
            and_(
                Registration.institution_id == Person.institution_id,
                Registration.campaign_id == scope.campaign_id,
                Registration.person_id == Person.id,
            ),
        )
        .where(Person.institution_id == scope.institution_id, Person.id.in_(ids))
    )
    events = _counts(scope, RecordedEvent.person_id, RecordedEvent.institution_id, ids)
    children = _counts(scope, Guardianship.guardian_id, Guardianship.institution_id, ids)
    guardians = _counts(scope, Guardianship.child_id, Guardianship.institution_id, ids)
    return {
        who.id: Side(
            who.id,
            who.full_name,
            who.birth_date,
            who.birth_year,
            who.sex,
            unit,
            who.personal_id,
            who.old_id,
            who.bhxh_code,
            who.pupil_code,
            who.staff_code,
            who.phone,
            who.email,
            who.position,
            state,
            events.get(who.id, 0),
            children.get(who.id, 0),
            guardians.get(who.id, 0),
        )
        for who, unit, state in db.session.execute(statement)
    }


def _counts(scope: CampaignScope, who: Any, where: Any, ids: set[int]) -> dict[int, int]:
    return dict(db.session.execute(select(who, func.count()).where(where == scope.institution_id, who.in_(ids)).group_by(who)).all())
