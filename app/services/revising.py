"""A review made anew from the kept file: because people have changed, or because it is to be read on other terms.

The file is read before the first statement, because that takes long. Everything here raises `imports.Unreadable` where the file can't be
taken on those terms, and changes nothing then.
"""

from __future__ import annotations

from app.domain.scope import CampaignScope
from app.extensions import db
from app.models import Roster
from app.queries.known_people import snapshot
from app.queries.terms import KeptRoster, Terms, is_stale, packed_terms
from app.services import doubting
from app.services.bulk import collector_off
from app.services.numbers import allot
from app.services.plans import differing, keep_plan, plan_before, to_look_at_again
from app.services.rosters import RosterRefusal, locked, understood
from imports import plan
from imports.values import Reading


@collector_off()
def reread(scope: CampaignScope, kept: KeptRoster) -> RosterRefusal | None:
    """Plan the file against what is known now. Only the rows that would do something else than reviewed have to be looked at again."""
    return replan(scope, kept, understood(kept.terms, kept.filename, kept.data))


def replan(scope: CampaignScope, kept: KeptRoster, reading: Reading) -> RosterRefusal | None:
    """What `reread` writes."""
    roster = _open(scope, kept)
    if isinstance(roster, RosterRefusal):
        return roster
    _plan(scope, roster, reading, tags=roster.status == "read")
    return None


@collector_off()
def revise(scope: CampaignScope, kept: KeptRoster, terms: Terms, reading: Reading) -> Roster | RosterRefusal:
    """Plan what was read on other terms (`rosters.understood`); answers the roster. A stale review is reread first, so that nothing
    changes unseen."""
    roster = _open(scope, kept)
    if isinstance(roster, RosterRefusal):
        return roster
    if roster.status == "read" and is_stale(scope, roster):
        return RosterRefusal.STALE
    for name, value in packed_terms(terms).items():
        setattr(roster, name, value)
    _plan(scope, roster, reading, tags=False)
    return roster


def _open(scope: CampaignScope, kept: KeptRoster) -> Roster | RosterRefusal:
    """The roster, if it is as it was when its file was fetched."""
    roster = locked(scope, kept.id)
    if not isinstance(roster, RosterRefusal) and roster.review != kept.review:
        return RosterRefusal.MEANWHILE
    return roster


def _plan(scope: CampaignScope, roster: Roster, reading: Reading, *, tags: bool) -> None:
    allot(scope.institution_id, 0)  # from here on nobody changes people
    known = snapshot(scope)
    planned = None if reading.questions else plan(reading, known)
    db.session.add(roster)  # which a snapshot lets go with all others
    doubting.note(scope, roster, reading, planned, known)
    before = plan_before(scope, roster.id)
    again = differing(planned, before) if tags and planned else to_look_at_again(scope, roster.id)
    roster.review += 1
    keep_plan(scope, roster, reading, planned, before, again)
