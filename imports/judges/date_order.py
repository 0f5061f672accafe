"""Whether a column of text dates writes the day or the month first: judged by all its dates together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum
from statistics import median
from typing import NamedTuple

from imports.files.cells import Cell
from imports.judges.date_texts import Typed, is_number_of_days, says_which, three_numbers

_MANY_TIMES, _SOME = 5, 3
_ENOUGH_REAL, _ENOUGH_TEXTS, _FEW_REAL, _ENOUGH_DATES = 6, 3, 2, 2
LAST_YEAR_AS_DATE = 1909  # a year alone, in a cell formatted as a date, shows as a day of 1905 or (counted from 1904) of 1909


class Shown(StrEnum):
    """What the dates show by themselves. LEFT_OPEN: no number is over 12; MIXED: they contradict each other."""

    NOTHING = "nothing"  # there are no text dates of day, month and year
    DAY = "day"
    MONTH = "month"
    LEFT_OPEN = "left-open"
    MIXED = "mixed"


class Order(NamedTuple):
    """How a column's dates are to be read, and what in them shows it."""

    month_first: bool = False
    swapped: bool = False
    usual_year: float | None = None
    shown: Shown = Shown.NOTHING
    telling: int = 0  # how many dates show it
    perhaps_swapped: bool = False
    numbers_in_texts: bool = False  # texts of five digits are days that somebody stored as text: others of the column are dates
    from_1904: bool = False  # the workbook counts its days so


def order_of(cells: Sequence[Cell]) -> Order:
    """Judge a whole column: a first number over 12 is a day, a second one over 12 shows that the month comes first."""
    told = list(map(_triple, cells))
    triples = [triple for triple in told if triple and triple[0] <= 31]
    real = [cell for cell in cells if isinstance(cell, date)]
    day_first = sum(first > 12 for first, _, _ in triples)
    month_first = sum(second > 12 for _, second, _ in triples)
    years = [year for _, _, year in triples if year > 99] + [day.year for day in real if day.year > LAST_YEAR_AS_DATE]
    numbers = sum(triple is None and isinstance(cell, str) and is_number_of_days(cell) for cell, triple in zip(cells, told, strict=True))
    # A program with American settings turns 04/06 into a real date of April and leaves 27/10 as text. Six real dates without one day
    # over 12, beside text that has nothing else, don't come about otherwise; of fewer ones it is said that it may be so.
    suspect = all(day.day <= 12 for day in real) and len(triples) >= _ENOUGH_TEXTS and max(day_first, month_first) == len(triples)
    shown = _shown(day_first, month_first, open_ones=any(first != second for first, second, _ in triples))
    return Order(
        shown is Shown.MONTH,
        suspect and len(real) >= _ENOUGH_REAL,
        median(years) if years else None,
        shown,
        month_first if shown is Shown.MONTH else day_first,
        suspect and _FEW_REAL <= len(real) < _ENOUGH_REAL,
        numbers > 0 and len(years) >= max(numbers, _ENOUGH_DATES) and not (suspect and len(real) >= _FEW_REAL),
    )


def _shown(day_first: int, month_first: int, *, open_ones: bool) -> Shown:
    """Viet Nam writes the day first, so a few dates with the month first are slips; many of both make a column that nobody can read."""
    if not day_first and not month_first:
        return Shown.LEFT_OPEN if open_ones else Shown.NOTHING
    if day_first >= _MANY_TIMES * month_first or (month_first < _SOME and day_first >= month_first):
        return Shown.DAY
    if month_first >= _MANY_TIMES * day_first:
        return Shown.MONTH
    return Shown.MIXED


def is_open(cell: Cell) -> bool:
    """Whether the order decides what a cell means: text of which both numbers may be a month, and which differ."""
    if type(cell) is Typed:
        return False
    triple = _triple(cell)
    return triple is not None and triple[0] != triple[1] and 1 <= triple[0] <= 12 and 1 <= triple[1] <= 12


def _triple(cell: Cell) -> tuple[int, int, int] | None:
    """Day, month and year in one order or another; numbers such as 1092014 are 01092014 without their zero."""
    if isinstance(cell, str):
        return None if says_which(cell) else three_numbers(cell)
    is_number = isinstance(cell, (int, float)) and 1_01_1900 <= cell <= 31_12_2099
    return three_numbers(f"{int(cell):08d}") if is_number else None  # type: ignore[arg-type]


def order_elsewhere(columns: Iterable[tuple[str, Sequence[str]]]) -> tuple[str, bool] | None:
    """The first of other columns (letters, texts) whose dates show their order, and whether the month comes first; None where none does."""
    for letters, texts in columns:
        shown = order_of(texts).shown
        if shown in (Shown.DAY, Shown.MONTH):
            return letters, shown is Shown.MONTH
    return None
