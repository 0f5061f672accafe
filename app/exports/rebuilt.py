"""A workbook of any kind made anew as an Excel workbook: the same sheets, rows and columns, every value as the reader sees it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from xml.sax.saxutils import escape

from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import to_excel
from openpyxl.worksheet.cell_range import CellRange

from app.exports.long_rows import packed
from app.exports.sheet import new_workbook
from app.exports.styles import DATE, FONT, TEXT
from app.exports.text import is_computed, sheet_names, storable
from imports.files.cells import Cell, Sheet, letters_of, shown

_SAMPLE, _NARROWEST, _SHORT, _WIDEST = 300, 5, 25, 40
_FIRST_DAY = datetime(1900, 3, 1)  # what lies before is counted differently by every program
_FORMATS = {"date": DATE, "instant": "dd/mm/yyyy hh:mm", "time": "hh:mm:ss", "span": "[h]:mm:ss", "digits": TEXT, "text": "General"}


def rebuilt(sheets: Sequence[Sheet]) -> bytes:
    """Digits that were text stay text, so no zero is lost; nothing that begins with "=" is computed. Hidden sheets stay so, without
    rows where none were read. Fonts, colours and formulas are not carried over."""
    made = new_workbook()
    titles = sheet_names(sheet.name for sheet in sheets)
    for title, sheet in zip(titles, sheets, strict=True):
        new = made.create_sheet(title)
        new.sheet_state = "hidden" if sheet.hidden else "visible"
        for (top, left), (bottom, right) in sheet.merges:
            new.merged_cells.add(CellRange(min_row=top + 1, min_col=left + 1, max_row=bottom + 1, max_col=right + 1))
        for index, width in enumerate(_widths(sheet), 1):
            new.column_dimensions[get_column_letter(index)].width = width
    made.active = next(number for number, sheet in enumerate(sheets) if not sheet.hidden)
    writer = _Writer(made)
    return packed(made, {title: writer.rows(sheet) for title, sheet in zip(titles, sheets, strict=True)})


def _widths(sheet: Sheet) -> list[int]:
    """Wide enough for what most cells of a column hold and for its heading; titles, which are longer, flow over their neighbours."""
    widths = []
    for column in zip(*sheet.rows[:_SAMPLE], strict=True):
        lengths = sorted(len(shown(cell)) for cell in column if cell != "")
        usual = lengths[int(0.95 * (len(lengths) - 1))] if lengths else 0
        longest = max((length for length in lengths if length <= _SHORT), default=0)
        widths.append(min(max(usual + 2, longest + 2, _NARROWEST), _WIDEST))
    return widths


class _Writer:
    def __init__(self, made: Any) -> None:
        self.styles = {name: _style(made, number_format) for name, number_format in _FORMATS.items()}
        self.quoted = _style(made, TEXT, quoted=True)

    def rows(self, sheet: Sheet) -> Iterator[bytes]:
        letters = [letters_of(index) for index in range(len(sheet.rows[0]) if sheet.rows else 0)]
        for number, line in enumerate(sheet.rows, 1):
            cells = [self._cell(f"{letter}{number}", cell) for letter, cell in zip(letters, line, strict=True) if cell != ""]
            if cells:
                yield f'<row r="{number}">{"".join(cells)}</row>'.encode()

    def _cell(self, address: str, cell: Cell) -> str:
        if isinstance(cell, bool):
            return f'<c r="{address}" t="b"><v>{int(cell)}</v></c>'
        if isinstance(cell, (int, float)) and math.isfinite(cell):
            return f'<c r="{address}"><v>{cell!r}</v></c>'
        style = _style_of_time(cell)
        if style:
            return f'<c r="{address}" s="{self.styles[style]}"><v>{to_excel(cell)!r}</v></c>'
        text = storable(shown(cell))
        number = self.quoted if is_computed(text) else self.styles["digits" if text.strip().isdigit() else "text"]
        return f'<c r="{address}" s="{number}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'


def _style_of_time(cell: Cell) -> str | None:
    """The format of a date or time, None for what can't be written as one."""
    if isinstance(cell, timedelta):
        return "span" if cell >= timedelta(0) else None
    if isinstance(cell, time):
        return "time"
    if isinstance(cell, datetime):
        return ("date" if cell.time() == time() else "instant") if cell.replace(tzinfo=None) >= _FIRST_DAY else None
    if isinstance(cell, date):
        return "date" if cell >= _FIRST_DAY.date() else None
    return None


def _style(made: Any, number_format: str, *, quoted: bool = False) -> int:
    cell: Any = WriteOnlyCell(made.worksheets[0])
    cell.font = Font(name=FONT, size=11)
    cell.number_format = number_format
    cell.quotePrefix = quoted
    number: int = cell.style_id
    return number
