"""Whose a plain heading is that stands beside a parent's name: in "Họ tên mẹ, Năm sinh, SĐT" year and phone are the mother's. Where the
headings beside the name say themselves whose they are ("Năm sinh mẹ", "SĐT mẹ"), one that doesn't is the listed person's. A telephone right
of both parents, of whom neither has one, is either's: nobody's, unless the list is of staff."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from app.domain.names import fold
from imports.files.cells import Cell
from imports.headings.column import EITHERS, Column
from imports.headings.guardian_headings import CONTACT_ROLES, roles_taken_out
from imports.headings.meaning import meaning
from imports.headings.number_owners import NumberOwners
from imports.headings.plain_headings import Meaning, heading_of

ENDS_IT = frozenset({"number", "full_name", "family_name", "given_name", "unit", "sex", "is_male", "is_female"}) | {
    "pupil_code", "staff_code", "bhxh_code", "health_card",
}  # fmt: skip
_OF_GUARDIAN = {"phone": "phone", "personal_id": "personal_id", "old_id": "personal_id"}
_NOT_KEPT = frozenset({"birth_date", "email", "position"})
_OF_CONTACT = frozenset({"phone", "relation"})  # nobody asks for more of whom to call
_PERSONS_OWN = re.compile(r"\b(?:hoc sinh|hs|sinh vien|sv|hoc vien|hv|tre|chau|nhan vien|nv|nguoi lao dong|nld)$")
_RELATION = ("quan", "he")  # "Quan hệ với phụ huynh" asks what they are, and says nothing of the columns beside it
_PARENTS = frozenset({"father", "mother", "parent"})
_NUMBERED = re.compile(r"(?P<text>.*[^\W\d])\W*(?P<number>[12])\W*")  # "Quan hệ 1"


def with_parents_columns(columns: Sequence[Column], lines: Sequence[Sequence[Cell]] = (), *, of_staff: bool = False) -> tuple[Column, ...]:
    """The columns with those of parents named so. Left of any parent, and below a label of their own, headings mean the person. `lines`:
    the rows below, in which a number can tell better whose it is; `of_staff`: whether the list is of grown-ups, who have a telephone."""
    return tuple(_read_along(columns, NumberOwners(columns, lines), of_staff=of_staff))


def _read_along(columns: Sequence[Column], owners: NumberOwners, *, of_staff: bool) -> Iterator[Column]:
    counts = Counter(column.meaning.field for column in columns)
    roles = {(column.meaning.field or "").partition("_")[0] for column in columns}
    role, several, named_last = None, False, False  # whose columns these are; after two names in a row that can't be told
    own: set[str] = set()  # what the person has in a column left of any parent
    parents: set[str] = set()  # what headings right of the last name say to be a parent's, "" for what isn't kept
    named: set[str] = set()  # parents, so far
    has_phone = False  # one of them has
    under: tuple[str, str] | None = None  # the label over a father or mother, and which of them
    for column in sorted(columns, key=lambda c: c.index):
        field = column.meaning.field or ""
        name, _, part = field.partition("_")
        names_somebody = part in ("name", "contact") and field not in ("full_name", "family_name", "given_name", "middle_name")
        if names_somebody and column.why == "heading":
            role, several = name, named_last and name not in CONTACT_ROLES
            named |= {name} & _PARENTS
        elif names_somebody or field in ENDS_IT or (role in CONTACT_ROLES and field and field not in _OF_CONTACT):
            role = None  # below a label, which says itself how far it reaches, too
        named_last = names_somebody
        parents = set() if names_somebody else parents | _said_to_be_a_parents(column)
        own |= {_OF_GUARDIAN[field]} if role is None and field in _OF_GUARDIAN else set()
        label = column.heading.rpartition(" / ")[0]
        if names_somebody:
            under = (label, name) if name in ("father", "mother") else None
        of_two = several or (role in _PARENTS and len(named) > 1 and not has_phone)
        has_phone |= name in _PARENTS and part in ("phone", "contact")
        has_phone |= role in _PARENTS and field == "phone" and not of_two
        if role and column.why == "heading":
            yield (
                _of_numbered(column, role, roles)
                or (_of_either(column, of_staff=of_staff) if of_two and "phone" not in parents else None)
                or _where_parents_are_named(column, role, parents, own, owners)
                or _of_parent(column, role, several, alone=counts[field] == 1)
            )
        elif column.why == "heading-above" and under and under[0] == label and name in ("parent", "guardian") and part in _OF_GUARDIAN:
            yield replace(column, meaning=Meaning(f"{under[1]}_{part}", None, column.meaning.rank))
        else:
            yield column


def _of_either(column: Column, *, of_staff: bool) -> Column | None:
    """A bare telephone right of two parents: either's, which of them isn't said; in a list of staff the listed person's."""
    if column.meaning.field != "phone":
        return None
    return column if of_staff or is_persons_own(column) else replace(column, meaning=Meaning(None, EITHERS))


def _where_parents_are_named(column: Column, role: str, parents: set[str], own: set[str], owners: NumberOwners) -> Column | None:
    """A heading that names no parent, as the listed person's: because the births in the numbers say so, or because the headings beside it
    do name them. A telephone is so only where a parent's is named."""
    kept = _OF_GUARDIAN.get(column.meaning.field or "")
    owner = owners.of(column) if kept == "personal_id" and role not in CONTACT_ROLES else None
    if kept is None or owner == "parent" or not (owner or kept in parents or (parents and kept not in own)):
        return None
    return None if kept == "phone" and kept not in parents and not is_persons_own(column) else column


def _said_to_be_a_parents(column: Column) -> set[str]:
    """What of a parent's a heading names that says itself whose it is ("SĐT mẹ"); a name beside others says nothing of their style."""
    heading = heading_of(column.heading)
    if column.why != "heading" or heading.folded[:2] == _RELATION or not roles_taken_out(heading)[0]:
        return set()
    return {(column.meaning.field or "").partition("_")[2]}


def _of_numbered(column: Column, role: str, roles: set[str]) -> Column | None:
    """ "Quan hệ 1" and "CCCD 2" right of "Người giám hộ 1" and "Người giám hộ 2": the number says whose it is."""
    found, first = _NUMBERED.fullmatch(column.heading), role.removesuffix("2")
    if found is None or not {first, f"{first}2"} <= roles:
        return None
    field = meaning(found["text"]).field or ""
    if field in _NOT_KEPT:
        return replace(column, meaning=Meaning(None, "not-needed"))
    part = "relation" if field == "relation" else _OF_GUARDIAN.get(field)
    return replace(column, meaning=Meaning(f"{first}{found['number'].replace('1', '')}_{part}")) if part else None


def is_persons_own(column: Column) -> bool:
    """Whether a heading says itself that it is the listed person's: "SĐT học sinh", "SĐT cá nhân"."""
    heading = fold(column.heading)
    return _PERSONS_OWN.search(heading) is not None or (column.meaning.field == "phone" and heading.endswith("ca nhan"))


def _of_parent(column: Column, role: str, several: bool, *, alone: bool) -> Column:
    field, rank = column.meaning.field or "", column.meaning.rank
    if is_persons_own(column):
        return column
    if field in _NOT_KEPT and (not alone or (field == "birth_date" and rank)):  # "Ngày sinh" alone is the person's own wherever it stands
        return replace(column, meaning=Meaning(None, "not-needed"))
    if field == "relation" and not alone:
        return replace(column, meaning=Meaning(f"{role}_relation", None, rank))
    if field in _OF_GUARDIAN and not several:
        return replace(column, meaning=Meaning(f"{role}_{_OF_GUARDIAN[field]}", None, rank))
    return column
