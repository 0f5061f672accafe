"""Workbooks made in a test, and what is read of them."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

from openpyxl import Workbook

from imports import Problem, Reading, RosterRow, read

Rows = Sequence[Sequence[Any]]


def book(rows: Rows | None = None, /, **sheets: Rows) -> bytes:
    """A workbook with these sheets; one unnamed set of rows stands in "Sheet1"."""
    return finished(workbook({"Sheet1": rows} if rows is not None else sheets))


def workbook(sheets: dict[str, Rows]) -> Workbook:
    made = Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append([None if cell == "" else cell for cell in row])
    return made


def finished(made: Workbook) -> bytes:
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def with_part(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The same workbook with one part of its archive changed."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        assert name in old.namelist()
        for part in old.namelist():
            new.writestr(part, change(old.read(part)) if part == name else old.read(part))
    return stream.getvalue()


def compound(name: str, content: bytes) -> bytes:
    """An OLE file, as .xls files and encrypted workbooks are, with one stream in it."""
    end, free, used = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
    content = content.ljust(max(4096, -(-len(content) // 512) * 512), b"\0")  # smaller streams would need a second table
    sectors = len(content) // 512
    header = struct.pack(
        "<8s16xHHHHH6xIIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 62, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, end, 0, end, 0, 0
    )
    header += struct.pack("<108I", *[free] * 108)
    table = [used, end, *range(3, sectors + 2), end]
    entries = b"".join(
        struct.pack("<64sHBBIII36xIII", text.encode("utf-16-le"), 2 * len(text) + 2, kind, 1, free, free, child, start, size, 0)
        for text, kind, child, start, size in (("Root Entry", 5, 1, end, 0), (name, 2, free, 2, len(content)))
    )
    return header + struct.pack("<128I", *table, *[free] * (128 - len(table))) + entries.ljust(512, b"\0") + content


def reading(rows: Rows | None = None, /, **sheets: Rows) -> Reading:
    return read(book(rows, **sheets), "roster.xlsx")


def people(rows: Rows | None = None, /, **sheets: Rows) -> tuple[RosterRow, ...]:
    return reading(rows, **sheets).people


def names(rows: Rows | None = None, /, **sheets: Rows) -> list[str]:
    return [person.full_name for person in people(rows, **sheets)]


def codes(problems: Sequence[Problem]) -> list[tuple[int, str, str]]:
    """Row, field and code of each problem."""
    return [(problem.row, problem.field, problem.code) for problem in problems]


def column(heading: str, *cells: Any) -> list[list[Any]]:
    """A small roster: names and birth-free rows with one more column."""
    given = ["An", "Bình", "Cường", "Dung", "Em", "Giang", "Hoa", "Khôi", "Lan", "Minh", "Nga", "Oanh", "Phúc", "Quân", "Sơn"]
    return [["STT", "Họ và tên", heading], *([number, f"Trần Văn {given[number % 15]}", cell] for number, cell in enumerate(cells, 1))]
