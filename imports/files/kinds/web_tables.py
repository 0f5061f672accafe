"""The tables of a web page on the way: where their cells stand, and what these hold."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from imports.files.fonts.tables import OldFont, in_unicode
from imports.files.formats import told_by_its_text
from imports.files.grids import Cell, Place
from imports.files.kinds.css import Attributes

_DATE_FORMAT = re.compile(r"[dy]", re.IGNORECASE)
_QUOTED = re.compile(r'\\?"[^"]*"|\\.|\[[^\]]*\]')
_GAPS = re.compile(r"[ \t\r\n\f]+")
_NAMED_FORMATS = frozenset({"General", "Fixed", "Standard", "Percent", "Scientific", "Currency"})
LINE_END = "\0"  # no page has it: a parser leaves it out
_LAST_DAY = 2_958_465


class Table:
    """A table on the way: which columns are taken by cells from the rows above, and where the next cell stands.

    One within an empty cell begins in that cell; `inside` is its place.
    """

    def __init__(self, inside: Place | None = None) -> None:
        self.first_row: int | None = inside[0] if inside else None
        self.left = inside[1] if inside else 0
        self.right = self.left
        self.row: int | None = None  # in the sheet
        self.cell: OpenCell | None = None
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
        self.right = max(self.right, self.left + self._column)
        return self.left + column

    def leave_room(self, column: int) -> None:
        """A table within a cell reaches to this column of the sheet."""
        self._column = max(self._column, column - self.left)


class OpenCell:
    """A cell on the way: its place, what its attributes say, the pieces of its text and the font of each."""

    def __init__(self, row: int, column: int, attributes: Attributes, number_format: str) -> None:
        self.row, self.column, self.attributes, self.number_format = row, column, attributes, number_format
        self.pieces: list[tuple[str, OldFont | None]] = []

    def value(self) -> tuple[Cell, OldFont | None]:
        """What it holds, and its font if the text is yet to be put into Unicode."""
        number = self.attributes.get("x:num") or self.attributes.get("sdval")
        if number:
            return _number(number, self.number_format, tidied("".join(text for text, _ in self.pieces))), None
        if len(self.pieces) == 1:
            text, font = self.pieces[0]
            return tidied(text), font
        fonts = {font for text, font in self.pieces if text.strip()}
        if len(fonts) == 1:
            return tidied("".join(text for text, _ in self.pieces)), fonts.pop()
        return tidied("".join(in_unicode(text, font) if font else text for text, font in self.pieces)), None


def span(text: str | None) -> int:
    match = re.match(r"\s*(\d{1,6})", text or "")
    return max(1, int(match[1])) if match else 1


def tidied(text: str) -> str:
    if text.isprintable() and "  " not in text:  # no line ends
        return text.strip()
    lines = (_GAPS.sub(" ", line).strip() for line in text.split(LINE_END))
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
