"""A review made anew from the kept file: because people have changed, or because it is to be read on other terms.

The file is read before the first statement, because that takes long. Everything here raises `imports.Unreadable` where the file can't be
taken on those terms, and changes nothing then.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.domain.runs import Tell
from app.domain.scope import CampaignScope
from app.extensions import db
from app.models import Roster
from app.queries.known_people import snapshot
from app.queries.terms import KeptRoster, Terms, is_stale, packed_terms
from app.services import doubting
from app.services.bulk import collector_off
from app.services.numbers import allot
from app.services.plans import differing, keep_plan, plan_before, to_look_at_again
from app.services.rosters import RosterRefusal, locked, understood, understood_or_asked
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


@dataclass(frozen=True, slots=True)
class Revision:
    """A change of the terms on which a file is read. `may_ask`: where no header is found then, that is a question. `keep` writes what
    belongs to it, once the review is made anew."""

    terms: Terms
    keep: Callable[[Reading], None]
    may_ask: bool = False


def read_on(revision: Revision, kept: KeptRoster, tell: Tell | None = None) -> Reading:
    """The file as it is read then. Takes long, and needs no database."""
    read = understood_or_asked if revision.may_ask else understood
    return read(revision.terms, kept.filename, kept.data, tell)


@collector_off()
def revise(scope: CampaignScope, kept: KeptRoster, revision: Revision, reading: Reading) -> RosterRefusal | None:
    """Plan what was read on other terms (`read_on`). A stale review is reread first, so that nothing changes unseen."""
    roster = _open(scope, kept)
    if isinstance(roster, RosterRefusal):
        return roster
    if roster.status == "read" and is_stale(scope, roster):
        return RosterRefusal.STALE
    for name, value in packed_terms(revision.terms).items():
        setattr(roster, name, value)
    _plan(scope, roster, reading, tags=False)
    revision.keep(reading)
    return None


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
