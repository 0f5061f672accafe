"""Cells of a roster typed anew in the browser: kept beside the file, judged with their whole column, taken back one by one."""

from __future__ import annotations

from dataclasses import replace

import orjson
from sqlalchemy import ColumnElement, and_, delete, select

from app import clock
from app.domain.names import tidy
from app.domain.scope import CampaignScope
from app.extensions import db
from app.models import Roster, RosterCorrection, RosterProblem
from app.queries.terms import KeptRoster
from app.services.revising import Revision
from app.services.rosters import RosterRefusal
from imports.values import Correction, Reading

LONGEST = 200
MOST = 1_000  # of one roster: who has more to correct does it in the file


def correction(scope: CampaignScope, kept: KeptRoster, cell: Correction) -> Revision | RosterRefusal:
    """Put a text in the place of what a cell has. Only rows in which something was found can be corrected."""
    typed = cell._replace(text=tidy(cell.text))
    others = tuple(other for other in kept.terms.corrections if other[:3] != typed[:3])
    if len(typed.text) > LONGEST or len(others) >= MOST:
        return RosterRefusal.TOO_LONG if len(typed.text) > LONGEST else RosterRefusal.TOO_MANY
    was = _was(scope, kept.id, typed)
    if was is None:
        return RosterRefusal.NO_SUCH_CELL

    def keep(_: Reading) -> None:
        db.session.execute(delete(RosterCorrection).where(_is_at(scope, kept.id, typed)))
        by = {"corrected_by": scope.actor.name, "corrected_at": clock.now()}
        db.session.add(RosterCorrection(institution_id=scope.institution_id, roster_id=kept.id, was=was, **typed._asdict(), **by))
        db.session.flush()

    return Revision(replace(kept.terms, corrections=(*others, typed)), keep)


def removal(scope: CampaignScope, kept: KeptRoster, cell: Correction) -> Revision | RosterRefusal:
    """Let a cell have again what the file has there."""
    left = tuple(other for other in kept.terms.corrections if other[:3] != cell[:3])
    if len(left) == len(kept.terms.corrections):
        return RosterRefusal.NO_SUCH_CELL

    def keep(_: Reading) -> None:
        db.session.execute(delete(RosterCorrection).where(_is_at(scope, kept.id, cell)))

    return Revision(replace(kept.terms, corrections=left), keep)


def _was(scope: CampaignScope, roster_id: int, cell: Correction) -> str | None:
    """What the file has in a cell that can be corrected, as far as it was kept; None for one that can't."""
    before = db.session.scalar(select(RosterCorrection.was).where(_is_at(scope, roster_id, cell)))
    if before is not None:
        return before
    of_roster = and_(Roster.institution_id == scope.institution_id, Roster.campaign_id == scope.campaign_id, Roster.id == roster_id)
    understood_as = db.session.scalar(select(Roster.understood).where(of_roster))
    columns = orjson.loads(understood_as)["columns"] if understood_as else []
    if not any((sheet, letters) == (cell.sheet, cell.column) and field for sheet, letters, _, field, *_ in columns):
        return None
    found = db.session.execute(
        select(RosterProblem.column, RosterProblem.value).where(
            RosterProblem.institution_id == scope.institution_id,
            RosterProblem.roster_id == roster_id,
            RosterProblem.sheet == cell.sheet,
            RosterProblem.row == cell.row,
        )
    ).all()
    return next((value for column, value in found if column == cell.column), "") if found else None


def _is_at(scope: CampaignScope, roster_id: int, cell: Correction) -> ColumnElement[bool]:
    return and_(
        RosterCorrection.institution_id == scope.institution_id,
        RosterCorrection.roster_id == roster_id,
        RosterCorrection.sheet == cell.sheet,
        RosterCorrection.row == cell.row,
        RosterCorrection.column == cell.column,
    )
