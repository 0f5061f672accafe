"""What makes a table an official one: who reports and the country's name above it, the two signatures below (Nghị định 30/2020)."""

from __future__ import annotations

from typing import Any

from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

from app.exports.rows import Heading
from app.exports.sheet import stamp
from app.exports.styles import FONT, put

# The progress table has thirteen columns; what stands above and below it is spread over them.
_LEFT, _RIGHT, _WHOLE = (1, 4), (7, 13), (1, 13)
_CENTRE = Alignment(horizontal="center", vertical="center", wrap_text=True)
SIGNATURES = ("Người lập biểu", "Thủ trưởng đơn vị")


def official_head(sheet: Worksheet, heading: Heading) -> int:
    """Issuer, country, title, what it is about, and from when the numbers are; answers the row for the table's head."""
    _across(sheet, 1, _LEFT, heading.above_issuer.upper(), Font(name=FONT, size=11))
    _across(sheet, 1, _RIGHT, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", Font(name=FONT, size=11, bold=True))
    _across(sheet, 2, _LEFT, heading.issuer.upper(), Font(name=FONT, size=11, bold=True))
    _across(sheet, 2, _RIGHT, "Độc lập - Tự do - Hạnh phúc", Font(name=FONT, size=12, bold=True, underline="single"))
    _across(sheet, 4, _WHOLE, heading.title, Font(name=FONT, size=14, bold=True))
    row = 5
    for line in filter(None, (heading.campaign, heading.deadline, stamp(heading.as_of))):
        _across(sheet, row, _WHOLE, line, Font(name=FONT, size=12, italic=True))
        row += 1
    return row + 1


def signatures(sheet: Worksheet, row: int) -> None:
    """Place and date are left to the clerk."""
    _across(sheet, row, _RIGHT, "............, ngày ..... tháng ..... năm ........", Font(name=FONT, size=12, italic=True))
    for span, who in zip((_LEFT, _RIGHT), SIGNATURES, strict=True):
        _across(sheet, row + 1, span, who, Font(name=FONT, size=12, bold=True))
        _across(sheet, row + 2, span, "(Ký, ghi rõ họ tên)", Font(name=FONT, size=11, italic=True))


def _across(sheet: Worksheet, row: int, span: tuple[int, int], text: str, font: Any) -> None:
    """Text in the middle of several columns."""
    put(sheet, row, span[0], text, font=font, alignment=_CENTRE)
    sheet.merge_cells(start_row=row, end_row=row, start_column=span[0], end_column=span[1])
