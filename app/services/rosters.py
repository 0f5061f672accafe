"""A roster is read, planned and kept for review; applying it is one unit of work that happens whole or not at all."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import count
from typing import Any, cast

import orjson
from sqlalchemy import CursorResult, delete, func, select, update

from app import clock
from app.domain.names import tidy
from app.domain.scope import CampaignScope
from app.extensions import db
from app.models import ChangePage, Institution, Roster, RosterFile, RosterProblem
from app.queries.change_pages import PAGE, packed, packed_row
from app.queries.known_people import snapshot
from app.services import log
from app.services.applying import apply_changes
from app.services.bulk import collector_off, insert_rows
from app.services.numbers import allot
from imports import plan, read
from imports.values import Kind, Plan, Reading


class RosterRefusal(StrEnum):
    UNKNOWN = "unknown-roster"
    STALE = "stale"
    ALREADY_APPLIED = "already-applied"
    DISCARDED = "discarded"
    FILE_GONE = "file-gone"


@dataclass(frozen=True, slots=True)
class Applied:
    new: int
    changed: int


@collector_off()
def receive(scope: CampaignScope, filename: str, data: bytes) -> int:
    """Read a workbook, plan what it would do, keep both; answers the roster's id. Raises `imports.Unreadable`, and keeps nothing then.

    The reading comes first, because it takes long and must not hold the database.
    """
    return _receive(scope, filename, data, read(data, filename))


def _receive(scope: CampaignScope, filename: str, data: bytes, reading: Reading) -> int:
    roster_id = _next_roster(scope)
    planned = plan(reading, snapshot(scope))
    _keep(scope, roster_id, filename, data, reading, planned)
    return roster_id


@collector_off()
def reread(scope: CampaignScope, roster_id: int, filename: str, data: bytes) -> int | RosterRefusal:
    """Plan the kept workbook (`queries.rosters.kept_file`) anew, against what is known now; the old review is put away.

    Answers the new roster's id. As in `receive`, the reading comes before the first statement.
    """
    reading = read(data, filename)
    refused = discard(scope, roster_id)
    if refused:
        return refused
    return _receive(scope, filename, data, reading)


@collector_off()
def apply(scope: CampaignScope, roster_id: int) -> Applied | RosterRefusal:
    """Let the roster's new and changed rows in; what waits stays out, who is absent stays in. A stale review is not applied."""
    roster = _roster(scope, roster_id)
    if roster is None:
        return RosterRefusal.UNKNOWN
    if roster.status != "read":
        return RosterRefusal.ALREADY_APPLIED if roster.status == "applied" else RosterRefusal.DISCARDED
    if not _still_as_reviewed(scope, roster):
        return RosterRefusal.STALE
    roster.status, roster.applied_by, roster.applied_at = "applied", scope.actor.name, clock.now()
    db.session.flush()
    apply_changes(scope, roster_id)
    log.note(scope.actor, "applied-roster", institution_id=scope.institution_id, count=roster.new + roster.changed)
    return Applied(roster.new, roster.changed)


def discard(scope: CampaignScope, roster_id: int) -> RosterRefusal | None:
    """Put a review away that is not wanted; the file goes with it."""
    roster = _roster(scope, roster_id)
    if roster is None:
        return RosterRefusal.UNKNOWN
    if roster.status == "applied":
        return RosterRefusal.ALREADY_APPLIED
    roster.status = "discarded"
    db.session.flush()
    for table in (RosterFile, RosterProblem, ChangePage):
        db.session.execute(delete(table).where(table.institution_id == scope.institution_id, table.roster_id == roster_id))
    return None


def _next_roster(scope: CampaignScope) -> int:
    """Rosters are counted from 1 in each institution, so that "roster 12" says something; the institution is locked by `allot`."""
    allot(scope.institution_id, 0)
    last = db.session.scalar(select(func.max(Roster.id)).where(Roster.institution_id == scope.institution_id))
    return (last or 0) + 1


def _roster(scope: CampaignScope, roster_id: int) -> Roster | None:
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


def _keep(scope: CampaignScope, roster_id: int, filename: str, data: bytes, reading: Reading, planned: Plan) -> None:
    mark = db.session.scalar(select(Institution.people_mark).where(Institution.id == scope.institution_id))
    counts = {kind.value: planned.counts.get(kind, 0) for kind in Kind}
    db.session.add(
        Roster(
            institution_id=scope.institution_id,
            id=roster_id,
            campaign_id=scope.campaign_id,
            filename=_printable(filename),
            digest=hashlib.sha256(data).hexdigest(),
            status="read",
            people_mark=mark,
            problems=planned.counts["problems"],
            repairs=planned.counts["repairs"],
            understood=_understood(reading),
            uploaded_by=scope.actor.name,
            uploaded_at=clock.now(),
            **counts,
        )
    )
    db.session.flush()
    db.session.add(RosterFile(institution_id=scope.institution_id, roster_id=roster_id, content=data))
    db.session.flush()
    of_roster = {"institution_id": scope.institution_id, "roster_id": roster_id}
    insert_rows(ChangePage, ("kind", "number", "changes"), _change_pages(scope, planned), of_roster)
    if planned.problems:
        insert_rows(RosterProblem, _PROBLEM, _problems(planned), of_roster)


def _printable(filename: str) -> str:
    """The name as it can be shown and kept: without control signs, its end (with the kind of file) rather than its beginning."""
    return "".join(sign for sign in tidy(filename) if sign.isprintable())[-255:] or "?"


def _understood(reading: Reading) -> str:
    sheets = [list(sheet) for sheet in reading.sheets]
    columns = [list(column[:5]) for column in reading.columns]  # no samples: values are kept with their people alone
    return orjson.dumps({"sheets": sheets, "columns": columns}).decode()


_PROBLEM = ("number", "sheet", "row", "column", "field", "severity", "value", "code", "text", "params", "row_values")


def _change_pages(scope: CampaignScope, planned: Plan) -> Iterator[tuple[str, int, str]]:
    """The changes by kind and page, packed as they are asked for. Who is new has an id at once: applying twice can make nobody twice."""
    unknown = sum(1 for change in planned.changes if change.kind is Kind.NEW and change.person_id is None)
    ids = count(allot(scope.institution_id, unknown)) if unknown else count()
    by_kind: dict[Kind, list[tuple[Any, ...]]] = {kind: [] for kind in Kind}
    for kind, row, person_id, revision, differences in planned.changes:
        given = next(ids) if kind is Kind.NEW and person_id is None else person_id
        by_kind[kind].append((row, given, person_id is not None, revision, differences))
    return (
        (kind.value, number, packed(changes[start : start + PAGE]))
        for kind, changes in by_kind.items()
        for number, start in enumerate(range(0, len(changes), PAGE), 1)
    )


def _problems(planned: Plan) -> list[tuple[Any, ...]]:
    rows = {(change.row.sheet, change.row.row): change.row for change in planned.changes if change.row is not None}
    return [
        (
            number,
            p.sheet,
            p.row,
            p.column,
            p.field,
            p.severity.value,
            p.value[:200],
            p.code,
            p.text,
            orjson.dumps(dict(p.params)).decode(),
            packed_row(rows[p.sheet, p.row]) if (p.sheet, p.row) in rows else None,
        )
        for number, p in enumerate(planned.problems, 1)
    ]
