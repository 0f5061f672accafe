"""Cells typed anew in the browser, put in the place of what the sheet has there."""

from __future__ import annotations

from collections.abc import Iterable

from imports.files.cells import Sheet
from imports.files.limits import LONGEST_CELL
from imports.files.signs import one_line, without_controls
from imports.judges.date_texts import Typed, in_words
from imports.sheets.layout import Layout
from imports.values import Correction


def correct(sheet: Sheet, layout: Layout, corrections: Iterable[Correction]) -> None:
    """Put the corrected texts into the sheet's rows. Those outside the people's rows, or in a column that isn't taken, change nothing."""
    taken = {column.letters: column for column in layout.columns if column.meaning.field}
    for _, row, letters, text in corrections:
        column = taken.get(letters)
        if column and layout.first_row < row <= layout.end:
            tidy = without_controls(text[:LONGEST_CELL]).strip()
            is_date = _is_date(column.meaning.field)
            sheet.rows[row - 1][column.index] = Typed(tidy) if is_date and tidy else tidy


def as_written(correction: Correction, field: str | None) -> Correction:
    """A correction as it stands in a workbook that is sent again: read there with its whole column, it has to mean the same as alone, and
    to change the meaning of nothing beside it. `field` is its column's."""
    return correction._replace(text=in_words(correction.text)) if _is_date(field) else correction


def _is_date(field: str | None) -> bool:
    return (field or "").startswith("birth_")


def by_sheet(corrections: Iterable[Correction]) -> dict[str, list[Correction]]:
    found: dict[str, list[Correction]] = {}
    for correction in corrections:
        found.setdefault(one_line(correction.sheet), []).append(correction)  # as the reader calls it: a name may end in a space
    return found
