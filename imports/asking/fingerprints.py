"""What stays the same in a workbook from term to term: the headings and where they stand, not the people and not the classes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from app.domain.names import fold
from imports.files.cells import Cell, Sheet
from imports.files.limits import MAX_HEADER_ROW
from imports.sheets.layout import Layout
from imports.units.names import is_class_name

_MANY_CELLS = 3


def headings_of(sheet: Sheet, layout: Layout | None) -> str:
    """A sheet's part: its role and its folded headings with their columns. Sheets of classes have one role, whatever their names; so have
    sheets whose header nobody found, whose fullest row of texts stands for it."""
    if layout is None:
        return "|".join(f"{place} {fold(str(cell))}" for place, cell in enumerate(_fullest(sheet.rows[:MAX_HEADER_ROW])) if cell != "")
    role = "class" if is_class_name(sheet.name) else fold(sheet.name).rstrip(" 0123456789")
    return "|".join([role, *(f"{column.letters} {fold(column.heading)}" for column in layout.columns)])


def fingerprint(parts: Iterable[str]) -> str:
    """The same for thirty classes as for one: next term there may be another class more. Empty where there is nothing to be known by."""
    told = sorted({part for part in parts if part})
    return hashlib.sha256("\n".join(told).encode()).hexdigest() if told else ""


def _fullest(rows: Sequence[Sequence[Cell]]) -> Sequence[Cell]:
    best: Sequence[Cell] = ()
    most = _MANY_CELLS - 1
    for line in rows:
        texts = sum(isinstance(cell, str) and cell != "" and not any(c.isdigit() for c in cell) for cell in line)
        if texts > most:
            best, most = line, texts
    return best
