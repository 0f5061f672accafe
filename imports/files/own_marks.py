"""What this program writes into workbooks itself: the column "Lỗi" of one that came back, the guide beside a blank template.

Nobody's roster is in there, so it is taken out before anything else looks at a sheet: not even the letters of its texts may count when
the font of the others is told by theirs. Comments and colours are never looked at anyway.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Any

from imports.files.limits import MAX_HEADER_ROW
from imports.headings.meaning import meaning
from imports.words.vocabulary import ERROR_HEADING, ERROR_SAID, GUIDE_TITLE

Rows = Sequence[list[Any]]


def take_out(rows: list[list[Any]]) -> None:
    """Leave what the owner has filled in. Of a guide only the title is left."""
    if rows and rows[0] and _text(rows[0][0]) == GUIDE_TITLE:
        del rows[1:]
        return
    found = error_column(rows)
    if found:
        row, column = found
        for line in rows[row:]:
            line[column] = ""


def error_column(rows: Rows) -> tuple[int, int] | None:
    """Row and column (from 0) where our messages begin: at the heading "Lỗi", which stands among headings, so that a text or a name of
    these letters is none; or, on a sheet without headings, in a column in which every text begins so."""
    for row, line in enumerate(rows[:MAX_HEADER_ROW]):
        for column, cell in enumerate(line):
            if not _is_ours(cell):
                continue
            if _text(cell) == ERROR_HEADING and any(meaning(other).field for other in line if isinstance(other, str)):
                return row, column
            if all(_is_ours(other[column]) for other in rows if other[column] != ""):
                return row, column
    return None


def _is_ours(cell: Any) -> bool:
    text = _text(cell)
    return text == ERROR_HEADING or text.startswith(ERROR_SAID)


def _text(cell: Any) -> str:
    return unicodedata.normalize("NFC", cell).strip() if isinstance(cell, str) else ""
