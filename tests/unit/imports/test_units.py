"""The class or department that a title names, alone and beside a sheet's name."""

from __future__ import annotations

import pytest

from imports.units.names import unit_key, unit_of_title
from tests.unit.imports.books import codes, reading

LISTED = [["STT", "Họ và tên", "Ngày sinh"], [1, "Trần Văn An", "27/10/2014"]]

TITLES = {
    "LỚP CHỦ NHIỆM: 11B4 – NIÊN KHÓA 2024-2027": "11B4",
    "Lớp chủ nhiệm: Lá 1": "Lá 1",
    "LỚP CHỦ NHIỆM 11B4": "11B4",
    "Lớp CN: 7A": "7A",
    "Lớp đang dạy: 6A1, năm học 2026-2027": "6A1",
    "Lớp phụ trách 3A": "3A",
    "Lớp học: 6A1": "6A1",
    "Lớp:6A1": "6A1",
    "LỚP LÁ 5A": "LÁ 5A",
    "Tổ: Toán - Tin": "Toán - Tin",
    "Tổ: Lý, Hóa, Sinh": "Lý, Hóa, Sinh",
    "Phòng: Kế toán - Tài chính": "Kế toán - Tài chính",
    "Khoa: Hồi sức tích cực - Chống độc": "Hồi sức tích cực - Chống độc",
    "Đơn vị: Khoa Điện - Điện tử": "Khoa Điện - Điện tử",
    "Đơn vị: Tổ Hậu cần - Năm học 2026-2027": "Tổ Hậu cần",
    "Phòng: Tài nguyên - Môi trường": "Tài nguyên - Môi trường",
    "Phòng: Quan hệ khách hàng": "Quan hệ khách hàng",
    "Khoa: Điều trị ban ngày": "Điều trị ban ngày",
    "Phòng: Tăng trưởng xanh": "Tăng trưởng xanh",
    "Tổ: Toán - GVCN: Lê Hoa": "Toán",
    "Tổ: Toán - Năm học 2026-2027": "Toán",
    "Tổ: Toán - Nguyễn Thị Hoa": "Toán",
    "Tổ: Toán – Cô Hoa": "Toán",
    "Tổ: Toán, sĩ số: 12": "Toán",
    "Phòng: Kế toán - 05/09/2026": "Kế toán",
    "Phòng: Kế toán, ngày 5 tháng 9": "Kế toán",
    "Khoa: Nội - Bệnh viện Đa khoa Minh Họa": "Nội",
    "DANH SÁCH GIÁO VIÊN TỔ TOÁN - TIN": "TỔ TOÁN - TIN",
    "DANH SÁCH GIÁO VIÊN, NHÂN VIÊN TỔ VĂN PHÒNG NĂM HỌC 2026-2027": "TỔ VĂN PHÒNG",
    "Danh sách nhân viên phòng Kế toán đăng ký VssID": "phòng Kế toán",
    "DANH SÁCH CÁN BỘ KHOA NỘI - BỆNH VIỆN ĐA KHOA MINH HỌA": "KHOA NỘI",
    "DANH SÁCH CÁN BỘ PHÒNG TỔ CHỨC - HÀNH CHÍNH": "PHÒNG TỔ CHỨC - HÀNH CHÍNH",
    "DANH SÁCH CÁN BỘ, VIÊN CHỨC KHOA HỌC": None,
    "DANH SÁCH NHÂN VIÊN PHÒNG CHỐNG DỊCH": None,
    "DANH SÁCH NHÂN VIÊN PHÒNG KHÁM ĐA KHOA": None,
    "DANH SÁCH GIÁO VIÊN TỔ TRƯỞNG": None,
    "DANH SÁCH CÁN BỘ PHÒNG GIÁO DỤC VÀ ĐÀO TẠO": None,
    "DANH SÁCH NHÂN VIÊN CÁC PHÒNG BAN": None,
    "DANH SÁCH NHÂN VIÊN PHÒNG BAN": None,
    "DANH SÁCH CÁN BỘ TỔ CHỨC": None,
    "DANH SÁCH HỌC SINH TỔ 3": None,
    "LỚP CHỦ NHIỆM": None,
    "Lớp chủ nhiệm: Nguyễn Thị Hoa": None,
    "Lớp chủ nhiệm: cô Hoa": None,
    "DANH SÁCH LỚP HỌC KỲ I": None,
    "LỚP HỌC SINH GIỎI": None,
}


@pytest.mark.parametrize(("title", "unit"), TITLES.items())
def test_a_title_names_a_class_or_department_and_nothing_that_stands_beside_it(title: str, unit: str | None):
    assert unit_of_title(title) == unit


@pytest.mark.parametrize(
    ("sheet", "title", "unit", "unit_from"),
    [
        ("Lớp Lá", "DANH SÁCH TRẺ LỚP LÁ 1", "LÁ 1", "title"),
        ("Lớp Lá 1", "DANH SÁCH TRẺ LỚP LÁ", "Lá 1", "sheet-name"),
        ("12 Tin", "DANH SÁCH LỚP 12 TIN 2", "12 TIN 2", "title"),
    ],
)
def test_where_one_of_title_and_sheet_name_completes_the_other_the_fuller_one_is_the_class(
    sheet: str, title: str, unit: str, unit_from: str
):
    found = reading(**{sheet: [[title], *LISTED]})
    assert (found.people[0].unit, found.sheets[0].unit_from, codes(found.problems)) == (unit, unit_from, [])


def test_a_longer_code_is_another_class_and_completes_none():
    found = reading(**{"10A": [["DANH SÁCH LỚP 10A2"], *LISTED]})
    assert (found.people[0].unit, codes(found.problems)) == ("10A", [(2, "unit", "title-and-sheet-differ")])


@pytest.mark.parametrize("sheet", ["Lop 7.1", "7.1", "7-1", "7_1", "Lớp 7 1"])
def test_a_class_with_a_slash_is_the_sheets_whose_name_can_hold_none(sheet: str):
    found = reading(**{sheet: [["DANH SÁCH HỌC SINH LỚP 7/1"], *LISTED]})
    assert (found.people[0].unit, found.sheets[0].unit_from, codes(found.problems)) == ("7/1", "title", [])


@pytest.mark.parametrize(
    ("one", "other", "are_one"), [("7/1", "Lớp 7 - 1", True), ("6 A1", "6.A1", True), ("1/12", "11/2", False), ("7/1", "71", False)]
)
def test_signs_between_the_parts_of_a_class_make_no_other_class(one: str, other: str, are_one: bool):
    assert (unit_key(one) == unit_key(other)) is are_one


def test_a_class_on_a_sheet_named_after_another_is_still_said():
    found = reading(**{"7.1": [["DANH SÁCH LỚP 7/2"], *LISTED]})
    assert (found.people[0].unit, codes(found.problems)) == ("7.1", [(2, "unit", "title-and-sheet-differ")])


def test_each_title_of_stacked_tables_names_the_department_of_its_people():
    header, person = LISTED
    rows = [["DANH SÁCH GIÁO VIÊN TỔ TOÁN - TIN"], header, person, [], ["DANH SÁCH GIÁO VIÊN, NHÂN VIÊN TỔ VĂN PHÒNG"], header]
    found = reading([*rows, [1, "Lê Thị Bình", "04/06/1990"]])
    assert [person.unit for person in found.people] == ["TỔ TOÁN - TIN", "TỔ VĂN PHÒNG"]
    assert codes(found.problems) == []
