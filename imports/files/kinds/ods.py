"""OpenDocument workbooks (.ods): repeated rows and cells, merged and hidden ones, shown zeros, fonts of the 1990s."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime

from imports.files.fonts.tables import OldFont, font_of
from imports.files.formats import told_by_its_text
from imports.files.grids import Cell, Grid, Merge, Place, hide
from imports.files.kinds.markup import Attributes, walk
from imports.files.limits import LAST_ROW, MAX_CELLS, MAX_COLUMNS, MAX_SHEETS, MAX_TEXT_BYTES
from imports.files.refusals import damaged, too_large, too_many_cells, too_many_rows, too_many_sheets

_NS = "urn:oasis:names:tc:opendocument:xmlns:"
_TABLE, _ROW, _CELL, _COVERED = (f"{_NS}table:1.0 {name}" for name in ("table", "table-row", "table-cell", "covered-table-cell"))
_COLUMN = f"{_NS}table:1.0 table-column"
_PARAGRAPH, _SPACES, _TAB, _BREAK = (f"{_NS}text:1.0 {name}" for name in ("p", "s", "tab", "line-break"))
_STYLE, _TEXT_STYLE, _TABLE_STYLE = (f"{_NS}style:1.0 {name}" for name in ("style", "text-properties", "table-properties"))
_FONT_FACE, _NOTE, _RUBY = f"{_NS}style:1.0 font-face", f"{_NS}office:1.0 annotation", f"{_NS}text:1.0 ruby-text"
_VISIBILITY, _STYLE_OF, _TABLE_NAME = (f"{_NS}table:1.0 {name}" for name in ("visibility", "style-name", "name"))
_ROWS_REPEATED, _CELLS_REPEATED = (f"{_NS}table:1.0 number-{name}-repeated" for name in ("rows", "columns"))
_COLUMNS_SPANNED, _ROWS_SPANNED = (f"{_NS}table:1.0 number-{name}-spanned" for name in ("columns", "rows"))
_DEFAULT_STYLE, _DISPLAY = f"{_NS}table:1.0 default-cell-style-name", f"{_NS}table:1.0 display"
_TYPE, _VALUE, _DATE, _BOOLEAN = (f"{_NS}office:1.0 {name}" for name in ("value-type", "value", "date-value", "boolean-value"))
_STYLE_NAME, _PARENT, _FONT_NAME = (f"{_NS}style:1.0 {name}" for name in ("name", "parent-style-name", "font-name"))
_FAMILY = f"{_NS}svg-compatible:1.0 font-family"
_OWN_FAMILY = f"{_NS}xsl-fo-compatible:1.0 font-family"
_DRAWN = f"{_NS}drawing:1.0 "
_MOST_PARENTS = 10
_CELLS, _NO_TEXT, _IN_TEXT = {_CELL, _COVERED}, {_NOTE, _RUBY, _TABLE}, {_PARAGRAPH, _BREAK, _SPACES, _TAB}
_NUMBERS = frozenset({"float", "percentage", "currency"})


def grids_of(data: bytes) -> Iterator[Grid]:
    """The sheets in the workbook's order. The archive's bounds have been checked."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = {name.lower(): name for name in archive.namelist()}
        reader = _Reader()
        if "styles.xml" in names:
            walk(archive.read(names["styles.xml"]), reader.start, reader.end, reader.text)
        walk(archive.read(names["content.xml"]), reader.start, reader.end, reader.text)
    yield from reader.grids


class _Styles:
    """What styles say that matters: which hide their sheet, which are in a font of the 1990s."""

    def __init__(self) -> None:
        self._families: dict[str, str] = {}  # of font faces
        self._fonts: dict[str, str] = {}
        self._parents: dict[str, str] = {}
        self._hiding: set[str] = set()
        self._current = ""

    def start(self, name: str, attributes: Attributes) -> None:
        if name == _STYLE:
            self._current = attributes.get(_STYLE_NAME, "")
            self._fonts.pop(self._current, None)
            self._parents[self._current] = attributes.get(_PARENT, "")
        elif name == _TEXT_STYLE:
            self._fonts[self._current] = attributes.get(_FONT_NAME) or attributes.get(_OWN_FAMILY, "")
        elif name == _TABLE_STYLE and attributes.get(_DISPLAY) == "false":
            self._hiding.add(self._current)
        elif name == _FONT_FACE:
            self._families[attributes.get(_STYLE_NAME, "")] = attributes.get(_FAMILY, "")

    def hides(self, style: str) -> bool:
        return style in self._hiding

    def font(self, style: str) -> OldFont | None:
        for _ in range(_MOST_PARENTS):
            if font := self._fonts.get(style):
                return font_of(font) or font_of(self._families.get(font, ""))
            style = self._parents.get(style, "")
        return None


class _Reader:
    """Puts the sheets together while the document goes by."""

    def __init__(self) -> None:
        self.grids: list[Grid] = []
        self._styles = _Styles()
        self._left, self._text_left = MAX_CELLS, MAX_TEXT_BYTES
        self._skipped = 0  # how deep inside something that is no part of a cell's text
        self._grid: Grid | None = None
        self._columns: list[str] = []
        self._hidden: list[range] = []
        self._hidden_columns: list[range] = []
        self._merges: list[Merge] = []
        self._fonts: dict[Place, OldFont] = {}
        self._row = self._width = self._place = self._line_text = 0
        self._line: list[Cell] = []
        self._pieces: list[str] = []
        self._row_attributes: Attributes = {}
        self._attributes: Attributes = {}
        self._covered = False

    def start(self, name: str, attributes: Attributes) -> None:
        if self._skipped:
            self._skipped += 1
        elif self._grid is None:
            if name == _TABLE:
                self._begin_sheet(attributes)
            else:
                self._styles.start(name, attributes)
        elif name in _CELLS:
            self._attributes, self._covered = attributes, name == _COVERED
        elif name == _ROW:
            self._line, self._place, self._line_text, self._row_attributes = [], 0, 0, attributes
        elif name == _COLUMN:
            self._begin_columns(attributes)
        elif name in _IN_TEXT:
            self._text_element(name)
        elif name in _NO_TEXT or name.startswith(_DRAWN):
            self._skipped = 1

    def end(self, name: str) -> None:
        if self._skipped:
            self._skipped -= 1
        elif self._grid is None:
            return
        elif name in _CELLS:
            if self._attributes:
                self._end_cell()
            else:
                self._place, self._pieces = min(self._place + 1, MAX_COLUMNS), []
        elif name == _ROW:
            self._end_row()
        elif name == _TABLE:
            self._end_sheet()

    def text(self, text: str) -> None:
        if self._grid and not self._skipped and self._pieces:
            self._pieces.append(text)

    def _begin_sheet(self, attributes: Attributes) -> None:
        if len(self.grids) == MAX_SHEETS:
            raise too_many_sheets(MAX_SHEETS + 1)
        self._grid = Grid(attributes.get(_TABLE_NAME, ""), self._styles.hides(attributes.get(_STYLE_OF, "")))
        self.grids.append(self._grid)
        self._columns, self._hidden, self._hidden_columns, self._merges, self._fonts = [], [], [], [], {}
        self._row = self._width = self._place = self._line_text = 0
        self._line, self._pieces, self._row_attributes, self._attributes = [], [], {}, {}

    def _begin_columns(self, attributes: Attributes) -> None:
        first = len(self._columns)
        self._columns += [attributes.get(_DEFAULT_STYLE, "")] * min(_times(attributes, _CELLS_REPEATED), MAX_COLUMNS - first)
        if attributes.get(_VISIBILITY, "visible") != "visible":
            hide(self._hidden_columns, first, len(self._columns) - 1)

    def _text_element(self, name: str) -> None:
        """`pieces` holds a line end for each paragraph, so that text between the elements isn't taken for the cell's."""
        if name == _PARAGRAPH or (name == _BREAK and self._pieces):
            self._pieces.append("\n")
        elif name == _SPACES and self._pieces:
            self._pieces.append(" ")  # however many they are: a million would cost the file nothing
        elif name == _TAB and self._pieces:
            self._pieces.append("\t")

    def _end_cell(self) -> None:
        times = _times(self._attributes, _CELLS_REPEATED)
        shown = "".join(self._pieces)[1:]
        value = "" if self._covered else _value(self._attributes, shown)
        if value != "":
            if self._place + times > MAX_COLUMNS:
                raise too_many_cells()
            self._line += [""] * (self._place - len(self._line)) + [value] * times
            self._line_text += len(value) * times if isinstance(value, str) else 0
            self._note_cell(value)
        self._place = min(self._place + times, MAX_COLUMNS)
        self._pieces = []

    def _note_cell(self, value: Cell) -> None:
        if _COLUMNS_SPANNED in self._attributes or _ROWS_SPANNED in self._attributes:
            columns, rows = _times(self._attributes, _COLUMNS_SPANNED), _times(self._attributes, _ROWS_SPANNED)
            self._merges.append(((self._row, self._place), (self._row + rows - 1, self._place + columns - 1)))
        if isinstance(value, str) and not value.isascii():
            column = self._columns[self._place] if self._place < len(self._columns) else ""
            style = self._attributes.get(_STYLE_OF) or self._row_attributes.get(_DEFAULT_STYLE) or column
            if font := self._styles.font(style):
                self._fonts[self._row, self._place] = font

    def _end_row(self) -> None:
        grid = self._grid
        assert grid is not None
        times = _times(self._row_attributes, _ROWS_REPEATED)
        if self._line:
            self._width = max(self._width, len(self._line))
            self._text_left -= self._line_text * times
            if self._text_left < 0:
                raise too_large(MAX_TEXT_BYTES)
            if (self._row + times) * self._width > self._left:
                raise too_many_cells()
            if self._row + times > LAST_ROW:
                raise too_many_rows()
            grid.rows += [[] for _ in range(self._row - len(grid.rows))]
            grid.rows += [self._line, *(list(self._line) for _ in range(times - 1))]
        if self._row_attributes.get(_VISIBILITY, "visible") != "visible":
            self._hidden.append(range(self._row, self._row + times))
        self._row += times

    def _end_sheet(self) -> None:
        grid = self._grid
        assert grid is not None
        for line in grid.rows:
            line += [""] * (self._width - len(line))
        self._left -= len(grid.rows) * self._width
        grid.merges, grid.fonts, grid.hidden_columns = tuple(self._merges), self._fonts, self._hidden_columns
        grid.hidden_rows = {row for rows in self._hidden for row in rows[: max(0, len(grid.rows) - rows.start)]}
        self._grid = None


def _times(attributes: Attributes, name: str) -> int:
    number = attributes.get(name)
    if number is None:
        return 1
    if not number.isdecimal() or len(number) > 9:
        raise damaged()
    return max(int(number), 1)


def _value(attributes: Attributes, shown: str) -> Cell:
    kind = attributes.get(_TYPE)
    try:
        if kind in _NUMBERS:
            return told_by_its_text(float(attributes[_VALUE]), shown)
        if kind == "date":
            return _day(attributes[_DATE])
        if kind == "boolean":
            return attributes[_BOOLEAN] == "true"
    except (KeyError, ValueError) as error:
        raise damaged() from error
    return shown if kind else ""


def _day(text: str) -> date | datetime:
    moment = datetime.fromisoformat(text)
    return moment.date() if len(text) == 10 else moment
