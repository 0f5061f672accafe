"""Whose the columns of a child are in a list of staff ("Họ tên cán bộ | Họ tên con | Năm sinh | Lớp"): not the person's, though "con"
and "cháu" say who is listed where pupils are. Plain headings right of the child's name are the child's until one is the employee's again;
where neither the columns nor the births tell, nobody's, and that is said."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from app.domain.names import fold
from app.domain.numbers import PERSONAL_ID_WIDTH, personal_id_parts
from imports.files.cells import Cell, shown
from imports.headings.column import WHOSE, Column
from imports.headings.contact_persons import lists_grown_ups
from imports.headings.guardian_headings import roles_taken_out
from imports.headings.meaning import meaning
from imports.headings.name_heads import NAMES, may_head_names
from imports.headings.number_owners import year_of
from imports.headings.plain_headings import STAFF, Meaning, heading_of
from imports.values import Finding, Severity

CHILDS_OR_OWN = "child-or-own"  # why a column is not taken that may be the employee's or the child's
OF_NOBODY = Finding(
    Severity.WARNING,
    "whose-column",
    "This column may be the employee's or the child's named left of it, so it was not taken. Say what the column holds.",
)
_CHILDS = Meaning(None, "not-needed")
_ANYWHERE, _LAST = frozenset({"con", "chau"}), (("be",), ("tre",))
_NUMBER = re.compile(r"[\s(]*(?:thứ\s*)?\d\W*$")  # "Họ tên con (1)"
_OF_CLASSES = re.compile(r"\b(?:lop|truong|class)\b")
_MAY_BE_CHILDS = frozenset(
    {"birth_date", "sex", "is_male", "is_female", "personal_id", "old_id", "bhxh_code", "health_card", "phone", "email"}
)
_BORN_FROM, _BORN_TO = 2009, 2006  # children who are given something on 1 June; workers
_NEARLY_ALL = 0.8


def without_childrens(
    columns: tuple[Column, ...], lines: Sequence[Sequence[Cell]], titles: Sequence[str], sheet: str
) -> tuple[Column, ...]:
    """The columns with those of a child not taken where staff is listed."""
    childs = [column for column in columns if _says_child(column) and (column.meaning.field or _names_somebody(column))]
    if not childs:
        return columns
    first = min(column.index for column in childs)
    own = [column for column in columns if column not in childs]
    names = [column.index for column in own if column.meaning.field in NAMES or _names_staff(column)]
    if not names or any(_names_somebody(column) and column.index < min(names) for column in childs):
        return columns  # left of the employee the child may be who is listed
    if not _lists_grown_ups(own, first, lines, titles, sheet):
        return columns
    found = dict.fromkeys(childs, _CHILDS)
    for column in childs:
        if _names_somebody(column):
            found |= _right_of(column, columns, found, lines)
    return tuple(replace(column, meaning=found[column]) if column in found else column for column in columns)


def _says_child(column: Column) -> bool:
    words = heading_of(_NUMBER.sub("", column.heading)).folded
    of_child = not _ANYWHERE.isdisjoint(words) or words[-1:] in _LAST
    return of_child and not roles_taken_out(heading_of(column.heading))[0]


def _names_staff(column: Column) -> bool:
    named = column.meaning.field in NAMES or may_head_names(column.heading)
    return named and STAFF.search(f" {fold(column.heading)} ") is not None


def _names_somebody(column: Column) -> bool:
    return meaning(column.heading).field in NAMES or meaning(column.heading.rpartition(" / ")[2]).field in NAMES


def _lists_grown_ups(own: Sequence[Column], first: int, lines: Sequence[Sequence[Cell]], titles: Sequence[str], sheet: str) -> bool:
    if any(map(_names_staff, own)):
        return True
    left = [column for column in own if column.index < first]
    if any(column.meaning.field in ("staff_code", "position") or _are_grown_ups(column, lines) for column in left):
        return True
    return lists_grown_ups(left, titles, sheet)


def _right_of(
    child: Column, columns: Sequence[Column], found: dict[Column, Meaning], lines: Sequence[Sequence[Cell]]
) -> dict[Column, Meaning]:
    """What the plain headings right of a child's name are: the child's, or nobody's."""
    section = list(_section(child, columns, found, lines))
    own = {column.meaning.field for column in columns if column not in found and column not in section}
    told = any(_are_childrens(column, lines) for column in section)
    whose = {}
    for column in section:
        field = column.meaning.field
        if field in own or field == "unit" or (told and field != "phone"):
            whose[column] = _CHILDS
        else:
            whose[column] = Meaning(None, WHOSE if field == "phone" else CHILDS_OR_OWN)
    return whose


def _section(child: Column, columns: Sequence[Column], found: dict[Column, Meaning], lines: Sequence[Sequence[Cell]]) -> Iterable[Column]:
    for column in sorted(columns, key=lambda column: column.index):
        if column.index <= child.index or column in found or column.meaning.field is None:
            continue
        field, heading = column.meaning.field, fold(column.heading)
        of_class = field == "unit" and _OF_CLASSES.search(heading)
        if STAFF.search(f" {heading} ") or not (of_class or field in _MAY_BE_CHILDS) or _are_grown_ups(column, lines):
            return
        yield column


def _are_childrens(column: Column, lines: Sequence[Sequence[Cell]]) -> bool:
    years = _years(column, lines)
    return bool(years) and sum(year >= _BORN_FROM for year in years) >= _NEARLY_ALL * len(years)


def _are_grown_ups(column: Column, lines: Sequence[Sequence[Cell]]) -> bool:
    years = _years(column, lines)
    return bool(years) and sum(year <= _BORN_TO for year in years) >= _NEARLY_ALL * len(years)


def _years(column: Column, lines: Sequence[Sequence[Cell]]) -> list[int]:
    """The years of birth that a column tells: dates, or what a 12-digit number holds."""
    cells = [line[column.index] for line in lines if line[column.index] != ""]
    if column.meaning.field == "birth_date":
        return [year for cell in cells if (year := year_of(cell))]
    if column.meaning.field != "personal_id":
        return []
    numbers = [shown(cell).strip() for cell in cells]
    parts = [personal_id_parts(number.rjust(PERSONAL_ID_WIDTH, "0")) for number in numbers if number.isdigit() and len(number) > 9]
    return [one.birth_year for one in parts if one]
