"""Where a sheet's header stands, what its columns mean, and what the titles above it say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from app.domain.names import fold, tidy
from imports.files.cells import Cell, Merge, Sheet, shown
from imports.headings.beside import with_parents_columns
from imports.headings.birth_parts import with_birth_parts
from imports.headings.childrens_columns import without_childrens
from imports.headings.code_columns import with_codes
from imports.headings.column import Column
from imports.headings.contact_persons import lists_grown_ups, with_contact_persons
from imports.headings.earlier_years import without_earlier_years
from imports.headings.form_senders import without_microsofts, without_senders
from imports.headings.head_columns import with_heads
from imports.headings.header_rows import find_header, header_from
from imports.headings.insurance_columns import with_insurance
from imports.headings.meaning import meaning, meaning_under
from imports.headings.name_heads import NAMES, heads_names, with_names
from imports.headings.only_parent import with_only_parent
from imports.headings.plain_headings import NAME_OF_SOMEBODY, Meaning
from imports.headings.relation_columns import with_relations
from imports.judges.usual_names import is_usual_name
from imports.sheets.hints import is_hint
from imports.sheets.labels_above import labels_above
from imports.units.departments import labelled_in

_COLUMN_NUMBER = re.compile(r"\(?\s*(?:\d{1,2}|[A-Za-z])\s*\)?(?:\s*=.*)?")
_MOST_ROWS = 5  # of a header with merged cells
_MOST_BELOW = 3  # rows that number the columns or say how to fill them in
_NEARLY_ALL = 0.8
_LOOKED_AT = 300  # rows, to see what a column without a heading holds


@dataclass(frozen=True, slots=True)
class Layout:
    """How a sheet is laid out; rows are 0-based, `end` is the one after the last. `headers`: its rows, folded, to know them again."""

    header_row: int
    first_row: int
    end: int
    columns: tuple[Column, ...]
    titles: tuple[str, ...]
    headers: tuple[tuple[str, ...], ...]

    @property
    def names_people(self) -> bool:
        return any(column.meaning.field in NAMES for column in self.columns)


def find_layout(sheet: Sheet) -> Layout | None:
    """The layout of a sheet, or None where no row of the first ones names people and something about them."""
    header = find_header(sheet.rows)
    layout = header and _layout(sheet, header)
    return layout if layout and layout.names_people else None


def layout_at(sheet: Sheet, header_row: int) -> Layout:
    """The layout of a sheet whose header begins in this row, whatever its headings mean."""
    return _layout(sheet, header_from(sheet.rows, header_row))


def layout_without_header(sheet: Sheet) -> Layout:
    """The layout of a sheet that has people from its first row on: no column is known until somebody names it."""
    return Layout(-1, 0, len(sheet.rows), (), (), ())


def _layout(sheet: Sheet, header: range) -> Layout:
    header = _as_high_as_merged(sheet, header)
    lines = sheet.rows[header.start : header.stop]
    first = header.stop
    headers = tuple(tuple(fold(shown(cell)) for cell in line) for line in lines)
    columns = _columns([labels_above(sheet, header), *lines])
    while first < min(len(sheet.rows), header.stop + _MOST_BELOW) and _is_of_header(sheet.rows[first], columns):
        first += 1
    below = sheet.rows[first : first + _LOOKED_AT]
    titles = titles_of(sheet.rows[: header.start])
    columns = without_childrens(without_microsofts(columns, below), below, titles, sheet.name)
    columns, whose = with_names(columns, below)
    columns = _split_names(columns, sheet.merges, header, len(lines[0])) or _given_names_beside(columns, below)
    columns = _given_names_of(_family_names_beside(columns, below), below)
    columns = with_relations(columns, below)
    columns = without_earlier_years(columns, below)
    columns = with_insurance(with_codes(columns, below), below)
    columns = without_childrens(with_heads(columns, below, titles, sheet.name, whose), below, titles, sheet.name)
    of_staff = lists_grown_ups(columns, titles, sheet.name)
    columns = with_parents_columns(with_birth_parts(columns), below, of_staff=of_staff)
    columns = without_senders(with_only_parent(columns), titles, sheet.name)
    columns = _births_by_sex(columns, below)
    return Layout(header.start, first, len(sheet.rows), with_contact_persons(columns, titles, sheet.name), titles, headers)


def _is_of_header(line: Sequence[Cell], columns: Sequence[Column]) -> bool:
    """Whether a row below the headings still belongs to them."""
    names = {column.index for column in columns if column.meaning.field in NAMES}
    number = next((column.index for column in columns if column.meaning.field == "number"), None)
    return numbers_the_columns(line) or is_hint(line, names, number)


def _as_high_as_merged(sheet: Sheet, header: range) -> range:
    """A header is as high as the cell "Họ và tên" in it is merged, whatever its lower rows hold."""
    stop = header.stop
    for (top, left), (bottom, _) in sheet.merges:
        if top in header and header.stop <= bottom < header.start + _MOST_ROWS and heads_names(shown(sheet.rows[top][left])):
            stop = max(stop, bottom + 1)
    return range(header.start, min(stop, len(sheet.rows)))


def titles_of(lines: Sequence[Sequence[Cell]]) -> tuple[str, ...]:
    """The texts of rows above a header, tidy; "Lớp:" once more with what stands beside it."""
    found = []
    for line in lines:
        found += [tidy(cell) for cell in line if isinstance(cell, str) and cell.strip()]
        found += labelled_in(line)
    return tuple(found)


def _columns(lines: Sequence[Sequence[Cell]]) -> tuple[Column, ...]:
    """The columns that have a heading: the lowest text of each is its heading, what stands over it are labels, the nearest first."""
    columns = []
    last = [""] * len(lines)
    for index in range(len(lines[-1])):
        texts = [shown(line[index]).strip() for line in lines]
        for place, text in enumerate(texts):
            if text and place:  # the labels' row is spread already
                last[place:] = [text, *[""] * (len(lines) - place - 1)]  # a new label above ends those below it
        lowest = max((place for place, text in enumerate(texts) if text and place), default=0)
        if lowest:
            above = [texts[0], *last[1:lowest]]
            columns.append(_column(index, texts[lowest], [label for label in reversed(above) if label and label != texts[lowest]]))
    return tuple(columns)


def _column(index: int, text: str, labels: list[str]) -> Column:
    heading = tidy(f"{labels[0]} / {text}" if labels else text)
    for label in labels:
        found = meaning_under(label, text)
        if found is not None:
            return Column(index, heading, found, "heading-above")
    return Column(index, heading, meaning(text))


def _split_names(columns: tuple[Column, ...], merges: Sequence[Merge], header: range, width: int) -> tuple[Column, ...] | None:
    """A heading "Họ và tên" merged over two columns (or three) with nothing below it: the family name left, the given name right."""
    taken = {column.index for column in columns}
    for column in columns:
        if column.meaning.field != "full_name":
            continue
        for (top, left), (_, right) in merges:
            over = right - left in (1, 2) and right < width and taken.isdisjoint(range(left + 1, right + 1))
            if over and left == column.index and top in header:
                middle = (Column(left + 1, column.heading, Meaning("middle_name"), "heading-above"),) if right - left == 2 else ()
                return (*columns, *middle, Column(right, column.heading, Meaning("given_name"), "heading-above"))
    return None


def _given_names_beside(columns: tuple[Column, ...], lines: Sequence[Sequence[Cell]]) -> tuple[Column, ...]:
    """The same without a merged cell: right of "Họ và tên" a column without a heading that holds one word beside nearly every name."""
    taken = {column.index for column in columns}
    for column in columns:
        beside = column.index + 1
        if column.meaning.field != "full_name" or beside in taken or not lines or beside >= len(lines[0]):
            continue
        cells = [line[beside] for line in lines if line[column.index] != ""]
        words = sum(isinstance(cell, str) and len(cell.split()) == 1 and cell.isalpha() for cell in cells)
        if words and words >= 0.8 * len(cells):
            return (*columns, Column(beside, column.heading, Meaning("given_name"), "values"))
    return columns


def _family_names_beside(columns: tuple[Column, ...], lines: Sequence[Sequence[Cell]]) -> tuple[Column, ...]:
    """Left of "Tên" alone, a column whose heading says nothing and that holds family names: "Họ" and "tên" of one heading that was cut."""
    fields = {column.meaning.field: column.index for column in columns}
    beside = fields.get("given_name", 0) - 1
    if beside < 0 or {"full_name", "family_name"} & fields.keys():
        return columns
    at = next((column for column in columns if column.index == beside), None)
    cells = [line[beside] for line in lines if line[beside + 1] != ""]
    names = sum(isinstance(cell, str) and is_usual_name(f"{cell} x") for cell in cells)
    if (at and at.meaning.is_known) or not cells or names < _NEARLY_ALL * len(cells):
        return columns
    found = Column(beside, at.heading if at else "", Meaning("family_name"), "values")
    return (*(column for column in columns if column is not at), found)


def _given_names_of(columns: tuple[Column, ...], lines: Sequence[Sequence[Cell]]) -> tuple[Column, ...]:
    """Beside a column of family names "Tên HS" is the given name, not the whole one; unless it says the family name again."""
    family = next((column for column in columns if column.meaning.field in ("family_name", "middle_name")), None)
    at = next((column for column in columns if column.meaning == NAME_OF_SOMEBODY and column.why == "heading"), None)
    if family is None or at is None:
        return columns
    pairs = [(shown(line[family.index]).split(), shown(line[at.index]).split()) for line in lines]
    whole = [name[:1] == before[:1] and len(name) > 1 for before, name in pairs if before and name]
    if 2 * sum(whole) > len(whole):
        return tuple(column for column in columns if column.meaning.field not in ("family_name", "middle_name"))
    return tuple(replace(column, meaning=Meaning("given_name")) if column is at else column for column in columns)


def _births_by_sex(columns: tuple[Column, ...], lines: Sequence[Sequence[Cell]]) -> tuple[Column, ...]:
    """Columns Nam and Nữ that hold years or dates instead of marks: the birth dates of men and of women."""
    marks = {"is_male": "birth_if_male", "is_female": "birth_if_female"}
    places = [column.index for column in columns if column.meaning.field in marks]
    cells = [line[place] for line in lines for place in places if line[place] != ""]
    if len(places) != 2 or not cells or sum(map(_is_birth, cells)) < 0.8 * len(cells):
        return columns
    return tuple(
        replace(column, meaning=Meaning(marks[column.meaning.field]), why="values") if column.meaning.field in marks else column
        for column in columns
    )


def _is_birth(cell: Cell) -> bool:
    return isinstance(cell, date) or re.fullmatch(r"(?:\d{1,2}[/.-]\d{1,2}[/.-])?(?:19|20)\d\d", shown(cell).strip()) is not None


def numbers_the_columns(line: Sequence[Cell]) -> bool:
    """The row "(1) (2) (3)" or "A B 1 2" that official forms have below the header."""
    texts = [shown(cell).strip() for cell in line if cell != ""]
    return len(texts) > 2 and len(set(texts)) == len(texts) and all(_COLUMN_NUMBER.fullmatch(text) for text in texts)
