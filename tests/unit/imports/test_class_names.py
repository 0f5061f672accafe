"""Where a class's name ends among the words of a title, and beside its sheet's name."""

from __future__ import annotations

import pytest

from imports.units.names import unit_of_sheet, unit_of_title
from tests.unit.imports.books import codes, reading

LISTED = [["STT", "Họ và tên", "Ngày sinh"], [1, "Trần Văn An", "27/10/2014"]]

NUMBERED = {
    "6A1": ("gửi qua Zalo", "CHƯA CÀI VSSID", "THÁNG 9/2026", "của cô Hoa", "(45 HS)", "45 HS", "- GVCN Lê Hoa", "BỔ SUNG"),
    "6/3": ("tham gia bảo hiểm y tế", "tham gia bảo hiễm y tế", "(CÔ LAN)", "NĂM HỌC 2026-2027"),
    "601": ("NỘP THẺ",),
    "6 A1": ("đã nộp tiền BHYT",),
    "6A 1": ("NĂM HỌC 2026-2027",),
    "10CTin": ("ĐĂNG KÝ VSSID",),
    "10 Chuyên Anh 1": ("lần 2",),
    "12 Tin": ("CÓ SỐ CCCD",),
    "5": ("CÔ HOA", "NĂM HỌC 2026-2027", ": 12 HS"),
    "1A điểm Tân Lập": ("năm học 2026-2027",),
}
OF_KINDERGARTENS = {
    "Hoa Cúc": ("gửi qua Zalo", "chưa nộp thẻ", "(35 trẻ)", "xin miễn giảm"),
    "Lá 1": ("NĂM 2026", "đợt 2", "tháng 9", "- Trường MN Minh Họa", "cô Hoa"),
    "Mầm 1": ("CHƯA CÀI VSSID", "35 TRẺ"),
    "Chồi 3 - 4 tuổi": ("đợt 2",),
    "Mẫu giáo 4 - 5 tuổi B": ("buổi sáng",),
    "5 tuổi A": ("năm học 2026-2027",),
    "5-6 tuổi Hoa Sen": ("đợt 2",),
    "Nhà trẻ 24-36 tháng A": ("tham gia BHYT",),
    "Mẫu giáo lớn A1": ("kích hoạt VssID",),
    "nhóm trẻ 1": ("nhóm Zalo",),
    "Lá": ("và phụ huynh", "35 cháu", "HKI"),
}
OF_UNIVERSITIES = {
    "K65 CNTT": ("đợt 2", "khoa Công nghệ thông tin"),
    "DHKT17A": ("chưa cài VssID", "45 SV"),
    "23CNTT 2": ("HK1",),
    "22CNTT1": ("khoa Công nghệ thông tin", "KHÓA 2022-2026"),
    "CNTT K65": ("tham gia BHYT",),
    "Lái xe B2 - K1": ("đợt 2",),
    "Công nghệ thông tin 1 - K20": ("năm 2026",),
    "Luật K45 A": ("lần 2",),
    "D20CQCN01-B": ("năm học 2026-2027",),
    "Hệ thống thông tin K65": ("đợt 2",),
    "Thiết bị điện K12": ("đợt 2",),
    "Y khoa K45": ("năm 2026",),
    "Cao học Luật K30": ("đợt 2",),
}
WRITTEN = [
    (f"lớp {name}{behind and ' '}{behind}", name)
    for names in (NUMBERED, OF_KINDERGARTENS, OF_UNIVERSITIES)
    for name, several in names.items()
    for behind in ("", *several)
]
WRITTEN_OTHERWISE = {
    'lớp "12C1"': "12C1",
    "danh sach lop 2b co Hoa": "2b",
    "danh sach hoc sinh lop hoa cuc gui qua zalo": "hoa cuc",
    "danh sach lop la 1 nam hoc 2026-2027": "la 1",
}
NONE = [
    "DANH SÁCH LỚP 6A, 6B", "Lớp 6A và lớp 6B", "LỚP 6A1-6A5", "LỚP 6A1/6A2", "LỚP 6A, B", "LỚP 1, 2, 3", "Lớp 1 đến lớp 5",
    "LỚP LÁ 1, LÁ 2",
    "LỚP MẦM VÀ CHỒI", "Tổng số lớp: 12", "Danh sách các lớp 6", "Khối lớp 6", "Lớp trưởng: Lê Hoa", "DANH SÁCH LỚP CHƯA CÀI VSSID",
    "LỚP 2026-2027", "LỚP 35 HS",
]  # fmt: skip


@pytest.mark.parametrize(("said", "name"), [*WRITTEN, *WRITTEN_OTHERWISE.items()])
@pytest.mark.parametrize("write", [str, str.upper])
def test_a_class_ends_where_its_name_does_whatever_words_follow(said: str, name: str, write: type[str]):
    assert unit_of_title(write(f"Danh sách {said}" if "lớp" in said else said)) == write(name)


@pytest.mark.parametrize("title", NONE)
def test_a_title_of_several_classes_or_of_something_else_names_none(title: str):
    assert unit_of_title(title) is None


@pytest.mark.parametrize(
    ("sheet", "name"), [("4A đợt 2", "4A"), ("Lớp 4A chưa nộp", "4A"), ("Lớp Lá 1 tháng 9", "Lá 1"), ("Lớp trưởng", None)]
)
def test_a_sheets_name_says_the_class_and_not_what_follows(sheet: str, name: str | None):
    assert unit_of_sheet(sheet) == name


@pytest.mark.parametrize(
    ("sheet", "title", "unit"),
    [
        ("4A", "DANH SÁCH LỚP 4A ĐỢT 2", "4A"),
        ("Hoa Cúc", "LỚP HOA CÚC SOẠN SÁCH VỞ", "HOA CÚC"),
        ("Hoa Cúc", "LỚP HOA CÚC TRẮNG", "HOA CÚC TRẮNG"),
        ("Mẫu giáo", "LỚP MẪU GIÁO LỚN A", "MẪU GIÁO LỚN A"),
    ],
)
def test_a_sheet_of_the_same_name_tells_where_it_ends(sheet: str, title: str, unit: str):
    found = reading(**{sheet: [[title], *LISTED]})
    assert ([person.unit for person in found.people], codes(found.problems)) == ([unit], [])
