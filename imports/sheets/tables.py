"""The tables of one sheet: mostly one, sometimes two side by side, sometimes one below the other with a header of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from app.domain.names import fold
from imports.files.cells import Cell, Sheet, shown
from imports.headings.column import Column
from imports.headings.header_rows import begins_the_list, names_people
from imports.sheets.layout import Layout, layout_at, titles_of
from imports.units.names import unit_of_titles

_BEGINS_LIKE_A_HEADING = ("họ", "ho", "tê", "te", "fu", "na", "HỌ", "HO", "TÊ", "TE", "FU", "NA", "Họ", "Ho", "Tê", "Te", "Fu", "Na")
_LONGEST_HEADING = 60
_TITLE_ROWS, _TITLE_CELLS = 10, 3
_NEARLY_ALL = 0.8


class Table(NamedTuple):
    """A sheet with everything outside the table blanked or below its end."""

    sheet: Sheet
    layout: Layout


def tables_of(sheet: Sheet, layout: Layout) -> list[Table]:
    return [table for side in _side_by_side(sheet, layout) for table in _one_below_the_other(side)]


def _side_by_side(sheet: Sheet, layout: Layout) -> list[Table]:
    """Two tables with the same headings beside each other, as a list is set that would be too long for one page."""
    if not layout.headers:
        return [Table(sheet, layout)]
    headings = [fold(column.heading) for column in layout.columns]
    half = next((place for place, heading in enumerate(headings) if place > 1 and heading == headings[0]), len(headings))
    again = headings[half:]
    names = [any(c.meaning.field == "full_name" for c in columns) for columns in (layout.columns[:half], layout.columns[half:])]
    if len(again) < 2 or headings[: len(again)] != again or not all(names):
        return [Table(sheet, layout)]
    begins = layout.columns[half].index
    left = replace(sheet, rows=[line[:begins] + [""] * (len(line) - begins) for line in sheet.rows])
    right = replace(sheet, rows=[[""] * begins + line[begins:] for line in sheet.rows])
    over_right = titles_of(right.rows[: layout.header_row])
    own = unit_of_titles(over_right) is not None  # a title in the middle is for both
    titles = (titles_of(left.rows[: layout.header_row]), over_right) if own else (layout.titles, layout.titles)
    return [
        Table(side, replace(layout, columns=columns, titles=above, headers=tuple(_only(columns, line) for line in layout.headers)))
        for side, columns, above in ((left, layout.columns[:half], titles[0]), (right, layout.columns[half:], titles[1]))
    ]


def _only(columns: Sequence[Column], line: tuple[str, ...]) -> tuple[str, ...]:
    places = {column.index for column in columns}
    return tuple(text if place in places else "" for place, text in enumerate(line))


def _one_below_the_other(table: Table) -> Iterator[Table]:
    """A header further below with other headings, or the same ones elsewhere, begins a table of its own. The same header again doesn't."""
    sheet, layout = table
    while (row := _next_header(sheet, layout)) is not None:
        yield Table(sheet, replace(layout, end=row))
        layout = replace(layout_at(sheet, row), titles=_titles_above(sheet.rows, row, layout) or layout.titles)
    yield Table(sheet, layout)


def _next_header(sheet: Sheet, layout: Layout) -> int | None:
    for row in _rows_like_headers(sheet.rows, layout):
        line = sheet.rows[row]
        folded = tuple(fold(shown(cell)) for cell in line)
        if any(_is_same(folded, header) for header in layout.headers):
            continue
        if names_people(line) and layout_at(sheet, row).names_people:
            return row
    return None


def _is_same(line: Sequence[str], header: Sequence[str]) -> bool:
    """Whether a row is the header again: nearly all that stands in it stands there too."""
    same = sum(one == other != "" for one, other in zip(line, header, strict=True))
    return same >= 2 and same >= _NEARLY_ALL * sum(map(bool, line))


def _rows_like_headers(rows: Sequence[Sequence[Cell]], layout: Layout) -> Iterator[int]:
    """Rows that may be headers, without a close look at thousands: a row with a running number, or a usual name, is none."""
    number = next((c.index for c in layout.columns if c.meaning.field == "number"), None)
    if number is not None:
        numbers = [line[number] for line in rows[layout.first_row : layout.end]]
        if str in set(map(type, numbers)):
            yield from (row for row, cell in enumerate(numbers, layout.first_row) if type(cell) is str and not cell.isdigit())
        return
    name = next((c.index for c in layout.columns if c.meaning.field in ("full_name", "family_name", "given_name")), 0)
    for row in range(layout.first_row, layout.end):
        cell = rows[row][name]
        if type(cell) is str and (not cell or cell.startswith(_BEGINS_LIKE_A_HEADING)) and len(cell) <= _LONGEST_HEADING:
            yield row


def _titles_above(rows: Sequence[Sequence[Cell]], row: int, above: Layout) -> tuple[str, ...]:
    """The lines between the last person of the table above and a header."""
    first = row
    fields = {column.meaning.field: column.index for column in above.columns}
    while first > max(above.first_row, row - _TITLE_ROWS):
        line = rows[first - 1]
        if sum(cell != "" for cell in line) > _TITLE_CELLS or begins_the_list(fields, line):
            break
        first -= 1
    return titles_of(rows[first:row])
