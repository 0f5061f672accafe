"""The sentences with which a file as a whole is refused, where more than one kind of file needs them."""

from __future__ import annotations

from imports.files.limits import MAX_CELLS, MAX_ROWS, MAX_SHEETS
from imports.values import Unreadable


def damaged() -> Unreadable:
    return Unreadable("damaged", "The file is damaged: a sheet inside can't be read. Open it in Excel, save it again and upload that.")


def not_unpacked() -> Unreadable:
    return Unreadable("damaged", "The file is damaged: its inside can't be unpacked. Open it in Excel, save it again and upload that.")


def too_many_cells() -> Unreadable:
    return Unreadable(
        "too-many-cells",
        "A sheet of the file spans more than %(cells)s cells. Delete what stands far right of or far below the roster and upload it again.",
        cells=MAX_CELLS,
    )


def too_many_rows() -> Unreadable:
    return Unreadable(
        "too-many-rows",
        "The file has more than %(rows)s rows. Split it into several files and upload them one after the other.",
        rows=MAX_ROWS,
    )


def too_large(most: int) -> Unreadable:
    return Unreadable(
        "too-large",
        "The file unpacks to more than %(megabytes)s MB. Keep only the sheets with the roster, without pictures, and upload it again.",
        megabytes=most // 1_000_000,
    )


def encrypted() -> Unreadable:
    return Unreadable(
        "encrypted",
        "The workbook is locked with a password. Open it in Excel, remove the password (File > Info), save it and upload it again.",
    )


def too_many_sheets(count: int) -> Unreadable:
    return Unreadable(
        "too-many-sheets",
        "The workbook has %(sheets)s sheets. Split it into files of at most %(most)s sheets.",
        sheets=count,
        most=MAX_SHEETS,
    )
