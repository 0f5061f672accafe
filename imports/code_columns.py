"""Columns of codes whose heading leaves open whose they are ("Mã thẻ", "Mã số"): their values tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.domain.names import fold
from imports.cells import Cell, shown
from imports.column import Column
from imports.header_rows import NAMES
from imports.judges.codes import are_badges, owners_of
from imports.plain_headings import Meaning

_ANY_CARD = ("ma the", "so the")
_ANY_CODE = ("ma so", "ma")


def with_codes(columns: tuple[Column, ...], lines: Sequence[Sequence[Cell]]) -> tuple[Column, ...]:
    """The columns with such a one named as what its values, in these rows, show it to be."""
    return _by_letters(_badges(columns, lines), lines)


def _badges(columns: tuple[Column, ...], lines: Sequence[Sequence[Cell]]) -> tuple[Column, ...]:
    """ "Mã thẻ" alone is a health card's number or a badge's."""
    at = next((column for column in columns if fold(column.heading) in _ANY_CARD and column.meaning.field == "health_card"), None)
    if at is None or any(column.meaning.field == "staff_code" for column in columns):
        return columns
    return _named(columns, at, "staff_code") if are_badges(_beside_names(columns, lines, at.index)) else columns


def _by_letters(columns: tuple[Column, ...], lines: Sequence[Sequence[Cell]]) -> tuple[Column, ...]:
    """ "Mã số" alone, of codes that say themselves whose they are."""
    at = next((column for column in columns if fold(column.heading) in _ANY_CODE and not column.meaning.is_known), None)
    if at is None:
        return columns
    field = owners_of(_beside_names(columns, lines, at.index))
    return _named(columns, at, field) if field and all(column.meaning.field != field for column in columns) else columns


def _named(columns: tuple[Column, ...], at: Column, field: str) -> tuple[Column, ...]:
    return tuple(replace(column, meaning=Meaning(field), why="values") if column is at else column for column in columns)


def _beside_names(columns: tuple[Column, ...], lines: Sequence[Sequence[Cell]], index: int) -> list[str]:
    """One column's texts, of rows that name somebody."""
    names = [column.index for column in columns if column.meaning.field in NAMES]
    return [shown(line[index]).strip() for line in lines if any(line[name] != "" for name in names)]
