"""Columns of which the heading leaves open what of a person's insurance they hold: "BHXH" over codes or over money, "Số sổ", "Bảo hiểm",
"Mã thẻ BHYT cũ". Their values tell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from app.domain.numbers import BHXH_CODE_WIDTH, CARD_WIDTH, PERSONAL_ID_WIDTH, card_numbers, is_digits
from imports.files.cells import Cell, shown
from imports.headings.column import Column
from imports.headings.meaning import without_counts
from imports.headings.name_heads import NAMES
from imports.headings.plain_headings import Meaning, exact, heading_of
from imports.judges.blanks import says_nothing
from imports.judges.identity import Written, written
from imports.values import Finding, Severity

OLD_CARD = 30  # rank of a heading that calls a card an old one
OLD_CARDS = Finding(
    Severity.WARNING,
    "old-cards",
    "The heading says that these are old cards. Their last ten digits, which stay the same in a new card, were taken as the BHXH codes.",
)
_MAY_BE_MONEY = frozenset({("bhxh",), ("bhyt",)})
_OF_INSURANCE = frozenset(
    tuple(words.split())
    for words in ("bao hiem", "so bao hiem", "ma bao hiem", "ma so bao hiem", "so so bao hiem", "the bao hiem", "so the bao hiem",
                  "ma the bao hiem", "ma so the bao hiem", "bh", "so bh", "ma bh", "ms bh", "ma so bh", "so so bh", "so the bh",
                  "ma the bh", "the bh", "so so", "so so the", "so the", "ma so the")
)  # fmt: skip
_NEARLY_ALL = 0.8
_LONGEST_AMOUNT = 8  # digits
_TOO_LARGE = 100_000_000
_SHORTENED = re.compile(r"\dE\+?\d", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")


def with_insurance(columns: tuple[Column, ...], lines: Sequence[Sequence[Cell]]) -> tuple[Column, ...]:
    """The columns with those named as what their values, in these rows, show: a contribution is not taken; a book's or card's number is
    where no other column has it; so is an old card's, of which the last ten digits stay the same."""
    return tuple(_with_named(_without_contributions(columns, lines), lines))


def _without_contributions(columns: Sequence[Column], lines: Sequence[Sequence[Cell]]) -> list[Column]:
    return [replace(c, meaning=Meaning(None, "not-needed"), why="values") if _holds_no_codes(c, columns, lines) else c for c in columns]


def _holds_no_codes(column: Column, columns: Sequence[Column], lines: Sequence[Sequence[Cell]]) -> bool:
    own = _IN_BRACKETS.sub(" ", column.heading.rpartition(" / ")[2])
    if column.meaning.field not in ("bhxh_code", "health_card") or heading_of(own).folded not in _MAY_BE_MONEY:
        return False
    cells = _filled(columns, lines, column.index)
    return bool(cells) and sum(map(_is_no_code, cells)) >= _NEARLY_ALL * len(cells) and not any(map(_is_number, map(written, cells)))


def _is_no_code(cell: Cell) -> bool:
    """Money, a percent, a word: too few digits for a code, also one that lost its zero. One that Excel has shortened is a code."""
    if isinstance(cell, (int, float)):
        return abs(cell) < _TOO_LARGE
    text = shown(cell)
    return sum(map(str.isdigit, text)) <= _LONGEST_AMOUNT and _SHORTENED.search(text) is None


def _with_named(columns: Sequence[Column], lines: Sequence[Sequence[Cell]]) -> list[Column]:
    named = list(columns)
    for place, column in enumerate(columns):
        if is_old_card(column.heading):
            named[place] = _old_card(column, columns, lines)
        elif not column.meaning.is_known and heading_of(without_counts(column.heading)).folded in _OF_INSURANCE:
            field = _field_of(_filled(columns, lines, column.index))
            if field and field not in _taken(named, lines):
                named[place] = replace(column, meaning=Meaning(field), why="values")
    return named


def _old_card(column: Column, columns: Sequence[Column], lines: Sequence[Sequence[Cell]]) -> Column:
    others = _taken([other for other in columns if other is not column], lines)
    if others.isdisjoint(("bhxh_code", "health_card")) and _field_of(_filled(columns, lines, column.index)):
        return replace(column, meaning=Meaning("health_card", None, OLD_CARD))
    return replace(column, meaning=Meaning(None, "not-needed"))


def is_old_card(heading: str) -> bool:
    """ "Mã thẻ BHYT cũ", "Số thẻ BHYT (năm cũ)"."""
    words, written_ = heading_of(heading.rpartition(" / ")[2])
    if written_[-1:] not in (("cũ",), ("cu",)):
        return False
    words = words[: -2 if words[-2:-1] == ("nam",) else -1]
    found = exact(words) if words else None
    return found is not None and found.field == "health_card"


def _field_of(cells: Sequence[Cell]) -> str | None:
    """Codes of ten digits, or cards of fifteen signs, also among such of ten and twelve digits."""
    texts = [written(cell) for cell in cells]
    codes = sum(map(_is_code, texts))
    cards = sum(len(text) == CARD_WIDTH and card_numbers(text).bhxh_code is not None for text, _ in texts)
    new = sum(len(text) == PERSONAL_ID_WIDTH and is_digits(text) for text, _ in texts)
    if not texts or codes + cards + new < _NEARLY_ALL * len(texts):
        return None
    return "health_card" if cards else "bhxh_code" if codes >= _NEARLY_ALL * len(texts) else None


def _is_number(number: Written) -> bool:
    return _is_code(number) or any(card_numbers(number.text))


def _is_code(number: Written) -> bool:
    text, typed = number
    return is_digits(text) and (len(text) == BHXH_CODE_WIDTH or (len(text) == BHXH_CODE_WIDTH - 1 and not typed))


def _taken(columns: Sequence[Column], lines: Sequence[Sequence[Cell]]) -> set[str]:
    """The fields that have a column with values."""
    return {c.meaning.field for c in columns if c.meaning.field and _filled(columns, lines, c.index)}


def _filled(columns: Sequence[Column], lines: Sequence[Sequence[Cell]], index: int) -> list[Cell]:
    """One column's cells that say something, of rows that name somebody."""
    names = [column.index for column in columns if column.meaning.field in NAMES]
    return [line[index] for line in lines if not says_nothing(line[index]) and any(line[name] != "" for name in names)]
