"""The e-mail address that a Google form adds by itself, right of "Dấu thời gian", and the address and name that Microsoft's does, right of
"Completion time": the sender's. In a list of pupils that is a parent, and the form's own column of names gives way to another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.domain.names import fold
from imports.files.cells import Cell, shown
from imports.headings.column import Column
from imports.headings.contact_persons import lists_pupils
from imports.headings.name_heads import heads_names
from imports.headings.plain_headings import Meaning

_STAMPS = frozenset({"dau thoi gian", "timestamp"})
_ADDRESSES = frozenset({"dia chi email", "email address", "email", "ten nguoi dung", "username"})
_BEGUN, _DONE = frozenset({"start time", "thoi gian bat dau"}), frozenset({"completion time", "thoi gian hoan thanh"})
_NEARLY_ALL = 0.8
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
    email = next((c for c in columns if fold(c.heading) in _ADDRESSES and (stamp is None or c.index - stamp.index in (1, 2))), None)
    name = next((c for c in columns if fold(c.heading) in _SENDERS_NAMES and (email or stamp) and _follows(c, email or stamp)), None)
    if stamp is None and (email is None or name is None):
        return columns
    left_out = []
    others = [c for c in columns if name and c.index > name.index and heads_names(c.heading)]
    if name and any(stamp or _names_many(column, lines) for column in others):
        left_out.append(name)
    if email and (stamp or left_out) and not any("@" in shown(line[email.index]) for line in lines):
        left_out.append(email)
    return tuple(replace(column, meaning=Meaning(None, "not-needed")) if column in left_out else column for column in columns)


def _follows(column: Column, before: Column | None) -> bool:
    return before is not None and column.index - before.index == 1


def _names_many(column: Column, lines: Sequence[Sequence[Cell]]) -> bool:
    """Whether a column names somebody else in nearly each row; a class's teacher comes again and again."""
    names = [shown(line[column.index]) for line in lines if line[column.index] != ""]
    return len(set(names)) >= _NEARLY_ALL * max(len(names), 1)


def _stamp_of_microsoft(columns: Sequence[Column]) -> Column | None:
    """The time at which an answer was done, or where that was taken out, begun."""
    begun = next((column for column in columns if fold(column.heading) in _BEGUN), None)
    return next((column for column in columns if begun and fold(column.heading) in _DONE), begun)


def _names_students(heading: str) -> bool:
    folded = f" {fold(heading)} "
    return any(f" {words} " in folded for words in _STUDENTS)
