"""Where a sheet's header stands, what its columns mean, and what the titles above it say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.names import fold, tidy
from imports.cells import Cell, Merge, Sheet, letters_of, shown
from imports.headings import Meaning, meaning
from imports.limits import MAX_HEADER_ROW

_NAMES = frozenset({"full_name", "given_name"})
_ROWS_TO_COMPARE = 4  # a better header stands close below a row that only looks like one
_COLUMN_NUMBER = re.compile(r"\(?\s*(?:\d{1,2}|[A-Za-z])\s*\)?(?:\s*=.*)?")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a sheet: its place (0-based), its heading as written, and what that means."""

    index: int
    heading: str
    meaning: Meaning

    @property
    def letters(self) -> str:
        return letters_of(self.index)


@dataclass(frozen=True, slots=True)
class Layout:
    """How a sheet is laid out; rows are 0-based. `headers` are the header's rows as folded text, to know them again further below."""

    header_row: int
    first_row: int
    columns: tuple[Column, ...]
    titles: tuple[str, ...]
    headers: tuple[tuple[str, ...], ...]


def find_layout(sheet: Sheet) -> Layout | None:
    """The layout of a sheet, or None where no row of the first ones names people and something about them."""
    row = _header_row(sheet.rows)
    if row is None:
        return None
    first = row + 1
    if first < len(sheet.rows) and _is_second_header(sheet.rows[row], sheet.rows[first]):
        columns = _columns(sheet.rows[first], _spread(sheet.rows[row], sheet.rows[first]), sheet.rows[row])
        first += 1
    else:
        columns = _columns(sheet.rows[row], _labels_above(sheet, row), sheet.rows[row])
    if not any(column.meaning.field in _NAMES for column in columns):
        return None
    columns = _split_names(columns, sheet.merges, row)
    headers = tuple(tuple(fold(shown(cell)) for cell in line) for line in sheet.rows[row:first])
    if first < len(sheet.rows) and _numbers_the_columns(sheet.rows[first]):
        first += 1
    titles = tuple(tidy(cell) for line in sheet.rows[:row] for cell in line if isinstance(cell, str) and cell.strip())
    return Layout(row, first, columns, titles, headers)


def _header_row(rows: Sequence[Sequence[Cell]]) -> int | None:
    best, best_known = None, 1
    for index, line in enumerate(rows[:MAX_HEADER_ROW]):
        if best is not None and index > best + _ROWS_TO_COMPARE:
            break
        meanings = [meaning(cell) for cell in line if isinstance(cell, str) and cell.strip()]
        fields = {m.field for m in meanings}
        known = sum(m.is_known for m in meanings)
        if fields & _NAMES and known > best_known:
            best, best_known = index, known
    if best and _completes(rows[best - 1], rows[best]):
        return best - 1
    return best


def _completes(top: Sequence[Cell], lowest: Sequence[Cell]) -> bool:
    """Whether the row above holds headings for columns that are blank below: the lower half of a two-row header often knows more."""
    return _is_second_header(top, lowest) and any(
        upper != "" and lower == "" and meaning(shown(upper)).field for upper, lower in zip(top, lowest, strict=True)
    )


def _is_second_header(top: Sequence[Cell], sub: Sequence[Cell]) -> bool:
    """Whether the row below the header belongs to it. A first person's row must not: its cells name nothing, or hold digits."""
    filled = [(index, cell) for index, cell in enumerate(sub) if cell != ""]
    if not filled or any(not isinstance(cell, str) or any(c.isdigit() for c in cell) for _, cell in filled):
        return False
    above = _spread(top, sub)
    known = {index for index, cell in filled if meaning(str(cell), above[index]).is_known}
    if any(meaning(shown(top[index])).field in {*_NAMES, "number"} and not _names_a_part(str(cell)) for index, cell in filled):
        return False
    return any(top[index] == "" for index in known) and len(known) >= 0.6 * len(filled)


def _names_a_part(text: str) -> bool:
    return meaning(text).field in ("family_name", "middle_name", "given_name")


def _spread(top: Sequence[Cell], sub: Sequence[Cell]) -> list[str]:
    """The upper header's text over every column that has a lower heading: a merged cell has its text in its first column only."""
    above, last = [], ""
    for upper, lower in zip(top, sub, strict=True):
        last = shown(upper) if upper != "" else last
        above.append(last if lower != "" else shown(upper))
    return above


def _labels_above(sheet: Sheet, row: int) -> list[str]:
    """Labels such as "Thông tin cha" in the row above a complete header, each over as many columns as it is merged over."""
    above = [""] * len(sheet.rows[row])
    for (top, left), (bottom, right) in sheet.merges:
        if top <= row - 1 == bottom and left < len(above):
            over = range(left, min(right + 1, len(above)))  # a merged cell may reach beyond the last filled column
            above[left : over.stop] = [shown(sheet.rows[top][left])] * len(over)
    return above


def _columns(lowest: Sequence[Cell], above: list[str], top: Sequence[Cell]) -> tuple[Column, ...]:
    columns = []
    for index, (lower, label) in enumerate(zip(lowest, above, strict=True)):
        text = shown(lower) if lower != "" else shown(top[index])
        if text.strip():
            heading = f"{label} / {text}" if label.strip() and label != text else text
            columns.append(Column(index, tidy(heading), meaning(text, label if label != text else "")))
    return tuple(columns)


def _split_names(columns: tuple[Column, ...], merges: Sequence[Merge], row: int) -> tuple[Column, ...]:
    """A heading "Họ và tên" merged over two columns with nothing below it: family and middle name left, given name right."""
    taken = {column.index for column in columns}
    for column in columns:
        span = ((row, column.index), (row, column.index + 1))
        if column.meaning.field == "full_name" and span in merges and column.index + 1 not in taken:
            return (*columns, Column(column.index + 1, column.heading, Meaning("given_name")))
    return columns


def _numbers_the_columns(line: Sequence[Cell]) -> bool:
    """The row "(1) (2) (3)" or "A B 1 2" that official forms have below the header."""
    texts = [shown(cell).strip() for cell in line if cell != ""]
    return len(texts) > 2 and all(_COLUMN_NUMBER.fullmatch(text) for text in texts)
