"""Birth dates: real ones, text in whatever order the column uses, serial numbers, the year alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from math import isfinite
from typing import NamedTuple

from imports.files.cells import Cell, shown
from imports.judges.blanks import Findings, says_nothing
from imports.judges.date_order import LAST_YEAR_AS_DATE, Order, Shown, order_of
from imports.judges.date_texts import LONGEST_DATE, THREE, Typed, bare, is_number_of_days, says_which, three_numbers
from imports.values import Finding, Severity

# The centuries that a số định danh knows. Without a clock the narrower bound is one that stays true.
FIRST_YEAR, LAST_YEAR = 1900, 2099
_FIRST_POSSIBLE = 1904  # nobody has lived for over 122 years, and no list is older than this program; 1/1/1900 stands for "no date"
_OLDEST = 110  # years, where the day is known
_EPOCH, _EPOCH_OF_1904 = date(1899, 12, 30), date(1904, 1, 1)
_SERIALS = range(3_654, 51_000)  # 1910 to 2039; smaller whole numbers are years
_YEARS_AS_DATE = range(FIRST_YEAR, 2036)  # "2014" in a cell formatted as a date
_AROUND = 30  # how many years from the others of its column a day may be that is only a number in a text
_PIVOT = 30  # where nothing in the column tells the century: 00–30 are 20xx

_MONTH_AND_YEAR = re.compile(r"(?:0?0|[.\-_…x]+|\d{1,2})\s*[./\-\s]\s*(\d{4})", re.IGNORECASE)
_ONLY_YEAR = re.compile(r"(?:(?:0?0|[.\-_…x]+)\s*[./\-\s]*\s*){0,2}(\d{4})", re.IGNORECASE)

_NO_DATE = Finding(Severity.ERROR, "not-a-date", "This is not a date that exists. Write day, month and year, like 27/10/2014.")
_NOT_PLAUSIBLE = Finding(Severity.ERROR, "implausible-birth", "Nobody was born then. Write day, month and year, like 27/10/2014.")
NOT_YET = Finding(Severity.ERROR, "birth-to-come", "Nobody was born then. Write day, month and year, like 27/10/2014.")
VERY_OLD = Finding(
    Severity.ERROR, "very-old", "Nobody so old is expected in a list; 01/01/1900 often stands where no date is known. Check the year."
)
_SHORT_YEAR = Finding(Severity.REPAIR, "short-year", "The year had two digits; the century was taken from the other dates of the column.")
MONTH_FIRST = Finding(Severity.REPAIR, "month-first", "The column writes the month before the day; the date was read so.")
_SWAPPED = Finding(
    Severity.REPAIR,
    "day-month-swapped",
    "Excel had swapped day and month (every real date of the column has a day up to 12). They were put back.",
)
_PERHAPS_SWAPPED = Finding(
    Severity.WARNING,
    "perhaps-swapped",
    "Excel may have swapped day and month: every date that it took for one has a day up to 12, and no other has. Check this one.",
)
_SERIAL = Finding(Severity.REPAIR, "serial-date", "The date was stored as a plain number of days; it was turned back into a date.")
_SERIAL_IN_TEXT = Finding(
    Severity.REPAIR,
    "serial-in-text",
    "A number of days was stored as text among dates; it was turned back into a date. Compare it with the birth certificate or card.",
)
_YEAR_FROM_DATE = Finding(
    Severity.WARNING,
    "year-shown-as-date",
    "A year alone stands in a cell formatted as a date, so it shows as a day early in the 20th century. The year was read.",
)
_NO_DAY = Finding(Severity.WARNING, "no-day", "Only month and year are given; the year was kept.")


class Born(NamedTuple):
    on: date | None
    year: int | None


_UNKNOWN = Born(None, None)


def judge_births(cells: Sequence[Cell], order: Order | None = None) -> tuple[list[date | None], list[int | None], Findings]:
    """A column of birth dates: the dates, the years (also where only they are known), the findings. `order`: how to read it, where that is
    known already. What was typed alone has the day first."""
    if all_real(cells):
        dates: list[date] = list(cells)  # type: ignore[arg-type]
        return [*dates], [day.year for day in dates], []
    typed = {index: cell for index, cell in enumerate(cells) if type(cell) is Typed}
    order = order or order_of([cell for cell in cells if type(cell) is not Typed] if typed else cells)
    known = {cell: judge_birth(cell, order) for cell in set(cells)}
    judged = [known[cell] for cell in cells]
    for index, cell in typed.items():
        judged[index] = judge_birth(cell, Order(usual_year=order.usual_year))
    return [born.on for born, _ in judged], [born.year for born, _ in judged], [(i, found) for i, (_, found) in enumerate(judged) if found]


def all_real(cells: Sequence[Cell]) -> bool:
    """Whether a column holds nothing but dates of the spreadsheet itself, none of them odd."""
    if set(map(type, cells)) != {date}:
        return False
    return min(cells).year > LAST_YEAR_AS_DATE and max(cells).year <= LAST_YEAR  # type: ignore[union-attr]


def judge_birth(cell: Cell, order: Order = Order()) -> tuple[Born, Finding | None]:  # noqa: B008 - a frozen value
    """One birth date. The year is known with the date, or alone."""
    born, finding = _born(cell, order)
    return (_UNKNOWN, VERY_OLD) if born.year is not None and born.year < _FIRST_POSSIBLE else (born, finding)


def _born(cell: Cell, order: Order) -> tuple[Born, Finding | None]:
    if isinstance(cell, date):
        return _of_real_date(cell.date() if isinstance(cell, datetime) else cell, order)
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return _of_number(cell, order)
    if not isinstance(cell, str):
        return _UNKNOWN, _NO_DATE
    return _of_text(cell, order)


def _of_real_date(day: date, order: Order) -> tuple[Born, Finding | None]:
    number = (day - _first_day(order)).days
    if number in _YEARS_AS_DATE:
        return Born(None, number), _YEAR_FROM_DATE
    if order.swapped:
        return _plausible(date(day.year, day.day, day.month), _SWAPPED)
    return _plausible(day, _PERHAPS_SWAPPED if order.perhaps_swapped and day.day != day.month else None)


def _of_number(cell: int | float, order: Order) -> tuple[Born, Finding | None]:
    if not isfinite(cell) or (cell != int(cell) and not _SERIALS.start <= cell < _SERIALS.stop):
        return _UNKNOWN, _NO_DATE
    number = int(cell)
    if FIRST_YEAR <= number <= LAST_YEAR:
        return Born(None, number), None
    if number in _SERIALS:
        return _plausible(_first_day(order) + timedelta(days=number), _SERIAL)
    if 1_01_1900 <= number <= 31_12_2099:
        return _of_text(f"{number:08d}", order)
    return (_UNKNOWN, None) if number == 0 else (_UNKNOWN, _NO_DATE)


def _first_day(order: Order) -> date:
    return _EPOCH_OF_1904 if order.from_1904 else _EPOCH


def _of_text(text: str, order: Order) -> tuple[Born, Finding | None]:
    if says_nothing(text):
        return _UNKNOWN, None
    if len(text) > LONGEST_DATE:
        return _UNKNOWN, _NO_DATE
    three = three_numbers(text)
    if three is None and order.numbers_in_texts and is_number_of_days(text):
        counted = _first_day(order) + timedelta(days=int(float(bare(text))))
        if order.usual_year is not None and abs(counted.year - order.usual_year) <= _AROUND:
            return _plausible(counted, _SERIAL_IN_TEXT)
    if three is None or 0 in three[:2]:
        return _of_year(text)
    first, second, third = three
    if first > 31:  # yyyy-mm-dd
        return _of_parts(third, second, first, None)
    month_first = order.month_first and not says_which(text)
    if order.shown is Shown.MIXED:  # every date for itself; the order is for those that could be either
        month_first = second > 12 or (month_first and first <= 12)
    day, month = (second, first) if month_first else (first, second)
    finding = MONTH_FIRST if month_first and first != second else None
    if third < 100 and not re.search(r"\d{4}$", bare(text)):
        return _of_parts(day, month, _full_year(third, order), _SHORT_YEAR)
    return _of_parts(day, month, third, finding)


def _of_year(text: str) -> tuple[Born, Finding | None]:
    kept = bare(text)
    if match := _ONLY_YEAR.fullmatch(kept):
        finding = None
    elif match := _MONTH_AND_YEAR.fullmatch(kept):
        finding = _NO_DAY
    elif match := THREE.fullmatch(kept):  # 00/00/1985: day or month not known
        return (Born(None, int(match[3])), _NO_DAY) if FIRST_YEAR <= int(match[3]) <= LAST_YEAR else (_UNKNOWN, _NO_DATE)
    else:
        return _UNKNOWN, _NO_DATE
    return (Born(None, int(match[1])), finding) if FIRST_YEAR <= int(match[1]) <= LAST_YEAR else (_UNKNOWN, _NOT_PLAUSIBLE)


def _full_year(short: int, order: Order) -> int:
    if order.usual_year is None:
        return 2000 + short if short <= _PIVOT else 1900 + short
    usual = order.usual_year
    return min(1900 + short, 2000 + short, key=lambda year: abs(year - usual))


def _of_parts(day: int, month: int, year: int, finding: Finding | None) -> tuple[Born, Finding | None]:
    try:
        return _plausible(date(year, month, day), finding)
    except ValueError:
        return _UNKNOWN, _NO_DATE


def _plausible(day: date, finding: Finding | None) -> tuple[Born, Finding | None]:
    return (Born(day, day.year), finding) if FIRST_YEAR <= day.year <= LAST_YEAR else (_UNKNOWN, _NOT_PLAUSIBLE)


def is_to_come(day: date | None, year: int | None, today: date) -> bool:
    """Whether a birth lies behind `today`; a year alone may be this one."""
    return day > today if day else year is not None and year > today.year


def is_very_old(year: int | None, today: date) -> bool:
    """Whether somebody born then would turn more than 110 in the year of `today`."""
    return year is not None and year < today.year - _OLDEST


def join_parts(days: Sequence[Cell], months: Sequence[Cell], years: Sequence[Cell]) -> list[Cell]:
    """Columns Ngày, Tháng, Năm as one column of text; the year alone where day and month are blank."""
    parts = [[shown(cell).strip() for cell in column] for column in (days, months, years)]
    return ["/".join(filter(None, three)) for three in zip(*parts, strict=True)]
