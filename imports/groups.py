"""Findings rolled up: alike ones of one column together, with the rows as ranges, the worst first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from imports.values import ColumnRead, Problem, Severity

RANGES = 12  # a longer list of rows says no more; all of them stand in the sheet below
_RANK = {severity: rank for rank, severity in enumerate((Severity.ERROR, Severity.WARNING, Severity.REPAIR))}


class Group(NamedTuple):
    """Findings that say the same: errors and warnings of one column, repairs of one field. `where` names their cells ("D4, D9–D31"),
    `is_alike` tells whether `first` holds for all of them, `places` are their numbers in the order that was rolled up."""

    first: Problem
    where: str
    is_alike: bool
    places: tuple[int, ...]


def placed(problems: Iterable[Problem], columns: Iterable[ColumnRead]) -> list[Problem]:
    """What matching found in a number knows no column: it belongs into the one that the number was read from."""
    letters = {(column.sheet, column.field): column.letters for column in reversed(list(columns)) if column.field}
    return [p if p.column else p._replace(column=letters.get((p.sheet, p.field))) for p in problems]


def worst_first(problems: Sequence[Problem]) -> list[list[Problem]]:
    """The findings by row: rows with an error, then with a warning, then those that were only mended; each in the file's order."""
    by_row: dict[tuple[str, int], list[Problem]] = {}
    for problem in problems:
        by_row.setdefault((problem.sheet, problem.row), []).append(problem)
    return sorted(by_row.values(), key=lambda found: min(_RANK[problem.severity] for problem in found))


def groups_of(problems: Sequence[Problem]) -> list[Group]:
    """Alike findings together; the worst groups first, then the largest."""
    found: dict[tuple[str, ...], list[int]] = {}
    for place, problem in enumerate(problems):
        found.setdefault(_key(problem), []).append(place)
    groups = [_group(problems, places) for places in found.values()]
    return sorted(groups, key=lambda group: (_RANK[group.first.severity], -len(group.places)))


def _key(problem: Problem) -> tuple[str, ...]:
    if problem.severity is Severity.REPAIR:
        return (problem.severity, problem.field, problem.code)
    return (problem.severity, problem.sheet, problem.column or "", problem.field, problem.code)


def _group(problems: Sequence[Problem], places: Sequence[int]) -> Group:
    first = problems[places[0]]
    is_alike = all(problems[place].params == first.params and problems[place].text == first.text for place in places)
    if first.severity is Severity.REPAIR:
        return Group(first, "", is_alike, tuple(places))
    return Group(first, ranges(first.column or "", (problems[place].row for place in places)), is_alike, tuple(places))


def ranges(column: str, rows: Iterable[int], most: int = RANGES) -> str:
    """Excel's addresses, neighbours joined: "D4, D9–D31". Without a column the rows' numbers alone."""
    runs: list[list[int]] = []
    for row in sorted(set(rows)):
        if runs and row == runs[-1][1] + 1:
            runs[-1][1] = row
        else:
            runs.append([row, row])
    told = [f"{column}{first}" if first == last else f"{column}{first}–{column}{last}" for first, last in runs[:most]]
    return ", ".join([*told, "…"] if len(runs) > most else told)
