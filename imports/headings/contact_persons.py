"""Whose the columns of a contact person are ("Người liên hệ", "Khi cần báo tin"): in a list of pupils a parent's or guardian's; of staff,
somebody's who isn't kept. Where nothing tells which list it is, nobody's: the telephone may be the person's own. Which list it is, is told
here, and what is said of a telephone that is nobody's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from app.domain.names import fold
from imports.headings.beside import is_persons_own
from imports.headings.column import EITHERS, WHOSE, Column
from imports.headings.guardian_headings import CONTACT_ROLES
from imports.headings.plain_headings import Meaning
from imports.units.names import unit_of_sheet
from imports.values import Finding, Severity

_NOBODYS = Finding(
    Severity.WARNING,
    "whose-phone",
    "This may be the telephone of a contact person or the person's own, so it was not taken. Say what the column holds.",
)
_EITHER_PARENTS = Finding(
    Severity.WARNING,
    "which-parents-phone",
    "This telephone stands beside two parents or guardians and may be either's, so it was not taken. Say what the column holds.",
)
NOBODYS = {WHOSE: _NOBODYS, EITHERS: _EITHER_PARENTS}  # by why a column of telephones is not taken
_PUPILS = re.compile(r"danh sách.*\b(?:học sinh|hs|trẻ|cháu|sinh viên|sv|học viên)\b", re.IGNORECASE)
_STAFF = re.compile(
    r"danh sách.*\b(?:cán bộ|nhân viên|giáo viên|giảng viên|viên chức|công chức|lao động|công nhân|nhân sự|cb\w*)\b|công ty\b",
    re.IGNORECASE,
)
_CLASS = re.compile(r"\blớp\s*:?\s+\S", re.IGNORECASE)
_OF_PUPILS = frozenset("hoc sinh vien hs sv tre chau lop con em".split())
_TO_CALL = re.compile(r"\blien (?:he|lac)\b")
_GUARDIANS = ("father", "mother", "parent", "guardian")
_PLACES = ("parent", "parent2")  # a guardian who isn't said to be father, mother or anybody else


def with_contact_persons(columns: tuple[Column, ...], titles: Sequence[str], sheet: str) -> tuple[Column, ...]:
    """The columns with those of contact persons named as what they are in such a list. Rows with one of nobody's are warned of."""
    if not any(_part(column) for column in columns):
        return columns
    pupils, staff = lists_pupils(columns, titles, sheet), _lists_staff(columns, titles)
    columns = tuple(_telephones(columns, may_be_own=staff and not pupils))
    if pupils == staff:
        return tuple(replace(c, meaning=Meaning(None, WHOSE)) if _part(c) else c for c in columns)
    if staff:
        return tuple(replace(c, meaning=Meaning(None, "not-needed")) if _part(c) else c for c in columns)
    taken = {_role(column) for column in columns}
    free = [place for place in _PLACES if place not in taken]
    roles = dict(zip(sorted(taken & set(CONTACT_ROLES)), free, strict=False))
    return tuple(_as(column, roles) if _part(column) else column for column in columns)


def _role(column: Column) -> str:
    return (column.meaning.field or "").partition("_")[0]


def _part(column: Column) -> str:
    return (column.meaning.field or "").partition("_")[2] if _role(column) in CONTACT_ROLES else ""


def _as(column: Column, roles: dict[str, str]) -> Column:
    role = roles.get(_role(column))
    found = Meaning(f"{role}_{_part(column)}", None, column.meaning.rank) if role else Meaning(None, WHOSE)
    return replace(column, meaning=found)


def _telephones(columns: Sequence[Column], *, may_be_own: bool) -> Iterable[Column]:
    """A contact person without a telephone right of them: "SĐT liên hệ" is theirs, and the list's only "SĐT" may be."""
    parts = {_part(column) for column in columns}
    phones = [column for column in columns if column.meaning.field == "phone" and not is_persons_own(column)]
    if not phones or parts & {"phone", "contact"} or "name" not in parts:
        return columns
    theirs = [column for column in phones if _TO_CALL.search(fold(column.heading))]
    if theirs:
        return [replace(c, meaning=Meaning("contact_phone", None, c.meaning.rank)) if c in theirs else c for c in columns]
    beside = {column.index + step for column in columns if _part(column) == "name" for step in (-1, 1)}
    if len(phones) > 1 or (may_be_own and phones[0].index not in beside):
        return columns
    return [replace(column, meaning=Meaning(None, WHOSE)) if column is phones[0] else column for column in columns]


def lists_pupils(columns: Sequence[Column], titles: Sequence[str], sheet: str) -> bool:
    """By a column that only a school has, by what a title says, or by the class in it or in the sheet's name."""
    return any(_role(c) in _GUARDIANS for c in columns) or _says_pupils(columns, titles, sheet)


def lists_grown_ups(columns: Sequence[Column], titles: Sequence[str], sheet: str) -> bool:
    """Whether staff is listed for sure, though the list tells of parents: by codes or positions left of them, or a title, and nothing of a
    school's."""
    parents = min((c.index for c in columns if _role(c) in _GUARDIANS), default=len(columns))
    of_work = any(c.meaning.field in ("staff_code", "position") and c.index < parents for c in columns)
    return (of_work or any(map(_STAFF.search, titles))) and not _says_pupils(columns, titles, sheet)


def _says_pupils(columns: Sequence[Column], titles: Sequence[str], sheet: str) -> bool:
    if any(c.meaning.field == "pupil_code" for c in columns):
        return True
    if any(c.meaning.field in ("unit", "full_name") and _OF_PUPILS.intersection(fold(c.heading).split()) for c in columns):
        return True
    return unit_of_sheet(sheet) is not None or any(_PUPILS.search(title) or _CLASS.search(title) for title in titles)


def _lists_staff(columns: Sequence[Column], titles: Sequence[str]) -> bool:
    fields = {column.meaning.field for column in columns}
    of_units = any(c.meaning.field == "unit" and not _OF_PUPILS.intersection(fold(c.heading).split()) for c in columns)
    return of_units or not fields.isdisjoint(("staff_code", "position")) or any(map(_STAFF.search, titles))
