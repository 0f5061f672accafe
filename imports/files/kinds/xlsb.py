"""The binary workbook .xlsb: how far its cells spread, how much text they show, what is hidden, which fonts and formats they have."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from struct import unpack_from

from imports.files import copies
from imports.files.fonts.tables import OldFont, font_of
from imports.files.formats import pieces_of
from imports.files.grids import Details, Noticed, hide
from imports.files.kinds.markup import Attributes, local, walk
from imports.files.kinds.xls import ERRORS
from imports.files.limits import MAX_CELLS, MAX_COLUMNS
from imports.files.refusals import damaged, too_many_cells

WORKBOOK, RELATIONS, STYLES, TEXTS = "xl/workbook.bin", "xl/_rels/workbook.bin.rels", "xl/styles.bin", "xl/sharedstrings.bin"

_ROW, _BLANK_CELL, _SHARED_TEXT, _LAST_CELL, _COLUMNS, _RICH_CELL, _MERGE = 0, 1, 7, 11, 60, 62, 176
_OWN_TEXTS = (6, 8)
_ERRORS = (3, 11)
_SHORTEST = {  # bytes that a record must have: a place and a style, a value
    _ROW: 12, _BLANK_CELL: 8, 2: 12, 3: 9, 4: 9, 5: 16, 6: 12, _SHARED_TEXT: 12, 8: 12, 9: 16, 10: 9, _LAST_CELL: 9, _RICH_CELL: 13,
    _MERGE: 16,
}  # fmt: skip
_TEXT, _FONT, _FORMAT, _STYLE, _STYLES_BEGIN, _STYLES_END = 19, 43, 44, 47, 617, 618
_SHEET, _WORKBOOK_PROPERTIES = 156, 153
_ROW_HIDDEN, _COLUMNS_HIDDEN = 0x10, 1
_MOST_RECORDS = 2 * MAX_CELLS  # formatted cells without a value and all that isn't cells


@dataclass(slots=True)
class Styles:
    """Styles that say more than their numbers do."""

    fonts: dict[int, OldFont] = field(default_factory=dict)
    formats: dict[int, str] = field(default_factory=dict)


def records(content: bytes) -> Iterator[tuple[int, int, int]]:
    """The records of a part: kind, where the content begins, how long it is. Ends where the part is no sequence of records."""
    position, size = 0, len(content)
    while position + 2 <= size:
        kind = content[position]
        position += 1
        if kind > 0x7F:
            kind = (kind & 0x7F) | ((content[position] & 0x7F) << 7)
            position += 1
        length = shift = 0
        while position < size and shift < 28:
            byte = content[position]
            position += 1
            length |= (byte & 0x7F) << shift
            shift += 7
            if byte <= 0x7F:
                break
        if position + length > size:
            return
        yield kind, position, length
        position += length


def check(read: Callable[[str], bytes]) -> Noticed:
    """Refuse what spreads too far or holds too much; answers what was noticed.

    `read` gives a part of the archive by its name in small letters; nothing for one that isn't there.
    """
    workbook = read(WORKBOOK)
    styles, texts = _styles(read(STYLES)), _lengths(read(TEXTS))
    uses: Counter[int] = Counter()
    details: dict[str, Details] = {}
    names = dict(_sheets(workbook))
    for identity, part in _targets(read(RELATIONS)):
        if identity in names:
            details[names[identity]] = _check_sheet(read(part), styles, uses)
    copies.refuse_copies(uses, [texts] if texts else [])
    return Noticed(details, _counts_from_1904(workbook))


def _targets(relations: bytes) -> set[tuple[str, str]]:
    """What the workbook's relations lead to; where two have one name, both."""
    found: set[tuple[str, str]] = set()

    def relation(name: str, attributes: Attributes) -> None:
        if local(name) == "Relationship":
            target = attributes.get("Target", "").lower()
            found.add((attributes.get("Id", ""), target[1:] if target.startswith("/") else posixpath.normpath(f"xl/{target}")))

    walk(relations, relation)
    return found


def _sheets(workbook: bytes) -> Iterator[tuple[str, str]]:
    for kind, start, length in records(workbook):
        if kind == _SHEET and length >= 16:
            identity, after = _text(workbook, start + 8, start + length)
            yield identity, _text(workbook, after, start + length)[0]


def _counts_from_1904(workbook: bytes) -> bool:
    return any(kind == _WORKBOOK_PROPERTIES and length and workbook[start] & 1 for kind, start, length in records(workbook))


def _text(content: bytes, start: int, end: int) -> tuple[str, int]:
    """A text with its length before it, and where it ends."""
    if start + 4 > end:
        raise damaged()
    length = 2 * unpack_from("<I", content, start)[0]
    if length == 2 * 0xFFFFFFFF:  # no text at all
        return "", start + 4
    if start + 4 + length > end:
        raise damaged()
    return content[start + 4 : start + 4 + length].decode("utf-16-le", "replace"), start + 4 + length


def _styles(content: bytes) -> Styles:
    formats: dict[int, str] = {}
    fonts: list[OldFont | None] = []
    styles = Styles()
    inside, count = False, 0
    for kind, start, length in records(content):
        if kind == _FONT and length > 21:
            fonts.append(font_of(_text(content, start + 21, start + length)[0]))
        elif kind == _FORMAT and length > 6:
            formats[unpack_from("<H", content, start)[0]] = _text(content, start + 2, start + length)[0]
        elif kind in (_STYLES_BEGIN, _STYLES_END):
            inside = kind == _STYLES_BEGIN
        elif kind == _STYLE and inside and length >= 6:
            number_format, font = unpack_from("<HH", content, start + 2)
            if font < len(fonts) and (old := fonts[font]):
                styles.fonts[count] = old
            if pieces_of(formats.get(number_format, "")):
                styles.formats[count] = formats[number_format]
            count += 1
    return styles


def _lengths(content: bytes) -> list[int]:
    """The bytes of every shared text."""
    lengths = []
    for kind, start, length in records(content):
        if kind == _TEXT:
            lengths.append(_bytes_of_text(content, start + 1, start + length))
            if len(lengths) > MAX_CELLS:
                raise too_many_cells()
    return lengths


def _bytes_of_text(content: bytes, start: int, end: int) -> int:
    """How long a text is. In a record that is too short for it, the parser would find what an earlier one has left in its place."""
    if start + 4 > end:
        raise damaged()
    length: int = 2 * unpack_from("<I", content, start)[0]
    if start + 4 + length > end:
        raise damaged()
    return length


def _check_sheet(content: bytes, styles: Styles, uses: Counter[int]) -> Details:
    """One look at each record. The parser makes room for the whole rectangle between the first cell and the last."""
    details = Details()
    row = rows = columns = 0
    for count, (kind, start, length) in enumerate(records(content)):
        if count > _MOST_RECORDS:
            raise too_many_cells()
        if length < _SHORTEST.get(kind, 0):
            raise damaged()
        if kind == _ROW:
            row = unpack_from("<I", content, start)[0]
            if content[start + 11] & _ROW_HIDDEN:
                details.hidden_rows.add(row)
        elif kind <= _LAST_CELL or kind == _RICH_CELL:
            column, style = unpack_from("<II", content, start)
            if kind != _BLANK_CELL:  # that isn't kept
                rows, columns = max(rows, row + 1), max(columns, column + 1)
                if columns > MAX_COLUMNS or rows * columns > MAX_CELLS:
                    raise too_many_cells()
                if kind == _SHARED_TEXT:
                    uses[unpack_from("<I", content, start + 8)[0]] += 1
                elif kind in _ERRORS:
                    details.formulas[row, column] = ERRORS.get(content[start + 8], "#VALUE!")
                elif kind in _OWN_TEXTS:
                    _bytes_of_text(content, start + 8, start + length)
            _note_style(details, styles, style & 0xFFFFFF, row, column)
        elif kind == _COLUMNS and length >= 18:
            if content[start + 16] & _COLUMNS_HIDDEN:
                hide(details.hidden_columns, *unpack_from("<II", content, start))
        elif kind == _MERGE:
            top, bottom, left, right = unpack_from("<IIII", content, start)
            details.merges.append(((top, left), (bottom, right)))
    return details


def _note_style(details: Details, styles: Styles, style: int, row: int, column: int) -> None:
    if style in styles.fonts:
        details.fonts[row, column] = styles.fonts[style]
    if style in styles.formats:
        details.formats[row, column] = styles.formats[style]
