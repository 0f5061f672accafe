"""What a user said that a workbook means, put in the place of what its headings say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from imports.files.cells import Sheet, letters_of
from imports.files.signs import one_line
from imports.headings.column import Column
from imports.headings.meaning import FIELDS_TO_CHOOSE
from imports.headings.plain_headings import Meaning
from imports.sheets.layout import Layout, layout_at, layout_without_header
from imports.values import Answer, SheetAnswer

_SAID = -1  # comes before all ranks that headings have


class Answers:
    """The answers, by sheet."""

    def __init__(self, answer: Answer | None) -> None:
        self._by_name = {one_line(sheet.name): sheet for sheet in answer.sheets} if answer else {}

    @property
    def want_hidden(self) -> bool:
        """Whether any sheet is to be read although it is hidden."""
        return any(sheet.taken and sheet.though_hidden for sheet in self._by_name.values())

    def meet(self, names: Iterable[str]) -> None:
        """Learn what sheets the workbook has: an answer about a sheet that is gone holds for sheets that came since, if all such agree."""
        here = set(names)
        gone = [sheet for name, sheet in self._by_name.items() if name not in here]
        new = here - self._by_name.keys()
        if gone and all(sheet[1:] == gone[0][1:] for sheet in gone):
            self._by_name |= {name: gone[0]._replace(name=name) for name in new}

    def of(self, sheet: str) -> SheetAnswer | None:
        return self._by_name.get(one_line(sheet))


def answered_layout(sheet: Sheet, found: Layout | None, answer: SheetAnswer | None) -> Layout | None:
    """The layout with what the answer says; `found` is what the reader found by itself. None where nobody knows the header row."""
    if answer is None:
        return found
    if answer.header_row == 0:
        found = layout_without_header(sheet)
    elif answer.header_row is not None and (found is None or answer.header_row != found.header_row + 1):
        found = layout_at(sheet, answer.header_row - 1) if 1 <= answer.header_row <= len(sheet.rows) else None
    if found is None or not answer.fields:
        return found if found and found.names_people else None
    layout = replace(found, columns=tuple(_columns(sheet, found, dict(answer.fields))))
    return layout if any(c.meaning.field in ("full_name", "given_name", "family_name") for c in layout.columns) else None


def _columns(sheet: Sheet, layout: Layout, said: dict[str, str | None]) -> Iterable[Column]:
    """All columns that have a heading or an answer. A field that the answer places stands nowhere else."""
    placed = {field for field in said.values() if field}
    by_letters = {column.letters: column for column in layout.columns}
    for index in range(len(sheet.rows[0])):
        letters = letters_of(index)
        column = by_letters.get(letters)
        if letters in said:
            field = said[letters]
            heading = column.heading if column else ""
            if column and column.meaning.field == field:
                yield replace(column, meaning=column.meaning._replace(rank=_SAID), why="answer") if field else column
            elif field in FIELDS_TO_CHOOSE:
                yield Column(index, heading, Meaning(field, None, _SAID), "answer")
            elif column:
                yield replace(column, meaning=Meaning(None, "left-out"), why="answer")
        elif column:
            yield replace(column, meaning=Meaning(None, "left-out")) if column.meaning.field in placed else column
