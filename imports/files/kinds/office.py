"""The sheets of Excel's own kinds of file (.xlsx, .xlsm, .xlsb, .xls), whose cells calamine reads."""

from __future__ import annotations

import io
from collections.abc import Iterator

from python_calamine import CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from imports.files.formats import as_shown
from imports.files.grids import Cell, Details, Grid, Noticed
from imports.files.refusals import damaged, encrypted

_WITH_CELLS = (SheetTypeEnum.WorkSheet, SheetTypeEnum.MacroSheet)


def grids_of(data: bytes, noticed: Noticed, *, with_hidden: bool) -> Iterator[Grid]:
    """The sheets in the workbook's order, the cells of hidden ones only where they are wanted. The bytes have been checked."""
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        listed = [sheet for sheet in workbook.sheets_metadata if sheet.typ in _WITH_CELLS]
    except PasswordError as error:
        raise encrypted() from error
    except BaseException as error:
        raise _refusal(error) from None
    nothing = Details()
    for sheet in listed:
        hidden = sheet.visible is not SheetVisibleEnum.Visible
        if hidden and not with_hidden:
            yield Grid(sheet.name, hidden=True)
        else:
            yield _grid(workbook, sheet.name, noticed.sheets.get(sheet.name, nothing), hidden=hidden)


def _grid(workbook: CalamineWorkbook, name: str, details: Details, *, hidden: bool) -> Grid:
    try:
        read = workbook.get_sheet_by_name(name)
        rows = read.to_python(skip_empty_area=False)
        merges = read.merged_cell_ranges or details.merges
    except BaseException as error:
        raise _refusal(error) from None
    for (row, column), number_format in details.formats.items():
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = as_shown(rows[row][column], number_format)
    _put_formulas(rows, details)
    if details.texts:
        for line in rows:
            line[:] = [details.texts.get(cell, cell) if type(cell) is str else cell for cell in line]
    return Grid(
        name,
        hidden,
        rows,
        merges=tuple(merges),
        hidden_rows=details.hidden_rows,
        hidden_columns=details.hidden_columns,
        fonts=details.fonts,
    )


def _put_formulas(rows: list[list[Cell]], details: Details) -> None:
    """The parser has nothing where a formula has no value, be it at the sheet's end."""
    if not details.formulas:
        return
    width = max([len(rows[0]) if rows else 0, *(column + 1 for _, column in details.formulas)])
    last = max(row for row, _ in details.formulas)
    for line in rows:
        line += [""] * (width - len(line))
    rows += [[""] * width for _ in range(last + 1 - len(rows))]
    for (row, column), text in details.formulas.items():
        if rows[row][column] == "":
            rows[row][column] = text


def _refusal(error: BaseException) -> BaseException:
    """What the parser raised, as a refusal. A panic inside it arrives as a BaseException of a class that can't be named here."""
    return error if isinstance(error, (KeyboardInterrupt, SystemExit, MemoryError)) else damaged()
