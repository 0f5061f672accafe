"""The people of one table: every field judged as a whole column, then put together row by row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from itertools import repeat
from typing import Any

from imports.files.cells import Cell, shown
from imports.files.old_fonts import refuse_old_font
from imports.files.signs import one_line
from imports.headings.childrens_columns import CHILDS_OR_OWN, OF_NOBODY
from imports.headings.contact_persons import NOBODYS
from imports.headings.insurance_columns import OLD_CARD, OLD_CARDS
from imports.headings.meaning import meaning
from imports.judges.blanks import Findings
from imports.judges.codes import MINISTRY_WIDTH, judge_codes, lost_the_ministrys_zero
from imports.judges.contacts import judge_emails, judge_phones
from imports.judges.names import judge_names
from imports.judges.papers import Identity, judge_paper_column, put_together
from imports.judges.words import judge_marks, judge_positions
from imports.people.births import BirthReader, Births
from imports.people.guardians import guardians_of
from imports.people.parents_below import guardians_below
from imports.people.people_units import Units, units_of
from imports.people.refused_repairs import without_refused
from imports.people.sex_column import SexesRead, read_sexes
from imports.people.table_people import TablePeople, Wishes
from imports.people.understood import Repairs, columns_read, problem_field
from imports.sheets.columns import FieldCells
from imports.sheets.selection import Selection, select
from imports.sheets.tables import Table
from imports.values import Evidence, Finding, GuardianRead, Problem, RosterRow, Severity

Of = tuple[FieldCells, Sequence[int]]  # the cells of some rows, and which rows these are
ColumnJudge = Callable[[Sequence[Cell]], tuple[list[str | None], Findings]]

_STEPS = 6
_SHOWN_AT_MOST, _LOOKED_AT = 100, 1_000
_TWO_COLUMNS = Finding(
    Severity.ERROR,
    "two-headings",
    "Two columns have a heading for this. Say which of them is meant; until then neither is trusted.",
)


def people_of(table: Table, wishes: Wishes) -> TablePeople:
    """The people of a table whose layout is known."""
    selection = select(table.sheet, table.layout)
    refuse_old_font((selection.names[place] for place in selection.odd), len(selection.names), table.sheet.name)
    if not selection.rows:
        columns = columns_read(table, None, {}, {})
        return TablePeople(table.sheet.name, [], selection.problems, None, columns=columns, skipped=selection.skipped)
    return _People(table, selection, wishes).read()


class _People:
    def __init__(self, table: Table, selection: Selection, wishes: Wishes) -> None:
        self.table, self.selection, self.wishes = table, selection, wishes
        self.sheet, self.layout = table
        self.cells = FieldCells(self.sheet, self.layout, selection.rows)
        self.count = len(selection.rows)
        self.problems = list(selection.problems)
        self.repairs: Repairs = {}
        self.steps = 0
        self.unmarked: str | None = None
        self.marked = False
        self.of_sexes: SexesRead | None = None

    def read(self) -> TablePeople:
        names = self._names()
        births = BirthReader(self.cells, self.layout, self.wishes.month_first, from_1904=self.sheet.from_1904).read()
        for taken, findings in births.findings:
            self._note(taken, "birth_date", findings, births.dates, births.years)
        self._note(births.held_in, "birth_date", births.odd_ages(self.wishes.today))
        self._note(births.held_in, "birth_date", births.far_later())
        self._step()
        sexes = births.sexes or self._sexes(births.years)
        identity = self._identity(births.years, sexes)
        self._step()
        units = self._units()
        positions = self._judged("position", judge_positions)
        self._step()
        codes = self._codes("pupil_code"), self._codes("staff_code")
        self._step()
        contacts = self._judged("phone", judge_phones), self._judged("email", judge_emails)
        self._step()
        guardians = self._guardians(births.years, sexes)
        self._dispute()
        self._say_without_values()
        self._say_whose()
        self._say_old_cards()
        columns = (
            repeat(self.sheet.name, self.count),
            [row + 1 for row in self.selection.rows],
            names,
            births.dates,
            births.years,
            sexes,
            *identity,
            *codes,
            *contacts,
            units.names,
            positions,
            guardians,
        )
        rows = list(map(tuple.__new__, repeat(RosterRow), zip(*columns, strict=True)))  # as _make does, without a call for each row
        self._step()
        return self._together(rows, births, units.come_from)

    def _together(self, rows: list[RosterRow], births: Births, unit_from: str | None) -> TablePeople:
        held = self.cells.take(births.held_in)
        births_in = held.letters(0) if held else None
        return TablePeople(
            self.sheet.name,
            rows,
            sorted(self.problems, key=lambda problem: problem.row),
            unit_from,
            self.unmarked,
            self.marked,
            columns_read(self.table, self.cells, {births_in: births.evidence} | self._of_sexes_column(), self.repairs),
            self.selection.skipped,
            self.cells.disputes,
            births,
            self.of_sexes,
            births_in,
        )

    def _of_sexes_column(self) -> dict[str | None, Evidence | None]:
        column = self.cells.take("sex") if self.of_sexes and self.of_sexes.evidence else None
        return {column.letters(0): self.of_sexes.evidence} if column and self.of_sexes else {}

    def _step(self) -> None:
        self.steps += 1
        if self.wishes.step:
            self.wishes.step(self.count * self.steps // _STEPS, self.count)

    def _note(self, taken: str, field: str, findings: Findings, *values: list[Any], of: Of | None = None) -> None:
        """Give findings their addresses. `taken` is the field as the columns call it, `field` as the problems do; `of`: the rows with
        further guardians, where it isn't the people's."""
        cells, rows = of or (self.cells, self.selection.rows)
        column = cells.take(taken) if findings else None
        if column is None:
            return
        for index, finding in without_refused(field, findings, self.wishes.refused, *values):
            value = _excerpt(shown(column.values[index]))
            letters = column.letters(index)
            if finding.severity is Severity.REPAIR:
                of_column = self.repairs.setdefault(letters, {})
                of_column[finding.code] = of_column.get(finding.code, 0) + 1
            self._found(rows[index] + 1, letters, field, value, finding)

    def _found(self, row: int, letters: str | None, field: str, value: str, finding: Finding) -> None:
        self.problems.append(
            Problem(self.sheet.name, row, letters, field, finding.severity, value, finding.code, finding.text, finding.params)
        )

    def _dispute(self) -> None:
        for taken, _, second, places in self.cells.disputes:
            for place in places:
                self._found(self.selection.rows[place] + 1, second.letters, problem_field(taken), "", _TWO_COLUMNS)

    def _say_without_values(self) -> None:
        for place, column, text, finding in self.cells.without_values:
            value, field = _excerpt(text), problem_field(column.meaning.field or "")
            self._found(self.selection.rows[place] + 1, column.letters, field, value, finding)

    def _say_whose(self) -> None:
        for column in self.layout.columns:
            if finding := NOBODYS.get(column.meaning.why_not or ""):
                for place, text in self.cells.with_numbers(column.index):
                    value = _excerpt(text)
                    self._found(self.selection.rows[place] + 1, column.letters, "phone", value, finding)

            elif column.meaning.why_not == CHILDS_OR_OWN:
                field = problem_field(meaning(column.heading).field or "row")
                self._found(self.layout.header_row + 1, column.letters, field, column.heading[:_SHOWN_AT_MOST], OF_NOBODY)

    def _say_old_cards(self) -> None:
        for column in self.layout.columns:
            if column.meaning.field == "health_card" and column.meaning.rank == OLD_CARD:
                self._found(self.layout.header_row + 1, None, "health_card", column.heading[:_SHOWN_AT_MOST], OLD_CARDS)

    def _judged(self, field: str, judge: ColumnJudge) -> Sequence[str | None]:
        column = self.cells.take(field)
        if column is None:
            return [None] * self.count
        values, findings = judge(column.values)
        self._note(field, field, findings, values)
        return values

    def _names(self) -> list[str]:
        names = list(self.selection.names)
        findings = judge_names(names, self.selection.odd, may_be_addressed=True)
        findings = without_refused("full_name", findings, self.wishes.refused, names, instead=self.selection.names)
        held_in = next(field for field in ("full_name", "family_name", "given_name") if field in self.cells.fields())
        if findings or self.cells.has_several(held_in):
            self.cells.take(held_in)
        self._note(held_in, "full_name", findings)
        return names

    def _sexes(self, years: Sequence[int | None]) -> Sequence[str | None]:
        if "sex" in self.cells.fields():
            self.of_sexes = read_sexes(self.cells, self.table, self.selection.rows, years)
            self._note("sex", "sex", self.of_sexes.findings, self.of_sexes.values)
            return self.of_sexes.values
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
        for column in columns:
            self._note(column.field, column.field, column.findings, *column.papers)  # type: ignore[arg-type]
        identity, disagreements = put_together(columns, self.count)
        for column in columns:
            self._note(column.field, column.field, disagreements.get(column.field, []))
        return identity

    def _codes(self, field: str) -> Sequence[str | None]:
        headed = [column for column in self.layout.columns if column.meaning.field == field == "pupil_code"]
        by_ministry = any(column.meaning.rank == 0 for column in headed)

        def judge(cells: Sequence[Cell]) -> tuple[list[str | None], Findings]:
            ten = by_ministry or any(lost_the_ministrys_zero(cells, column.heading) for column in headed[:1])
            return judge_codes(cells, MINISTRY_WIDTH if ten else None)

        return self._judged(field, judge)

    def _units(self) -> Units:
        units = units_of(self.cells, self.layout.titles, self.sheet.name, self.selection.groups, self._note)
        for text, finding in units.said:
            self._found(self.layout.header_row + 1, None, "unit", text[:_SHOWN_AT_MOST], finding)
        return units

    def _guardians(self, years: Sequence[int | None], sexes: Sequence[str | None]) -> Sequence[tuple[GuardianRead, ...]]:
        guardians = guardians_of(self.cells, self._note, (years, sexes)) or [()] * self.count
        if self.selection.more:
            below = FieldCells(self.sheet, self.layout, [row for row, _ in self.selection.more])
            further = guardians_of(below, partial(self._note, of=(below, [row for row, _ in self.selection.more]))) or []
            for (_, place), several in zip(self.selection.more, further, strict=True):
                guardians[place] += several
        for parent, guardian in zip(self.selection.parents, self._parents_below(), strict=True):
            guardians[parent.child] += (guardian,)
        return guardians

    def _parents_below(self) -> Sequence[GuardianRead]:
        found = self.selection.parents
        rows = [one.row for one in found]
        return guardians_below(self.sheet, self.layout, found, lambda cells, *said: self._note(*said, of=(cells, rows))) if found else ()


def _excerpt(text: str) -> str:
    """Of what stands in a cell, as much as a problem shows."""
    return one_line(text[:_LOOKED_AT])[:_SHOWN_AT_MOST]
