"""What a reader of one kind of file makes of a sheet, before it is tidied: plain cells, and what the file says about them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from imports.files.limits import MAX_COLUMNS
from imports.values import Note

if TYPE_CHECKING:
    from imports.files.fonts.tables import OldFont


class Container(StrEnum):
    """The kinds of workbook that are read."""

    XLSX = "xlsx"
    XLSB = "xlsb"
    XLS = "xls"
    ODS = "ods"
    TEXT = "text"
    HTML = "html"
    XML_2003 = "xml-2003"


Cell = int | float | str | bool | time | date | datetime | timedelta
Merge = tuple[tuple[int, int], tuple[int, int]]
Place = tuple[int, int]


@dataclass(slots=True)
class Details:
    """What a file says about a sheet's cells beside their values. `texts`: those of mixed fonts, as they stand and as they were meant.
    `formulas`: what is to be said where a formula has no value, its error or itself."""

    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[range] = field(default_factory=list)
    fonts: dict[Place, OldFont] = field(default_factory=dict)
    formats: dict[Place, str] = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    formulas: dict[Place, str] = field(default_factory=dict)


@dataclass(slots=True)
class Noticed:
    """What the check of a file noticed on its way: the details of sheets that have any, by name; whether dates are counted from 1904."""

    sheets: dict[str, Details] = field(default_factory=dict)
    from_1904: bool = False


@dataclass(slots=True)
class Grid:
    """One sheet as it lies in the file: rows from row 1 and column A on, all equally long, blank cells ''. All places are 0-based.

    `hidden_rows`, `hidden_columns`: what the sheet doesn't show; `fonts`: the cells in a font of the 1990s.
    """

    name: str
    hidden: bool = False
    rows: list[list[Cell]] = field(default_factory=list)
    merges: tuple[Merge, ...] = ()
    hidden_rows: Set[int] = frozenset()
    hidden_columns: Sequence[range] = ()
    fonts: Mapping[Place, OldFont] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()


def hide(columns: list[range], first: int, last: int) -> None:
    """Note hidden columns. They come from left to right; what a file says of a column a second time doesn't count."""
    begin = max(first, columns[-1].stop if columns else 0)
    end = min(last + 1, MAX_COLUMNS)
    if begin < end:
        columns.append(range(begin, end))
