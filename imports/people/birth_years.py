"""A column "Ngày sinh" beside a column "Năm sinh": day and month in one and the year in the other, or the year said twice."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from imports.files.cells import Cell, shown
from imports.judges.blanks import Findings
from imports.sheets.columns import FieldCells
from imports.values import Finding, Severity

_DAY_AND_MONTH = re.compile(r"(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_NEARLY_ALL = 0.8
_FROM_BESIDE = Finding(
    Severity.REPAIR, "year-from-beside", "The cell has a day and a month alone; the year was taken from the column of years."
)
_OTHER_YEAR = Finding(Severity.WARNING, "other-year-beside", "The column of years has another year of birth. Check both.")


def years_beside(cells: FieldCells) -> Sequence[int | None] | None:
    """The years of a column of their own, beside a column of dates."""
    columns = cells.each("birth_date")
    if [rank for rank, _ in columns] != [0, 1]:
        return None
    return [int(text) if _YEAR.fullmatch(text := shown(cell).strip()) else None for cell in columns[1][1]]


def with_years(days: Sequence[Cell], years: Sequence[int | None]) -> tuple[Sequence[Cell], Findings]:
    """Dates of day and month alone, with their years. Excel turns "27/10" into a day of the year in which it was typed."""
    filled = [cell for cell in days if _YEAR.fullmatch(shown(cell).strip() or "1900") is None]
    typed_in = {cell.year for cell in filled if isinstance(cell, date)}
    one = next(iter(typed_in)) if len(typed_in) == 1 else None
    without = [_is_without(cell, one) for cell in days]
    if not filled or sum(without) < _NEARLY_ALL * len(filled) or (one and one in years):
        return days, []
    joined: list[Cell] = list(days)
    findings: Findings = []
    for index, (cell, year) in enumerate(zip(days, years, strict=True)):
        if without[index] and year:
            joined[index] = f"{cell.day}/{cell.month}/{year}" if isinstance(cell, date) else _joined(shown(cell), year)
            findings.append((index, _FROM_BESIDE))
    return joined, findings


def _is_without(cell: Cell, typed_in: int | None) -> bool:
    if isinstance(cell, date):
        return typed_in is not None
    return isinstance(cell, str) and _DAY_AND_MONTH.fullmatch(cell.strip()) is not None


def _joined(text: str, year: int) -> str:
    match = _DAY_AND_MONTH.fullmatch(text.strip())
    return f"{match[1]}/{match[2]}/{year}" if match else text


def other_years(dates: Sequence[date | None], years: Sequence[int | None]) -> Findings:
    return [(index, _OTHER_YEAR) for index, (day, year) in enumerate(zip(dates, years, strict=True)) if day and year and day.year != year]
