"""What it takes to mark a roster's workbook: whether it is still there, and all findings at once with their addresses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import orjson
from sqlalchemy import select

from app.domain.scope import CampaignScope
from app.extensions import db
from app.models import Roster, RosterFile, RosterProblem
from imports.values import Severity


class FoundAt(NamedTuple):
    """A finding; `text` is a msgid with `params`. `column` is None where it is about the row."""

    sheet: str
    row: int
    column: str | None
    severity: Severity
    text: str
    params: dict[str, str]


def keeps_file(scope: CampaignScope, roster_id: int) -> bool:
    statement = (
        select(Roster.id)
        .join(RosterFile, (RosterFile.institution_id == Roster.institution_id) & (RosterFile.roster_id == Roster.id))
        .where(Roster.institution_id == scope.institution_id, Roster.campaign_id == scope.campaign_id, Roster.id == roster_id)
    )
    return db.session.scalar(statement) is not None


def findings(scope: CampaignScope, roster_id: int) -> Iterator[FoundAt]:
    """Row by row, the worst first."""
    statement = (
        select(
            RosterProblem.sheet, RosterProblem.row, RosterProblem.column, RosterProblem.severity, RosterProblem.text, RosterProblem.params
        )
        .join(Roster, (Roster.institution_id == RosterProblem.institution_id) & (Roster.id == RosterProblem.roster_id))
        .where(
            RosterProblem.institution_id == scope.institution_id,
            RosterProblem.roster_id == roster_id,
            Roster.campaign_id == scope.campaign_id,
        )
        .order_by(RosterProblem.number)
    )
    for sheet, row, column, severity, text, params in db.session.execute(statement):
        yield FoundAt(sheet, row, column, Severity(severity), text, orjson.loads(params))
