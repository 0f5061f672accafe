"""Workbooks made in a test, and what is read of them."""

from __future__ import annotations

import io
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
        for part in old.namelist():
            new.writestr(part, change(old.read(part)) if part == name else old.read(part))
    return stream.getvalue()


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
