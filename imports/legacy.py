"""The old .xls container (OLE with a BIFF stream): what is inside, whether it is encrypted, and how far its cells spread."""

from __future__ import annotations

import io
import struct

from xlrd import compdoc

from imports.limits import MAX_CELLS
from imports.values import Unreadable

_ENCRYPTED_BOOK = 0x002F
_SHEET_START = 0x0809
_CELL_RECORDS = frozenset({0x0006, 0x00BD, 0x00D6, 0x00FD, 0x0203, 0x0204, 0x0205, 0x027E})
_MANY_NUMBERS = 0x00BD


def check(data: bytes) -> None:
    """Raise Unreadable for an OLE file that holds no workbook, an encrypted one, or one whose cells spread too far."""
    stream = _workbook_stream(data)
    rows = columns = 0
    position = 0
    while position + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, position)
        if kind == _ENCRYPTED_BOOK:
            raise encrypted()
        if kind == _SHEET_START:
            rows = columns = 0
        elif kind in _CELL_RECORDS and length >= 6 and position + 4 + length <= len(stream):
            row, column = struct.unpack_from("<HH", stream, position + 4)
            if kind == _MANY_NUMBERS:  # its last two bytes are the last column
                column = max(column, struct.unpack_from("<H", stream, position + 2 + length)[0])
            rows, columns = max(rows, row + 1), max(columns, column + 1)
            if rows * columns > MAX_CELLS:
                raise Unreadable(
                    "too-many-cells",
                    "A sheet of the file spans more than %(cells)s cells. Delete what stands far right of or far below the roster and "
                    "upload it again.",
                    cells=MAX_CELLS,
                )
        position += 4 + length


def _workbook_stream(data: bytes) -> bytes:
    try:
        document = compdoc.CompDoc(data, logfile=io.StringIO())
        if document.get_named_stream("EncryptedPackage"):
            raise encrypted()
        stream: bytes | None = document.get_named_stream("Workbook") or document.get_named_stream("Book")
    except Unreadable:
        raise
    except Exception as error:  # a walk over damaged sector tables fails in many ways, none of them ours to tell apart
        raise Unreadable(
            "cut-off", "The file is cut off or damaged: parts that its beginning names are missing. Get the workbook again and upload it."
        ) from error
    if not stream:
        raise Unreadable(
            "not-a-spreadsheet",
            "The file is an Office document but not a workbook. Upload the Excel workbook (.xlsx or .xls) that holds the roster.",
        )
    return stream


def encrypted() -> Unreadable:
    return Unreadable(
        "encrypted",
        "The workbook is locked with a password. Open it in Excel, remove the password (File > Info), save it and upload it again.",
    )
