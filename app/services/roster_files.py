"""Letting go of uploaded workbooks: after some days, after an undoing, and soon where nothing came of them.

What stays is the plan (what each row would do) and the address of each finding with its sentence. The texts of cells that were found wrong,
the rows beside them, what was typed in their place, samples of columns and examples of repairs go with the file: they are the file's own
words, and none of them is needed once it can't be read again.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any, cast

from sqlalchemy import ColumnElement, CursorResult, and_, delete, or_, select, update

from app import clock
from app.domain.scope import CampaignScope
from app.extensions import db
from app.models import Roster, RosterCorrection, RosterFile, RosterProblem
from app.services.plans import without_examples, without_samples

USELESS_DAYS = 1  # a file that could not be read, or whose reading was stopped: until tomorrow it can be tried again


def forget_file(scope: CampaignScope, roster_id: int) -> None:
    """Delete a roster's workbook and its cells' texts."""
    _forget(and_(Roster.institution_id == scope.institution_id, Roster.campaign_id == scope.campaign_id, Roster.id == roster_id))


def purge(days: int) -> int:
    """Delete the workbooks uploaded more than `days` days ago, and yesterday's of which nothing came. Answers how many."""
    now = clock.now()
    useless = and_(Roster.status.in_(["failed", "stopped"]), Roster.uploaded_at < now - timedelta(days=USELESS_DAYS))
    return _forget(or_(Roster.uploaded_at < now - timedelta(days=days), useless))


def _forget(which: ColumnElement[bool]) -> int:
    chosen = db.session.scalars(select(Roster).where(which, Roster.purged_at.is_(None))).all()
    gone = 0
    for roster in chosen:
        roster.understood, roster.summary = without_samples(roster.understood), without_examples(roster.summary)
        roster.purged_at = clock.now()
        of_it = {"institution_id": roster.institution_id, "roster_id": roster.id}
        gone += _run(delete(RosterFile).filter_by(**of_it))
        _run(delete(RosterCorrection).filter_by(**of_it))
        _run(update(RosterProblem).filter_by(**of_it).values(value="", row_values=None))
    db.session.flush()
    return gone


def _run(statement: Any) -> int:
    done = db.session.execute(statement.execution_options(synchronize_session=False))
    return cast("CursorResult[Any]", done).rowcount
