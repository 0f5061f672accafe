"""Keeping what a roster would do: a plan's changes by the page, its findings with the worst first, and what both come to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import count
from typing import Any

import orjson
from sqlalchemy import delete, select

from app.domain.scope import CampaignScope
from app.extensions import db
from app.models import ChangePage, Institution, Roster, RosterProblem
from app.queries.change_pages import AGAIN, PAGE, KeptChange, packed, packed_row, unpacked
from app.services.bulk import insert_rows
from app.services.numbers import allot
from imports.groups import Group, groups_of, placed, ranges, worst_first
from imports.values import ColumnRead, Kind, Plan, PlannedChange, Problem, Reading, RosterRow, Severity

_PROBLEM = ("number", "sheet", "row", "column", "field", "severity", "value", "code", "text", "params", "row_values", "place", "group")
_EXAMPLES = 3
_SHEETS = 20  # so many are named with the rows that wait

Address = tuple[str, int]
Before = dict[Address, tuple[str, KeptChange]]  # the review before: by the rows of the file, what each would have done


def keep_plan(scope: CampaignScope, roster: Roster, reading: Reading, planned: Plan | None, before: Before, again: set[Address]) -> None:
    """Keep a plan in the place of the one before; None while the reader asks. `again` are the rows to be looked at once more."""
    of_roster = {"institution_id": scope.institution_id, "roster_id": roster.id}
    for table in (ChangePage, RosterProblem):
        db.session.execute(delete(table).where(table.institution_id == scope.institution_id, table.roster_id == roster.id))
    roster.people_mark = db.session.scalar(select(Institution.people_mark).where(Institution.id == scope.institution_id)) or 0
    roster.understood = _understood(reading)
    roster.status = "asking" if planned is None else "read"
    planned = planned or Plan((), ())
    for kind in Kind:
        setattr(roster, kind.value, planned.counts.get(kind, 0))
    problems = placed(planned.problems, reading.columns)
    by_row = worst_first(problems)
    ordered = [problem for found in by_row for problem in found]
    groups = groups_of(ordered)
    rows = {(c.row.sheet, c.row.row): c.row for c in planned.changes if c.row is not None} if ordered else {}
    roster.problems, roster.repairs = planned.counts.get("problems", 0), planned.counts.get("repairs", 0)
    roster.to_check = sum(any(problem.severity is not Severity.REPAIR for problem in found) for found in by_row)
    roster.again = len(again)
    roster.summary = _summary(planned, ordered, groups, rows)
    db.session.flush()
    pages = _change_pages(scope, planned, before, again)
    insert_rows(ChangePage, ("kind", "number", "changes"), pages, of_roster)
    if ordered:
        insert_rows(RosterProblem, _PROBLEM, _problems(by_row, groups, rows), of_roster)


def plan_before(scope: CampaignScope, roster_id: int) -> Before:
    """What each row of the file would have done as the roster was last planned."""
    pages = select(ChangePage.kind, ChangePage.changes).where(
        ChangePage.institution_id == scope.institution_id,
        ChangePage.roster_id == roster_id,
        ChangePage.kind.not_in([Kind.ABSENT, AGAIN]),
    )
    return {
        (change.values[0], change.values[1]): (kind, change)
        for kind, changes in db.session.execute(pages)
        for change in unpacked(changes)
        if change.values
    }


def to_look_at_again(scope: CampaignScope, roster_id: int) -> set[Address]:
    """The rows that differed from an earlier review when this one was made."""
    pages = select(ChangePage.changes).where(
        ChangePage.institution_id == scope.institution_id, ChangePage.roster_id == roster_id, ChangePage.kind == AGAIN
    )
    return {(change.values[0], change.values[1]) for changes in db.session.scalars(pages) for change in unpacked(changes) if change.values}


def differing(planned: Plan, before: Before) -> set[Address]:
    """Rows of the file that would do something else than before. Who is absent is only shown, and nothing happens to them."""
    return {
        (change.row.sheet, change.row.row)
        for change in planned.changes
        if change.row is not None and not _is_as_before(change, before.get((change.row.sheet, change.row.row)))
    }


def _is_as_before(change: PlannedChange, before: tuple[str, KeptChange] | None) -> bool:
    if before is None or change.kind != before[0]:
        return False
    old = before[1]
    known = old.person_id if old.is_known else None
    return change.person_id == known and [list(difference) for difference in change.differences] == old.differences


def _understood(reading: Reading) -> str:
    parts = {"sheets": reading.sheets, "columns": reading.columns, "notes": reading.notes, "questions": reading.questions}
    return orjson.dumps({name: list(map(list, values)) for name, values in parts.items()}, default=tuple).decode()


def without_examples(summary: str) -> str:
    """A review's summary without any of the file's values."""
    kept = orjson.loads(summary)
    return orjson.dumps(kept | {"groups": [[*group[:-1], []] for group in kept.get("groups", ())]}).decode()


def without_samples(understood: str) -> str:
    """How a workbook was understood without any of its values."""
    if not understood:
        return ""
    kept = orjson.loads(understood)
    place = ColumnRead._fields.index("samples")
    kept["columns"] = [[*column[:place], [], *column[place + 1 :]] for column in kept["columns"]]
    return orjson.dumps(kept).decode()


def _change_pages(scope: CampaignScope, planned: Plan, before: Before, again: set[Address]) -> Iterator[tuple[str, int, str]]:
    """The changes by kind and page. Who is new gets an id now (the one of the plan before), so that applying twice makes nobody twice.

    Only the packing waits until a page is wanted: nothing can be asked of the database while rows are copied into it.
    """
    given = _ids(scope, planned, before)
    by_kind: dict[str, list[tuple[Any, ...]]] = {kind: [] for kind in (*Kind, AGAIN)}
    for kind, row, person_id, revision, differences in planned.changes:
        number = given(row) if kind is Kind.NEW and person_id is None and row is not None else person_id
        kept = (row, number, person_id is not None, revision, differences)
        by_kind[kind].append(kept)
        if again and row is not None and (row.sheet, row.row) in again:
            by_kind[AGAIN].append((*kept, kind))
    return (
        (str(name), number, packed(changes[start : start + PAGE]))
        for name, changes in by_kind.items()
        for number, start in enumerate(range(0, len(changes), PAGE), 1)
    )


def _ids(scope: CampaignScope, planned: Plan, before: Before) -> Callable[[RosterRow], int | None]:
    """Gives an id to the row of somebody who is not known: the one of the plan before, or a new one."""
    old = {address: change.person_id for address, (kind, change) in before.items() if kind == Kind.NEW and not change.is_known}
    unknown = [change.row for change in planned.changes if change.kind is Kind.NEW and change.person_id is None and change.row]
    wanted = sum((row.sheet, row.row) not in old for row in unknown) if old else len(unknown)
    fresh = count(allot(scope.institution_id, wanted)) if wanted else count()
    if not old:
        return lambda _: next(fresh)
    return lambda row: old.get((row.sheet, row.row)) or next(fresh)


def _problems(by_row: Sequence[Sequence[Problem]], groups: Sequence[Group], rows: dict[Address, RosterRow]) -> Iterator[tuple[Any, ...]]:
    group_of = {place: number for number, group in enumerate(groups) for place in group.places}
    numbers = count()
    for place, found in enumerate(by_row, 1):
        row = rows.get((found[0].sheet, found[0].row))
        values = packed_row(row) if row else None
        for p in found:
            number = next(numbers)
            params = orjson.dumps(dict(p.params)).decode()
            address = (p.sheet, p.row, p.column, p.field, p.severity.value)
            yield (number + 1, *address, p.value[:200], p.code, p.text, params, values, place, group_of[number])


def _summary(planned: Plan, problems: Sequence[Problem], groups: Sequence[Group], rows: dict[Address, RosterRow]) -> str:
    """What the review says before it shows a row: findings rolled up, where rows wait, which known values would be overwritten."""
    overwritten = Counter(
        difference.field
        for change in planned.changes
        if change.differences and change.kind is not Kind.WAITING
        for difference in change.differences
        if difference.old
    )
    told = [[*_told(group), _examples(group, problems, rows)] for group in groups]
    return orjson.dumps({"groups": told, "waiting": _waiting(planned.changes), "overwritten": overwritten}, default=tuple).decode()


def _told(group: Group) -> tuple[Any, ...]:
    p = group.first
    sheet, column = ("", None) if p.severity is Severity.REPAIR else (p.sheet, p.column)
    return (p.severity, sheet, column, p.field, p.code, p.text, dict(p.params), group.is_alike, group.where, len(group.places))


def _examples(group: Group, problems: Sequence[Problem], rows: dict[Address, RosterRow]) -> list[tuple[str, RosterRow]]:
    """What a repair found and the rows that it made of it."""
    if group.first.severity is not Severity.REPAIR:
        return []
    found = (problems[place] for place in group.places)
    pairs = ((p.value, rows[p.sheet, p.row]) for p in found if (p.sheet, p.row) in rows)
    return [pair for _, pair in zip(range(_EXAMPLES), pairs, strict=False)]


def _waiting(changes: Iterable[PlannedChange]) -> list[tuple[str, str]]:
    by_sheet: dict[str, list[int]] = {}
    for change in changes:
        if change.kind is Kind.WAITING and change.row is not None:
            by_sheet.setdefault(change.row.sheet, []).append(change.row.row)
    return [(sheet, ranges("", rows)) for sheet, rows in list(by_sheet.items())[:_SHEETS]]
