"""People who are left and whom no message can reach: a list to work on, because each of them needs an address or a visit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, select, tuple_

from app.domain.ladder import SENT_BY_US, Channel, Receiver
from app.domain.nudge import Why, way_to
from app.domain.scope import CampaignScope
from app.domain.standing import Standing
from app.extensions import db
from app.models import Person, Unit
from app.queries.addressees import Addressee, receivers_of
from app.queries.campaigns import CampaignView
from app.queries.filters import NO_UNIT, standing_column, with_people, within
from app.queries.nudge_cases import members, unfinished

PAGE = 50
# Why somebody can't be reached. Who is paused could be, and has a list of their own.
WHYS = (Why.NO_GUARDIAN, Why.NO_ADDRESS, Why.UNREACHABLE, Why.OPTED_OUT, Why.NO_CHANNEL)


@dataclass(frozen=True, slots=True)
class Found:
    """Why somebody can't be reached, and who would be told for them: themselves or a guardian, None where no guardian is known."""

    why: Why
    receiver_id: int | None


@dataclass(frozen=True, slots=True)
class UnreachableRow:
    """One person of the list; `receiver` is the guardian's name, None for who would be told themselves."""

    person_id: int
    full_name: str
    unit_id: int | None
    unit: str | None
    standing: Standing
    why: Why
    receiver_id: int | None
    receiver: str | None


@dataclass(frozen=True, slots=True)
class UnreachablePage:
    """`after` is the id to go on from for the next page, None on the last; `counts` and `total` are of the whole list."""

    rows: tuple[UnreachableRow, ...]
    after: int | None
    counts: Mapping[Why, int]
    total: int


def found(scope: CampaignScope, campaign: CampaignView, ways: frozenset[Channel]) -> Mapping[int, Found]:
    """By person, everybody of the scope who is left and can't be reached by any channel that has been set up (`ways`)."""
    unreached: dict[int, Found] = {}
    rows = members(campaign, and_(within(scope), unfinished(campaign)))
    mine = {row.person_id for row in rows}
    for told in receivers_of(campaign, rows):
        why = way_to(SENT_BY_US, told.reach, ways)
        if isinstance(why, Why) and why in WHYS:
            unreached |= {person_id: Found(why, receiver) for person_id, receiver in _concerned(told) if person_id in mine}
    return unreached


def _concerned(told: Addressee) -> list[tuple[int, int | None]]:
    """For whom a message would be, each with who gets it."""
    if told.reach.nobody:
        return [(told.person_id, None)]
    own = any(case.receiver is Receiver.PERSON for case in told.cases)
    return [(person_id, told.person_id) for person_id in ((told.person_id,) * own + told.people)]


def unreachable_page(
    scope: CampaignScope,
    campaign: CampaignView,
    ways: frozenset[Channel],
    *,
    why: Why | None = None,
    unit: int | None = None,
    after: int | None = None,
    size: int = PAGE,
) -> UnreachablePage:
    """`size` of them after the cursor, in the order of names."""
    everybody = found(scope, campaign, ways)
    shown: list[Any] = []
    statement = _people(scope, campaign, unit, after)
    with db.session.execute(statement.execution_options(yield_per=1000)) as rows:  # left early, it has to be closed
        for row in rows:
            if row.id in everybody and why in {None, everybody[row.id].why}:
                shown.append(row)
                if len(shown) > size:
                    break
    names = _names(scope, {everybody[row.id].receiver_id for row in shown} - {None})
    lines = tuple(_line(row, everybody[row.id], names) for row in shown[:size])
    counts = Counter(one.why for one in everybody.values())
    return UnreachablePage(lines, lines[-1].person_id if len(shown) > size else None, counts, len(everybody))


def _people(scope: CampaignScope, campaign: CampaignView, unit: int | None, after: int | None) -> Select[*tuple[Any, ...]]:
    statement = (
        with_people(
            select(Person.id, Person.full_name, Person.unit_id, Unit.name.label("unit"), standing_column(campaign).label("standing"))
        )
        .outerjoin(Unit, and_(Unit.institution_id == Person.institution_id, Unit.id == Person.unit_id))
        .where(within(scope), unfinished(campaign))
        .order_by(Person.sort_key, Person.id)
    )
    if unit is not None:
        statement = statement.where(Person.unit_id.is_(None) if unit == NO_UNIT else Person.unit_id == unit)
    key = db.session.scalar(select(Person.sort_key).where(Person.institution_id == scope.institution_id, Person.id == after))
    return statement if key is None else statement.where(tuple_(Person.sort_key, Person.id) > tuple_(key, after))


def _names(scope: CampaignScope, ids: set[int | None]) -> Mapping[int, str]:
    statement = select(Person.id, Person.full_name).where(Person.institution_id == scope.institution_id, Person.id.in_(ids))
    return dict(db.session.execute(statement).all()) if ids else {}


def _line(row: Any, one: Found, names: Mapping[int, str]) -> UnreachableRow:
    guardian = one.receiver_id if one.receiver_id != row.id else None
    return UnreachableRow(
        person_id=row.id,
        full_name=row.full_name,
        unit_id=row.unit_id,
        unit=row.unit,
        standing=Standing(row.standing),
        why=one.why,
        receiver_id=guardian,
        receiver=names.get(guardian) if guardian is not None else None,
    )
