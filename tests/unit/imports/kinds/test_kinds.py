"""One workbook, written as every kind of file: the same people are read, whatever it comes as."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from imports import read
from imports.files.cells import sheets_of
from imports.files.container import Container, recognise
from imports.values import GuardianRead, RosterRow
from tests.unit.imports.kinds import writers
from tests.unit.imports.kinds.writers import Sheet

BOOKS = Path(__file__).parents[3] / "workbooks" / "kinds"

GIVEN = ["An", "Bình", "Cường", "Dung", "Hạnh", "Mỹ"]
FAMILY = ["Nguyễn Văn", "Trần Thị", "Lê Hoàng", "Phạm Đức", "Võ Thị Ngọc", "Đặng"]


def cccd(number: int) -> int:
    """079, a girl or boy of 2014, a running number: as a number it has lost its zero."""
    return 79_214_000_000 + 100_000_000 * (number % 2) + number * 1111


CLASS = Sheet(
    "6A1",
    [
        ["TRƯỜNG THCS A", *[""] * 8],
        ["DANH SÁCH HỌC SINH\nLỚP 6A1", *[""] * 8],
        [""] * 9,
        ["STT", "Họ và tên", "Ngày sinh", "Nữ", "Mã học sinh", "Số CCCD", "Cha", "", "SĐT"],
        ["", "", "", "", "", "", "Họ tên", "Điện thoại", ""],
        *(
            [
                number,
                f"{FAMILY[number % 6]} {GIVEN[number % 5]}",
                date(2014, number, number + 12),
                "x" if number % 2 else "",
                number * 37,
                cccd(number),
                "Lê Văn Nội",
                f"09123450{number:02d}",
                912_000_000 + number,
            ]
            for number in range(1, 13)
        ),
    ],
    merges=[(3, 0, 4, 0), (3, 1, 4, 1), (3, 2, 4, 2), (3, 3, 4, 3), (3, 4, 4, 4), (3, 5, 4, 5), (3, 6, 3, 7), (3, 8, 4, 8)],
    hidden_rows=frozenset({7, 9}),
    formats={
        place: form
        for row in range(5, 17)
        for place, form in (((row, 4), '"HS"00000'), ((row, 5), "000000000000"), ((row, 8), "0000000000"))
    },
)
HIDDEN = Sheet("DM", [["STT", "Họ và tên", "Lớp"], [1, "Người Không Có", "6A9"]], hidden=True)


def person(number: int) -> RosterRow:
    """As a careful clerk reads the row."""
    return RosterRow(
        sheet="6A1",
        row=number + 5,
        full_name=f"{FAMILY[number % 6]} {GIVEN[number % 5]}",
        birth_date=date(2014, number, number + 12),
        birth_year=2014,
        sex="female" if number % 2 else "male",
        personal_id=f"{cccd(number):012d}",
        old_id=None,
        bhxh_code=None,
        pupil_code=f"HS{number * 37:05d}",
        staff_code=None,
        phone=f"0912000{number:03d}",
        email=None,
        unit="6A1",
        position=None,
        guardians=(GuardianRead("father", "Lê Văn Nội", f"09123450{number:02d}", None),),
    )


EVERYBODY = tuple(map(person, range(1, 13)))


def carried(name: str) -> bytes:
    return (BOOKS / name).read_bytes()


FILES: dict[str, tuple[bytes, Container]] = {
    "xlsx": (writers.xlsx(CLASS, HIDDEN), Container.XLSX),
    "xlsx from 1904": (writers.xlsx(CLASS, HIDDEN, from_1904=True), Container.XLSX),
    "xlsb": (writers.xlsb(CLASS, HIDDEN), Container.XLSB),
    "xlsb from 1904": (writers.xlsb(CLASS, HIDDEN, from_1904=True), Container.XLSB),
    "xls": (carried("class.xls"), Container.XLS),
    "xls from 1904": (carried("class-from-1904.xls"), Container.XLS),
    "ods": (writers.ods(CLASS, HIDDEN), Container.ODS),
    "ods by LibreOffice": (carried("class.ods"), Container.ODS),
    "XML Spreadsheet 2003": (writers.xml_2003(CLASS, HIDDEN), Container.XML_2003),
}
PAGES: dict[str, tuple[bytes, Container]] = {
    "web page": (writers.html(CLASS), Container.HTML),
    "web page in UTF-16": (writers.html(CLASS, charset="utf-16"), Container.HTML),
    "web page by LibreOffice": (carried("class.html"), Container.HTML),
}


@pytest.mark.parametrize(("data", "kind"), (FILES | PAGES).values(), ids=FILES | PAGES)
def test_the_kind_is_told_by_the_content_and_not_by_the_name(data: bytes, kind: Container):
    assert recognise(data, "roster.pdf") is kind


@pytest.mark.parametrize(("data", "kind"), FILES.values(), ids=FILES)
def test_the_same_people_are_read_of_every_kind(data: bytes, kind: Container):
    assert read(data, "x").people == EVERYBODY


@pytest.mark.parametrize(("data", "kind"), PAGES.values(), ids=PAGES)
def test_a_web_page_is_one_sheet_with_the_same_people(data: bytes, kind: Container):
    assert [row._replace(sheet="6A1") for row in read(data, "x").people] == list(EVERYBODY)


@pytest.mark.parametrize(("data", "kind"), FILES.values(), ids=FILES)
def test_hidden_rows_are_read_and_counted_and_hidden_sheets_are_not(data: bytes, kind: Container):
    visible, hidden = sheets_of(data, "x")
    assert (visible.hidden, visible.hidden_rows) == (False, 2)
    assert (hidden.name, hidden.hidden, hidden.rows) == ("DM", True, [])


@pytest.mark.parametrize(("data", "kind"), FILES.values(), ids=FILES)
def test_a_hidden_sheet_has_its_rows_where_they_are_wanted(data: bytes, kind: Container):
    visible, hidden = sheets_of(data, "x", with_hidden=True)
    assert (visible.hidden, hidden.hidden, any(cell != "" for row in hidden.rows for cell in row)) == (False, True, True)


@pytest.mark.parametrize("data", [data for data, _ in PAGES.values()][:1])
def test_hidden_rows_of_a_web_page_are_read_and_counted(data: bytes):
    assert [sheet.hidden_rows for sheet in sheets_of(data, "x")] == [2]


@pytest.mark.parametrize("write", [writers.xlsx, writers.xlsb, writers.ods, writers.xml_2003, writers.html])
def test_hidden_columns_are_read_and_told_where_something_stands_in_them(write: Callable[[Sheet], bytes]):
    rows = [["STT", "Họ và tên", "Ngày sinh", "", "Lớp"], [1, "Trần Văn An", "27/10/2014", "", "6A1"]]
    (sheet,) = sheets_of(write(Sheet("6A1", rows, hidden_columns=frozenset({2, 3, 4}))), "x")
    assert (sheet.hidden_columns, len(sheet.rows)) == (("C", "E"), 2)
    (sheet,) = sheets_of(write(Sheet("6A1", rows)), "x")
    assert sheet.hidden_columns == ()


@pytest.mark.parametrize("name", [name for name in FILES if "xls" in name])
def test_days_counted_from_1904_are_said(name: str):
    said = [note.code for sheet in sheets_of(FILES[name][0], "x") for note in sheet.notes]
    assert said == (["dates-from-1904"] if "1904" in name else [])


@pytest.mark.parametrize(("data", "kind"), (FILES | PAGES).values(), ids=FILES | PAGES)
def test_merged_cells_are_known(data: bytes, kind: Container):
    sheet = next(iter(sheets_of(data, "x")))
    assert {((3, 0), (4, 0)), ((3, 6), (3, 7)), ((3, 8), (4, 8))} <= set(sheet.merges)


@pytest.mark.parametrize("make", writers.WITH_SHEETS.values(), ids=writers.WITH_SHEETS)
def test_a_sheet_of_nothing_is_empty_in_every_kind(make: Callable[..., bytes]):
    sheets = list(sheets_of(make(Sheet("Trống", [["", ""]]), Sheet("Có", [["a"]])), "x"))
    assert [(sheet.name, any(cell != "" for line in sheet.rows for cell in line)) for sheet in sheets] == [("Trống", False), ("Có", True)]
