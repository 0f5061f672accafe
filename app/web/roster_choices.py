"""The form on which somebody says how a file is to be read: what it offers for each sheet, and what was chosen there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import NamedTuple

from flask_babel import gettext

from app.queries.rosters import RosterView
from app.queries.summaries import ColumnUnderstood, SheetUnderstood
from imports.files.cells import letters_of
from imports.files.limits import MAX_HEADER_ROW
from imports.headings.meaning import FIELDS_TO_CHOOSE
from imports.headings.name_heads import NAMES
from imports.values import Answer, SheetAnswer, SheetPreview

_SAMPLES, _LONGEST_SAMPLE, _ROWS_TO_CHOOSE, _MOST_COLUMNS = 3, 40, 12, 100
_MOST_SHEETS = 20  # that an address names
_LETTERS = {letters_of(index): index for index in range(_MOST_COLUMNS)}
LEFT_OUT = "-"  # a column's field in the form where it has none


class Look(NamedTuple):
    """What is to be looked at once the file was read as somebody said: the columns of a header row that was only just pointed out, and the
    sheets that were ticked (their numbers). It goes through the address of the page that shows how far the reading is."""

    columns: bool = False
    ticked: tuple[int, ...] = ()

    @property
    def written(self) -> str | None:
        return "-".join(["columns" if self.columns else "", *map(str, self.ticked)]) if any(self) else None


def look_of(text: str) -> Look:
    first, *numbers = text.split("-")
    return Look(first == "columns", tuple(number for number in map(_number, numbers[:_MOST_SHEETS]) if number is not None))


class Given(NamedTuple):
    """What the form says, and what is to be looked at once the file was read so."""

    answer: Answer
    look: Look


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """One column of the form: what it is taken for, three of its values, and what shows how it is read."""

    letters: str
    heading: str
    field: str | None
    samples: tuple[str, ...]
    why: str
    evidence: str | None
    is_asked: bool


@dataclass(frozen=True, slots=True)
class SheetChoice:
    """One sheet of the form. `lines` are its first rows where its header is to be found by hand, or whether anybody is meant (`hidden`);
    `asks_order` where dates are undecided. `like` is an earlier sheet that has the same columns, and so mostly the same answer."""

    number: int
    name: str
    taken: bool
    hidden: bool
    header_row: int | None
    columns: tuple[ColumnChoice, ...]
    lines: tuple[tuple[int, str], ...]
    asks_order: bool
    month_first: bool | None
    like: SheetChoice | None = None


def nothing_taken(roster: RosterView, look: Look) -> list[int]:
    """The sheets that somebody ticked and of which nothing was taken all the same, without a question that says why."""
    asked = {question.sheet for question in roster.understood.questions}
    ticked = [(number, sheet) for number, sheet in enumerate(roster.understood.sheets) if number in look.ticked]
    return [number for number, sheet in ticked if not sheet.people and sheet.skipped != "left-out" and sheet.name not in asked]


def choices_of(roster: RosterView, previews: Sequence[SheetPreview], meant: Answer | None, ticked: Sequence[int]) -> list[SheetChoice]:
    """`ticked`: sheets of which somebody wants people, though the reader knows none there."""
    seen = {sheet.name: sheet.rows for sheet in previews}
    said = {sheet.name: sheet for sheet in meant.sheets} if meant else {}
    first: dict[tuple[object, ...], SheetChoice] = {}
    choices = []
    for number, sheet in enumerate(roster.understood.sheets):
        choice = _choice(roster, number, seen.get(sheet.name, ()), said.get(sheet.name), is_ticked=number in ticked)
        columns = tuple((column.letters, column.heading, column.field, column.is_asked) for column in choice.columns)
        earlier = first.setdefault((columns, choice.asks_order, choice.month_first), choice)
        is_alike = earlier is not choice and choice.taken and earlier.taken and columns and not choice.lines
        choices.append(replace(choice, like=earlier) if is_alike else choice)
    return choices


def _choice(roster: RosterView, number: int, rows: Sequence[Sequence[str]], said: SheetAnswer | None, *, is_ticked: bool) -> SheetChoice:
    sheet = roster.understood.sheets[number]
    asked = {question.code: question.column for question in roster.understood.questions if question.sheet == sheet.name}
    header_row = sheet.header_row or (said.header_row if said else None)
    read = [column for column in roster.understood.columns if column.sheet == sheet.name]
    by_hand = _is_by_hand(sheet) and (sheet.skipped != "lookup" or is_ticked)
    columns = _unnamed(sheet.name, rows, header_row, dict(said.fields) if said else {}) if by_hand else read
    return SheetChoice(
        number,
        sheet.name,
        is_ticked or sheet.skipped is None or "no-header" in asked or (said is not None and said.taken and said.though_hidden),
        sheet.skipped == "hidden",
        header_row,
        tuple(_column(column, rows, header_row, column.letters in asked.values()) for column in columns),
        tuple(_lines(rows)) if by_hand or sheet.skipped == "hidden" else (),
        "date-order" in asked or (said is not None and said.month_first is not None),
        said.month_first if said else None,
    )


def _is_by_hand(sheet: SheetUnderstood) -> bool:
    """Whether the reader knows no headings, so that somebody has to name the columns."""
    return not sheet.header_row and sheet.skipped in (None, "no-header", "lookup")


def _unnamed(
    sheet: str, rows: Sequence[Sequence[str]], header_row: int | None, said: Mapping[str, str | None]
) -> Iterator[ColumnUnderstood]:
    """The columns of a sheet in which no header was found: all that have something in the first rows."""
    heads = rows[header_row - 1] if header_row and header_row <= len(rows) else ()
    for index in range(max(map(len, rows), default=0)):
        if any(index < len(row) and row[index].strip() for row in rows):
            letters = letters_of(index)
            heading = heads[index] if index < len(heads) else ""
            yield ColumnUnderstood(sheet, letters, heading, said.get(letters), None if said.get(letters) else "unknown")


def _column(column: ColumnUnderstood, rows: Sequence[Sequence[str]], header_row: int | None, is_asked: bool) -> ColumnChoice:
    """Values of columns that were not taken are not kept: they are looked up in the file, but for what is sensitive."""
    samples = column.samples
    if not samples and column.why_not not in ("sensitive", "not-needed"):
        place = _LETTERS.get(column.letters, len(_LETTERS))
        below = (row[place] for row in rows[header_row or 0 :] if place < len(row) and row[place].strip())
        samples = tuple(islice(below, _SAMPLES))
    evidence = gettext(column.evidence.text, **dict(column.evidence.params)) if column.evidence else None
    shortened = tuple(value[:_LONGEST_SAMPLE] for value in samples)
    return ColumnChoice(column.letters, column.heading, column.field, shortened, column.why_not or column.why, evidence, is_asked)


def _lines(rows: Sequence[Sequence[str]]) -> list[tuple[int, str]]:
    """The first rows with something in them, each as one line."""
    told = [(number, " · ".join(cell for cell in row if cell.strip())) for number, row in enumerate(rows, 1)]
    return [(number, text[:160]) for number, text in told if text][:_ROWS_TO_CHOOSE]


def given_in(roster: RosterView, before: Answer | None, form: Mapping[str, str]) -> Given:
    """What the form says. Only what differs from what the reader finds by itself is an answer: the next file may have its header a row
    further down."""
    said = {sheet.name: sheet for sheet in before.sheets} if before else {}
    brought_out = {note.sheet for note in roster.understood.notes if note.code == "hidden-sheet-read"}
    sheets: list[SheetAnswer] = []
    pointed_out, ticked = False, []
    for number, sheet in enumerate(roster.understood.sheets):
        old = said.get(sheet.name, SheetAnswer(sheet.name))
        header_row = _row(form.get(f"header-{number}", ""))
        is_taken = f"taken-{number}" in form
        is_new = is_taken and (sheet.header_row is None or header_row not in (None, sheet.header_row))
        is_shown = is_taken and (sheet.skipped == "hidden" or old.though_hidden or sheet.name in brought_out)
        columns = {column.letters: column for column in roster.understood.columns if column.sheet == sheet.name}
        place = _place(form, number)
        fields = tuple(_fields(columns, place, form))
        if is_new and header_row is None and _is_by_hand(sheet) and any(field in NAMES for _, field in fields):
            header_row = 0  # no row is pointed out, and the columns are named: there is none
        given = SheetAnswer(
            sheet.name,
            is_taken or (old.taken and sheet.skipped not in (None, "left-out")),
            header_row if is_new else old.header_row,
            () if is_new and columns else fields,
            {"month": True, "day": False}.get(form.get(f"order-{place}", ""), old.month_first),
            is_shown,
        )
        if given != SheetAnswer(sheet.name):
            sheets.append(given)
        were_seen = not columns and any(key.startswith(f"field-{number}-") for key in form)
        pointed_out = pointed_out or (is_new and not were_seen)
        if is_taken and sheet.skipped is not None:
            ticked.append(number)
    return Given(Answer(tuple(sheets)), Look(pointed_out, tuple(ticked)))


def _place(form: Mapping[str, str], number: int) -> int:
    """Whose columns of the form count for a sheet: its own, or those of an earlier one that it is to be read like."""
    like = _number(form.get(f"like-{number}", ""))
    return like if like is not None and like < number else number


def _fields(columns: Mapping[str, ColumnUnderstood], number: int, form: Mapping[str, str]) -> Iterator[tuple[str, str | None]]:
    """The columns for which something else was chosen than what was read, or had been chosen before."""
    known = {*FIELDS_TO_CHOOSE, LEFT_OUT}
    for letters in _LETTERS:
        field, column = form.get(f"field-{number}-{letters}", ""), columns.get(letters)
        read = (column.field if column else None) or LEFT_OUT
        was_said = column is not None and (column.why == "answer" or column.why_not == "left-out")
        if field in known and (field != read or was_said):
            yield letters, None if field == LEFT_OUT else field


def _row(text: str) -> int | None:
    row = _number(text)
    return row if row and row <= MAX_HEADER_ROW else None


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else None
