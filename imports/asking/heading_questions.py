"""Questions about headings: two of one kind, and sheets that list people below no header."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from imports.files.cells import Cell, Sheet
from imports.judges.usual_names import is_usual_name
from imports.people.table_people import TablePeople
from imports.values import Question

_LONG_NUMBER = re.compile(r"\d{12}|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}")
_LOOKED_AT, _ENOUGH = 200, 3
_SHEETS_NAMED = 8


def two_headings(table: TablePeople) -> Iterator[Question]:
    for field, first, second, _ in table.disputes:
        yield Question(
            table.sheet,
            second.letters,
            "two-headings",
            "Sheet %(sheet)s has two columns for the same thing: %(first)s (column %(first_column)s) and %(second)s "
            "(column %(second_column)s). Which one is meant?",
            (
                ("sheet", table.sheet),
                ("field", field),
                ("first", first.heading),
                ("first_column", first.letters),
                ("second", second.heading),
                ("second_column", second.letters),
            ),
        )


def no_header(sheet: str) -> Question:
    return Question(
        sheet,
        None,
        "no-header",
        "Sheet %(sheet)s seems to list people, but no row of headings was found. Which row is it, and what do the columns hold?",
        (("sheet", sheet),),
    )


def only_hidden(sheets: Sequence[str]) -> Question:
    named = ", ".join(sheets[:_SHEETS_NAMED]) + ("…" if len(sheets) > _SHEETS_NAMED else "")
    return Question(
        sheets[0],
        None,
        "only-hidden",
        "Nobody stands on the sheets that the workbook shows, but hidden ones seem to list people: %(sheets)s. Tick below the sheets "
        "that are meant.",
        (("sheets", named),),
    )


def lists_people_without_header(sheet: Sheet) -> bool:
    """Whether several rows have a name such as Vietnamese people have, with a date or an identity number beside it. Teachers with their
    phones, in a table of classes, are no such list."""
    found = 0
    for line in sheet.rows[:_LOOKED_AT]:
        if any(is_usual_name(cell) for cell in line if isinstance(cell, str)) and any(map(_is_detail, line)):
            found += 1
            if found == _ENOUGH:
                return True
    return False


def _is_detail(cell: Cell) -> bool:
    if isinstance(cell, str):
        return _LONG_NUMBER.search(cell.replace(" ", "")) is not None
    return isinstance(cell, date) or (isinstance(cell, (int, float)) and cell >= 1e10)
