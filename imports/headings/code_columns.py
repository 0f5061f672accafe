"""Columns of codes whose heading leaves open whose they are ("Mã thẻ", "Mã số", "ID"): their values tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.domain.names import fold
from imports.files.cells import Cell, shown
from imports.headings.column import Column
from imports.headings.contact_persons import lists_pupils
from imports.headings.meaning import UNKNOWN
from imports.headings.name_heads import NAMES
from imports.headings.plain_headings import Meaning, heading_of, length_without_subject
from imports.judges.codes import MINISTRY_WIDTH, are_badges, owners_of

_ANY_CARD = ("ma the", "so the", "ma so the")
_ANY_CODE = ("ma so", "ma", "code")
_ID_WORDS = frozenset({"id", "no", "number", "code"})
_ID_DIGITS = range(8, 13)  # of an identity paper's number, also one that lost a zero
_NEARLY_ALL, _HALF = 0.8, 0.5


def with_codes(columns: tuple[Column, ...], lines: Sequence[Sequence[Cell]]) -> tuple[Column, ...]:
    """The columns with such a one named as what its values, in these rows, show it to be."""
    return _by_letters(_ids(_badges(columns, lines), lines), lines)


def _badges(columns: tuple[Column, ...], lines: Sequence[Sequence[Cell]]) -> tuple[Column, ...]:
    """ "Mã thẻ" alone is a health card's number or a badge's."""
    at = next((column for column in columns if fold(column.heading) in _ANY_CARD and _may_be_a_card(column)), None)
    if at is None or any(column.meaning.field == "staff_code" for column in columns):
        return columns
    texts = _beside_names(columns, lines, at.index)
    if not at.meaning.is_known and (_come_again(texts) or lists_pupils(columns, (), "")):
        return columns
    return _named(columns, at, "staff_code") if are_badges(texts) else columns


def _may_be_a_card(column: Column) -> bool:
    return column.meaning.field == "health_card" or not column.meaning.is_known


def _come_again(texts: Sequence[str]) -> bool:
    return len(set(filter(None, texts))) < _NEARLY_ALL * sum(map(bool, texts))


def _ids(columns: tuple[Column, ...], lines: Sequence[Sequence[Cell]]) -> tuple[Column, ...]:
    """ "ID", "ID học sinh": an identity card's number, or a code of the institution's or of its program's own. That is kept where it has
    letters or the heading says whose it is."""
    at = next((column for column in columns if column.meaning.field == "personal_id" and _is_id(column)), None)
    texts = list(filter(None, _beside_names(columns, lines, at.index))) if at else []
    if at is None:
        return columns
    widths = [sum(map(str.isdigit, text)) for text in texts if not (_says_pupils(at) and len(text) == MINISTRY_WIDTH)]
    if sum(width in _ID_DIGITS for width in widths) >= _HALF * max(len(texts), 1):
        return columns
    field = owners_of(texts)
    if field is None and not _come_again(texts) and (any(map(str.isalpha, "".join(texts))) or len(heading_of(at.heading).folded) > 1):
        field = "pupil_code" if _says_pupils(at) or lists_pupils(columns, (), "") else "staff_code"
    free = field and all(column.meaning.field != field for column in columns)
    return _named(columns, at, field if free else None)


def _is_id(column: Column) -> bool:
    words = heading_of(column.heading).folded
    return "id" in words and _ID_WORDS.issuperset(words[: length_without_subject(words)])


def _says_pupils(column: Column) -> bool:
    return not {"hs", "sinh", "sv", "hssv", "tre", "be", "chau", "hv"}.isdisjoint(heading_of(column.heading).folded)


def _by_letters(columns: tuple[Column, ...], lines: Sequence[Sequence[Cell]]) -> tuple[Column, ...]:
    """ "Mã số" alone, of codes that say themselves whose they are."""
    at = next((column for column in columns if fold(column.heading) in _ANY_CODE and not column.meaning.is_known), None)
    if at is None:
        return columns
    field = owners_of(_beside_names(columns, lines, at.index))
    return _named(columns, at, field) if field and all(column.meaning.field != field for column in columns) else columns


def _named(columns: tuple[Column, ...], at: Column, field: str | None) -> tuple[Column, ...]:
    found = Meaning(field) if field else UNKNOWN
    return tuple(replace(column, meaning=found, why="values") if column is at else column for column in columns)


def _beside_names(columns: tuple[Column, ...], lines: Sequence[Sequence[Cell]], index: int) -> list[str]:
    """One column's texts, of rows that name somebody."""
    names = [column.index for column in columns if column.meaning.field in NAMES]
    return [shown(line[index]).strip() for line in lines if any(line[name] != "" for name in names)]
