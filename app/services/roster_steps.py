"""What somebody may ask of a roster: to be read, let in, undone or read again in the background, and to go on although it looks odd."""

from __future__ import annotations

from sqlalchemy import delete

from app import clock
from app.domain.runs import Task
from app.domain.scope import CampaignScope
from app.extensions import db
from app.models import Roster, RosterFile, RosterRun
from app.services import continuing, log, rosters, runs
from app.services.rosters import RosterRefusal


def receive(scope: CampaignScope, filename: str, data: bytes) -> int:
    """Keep an uploaded workbook and ask for its reading; answers the roster's id."""
    roster_id = rosters.store(scope, filename, data)
    runs.ask(scope, roster_id, Task.READING)
    return roster_id


def confirm(scope: CampaignScope, roster_id: int) -> RosterRefusal | None:
    """Somebody says that the file is meant, and is kept as who said so."""
    roster = rosters.locked(scope, roster_id)
    if isinstance(roster, RosterRefusal):
        return roster
    if not roster.doubts or roster.confirmed_at:
        return None
    roster.confirmed_by, roster.confirmed_at = scope.actor.name, clock.now()
    log.note(scope.actor, "confirmed-roster", institution_id=scope.institution_id)
    return None


def begin_applying(scope: CampaignScope, roster_id: int, review: int | None = None) -> RosterRefusal | None:
    """Ask for the reviewed rows to be let in; whether the review still holds shows when its turn comes."""
    roster = rosters.to_apply(scope, roster_id)
    if isinstance(roster, RosterRefusal):
        return roster
    if review is not None and review != roster.review:
        return RosterRefusal.MEANWHILE
    return None if runs.ask(scope, roster_id, Task.APPLYING, str(roster.review)) else RosterRefusal.UNDER_WAY


def begin_undoing(scope: CampaignScope, roster_id: int, seen: str) -> RosterRefusal | None:
    """Ask for an applied roster to be undone; whether that would still do what was `seen` shows when its turn comes."""
    roster = rosters.held(scope, roster_id)
    if roster is None:
        return RosterRefusal.UNKNOWN
    if roster.status != "applied" or roster.undone_at:
        return RosterRefusal.ALREADY_UNDONE if roster.undone_at else RosterRefusal.NOT_APPLIED
    return None if runs.ask(scope, roster_id, Task.UNDOING, seen) else RosterRefusal.UNDER_WAY


def begin_revising(scope: CampaignScope, roster_id: int, wish: str) -> RosterRefusal | None:
    """Ask for a review to be made anew with something changed (`services.wishes`)."""
    roster = rosters.locked(scope, roster_id)
    if isinstance(roster, RosterRefusal):
        return roster
    if roster.purged_at:
        return RosterRefusal.FILE_GONE
    return None if runs.ask(scope, roster_id, Task.REVISING, wish=wish) else RosterRefusal.UNDER_WAY


def begin_continuing(scope: CampaignScope, roster_id: int) -> RosterRefusal | None:
    """Ask for the rows that waited to go on as a roster of their own."""
    refused = continuing.refusal(scope, roster_id)
    if refused:
        return refused
    return None if runs.ask(scope, roster_id, Task.CONTINUING) else RosterRefusal.UNDER_WAY


def read_again(scope: CampaignScope, roster_id: int) -> RosterRefusal | None:
    """Ask once more for a reading that was stopped, or that failed through no fault of the file."""
    roster = rosters.held(scope, roster_id)
    if roster is None:
        return RosterRefusal.UNKNOWN
    if roster.purged_at:
        return RosterRefusal.FILE_GONE
    if not runs.ask(scope, roster_id, Task.READING if roster.status in rosters.NOT_READ else Task.REREADING):
        return RosterRefusal.UNDER_WAY
    if roster.status in rosters.NOT_READ:
        roster.status = "reading"
        db.session.flush()
    return None


def take_back(scope: CampaignScope, roster_id: int) -> None:
    """An upload that turned out at once to be no roster leaves nothing behind."""
    for table, key in ((RosterRun, RosterRun.roster_id), (RosterFile, RosterFile.roster_id), (Roster, Roster.id)):
        db.session.execute(
            delete(table).where(table.institution_id == scope.institution_id, key == roster_id).execution_options(synchronize_session=False)
        )
