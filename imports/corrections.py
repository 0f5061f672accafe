"""Cells typed anew in the browser, put in the place of what the sheet has there."""

from __future__ import annotations

from collections.abc import Iterable

from imports.cells import Sheet
from imports.judges.date_texts import Typed
from imports.layout import Layout
from imports.limits import LONGEST_CELL
from imports.signs import without_controls
from imports.values import Correction


def correct(sheet: Sheet, layout: Layout, corrections: Iterable[Correction]) -> None:
    """Put the corrected texts into the sheet's rows. Those outside the people's rows, or in a column that isn't taken, change nothing."""
    taken = {column.letters: column for column in layout.columns if column.meaning.field}
    for _, row, letters, text in corrections:
        column = taken.get(letters)
        if column and layout.first_row < row <= layout.end:
            tidy = without_controls(text[:LONGEST_CELL]).strip()
            is_date = (column.meaning.field or "").startswith("birth_")
            sheet.rows[row - 1][column.index] = Typed(tidy) if is_date and tidy else tidy


def by_sheet(corrections: Iterable[Correction]) -> dict[str, list[Correction]]:
    found: dict[str, list[Correction]] = {}
    for correction in corrections:
        found.setdefault(correction.sheet, []).append(correction)
    return found
