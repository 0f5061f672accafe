"""The old .xls container (OLE with a BIFF stream): what is inside, whether it is encrypted, how far its cells spread, how much text."""

from __future__ import annotations

import io
import struct
from collections import Counter

from xlrd import compdoc

from imports.files import copies
from imports.files.grids import Noticed
from imports.files.kinds import xls
from imports.files.limits import MAX_CELLS, MAX_COLUMNS, MAX_TEXT_BYTES
from imports.files.refusals import encrypted, too_many_cells
from imports.values import Unreadable

_ENCRYPTED_BOOK = 0x002F
_SHEET_START = 0x0809
_CELL_RECORDS = frozenset({0x0006, 0x00BD, 0x00D6, 0x00FD, 0x0203, 0x0204, 0x0205, 0x027E})
_MANY_NUMBERS = 0x00BD
_BOOL_OR_ERROR, _FORMULAS = 0x0205, frozenset({0x0006, 0x0206, 0x0406})
_DIMENSIONS, _MOST_DECLARED = 0x0200, 65_536 * 256  # all that such a sheet can have
_TEXTS, _CONTINUED, _SHARED_TEXT = 0x00FC, 0x003C, 0x00FD
_LONGEST_TEXT = 65_535  # what its two bytes of length can say


def check(data: bytes) -> Noticed:
    """Raise Unreadable for an OLE file that holds no workbook, an encrypted one, or one whose cells spread too far or hold too much."""
    stream = _workbook_stream(data)
    listener = xls.Listener()
    rows = columns = 0
    position = before = 0
    texts: list[list[bytes]] = []
    uses: Counter[bytes] = Counter()
    while position + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, position)
        if kind == _ENCRYPTED_BOOK:
            raise encrypted()
        if kind in xls.TOLD:
            listener.hear(kind, position, stream[position + 4 : position + 4 + length])
        if kind == _SHEET_START:
            rows = columns = 0
        elif kind in _CELL_RECORDS and length >= 6 and position + 4 + length <= len(stream):
            row, column = struct.unpack_from("<HH", stream, position + 4)
            if kind == _MANY_NUMBERS:  # its last two bytes are the last column
                column = max(column, struct.unpack_from("<H", stream, position + 2 + length)[0])
            rows, columns = max(rows, row + 1), max(columns, column + 1)
            if columns > MAX_COLUMNS or rows * columns > MAX_CELLS:
                raise too_many_cells()
            if kind == _SHARED_TEXT:
                uses[stream[position + 10 : position + 14]] += 1
            if (code := _error(kind, stream[position + 4 : position + 4 + min(length, 14)])) is not None:
                listener.error(row, column, code)
            if listener.styled:
                _tell_styles(listener, kind, stream[position + 4 : position + 4 + length])
        elif kind == _DIMENSIONS:
            _check_dimensions(stream[position + 4 : position + 4 + length])
        elif kind == _TEXTS:
            texts.append([stream[position + 4 : position + 4 + length]])
        elif kind == _CONTINUED and before == _TEXTS:
            texts[-1].append(stream[position + 4 : position + 4 + length])
        before = before if kind == _CONTINUED else kind
        position += 4 + length
    _check_copies(texts, uses)
    return listener.noticed()


def _error(kind: int, content: bytes) -> int | None:
    """The code of an error that stands in a cell by itself or as what a formula came to."""
    if kind == _BOOL_OR_ERROR and len(content) > 7 and content[7]:
        return content[6]
    is_error = kind in _FORMULAS and len(content) == 14 and content[6] == 2 and content[12:14] == b"\xff\xff"
    return content[8] if is_error else None


def _tell_styles(listener: xls.Listener, kind: int, content: bytes) -> None:
    row, column, style = struct.unpack_from("<HHH", content)
    listener.cell(row, column, style)
    if kind == _MANY_NUMBERS:
        for offset in range(1, (len(content) - 6) // 6):
            listener.cell(row, column + offset, struct.unpack_from("<H", content, 4 + 6 * offset)[0])


def _check_dimensions(content: bytes) -> None:
    """The parser makes room for as many cells as a sheet says it has, and where there is no such room it takes the process with it."""
    if len(content) not in (10, 14):
        return
    first_row, last_row, first_column, last_column = struct.unpack_from("<IIHH" if len(content) == 14 else "<HHHH", content)
    rows, columns = last_row - first_row, last_column - first_column
    if last_row and last_column and (rows < 1 or columns < 1 or rows * columns > _MOST_DECLARED):
        raise too_many_cells()


def _check_copies(texts: list[list[bytes]], uses: Counter[bytes]) -> None:
    if texts and uses.total() * 2 * _LONGEST_TEXT > MAX_TEXT_BYTES:
        numbers = {int.from_bytes(number, "little"): times for number, times in uses.items()}
        copies.refuse_copies(numbers, [[2 * length for length in _lengths(blocks)] for blocks in texts])


def _lengths(blocks: list[bytes]) -> list[int]:
    """The characters of each shared text. A text that is cut goes on in the next block, which says anew how wide its letters are."""
    lengths = []
    block, position = 0, 8
    while block < len(blocks):
        data = blocks[block]
        if position >= len(data):  # between two texts a block begins without a sign
            block, position = block + 1, position - len(data)
            continue
        if position + 3 > len(data):
            raise _cut_off()
        left, flags = struct.unpack_from("<HB", data, position)
        lengths.append(left)
        runs, phonetic = 2 * bool(flags & 8), 4 * bool(flags & 4)
        position += 3 + runs + phonetic
        if position > len(data):
            raise _cut_off()
        after = 4 * struct.unpack_from("<H", data, position - runs - phonetic)[0] if runs else 0
        after += struct.unpack_from("<I", data, position - phonetic)[0] if phonetic else 0
        width = 1 + (flags & 1)
        while (len(data) - position) < left * width:
            left -= (len(data) - position) // width
            block += 1
            if block >= len(blocks) or not blocks[block] or (len(data) - position) % width:
                raise _cut_off()
            data = blocks[block]
            width, position = 1 + (data[0] & 1), 1
        position += left * width + after
    return lengths


def _workbook_stream(data: bytes) -> bytes:
    try:
        document = compdoc.CompDoc(data, logfile=io.StringIO())
        if document.get_named_stream("EncryptedPackage"):
            raise encrypted()
        stream: bytes | None = document.get_named_stream("Workbook") or document.get_named_stream("Book")
    except Unreadable:
        raise
    except Exception as error:  # a walk over damaged sector tables fails in many ways, none of them ours to tell apart
        raise _cut_off() from error
    if not stream:
        raise Unreadable(
            "not-a-spreadsheet",
            "The file is an Office document but not a workbook. Upload the Excel workbook (.xlsx or .xls) that holds the roster.",
        )
    return stream


def _cut_off() -> Unreadable:
    return Unreadable(
        "cut-off", "The file is cut off or damaged: parts that its beginning names are missing. Get the workbook again and upload it."
    )
