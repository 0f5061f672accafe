"""The e-mail address that a Google form adds by itself, right of "Dấu thời gian", and the address and name that Microsoft's does, right of
"Completion time": the sender's. In a list of pupils that is a parent, and the form's own column of names gives way to another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.domain.names import fold
from imports.cells import Cell, shown
from imports.column import Column
from imports.contact_persons import lists_pupils
from imports.name_heads import NAMES, may_head_names
from imports.plain_headings import Meaning

_STAMPS = frozenset({"dau thoi gian", "timestamp"})
_ADDRESSES = frozenset({"dia chi email", "email address", "email", "ten nguoi dung", "username"})
_BEGUN, _DONE = frozenset({"start time", "thoi gian bat dau"}), frozenset({"completion time", "thoi gian hoan thanh"})
_SENDERS_NAMES = frozenset({"name", "ten"})
_STUDENTS = frozenset({"sinh vien", "mssv", "msv", "ma sv", "sv"})  # who fill in forms themselves


def without_senders(columns: tuple[Column, ...], titles: Sequence[str], sheet: str) -> tuple[Column, ...]:
    """The columns with the sender's address not taken where somebody else is listed; staff and students send their own."""
    stamp = columns[0] if columns and fold(columns[0].heading) in _STAMPS else _stamp_of_microsoft(columns)
    at = next(
        (c for c in columns if stamp and c.index == stamp.index + 1 and c.meaning.field == "email" and fold(c.heading) in _ADDRESSES), None
    )
    if at is None or not lists_pupils(columns, titles, sheet) or any(_names_students(column.heading) for column in columns):
        return columns
    return tuple(replace(column, meaning=Meaning(None, "not-needed")) if column is at else column for column in columns)


def without_microsofts(columns: tuple[Column, ...], lines: Sequence[Sequence[Cell]]) -> tuple[Column, ...]:
    """The columns without the sender's name where another column has the names, and without addresses that are none ("anonymous")."""
    stamp = _stamp_of_microsoft(columns)
    beside = [column for column in columns if stamp and column.index - stamp.index in (1, 2)]
    left_out = [c for c in beside if fold(c.heading) in _ADDRESSES and not any("@" in shown(line[c.index]) for line in lines)]
    name = next((column for column in beside if fold(column.heading) in _SENDERS_NAMES), None)
    if name and any(c.meaning.field in NAMES or may_head_names(c.heading) for c in columns if c is not name):
        left_out.append(name)
    return tuple(replace(column, meaning=Meaning(None, "not-needed")) if column in left_out else column for column in columns)


def _stamp_of_microsoft(columns: Sequence[Column]) -> Column | None:
    begun = any(fold(column.heading) in _BEGUN for column in columns)
    return next((column for column in columns if begun and fold(column.heading) in _DONE), None)


def _names_students(heading: str) -> bool:
    folded = f" {fold(heading)} "
    return any(f" {words} " in folded for words in _STUDENTS)
