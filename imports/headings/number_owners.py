"""Whose a column of 12-digit numbers is, by the births inside them: a number with the row's own birth year and sex is the row's person's,
one with a much earlier year a parent's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Literal

from app.domain.numbers import PERSONAL_ID_WIDTH, personal_id_parts
from imports.files.cells import Cell, shown
from imports.headings.column import Column
from imports.headings.sex_legends import legend_of, whole
from imports.judges.identity import written
from imports.judges.words import codes_among, judge_sexes

Owner = Literal["person", "parent"]
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_YOUNGEST_PARENT = 12  # years
_NEARLY_ALL = 0.8


class NumberOwners:
    """Tells it by the rows below the headings; nothing where the births don't."""

    def __init__(self, columns: Sequence[Column], lines: Sequence[Sequence[Cell]]) -> None:
        self.lines = lines
        births = [column.index for column in columns if column.meaning.field in ("birth_date", "birth_year")]
        self.births = min(births, default=None)  # a parent's stands further right
        self.sexes = min((column for column in columns if column.meaning.field == "sex"), key=lambda c: c.index, default=None)

    def of(self, column: Column) -> Owner | None:
        if self.births is None:
            return None
        sexes = self._sexes()
        told = [
            owner_of(written(line[column.index]).text, year_of(line[self.births]), sex)
            for line, sex in zip(self.lines, sexes, strict=True)
            if line[column.index] != ""
        ]
        owners: tuple[Owner, ...] = ("person", "parent")
        return next((owner for owner in owners if told.count(owner) and told.count(owner) >= _NEARLY_ALL * len(told)), None)

    def _sexes(self) -> list[str | None]:
        if self.sexes is None:
            return [None] * len(self.lines)
        cells = [line[self.sexes.index] for line in self.lines]
        if codes := codes_among(cells):
            legend = legend_of(self.sexes.heading)
            return judge_sexes(cells, whole(legend, set(codes.values())))[0] if legend else [None] * len(cells)
        return judge_sexes(cells)[0]


def owner_of(number: str, year: int | None, sex: str | None) -> Owner | None:
    """Whose a number is that stands in the row of somebody born in this year."""
    parts = personal_id_parts(number.rjust(PERSONAL_ID_WIDTH, "0")) if len(number) >= PERSONAL_ID_WIDTH - 2 else None
    if parts is None or year is None:
        return None
    if parts.birth_year == year and sex in (None, parts.sex):
        return "person"
    return "parent" if parts.birth_year + _YOUNGEST_PARENT <= year else None


def year_of(cell: Cell) -> int | None:
    if isinstance(cell, date):
        return cell.year
    found = _YEAR.findall(shown(cell))
    return int(found[0]) if len(found) == 1 else None
