"""What a roster would do to the people that an institution knows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from itertools import repeat

from imports.judges.dates import NOT_YET, VERY_OLD, is_to_come, is_very_old
from imports.known.differences import differences
from imports.known.matching import Matches, match
from imports.units.names import unit_key
from imports.values import Difference, Finding, Kind, KnownPerson, Plan, PlannedChange, Problem, Reading, RosterRow, Severity, Snapshot


def plan(reading: Reading, snapshot: Snapshot) -> Plan:
    """Compare a roster with what is known."""
    matches = match(reading.people, snapshot.people)
    waiting = {(p.sheet, p.row) for p in reading.problems if p.severity is Severity.ERROR}
    odd = _odd_ages(reading.people, snapshot.today) if snapshot.today else []
    waiting |= {(p.sheet, p.row) for p in matches.problems}
    waiting |= {(p.sheet, p.row) for p in odd}
    problems = _in_order(reading, matches.problems + _other_years(reading.people, matches) + odd)
    if not snapshot.people and not waiting:
        values = zip(repeat(Kind.NEW), reading.people, repeat(None), repeat(None), repeat(()))
        changes = list(map(tuple.__new__, repeat(PlannedChange), values))  # as _make does, without a call for each row
    else:
        changes = [_change(place, row, waiting, matches) for place, row in enumerate(reading.people)]
    changes += _absent(reading.people, snapshot.people, matches)
    return Plan(tuple(changes), problems, _counts(changes, problems))


def _change(place: int, row: RosterRow, waiting: set[tuple[str, int]], matches: Matches) -> PlannedChange:
    known = matches.by_row.get(place)
    differs = differences(row, known) if known else ()
    if (row.sheet, row.row) in waiting:
        kind = Kind.WAITING
    elif known is None or not known.registered:
        kind = Kind.NEW
    else:
        kind = _kind(differs)
    return PlannedChange(kind, row, known.id if known else None, known.revision if known else None, differs)


def _kind(differs: Sequence[Difference]) -> Kind:
    """Who had no unit and gets one has not moved."""
    if any(difference.field == "unit" and difference.old for difference in differs):
        return Kind.MOVED
    return Kind.CHANGED if differs else Kind.SAME


def _other_years(rows: Sequence[RosterRow], matches: Matches) -> list[Problem]:
    """A year alone changes no birth date that is known; where it contradicts the date, that is said."""
    return [
        Problem(
            row.sheet,
            row.row,
            None,
            "birth_date",
            Severity.WARNING,
            str(row.birth_year),
            "other-year-known",
            "The year differs from the known birth date (%(known)s), which was kept. Check which is right.",
            (("known", known.birth_date.strftime("%d/%m/%Y")),),
        )
        for row, known in ((rows[place], known) for place, known in matches.by_row.items())
        if row.birth_year and not row.birth_date and known.birth_date and row.birth_year != known.birth_date.year
    ]


def _odd_ages(rows: Sequence[RosterRow], today: date) -> list[Problem]:
    """Births still to come (2041 for 2014), and of long ago, where the file was read without a day."""
    years = {row.birth_year for row in rows}
    odd = {year for year in years if year and (year >= today.year or is_very_old(year, today))}
    return [
        _of_birth(row, VERY_OLD if is_very_old(row.birth_year, today) else NOT_YET)
        for row in (rows if odd else ())
        if row.birth_year in odd and (is_very_old(row.birth_year, today) or is_to_come(row.birth_date, row.birth_year, today))
    ]


def _of_birth(row: RosterRow, finding: Finding) -> Problem:
    shown = f"{row.birth_date:%d/%m/%Y}" if row.birth_date else str(row.birth_year)
    return Problem(row.sheet, row.row, None, "birth_date", finding.severity, shown, finding.code, finding.text)


def _absent(rows: Sequence[RosterRow], people: Sequence[KnownPerson], matches: Matches) -> list[PlannedChange]:
    """Known people whom the file could have named and doesn't: in the units that it speaks of, if it speaks of any.
    Who was added by hand, or has left already, is expected in no file."""
    units = {unit_key(unit) for unit in {row.unit for row in rows} if unit}
    return [
        PlannedChange(Kind.ABSENT, None, known.id, known.revision, ())
        for known in people
        if known.registered
        and not known.by_hand
        and not known.left
        and known.id not in matches.taken
        and known.id not in matches.perhaps
        and (not units or unit_key(known.unit or "") in units)
    ]


def _in_order(reading: Reading, further: list[Problem]) -> tuple[Problem, ...]:
    """The reading's problems and those that matching found, in the file's order."""
    if not further:
        return reading.problems
    order = {sheet.name: number for number, sheet in enumerate(reading.sheets)}
    return tuple(sorted([*reading.problems, *further], key=lambda problem: (order.get(problem.sheet, len(order)), problem.row)))


def _counts(changes: Sequence[PlannedChange], problems: Sequence[Problem]) -> dict[str, int]:
    kinds = Counter(change.kind for change in changes)
    repairs = sum(problem.severity is Severity.REPAIR for problem in problems)
    return {kind.value: kinds[kind] for kind in Kind} | {"problems": len(problems) - repairs, "repairs": repairs}
