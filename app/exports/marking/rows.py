"""A sheet's rows: those that are marked are written anew, all others are copied as they stand."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree

from app.exports.marking.archive import MAIN, Node, Unmarkable, parsed, whole
from app.exports.marking.styles import Styles
from imports.files.cells import letters_of
from imports.files.limits import MAX_COLUMNS
from imports.values import Severity

_AT_ONCE = 500
_ROW = re.compile(rb"<((?:[\w.-]+:)?)row(?=[\s/>])[^>]*>")
_NUMBER = re.compile(rb"\sr\s*=\s*[\"'](\d+)[\"']")
_ROOT = re.compile(rb"<((?:[\w.-]+:)?)worksheet(?=[\s>])[^>]*>")
_DATA = re.compile(rb"<((?:[\w.-]+:)?)sheetData(?=[\s/>])[^>]*>")
_ENCODING = re.compile(rb"^\s*<\?xml[^>]*encoding\s*=\s*[\"']([^\"']+)")
_CELL, _FORMULA, _INLINE, _TEXT = (f"{{{MAIN}}}{name}" for name in ("c", "f", "is", "t"))
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


@dataclass(slots=True)
class RowEdit:
    """What happens to one row; columns are counted from 0. `bleached`: our colours of an earlier time go. `message` stands in `column`,
    where `is_heading` gives it the look of the heading on its left; `painted` are the cells with findings, `typed` have a new text."""

    column: int
    removed: int | None = None
    bleached: bool = False
    message: str | None = None
    severity: Severity | None = None
    is_heading: bool = False
    painted: dict[int, Severity] = field(default_factory=dict)
    typed: dict[int, str] = field(default_factory=dict)


class Parts(NamedTuple):
    """A sheet's XML: the root's opening tag, what stands before its rows, the rows, what stands after them."""

    root: bytes
    before: bytes
    rows: bytes
    after: bytes
    prefix: bytes


def parted(content: bytes) -> Parts:
    encoding = _ENCODING.match(content)
    root, data = _ROOT.search(content), _DATA.search(content)
    if root is None or data is None or (encoding and encoding[1].lower() not in (b"utf-8", b"us-ascii")):
        raise Unmarkable
    if data[0].endswith(b"/>"):
        return Parts(
            root[0], content[: data.start()] + data[0][:-2] + b">", b"", b"</%bsheetData>" % data[1] + content[data.end() :], data[1]
        )
    end = content.find(b"</%bsheetData" % data[1], data.end())
    if end < 0:
        raise Unmarkable
    return Parts(root[0], content[: data.end()], content[data.end() : end], content[end:], data[1])


def rewritten(parts: Parts, edits: Mapping[int, RowEdit], styles: Styles) -> bytes:
    """The rows with these edits, by Excel's row number. A row that the file doesn't have is made."""
    pieces: list[bytes] = []
    waiting: list[tuple[int, int]] = []  # place in `pieces`, row
    for number, piece in _pieces(parts, edits):
        if number is not None:
            waiting.append((len(pieces), number))
        pieces.append(piece)
        if len(waiting) == _AT_ONCE:
            _rewrite(parts, pieces, waiting, edits, styles)
    _rewrite(parts, pieces, waiting, edits, styles)
    return b"".join(pieces)


def _pieces(parts: Parts, edits: Mapping[int, RowEdit]) -> Iterator[tuple[int | None, bytes]]:
    """The rows to be edited, each with its number, and between them the others together."""
    wanted = sorted(edits, reverse=True)
    rows, copied = parts.rows, 0
    for number, start, end in _found(rows):
        if not wanted or number < wanted[-1]:
            continue
        yield None, rows[copied:start]
        copied = start
        while wanted and wanted[-1] < number:
            yield wanted[-1], _empty(parts, wanted.pop())
        if wanted and wanted[-1] == number:
            yield wanted.pop(), rows[start:end]
            copied = end
    yield None, rows[copied:]
    yield from ((number, _empty(parts, number)) for number in reversed(wanted))


def _found(rows: bytes) -> Iterator[tuple[int, int, int]]:
    """Number, start and end of each row."""
    number = 0
    for match in _ROW.finditer(rows):
        said = _NUMBER.search(match[0])
        number = int(said[1]) if said else number + 1
        end = match.end()
        if not match[0].endswith(b"/>"):
            closing = b"</%brow>" % match[1]
            end = rows.find(closing, end) + len(closing)
            if end < match.end():
                raise Unmarkable
        yield number, match.start(), end


def _empty(parts: Parts, number: int) -> bytes:
    return b'<%brow r="%d"/>' % (parts.prefix, number)


def _rewrite(parts: Parts, pieces: list[bytes], waiting: list[tuple[int, int]], edits: Mapping[int, RowEdit], styles: Styles) -> None:
    """The waiting rows, parsed together within the sheet's own namespaces."""
    if not waiting:
        return
    root = parsed(b"".join([parts.root, *(pieces[place] for place, _ in waiting), b"</%bworksheet>" % parts.prefix]))
    for row, (_, number) in zip(root, waiting, strict=True):
        _Row(row, number, edits[number], styles).edit()
    content: bytes = etree.tostring(root, encoding="UTF-8")
    for (place, _), (_, start, end) in zip(waiting, _found(content), strict=True):
        pieces[place] = content[start:end]
    waiting.clear()


class _Row:
    def __init__(self, row: Node, number: int, edit: RowEdit, styles: Styles) -> None:
        self.row, self.number, self.to_do, self.styles = row, number, edit, styles
        self.row.set("r", str(number))
        self.row.attrib.pop("spans", None)  # a hint that would be wrong now
        self.cells: dict[int, Node] = {}
        place = -1
        for cell in row.findall(_CELL):
            place = _column(cell.get("r")) if cell.get("r") else place + 1
            if not 0 <= place < MAX_COLUMNS:
                raise Unmarkable
            cell.set("r", f"{letters_of(place)}{number}")
            self.cells[place] = cell

    def edit(self) -> None:
        to_do = self.to_do
        if to_do.removed in self.cells:
            self.row.remove(self.cells.pop(to_do.removed))
        if to_do.bleached:
            self._bleach()
        for column, text in to_do.typed.items():
            cell = self._cell(column)
            self._say(cell, text, self.styles.text(_format(cell)))
        for column, severity in to_do.painted.items():
            cell = self._cell(column)
            cell.set("s", str(self.styles.painted(_format(cell), severity)))
        if to_do.message is not None:
            self._message(to_do.message)

    def _bleach(self) -> None:
        """A row mostly has one colour, so a cell gets its own back from the first one that has kept it."""
        ours = [cell for cell in self.cells.values() if self.styles.is_ours(_format(cell))]
        kept = next((_format(self.cells[place]) for place in sorted(self.cells) if self.cells[place] not in ours), None)
        for cell in ours:
            cell.set("s", str(self.styles.with_fill_of(_format(cell), kept)))

    def _message(self, text: str) -> None:
        to_do, left = self.to_do, self.cells.get(self.to_do.column - 1)
        beside = _format(left) if left is not None else self._default()
        look = self.styles.heading(beside) if to_do.is_heading else self.styles.message(beside, to_do.severity or Severity.WARNING)
        self._say(self._cell(to_do.column), text, look)

    def _say(self, cell: Node, text: str, look: int) -> None:
        for child in list(cell):
            if child.tag == _FORMULA and child.get("t") in ("shared", "array") and child.get("ref"):
                raise Unmarkable  # other cells are computed by this one's formula
            cell.remove(child)
        for name in ("t", "cm", "vm"):
            cell.attrib.pop(name, None)
        cell.set("s", str(look))
        if text:
            cell.set("t", "inlineStr")
            node = etree.SubElement(etree.SubElement(cell, _INLINE), _TEXT)
            node.text = text
            node.set(_SPACE, "preserve")

    def _cell(self, column: int) -> Node:
        """The cell at a column, made where the row has none."""
        if column not in self.cells:
            cell = etree.Element(_CELL, r=f"{letters_of(column)}{self.number}", s=str(self._default()))
            places = sorted(self.cells)
            before = bisect_left(places, column)
            if before == len(places):
                self.row.insert(list(self.row).index(self.cells[places[-1]]) + 1 if places else 0, cell)
            else:
                self.cells[places[before]].addprevious(cell)
            self.cells[column] = cell
        return self.cells[column]

    def _default(self) -> int:
        return whole(self.row, "s") if self.row.get("customFormat") in ("1", "true") else 0


def _format(cell: Node) -> int:
    return whole(cell, "s")


def _column(reference: str) -> int:
    number = 0
    for letter in reference:
        if not letter.isalpha():
            break
        number = number * 26 + ord(letter.upper()) - 64
    return number - 1
