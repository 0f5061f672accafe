"""What one cell says for several people: a class merged over its pupils' rows, or written once above blanks."""

from __future__ import annotations

from imports.files.cells import Sheet
from imports.sheets.layout import Layout

_NOT_SHARED = frozenset({"number", "full_name", "family_name", "middle_name", "given_name"})


def fill_down(sheet: Sheet, layout: Layout) -> None:
    """Write the value of a cell that is merged over several rows into each of them, in the columns that are taken."""
    taken = {column.index for column in layout.columns if column.meaning.field and column.meaning.field not in _NOT_SHARED}
    for (top, left), (bottom, right) in sheet.merges:
        if left == right and left in taken and layout.first_row <= top < bottom:
            for line in sheet.rows[top + 1 : bottom + 1]:
                if line[left] == "":
                    line[left] = sheet.rows[top][left]
