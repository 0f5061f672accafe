"""The institution's workbook, read back by two libraries."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from python_calamine import CalamineWorkbook

from app.exports import institution
from app.exports.institution import MAX_LEFT_SHEETS
from tests.unit.exports.books import AN, institution_book, person


def opened(data: bytes) -> Workbook:
    return load_workbook(BytesIO(data))


def table(data: bytes, sheet: str) -> list[dict[str, Any]]:
    """The table under the head that begins with STT, as calamine reads it."""
    rows = CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_name(sheet).to_python()
    at = next(n for n, row in enumerate(rows) if row and row[0] == "STT")
    return [dict(zip(rows[at], row, strict=True)) for row in rows[at + 1 :]]


def cell_under(data: bytes, sheet: str, heading: str, line: int = 1) -> Any:
    """The cell of the line-th person below a heading, as openpyxl reads it."""
    found = opened(data)[sheet]
    head = next(c for row in found.iter_rows() for c in row if c.value == heading)
    return found.cell(head.row + line, head.column)


@pytest.fixture(scope="module")
def two_classes() -> bytes:
    left = (person("Trần Bảo An"), person("Vũ Chi", "6A2"))
    done = (person("Lê Gia Bình", left=False), person("Đỗ Dũng", "6A3", left=False))
    return institution.workbook(institution_book(left[0], done[0], left[1], done[1]))


def test_the_sheets_are_the_summary_one_per_class_with_somebody_left_and_everybody(two_classes: bytes):
    assert opened(two_classes).sheetnames == ["Tổng hợp", "6A1", "6A2", "Danh sách"]


def test_the_summary_counts_each_class_and_all_together(two_classes: bytes):
    rows = table(two_classes, "Tổng hợp")[:4]
    assert [(row["Lớp"], row["Tổng số"], row["Còn lại"], row["Tỷ lệ %"]) for row in rows] == [
        ("6A1", 2, 1, 50),
        ("6A2", 1, 1, 0),
        ("6A3", 1, 0, 100),
        ("Tổng cộng", 4, 2, 50),
    ]


def test_the_summary_is_laid_out_as_an_official_table(two_classes: bytes):
    texts = {cell.value for row in opened(two_classes)["Tổng hợp"].iter_rows() for cell in row}
    assert {"TRƯỜNG THCS MINH HỌA", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Người lập biểu", "Thủ trưởng đơn vị"} <= texts
    assert "Số liệu lúc 08:42 ngày 21/11/2026" in texts


def test_each_class_sheet_lists_exactly_who_is_left(two_classes: bytes):
    assert [row["Họ và tên"] for row in table(two_classes, "6A1")] == ["Trần Bảo An"]
    assert [row["Họ và tên"] for row in table(two_classes, "6A2")] == ["Vũ Chi"]


def test_a_class_sheet_has_no_identity_numbers(two_classes: bytes):
    assert not {"Số định danh cá nhân", "Mã số BHXH", "Mã học sinh"} & set(table(two_classes, "6A1")[0])


def test_the_full_list_has_everybody_in_order_and_numbered(two_classes: bytes):
    rows = table(two_classes, "Danh sách")
    assert [(row["STT"], row["Họ và tên"]) for row in rows] == [(1, "Trần Bảo An"), (2, "Lê Gia Bình"), (3, "Vũ Chi"), (4, "Đỗ Dũng")]


def test_columns_that_nobody_uses_are_left_out(two_classes: bytes):
    assert not {"Mã nhân viên", "Email", "Chức vụ"} & set(table(two_classes, "Danh sách")[0])


def test_numbers_of_people_are_text_and_keep_their_zeros(two_classes: bytes):
    for heading, value in (("Số định danh cá nhân", "001314000123"), ("Mã số BHXH", "0123456789"), ("Số điện thoại", "0912000111")):
        cell = cell_under(two_classes, "Danh sách", heading)
        assert (cell.value, cell.data_type, cell.number_format) == (value, "s", "@")
        assert table(two_classes, "Danh sách")[0][heading] == value


def test_dates_are_dates(two_classes: bytes):
    cell = cell_under(two_classes, "Danh sách", "Ngày sinh")
    assert (cell.value, cell.number_format) == (datetime(2014, 5, 3), "dd/mm/yyyy")
    assert table(two_classes, "Danh sách")[0]["Ngày sinh"] == date(2014, 5, 3)


def test_who_is_known_by_the_year_alone_has_the_year():
    data = institution.workbook(institution_book(replace(AN, birth_date=None)))
    assert table(data, "Danh sách")[0]["Ngày sinh"] == "2014"


@pytest.mark.parametrize("name", ['=HYPERLINK("http://x","An")', "+1+1", "-1", "@SUM(A1)", "\t=1+1", "\r=1+1"])
def test_a_name_that_looks_like_a_formula_is_text_that_is_never_computed(name: str):
    data = institution.workbook(institution_book(person(name, unit=name)))
    for sheet in ("Danh sách", opened(data).sheetnames[1]):
        cell = cell_under(data, sheet, "Họ và tên")
        assert (cell.value, cell.data_type, cell.quotePrefix) == (name.strip(), "s", True)
    unit = cell_under(data, "Tổng hợp", "Lớp")
    assert (unit.value, unit.data_type, unit.quotePrefix) == (name.strip(), "s", True)


def test_marks_of_xml_and_control_characters_do_no_harm():
    data = institution.workbook(institution_book(person("Trần <An> & 'Bình' \"x\"\x00\x1f"), person("Vũ\nChi")))
    assert [row["Họ và tên"] for row in table(data, "Danh sách")] == ["Trần <An> & 'Bình' \"x\"", "Vũ Chi"]


def test_the_head_stays_in_sight_filters_and_repeats_in_print(two_classes: bytes):
    for sheet in opened(two_classes):
        head = next(cell.row for cell in sheet["A"] if cell.value == "STT")
        assert sheet.freeze_panes == f"C{head + 1}"
        assert sheet.auto_filter.ref.startswith(f"A{head}:")
        assert sheet.print_title_rows == f"${head}:${head}"
        assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == ("landscape", 1, 0)
        assert sheet.oddFooter.right.text == "Trang &P/&N"


def test_the_filter_reaches_the_last_person(two_classes: bytes):
    sheet = opened(two_classes)["Danh sách"]
    assert sheet.auto_filter.ref.endswith(str(sheet.max_row))


def test_a_reader_that_trusts_the_dimension_sees_everybody(two_classes: bytes):
    sheet = load_workbook(BytesIO(two_classes), read_only=True)["Danh sách"]
    assert list(sheet.iter_rows(values_only=True))[-1][1] == "Đỗ Dũng"


def test_long_texts_get_a_row_that_is_high_enough():
    data = institution.workbook(institution_book(replace(AN, reason="Ảnh chụp ngang, thiếu mặt sau, " * 4)))
    sheet = opened(data)["Danh sách"]
    assert sheet.row_dimensions[sheet.max_row].height >= 45


def test_classes_with_alike_names_have_sheets_of_their_own():
    data = institution.workbook(institution_book(person("An", "Tổ 1/2"), person("Bình", "Tổ 1?2"), person("Chi", "Danh sách")))
    assert opened(data).sheetnames == ["Tổng hợp", "Tổ 1-2", "Tổ 1-2 (2)", "Danh sách (2)", "Danh sách"]


def test_a_class_in_the_summary_leads_to_its_sheet(two_classes: bytes):
    assert cell_under(two_classes, "Tổng hợp", "Lớp").hyperlink.location == "'6A1'!A1"


def test_very_many_departments_stand_on_one_sheet_and_the_summary_says_so():
    people = [person(f"Người {n}", f"Phòng {n:03}") for n in range(MAX_LEFT_SHEETS + 1)]
    data = institution.workbook(institution_book(*people))
    assert opened(data).sheetnames == ["Tổng hợp", "Còn lại", "Danh sách"]
    rows = table(data, "Còn lại")
    assert [(row["STT"], row["Lớp"]) for row in rows] == [(n, p.unit) for n, p in enumerate(people, 1)]
    said = [cell.value for cell in opened(data)["Tổng hợp"]["A"] if isinstance(cell.value, str) and "Còn lại" in cell.value]
    assert len(said) == 1


def test_where_everybody_is_done_there_are_no_sheets_of_who_is_left():
    assert opened(institution.workbook(institution_book(person("An", left=False)))).sheetnames == ["Tổng hợp", "Danh sách"]


def test_an_institution_without_people_has_a_workbook_too():
    data = institution.workbook(institution_book())
    assert table(data, "Danh sách") == []
