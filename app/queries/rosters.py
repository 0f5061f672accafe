"""Rosters: what was uploaded, what its rows would do, what is wrong in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime

from sqlalchemy import Select, and_, exists, func, select

from app.domain.scope import CampaignScope
from app.extensions import db
from app.models import ChangePage, Institution, Person, Registration, Roster, RosterFile, Unit
from app.queries.change_pages import AGAIN, KeptChange, differences_of, row_of, unpacked, unpacked_again
from app.queries.roster_doubts import SAME_CONTENT, doubts_of
from app.queries.summaries import Summary, Understood, summary_of, understood_of
from app.queries.terms import Repair, unpacked_repairs
from imports.known.doubts import Doubt
from imports.values import Difference, Kind, RosterRow


@dataclass(frozen=True, slots=True)
class RosterView:
    """One uploaded roster. `status` is reading, asking, read, applied, undone, discarded, failed or stopped; `stale` that people have
    changed since it was read; `review` counts how often it was planned; `to_check` the rows with an error or warning, `again` those that
    differ from the review before. What `doubts` ask has to be confirmed before it goes on; `has_file` is whether the workbook is kept."""

    id: int
    filename: str
    status: str
    new: int
    changed: int
    moved: int
    same: int
    waiting: int
    absent: int
    problems: int
    repairs: int
    to_check: int
    again: int
    review: int
    uploaded_by: str
    uploaded_at: datetime
    applied_by: str | None
    applied_at: datetime | None
    undone_by: str | None
    undone_at: datetime | None
    stale: bool
    understood: Understood
    summary: Summary
    refused: tuple[Repair, ...]
    answered: bool
    remembered: bool
    fingerprint: str
    continues: int | None
    doubts: tuple[Doubt, ...]
    confirmed_by: str | None
    confirmed_at: datetime | None
    purged_at: datetime | None
    has_file: bool

    @property
    def people(self) -> int:
        """Rows that were read as people."""
        return self.going + self.same + self.waiting

    @property
    def is_read(self) -> bool:
        """Whether there is a review, or was one."""
        return self.status not in ("reading", "failed", "stopped")

    @property
    def is_doubted(self) -> bool:
        """Whether something has to be confirmed before anything goes in."""
        return self.status == "read" and bool(self.doubts) and self.confirmed_at is None and self.going > 0

    @property
    def going(self) -> int:
        """Rows that applying lets in."""
        return self.new + self.changed + self.moved

    @property
    def is_open(self) -> bool:
        return self.status == "read" and not self.stale


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
class ChangesPage:
    rows: tuple[ChangeView, ...]
    after: int | None


_MADE = {"status", "stale", "understood", "summary", "refused", "answered", "doubts", "has_file"}
_AS_KEPT = [field.name for field in fields(RosterView) if field.name not in _MADE]


def rosters(scope: CampaignScope) -> list[RosterView]:
    """The rosters uploaded for this campaign, the newest first."""
    statement = _rosters(scope).order_by(Roster.id.desc())
    return [_roster(*row) for row in db.session.execute(statement)]


def roster(scope: CampaignScope, roster_id: int) -> RosterView | None:
    row = db.session.execute(_rosters(scope).where(Roster.id == roster_id)).one_or_none()
    return _roster(*row) if row else None


def earlier(scope: CampaignScope, roster: RosterView) -> RosterView | None:
    """The roster that brought the same content."""
    before = next((int(doubt.params["roster"]) for doubt in roster.doubts if doubt.code == SAME_CONTENT), None)
    row = db.session.execute(_rosters(scope).where(Roster.id == before)).one_or_none() if before else None
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


def changes_page(scope: CampaignScope, roster_id: int, kind: str, after: int = 0) -> ChangesPage:
    """Changes of one kind (or `AGAIN`) in the file's order: the page after the one with the number `after`."""
    of_kind = and_(ChangePage.institution_id == scope.institution_id, ChangePage.roster_id == roster_id, ChangePage.kind == kind)
    pages = select(ChangePage.number, ChangePage.changes).where(of_kind, ChangePage.number > after).order_by(ChangePage.number)
    found = db.session.execute(pages.limit(1)).one_or_none()
    if found is None:
        return ChangesPage((), None)
    changes = unpacked_again(found.changes) if kind == AGAIN else [(change, kind) for change in unpacked(found.changes)]
    named = _absent_names(scope, [change.person_id for change, _ in changes if change.values is None])
    gone = _gone(scope, roster_id, [change.person_id for change, _ in changes])
    changes = [(change._replace(person_id=None) if change.person_id in gone else change, own) for change, own in changes]
    last = db.session.scalar(select(func.max(ChangePage.number)).where(of_kind))
    return ChangesPage(tuple(_change(own, change, named) for change, own in changes), found.number if found.number != last else None)


def continued_by(scope: CampaignScope, roster_id: int) -> int | None:
    """The open roster that lets in what waits in this one."""
    return db.session.scalar(
        select(func.max(Roster.id)).where(
            Roster.institution_id == scope.institution_id,
            Roster.campaign_id == scope.campaign_id,
            Roster.continues == roster_id,
            Roster.status.in_(["asking", "read"]),
        )
    )


def _rosters(scope: CampaignScope) -> Select[Roster, int, bool]:
    has_file = exists().where(RosterFile.institution_id == Roster.institution_id, RosterFile.roster_id == Roster.id)
    return (
        select(Roster, Institution.people_mark, has_file)
        .join(Institution, Institution.id == Roster.institution_id)
        .where(Roster.institution_id == scope.institution_id, Roster.campaign_id == scope.campaign_id)
    )


def _roster(row: Roster, mark: int, has_file: bool) -> RosterView:
    as_kept = {name: getattr(row, name) for name in _AS_KEPT}
    return RosterView(
        **as_kept,
        status="undone" if row.undone_at else row.status,
        stale=row.status == "read" and row.people_mark != mark,
        understood=understood_of(row.understood),
        summary=summary_of(row.summary),
        refused=unpacked_repairs(row.refused),
        answered=row.answer is not None,
        doubts=doubts_of(row.doubts),
        has_file=has_file,
    )


def _change(kind: str, change: KeptChange, named: Mapping[int | None, tuple[str, str | None]]) -> ChangeView:
    row = row_of(change.values) if change.values else None
    known_name, known_unit = named.get(change.person_id, (None, None))
    return ChangeView(Kind(kind), row, change.person_id, known_name, known_unit, differences_of(change))


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


def _gone(scope: CampaignScope, roster_id: int, person_ids: Sequence[int | None]) -> set[int | None]:
    """Those whom a roster that was let in has named and who have no page here any more, since this one or an earlier one was undone."""
    status = db.session.scalar(select(Roster.status).where(Roster.institution_id == scope.institution_id, Roster.id == roster_id))
    if status != "applied":
        return set()
    here = select(Registration.person_id).where(
        Registration.institution_id == scope.institution_id,
        Registration.campaign_id == scope.campaign_id,
        Registration.person_id.in_([number for number in person_ids if number is not None]),
    )
    return set(person_ids) - set(db.session.scalars(here))
