"""Text with separators (.csv, .tsv, .txt): rows as Excel counts them, a quoted line break or not."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from imports.files.grids import Cell, Grid
from imports.files.kinds.letters import Decoded, decoded, letters_are_lost
from imports.files.limits import LAST_ROW, LONGEST_CELL, MAX_CELLS, MAX_COLUMNS
from imports.files.refusals import damaged, too_many_cells, too_many_rows
from imports.values import Note, Unreadable

NAME = "Sheet1"  # as Excel calls the sheet of a file that has none
_SEPARATORS = ";\t,|"
_LOOKED_AT = 200
_TOLD = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_AS_FORMULA = re.compile(r'="(.*)"', re.DOTALL)  # keeps Excel from taking "0123" for a number
_CODE_PAGES = {"cp1258": "Windows-1258", "cp1252": "Windows-1252", "latin-1": "ISO 8859-1"}

csv.field_size_limit(LONGEST_CELL * 4)


def grids_of(data: bytes) -> Iterator[Grid]:
    """The one sheet of the file."""
    text = decoded(data)
    if text is None:
        raise damaged()
    if letters_are_lost(text.text):
        raise Unreadable(
            "letters-lost",
            "Letters of the text were lost when it was saved: question marks stand in their place. Save it again as CSV UTF-8 or as an "
            "Excel workbook (.xlsx).",
        )
    rows = _rows(text.text)
    yield Grid(NAME, rows=rows, notes=_notes(text))


def may_be(head: str) -> bool:
    """Whether the beginning of a text has rows with separators in them."""
    return "\n" in head.replace("\r", "\n") and any(separator in head for separator in _SEPARATORS)


def _notes(text: Decoded) -> tuple[Note, ...]:
    name = _CODE_PAGES.get(text.encoding)
    return (Note(None, "encoding", "The text was read as %(encoding)s", (("encoding", name),)),) if name else ()


def _rows(text: str) -> list[list[Cell]]:
    told = _TOLD.match(text)
    separator = told[1] if told else _separator(text)
    text = text[told.end() :] if told else text  # Excel doesn't show that line
    rows: list[list[Cell]] = []
    width = last = 0
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        while (line := next(reader, None)) is not None:
            last, before = reader.line_num, last
            while line and line[-1].strip() == "":
                line.pop()
            width = max(width, len(line))
            if width > MAX_COLUMNS or width * (len(rows) + 1) > MAX_CELLS:
                raise too_many_cells()
            if len(rows) == LAST_ROW:
                raise too_many_rows()
            rows.append([_cell(cell) for cell in line])
    except csv.Error as error:
        raise _unclosed(len(rows) + 1) from error
    _refuse_open_quote(text, separator, before if rows else 0, len(rows))
    while rows and not rows[-1]:
        rows.pop()
    for row in rows:
        row += [""] * (width - len(row))
    return rows


def _separator(text: str) -> str:
    """The sign that parts the most rows into equally many fields."""
    sample = text[: _LOOKED_AT * 1000]

    def told(separator: str) -> tuple[int, int]:
        try:
            lines = list(islice(csv.reader(io.StringIO(sample, newline=""), delimiter=separator), _LOOKED_AT))
        except csv.Error:
            return 0, 0
        widths = Counter(len(line) for line in lines if len(line) > 1)
        return max(((count * (width - 1), width) for width, count in widths.items()), default=(0, 0))

    return max(_SEPARATORS, key=told)


def _cell(text: str) -> str:
    formula = _AS_FORMULA.fullmatch(text) if text.startswith("=") else None
    return formula[1] if formula else text


def _refuse_open_quote(text: str, separator: str, line: int, rows: int) -> None:
    """A quotation mark that nothing closes swallows all rows below it, in Excel as well: that must not pass in silence."""
    tail = "".join(islice(io.StringIO(text, newline=""), line, None))
    try:
        list(csv.reader(io.StringIO(tail, newline=""), delimiter=separator, strict=True))
    except csv.Error as error:
        if "end of data" in str(error):
            raise _unclosed(rows) from error


def _unclosed(row: int) -> Unreadable:
    return Unreadable(
        "open-quote",
        "A quotation mark in row %(row)s is never closed, so the rows below it can't be told apart. Close or delete it and upload again.",
        row=row,
    )
