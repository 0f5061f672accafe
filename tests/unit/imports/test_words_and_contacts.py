"""Names, sexes, codes, telephone numbers and e-mail addresses as rosters hold them."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import Any

import pytest
from openpyxl import Workbook

from imports import read
from imports.judges.codes import judge_codes
from imports.judges.contacts import judge_email, judge_emails, judge_phone, judge_phones
from imports.judges.names import judge_name
from imports.judges.words import judge_marks, judge_sexes, judge_units
from tests.unit.imports.books import codes, column, finished, people, reading

NAMES: list[tuple[str, str, str | None]] = [
    ("Nguyễn Quốc Bình", "Nguyễn Quốc Bình", None),
    ("NGUYỄN QUỐC BÌNH", "Nguyễn Quốc Bình", None),
    ("nguyễn quốc bình", "Nguyễn Quốc Bình", None),
    ("  Nguyễn\u00a0 Quốc\nBình ", "Nguyễn Quốc Bình", None),
    (unicodedata.normalize("NFD", "Nguyễn Quốc Bình"), "Nguyễn Quốc Bình", None),
    ("Nguyễn\u200b Quốc Bình", "Nguyễn Quốc Bình", None),
    ("H'HEN NIÊ", "H'Hen Niê", None),
    ("Y-BHĂM", "Y-Bhăm", None),
    ("Ronald McDonald", "Ronald McDonald", None),
    ("Nguyễn Văn A", "Nguyễn Văn A", None),
    ("Jürgen Weiß", "Jürgen Weiß", None),
    ("Trần Thị Lan (lớp trưởng)", "Trần Thị Lan", "note-removed"),
    ("Trần Thị Lan 2", "Trần Thị Lan 2", "odd-name"),
    ("2. Trần Thị Lan", "Trần Thị Lan", "number-removed"),
    ("12) TRẦN THỊ LAN*", "Trần Thị Lan", "number-removed"),
    ("2. Trần Thị Lan 2", "Trần Thị Lan 2", "odd-name"),
    ("Trần Thị Lan.", "Trần Thị Lan", "sign-removed"),
    ("- Trần Thị Lan*", "Trần Thị Lan", "sign-removed"),
    ("Nguyễn Văn A.", "Nguyễn Văn A.", None),
    ("Th. Hoa", "Th. Hoa", None),
    ("Tr?n Th? Lan", "Tr?n Th? Lan", "garbled-name"),
    ("An " * 60, " ".join(["An"] * 40), "name-too-long"),
]


@pytest.mark.parametrize(("written", "name", "code"), NAMES)
def test_a_name_is_written_in_ordinary_case(written: str, name: str, code: str | None):
    read_name, finding = judge_name(written)
    assert (read_name, finding and finding.code) == (name, code)
    assert people([["Họ và tên", "Ngày sinh"], [written, "1/2/2014"]])[0].full_name == name


def test_sexes_are_read_in_all_their_spellings():
    cells: list[Any] = ["Nam", "Nữ", "nu", "NỮ ", "F", "m", 1, 0, "1", "0", 1.0, "", "x"]
    sexes, findings = judge_sexes(cells)
    assert sexes == ["male", "female", "female", "female", "female", "male", "male", "female", "male", "female", "male", None, None]
    assert [(place, finding.code) for place, finding in findings] == [(12, "not-a-sex")]


def test_a_sex_that_is_said_in_two_ways_is_read_where_both_agree():
    cells = ["Nữ/Female", "Nam / Male", "Nam (M)", "F - Nữ", "Nữ\nFemale", "Gái (nữ)", "Nam/Female", "Nam/Nữ", "Nam x", "Nam 2", "Nữ/0"]
    sexes, findings = judge_sexes(cells)
    assert sexes == ["female", "male", "male", "female", "female", "female", None, None, None, None, None]
    assert [(place, finding.code) for place, finding in findings] == [(place, "not-a-sex") for place in range(6, 11)]


def test_a_boy_and_a_girl_are_told_whatever_a_child_is_called():
    cells = ["Bé trai", "Bé gái", "Cháu trai", "Cháu gái", "CON TRAI", "Em gái", "Giới tính: Nữ", "Trẻ nam", "Bé", "Trai/Gái"]
    assert judge_sexes(cells)[0] == ["male", "female", "male", "female", "male", "female", "female", "male", None, None]


def test_a_column_nu_with_marks_tells_both_sexes():
    assert judge_marks(None, ["x", "", "X", "Nữ", 1, "✓", 0]) == (["female", "male", "female", "female", "female", "female", "male"], [])


def test_a_column_nu_without_any_mark_tells_nothing():
    assert judge_marks(None, ["", "", ""]) == ([None, None, None], [])


def test_columns_nam_and_nu_must_not_both_be_marked():
    sexes, findings = judge_marks(["x", "", "", "x"], ["", "x", "", "x"])
    assert sexes == ["male", "female", None, None]
    assert [(place, finding.code) for place, finding in findings] == [(3, "two-sexes")]


def test_a_nurserys_class_is_no_ditto_mark():
    found = reading(column("Lớp", "NT", "NT", "Lá", "nt"))
    assert [person.unit for person in found.people] == ["NT", "NT", "Lá", "Lá"]
    assert [(problem.row, problem.code) for problem in found.problems] == [(5, "ditto")]


def test_a_class_that_excel_turned_into_a_date_is_an_error():
    units, findings = judge_units(["5/4", 6.0, " 6A1 ", date(2025, 3, 5)])
    assert units == ["5/4", "6", "6A1", None]
    assert [(place, finding.code) for place, finding in findings] == [(3, "became-a-date")]


PHONES: list[tuple[Any, str | None, str | None]] = [
    ("0912345678", "0912345678", None),
    ("036 284 2011 ", "0362842011", None),
    ("0345.088.285", "0345088285", None),
    ("0907-893-730", "0907893730", None),
    ("(0912) 345 678", "0912345678", None),
    ("+84820660595", "0820660595", None),
    ("84912345678", "0912345678", None),
    ("0084 912 345 678", "0912345678", None),
    (351441026, "0351441026", "zero-restored"),
    (351441026.0, "0351441026", "zero-restored"),
    ("01234567890", "0834567890", "mobile-modernised"),
    (1234567890, "0834567890", "mobile-modernised"),
    ("0398700527 / 0900048695", "0398700527", "two-phones"),
    ("0912345678 - 0987654321", "0912345678", "two-phones"),
    ("0912345678 0987654321", "0912345678", "two-phones"),
    ("\u00a00907 893-730 (mẹ)", "0907893730", "note-removed"),
    ("Mẹ: 0912345678", "0912345678", "note-removed"),
    ("024 3825 1234", "02438251234", None),
    ("0891234567", "0891234567", None),
    ("0612345678", "0612345678", "unusual-phone"),
    ("+1 650 253 0000", "+16502530000", None),
    ("091234567", None, "not-a-phone"),
    ("09123456789", None, "not-a-phone"),
    ("12345", None, "not-a-phone"),
    ("gọi sau", None, "not-a-phone"),
    ("9" * 5000, None, "not-a-phone"),
    ("không có", None, None),
    ("", None, None),
]


@pytest.mark.parametrize(("cell", "phone", "code"), PHONES)
def test_a_phone_is_read_mended_or_named(cell: Any, phone: str | None, code: str | None):
    read_phone, finding = judge_phone(cell)
    assert (read_phone, finding and finding.code) == (phone, code)


def test_a_column_of_phones_is_judged_as_each_of_them_is():
    cells = [cell for cell, _, _ in PHONES]
    phones, findings = judge_phones(cells)
    assert phones == [phone for _, phone, _ in PHONES]
    assert [(place, finding.code) for place, finding in findings] == [(place, code) for place, (_, _, code) in enumerate(PHONES) if code]
    assert judge_phones(["0912345678", "", "0351441026"]) == (["0912345678", None, "0351441026"], [])


EMAILS: list[tuple[Any, str | None, str | None]] = [
    ("an@truong.example.vn", "an@truong.example.vn", None),
    ("An.Tran@Truong.Example.VN", "an.tran@truong.example.vn", None),
    (" an@truong.vn ", "an@truong.vn", None),
    ("an@my-school.vn", "an@my-school.vn", None),
    ("an@a.vn; binh@a.vn", "an@a.vn", "two-emails"),
    ("an@a.vn\nbinh@a.vn", "an@a.vn", "two-emails"),
    ("an@truong", None, "not-an-email"),
    ("an@x..vn", None, "not-an-email"),
    ("an truong.vn", None, "not-an-email"),
    ("chưa có", None, None),
    ("", None, None),
]


@pytest.mark.parametrize(("cell", "email", "code"), EMAILS)
def test_an_email_is_read_or_named(cell: Any, email: str | None, code: str | None):
    read_email, finding = judge_email(cell)
    assert (read_email, finding and finding.code) == (email, code)
    assert judge_emails([cell, "an@a.vn"])[0] == [email, "an@a.vn"]


def test_a_code_of_the_ministry_has_ten_digits():
    found = reading(column("Mã định danh Bộ GD&ĐT", "0154777327", 154777328, "15477732", "048210776317"))
    assert [person.pupil_code for person in found.people] == ["0154777327", "0154777328", None, "048210776317"]
    assert codes(found.problems) == [
        (3, "pupil_code", "zeros-restored"),
        (4, "pupil_code", "code-too-short"),
        (5, "pupil_code", "looks-like-personal-id"),
    ]


@pytest.mark.parametrize(
    ("cells", "read_codes"),
    [
        ([154777327, 170976846], ["154777327", "170976846"]),
        ([154777327, "0170976846"], ["0154777327", "0170976846"]),
        ([154777327, 7912345678], ["0154777327", "7912345678"]),
        ([201900123, 201900124], ["201900123", "201900124"]),
        ([154777327, 12], ["154777327", "12"]),
    ],
)
def test_pupil_codes_without_a_width_are_padded_if_others_have_the_ministrys_ten_digits(cells: list[int | str], read_codes: list[str]):
    assert [person.pupil_code for person in people(column("Mã học sinh", *cells))] == read_codes


@pytest.mark.parametrize("cells", [["243100311", "243100312"], [243100311, 243100312], [243100311, 2431003121], [143100311, 2431003121]])
def test_a_students_code_of_nine_digits_gets_no_zero(cells: list[int | str]):
    assert [person.pupil_code for person in people(column("MSSV", *cells))] == list(map(str, cells))


def test_an_institutions_own_codes_are_as_wide_as_the_column_shows():
    assert judge_codes(["00012", "00013", 14], None)[0] == ["00012", "00013", "00014"]
    assert judge_codes([1, 2, 150], None) == (["1", "2", "150"], [])
    assert judge_codes(["NV01", "NV02"], None) == (["NV01", "NV02"], [])


def test_zeros_that_live_in_the_number_format_alone_are_read():
    made = Workbook()
    made.active.append(["STT", "Họ và tên", "Mã nhân viên"])
    for number, shown in enumerate(("00000", '"NV"0000', r"\N\V000"), 1):
        made.active.append([number, f"Trần Văn {'ABC'[number - 1]}", number + 11])
        made.active.cell(number + 1, 3).number_format = shown
    assert [person.staff_code for person in read(finished(made), "x.xlsx").people] == ["00012", "NV0013", "NV014"]
