"""A roster is read, planned and kept for review; applying it is one unit of work that happens whole or not at all."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from enum import StrEnum
from typing import Any, NamedTuple, cast

from sqlalchemy import CursorResult, delete, func, select, update

from app import clock
from app.domain.names import tidy
from app.domain.runs import Stage, Tell, silently
from app.domain.scope import CampaignScope
from app.extensions import db
from app.models import ChangePage, Institution, Roster, RosterCorrection, RosterFile, RosterProblem
from app.queries.answers import recalled
from app.queries.known_people import snapshot
from app.queries.runs import is_under_way
from app.queries.terms import Terms, packed_terms
from app.services import doubting, log
from app.services.applying import apply_changes
from app.services.bulk import collector_off
from app.services.numbers import allot
from app.services.plans import keep_plan, without_samples
from imports import plan, preview, read
from imports.asking.nobody_found import MAY_BE_ASKED, asked_instead
from imports.files.origins import origin_of
from imports.values import Kind, Reading, Unreadable

NOT_READ = ("reading", "failed", "stopped")  # states in which there is a file and no review


class RosterRefusal(StrEnum):
    UNKNOWN = "unknown-roster"
    STALE = "stale"
    ASKING = "asking"
    MEANWHILE = "reviewed-meanwhile"
    ALREADY_APPLIED = "already-applied"
    DISCARDED = "discarded"
    NOT_READ = "not-read"
    UNCONFIRMED = "unconfirmed"
    UNDER_WAY = "under-way"
    FILE_GONE = "file-gone"
    NO_SUCH_CELL = "no-such-cell"
    TOO_LONG = "too-long"
    TOO_MANY = "too-many"
    NOTHING_WAITS = "nothing-waits"
    NOT_APPLIED = "not-applied"
    ALREADY_UNDONE = "already-undone"
    BEFORE_UNDOING = "before-undoing"  # applied by a version that did not note what it did
    OTHERWISE_NOW = "otherwise-now"  # undoing would do something else than was shown


class Applied(NamedTuple):
    new: int
    changed: int
    moved: int = 0


class Sent(NamedTuple):
    """A workbook as it was sent."""

    filename: str
    data: bytes


class FirstReading(NamedTuple):
    """What a file is understood as at first: `fingerprint` is the one of its headings, on whatever terms it was read in the end."""

    reading: Reading
    fingerprint: str
    terms: Terms


@collector_off()
def receive(scope: CampaignScope, filename: str, data: bytes, tell: Tell = silently) -> int:
    """Read a workbook, plan what it would do, keep both; answers the roster's id. Raises `imports.Unreadable`, and keeps nothing then.

    The reading comes first, because it takes long and must not hold the database. Only where an answer is remembered for a file with
    these headings is it read once more, as that answer says.
    """
    first = first_reading(filename, data, lambda fingerprint: recalled(scope, filename, fingerprint, origin_of(data)), tell)
    return keep(scope, Sent(filename, data), first.reading, first.fingerprint, first.terms, tell=tell)


def first_reading(filename: str, data: bytes, recall: Callable[[str], Terms], tell: Tell = silently) -> FirstReading:
    """Read a file, and once more where `recall` knows terms for one with its headings."""
    reading = understood_or_asked(Terms(), filename, data, tell)
    terms = recall(reading.fingerprint)
    if terms == Terms():
        return FirstReading(reading, reading.fingerprint, terms)
    return FirstReading(understood_or_asked(terms, filename, data, tell), reading.fingerprint, terms)


def understood(terms: Terms, filename: str, data: bytes, tell: Tell | None = None) -> Reading:
    """The workbook as those terms have it."""
    refused = frozenset((repair.field, repair.code) for repair in terms.refused)
    return read(data, filename, answer=terms.answer, corrections=terms.corrections, refused=refused, progress=tell)


def understood_or_asked(terms: Terms, filename: str, data: bytes, tell: Tell | None = None) -> Reading:
    """As `understood`; where nobody is found in the whole file, but may be meant, its sheets with a question about that."""
    try:
        return understood(terms, filename, data, tell)
    except Unreadable as unreadable:
        may_be_asked = unreadable.code in MAY_BE_ASKED
        asked = asked_instead(unreadable, preview(data, filename), terms.answer) if may_be_asked else None
        if asked is None:
            raise
        return asked


def keep(
    scope: CampaignScope,
    sent: Sent,
    reading: Reading,
    fingerprint: str,
    terms: Terms,
    continues: int | None = None,
    tell: Tell = silently,
) -> int:
    """A new roster of what was read; answers its id."""
    roster = _new_roster(scope, sent, fingerprint, terms)
    roster.continues = continues
    _plan(scope, roster, reading, tell)
    return roster.id


def store(scope: CampaignScope, filename: str, data: bytes) -> int:
    """Keep a workbook that is going to be read (`plan_stored`); answers the roster's id."""
    return _new_roster(scope, Sent(filename, data), "", Terms()).id


def plan_stored(scope: CampaignScope, roster_id: int, first: FirstReading, tell: Tell = silently) -> RosterRefusal | None:
    """Plan a workbook that was stored and has been read."""
    allot(scope.institution_id, 0)  # from here on nobody changes people
    roster = held(scope, roster_id)
    if roster is None:
        return RosterRefusal.UNKNOWN
    if roster.status not in NOT_READ:
        return RosterRefusal.MEANWHILE
    roster.fingerprint = first.fingerprint
    for name, value in packed_terms(first.terms).items():
        setattr(roster, name, value)
    _plan(scope, roster, first.reading, tell)
    return None


@collector_off()
def apply(scope: CampaignScope, roster_id: int, review: int | None = None, tell: Tell = silently) -> Applied | RosterRefusal:
    """Let the roster's new, changed and moved rows in; what waits stays out, who is absent stays in. A stale review is not applied, nor,
    where `review` says which one was looked at, any other."""
    roster = to_apply(scope, roster_id)
    if isinstance(roster, RosterRefusal):
        return roster
    if review is not None and review != roster.review:
        return RosterRefusal.MEANWHILE
    if not _still_as_reviewed(scope, roster):
        return RosterRefusal.STALE
    roster.status, roster.applied_by, roster.applied_at = "applied", scope.actor.name, clock.now()
    roster.understood = without_samples(roster.understood)
    db.session.flush()
    apply_changes(scope, roster_id, tell)
    applied = Applied(roster.new, roster.changed, roster.moved)
    log.note(scope.actor, "applied-roster", institution_id=scope.institution_id, count=sum(applied))
    return applied


def discard(scope: CampaignScope, roster_id: int) -> RosterRefusal | None:
    """Put a review away that is not wanted; the file goes with it."""
    roster = held(scope, roster_id)
    if roster is None or is_under_way(scope, roster_id):
        return RosterRefusal.UNDER_WAY if roster else RosterRefusal.UNKNOWN
    if roster.status in ("applied", "discarded"):
        return RosterRefusal.ALREADY_APPLIED if roster.status == "applied" else None
    roster.status, roster.summary, roster.understood = "discarded", "{}", without_samples(roster.understood)
    roster.purged_at = roster.purged_at or clock.now()
    db.session.flush()
    for table in (RosterFile, RosterProblem, ChangePage, RosterCorrection):
        db.session.execute(delete(table).where(table.institution_id == scope.institution_id, table.roster_id == roster_id))
    return None


def to_apply(scope: CampaignScope, roster_id: int) -> Roster | RosterRefusal:
    """A roster that may be applied, held until the unit of work ends."""
    roster = locked(scope, roster_id)
    if isinstance(roster, RosterRefusal):
        return roster
    if roster.status == "asking":
        return RosterRefusal.ASKING
    going = roster.new + roster.changed + roster.moved
    return RosterRefusal.UNCONFIRMED if going and roster.doubts and not roster.confirmed_at else roster


def _next_roster(scope: CampaignScope) -> int:
    """Rosters are counted from 1 in each institution, so that "roster 12" says something; the institution is locked by `allot`."""
    allot(scope.institution_id, 0)
    last = db.session.scalar(select(func.max(Roster.id)).where(Roster.institution_id == scope.institution_id))
    return (last or 0) + 1


def locked(scope: CampaignScope, roster_id: int) -> Roster | RosterRefusal:
    """An open roster, held until the unit of work ends."""
    roster = held(scope, roster_id)
    if roster is None or roster.status in NOT_READ:
        return RosterRefusal.NOT_READ if roster else RosterRefusal.UNKNOWN
    if roster.status in ("asking", "read"):
        return roster
    return RosterRefusal.ALREADY_APPLIED if roster.status == "applied" else RosterRefusal.DISCARDED


def held(scope: CampaignScope, roster_id: int) -> Roster | None:
    """A roster in whatever state, which nobody else changes until the unit of work ends."""
    return db.session.scalar(
        select(Roster)
        .where(Roster.institution_id == scope.institution_id, Roster.campaign_id == scope.campaign_id, Roster.id == roster_id)
        .with_for_update()
    )


def _still_as_reviewed(scope: CampaignScope, roster: Roster) -> bool:
    """Move the institution's mark on where it is still the one that the review saw."""
    moved = db.session.execute(
        update(Institution)
        .where(Institution.id == scope.institution_id, Institution.people_mark == roster.people_mark)
        .values(people_mark=Institution.people_mark + 1)
        .execution_options(synchronize_session=False)
    )
    return cast("CursorResult[Any]", moved).rowcount == 1


def _plan(scope: CampaignScope, roster: Roster, reading: Reading, tell: Tell) -> None:
    """Compare what was read with what is known, and keep what it comes to."""
    people = len(reading.people)
    tell(Stage.WRITTEN, 0, people)
    known = snapshot(scope)
    planned = None if reading.questions else plan(reading, known)
    tell(Stage.WRITTEN, people // 2, people)
    db.session.add(roster)  # which a snapshot lets go with all others
    doubting.note(scope, roster, reading, planned, known)
    keep_plan(scope, roster, reading, planned, {}, set())
    tell(Stage.WRITTEN, people, people)


def _new_roster(scope: CampaignScope, sent: Sent, fingerprint: str, terms: Terms) -> Roster:
    """With its file, and without its plan, which fills in the rest."""
    zeros = dict.fromkeys([*(kind.value for kind in Kind), "problems", "repairs", "to_check", "again", "people_mark"], 0)
    roster = Roster(
        institution_id=scope.institution_id,
        id=_next_roster(scope),
        campaign_id=scope.campaign_id,
        filename=_printable(sent.filename),
        digest=hashlib.sha256(sent.data).hexdigest(),
        status="reading",
        review=1,
        understood="",
        summary="{}",
        fingerprint=fingerprint,
        uploaded_by=scope.actor.name,
        uploaded_at=clock.now(),
        **packed_terms(terms),
        **zeros,
    )
    db.session.add(roster)
    db.session.flush()
    db.session.add(RosterFile(institution_id=scope.institution_id, roster_id=roster.id, content=sent.data))
    db.session.flush()
    return roster


def _printable(filename: str) -> str:
    """The name as it can be shown and kept: without control signs, its end (with the kind of file) rather than its beginning."""
    return "".join(sign for sign in tidy(filename) if sign.isprintable())[-255:] or "?"
