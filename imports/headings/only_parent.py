"""A telephone or number of "phụ huynh" in a list that names one parent alone: that parent's. Else both would be guardians, one without a
telephone and one without a name. Likewise "người giám hộ" beside the name of "cha/mẹ/người giám hộ", and "mẹ" beside
that of "mẹ hoặc người nuôi dưỡng"."""

from __future__ import annotations

from dataclasses import replace

from app.domain.names import fold
from imports.headings.column import Column
from imports.headings.guardian_headings import GUARDIAN_ROLES, roles_taken_out
from imports.headings.plain_headings import Meaning, heading_of

_PARENTS = "phu huynh"  # "SĐT bố/mẹ" may still be the other one's
_EITHER = {"parent", "guardian"}
_MOVED = frozenset({"parent_phone", "parent_personal_id"})


def with_only_parent(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """The columns with such ones named as the only parent's, unless that one has such a column already."""
    return _of_only_parent(_of_only_name(columns))


def _of_only_name(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """Where one guardian alone has a name, who may be a parent or another guardian, telephone and number of one without are theirs."""
    of_guardians = [column for column in columns if _role(column) in GUARDIAN_ROLES]
    names = [column for column in of_guardians if _part(column) in ("name", "contact")]
    roles = {_role(column) for column in of_guardians}
    if len(names) != 1 or len(roles) != 2:
        return columns
    role, other = _role(names[0]), next(iter(roles - {_role(names[0])}))
    parts = [[_part(column) for column in of_guardians if _role(column) == one] for one in (role, other)]
    if not set(parts[0]).isdisjoint(parts[1]) or (set(parts[0]) | set(parts[1])) >= {"contact", "phone"}:
        return columns
    said = roles_taken_out(heading_of(names[0].heading))[0]
    if {role, other} != _EITHER and not (role == "parent" and said == {other, "guardian"}):
        return columns
    return tuple(
        replace(column, meaning=Meaning(f"{role}_{_part(column)}", None, column.meaning.rank)) if _role(column) == other else column
        for column in columns
    )


def _role(column: Column) -> str:
    return (column.meaning.field or "").partition("_")[0]


def _part(column: Column) -> str:
    return (column.meaning.field or "").partition("_")[2]


def _of_only_parent(columns: tuple[Column, ...]) -> tuple[Column, ...]:
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
