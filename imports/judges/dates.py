"""Birth dates: real ones, text in whatever order the column uses, serial numbers, the year alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from math import isfinite
from statistics import median
from typing import NamedTuple

from imports.cells import Cell, shown
from imports.judges.blanks import Findings, says_nothing
from imports.signs import visible
from imports.values import Finding, Severity

# The centuries that a số định danh knows. Without a clock there is no narrower bound that stays true.
FIRST_YEAR, LAST_YEAR = 1900, 2099
_EPOCH = date(1899, 12, 30)
_SERIALS = range(3_654, 51_000)  # 1910 to 2039; smaller whole numbers are years
_YEAR_AS_DATE = (_EPOCH + timedelta(days=FIRST_YEAR), _EPOCH + timedelta(days=2035))  # "2014" in a cell formatted as a date
_LONGEST_DATE = 60
_PIVOT = 30  # where nothing in the column tells the century: 00–30 are 20xx

_TIME = re.compile(r"[\sT]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?$")
_WORDS = re.compile(r"\b(?:ngày|tháng|năm|sinh|ngay|thang|nam)\b", re.IGNORECASE)
_THREE = re.compile(r"(\d{1,4})\s*[./\-\s,]\s*(\d{1,2})\s*[./\-\s,]\s*(\d{1,4})")
_EIGHT = re.compile(r"(\d{2})(\d{2})(\d{4})")
_MONTH_AND_YEAR = re.compile(r"(?:0?0|[.\-_…x]+|\d{1,2})\s*[./\-\s]\s*(\d{4})", re.IGNORECASE)
_ONLY_YEAR = re.compile(r"(?:(?:0?0|[.\-_…x]+)\s*[./\-\s]*\s*){0,2}(\d{4})", re.IGNORECASE)

_NO_DATE = Finding(Severity.ERROR, "not-a-date", "This is not a date that exists. Write day, month and year, like 27/10/2014.")
_NOT_PLAUSIBLE = Finding(Severity.ERROR, "implausible-birth", "Nobody was born then. Write day, month and year, like 27/10/2014.")
_SHORT_YEAR = Finding(Severity.REPAIR, "short-year", "The year had two digits; the century was taken from the other dates of the column.")
_MONTH_FIRST = Finding(Severity.REPAIR, "month-first", "The column writes the month before the day; the date was read so.")
_SWAPPED = Finding(
    Severity.REPAIR,
    "day-month-swapped",
    "Excel had swapped day and month (every real date of the column has a day up to 12). They were put back.",
)
_SERIAL = Finding(Severity.REPAIR, "serial-date", "The date was stored as a plain number of days; it was turned back into a date.")
_YEAR_FROM_DATE = Finding(
    Severity.WARNING,
    "year-shown-as-date",
    "A year alone stands in a cell formatted as a date, so it shows as a day of 1905. The year was read.",
)
_NO_DAY = Finding(Severity.WARNING, "no-day", "Only month and year are given; the year was kept.")


class Born(NamedTuple):
    on: date | None
    year: int | None


class Order(NamedTuple):
    """What the whole column tells about how its dates are written."""

    month_first: bool = False
    swapped: bool = False
    usual_year: float | None = None


_UNKNOWN = Born(None, None)


def judge_births(cells: Sequence[Cell]) -> tuple[list[date | None], list[int | None], Findings]:
    """A column of birth dates: the dates, the years (also where only they are known), the findings."""
    if set(map(type, cells)) == {date}:
        dates: list[date] = list(cells)  # type: ignore[arg-type]
        if min(dates).year > 1905 and max(dates).year <= LAST_YEAR:
            return [*dates], [day.year for day in dates], []
    order = order_of(cells)
    known = {cell: judge_birth(cell, order) for cell in set(cells)}
    births = [known[cell][0] for cell in cells]
    findings: Findings = [(index, found) for index, cell in enumerate(cells) if (found := known[cell][1])]
    return [born.on for born in births], [born.year for born in births], findings


def order_of(cells: Sequence[Cell]) -> Order:
    """Judge a whole column: a first number over 12 is a day, a second one over 12 shows that the month comes first."""
    triples = [triple for cell in cells if isinstance(cell, str) and (triple := _three_numbers(cell)) and triple[0] <= 31]
    real = [cell for cell in cells if isinstance(cell, date)]
    day_first = sum(first > 12 for first, _, _ in triples)
    month_first = sum(second > 12 for _, second, _ in triples)
    years = [year for _, _, year in triples if year > 99] + [day.year for day in real if day.year > 1905]
    # A program with American settings turns 04/06 into a real date of April and leaves 27/10 as text. Six real dates without
    # one day over 12, beside text that has nothing else, don't come about otherwise.
    swapped = len(real) >= 6 and all(day.day <= 12 for day in real) and len(triples) >= 3 and day_first == len(triples)
    return Order(month_first > 0 and day_first == 0, swapped, median(years) if years else None)


def judge_birth(cell: Cell, order: Order = Order()) -> tuple[Born, Finding | None]:  # noqa: B008 - a frozen value
    """One birth date. The year is known with the date, or alone."""
    if isinstance(cell, date):
        return _of_real_date(cell.date() if isinstance(cell, datetime) else cell, order)
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return _of_number(cell, order)
    if not isinstance(cell, str):
        return _UNKNOWN, _NO_DATE
    return _of_text(cell, order)


def _of_real_date(day: date, order: Order) -> tuple[Born, Finding | None]:
    if _YEAR_AS_DATE[0] <= day <= _YEAR_AS_DATE[1]:
        return Born(None, (day - _EPOCH).days), _YEAR_FROM_DATE
    if order.swapped:
        return _plausible(date(day.year, day.day, day.month), _SWAPPED)
    return _plausible(day, None)


def _of_number(cell: int | float, order: Order) -> tuple[Born, Finding | None]:
    if not isfinite(cell) or (cell != int(cell) and not _SERIALS.start <= cell < _SERIALS.stop):
        return _UNKNOWN, _NO_DATE
    number = int(cell)
    if FIRST_YEAR <= number <= LAST_YEAR:
        return Born(None, number), None
    if number in _SERIALS:
        return _plausible(_EPOCH + timedelta(days=number), _SERIAL)
    if 1_01_1900 <= number <= 31_12_2099:
        return _of_text(f"{number:08d}", order)
    return (_UNKNOWN, None) if number == 0 else (_UNKNOWN, _NO_DATE)


def _of_text(text: str, order: Order) -> tuple[Born, Finding | None]:
    if says_nothing(text):
        return _UNKNOWN, None
    if len(text) > _LONGEST_DATE:
        return _UNKNOWN, _NO_DATE
    three = _three_numbers(text)
    if three is None or 0 in three[:2]:
        return _of_year(text)
    first, second, third = three
    if first > 31:  # yyyy-mm-dd
        return _of_parts(third, second, first, None)
    day, month = (second, first) if order.month_first else (first, second)
    finding = _MONTH_FIRST if order.month_first and first != second else None
    if third < 100 and not re.search(r"\d{4}$", _bare(text)):
        return _of_parts(day, month, _full_year(third, order), _SHORT_YEAR)
    return _of_parts(day, month, third, finding)


def _three_numbers(text: str) -> tuple[int, int, int] | None:
    bare = _bare(text) if len(text) <= _LONGEST_DATE else ""
    match = _THREE.fullmatch(bare) or _EIGHT.fullmatch(bare)
    return (int(match[1]), int(match[2]), int(match[3])) if match else None


def _bare(text: str) -> str:
    """The numbers and separators alone: no time of day, no "ngày … tháng … năm"."""
    return " ".join(_WORDS.sub(" ", _TIME.sub("", visible(text).strip().strip("'`"))).split())


def _of_year(text: str) -> tuple[Born, Finding | None]:
    bare = _bare(text)
    if match := _ONLY_YEAR.fullmatch(bare):
        finding = None
    elif match := _MONTH_AND_YEAR.fullmatch(bare):
        finding = _NO_DAY
    elif match := _THREE.fullmatch(bare):  # 00/00/1985: day or month not known
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


def join_parts(days: Sequence[Cell], months: Sequence[Cell], years: Sequence[Cell]) -> list[Cell]:
    """Columns Ngày, Tháng, Năm as one column of text; the year alone where day and month are blank."""
    parts = [[shown(cell).strip() for cell in column] for column in (days, months, years)]
    return ["/".join(filter(None, three)) for three in zip(*parts, strict=True)]
