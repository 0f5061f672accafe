"""Web pages with tables that call themselves .xls: rows and merged cells as Excel lays them out, all tables one below the other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

from lxml import etree

from imports.fonts.tables import OldFont, in_unicode
from imports.formats import told_by_its_text
from imports.grids import Cell, Grid, Merge, Place
from imports.kinds.css import Css
from imports.kinds.letters import decoded
from imports.kinds.separated import NAME
from imports.limits import LAST_ROW, MAX_CELLS, MAX_COLUMNS, MAX_DEPTH, MAX_TAGS
from imports.refusals import damaged, too_many_cells, too_many_rows

Attributes = dict[str, str]

_DECLARED = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_\-]+)", re.IGNORECASE)
_SHEET_NAME = re.compile(r"<x:Name>([^<]{1,100})</x:Name>", re.IGNORECASE)
_NOT_SHOWN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_DATE_FORMAT = re.compile(r"[dy]", re.IGNORECASE)
_QUOTED = re.compile(r'\\?"[^"]*"|\\.|\[[^\]]*\]')
_GAPS = re.compile(r"[ \t\r\n\f]+")

_CELLS = frozenset({"td", "th"})
_BLOCKS = frozenset("p div h1 h2 h3 h4 h5 h6 li ul ol center caption hr form pre".split())
_SILENT = frozenset({"script", "title", "head", "noscript", "template"})
_NAMED_FORMATS = frozenset({"General", "Fixed", "Standard", "Percent", "Scientific", "Currency"})
_LINE_END = "\0"  # no page has it: a parser leaves it out
_MOST_WORK = 20_000_000
_LAST_DAY = 2_958_465
_AT_ONCE = 1 << 16


def grids_of(data: bytes) -> Iterator[Grid]:
    """All tables of the page as one sheet; text outside of them has rows of its own."""
    declared = _DECLARED.search(data[:4096])
    text = decoded(data, declared[1].decode() if declared else None)
    if text is None:
        raise damaged()
    if text.text.count("<") > MAX_TAGS // 2:
        raise too_many_cells()
    reader = _Reader()
    parser = etree.HTMLParser(target=reader, huge_tree=True)
    try:
        for position in range(0, len(text.text), _AT_ONCE):
            parser.feed(text.text[position : position + _AT_ONCE])
        parser.close()
    except etree.LxmlError as error:
        raise damaged() from error
    named = _SHEET_NAME.search(text.text)
    yield reader.grid(named[1] if named else NAME)


class _Table:
    """A table on the way: which columns are taken by cells from the rows above, and where the next cell stands."""

    def __init__(self) -> None:
        self.row: int | None = None  # in the sheet
        self.cell: _OpenCell | None = None
        self._number = self._column = self._passed = 0
        self._spans: list[tuple[int, int, int]] = []  # first column, the one behind the last, the row of this table with which it ends
        self._coming: list[tuple[int, int, int]] = []

    def begin_row(self, row: int) -> int:
        """Answers how much work it was: a small page can name very many cells that reach over very many rows."""
        self.row, self._column, self._passed = row, 0, 0
        self._number += 1
        work = len(self._spans) + len(self._coming)
        if work:
            self._spans = sorted(span for span in self._spans + self._coming if span[2] > self._number)
            self._coming = []
        return work

    def place(self, columns: int, rows: int) -> int:
        """The column of the row's next cell."""
        while self._passed < len(self._spans) and self._spans[self._passed][0] <= self._column:
            self._column = max(self._column, self._spans[self._passed][1])
            self._passed += 1
        column = self._column
        self._column += columns
        if rows > 1:
            self._coming.append((column, column + columns, self._number + rows))
        return column


class _OpenCell:
    """A cell on the way: its place, what its attributes say, the pieces of its text and the font of each."""

    def __init__(self, row: int, column: int, attributes: Attributes, number_format: str) -> None:
        self.row, self.column, self.attributes, self.number_format = row, column, attributes, number_format
        self.pieces: list[tuple[str, OldFont | None]] = []

    def value(self) -> tuple[Cell, OldFont | None]:
        """What it holds, and its font if the text is yet to be put into Unicode."""
        number = self.attributes.get("x:num")
        if number:
            return _number(number, self.number_format, _text("".join(text for text, _ in self.pieces))), None
        if len(self.pieces) == 1:
            text, font = self.pieces[0]
            return _text(text), font
        fonts = {font for text, font in self.pieces if text.strip()}
        if len(fonts) == 1:
            return _text("".join(text for text, _ in self.pieces)), fonts.pop()
        return _text("".join(in_unicode(text, font) if font else text for text, font in self.pieces)), None


class _Reader:
    """Puts the sheet together while the parser goes through the page: its events come balanced, whatever the page forgot to close."""

    def __init__(self) -> None:
        self._rows: list[list[Cell]] = []
        self._next_row = self._width = self._silent = self._work = 0
        self._merges: list[Merge] = []
        self._hidden: set[int] = set()
        self._old_fonts: dict[Place, OldFont] = {}
        self._css = Css()
        self._in_css = False
        self._fonts: list[OldFont | None] = [None]
        self._tables: list[_Table] = []
        self._loose: list[str] = []

    def start(self, tag: str, attributes: Attributes) -> None:
        self._fonts.append(self._css.font(tag, attributes, self._fonts[-1]))
        if tag == "style":
            self._in_css = True
        elif tag in _SILENT:
            self._silent += 1
        elif tag == "table":
            self._end_cell()
            self._end_loose()
            if len(self._tables) == MAX_DEPTH:
                raise damaged()
            self._tables.append(_Table())
        elif tag == "tr" and self._tables:
            self._begin_row(attributes)
        elif tag in _CELLS and self._tables:
            self._begin_cell(tag, attributes)
        elif tag == "br" or tag in _BLOCKS:
            self._break()

    def end(self, tag: str) -> None:
        if len(self._fonts) > 1:
            self._fonts.pop()
        if tag == "style":
            self._in_css = False
        elif tag in _SILENT:
            self._silent -= 1
        elif tag == "table" and self._tables:
            self._end_cell()
            self._end_loose()
            self._tables.pop()
        elif tag in _CELLS or tag == "tr":
            self._end_cell()
        elif tag in _BLOCKS:
            self._break()

    def data(self, text: str) -> None:
        if self._in_css:
            self._css.add(text)
        elif self._silent:
            return
        elif self._tables and (cell := self._tables[-1].cell):
            cell.pieces.append((text, self._fonts[-1]))
        else:
            self._loose.append(text)

    def close(self) -> None:
        self._end_loose()

    def grid(self, name: str) -> Grid:
        for line in self._rows:
            line += [""] * (self._width - len(line))
        return Grid(name, False, self._rows, tuple(self._merges), self._hidden, self._old_fonts)

    def _break(self) -> None:
        """The end of a line: in a cell it stays in the cell, elsewhere the text has a row of its own."""
        if self._tables and (cell := self._tables[-1].cell):
            cell.pieces.append((_LINE_END, None))
        else:
            self._end_loose()

    def _begin_row(self, attributes: Attributes) -> None:
        self._end_cell()
        self._end_loose()
        self._work += self._tables[-1].begin_row(self._next_row)
        if self._work > _MOST_WORK:
            raise too_many_cells()
        if _NOT_SHOWN.search(attributes.get("style", "")):
            self._hidden.add(self._next_row)
        self._next_row += 1

    def _begin_cell(self, tag: str, attributes: Attributes) -> None:
        self._end_cell()
        table = self._tables[-1]
        if table.row is None:
            self._begin_row({})
        assert table.row is not None
        columns, rows = _span(attributes.get("colspan")), _span(attributes.get("rowspan"))
        column = table.place(columns, rows)
        self._make_room(table.row, column)
        if columns > 1 or rows > 1:
            self._merges.append(((table.row, column), (table.row + rows - 1, column + columns - 1)))
        table.cell = _OpenCell(table.row, column, attributes, self._css.number_format(tag, attributes))

    def _end_cell(self) -> None:
        cell = self._tables[-1].cell if self._tables else None
        if cell is None:
            return
        self._tables[-1].cell = None
        value, font = cell.value()
        if value != "":
            self._put(cell.row, cell.column, value)
            if font:
                self._old_fonts[cell.row, cell.column] = font

    def _end_loose(self) -> None:
        if not self._loose:
            return
        text = _text("".join(self._loose))
        self._loose.clear()
        if text:
            self._make_room(self._next_row, 0)
            self._put(self._next_row, 0, text)
            self._next_row += 1

    def _make_room(self, row: int, column: int) -> None:
        self._width = max(self._width, column + 1)
        if column >= MAX_COLUMNS or (row + 1) * self._width > MAX_CELLS:
            raise too_many_cells()
        if row >= LAST_ROW:
            raise too_many_rows()

    def _put(self, row: int, column: int, value: Cell) -> None:
        self._rows += [[] for _ in range(row + 1 - len(self._rows))]
        line = self._rows[row]
        line += [""] * (column + 1 - len(line))
        line[column] = value


def _span(text: str | None) -> int:
    match = re.match(r"\s*(\d{1,6})", text or "")
    return max(1, int(match[1])) if match else 1


def _text(text: str) -> str:
    if text.isprintable() and "  " not in text:  # no line ends
        return text.strip()
    lines = (_GAPS.sub(" ", line).strip() for line in text.split(_LINE_END))
    return "\n".join(filter(None, lines)).strip()


def _number(text: str, number_format: str, shown: str) -> Cell:
    try:
        number = float(text)
    except ValueError:
        return text
    bare = _QUOTED.sub("", number_format)
    if number_format not in _NAMED_FORMATS and _DATE_FORMAT.search(bare) and 0 < number < _LAST_DAY:
        moment = datetime(1899, 12, 30) + timedelta(days=number)
        return moment.date() if number.is_integer() else moment
    return told_by_its_text(number, shown)
