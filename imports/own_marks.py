"""What this program writes into workbooks itself: the column "Lỗi" of one that came back, the guide beside a blank template.

Nobody's roster is in there, so it is taken away before anybody asks what a sheet means; comments and colours are never looked at anyway.
"""

from __future__ import annotations

import unicodedata
from dataclasses import replace

from imports.cells import Cell, Sheet, shown
from imports.headings import meaning
from imports.limits import MAX_HEADER_ROW
from imports.vocabulary import ERROR_HEADING, GUIDE_TITLE


def without_ours(sheet: Sheet) -> Sheet:
    """The sheet as its owner filled it in. Of a guide only the title is left."""
    if sheet.rows and sheet.rows[0] and _text(sheet.rows[0][0]) == GUIDE_TITLE:
        return replace(sheet, rows=sheet.rows[:1], merges=())
    found = error_column(sheet)
    if found:
        row, column = found
        for line in sheet.rows[row:]:
            line[column] = ""
    return sheet


def error_column(sheet: Sheet) -> tuple[int, int] | None:
    """Row and column (from 0) of the heading "Lỗi": it stands among headings, so that a text or a name of these letters is none."""
    for row, line in enumerate(sheet.rows[:MAX_HEADER_ROW]):
        for column, cell in enumerate(line):
            if cell != "" and isinstance(cell, str) and _text(cell) == ERROR_HEADING and any(meaning(shown(other)).field for other in line):
                return row, column
    return None


def _text(cell: Cell) -> str:
    return unicodedata.normalize("NFC", cell).strip() if isinstance(cell, str) else ""
