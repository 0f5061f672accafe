"""The e-mail address that a Google form adds by itself, right of "Dấu thời gian": the sender's. In a list of pupils that is a parent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.domain.names import fold
from imports.column import Column
from imports.contact_persons import lists_pupils
from imports.plain_headings import Meaning

_STAMPS = frozenset({"dau thoi gian", "timestamp"})
_ADDRESSES = frozenset({"dia chi email", "email address", "email", "ten nguoi dung", "username"})
_STUDENTS = frozenset({"sinh vien", "mssv", "msv", "ma sv", "sv"})  # who fill in forms themselves


def without_senders(columns: tuple[Column, ...], titles: Sequence[str], sheet: str) -> tuple[Column, ...]:
    """The columns with the sender's address not taken where somebody else is listed; staff and students send their own."""
    stamp = columns[0] if columns and fold(columns[0].heading) in _STAMPS else None
    at = next(
        (c for c in columns if stamp and c.index == stamp.index + 1 and c.meaning.field == "email" and fold(c.heading) in _ADDRESSES), None
    )
    if at is None or not lists_pupils(columns, titles, sheet) or any(_names_students(column.heading) for column in columns):
        return columns
    return tuple(replace(column, meaning=Meaning(None, "not-needed")) if column is at else column for column in columns)


def _names_students(heading: str) -> bool:
    folded = f" {fold(heading)} "
    return any(f" {words} " in folded for words in _STUDENTS)
