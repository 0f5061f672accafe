"""Rosters: what was uploaded, what its rows would do, what is wrong in them; and what is known, for a new plan."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

import orjson
from sqlalchemy import Select, and_, select
from sqlalchemy.orm import aliased

from app.domain.scope import CampaignScope
from app.extensions import db
from app.models import Change, Guardianship, Institution, Person, Registration, Roster, RosterFile, RosterProblem, Unit
from app.queries.places import other_names
from imports.values import Difference, GuardianRead, Kind, KnownPerson, RosterRow, Severity, Snapshot

PAGE = 100


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

    number: int
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


def changes_page(scope: CampaignScope, roster_id: int, kind: Kind, after: int = 0, size: int = PAGE) -> ChangesPage:
    """Changes of one kind in the file's order, after the number of the last one seen."""
    known = and_(Person.institution_id == Change.institution_id, Person.id == Change.person_id)
    statement = (
        select(Change, Person.full_name, Unit.name)
        .outerjoin(Person, known)
        .outerjoin(Unit, and_(Unit.institution_id == Person.institution_id, Unit.id == Person.unit_id))
        .where(Change.institution_id == scope.institution_id, Change.roster_id == roster_id, Change.kind == kind, Change.number > after)
        .order_by(Change.number)
        .limit(size + 1)
    )
    found = db.session.execute(statement).all()
    rows = tuple(_change(*row) for row in found[:size])
    return ChangesPage(rows, rows[-1].number if len(found) > size else None)


def problems_page(scope: CampaignScope, roster_id: int, severities: frozenset[Severity], after: int = 0, size: int = PAGE) -> ProblemsPage:
    """Findings of these severities in the file's order, each with its row as read."""
    at = and_(
        Change.institution_id == RosterProblem.institution_id,
        Change.roster_id == RosterProblem.roster_id,
        Change.number == RosterProblem.change_number,
    )
    statement = (
        select(RosterProblem, Change.row_values)
        .outerjoin(Change, at)
        .where(
            RosterProblem.institution_id == scope.institution_id,
            RosterProblem.roster_id == roster_id,
            RosterProblem.severity.in_(sorted(severities)),
            RosterProblem.number > after,
        )
        .order_by(RosterProblem.number)
        .limit(size + 1)
    )
    found = db.session.execute(statement).all()
    rows = tuple(_problem(*row) for row in found[:size])
    return ProblemsPage(rows, rows[-1].number if len(found) > size else None)


def snapshot(scope: CampaignScope) -> Snapshot:
    """Everybody the institution knows, for a plan."""
    registered = and_(
        Registration.institution_id == Person.institution_id,
        Registration.person_id == Person.id,
        Registration.campaign_id == scope.campaign_id,
    )
    statement = (
        select(Person, Unit.name, Registration.person_id)
        .outerjoin(Unit, and_(Unit.institution_id == Person.institution_id, Unit.id == Person.unit_id))
        .outerjoin(Registration, registered)
        .where(Person.institution_id == scope.institution_id)
        .order_by(Person.id)
    )
    name = db.session.scalar(select(Institution.name).where(Institution.id == scope.institution_id))
    guardians = _guardians(scope.institution_id)
    people = tuple(
        _known(person, unit, registration is not None, tuple(guardians.get(person.id, ())))
        for person, unit, registration in db.session.execute(statement)
    )
    db.session.expunge_all()
    return Snapshot(name or "", people, other_names(scope.institution_id))


def row_from_json(text: str, sheet: str, row: int) -> RosterRow:
    """A change's `row_values` as the row that was read."""
    name, birth, *others, guardians = orjson.loads(text)
    birth_date = date.fromisoformat(birth) if birth else None
    return RosterRow._make((sheet, row, name, birth_date, *others, tuple(GuardianRead(*guardian) for guardian in guardians)))


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


def _change(change: Change, known_name: str | None, known_unit: str | None) -> ChangeView:
    row = row_from_json(change.row_values, change.sheet or "", change.row or 0) if change.row_values else None
    differences = tuple(Difference(*d) for d in orjson.loads(change.differences)) if change.differences else ()
    return ChangeView(change.number, Kind(change.kind), row, change.person_id, known_name, known_unit, differences)


def _problem(problem: RosterProblem, row_values: str | None) -> ProblemView:
    row = row_from_json(row_values, problem.sheet, problem.row) if row_values else None
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
        row_values=row,
    )


def _known(person: Person, unit: str | None, registered: bool, guardians: tuple[GuardianRead, ...]) -> KnownPerson:
    return KnownPerson(
        id=person.id,
        revision=person.revision,
        registered=registered,
        by_hand=person.roster_id is None,
        full_name=person.full_name,
        birth_date=person.birth_date,
        birth_year=person.birth_year,
        sex=person.sex,
        personal_id=person.personal_id,
        old_id=person.old_id,
        bhxh_code=person.bhxh_code,
        pupil_code=person.pupil_code,
        staff_code=person.staff_code,
        phone=person.phone,
        email=person.email,
        unit=unit,
        position=person.position,
        guardians=guardians,
    )


def _guardians(institution_id: int) -> dict[int, list[GuardianRead]]:
    guardian = aliased(Person)
    statement = (
        select(Guardianship.child_id, Guardianship.relation, guardian.full_name, guardian.phone, guardian.personal_id)
        .join(guardian, and_(guardian.institution_id == Guardianship.institution_id, guardian.id == Guardianship.guardian_id))
        .where(Guardianship.institution_id == institution_id)
        .order_by(Guardianship.child_id, guardian.id)
    )
    found: dict[int, list[GuardianRead]] = defaultdict(list)
    for child_id, relation, name, phone, personal_id in db.session.execute(statement):
        found[child_id].append(GuardianRead(relation, name or None, phone, personal_id))
    return found
