"""The progress table as offices expect it: one line per class or institution, a line of totals, milestones side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from app.exports.rows import ProgressLine
from app.exports.sheet import table_head
from app.exports.styles import ALIGNED, FONT, FORMATS, GRID, TOTAL_FILL, Column, Look, height, put

NO_PAPER = "x"  # what a form shows where a column doesn't apply
_NUMBERS = (
    Column("Tổng số", "total", Look.NUMBER, 9),
    Column("Thuộc diện", "in_scope", Look.NUMBER, 9),
    Column("Chưa có mã số", "code_missing", Look.NUMBER, 10),
    Column("Đã kê khai", "declared", Look.NUMBER, 9),
    Column("Đã nộp tờ khai", "handed_in", Look.NUMBER, 10),
    Column("Bị từ chối", "rejected", Look.NUMBER, 9),
    Column("Đã cấp tài khoản", "granted", Look.NUMBER, 11),
    Column("Đã sử dụng", "in_use", Look.NUMBER, 9),
    Column("Tỷ lệ %", "percent", Look.PERCENT, 9),
    Column("Còn lại", "left", Look.NUMBER, 9),
)


def progress_columns(name: str) -> tuple[Column, ...]:
    """The columns of domain's progress table; `name` heads the column of classes or institutions."""
    return (Column(name, "name", Look.TEXT, 36), *_NUMBERS, Column("Ghi chú", "note", Look.TEXT, 22))


def write_progress(
    sheet: Worksheet, row: int, name: str, lines: Sequence[ProgressLine], total: ProgressLine, links: Mapping[str, str]
) -> int:
    """The table with its head in `row`; `links` leads from a line's name to the sheet of its people. Answers the row after the totals."""
    columns = progress_columns(name)
    table_head(sheet, row, columns, rows=len(lines))
    for number, line in enumerate(lines, 1):
        _line(sheet, row + number, number, line, columns, bold=False)
        if line.name in links:
            cell = sheet.cell(row + number, 2)
            cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{links[line.name].replace(chr(39), chr(39) * 2)}'!A1")
            cell.font = Font(name=FONT, size=11, color="0B57A4", underline="single")
    last = row + len(lines) + 1
    _line(sheet, last, None, total, columns, bold=True)
    return last + 1


def _line(sheet: Worksheet, row: int, number: int | None, line: ProgressLine, columns: Sequence[Column], *, bold: bool) -> None:
    looks: dict[str, Any] = {"font": Font(name=FONT, size=11, bold=bold), "border": GRID}
    if bold:
        looks["fill"] = TOTAL_FILL
    put(sheet, row, 1, number, **looks, alignment=Alignment(horizontal="center", vertical="top"))
    for place, column in enumerate(columns, 2):
        value = getattr(line, column.field)
        aligned = Alignment(horizontal=ALIGNED[column.look], vertical="top", wrap_text=column.look is Look.TEXT)
        if column.field == "handed_in" and value is None:
            value = NO_PAPER
        cell = put(sheet, row, place, value, **looks, alignment=aligned)
        if column.look is not Look.TEXT:
            cell.number_format = FORMATS[column.look]
    sheet.row_dimensions[row].height = height((getattr(line, c.field), c.width) for c in columns if c.look is Look.TEXT)
