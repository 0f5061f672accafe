"""The agency's table: which institutions, in which order, and their sums. Page and workbook cut it from the same rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from app import clock
from app.collation import unit_key
from app.domain.deadlines import needed_per_workday
from app.domain.progress import Progress, total_of
from app.domain.standing import Segment
from app.queries.campaigns import CampaignView
from app.queries.places import AgencyView
from app.queries.progress import InstitutionProgress

SILENCE = timedelta(days=7)
_NEVER = datetime.min.replace(tzinfo=UTC)


class Which(StrEnum):
    """The chips over the table. An institution is in time, behind or without a roster; it may be silent besides."""

    ALL = "all"
    BEHIND = "behind"
    WITHOUT_ROSTER = "without-roster"
    SILENT = "silent"


class Column(StrEnum):
    """What the table is sorted by. `at-…` are the parts of the rail, for a number of its legend and the rows it is made of."""

    NAME = "name"
    TOTAL = "total"
    IN_SCOPE = "in-scope"
    DECLARED = "declared"
    GRANTED = "granted"
    IN_USE = "in-use"
    PERCENT = "percent"
    LEFT = "left"
    NEEDED = "needed"
    CHANGED = "changed"
    AT_IN_USE = "at-in-use"
    AT_GRANTED = "at-granted"
    AT_DECLARED = "at-declared"
    AT_BLOCKED = "at-blocked"
    AT_TO_START = "at-to-start"

    @property
    def segment(self) -> Segment | None:
        return Segment(self.removeprefix("at-")) if self.startswith("at-") else None


# The first click on these brings the smallest to the top; on all others, the largest.
_SMALLEST_FIRST = frozenset({Column.NAME, Column.PERCENT, Column.CHANGED})


@dataclass(frozen=True, slots=True)
class Order:
    """A column and a direction, in the URL "percent" or "-percent"."""

    by: Column
    descending: bool

    def __str__(self) -> str:
        return f"{'-' if self.descending else ''}{self.by}"

    def clicked(self, column: Column) -> Order:
        """The order after a click on a column's head."""
        if column is self.by:
            return Order(column, not self.descending)
        return Order(column, column not in _SMALLEST_FIRST)


WORST_FIRST = Order(Column.PERCENT, descending=False)


def order_of(text: str) -> Order:
    """The order that a URL asks for; worst first where it asks for none that there is."""
    name = text.removeprefix("-")
    return Order(Column(name), text.startswith("-")) if name in set(Column) else WORST_FIRST


@dataclass(frozen=True, slots=True)
class InstitutionRow:
    """`needed` people have to be done each working day; `is_silent` tells that nothing was recorded for a week though somebody is left."""

    institution: InstitutionProgress
    needed: int
    is_behind: bool
    is_silent: bool

    @property
    def progress(self) -> Progress:
        return self.institution.progress

    def belongs_to(self, which: Which) -> bool:
        match which:
            case Which.BEHIND:
                return self.is_behind
            case Which.WITHOUT_ROSTER:
                return not self.institution.has_roster
            case Which.SILENT:
                return self.is_silent
            case _:
                return True


@dataclass(frozen=True, slots=True)
class OfficeRow:
    """An office right below the agency, with all institutions of its subtree."""

    code: str
    name: str
    institutions: int
    without_roster: int
    behind: int
    progress: Progress


@dataclass(frozen=True, slots=True)
class AgencyTable:
    """`whole` is everybody of the subtree; `shown` and `needed` are the sums of `rows`, which the chip and the order have cut."""

    rows: tuple[InstitutionRow, ...]
    counts: Mapping[Which, int]
    whole: Progress
    shown: Progress
    needed: int

    @property
    def in_time(self) -> int:
        return self.counts[Which.ALL] - self.counts[Which.BEHIND] - self.counts[Which.WITHOUT_ROSTER]


def rows_of(campaign: CampaignView, institutions: Iterable[InstitutionProgress]) -> list[InstitutionRow]:
    """Each institution with what the clock says of it."""
    silent_since, workdays, expected = clock.now() - SILENCE, campaign.workdays_left, campaign.pace * campaign.target / 100
    return [
        InstitutionRow(
            institution,
            needed=needed_per_workday(institution.progress.left, workdays),
            is_behind=institution.progress.done < expected * institution.progress.in_scope,
            is_silent=institution.has_roster and institution.progress.left > 0 and (institution.changed_at or _NEVER) < silent_since,
        )
        for institution in institutions
    ]


def table_of(rows: Sequence[InstitutionRow], which: Which = Which.ALL, order: Order = WORST_FIRST) -> AgencyTable:
    """The rows that a chip means, in an order; ties are broken by name."""
    shown = sorted((row for row in rows if row.belongs_to(which)), key=_by_name)
    shown.sort(key=lambda row: _place(row, order.by), reverse=order.descending)
    return AgencyTable(
        rows=tuple(shown),
        counts={each: sum(row.belongs_to(each) for row in rows) for each in Which},
        whole=total_of(row.progress for row in rows),
        shown=total_of(row.progress for row in shown),
        needed=sum(row.needed for row in shown),
    )


def _by_name(row: InstitutionRow) -> bytes:
    return unit_key(row.institution.name)


def _place(row: InstitutionRow, column: Column) -> bytes | float | datetime:
    """What a row is sorted by. Who has not even sent a roster is worse off than who has nobody done."""
    progress, segment = row.progress, column.segment
    if segment:
        return progress.by_segment[segment]
    match column:
        case Column.NAME:
            return _by_name(row)
        case Column.CHANGED:
            return row.institution.changed_at or _NEVER
        case Column.PERCENT:
            return progress.percent if row.institution.has_roster else -1.0
        case Column.NEEDED:
            return row.needed
        case _:
            number: int = getattr(progress, column.replace("-", "_"))
            return number


def offices_of(rows: Sequence[InstitutionRow], agencies: Sequence[AgencyView], top: str) -> list[OfficeRow]:
    """The offices right below `top`, those without institutions in the campaign, too."""
    above = {agency.code: agency.parent_code for agency in agencies}
    below: dict[str, list[InstitutionRow]] = {agency.code: [] for agency in agencies if agency.parent_code == top}
    for row in rows:
        code: str | None = row.institution.agency_code
        while code and code not in below:
            code = above.get(code)
        if code:
            below[code].append(row)
    return [_office(agency, below[agency.code]) for agency in agencies if agency.code in below]


def _office(agency: AgencyView, rows: Sequence[InstitutionRow]) -> OfficeRow:
    return OfficeRow(
        code=agency.code,
        name=agency.name,
        institutions=len(rows),
        without_roster=sum(row.belongs_to(Which.WITHOUT_ROSTER) for row in rows),
        behind=sum(row.is_behind for row in rows),
        progress=total_of(row.progress for row in rows),
    )
