"""Columns of one thing for several years ("Lớp 2024-2025", "Lớp 2025-2026"): the latest year's holds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from imports.files.cells import Cell
from imports.headings.column import Column
from imports.headings.plain_headings import Meaning

_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_OF_A_YEAR = frozenset({"unit", "health_card"})


def without_earlier_years(columns: tuple[Column, ...], lines: Sequence[Sequence[Cell]]) -> tuple[Column, ...]:
    """The columns without those of earlier years than another of the same field that has values in these rows; one without a year is this
    year's."""
    years = {c.index: _year(c) for c in columns if c.meaning.field in _OF_A_YEAR and any(line[c.index] != "" for line in lines)}
    if not any(years.values()):
        return columns
    latest: dict[str | None, int] = {}
    for column in columns:
        if column.index in years:
            latest[column.meaning.field] = max(latest.get(column.meaning.field, 0), years[column.index] or 9999)
    return tuple(
        replace(column, meaning=Meaning(None, "not-needed"))
        if (years.get(column.index) or 9999) < latest.get(column.meaning.field, 0)
        else column
        for column in columns
    )


def _year(column: Column) -> int | None:
    return max(map(int, _YEAR.findall(column.heading)), default=None)
