"""Web pages with tables that call themselves .xls: rows and merged cells as Excel lays them out, all tables one below the other."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from imports.files.fonts.tables import OldFont
from imports.files.grids import Cell, Grid, Merge, Place, hide
from imports.files.kinds.css import Attributes, Css
from imports.files.kinds.letters import decoded
from imports.files.kinds.separated import NAME
from imports.files.kinds.web_tables import LINE_END, OpenCell, Table, span, tidied
from imports.files.limits import LAST_ROW, MAX_CELLS, MAX_COLUMNS, MAX_DEPTH, MAX_TAGS
from imports.files.refusals import damaged, too_many_cells, too_many_rows

_DECLARED = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_\-]+)", re.IGNORECASE)
_SHEET_NAME = re.compile(r"<x:Name>([^<]{1,100})</x:Name>", re.IGNORECASE)
_NOT_SHOWN = re.compile(r"display\s*:\s*none", re.IGNORECASE)

_CELLS = frozenset({"td", "th"})
_BLOCKS = frozenset("p div h1 h2 h3 h4 h5 h6 li ul ol center caption hr form pre".split())
_SILENT = frozenset({"script", "title", "head", "noscript", "template"})
_MOST_WORK = 20_000_000
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


class _Reader:
    """Puts the sheet together while the parser goes through the page: its events come balanced, whatever the page forgot to close."""

    def __init__(self) -> None:
        self._rows: list[list[Cell]] = []
        self._next_row = self._width = self._silent = self._work = 0
        self._merges: list[Merge] = []
        self._hidden: set[int] = set()
        self._hidden_columns: list[range] = []
        self._next_column = 0
        self._old_fonts: dict[Place, OldFont] = {}
        self._css = Css()
        self._in_css = False
        self._fonts: list[OldFont | None] = [None]
        self._tables: list[Table] = []
        self._loose: list[str] = []

    def start(self, tag: str, attributes: Attributes) -> None:
        self._fonts.append(self._css.font(tag, attributes, self._fonts[-1]))
        if tag == "style":
            self._in_css = True
        elif tag in _SILENT:
            self._silent += 1
        elif tag == "table":
            self._begin_table()
        elif tag == "tr" and self._tables:
            self._begin_row(attributes)
        elif tag in _CELLS and self._tables:
            self._begin_cell(tag, attributes)
        elif tag == "col" and len(self._tables) == 1:
            self._begin_columns(attributes)
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
            ended = self._tables.pop()
            if self._tables:
                self._tables[-1].leave_room(ended.right)
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
        return Grid(name, False, self._rows, tuple(self._merges), self._hidden, self._hidden_columns, self._old_fonts)

    def _break(self) -> None:
        """The end of a line: in a cell it stays in the cell, elsewhere the text has a row of its own."""
        if self._tables and (cell := self._tables[-1].cell):
            cell.pieces.append((LINE_END, None))
        else:
            self._end_loose()

    def _begin_table(self) -> None:
        around = self._end_cell()
        self._end_loose()
        if len(self._tables) == MAX_DEPTH:
            raise damaged()
        self._tables.append(Table(around))
        if len(self._tables) == 1:
            self._next_column = 0

    def _begin_columns(self, attributes: Attributes) -> None:
        first = self._next_column
        self._next_column = min(first + span(attributes.get("span")), MAX_COLUMNS)
        if _NOT_SHOWN.search(attributes.get("style", "")):
            hide(self._hidden_columns, first, self._next_column - 1)

    def _begin_row(self, attributes: Attributes) -> None:
        self._end_cell()
        self._end_loose()
        table = self._tables[-1]
        if table.first_row is None:
            row = self._next_row
            self._next_row += 1
        else:
            row, table.first_row = table.first_row, None
        self._work += table.begin_row(row)
        if self._work > _MOST_WORK:
            raise too_many_cells()
        if _NOT_SHOWN.search(attributes.get("style", "")):
            self._hidden.add(row)

    def _begin_cell(self, tag: str, attributes: Attributes) -> None:
        self._end_cell()
        table = self._tables[-1]
        if table.row is None:
            self._begin_row({})
        assert table.row is not None
        columns, rows = span(attributes.get("colspan")), span(attributes.get("rowspan"))
        column = table.place(columns, rows)
        self._make_room(table.row, column)
        if columns > 1 or rows > 1:
            self._merges.append(((table.row, column), (table.row + rows - 1, column + columns - 1)))
        table.cell = OpenCell(table.row, column, attributes, self._css.number_format(tag, attributes))

    def _end_cell(self) -> Place | None:
        """Put down the cell that is open, if one is; answers its place if it is empty."""
        cell = self._tables[-1].cell if self._tables else None
        if cell is None:
            return None
        self._tables[-1].cell = None
        value, font = cell.value()
        if value == "":
            return cell.row, cell.column
        self._put(cell.row, cell.column, value)
        if font:
            self._old_fonts[cell.row, cell.column] = font
        return None

    def _end_loose(self) -> None:
        if not self._loose:
            return
        text = tidied("".join(self._loose))
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
