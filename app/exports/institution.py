"""The institution's workbook: how far each class is, who is left in each, and everybody."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from app.exports.long_rows import RowWriter, packed
from app.exports.official import official_head, signatures
from app.exports.people import LIST_SHEET, full_columns, full_list_head, left_columns, left_list_head, numbered, shown
from app.exports.progress_table import write_progress
from app.exports.rows import InstitutionBook, PersonLine
from app.exports.sheet import new_workbook, note_line
from app.exports.text import sheet_names

SUMMARY_SHEET = "Tổng hợp"
LEFT_SHEET = "Còn lại"
MAX_LEFT_SHEETS = 60  # nobody finds their way among more tabs than that


@dataclass(slots=True)
class LeftSheet:
    """A sheet of who is left. Its rows are made while the full list is written, because people are read only once."""

    title: str
    writer: RowWriter
    first_row: int
    rows: list[bytes] = field(default_factory=list)

    def add(self, person: PersonLine) -> None:
        self.rows.append(self.writer.row(self.first_row + len(self.rows), len(self.rows) + 1, person))


def workbook(book: InstitutionBook) -> bytes:
    made = new_workbook()
    summary = made.create_sheet(SUMMARY_SHEET)
    left = _left_sheets(made, book)
    columns = full_columns(book.unit_word, book.unused)
    first_row = full_list_head(made.create_sheet(LIST_SHEET), book.heading, columns, book.total.total)
    _summarise(summary, book, left)
    writer = RowWriter(made, columns)
    tables = {LIST_SHEET: numbered(writer, _noticed(book.people, left), first_row)}
    return packed(made, tables | {sheet.title: sheet.rows for sheet in left.values()})


def _left_sheets(made: Workbook, book: InstitutionBook) -> dict[str, LeftSheet]:
    """The sheet on which those who are left of each unit stand: one per unit, or one for all where units are very many."""
    units = [unit for unit in book.units if unit.left]
    if len(units) > MAX_LEFT_SHEETS:
        columns = left_columns(book.unit_word, book.unused)
        row = left_list_head(made.create_sheet(LEFT_SHEET), book.heading, columns, book.total)
        together = LeftSheet(LEFT_SHEET, RowWriter(made, columns), row)
        return {unit.name: together for unit in units}
    columns = left_columns(None, book.unused)
    writer = RowWriter(made, columns)
    titles = sheet_names((unit.name for unit in units), taken=(SUMMARY_SHEET, LIST_SHEET))
    return {
        unit.name: LeftSheet(title, writer, left_list_head(made.create_sheet(title), book.heading, columns, unit))
        for unit, title in zip(units, titles, strict=True)
    }


def _noticed(people: Iterable[PersonLine], left: dict[str, LeftSheet]) -> Iterator[PersonLine]:
    """Everybody as they pass; who is left is written down on the sheet of their unit."""
    for person in people:
        if person.left:
            left[person.unit].add(person)
        yield person


def _summarise(sheet: Worksheet, book: InstitutionBook, left: dict[str, LeftSheet]) -> None:
    row = official_head(sheet, book.heading)
    links = {name: of.title for name, of in left.items()}
    row = write_progress(sheet, row, book.unit_word, book.units, book.total, links)
    if book.proofs:
        row = note_line(sheet, row, book.proofs)
    if len(left) > MAX_LEFT_SHEETS:
        text = (
            f"{shown(len(left))} lớp, phòng ban còn người chưa xong: quá nhiều để mỗi nơi một trang. "
            f"Những người còn lại nằm chung ở trang “{LEFT_SHEET}”; lọc cột “{book.unit_word}” để xem từng nơi."
        )
        row = note_line(sheet, row, text)
    signatures(sheet, row + 1)
