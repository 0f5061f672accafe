"""Day, month and year of birth in three columns side by side that no heading over them ties together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from imports.headings.column import Column
from imports.headings.plain_headings import Meaning

_PARTS = (
    ("birth_day", frozenset({"ngày", "ngày sinh", "ngay sinh"})),
    ("birth_month", frozenset({"tháng", "tháng sinh", "thang sinh"})),
    ("birth_year", frozenset({"năm", "năm sinh", "nam sinh"})),
)


def with_birth_parts(columns: Sequence[Column]) -> tuple[Column, ...]:
    """The columns with the first such three named so. "Ngày sinh" is the day alone where the month follows it in a column of its own."""
    ordered = sorted(columns, key=lambda column: column.index)
    for place in range(len(ordered) - 2):
        three = ordered[place : place + 3]
        if three[2].index - three[0].index == 2 and all(map(_is_part, three, _PARTS)):
            named = {column.index: field for column, (field, _) in zip(three, _PARTS, strict=True)}
            return tuple(replace(c, meaning=Meaning(named[c.index])) if c.index in named else c for c in columns)
    return tuple(columns)


def _is_part(column: Column, part: tuple[str, frozenset[str]]) -> bool:
    return column.why == "heading" and column.heading.lower() in part[1]
