"""How cells look and which type they get; each look is made once per workbook and known by its number."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, auto
from math import ceil
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

from app.exports.text import clean, is_computed

FONT = "Times New Roman"
DATE = "dd/mm/yyyy"
TEXT = "@"
_LINE = Side(style="thin", color="B7BEC9")
GRID = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
HEAD_FILL = PatternFill("solid", fgColor="E7F0FB")
TOTAL_FILL = PatternFill("solid", fgColor="F2F4F7")


class Look(Enum):
    """What a column holds."""

    COUNT = auto()
    TEXT = auto()
    CODE = auto()  # digits that are no number: identity numbers, telephones
    DATE = auto()
    NUMBER = auto()
    PERCENT = auto()


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table. `width` in characters; `field` is the attribute of the line that fills it."""

    heading: str
    field: str
    look: Look
    width: float


ALIGNED = {Look.COUNT: "center", Look.TEXT: "left", Look.CODE: "left", Look.DATE: "center", Look.NUMBER: "right", Look.PERCENT: "right"}
FORMATS = {Look.COUNT: "0", Look.TEXT: TEXT, Look.CODE: TEXT, Look.DATE: DATE, Look.NUMBER: "#,##0", Look.PERCENT: "0.0"}


LINE_HEIGHT = 15
NARROW = 0.9  # a column's width counts digits; the letters of a text are narrower on the whole


def height(texts: Iterable[tuple[str, float]]) -> int:
    """What a row needs for its wrapped texts, each given with its column's width. Not every program finds this out by itself."""
    return LINE_HEIGHT * max((ceil(len(text) * NARROW / width) for text, width in texts if text), default=1)


def put(sheet: Any, row: int, column: int, value: Any, **looks: Any) -> Any:
    """A single cell outside the long tables. Text stays text, whatever it begins with."""
    cell = sheet.cell(row, column)
    if isinstance(value, str):
        text = clean(value)
        cell.value = text
        cell.data_type = "s"
        cell.quotePrefix = is_computed(text)
    else:
        cell.value = value
    for name, look in looks.items():
        setattr(cell, name, look)
    return cell


def style_number(workbook: Workbook, look: Look, *, quoted: bool = False) -> int:
    """The number by which rows of a long table name this look. `quoted` marks text that must never be computed."""
    cell: Any = WriteOnlyCell(workbook.worksheets[0])
    cell.font = Font(name=FONT, size=11)
    cell.border = GRID
    cell.alignment = Alignment(horizontal=ALIGNED[look], vertical="top", wrap_text=look is Look.TEXT)
    cell.number_format = FORMATS[look]
    cell.quotePrefix = quoted
    number: int = cell.style_id
    return number
