"""Zeros and letters that live in a cell's number format alone: 123 shown as NV00123."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence

from openpyxl import load_workbook

from imports.cells import Cell, damaged

_HOLDS_ZEROS = re.compile(rb'formatCode="[^".]*0{2,}')
_FORMAT = re.compile(r'(?P<before>(?:"[^"]*"|\\.)*)(?P<zeros>0{2,})(?:;.*|@)?')


def holds_zeros(data: bytes) -> bool:
    """Whether a workbook's styles have such a format at all: openpyxl is slow, and most workbooks don't need it."""
    if not data.startswith(b"PK"):
        return False
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return "xl/styles.xml" in archive.namelist() and _HOLDS_ZEROS.search(archive.read("xl/styles.xml")) is not None


def as_shown(data: bytes, sheet: str, column: int, cells: Sequence[Cell], rows: Sequence[int]) -> list[Cell]:
    """A column's cells with the numbers written as their formats show them. `column` and `rows` are 0-based."""
    try:
        formats = _formats(data, sheet, column, rows[0], rows[-1])
    except Exception as error:  # openpyxl stumbles over damage in many ways, none of them ours to tell apart
        raise damaged(error) from error
    return [_written_out(cell, formats.get(row, "")) for cell, row in zip(cells, rows, strict=True)]


def _formats(data: bytes, sheet: str, column: int, first: int, last: int) -> dict[int, str]:
    workbook = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    try:
        worksheet = workbook[sheet]
        worksheet.reset_dimensions()  # the size that a sheet declares may be wrong
        styled = worksheet.iter_rows(min_row=first + 1, max_row=last + 1, min_col=column + 1, max_col=column + 1)
        return {first + offset: getattr(line[0], "number_format", "") for offset, line in enumerate(styled) if line}
    finally:
        workbook.close()


def _written_out(cell: Cell, number_format: str) -> Cell:
    match = _FORMAT.fullmatch(number_format or "")
    if match is None or isinstance(cell, bool) or not isinstance(cell, (int, float)) or not float(cell).is_integer():
        return cell
    before = re.sub(r'"([^"]*)"|\\(.)', lambda m: m[1] or m[2] or "", match["before"])
    return before + str(int(cell)).rjust(len(match["zeros"]), "0")
