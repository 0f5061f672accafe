"""Registrations with something left to do, each with what messages need of it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import CTE, ColumnElement, and_, false, func, not_, select

from app.domain.ladder import Receiver
from app.domain.scope import CampaignScope
from app.domain.standing import Standing
from app.domain.track import Part
from app.extensions import db
from app.models import Person, Registration
from app.queries.campaigns import CampaignView
from app.queries.filters import password_since, standing_column, with_people, within
from app.queries.keyed import Key, blocks, is_in

BLOCK = 1000


class Known(NamedTuple):
    """One registration with what messages need of it; `is_child` that it goes through a guardian."""

    institution_id: int
    person_id: int
    unit_id: int | None
    part: str
    is_child: bool
    state: str
    standing: str
    opened_on: date | None
    declared_on: date | None
    rejected_on: date | None
    granted_on: date | None
    password_on: date | None
    phone: str | None
    email: str | None
    sort_key: bytes


def unfinished(view: CampaignView) -> ColumnElement[bool]:
    """Registrations that are in scope and not done."""
    return standing_column(view).not_in([Standing.DONE, Standing.EXCLUDED])


def child_now(view: CampaignView) -> ColumnElement[bool]:
    """Registers through a guardian today (`app.domain.track.track_of` as SQL)."""
    return func.coalesce(Registration.self_from > view.today().ages_on, false())


def columns(view: CampaignView) -> tuple[Any, ...]:
    """The columns of `Known`."""
    return (
        Registration.institution_id,
        Registration.person_id,
        Person.unit_id,
        Registration.part,
        child_now(view),
        Registration.state,
        standing_column(view),
        Registration.opened_on,
        Registration.declared_on,
        Registration.rejected_on,
        Registration.granted_on,
        password_since(),
        Person.phone,
        Person.email,
        Person.sort_key,
    )


def members(view: CampaignView, condition: ColumnElement[bool], only: CTE | None = None) -> list[Known]:
    """Those asked to register for whom the condition (over registrations joined with people) holds; `only` those with these keys."""
    statement = with_people(select(*columns(view))).where(Registration.part == Part.MEMBER, condition)
    if only is None:
        statement = statement.where(Registration.campaign_id == view.id)
    else:
        statement = statement.join(only, is_in(only, Registration.institution_id, Registration.person_id, Registration.campaign_id))
    return [Known._make(row) for row in db.session.execute(statement)]


def of_people(scope: CampaignScope, view: CampaignView, person_ids: Collection[int]) -> list[Known]:
    """Those of these people whom the scope sees and who are not done."""
    found = []
    wanted = sorted(set(person_ids))
    for start in range(0, len(wanted), BLOCK):
        these = Registration.person_id.in_(wanted[start : start + BLOCK])
        found += members(view, and_(within(scope), these, unfinished(view)))
    return found


def of_keys(view: CampaignView, keys: Collection[Key]) -> list[Known]:
    """Those of these people (institution, person) who are not done."""
    found = []
    for block in blocks(keys, view.id):
        found += members(view, unfinished(view), block)
    return found


def first_few(view: CampaignView, institution_id: int | None, receiver: Receiver, count: int = 1) -> list[Known]:
    """A few who have something to do, in the order of names: who is told themselves, or children whose guardian is."""
    here = and_(unfinished(view), child_now(view) if receiver is Receiver.GUARDIAN else not_(child_now(view)))
    where = here if institution_id is None else and_(here, Registration.institution_id == institution_id)
    statement = with_people(select(*columns(view))).where(Registration.campaign_id == view.id, Registration.part == Part.MEMBER, where)
    return [Known._make(row) for row in db.session.execute(statement.order_by(Person.sort_key, Person.id).limit(count))]
