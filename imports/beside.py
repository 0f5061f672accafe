"""Whose a plain heading is that stands beside a parent's name: in "Họ tên mẹ, Năm sinh, SĐT" year and phone are the mother's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from imports.column import Column
from imports.headings import Meaning

ENDS_IT = frozenset({"number", "full_name", "family_name", "given_name", "unit", "sex", "is_male", "is_female"}) | {
    "pupil_code", "staff_code", "bhxh_code", "health_card",
}  # fmt: skip
_OF_GUARDIAN = {"phone": "phone", "personal_id": "personal_id", "old_id": "personal_id"}
_NOT_KEPT = frozenset({"birth_date", "email", "position"})


def with_parents_columns(columns: Sequence[Column]) -> tuple[Column, ...]:
    """The columns with those of parents named so. Left of any parent, and below a label of their own, headings mean the person."""
    return tuple(_read_along(columns))


def _read_along(columns: Sequence[Column]) -> Iterator[Column]:
    counts = Counter(column.meaning.field for column in columns)
    role, several, named_last = None, False, False  # whose columns these are; after two names in a row that can't be told
    for column in sorted(columns, key=lambda c: c.index):
        field = column.meaning.field or ""
        name, _, part = field.partition("_")
        names_somebody = part in ("name", "contact") and field not in ("full_name", "family_name", "given_name", "middle_name")
        if names_somebody and column.why == "heading":
            role, several = name, named_last
        elif names_somebody or field in ENDS_IT:  # below a label, which says itself how far it reaches
            role = None
        named_last = names_somebody
        yield _of_parent(column, role, several, alone=counts[field] == 1) if role and column.why == "heading" else column


def _of_parent(column: Column, role: str, several: bool, *, alone: bool) -> Column:
    field, rank = column.meaning.field or "", column.meaning.rank
    if field in _NOT_KEPT and (not alone or (field == "birth_date" and rank)):  # "Ngày sinh" alone is the person's own wherever it stands
        return replace(column, meaning=Meaning(None, "not-needed"))
    if field == "relation" and not alone:
        return replace(column, meaning=Meaning(f"{role}_relation", None, rank))
    if field in _OF_GUARDIAN and not several:
        return replace(column, meaning=Meaning(f"{role}_{_OF_GUARDIAN[field]}", None, rank))
    return column
