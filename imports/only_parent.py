"""A telephone or number of "phụ huynh" in a list that names one parent alone: that parent's. Else both would be guardians, one without a
telephone and one without a name."""

from __future__ import annotations

from dataclasses import replace

from app.domain.names import fold
from imports.column import Column
from imports.plain_headings import Meaning

_PARENTS = "phu huynh"  # "SĐT bố/mẹ" may still be the other one's
_MOVED = frozenset({"parent_phone", "parent_personal_id"})


def with_only_parent(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """The columns with such ones named as the only parent's, unless that one has such a column already."""
    fields = {column.meaning.field or "" for column in columns}
    parents = {field.partition("_")[0] for field in fields} & {"father", "mother"}
    if len(parents) != 1 or not fields & _MOVED or fields & {"parent_name", "parent_contact"}:
        return columns
    parent = next(iter(parents))
    if f"{parent}_name" not in fields:
        return columns
    return tuple(
        replace(column, meaning=Meaning(moved, None, column.meaning.rank))
        if column.meaning.field in _MOVED
        and _PARENTS in fold(column.heading)
        and (moved := column.meaning.field.replace("parent", parent)) not in fields
        else column
        for column in columns
    )
