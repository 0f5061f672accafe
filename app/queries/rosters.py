"""Rosters: what was uploaded, what its rows would do, what is wrong in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import orjson
from sqlalchemy import Select, and_, func, select

from app.domain.scope import CampaignScope
from app.extensions import db
from app.models import ChangePage, Institution, Person, Roster, RosterFile, RosterProblem, Unit
from app.queries.change_pages import PAGE, KeptChange, differences_of, row_of, unpacked, unpacked_row
from imports.values import Difference, Kind, RosterRow, Severity


@dataclass(frozen=True, slots=True)
class RosterView:
    """One uploaded roster. `status` is read, applied or discarded; `stale` that people have changed since it was read."""

    id: int
    filename: str
    status: str
    new: int
    changed: int
    same: int
    waiting: int
    absent: int
    problems: int
    repairs: int
    uploaded_by: str
    uploaded_at: datetime
    applied_by: str | None
    applied_at: datetime | None
    stale: bool
    understood: Understood

    @property
    def people(self) -> int:
        """Rows that were read as people."""
        return self.new + self.changed + self.same + self.waiting


@dataclass(frozen=True, slots=True)
class SheetUnderstood:
    name: str
    header_row: int | None
    people: int
    skipped: str | None
    unit_from: str | None


@dataclass(frozen=True, slots=True)
class ColumnUnderstood:
    sheet: str
    letters: str
    heading: str
    field: str | None
    why_not: str | None


@dataclass(frozen=True, slots=True)
class Understood:
    """How the workbook was read."""

    sheets: tuple[SheetUnderstood, ...]
    columns: tuple[ColumnUnderstood, ...]

    @property
    def dropped(self) -> tuple[str, ...]:
        """Headings of columns that are not kept, each once."""
        return tuple(dict.fromkeys(c.heading for c in self.columns if c.field is None and c.why_not != "unknown"))


@dataclass(frozen=True, slots=True)
class ChangeView:
    """What one row would do; `row` is None and `known_name` given for somebody whom the roster does not name."""

    kind: Kind
    row: RosterRow | None
    person_id: int | None
    known_name: str | None
    known_unit: str | None
    differences: tuple[Difference, ...]


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
class ChangesPage:
    rows: tuple[ChangeView, ...]
    after: int | None


@dataclass(frozen=True, slots=True)
class ProblemsPage:
    rows: tuple[ProblemView, ...]
    after: int | None


def rosters(scope: CampaignScope) -> list[RosterView]:
    """The rosters uploaded for this campaign, the newest first."""
    statement = _rosters(scope).order_by(Roster.id.desc())
    return [_roster(row, mark) for row, mark in db.session.execute(statement)]


def roster(scope: CampaignScope, roster_id: int) -> RosterView | None:
    row = db.session.execute(_rosters(scope).where(Roster.id == roster_id)).one_or_none()
    return _roster(*row) if row else None


def kept_file(scope: CampaignScope, roster_id: int) -> tuple[str, bytes] | None:
    """The name and content of an uploaded workbook, None when there is no such roster or its file has been purged."""
    statement = (
        select(Roster.filename, RosterFile.content)
        .join(RosterFile, and_(RosterFile.institution_id == Roster.institution_id, RosterFile.roster_id == Roster.id))
        .where(Roster.institution_id == scope.institution_id, Roster.campaign_id == scope.campaign_id, Roster.id == roster_id)
    )
    row = db.session.execute(statement).one_or_none()
    return (row.filename, row.content) if row else None


def changes_page(scope: CampaignScope, roster_id: int, kind: Kind, after: int = 0) -> ChangesPage:
    """Changes of one kind in the file's order: the page after the one with the number `after`."""
    of_kind = and_(ChangePage.institution_id == scope.institution_id, ChangePage.roster_id == roster_id, ChangePage.kind == kind)
    pages = select(ChangePage.number, ChangePage.changes).where(of_kind, ChangePage.number > after).order_by(ChangePage.number)
    found = db.session.execute(pages.limit(1)).one_or_none()
    if found is None:
        return ChangesPage((), None)
    changes = unpacked(found.changes)
    named = _absent_names(scope, [change.person_id for change in changes if change.values is None])
    last = db.session.scalar(select(func.max(ChangePage.number)).where(of_kind))
    return ChangesPage(tuple(_change(kind, change, named) for change in changes), found.number if found.number != last else None)


def problems_page(scope: CampaignScope, roster_id: int, severities: frozenset[Severity], after: int = 0, size: int = PAGE) -> ProblemsPage:
    """Findings of these severities in the file's order, each with its row as read."""
    statement = (
        select(RosterProblem)
        .where(
            RosterProblem.institution_id == scope.institution_id,
            RosterProblem.roster_id == roster_id,
            RosterProblem.severity.in_(sorted(severities)),
            RosterProblem.number > after,
        )
        .order_by(RosterProblem.number)
        .limit(size + 1)
    )
    found = db.session.scalars(statement).all()
    rows = tuple(map(_problem, found[:size]))
    return ProblemsPage(rows, rows[-1].number if len(found) > size else None)


def _rosters(scope: CampaignScope) -> Select[Roster, int]:
    return (
        select(Roster, Institution.people_mark)
        .join(Institution, Institution.id == Roster.institution_id)
        .where(Roster.institution_id == scope.institution_id, Roster.campaign_id == scope.campaign_id)
    )


def _roster(row: Roster, mark: int) -> RosterView:
    kept = orjson.loads(row.understood)
    return RosterView(
        id=row.id,
        filename=row.filename,
        status=row.status,
        new=row.new,
        changed=row.changed,
        same=row.same,
        waiting=row.waiting,
        absent=row.absent,
        problems=row.problems,
        repairs=row.repairs,
        uploaded_by=row.uploaded_by,
        uploaded_at=row.uploaded_at,
        applied_by=row.applied_by,
        applied_at=row.applied_at,
        stale=row.status == "read" and row.people_mark != mark,
        understood=Understood(
            tuple(SheetUnderstood(*sheet) for sheet in kept["sheets"]), tuple(ColumnUnderstood(*column) for column in kept["columns"])
        ),
    )


def _change(kind: Kind, change: KeptChange, named: Mapping[int | None, tuple[str, str | None]]) -> ChangeView:
    row = row_of(change.values) if change.values else None
    known_name, known_unit = named.get(change.person_id, (None, None))
    return ChangeView(kind, row, change.person_id, known_name, known_unit, differences_of(change))


def _absent_names(scope: CampaignScope, person_ids: Sequence[int | None]) -> dict[int | None, tuple[str, str | None]]:
    """Name and unit of people whom the roster does not name."""
    if not person_ids:
        return {}
    statement = (
        select(Person.id, Person.full_name, Unit.name)
        .outerjoin(Unit, and_(Unit.institution_id == Person.institution_id, Unit.id == Person.unit_id))
        .where(Person.institution_id == scope.institution_id, Person.id.in_(person_ids))
    )
    return {number: (name, unit) for number, name, unit in db.session.execute(statement)}


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
