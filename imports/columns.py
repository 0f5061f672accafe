"""The cells of one field for the people of a sheet, wherever they stand: one column, or the best of several."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from imports import formats
from imports.cells import Cell, Sheet, letters_of
from imports.layout import Column, Layout
from imports.values import Unreadable

# Codes without a width of their own: how a number cell shows is all there is to go by.
_AS_NUMBERS_SHOW = frozenset({"pupil_code", "staff_code"})


@dataclass(frozen=True, slots=True)
class Cells:
    """One field's cells, in the people's order, and the column each came from (0-based)."""

    values: Sequence[Cell]
    first: int
    others: tuple[int | None, ...] = ()  # per person, where it isn't the first

    def letters(self, index: int) -> str:
        other = self.others[index] if self.others else None
        return letters_of(self.first if other is None else other)


class FieldCells:
    """All fields of a sheet. Columns that aren't taken are never looked at."""

    def __init__(self, data: bytes, sheet: Sheet, layout: Layout, rows: Sequence[int]) -> None:
        self._data, self._sheet, self._rows = data, sheet, rows
        self.count = len(rows)
        unbroken = rows[-1] - rows[0] + 1 == len(rows)
        self._lines = sheet.rows[rows[0] : rows[-1] + 1] if unbroken else [sheet.rows[row] for row in rows]
        self._columns: dict[str, list[Column]] = {}
        self._taken: dict[str, Cells] = {}
        for column in sorted(layout.columns, key=lambda c: c.meaning.rank):
            if column.meaning.field:
                self._columns.setdefault(column.meaning.field, []).append(column)

    def fields(self) -> set[str]:
        return set(self._columns)

    def take(self, field: str) -> Cells | None:
        """A field's cells; raises Unreadable where two headings of one kind both have values."""
        if field in self._columns and field not in self._taken:
            self._taken[field] = self._read(field, self._columns[field])
        return self._taken.get(field)

    def _read(self, field: str, columns: list[Column]) -> Cells:
        if len(columns) == 1:
            return Cells(self._cells_of(field, columns[0]), columns[0].index)
        filled = [column for column in columns if any(line[column.index] != "" for line in self._lines)] or columns[:1]
        self._refuse_two_of_a_kind(filled)
        return self._merge(field, filled)

    def _cells_of(self, field: str, column: Column) -> Sequence[Cell]:
        index = column.index
        cells = [line[index] for line in self._lines]
        if field in _AS_NUMBERS_SHOW and any(isinstance(cell, (int, float)) for cell in cells) and formats.holds_zeros(self._data):
            return formats.as_shown(self._data, self._sheet.name, index, cells, self._rows)
        return cells

    def _refuse_two_of_a_kind(self, columns: list[Column]) -> None:
        for first, second in pairwise(columns):
            if first.meaning.rank == second.meaning.rank:
                raise Unreadable(
                    "two-headings",
                    "Sheet %(sheet)s has two columns for the same thing: %(first)s (column %(first_column)s) and %(second)s "
                    "(column %(second_column)s). Rename or delete one of them and upload the file again.",
                    sheet=self._sheet.name,
                    first=first.heading,
                    first_column=first.letters,
                    second=second.heading,
                    second_column=second.letters,
                )

    def _merge(self, field: str, columns: list[Column]) -> Cells:
        values = list(self._cells_of(field, columns[0]))
        others: list[int | None] = [None] * len(values)
        for column in columns[1:]:
            for index, cell in enumerate(self._cells_of(field, column)):
                if values[index] == "" and cell != "":
                    values[index], others[index] = cell, column.index
        return Cells(values, columns[0].index, tuple(others))
