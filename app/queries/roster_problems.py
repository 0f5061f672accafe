"""What is wrong in a roster's cells, by the row, the worst first; and the cells that somebody typed anew."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import orjson
from sqlalchemy import ColumnElement, and_, func, select

from app.domain.scope import CampaignScope
from app.extensions import db
from app.models import Roster, RosterCorrection, RosterProblem
from app.queries.change_pages import PAGE, unpacked_row
from imports.values import RosterRow, Severity


@dataclass(frozen=True, slots=True)
class ProblemView:
    """A finding; `text` is a msgid with `params`. `row_values` is the row as read, where there is one, to show beside it."""

    number: int
    sheet: str
    row: int
    column: str | None
    field: str
    severity: Severity
    value: str
    text: str
    params: dict[str, str]
    row_values: RosterRow | None


@dataclass(frozen=True, slots=True)
class ProblemsPage:
    """`after` is what the next page begins after."""

    rows: tuple[ProblemView, ...]
    after: int | None


@dataclass(frozen=True, slots=True)
class CorrectionView:
    sheet: str
    row: int
    column: str
    text: str
    was: str
    corrected_by: str
    corrected_at: datetime


def problems_page(scope: CampaignScope, roster_id: int, to_check: int, after: int = 0, size: int = PAGE) -> ProblemsPage:
    """All findings of the rows that have to be checked, of which there are `to_check`: so many rows after the first `after` of them."""
    last = min(after + size, to_check)
    found = db.session.scalars(
        select(RosterProblem)
        .where(_of(scope, roster_id), RosterProblem.place > after, RosterProblem.place <= last)
        .order_by(RosterProblem.number)
    )
    return ProblemsPage(tuple(map(_problem, found)), last if last < to_check else None)


def group_page(scope: CampaignScope, roster_id: int, group: int, after: int = 0, size: int = PAGE) -> ProblemsPage:
    """The rows in which there is a finding of one group, with all that was found in them."""
    of_group = and_(_of(scope, roster_id), RosterProblem.group == group, RosterProblem.place > after)
    places = db.session.scalars(select(RosterProblem.place).where(of_group).distinct().order_by(RosterProblem.place).limit(size + 1)).all()
    shown = list(places[:size])
    found = db.session.scalars(
        select(RosterProblem).where(_of(scope, roster_id), RosterProblem.place.in_(shown)).order_by(RosterProblem.number)
    )
    return ProblemsPage(tuple(map(_problem, found)), shown[-1] if len(places) > size else None)


def corrections(scope: CampaignScope, roster_id: int) -> list[CorrectionView]:
    """The cells typed anew, the latest first."""
    statement = (
        select(RosterCorrection)
        .join(Roster, and_(Roster.institution_id == RosterCorrection.institution_id, Roster.id == RosterCorrection.roster_id))
        .where(Roster.institution_id == scope.institution_id, Roster.campaign_id == scope.campaign_id, Roster.id == roster_id)
        .order_by(RosterCorrection.corrected_at.desc(), RosterCorrection.sheet, RosterCorrection.row, RosterCorrection.column)
    )
    return [CorrectionView(c.sheet, c.row, c.column, c.text, c.was, c.corrected_by, c.corrected_at) for c in db.session.scalars(statement)]


def count_corrections(scope: CampaignScope, roster_id: int) -> int:
    here = and_(RosterCorrection.institution_id == scope.institution_id, RosterCorrection.roster_id == roster_id)
    return db.session.scalar(select(func.count()).select_from(RosterCorrection).where(here)) or 0


def _of(scope: CampaignScope, roster_id: int) -> ColumnElement[bool]:
    return and_(RosterProblem.institution_id == scope.institution_id, RosterProblem.roster_id == roster_id)


def _problem(problem: RosterProblem) -> ProblemView:
    return ProblemView(
        number=problem.number,
        sheet=problem.sheet,
        row=problem.row,
        column=problem.column,
        field=problem.field,
        severity=Severity(problem.severity),
        value=problem.value,
        text=problem.text,
        params=orjson.loads(problem.params),
        row_values=unpacked_row(problem.row_values) if problem.row_values else None,
    )
