"""Excel's own kinds of file: what their formats hold, pieces of text in other fonts, and binary workbooks made to be heavy."""

from __future__ import annotations

import io
import re
import struct

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from imports import Unreadable, read
from imports.files import container, copies
from imports.files.cells import sheets_of
from imports.files.formats import as_shown
from imports.files.kinds import xlsb as xlsb_module
from tests.unit.imports.books import book, compound, with_part
from tests.unit.imports.kinds.writers import Sheet, xlsb, xlsx
from tests.unit.imports.kinds.writers import _record as record

SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    ("number", "number_format", "shown"),
    [
        (12, "00000", "00012"),
        (123456, "00000", "123456"),
        (12, '"HS"00000', "HS00012"),
        (12, '"NV"0', "NV12"),
        (12, r"\N\V000", "NV012"),
        (12, "[Red]000;[Blue]-000", "012"),
        (912345678, "0000 000 000", "0912 345 678"),
        (912345678, "(00) 0000-0000", "(09) 1234-5678"),
        (27102014, r"00\/00\/0000", "27/10/2014"),
        (79080001234.0, "000000000000", "079080001234"),
    ],
)
def test_a_number_is_written_as_its_format_shows_it(number: float, number_format: str, shown: str):
    assert as_shown(number, number_format) == shown


@pytest.mark.parametrize(
    "number_format", ["General", "0", "0.00", "#,##0", "#,##0.00", "0%", "0.00E+00", "dd/mm/yyyy", "@", "", "000.0", '"']
)
def test_a_format_that_holds_nothing_leaves_the_number(number_format: str):
    assert as_shown(12, number_format) == 12


@pytest.mark.parametrize("cell", ["12", True, 1.5, -3, float("nan"), float("inf"), ""])
def test_only_whole_numbers_are_written_so(cell: object):
    assert as_shown(cell, "00000") is cell  # type: ignore[arg-type]


def test_a_text_of_pieces_in_two_fonts_is_put_into_unicode_piece_by_piece():
    made = Workbook()
    sheet = made.active
    sheet.append(["STT", "Họ và tên", "Lớp"])
    name = CellRichText(TextBlock(InlineFont(rFont=".VnTime"), "Vò §øc"), TextBlock(InlineFont(rFont="Arial"), " Hà"))
    sheet.append([1, name, "6A1"])
    stream = io.BytesIO()
    made.save(stream)
    assert [person.full_name for person in read(stream.getvalue(), "x").people] == ["Vũ Đức Hà"]


def test_hidden_rows_are_counted_however_they_are_written():
    data = xlsx(Sheet("a", [["x"]] * 5, hidden_rows=frozenset({1, 3})))
    spread = with_part(data, SHEET, lambda part: part.replace(b' hidden="1"', b" hidden = 'true'"))
    assert next(iter(sheets_of(spread, "x"))).hidden_rows == 2


def test_hidden_rows_and_columns_without_content_are_none():
    data = xlsx(Sheet("a", [["x"], [""], ["y"]], hidden_rows=frozenset({1}), hidden_columns=frozenset({1})))
    sheet = next(iter(sheets_of(data, "x")))
    assert (sheet.hidden_rows, sheet.hidden_columns) == (0, ())


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        (b'<col min="2" max="16384" hidden="1"/>', ("B", "C")),
        (b"<col hidden = 'true' max='2' width='0' min='2'></col>", ("B",)),
        (b'<col min="1" max="1" hidden="0"/><col min="3" max="3" hidden="1"/>', ("C",)),
        (b'<col min="3" max="2" hidden="1"/><col hidden="1"/><col min="x" max="9" hidden="1"/>', ()),
        (b'<col min="1" max="3" hidden="1"/>' * 20_000, ("A", "B", "C")),
        (b'<col min="1" max="99999999" hidden="1"/>', ("A", "B", "C")),
    ],
)
def test_hidden_columns_are_told_however_they_are_written(columns: bytes, told: tuple[str, ...]):
    data = with_part(
        xlsx(Sheet("a", [["x", "y", "z"]])),
        SHEET,
        lambda part: part.replace(b"<sheetData>", b"<cols>" + columns + b"</cols><sheetData>", 1),
    )
    assert next(iter(sheets_of(data, "x"))).hidden_columns == told


def test_the_column_that_a_returned_workbook_has_is_none_of_them_although_it_is_hidden():
    data = xlsx(Sheet("a", [["STT", "Họ và tên", "Lỗi"], [1, "Trần Văn An", "B2: sai"]], hidden_columns=frozenset({2})))
    assert next(iter(sheets_of(data, "x"))).hidden_columns == ()


def test_a_sheet_that_lies_about_its_size_is_read_whole():
    data = with_part(
        book([["STT", "Họ tên", "Lớp"], [1, "Trần An", "6A"]]),
        SHEET,
        lambda part: re.sub(rb'<dimension ref="[^"]*"/>', b'<dimension ref="A1"/>', part),
    )
    assert len(read(data, "x").people) == 1


ROW = record(0, struct.pack("<IIHBBBI", 1, 0, 300, 0, 0, 0, 0))


def heavy(cells: bytes, text: str = "x") -> bytes:
    """A binary workbook whose sheet holds these records."""
    return with_part(xlsb(Sheet("a", [[text]])), "xl/worksheets/sheet1.bin", lambda part: part.replace(record(146), cells + record(146)))


BINARY = {
    "a far corner": heavy(record(0, struct.pack("<IIHBBBI", 1_000_000, 0, 300, 0, 0, 0, 0)) + record(5, struct.pack("<IId", 16_000, 0, 1))),
    "a far column": heavy(ROW + record(5, struct.pack("<IId", 2**31, 0, 1))),
}


@pytest.mark.parametrize("data", BINARY.values(), ids=BINARY)
def test_a_binary_workbook_that_spreads_too_far_is_refused_before_it_is_parsed(data: bytes):
    with pytest.raises(Unreadable) as refused:
        container.recognise(data, "x")
    assert refused.value.code == "too-many-cells"


SHORT = {
    "a row without its number": record(0) + record(5, struct.pack("<IId", 1, 0, 1)),
    "a cell without its column": ROW + record(5),
    "a cell without its text": ROW + record(7, struct.pack("<II", 1, 0)),
    "a cell with less text than it says": ROW + record(6, struct.pack("<III", 1, 0, 1_000)),
}


@pytest.mark.parametrize("cells", SHORT.values(), ids=SHORT)
def test_a_record_too_short_for_what_it_holds_is_refused(cells: bytes):
    """The parser would take what an earlier record has left there for the row, and make room for it."""
    with pytest.raises(Unreadable) as refused:
        container.recognise(heavy(cells), "x")
    assert refused.value.code == "damaged"


def test_records_that_hold_nothing_are_counted(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(xlsb_module, "_MOST_RECORDS", 1_000)
    container.recognise(heavy(ROW + record(1, struct.pack("<II", 1, 0)) * 900), "x")
    with pytest.raises(Unreadable) as refused:
        container.recognise(heavy(ROW + record(1, struct.pack("<II", 1, 0)) * 2_000), "x")
    assert refused.value.code == "too-many-cells"


def test_copies_of_a_long_text_are_counted_in_a_binary_workbook_too(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(copies, "MAX_TEXT_BYTES", 1_000_000)
    shown = record(7, struct.pack("<III", 1, 0, 0))
    container.recognise(heavy(ROW + shown * 30, "x" * 10_000), "x")
    with pytest.raises(Unreadable) as refused:
        container.recognise(heavy(ROW + shown * 60, "x" * 10_000), "x")
    assert refused.value.code == "too-large"


def old_record(kind: int, content: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def excel_95(rows: list[list[str]], font: str, *more: bytes) -> bytes:
    """A workbook as Excel 5 and 95 wrote it: texts in the cells, one byte a letter, all in one font; the second row is hidden. `more` are
    further records of the sheet."""
    beginning = [
        old_record(0x0809, struct.pack("<HHHH", 0x0500, 0x0005, 0, 0)),
        old_record(0x0042, struct.pack("<H", 1252)),
        *[old_record(0x0031, bytes(14) + bytes([len(name)]) + name.encode()) for name in ("Arial",) * 4 + (font,)],
        *[old_record(0x00E0, struct.pack("<HH", number, 0) + bytes(12)) for number in (0, 5)],
    ]
    name = b"\x00\x00\x036A1"
    length = sum(map(len, beginning)) + len(old_record(0x0085, bytes(4) + name)) + len(old_record(0x000A))
    book_part = b"".join([*beginning, old_record(0x0085, struct.pack("<I", length) + name), old_record(0x000A)])
    cells = [
        old_record(0x0204, struct.pack("<HHHH", row, column, 1, len(text)) + text.encode("cp1252"))
        for row, line in enumerate(rows)
        for column, text in enumerate(line)
    ]
    sheet = [
        old_record(0x0809, struct.pack("<HHHH", 0x0500, 0x0010, 0, 0)),
        old_record(0x0200, struct.pack("<HHHHH", 0, len(rows), 0, len(rows[0]), 0)),
        old_record(0x0208, struct.pack("<HHHHHHHH", 1, 0, 3, 255, 0, 0, 0x20, 0)),
        *cells,
        *more,
        old_record(0x000A),
    ]
    return compound("Book", book_part + b"".join(sheet))


def test_excel_95_is_read_with_its_fonts_and_hidden_rows():
    data = excel_95([["STT", "Hä tªn", "Líp"], ["1", "Lª C«ng", "6A1"], ["2", "§Æng Ba", "6A1"]], ".VnTime")
    found = read(data, "x")
    assert [(person.sheet, person.row, person.full_name) for person in found.people] == [("6A1", 2, "Lê Công"), ("6A1", 3, "Đặng Ba")]
    assert [note.code for note in found.notes] == ["old-font", "hidden-rows"]


def test_hidden_columns_are_told_in_old_workbooks():
    hidden, shown = (old_record(0x7D, struct.pack("<HHHHH", *place)) for place in ((1, 1, 0, 0, 1), (2, 255, 0, 0, 0)))
    data = excel_95([["STT", "Full name", "Class"], ["1", "Le Cong", "6A1"]], "Arial", hidden, shown, old_record(0x7D, b"\0\0"))
    assert next(iter(sheets_of(data, "x"))).hidden_columns == ("B",)


def test_errors_of_formulas_are_told_in_old_workbooks():
    value, calculated = struct.pack("<HHHBB", 1, 2, 1, 0x17, 1), struct.pack("<HHHBBBxxxH", 2, 2, 1, 2, 0, 0x2A, 0xFFFF) + bytes(8)
    data = excel_95(
        [["STT", "Full name", "Class", "Phone"], ["1", "Le Cong", "", "0912000111"], ["2", "Dang Ba", "", "0912000112"]],
        "Arial",
        old_record(0x0205, value),
        old_record(0x0006, calculated),
    )
    assert [(p.row, p.value, p.code) for p in read(data, "x").problems] == [
        (2, "#REF!", "formula-failed"),
        (3, "#N/A", "formula-found-nothing"),
    ]


@pytest.mark.parametrize("kind", [3, 11])
def test_errors_of_formulas_are_told_in_binary_workbooks(kind: int):
    sheet = Sheet("a", [["STT", "Họ và tên", "Lớp", "SĐT"], ["1", "Lê Công", "", "0912000111"]])
    data = with_part(xlsb(sheet), "xl/worksheets/sheet1.bin", lambda part: _instead_of_blank(part, kind))
    assert [(p.row, p.column, p.value) for p in read(data, "x").problems] == [(2, "C", "#REF!")]


def _instead_of_blank(part: bytes, kind: int) -> bytes:
    place = struct.pack("<II", 2, 0)
    assert record(1, place) in part
    return part.replace(record(1, place), record(kind, place + b"\x17" + (bytes(10) if kind == 11 else b"")))
