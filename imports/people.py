"""The people of one sheet: every field judged as a whole column, then put together row by row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import repeat
from typing import NamedTuple

from imports.cells import Cell, Sheet, shown
from imports.columns import Cells, FieldCells
from imports.guardians import guardians_of
from imports.judges.blanks import Findings
from imports.judges.codes import MINISTRY_WIDTH, judge_codes, lost_the_ministrys_zero
from imports.judges.contacts import judge_emails, judge_phones
from imports.judges.dates import join_parts, judge_births
from imports.judges.names import judge_names
from imports.judges.papers import Identity, judge_paper_column, put_together
from imports.judges.words import judge_marks, judge_positions, judge_sexes, judge_unit, judge_units
from imports.layout import Layout
from imports.old_fonts import refuse_old_font
from imports.selection import Selection, select
from imports.signs import one_line
from imports.units import is_class_name, unit_key, unit_name, unit_of_titles
from imports.values import Finding, GuardianRead, Problem, RosterRow, Severity

ColumnJudge = Callable[[Sequence[Cell]], tuple[list[str | None], Findings]]

_SHOWN_AT_MOST, _LOOKED_AT = 100, 1_000
_TWO_BIRTHS = Finding(Severity.ERROR, "two-sexes", "A birth date stands under Nam and under Nữ. Keep only the right one.")
_OTHER_TITLE = Finding(
    Severity.WARNING,
    "title-and-sheet-differ",
    "The title names another class than the sheet's name. The people were taken for the sheet's class.",
)


@dataclass(frozen=True, slots=True)
class SheetPeople:
    rows: list[RosterRow]
    problems: list[Problem]
    unit_from: str | None
    unmarked: str | None = None  # a lone column Nữ (or Nam) without one mark: the sex of its blank cells, if other sheets have marks
    marked: bool = False  # a lone column with marks


class Births(NamedTuple):
    dates: list[date | None]
    years: list[int | None]
    sexes: list[str | None] | None  # where the dates stand under Nam or Nữ


def people_of(data: bytes, sheet: Sheet, layout: Layout) -> SheetPeople:
    """The people of a sheet whose layout is known."""
    selection = select(sheet, layout)
    refuse_old_font((selection.names[place] for place in selection.odd), len(selection.names), sheet.name)
    if not selection.rows:
        return SheetPeople([], selection.problems, None)
    return _People(data, sheet, layout, selection).read()


class _People:
    def __init__(self, data: bytes, sheet: Sheet, layout: Layout, selection: Selection) -> None:
        self.sheet, self.layout, self.selection = sheet, layout, selection
        self.cells = FieldCells(data, sheet, layout, selection.rows)
        self.count = len(selection.rows)
        self.problems = list(selection.problems)
        self.unmarked: str | None = None
        self.marked = False

    def read(self) -> SheetPeople:
        names = self._names()
        births = self._births()
        sexes = births.sexes or self._sexes()
        identity = self._identity(births.years, sexes)
        units, unit_from = self._units()
        columns = (
            repeat(self.sheet.name, self.count),
            [row + 1 for row in self.selection.rows],
            names,
            births.dates,
            births.years,
            sexes,
            *identity,
            self._codes("pupil_code"),
            self._codes("staff_code"),
            self._judged("phone", judge_phones),
            self._judged("email", judge_emails),
            units,
            self._judged("position", judge_positions),
            self._guardians(),
        )
        rows = list(map(tuple.__new__, repeat(RosterRow), zip(*columns, strict=True)))  # as _make does, without a call for each row
        return SheetPeople(rows, sorted(self.problems, key=lambda problem: problem.row), unit_from, self.unmarked, self.marked)

    def _note(self, taken: str, field: str, findings: Findings) -> None:
        """Give findings their addresses. `taken` is the field as the columns call it, `field` as the problems do."""
        column = self.cells.take(taken) if findings else None
        if column is None:
            return
        for index, finding in findings:
            value = one_line(shown(column.values[index])[:_LOOKED_AT])[:_SHOWN_AT_MOST]
            self._found(self.selection.rows[index] + 1, column.letters(index), field, value, finding)

    def _found(self, row: int, letters: str | None, field: str, value: str, finding: Finding) -> None:
        self.problems.append(
            Problem(self.sheet.name, row, letters, field, finding.severity, value, finding.code, finding.text, finding.params)
        )

    def _judged(self, field: str, judge: ColumnJudge) -> Sequence[str | None]:
        column = self.cells.take(field)
        if column is None:
            return [None] * self.count
        values, findings = judge(column.values)
        self._note(field, field, findings)
        return values

    def _names(self) -> list[str]:
        names = list(self.selection.names)
        findings = judge_names(names, self.selection.odd)
        held_in = next(field for field in ("full_name", "family_name", "given_name") if field in self.cells.fields())
        self._note(held_in, "full_name", findings)
        return names

    def _births(self) -> Births:
        male, female = self.cells.take("birth_if_male"), self.cells.take("birth_if_female")
        if male and female:
            return self._births_by_sex(male, female)
        parts = [self.cells.take(field) for field in ("birth_day", "birth_month", "birth_year")]
        if parts[2]:
            blank = Cells([""] * self.count, 0)
            dates, years, findings = judge_births(join_parts(*((part or blank).values for part in parts)))
            self._note("birth_year", "birth_date", findings)
            return Births(dates, years, None)
        column = self.cells.take("birth_date")
        if column is None:
            return Births([None] * self.count, [None] * self.count, None)
        dates, years, findings = judge_births(column.values)
        self._note("birth_date", "birth_date", findings)
        return Births(dates, years, None)

    def _births_by_sex(self, male: Cells, female: Cells) -> Births:
        pairs = list(zip(male.values, female.values, strict=True))
        dates, years, findings = judge_births([man if man != "" else woman for man, woman in pairs])
        sexes: list[str | None] = ["male" if man != "" else "female" if woman != "" else None for man, woman in pairs]
        both = [index for index, (man, woman) in enumerate(pairs) if man != "" and woman != ""]
        for index in both:
            sexes[index] = dates[index] = years[index] = None
        self._note("birth_if_male", "birth_date", [found for found in findings if pairs[found[0]][0] != ""])
        self._note("birth_if_female", "birth_date", [found for found in findings if pairs[found[0]][0] == ""])
        self._note("birth_if_male", "birth_date", [(index, _TWO_BIRTHS) for index in both])
        return Births(dates, years, sexes)

    def _sexes(self) -> Sequence[str | None]:
        if "sex" in self.cells.fields():
            return self._judged("sex", judge_sexes)
        male, female = self.cells.take("is_male"), self.cells.take("is_female")
        if male is None and female is None:
            return [None] * self.count
        sexes, findings = judge_marks(male.values if male else None, female.values if female else None)
        if male is None or female is None:
            self.marked = any(sexes)
            self.unmarked = None if self.marked or findings else "male" if male is None else "female"
        self._note("is_female" if female else "is_male", "sex", findings)
        return sexes

    def _identity(self, years: Sequence[int | None], sexes: Sequence[str | None]) -> Identity:
        found = [(field, self.cells.take(field)) for field in ("personal_id", "bhxh_code", "health_card", "old_id")]
        columns = [judge_paper_column(field, column.values, years, sexes) for field, column in found if column]
        identity, disagreements = put_together(columns, self.count)
        for column in columns:
            self._note(column.field, column.field, column.findings + disagreements.get(column.field, []))
        return identity

    def _codes(self, field: str) -> Sequence[str | None]:
        by_ministry = any(c.meaning.field == field == "pupil_code" and c.meaning.rank == 0 for c in self.layout.columns)

        def judge(cells: Sequence[Cell]) -> tuple[list[str | None], Findings]:
            ten = by_ministry or (field == "pupil_code" and lost_the_ministrys_zero(cells))
            return judge_codes(cells, MINISTRY_WIDTH if ten else None)

        return self._judged(field, judge)

    def _guardians(self) -> Sequence[tuple[GuardianRead, ...]]:
        return guardians_of(self.cells, self._note) or [()] * self.count

    def _units(self) -> tuple[Sequence[str | None], str | None]:
        """Each person's unit: from its column, else the group row above, else what the title or the sheet's name says."""
        groups, title = self.selection.groups, self._unit_of_titles()
        own = unit_name(self.sheet.name) if is_class_name(self.sheet.name) else None
        if "unit" in self.cells.fields():
            units = self._judged("unit", judge_units)
            if any(units):
                return units, "column"
        if groups:
            return [group or title or own for group in groups], "group-rows"
        if own and title and unit_key(own) != unit_key(title):  # titles are copied along with a sheet, names can't be
            self._found(self.layout.header_row + 1, None, "unit", title[:_SHOWN_AT_MOST], _OTHER_TITLE)
            return [own] * self.count, "sheet-name"
        if title:
            return [title] * self.count, "title"
        return [own] * self.count, "sheet-name" if own else None

    def _unit_of_titles(self) -> str | None:
        title = unit_of_titles(self.layout.titles)
        unit, finding = judge_unit(title or "")
        if finding and title:
            self._found(self.layout.header_row + 1, None, "unit", title[:_SHOWN_AT_MOST], finding)
        return unit
