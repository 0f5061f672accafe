"""Columns headed like a parent's name ("Cha/mẹ") whose cells only say which parent it is, the name standing in another column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from app.domain.names import tidy
from imports.files.cells import Cell, shown
from imports.headings.column import Column
from imports.headings.guardian_headings import GUARDIAN_ROLES
from imports.headings.plain_headings import Meaning
from imports.words.relatives import RELATIVES, parent_of

_ALSO = re.compile(rf"(?:{RELATIVES}|ông|bà|anh|chị|(?:người )?giám hộ|(?:bố|cha|mẹ) (?:nuôi|kế|dượng))", re.IGNORECASE)
_FEWEST = 2
_NAMES = frozenset(f"{role}_name" for role in GUARDIAN_ROLES)


def with_relations(columns: tuple[Column, ...], lines: Sequence[Sequence[Cell]]) -> tuple[Column, ...]:
    """The columns with such a one named a relation's, where these rows have nothing else in it."""
    names = [column for column in columns if column.meaning.field in _NAMES]
    if len(names) < 2 or any((column.meaning.field or "").endswith("relation") for column in columns):
        return columns
    found = [column for column in names if _says_who(lines, column.index)]
    if len(found) != 1:
        return columns
    return tuple(replace(column, meaning=Meaning("relation"), why="values") if column is found[0] else column for column in columns)


def _says_who(lines: Sequence[Sequence[Cell]], index: int) -> bool:
    texts = [text for line in lines if (text := tidy(shown(line[index])))]
    said = [text for text in texts if parent_of(text) or _ALSO.fullmatch(text)]
    return len(said) >= _FEWEST and len(texts) - len(said) <= len(said) // 10  # a signature below the list
