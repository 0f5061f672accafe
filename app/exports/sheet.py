"""A sheet as people meet it: heading lines, a table head that stays in sight and repeats in print, widths, filter, page numbers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from app.exports.styles import FONT, GRID, HEAD_FILL, Column, Look, put

NUMBER_WIDTH = 5.5
COUNT_HEADING = "STT"
_PLAIN = Font(name=FONT, size=11)
_BOLD = Font(name=FONT, size=11, bold=True)
_TITLE = Font(name=FONT, size=14, bold=True)
_QUIET = Font(name=FONT, size=11, italic=True)


def new_workbook() -> Workbook:
    """A workbook without sheets, named as the program's. Its default font is the tables', so widths are measured in it."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    workbook._named_styles["Normal"].font = _PLAIN  # the only way to the default font
    workbook.properties.creator = "Tiến độ VssID"
    return workbook


def stamp(as_of: datetime) -> str:
    """From when the numbers are."""
    return f"Số liệu lúc {as_of:%H:%M} ngày {as_of:%d/%m/%Y}"


def title_lines(sheet: Worksheet, title: str, *lines: str) -> int:
    """The title and lines below it, at the left where a narrow window shows them; answers the first row after a gap."""
    put(sheet, 1, 1, title, font=_TITLE)
    for row, line in enumerate(filter(None, lines), 2):
        put(sheet, row, 1, line, font=_QUIET)
    last: int = sheet.max_row
    return last + 2


def table_head(sheet: Worksheet, row: int, columns: Sequence[Column], *, rows: int, filtered: bool = True) -> None:
    """The head of a table of `rows` lines that begins below it; the sheet is set up for it on screen and paper."""
    for number, column in enumerate([Column(COUNT_HEADING, "", Look.COUNT, NUMBER_WIDTH), *columns], 1):
        put(
            sheet, row, number, column.heading,
            font=_BOLD, border=GRID, fill=HEAD_FILL, alignment=Alignment(horizontal="center", vertical="center", wrap_text=True),
        )  # fmt: skip
        sheet.column_dimensions[get_column_letter(number)].width = column.width
    sheet.row_dimensions[row].height = 33
    last = get_column_letter(len(columns) + 1)
    if filtered and rows:
        sheet.auto_filter.ref = f"A{row}:{last}{row + rows}"
    sheet.freeze_panes = sheet.cell(row + 1, 3)
    _page(sheet, head_row=row)


def note_line(sheet: Worksheet, row: int, text: str) -> int:
    """A remark below a table; answers the row after it."""
    put(sheet, row, 1, text, font=_QUIET)
    return row + 1


def _page(sheet: Worksheet, *, head_row: int) -> None:
    """A4 landscape, as wide as the page, the head on every page, page numbers below."""
    sheet.print_title_rows = f"{head_row}:{head_row}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    margins: Any = sheet.page_margins
    margins.left = margins.right = 0.5
    margins.top, margins.bottom = 0.6, 0.7
    sheet.oddFooter.left.text = "&A"
    sheet.oddFooter.right.text = "Trang &P/&N"
