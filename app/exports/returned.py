"""The sender's own workbook comes back: the same file, with what was found in it marked where it stands.

A workbook of Excel's present kinds (xlsx, xlsm) is changed in place: cells with findings get a colour and a comment, and right of the
roster stands a column "Lỗi" with all messages of the row. Nothing else is touched, so widths, merged cells, formats, formulas with their
values, drop-downs, hidden rows and sheets, pictures, charts and macros are all as they were. What is not kept: a digital signature no
longer holds, and a cell's own fill is replaced by our colour (when it is taken back, the cell gets the fill of its row). From any other
kind an Excel workbook is made (`app.exports.rebuilt`), and so it is from one that is put together in a way that isn't known here.

What an earlier return has left is taken away first. The reader passes over the column, so the file can be sent again as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import NamedTuple

from app.exports.marking.archive import Archive, Unmarkable
from app.exports.marking.frame import Frame
from app.exports.marking.notes import Notes, Place
from app.exports.marking.origins import say_origin
from app.exports.marking.rows import RowEdit, parted, rewritten
from app.exports.marking.styles import Styles
from app.exports.marking.tables import Table, table_of
from app.exports.rebuilt import rebuilt
from imports.files.cells import Sheet, sheets_of
from imports.files.container import Container, recognise
from imports.files.origins import Origin
from imports.values import Correction, Severity
from imports.words.vocabulary import ERROR_HEADING, ERROR_SAID, RETURNED_SUFFIX

MOST_COMMENTS = 5_000  # of one sheet; beyond that programs get slow, and colour and column say the same
_WIDTH = 80
_MEND = {Severity.REPAIR: "đã tự sửa, xin xem lại"}
_GUIDE = (
    "Cột này do phần mềm thêm vào. Ô đỏ: phải sửa thì mới nhận. Ô vàng: nên xem lại. Ô xanh: đã tự sửa khi đọc.\n"
    "Sửa xong, lưu lại và tải tệp này lên. Cột này, ghi chú và màu ô được bỏ qua khi đọc, không cần xóa.\n"
    "Bấm Ctrl + mũi tên xuống ở cột này để đến dòng tiếp theo."
)


class Mark(NamedTuple):
    """A finding at its cell, or (column None) its row; `message` is worded already."""

    sheet: str
    row: int
    column: str | None
    severity: Severity
    message: str


@dataclass(frozen=True, slots=True)
class Returned:
    content: bytes
    filename: str


def returned(
    data: bytes,
    filename: str,
    marks: Iterable[Mark],
    header_rows: Mapping[str, int],
    corrections: Sequence[Correction] = (),
    *,
    with_hidden: bool = False,
    origin: Origin | None = None,
) -> Returned:
    """`header_rows`: Excel's row of the header for each sheet that was read as a roster, 0 where it has none. `corrections`: cells typed
    anew in the browser. `with_hidden`: a hidden sheet is among those that were read. `origin`: of which roster the workbook says to be."""
    found: dict[str, list[Mark]] = {}
    for mark in marks:
        found.setdefault(mark.sheet, []).append(mark)
    work = _Work(found, header_rows, corrections, origin)
    if recognise(data, filename) is Container.XLSX:
        try:
            archive = Archive(data)
            return Returned(
                work.done(archive, sheets_of(data, filename, with_own_marks=True, with_hidden=with_hidden)),
                _renamed(filename, "xlsm" if _has_macros(data) else "xlsx"),
            )
        except Unmarkable:
            pass
    sheets = list(sheets_of(data, filename, with_own_marks=True, with_hidden=with_hidden))
    return Returned(work.done(Archive(rebuilt(sheets)), sheets), _renamed(filename, "xlsx"))


def _has_macros(data: bytes) -> bool:
    return b"xl/vbaProject.bin" in data


def _renamed(filename: str, extension: str) -> str:
    stem = PurePath(filename).stem
    return f"{stem.removesuffix(RETURNED_SUFFIX)}{RETURNED_SUFFIX}.{extension}"


@dataclass(slots=True)
class _Work:
    marks: Mapping[str, Sequence[Mark]]
    header_rows: Mapping[str, int]
    corrections: Sequence[Correction]
    origin: Origin | None

    def done(self, archive: Archive, sheets: Iterable[Sheet]) -> bytes:
        """The archive with the marks in it; `sheets` are the same workbook's, in its order."""
        tables = [(sheet.name, self._table(sheet)) for sheet in sheets]  # all rows are let go before the first part is unpacked
        styles, parts = Styles(archive), archive.sheets()
        if len(parts) != len(tables):
            raise Unmarkable
        for part, (name, table) in zip(parts, tables, strict=True):
            if table is not None:
                self._mark(archive, part, styles, name, table)
        if self.corrections:
            archive.forget_chain()
        styles.save()
        if self.origin:
            say_origin(archive, self.origin)
        return archive.packed()

    def _table(self, sheet: Sheet) -> Table | None:
        header = self.header_rows.get(sheet.name)
        if header is None or header > len(sheet.rows):
            return None
        return table_of(sheet, header)

    def _mark(self, archive: Archive, part: str, styles: Styles, sheet: str, table: Table) -> None:
        marks, notes = self.marks.get(sheet, ()), Notes(archive, part)
        edits = _Edits(table)
        edits.forget(notes.take_back())
        edits.type(correction for correction in self.corrections if correction.sheet == sheet)
        edits.mark(marks)
        if not edits.by_row:
            return
        parts = parted(archive.read(part))
        frame = Frame(parts)
        if table.earlier is not None:
            frame.part(table.earlier, table.header, table.header_end)
        if marks:
            _say(notes, table, marks)
        if marks:
            frame.widen(table.column, _WIDTH)
            frame.reach(table.column)
            if table.header_end > table.header:
                frame.merge(table.column, table.header, table.header_end)
        notes.save()
        frame.refer_to_comments(notes.relation)
        archive.write(part, frame.around(rewritten(parts, edits.by_row, styles)))


class _Edits:
    """What happens to a sheet's rows."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.by_row: dict[int, RowEdit] = {}

    def forget(self, commented: Iterable[Place]) -> None:
        """What an earlier return has left: its column, and the colours of rows that it marked."""
        table = self.table
        if table.earlier is not None:
            for row in (*table.head, *table.rows):
                self._at(row).removed = table.earlier
        for row in {*table.rows, *(row for row, _ in commented)}:
            self._at(row).bleached = True

    def type(self, corrections: Iterable[Correction]) -> None:
        for correction in corrections:
            self._at(correction.row).typed[place_of(correction.column)] = correction.text

    def mark(self, marks: Sequence[Mark]) -> None:
        if not marks:
            return
        for row in self.table.head:
            self._at(row).message = ""
            self._at(row).is_heading = True
        said: dict[int, dict[str, None]] = {}
        for mark in marks:
            edit = self._at(mark.row)
            if mark.column:
                column = place_of(mark.column)
                edit.painted[column] = worse(edit.painted.get(column), mark.severity)
            if not edit.is_heading:
                edit.severity = worse(edit.severity, mark.severity)
                said.setdefault(mark.row, {})[_with_address(mark)] = None
        for row, messages in said.items():
            self.by_row[row].message = ("" if self.table.header else ERROR_SAID) + " | ".join(messages)
        first = self._at(self.table.first)
        if not first.message:
            first.message, first.is_heading = ERROR_HEADING, True

    def _at(self, row: int) -> RowEdit:
        return self.by_row.setdefault(row, RowEdit(self.table.column))


def worse(one: Severity | None, other: Severity) -> Severity:
    order = list(Severity)
    return other if one is None or order.index(other) < order.index(one) else one


def _with_address(mark: Mark) -> str:
    return f"{mark.column}{mark.row}: {_worded(mark)}" if mark.column else _worded(mark)


def _worded(mark: Mark) -> str:
    mend = _MEND.get(mark.severity)
    return f"{mark.message} ({mend})" if mend else mark.message


def _say(notes: Notes, table: Table, marks: Sequence[Mark]) -> None:
    """A comment at each cell, the worst first where they are too many; what is about the sheet stands at the heading "Lỗi"."""
    said: dict[Place, dict[str, None]] = {}
    about_all: dict[str, None] = {}
    for mark in sorted(marks, key=lambda mark: list(Severity).index(mark.severity)):
        if mark.column:
            said.setdefault((mark.row, place_of(mark.column)), {})[_worded(mark)] = None
        elif mark.row in table.head:
            about_all[mark.message] = None
    notes.add((table.first, table.column), "\n".join([*about_all, _GUIDE]))
    for place, messages in list(said.items())[: MOST_COMMENTS - 1]:
        notes.add(place, "\n".join(messages))


def place_of(letters: str) -> int:
    """A column's place, counted from 0, from its letters."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
