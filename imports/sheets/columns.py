"""The cells of one field for the people of a sheet, wherever they stand: one column, or the best of several."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from imports.files.cells import Cell, Sheet, letters_of, shown
from imports.files.formulas import finding_of
from imports.headings.column import Column
from imports.judges.name_and_phone import parted
from imports.sheets.layout import Layout
from imports.sheets.row_kinds import NAME_PARTS
from imports.values import Finding

_SAMPLED = 1_000  # rows: a column of two words has no third, however long one looks
_AT_ONCE = 500  # rows that stay near the processor while their cells are dealt out


@dataclass(frozen=True, slots=True)
class Cells:
    """One field's cells, in the people's order, and the column each came from (0-based)."""

    values: Sequence[Cell]
    first: int
    others: tuple[int | None, ...] = ()  # per person, where it isn't the first

    def letters(self, index: int) -> str:
        other = self.others[index] if self.others else None
        return letters_of(self.first if other is None else other)


class Dispute(NamedTuple):
    """Two columns with headings for one thing and different values. `places`: the people with a value in either, which can't be trusted."""

    field: str
    first: Column
    second: Column
    places: list[int]


class NoValue(NamedTuple):
    """A cell in which a formula came to nothing; it is read as blank. `place`: the person's."""

    place: int
    column: Column
    text: str
    finding: Finding


class FieldCells:
    """All fields of a sheet. Columns that aren't taken are never looked at."""

    def __init__(self, sheet: Sheet, layout: Layout, rows: Sequence[int]) -> None:
        self.count = len(rows)
        unbroken = rows[-1] - rows[0] + 1 == len(rows)
        self._lines = sheet.rows[rows[0] : rows[-1] + 1] if unbroken else [sheet.rows[row] for row in rows]
        self._cells: dict[int, list[Cell]] = {}
        self._columns: dict[str, list[Column]] = {}
        self._taken: dict[str, Cells] = {}
        self.disputes: list[Dispute] = []
        self.without_values: list[NoValue] = []
        for column in sorted(layout.columns, key=lambda c: c.meaning.rank):
            if column.meaning.field:
                self._columns.setdefault(column.meaning.field, []).append(column)
        if sheet.has_formulas:
            self._set_formulas_aside()

    def fields(self) -> set[str]:
        return set(self._columns)

    def has_several(self, field: str) -> bool:
        return len(self._columns[field]) > 1

    def take(self, field: str) -> Cells | None:
        """A field's cells. Where two headings of one kind have different values, the cells are blank and the dispute is noted."""
        if field in self._columns and field not in self._taken:
            self._taken[field] = self._read(field, self._columns[field])
        return self._taken.get(field)

    def each(self, field: str) -> list[tuple[int, Sequence[Cell]]]:
        """The columns of a field, each with its rank, the most telling first."""
        return [(column.meaning.rank, self._cells_of(column)) for column in self._columns.get(field, ())]

    def texts(self, index: int) -> list[str]:
        """The texts of one column as they stand, whatever it holds."""
        return [cell for line in self._lines if isinstance(cell := line[index], str)]

    def with_numbers(self, index: int) -> list[tuple[int, str]]:
        """The places in which one column, whatever it holds, has a telephone or something like it, and what is shown there."""
        return [(place, shown(cell)) for place, line in enumerate(self._lines) if (cell := line[index]) != "" and parted(cell).numbers]

    def samples(self, index: int, most: int) -> list[str]:
        """The first different values of one column, as shown."""
        found: dict[str, None] = {}
        for line in self._lines[:_SAMPLED]:
            if line[index] != "" and (text := shown(line[index]).strip()):
                found[text] = None
                if len(found) == most:
                    break
        return list(found)

    def _set_formulas_aside(self) -> None:
        """Names are judged with their row: without one nobody would be there to be shown."""
        columns = [column for name, some in self._columns.items() if name not in {*NAME_PARTS, "number"} for column in some]
        for place, line in enumerate(self._lines):
            found = [(column, finding) for column in columns if (finding := finding_of(line[column.index]))]
            if found:
                self._lines[place] = list(line)
            for column, finding in found:
                self.without_values.append(NoValue(place, column, shown(line[column.index]), finding))
                self._lines[place][column.index] = ""

    def _read(self, field: str, columns: list[Column]) -> Cells:
        if len(columns) == 1:
            return Cells(self._cells_of(columns[0]), columns[0].index)
        filled = [column for column in columns if any(line[column.index] != "" for line in self._lines)] or columns[:1]
        disputed = next((pair for pair in pairwise(filled) if pair[0].meaning.rank == pair[1].meaning.rank and self._differ(*pair)), None)
        if disputed:
            first, second = disputed
            places = [place for place, line in enumerate(self._lines) if line[first.index] != "" or line[second.index] != ""]
            self.disputes.append(Dispute(field, first, second, places))
            return Cells([""] * self.count, second.index)
        return self._merge(filled)

    def _differ(self, first: Column, second: Column) -> bool:
        """Whether two columns with headings of one kind say different things. An answer that names both has settled their order."""
        return first.why != "answer" and any(line[first.index] != line[second.index] for line in self._lines)

    def _cells_of(self, column: Column) -> list[Cell]:
        """A column's cells. Those of all fields are taken at once: going through the rows for each takes three times as long."""
        if not self._cells:
            self._cells = {column.index: [] for columns in self._columns.values() for column in columns}
            for start in range(0, self.count, _AT_ONCE):
                some = list(zip(*self._lines[start : start + _AT_ONCE], strict=True))
                for index, cells in self._cells.items():
                    cells += some[index]
        return self._cells[column.index]

    def _merge(self, columns: list[Column]) -> Cells:
        values = list(self._cells_of(columns[0]))
        others: list[int | None] = [None] * len(values)
        for column in columns[1:]:
            for index, cell in enumerate(self._cells_of(column)):
                if values[index] == "" and cell != "":
                    values[index], others[index] = cell, column.index
        return Cells(values, columns[0].index, tuple(others))
