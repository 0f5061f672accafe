"""The binary workbook .xlsb: how far its cells spread, how much text they show, what is hidden, which fonts and formats they have."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from struct import unpack_from

from imports import copies
from imports.fonts.tables import OldFont, font_of
from imports.formats import pieces_of
from imports.grids import Details, Noticed
from imports.kinds.markup import Attributes, local, walk
from imports.limits import MAX_CELLS, MAX_COLUMNS
from imports.refusals import damaged, too_many_cells

WORKBOOK, RELATIONS, STYLES, TEXTS = "xl/workbook.bin", "xl/_rels/workbook.bin.rels", "xl/styles.bin", "xl/sharedstrings.bin"

_ROW, _LAST_CELL, _SHARED_TEXT, _RICH_CELL, _MERGE = 0, 11, 7, 62, 176
_TEXT, _FONT, _FORMAT, _STYLE, _STYLES_BEGIN, _STYLES_END = 19, 43, 44, 47, 617, 618
_SHEET, _WORKBOOK_PROPERTIES = 156, 153
_ROW_HIDDEN = 0x10
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
    parts = _parts(read(RELATIONS))
    styles = _styles(read(STYLES))
    texts = _lengths(read(TEXTS))
    uses: Counter[int] = Counter()
    details: dict[str, Details] = {}
    names = dict(_sheets(workbook))
    for identity, part in parts.items():
        if part not in (WORKBOOK, STYLES, TEXTS) and part.endswith(".bin"):
            found = _check_sheet(read(part), styles, uses)
            if identity in names:
                details[names[identity]] = found
    copies.refuse_copies(uses, [texts] if texts else [])
    return Noticed(details, _counts_from_1904(workbook))


def _parts(relations: bytes) -> dict[str, str]:
    parts: dict[str, str] = {}

    def relation(name: str, attributes: Attributes) -> None:
        if local(name) == "Relationship":
            target = attributes.get("Target", "").lower()
            parts[attributes.get("Id", "")] = target[1:] if target.startswith("/") else posixpath.normpath(f"xl/{target}")

    walk(relations, relation)
    return parts


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
            lengths.append(2 * unpack_from("<I", content, start + 1)[0] if length >= 5 else 0)
            if len(lengths) > MAX_CELLS:
                raise too_many_cells()
    return lengths


def _check_sheet(content: bytes, styles: Styles, uses: Counter[int]) -> Details:
    """One look at each record. The parser makes room for the whole rectangle between the first cell and the last."""
    details = Details()
    row = rows = columns = 0
    for count, (kind, start, length) in enumerate(records(content)):
        if count > _MOST_RECORDS:
            raise too_many_cells()
        if kind == _ROW:
            if length < 12:
                break  # the parser doesn't get past it either
            row = unpack_from("<I", content, start)[0]
            if content[start + 11] & _ROW_HIDDEN:
                details.hidden_rows.add(row)
        elif (kind <= _LAST_CELL or kind == _RICH_CELL) and length >= 8:
            column, style = unpack_from("<II", content, start)
            if kind > 1:  # a blank one isn't kept
                rows, columns = max(rows, row + 1), max(columns, column + 1)
                if columns > MAX_COLUMNS or rows * columns > MAX_CELLS:
                    raise too_many_cells()
                if kind == _SHARED_TEXT and length >= 12:
                    uses[unpack_from("<I", content, start + 8)[0]] += 1
            _note_style(details, styles, style & 0xFFFFFF, row, column)
        elif kind == _MERGE and length >= 16:
            top, bottom, left, right = unpack_from("<IIII", content, start)
            details.merges.append(((top, left), (bottom, right)))
    return details


def _note_style(details: Details, styles: Styles, style: int, row: int, column: int) -> None:
    if style in styles.fonts:
        details.fonts[row, column] = styles.fonts[style]
    if style in styles.formats:
        details.formats[row, column] = styles.formats[style]
