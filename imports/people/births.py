"""The birth dates of a sheet's people, in whichever columns they stand, and what shows how these are to be read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from app.domain.names import fold
from imports.files.cells import Cell
from imports.judges.blanks import Findings
from imports.judges.date_order import Order, Shown, is_open, order_elsewhere, order_of
from imports.judges.date_texts import Typed
from imports.judges.dates import NOT_YET, VERY_OLD, all_real, is_to_come, is_very_old, join_parts, judge_births
from imports.people.birth_years import other_years, with_years, years_beside
from imports.sheets.columns import Cells, FieldCells
from imports.sheets.layout import Layout
from imports.values import Evidence, Finding, Severity

_TWO_BIRTHS = Finding(Severity.ERROR, "two-sexes", "A birth date stands under Nam and under Nữ. Keep only the right one.")
_FAR_LATER = Finding(Severity.WARNING, "birth-far-later", "This birth lies far behind nearly all others of the list. Check the year.")
_FAR, _FEWEST, _AT_MOST, _NEARLY_ALL = 15, 10, 0.02, 0.9
_SAID_DAY = Evidence("You said that the day comes first")
_SAID_MONTH = Evidence("You said that the month comes first")


@dataclass(slots=True)
class Births:
    dates: list[date | None]
    years: list[int | None]
    sexes: list[str | None] | None = None  # where the dates stand under Nam or Nữ
    findings: list[tuple[str, Findings]] = field(default_factory=list)  # by the field that holds them
    evidence: Evidence | None = None
    month_first: bool | None = None  # what the text dates show, if they show it
    open: list[int] = field(default_factory=list)  # people whose date can be read either way, where nothing on the sheet tells
    mixed: bool = False  # many dates with the day first, and many with the month first
    held_in: str = "birth_date"

    def odd_ages(self, today: date | None) -> Findings:
        """Births behind `today`, and of people who would be over 110, are taken away, where a day is known."""
        years = set(filter(None, self.years)) if today else ()
        if today is None or not years or (max(years) < today.year and not is_very_old(min(years), today)):
            return []
        found = [
            (place, VERY_OLD if is_very_old(year, today) else NOT_YET)
            for place, (day, year) in enumerate(zip(self.dates, self.years, strict=True))
            if is_very_old(year, today) or is_to_come(day, year, today)
        ]
        gone = {place for place, _ in found}
        for place in gone:
            self.dates[place] = self.years[place] = None
        self.open = [place for place in self.open if place not in gone]
        return found

    def far_later(self) -> Findings:
        """One or two births long after nearly all others: 2041 for 2014. Without a clock that is all that shows it."""
        counts = Counter(year for year in self.years if year)
        known, seen = counts.total(), 0
        if known < _FEWEST:
            return []
        for year in sorted(counts):
            seen += counts[year]
            if seen >= _NEARLY_ALL * known:
                break
        later = sum(count for other, count in counts.items() if other > year + _FAR)
        if not 0 < later <= max(2, _AT_MOST * known):
            return []
        return [(index, _FAR_LATER) for index, other in enumerate(self.years) if other and other > year + _FAR]


class BirthReader:
    """`month_first`: what a user said of a column that doesn't tell; `from_1904`: how the workbook counts days."""

    def __init__(self, cells: FieldCells, layout: Layout, month_first: bool | None, *, from_1904: bool = False) -> None:
        self.cells, self.layout, self.said, self.from_1904 = cells, layout, month_first, from_1904

    def read(self) -> Births:
        male, female = self.cells.take("birth_if_male"), self.cells.take("birth_if_female")
        if male and female:
            return self._by_sex(male, female)
        parts = [self.cells.take(name) for name in ("birth_day", "birth_month", "birth_year")]
        if parts[2]:
            blank = Cells([""] * self.cells.count, 0)
            joined = join_parts(*((part or blank).values for part in parts))
            dates, years, findings = judge_births(joined, Order(usual_year=order_of(joined).usual_year))
            return Births(dates, years, None, [("birth_year", findings)], held_in="birth_year")
        column = self.cells.take("birth_date")
        if column is None:
            return Births([None] * self.cells.count, [None] * self.cells.count)
        beside = years_beside(self.cells)
        if beside is None:
            births, findings = self._judged(column.values)
        else:
            values, from_beside = with_years(column.values, beside)
            births, found = self._judged(values)
            findings = [*from_beside, *found, *other_years(births.dates, beside)]
        births.findings = [("birth_date", findings)]
        return births

    def _by_sex(self, male: Cells, female: Cells) -> Births:
        pairs = list(zip(male.values, female.values, strict=True))
        births, findings = self._judged([man if man != "" else woman for man, woman in pairs])
        births.sexes = ["male" if man != "" else "female" if woman != "" else None for man, woman in pairs]
        both = [index for index, (man, woman) in enumerate(pairs) if man != "" and woman != ""]
        for index in both:
            births.sexes[index] = births.dates[index] = births.years[index] = None
        births.findings = [
            ("birth_if_male", [found for found in findings if pairs[found[0]][0] != ""]),
            ("birth_if_female", [found for found in findings if pairs[found[0]][0] == ""]),
            ("birth_if_male", [(index, _TWO_BIRTHS) for index in both]),
        ]
        births.held_in = "birth_if_male"
        return births

    def _judged(self, cells: Sequence[Cell]) -> tuple[Births, Findings]:
        if all_real(cells):
            dates, years, findings = judge_births(cells)
            real = Evidence("%(count)s values are dates of the spreadsheet itself", (("count", str(len(cells))),))
            return Births(dates, years, evidence=real), findings
        order = order_of([cell for cell in cells if type(cell) is not Typed])._replace(from_1904=self.from_1904)
        evidence, is_undecided = _evidence(order), order.shown in (Shown.LEFT_OPEN, Shown.MIXED)
        if is_undecided and self.said is not None:
            order, is_undecided = order._replace(month_first=self.said), False
            evidence = _SAID_MONTH if self.said else _SAID_DAY
        elif order.shown is Shown.LEFT_OPEN and (elsewhere := order_elsewhere(self._other_dates())):
            order, is_undecided = order._replace(month_first=elsewhere[1]), False
            evidence = _elsewhere(*elsewhere)
        dates, years, findings = judge_births(cells, order)
        open_ones = [index for index, cell in enumerate(cells) if dates[index] and is_open(cell)] if is_undecided else []
        decided = order.month_first if order.shown in (Shown.DAY, Shown.MONTH) else None
        return Births(dates, years, None, [], evidence, decided, open_ones, order.shown is Shown.MIXED), findings

    def _other_dates(self) -> Iterator[tuple[str, Sequence[str]]]:
        """Columns of other days, such as that of an identity card's issue: they aren't kept, but whoever wrote them wrote both."""
        for column in self.layout.columns:
            if column.meaning.field is None and "ngay" in fold(column.heading).split():
                yield column.letters, self.cells.texts(column.index)


def _evidence(order: Order) -> Evidence | None:
    count = (("count", str(order.telling)),)
    if order.swapped:
        return Evidence("Every date of the spreadsheet itself has a day up to 12, and no other has: day and month had been swapped")
    if order.shown is Shown.DAY:
        return Evidence("%(count)s values have a day over 12: day/month/year", count)
    if order.shown is Shown.MONTH:
        return Evidence("%(count)s values have a day over 12: month/day/year", count)
    return None


def _elsewhere(letters: str, month_first: bool) -> Evidence:
    column = (("column", letters),)
    if month_first:
        return Evidence("The dates of column %(column)s have the month first", column)
    return Evidence("The dates of column %(column)s have the day first", column)
