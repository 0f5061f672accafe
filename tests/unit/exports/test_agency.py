"""The agency's progress table."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from app.exports import agency, people
from app.exports.rows import AgencyBook, PeopleBook
from tests.unit.exports.books import HEADING, line, person

COLUMNS = [
    "STT", "Đơn vị", "Tổng số", "Thuộc diện", "Chưa có mã số", "Đã kê khai", "Đã nộp tờ khai", "Bị từ chối", "Đã cấp tài khoản",
    "Đã sử dụng", "Tỷ lệ %", "Còn lại", "Ghi chú",
]  # fmt: skip
LONG_NAME = "Trường Tiểu học và Trung học cơ sở Nguyễn Thị Minh Khai phường Long Vân"


@pytest.fixture(scope="module")
def rows() -> list[list[object]]:
    book = AgencyBook(
        heading=replace(HEADING, issuer="BHXH cơ sở Long Vân", above_issuer="BHXH thành phố Hà Nội"),
        institutions=(line("Trường THCS Minh Họa", 1148, 411), line(LONG_NAME, 0, 0, "Chưa có danh sách")),
        total=line("Tổng cộng", 1148, 411),
    )
    return CalamineWorkbook.from_filelike(BytesIO(agency.workbook(book))).get_sheet_by_index(0).to_python(skip_empty_area=False)


def test_the_table_has_the_columns_that_offices_expect(rows: list[list[object]]):
    assert COLUMNS in rows


def test_institutions_are_numbered_and_followed_by_the_totals(rows: list[list[object]]):
    at = rows.index(COLUMNS)
    assert rows[at + 1] == [1, "Trường THCS Minh Họa", 1148, 1148, 0, 737, 737, 0, 737, 0, 64.1, 411, ""]
    assert (rows[at + 2][1], rows[at + 2][10], rows[at + 2][12]) == (LONG_NAME, "", "Chưa có danh sách")
    assert rows[at + 3][:4] == ["", "Tổng cộng", 1148, 1148]


def test_who_reports_stands_above_and_two_sign_below(rows: list[list[object]]):
    assert (rows[0][0], rows[1][0]) == ("BHXH THÀNH PHỐ HÀ NỘI", "BHXH CƠ SỞ LONG VÂN")
    assert ["Người lập biểu", "Thủ trưởng đơn vị"] in [[cell for cell in row if cell] for row in rows]


def test_without_a_paper_form_its_column_is_crossed_out():
    book = AgencyBook(HEADING, (replace(line("A", 3, 1), handed_in=None),), replace(line("Tổng cộng", 3, 1), handed_in=None))
    found = CalamineWorkbook.from_filelike(BytesIO(agency.workbook(book))).get_sheet_by_index(0).to_python()
    at = found.index(COLUMNS)
    assert [row[6] for row in found[at + 1 : at + 3]] == ["x", "x"]


def test_a_long_name_gets_two_lines():
    book = AgencyBook(HEADING, (line(LONG_NAME, 3, 1),), line("Tổng cộng", 3, 1))
    sheet = load_workbook(BytesIO(agency.workbook(book))).worksheets[0]
    row = next(cell.row for cell in sheet["B"] if cell.value == LONG_NAME)
    assert sheet.row_dimensions[row].height == 30


def test_a_list_as_a_page_shows_it_says_whom_it_means():
    book = PeopleBook(HEADING, "Lớp", "6A1 · còn lại", 2, iter([person("An"), person("Bình")]))
    found = CalamineWorkbook.from_filelike(BytesIO(people.workbook(book))).get_sheet_by_name("Danh sách").to_python()
    assert "6A1 · còn lại: 2 người" in [row[0] for row in found]
    assert [row[1] for row in found if isinstance(row[0], float)] == ["An", "Bình"]
