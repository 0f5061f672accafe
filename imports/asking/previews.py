"""A workbook's sheets as they stand, for somebody to say what they mean where the reader can't tell."""

from __future__ import annotations

from imports.asking.heading_questions import lists_people_without_header
from imports.files.cells import Sheet, sheets_of, shown
from imports.files.signs import one_line
from imports.sheets.layout import find_layout
from imports.values import SheetPreview, Unreadable

_ROWS, _COLUMNS, _LONGEST = 45, 60, 80
_COVERED = "•••"


def preview(data: bytes, filename: str) -> tuple[SheetPreview, ...]:
    """Every sheet's first rows as shown text, with the header row and the fields that the reader would propose. Raises Unreadable as `read`
    does where the bytes are no workbook. It is to be shown, not kept: columns that nobody needs are in it; sensitive ones are covered.
    Hidden sheets are shown, too, unless they are too much to be read."""
    try:
        return tuple(map(_preview, sheets_of(data, filename, with_hidden=True)))
    except Unreadable:
        return tuple(map(_preview, sheets_of(data, filename)))


def _preview(sheet: Sheet) -> SheetPreview:
    layout = find_layout(sheet) if sheet.rows else None
    rows = [[one_line(shown(cell))[:_LONGEST] for cell in line[:_COLUMNS]] for line in sheet.rows[:_ROWS]]
    if layout is None:
        return SheetPreview(sheet.name, sheet.hidden, tuple(map(tuple, rows)), None, (), lists_people_without_header(sheet))
    sensitive = [c.index for c in layout.columns if c.meaning.why_not == "sensitive" and c.index < _COLUMNS]
    for line in rows[layout.first_row :]:
        for index in sensitive:
            line[index] = line[index] and _COVERED
    fields = tuple((column.letters, column.meaning.field) for column in layout.columns)
    lists_people = any(cell != "" for line in sheet.rows[layout.first_row :] for cell in line)
    return SheetPreview(sheet.name, sheet.hidden, tuple(map(tuple, rows)), layout.header_row + 1, fields, lists_people)
