"""The office's view of difficulties: over all institutions of its subtree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, and_, case, func, or_, select, tuple_

from app import clock
from app.domain.difficulties import Kind
from app.domain.scope import AgencyScope
from app.extensions import db
from app.models import Agency, Difficulty, Institution, User
from app.queries.campaigns import CampaignView
from app.queries.difficulties import PAGE, Which, is_in


@dataclass(frozen=True, slots=True)
class AgencyRow:
    """A difficulty as the office lists it; about whom it is, its page tells."""

    institution_code: str
    institution: str
    id: int
    kind: Kind
    text: str
    owner: str
    due_on: date
    is_overdue: bool
    opened_at: datetime
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class AgencyPage:
    """`after` is the institution's code and the id to go on from for the next page, None on the last."""

    rows: tuple[AgencyRow, ...]
    after: tuple[str, int] | None


def agency_counts(scope: AgencyScope, campaign: CampaignView) -> Mapping[Which, int]:
    """How many difficulties each list of the office has."""
    counted = select(*(func.count(case((is_in(which, scope.actor), 1))) for which in Which))
    return dict(zip(Which, db.session.execute(_in_subtree(scope, campaign, counted)).one(), strict=True))


def agency_page(
    scope: AgencyScope, campaign: CampaignView, which: Which = Which.OPEN, after: tuple[str, int] | None = None, size: int = PAGE
) -> AgencyPage:
    """As `difficulties_page`, over all institutions of the subtree."""
    columns = (Institution.code, Institution.name, User.name, Difficulty)
    statement = _in_subtree(scope, campaign, select(*columns)).join(User, User.id == Difficulty.owner_id).where(is_in(which, scope.actor))
    last = _cursor(scope, campaign, after) if after else None
    if which is Which.CLOSED:
        statement = statement.order_by(Difficulty.closed_at.desc(), Institution.code, Difficulty.id)
        if last is not None and last.closed_at is not None and after:
            same_time = and_(Difficulty.closed_at == last.closed_at, tuple_(Institution.code, Difficulty.id) > tuple_(*after))
            statement = statement.where(or_(Difficulty.closed_at < last.closed_at, same_time))
    else:
        statement = statement.order_by(Difficulty.due_on, Institution.code, Difficulty.id)
        if last is not None and after:
            statement = statement.where(tuple_(Difficulty.due_on, Institution.code, Difficulty.id) > tuple_(last.due_on, *after))
    found = db.session.execute(statement.limit(size + 1)).all()
    rows = tuple(_agency_row(*row) for row in found[:size])
    return AgencyPage(rows, (rows[-1].institution_code, rows[-1].id) if len(found) > size else None)


def _in_subtree(scope: AgencyScope, campaign: CampaignView, statement: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    return (
        statement.select_from(Difficulty)
        .join(Institution, Institution.id == Difficulty.institution_id)
        .join(Agency, Agency.id == Institution.agency_id)
        .where(Difficulty.campaign_id == campaign.id, Agency.path.startswith(scope.path, autoescape=True))
    )


def _cursor(scope: AgencyScope, campaign: CampaignView, after: tuple[str, int]) -> Difficulty | None:
    code, number = after
    found: Difficulty | None = db.session.scalar(
        _in_subtree(scope, campaign, select(Difficulty)).where(Institution.code == code, Difficulty.id == number)
    )
    return found


def _agency_row(code: str, institution: str, owner: str, difficulty: Difficulty) -> AgencyRow:
    return AgencyRow(
        institution_code=code,
        institution=institution,
        id=difficulty.id,
        kind=Kind(difficulty.kind),
        text=difficulty.text,
        owner=owner,
        due_on=difficulty.due_on,
        is_overdue=difficulty.closed_at is None and difficulty.due_on < clock.today(),
        opened_at=difficulty.opened_at,
        closed_at=difficulty.closed_at,
    )
