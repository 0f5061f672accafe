"""A workbook's sheets as rows of plain cells, whatever kind of file they come from."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from imports import copies, legacy
from imports.container import recognise
from imports.limits import LONGEST_CELL, MAX_CELLS, MAX_SHEETS, MAX_TEXT_BYTES
from imports.own_marks import take_out
from imports.signs import has_controls, one_line, without_controls
from imports.values import Note, Unreadable

Cell = int | float | str | bool | time | date | datetime | timedelta
Merge = tuple[tuple[int, int], tuple[int, int]]

_LONGEST_SHEET_NAME = 100
_ROWS_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its rows from row 1 and column A on, all equally long, blank cells ''."""

    name: str
    hidden: bool
    rows: list[list[Cell]]
    merges: tuple[Merge, ...]
    hidden_rows: int = 0  # how many rows with content the sheet hides (they are read)
    notes: tuple[Note, ...] = ()  # what was done to read its cells at all


def sheets_of(data: bytes, filename: str, *, with_own_marks: bool = False) -> Iterator[Sheet]:
    """The sheets in the workbook's order, one at a time, so that only one is in memory. A hidden one comes without rows.

    What this program itself has written into the workbook is left out, or `with_own_marks` left in.
    """
    recognise(data, filename)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        listed = [m for m in workbook.sheets_metadata if m.typ in (SheetTypeEnum.WorkSheet, SheetTypeEnum.MacroSheet)]
    except PasswordError as error:
        raise legacy.encrypted() from error
    except BaseException as error:
        raise damaged(error) from None
    if len(listed) > MAX_SHEETS:
        raise Unreadable(
            "too-many-sheets",
            "The workbook has %(sheets)s sheets. Split it into files of at most %(most)s sheets.",
            sheets=len(listed),
            most=MAX_SHEETS,
        )
    left, text_left = MAX_CELLS, MAX_TEXT_BYTES
    for listing, name in zip(listed, _names([listing.name for listing in listed]), strict=True):
        if listing.visible is not SheetVisibleEnum.Visible:
            yield Sheet(name, True, [], ())
            continue
        sheet = _read(workbook, listing.name, name)
        if not with_own_marks:
            take_out(sheet.rows)
        left -= sum(map(len, sheet.rows))
        text_left -= _tidy(sheet.rows)
        if text_left < 0:
            raise copies.too_large(MAX_TEXT_BYTES)
        if left < 0:
            raise Unreadable(
                "too-many-cells",
                "The file's sheets hold more than %(cells)s cells together. Split it into several files.",
                cells=MAX_CELLS,
            )
        yield sheet


def _names(written: list[str]) -> list[str]:
    """The sheets' names as they can be kept, no two alike unless the file has it so."""
    kept: dict[str, str] = {}
    for number, name in enumerate(written, 1):
        if name not in kept:
            short = one_line(name)[:_LONGEST_SHEET_NAME]
            kept[name] = short if short and short not in kept.values() else f"{short} ({number})".strip()
    return [kept[name] for name in written]


def _read(workbook: CalamineWorkbook, written: str, name: str) -> Sheet:
    try:
        read = workbook.get_sheet_by_name(written)
        return Sheet(name, False, read.to_python(skip_empty_area=False), tuple(read.merged_cell_ranges or ()))
    except BaseException as error:
        raise damaged(error) from None


def _tidy(rows: list[list[Cell]]) -> int:
    """Take the control characters out of all texts, and tell how long these are together; a thousand rows without any cost one look."""
    total = 0
    for start in range(0, len(rows), _ROWS_AT_ONCE):
        some = rows[start : start + _ROWS_AT_ONCE]
        texts = [cell for line in some for cell in line if type(cell) is str]
        text = "".join(texts)
        total += len(text)
        if len(text) > LONGEST_CELL and len(max(texts, key=len)) > LONGEST_CELL:
            raise damaged(ValueError())  # no spreadsheet program writes it
        if has_controls(text):
            for line in some:
                line[:] = [without_controls(cell) if type(cell) is str else cell for cell in line]
    return total


def damaged(error: BaseException) -> BaseException:
    """What the parser raised, as a refusal. A panic inside it arrives as a BaseException of a class that can't be named here."""
    if isinstance(error, (KeyboardInterrupt, SystemExit, MemoryError)):
        return error
    return Unreadable("damaged", "The file is damaged: a sheet inside can't be read. Open it in Excel, save it again and upload that.")


def shown(cell: Cell) -> str:
    """A cell as text, about as the sheet shows it: whole numbers without a point, dates as dd/mm/yyyy."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, date):
        return f"{cell.day:02d}/{cell.month:02d}/{cell.year:04d}"
    return str(cell)


def letters_of(index: int) -> str:
    """A column's letters from its place, counted from 0."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
