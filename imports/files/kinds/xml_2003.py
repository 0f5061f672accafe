"""XML Spreadsheet 2003: typed values, skipped places, merged cells, hidden rows and sheets, formats and fonts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from imports.files.fonts.tables import OldFont, font_of, in_unicode
from imports.files.formats import as_shown
from imports.files.grids import Cell, Grid, Merge, Place, hide
from imports.files.kinds.markup import Attributes, walk
from imports.files.limits import LAST_ROW, MAX_CELLS, MAX_COLUMNS, MAX_SHEETS, MAX_TEXT_BYTES
from imports.files.refusals import damaged, too_large, too_many_cells, too_many_rows, too_many_sheets

NAMESPACE = "urn:schemas-microsoft-com:office:spreadsheet"
_SHEET, _TABLE, _ROW, _CELL, _COLUMN, _DATA = (f"{NAMESPACE} {name}" for name in ("Worksheet", "Table", "Row", "Cell", "Column", "Data"))
_STYLE, _FONT, _FORMAT = (f"{NAMESPACE} {name}" for name in ("Style", "Font", "NumberFormat"))
_NAME, _INDEX, _TYPE, _HIDDEN, _SPAN = (f"{NAMESPACE} {name}" for name in ("Name", "Index", "Type", "Hidden", "Span"))
_ACROSS, _DOWN, _STYLE_OF, _ID, _PARENT = (f"{NAMESPACE} {name}" for name in ("MergeAcross", "MergeDown", "StyleID", "ID", "Parent"))
_FONT_NAME, _FORMAT_CODE = f"{NAMESPACE} FontName", f"{NAMESPACE} Format"
_COMMENT = f"{NAMESPACE} Comment"
_VISIBLE = "urn:schemas-microsoft-com:office:excel Visible"
_RICH_FONT, _FACE = "http://www.w3.org/TR/REC-html40 Font", "http://www.w3.org/TR/REC-html40 Face"


@dataclass(slots=True)
class _Style:
    font: OldFont | None = None
    number_format: str = ""


def grids_of(data: bytes) -> Iterator[Grid]:
    """The sheets in the workbook's order."""
    reader = _Reader()
    walk(data.lstrip(), reader.start, reader.end, reader.text)
    yield from reader.grids


class _Reader:
    """Puts the sheets together while the document goes by."""

    def __init__(self) -> None:
        self.grids: list[Grid] = []
        self._left, self._text_left = MAX_CELLS, MAX_TEXT_BYTES
        self._styles: dict[str, _Style] = {}
        self._style = _Style()
        self._grid: Grid | None = None
        self._row = self._column = -1
        self._at = (-1, -1)
        self._width = self._next_column = 0
        self._hidden: set[int] = set()
        self._hidden_columns: list[range] = []
        self._merges: list[Merge] = []
        self._of_columns: dict[int, str] = {}
        self._in_old_font: dict[Place, OldFont] = {}
        self._type = ""
        self._cell: Attributes = {}
        self._row_attributes: Attributes = {}
        self._listening = self._tells_visibility = self._in_comment = False
        self._pieces: list[str] = []
        self._fonts: list[OldFont | None] = []

    def start(self, name: str, attributes: Attributes) -> None:
        if name == _CELL:
            self._begin_cell(attributes)
        elif name == _DATA and not self._in_comment:
            self._type, self._listening, self._pieces = attributes.get(_TYPE, "String"), True, []
        elif name == _ROW:
            self._begin_row(attributes)
        elif name == _RICH_FONT:
            self._fonts.append(font_of(attributes.get(_FACE, "")))
        elif name == _SHEET:
            self._begin_sheet(attributes)
        elif name == _COLUMN:
            self._begin_column(attributes)
        elif name in (_VISIBLE, _COMMENT):
            self._tells_visibility, self._in_comment = name == _VISIBLE, name == _COMMENT
        else:
            self._begin_style(name, attributes)

    def end(self, name: str) -> None:
        if name == _DATA and self._listening:
            self._end_data()
        elif name == _RICH_FONT and self._fonts:
            self._fonts.pop()
        elif name == _ROW:
            self._row += _number(self._row_attributes, _SPAN)
        elif name == _SHEET:
            self._end_sheet()
        elif name in (_VISIBLE, _COMMENT):
            self._tells_visibility = self._in_comment = False

    def text(self, text: str) -> None:
        if self._listening:
            font = self._fonts[-1] if self._fonts else None
            self._pieces.append(in_unicode(text, font) if font else text)
        elif self._tells_visibility and self._grid and text in ("SheetHidden", "SheetVeryHidden"):
            self._grid.hidden = True

    def _begin_style(self, name: str, attributes: Attributes) -> None:
        if name == _STYLE:
            parent = self._styles.get(attributes.get(_PARENT, ""), _Style())
            self._style = self._styles[attributes.get(_ID, "")] = _Style(parent.font, parent.number_format)
        elif name == _FONT:
            self._style.font = font_of(attributes.get(_FONT_NAME, "")) if _FONT_NAME in attributes else self._style.font
        elif name == _FORMAT:
            self._style.number_format = attributes.get(_FORMAT_CODE, "")

    def _begin_sheet(self, attributes: Attributes) -> None:
        if len(self.grids) == MAX_SHEETS:
            raise too_many_sheets(MAX_SHEETS + 1)
        self._grid = Grid(attributes.get(_NAME, ""))
        self.grids.append(self._grid)
        self._row = self._column = -1
        self._at = (-1, -1)
        self._width = self._next_column = 0
        self._hidden, self._hidden_columns, self._merges, self._of_columns, self._in_old_font = set(), [], [], {}, {}

    def _begin_column(self, attributes: Attributes) -> None:
        first = _index(attributes, self._next_column)
        self._next_column = first + 1 + _number(attributes, _SPAN)
        if self._next_column > MAX_COLUMNS:
            raise damaged()
        if attributes.get(_HIDDEN) == "1":
            hide(self._hidden_columns, first, self._next_column - 1)
        if style := attributes.get(_STYLE_OF):
            self._of_columns.update(dict.fromkeys(range(first, self._next_column), style))

    def _begin_row(self, attributes: Attributes) -> None:
        self._row = _index(attributes, self._row + 1)
        self._column, self._row_attributes = -1, attributes
        if attributes.get(_HIDDEN) == "1":
            self._hidden.add(self._row)

    def _begin_cell(self, attributes: Attributes) -> None:
        """The place of a cell is said, or next to the one before it with all that is merged into that."""
        self._column = _index(attributes, self._column + 1)
        self._cell = attributes
        across, down = _number(attributes, _ACROSS), _number(attributes, _DOWN)
        self._at = (self._row, self._column)
        if (across or down) and self._grid:
            self._merges.append((self._at, (self._row + down, self._column + across)))
        self._column += across

    def _end_data(self) -> None:
        self._listening = False
        if self._grid is None or min(self._at) < 0:
            raise damaged()
        row, column = self._at
        self._width = max(self._width, column + 1)
        if column >= MAX_COLUMNS or (row + 1) * self._width > self._left:
            raise too_many_cells()
        if row >= LAST_ROW:
            raise too_many_rows()
        text = "".join(self._pieces)
        self._text_left -= len(text)
        if self._text_left < 0:
            raise too_large(MAX_TEXT_BYTES)
        style = self._style_of_cell(column)
        value = as_shown(_value(self._type, text), style.number_format)
        if value != "":
            self._put(row, column, value)
            if style.font and isinstance(value, str):
                self._in_old_font[row, column] = style.font

    def _style_of_cell(self, column: int) -> _Style:
        style = self._cell.get(_STYLE_OF) or self._row_attributes.get(_STYLE_OF)
        if not style:
            style = self._of_columns.get(column, "Default")
        return self._styles.get(style, _NO_STYLE)

    def _put(self, row: int, column: int, value: Cell) -> None:
        assert self._grid is not None
        rows = self._grid.rows
        rows += [[] for _ in range(row + 1 - len(rows))]
        line = rows[row]
        line += [""] * (column + 1 - len(line))
        line[column] = value

    def _end_sheet(self) -> None:
        grid = self._grid
        if grid is None:
            return
        for line in grid.rows:
            line += [""] * (self._width - len(line))
        self._left -= len(grid.rows) * self._width
        grid.merges, grid.hidden_rows, grid.fonts = tuple(self._merges), self._hidden, self._in_old_font
        grid.hidden_columns = self._hidden_columns
        self._grid = None


_NO_STYLE = _Style()


def _number(attributes: Attributes, name: str) -> int:
    text = attributes.get(name, "0")
    if not text.isdecimal() or len(text) > 9:
        raise damaged()
    return int(text)


def _index(attributes: Attributes, following: int) -> int:
    """A place (0-based) that is said, or the one that follows; places never go back."""
    place = _number(attributes, _INDEX) - 1 if _INDEX in attributes else following
    if place < following:
        raise damaged()
    return place


def _value(kind: str, text: str) -> Cell:
    try:
        if kind == "Number":
            return float(text)
        if kind == "DateTime":
            return _day(text)
    except ValueError as error:
        raise damaged() from error
    return text == "1" if kind == "Boolean" else text


def _day(text: str) -> Cell:
    moment = datetime.fromisoformat(text.strip())
    return moment.date() if not (moment.hour or moment.minute or moment.second) else moment
