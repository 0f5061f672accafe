"""How sheets are laid out: where the header stands, which rows are people, whose unit is whose."""

from __future__ import annotations

from datetime import date

import pytest

from imports import read
from tests.unit.imports.books import Rows, book, codes, finished, names, people, reading, with_part, workbook

HEADER = ["STT", "Họ và tên", "Ngày sinh", "Lớp"]
AN = [1, "Trần Văn An", "27/10/2014", "6A1"]
GIVEN = ["An", "Bình", "Cường", "Dũng", "Em"]
BINH = [2, "Lê Thị Bình", "04/06/2014", "6A1"]


@pytest.mark.parametrize("above", [0, 1, 6, 19])
def test_a_header_is_found_below_titles(above: int):
    titles = [["TRƯỜNG THCS ABC"], *[[""]] * 30][:above]
    found = reading([*titles, HEADER, AN, BINH])
    assert [(person.full_name, person.row) for person in found.people] == [("Trần Văn An", above + 2), ("Lê Thị Bình", above + 3)]
    assert found.sheets[0].header_row == above + 1


def test_columns_may_stand_in_any_order():
    person = people([["Lớp", "Mã số BHXH", "Ngày sinh", "Phái", "Họ tên"], ["7B", "0123456789", date(2013, 5, 1), "nu", "LÊ THỊ HOA"]])[0]
    assert (person.full_name, person.birth_date, person.sex, person.bhxh_code, person.unit) == (
        "Lê Thị Hoa", date(2013, 5, 1), "female", "0123456789", "7B"
    )  # fmt: skip


SKIPPED = {
    "a blank row": ["", "", "", ""],
    "the header again": HEADER,
    "a total": ["", "Tổng số: 35 học sinh (17 nữ)", "", ""],
    "a total with numbers beside it": ["Tổng cộng", "35 người", "", ""],
    "a total in capitals without marks": ["", "TONG CONG", "", 35],
    "a place and date": ["", "", "", "Long Biên, ngày 05 tháng 9 năm 2025"],
    "a row for signatures": ["", "NGƯỜI LẬP BIỂU", "", "HIỆU TRƯỞNG"],
    "a hint for signatures": ["", "(Ký, ghi rõ họ tên)", "", ""],
    "numbers of the columns": ["(1)", "(2)", "(3)", "(4)"],
    "a running number alone": [3, "", "", ""],
}


@pytest.mark.parametrize("row", SKIPPED.values(), ids=SKIPPED)
def test_a_row_that_is_nobody_is_skipped_wherever_it_stands(row: list[object]):
    assert names([HEADER, AN, row, BINH]) == names([HEADER, AN, BINH, row]) == names([HEADER, AN, BINH])


@pytest.mark.parametrize("row", [["(1)", "(2)", "(3)", "(4)"], [1, 2, 3, 4], ["A", "B", 1, 2], ["1", "2", "3", "4 = 2 + 3"]])
def test_numbers_of_the_columns_below_the_header_are_nobody(row: list[object]):
    found = reading([HEADER, row, AN])
    assert ([person.full_name for person in found.people], found.problems) == (["Trần Văn An"], ())


def test_after_a_subtotal_the_list_goes_on():
    rows = [HEADER, AN, ["", "Cộng: 1"], BINH, ["", "Vũ Minh", "", "6A1"], ["", "Cộng: 2"], ["", "", "0912 345 678", ""]]
    found = reading(rows)
    assert ([person.full_name for person in found.people], found.problems) == (["Trần Văn An", "Lê Thị Bình", "Vũ Minh"], ())


def test_who_signs_below_the_list_is_not_on_it():
    footer = [["", "Tổng số: 2"], ["", "Người lập", "", "Hiệu trưởng"], [""], ["", "Nguyễn Thị Thu", "", "Trần Văn Hùng"]]
    assert names([HEADER, AN, BINH, *footer]) == ["Trần Văn An", "Lê Thị Bình"]


def test_people_of_the_family_tong_are_no_totals():
    assert names([HEADER, [1, "Tống Thị Lan", "01/02/2014", "6A1"], [2, "Công Tằng Tôn Nữ Hoa", "01/02/2014", "6A1"]]) == [
        "Tống Thị Lan",
        "Công Tằng Tôn Nữ Hoa",
    ]


def test_a_person_without_a_running_number_is_still_a_person():
    assert names([HEADER, AN, ["", "Lê Thị Bình", "04/06/2014", "6A1"], [3, "Vũ Minh", "", ""]]) == [
        "Trần Văn An",
        "Lê Thị Bình",
        "Vũ Minh",
    ]


def test_a_list_without_running_numbers_is_read():
    assert names([["Họ và tên", "Ngày sinh"], ["Trần Văn An", "27/10/2014"], ["Tổng số: 1", ""]]) == ["Trần Văn An"]


def test_details_without_a_name_are_a_problem_of_that_row():
    found = reading([HEADER, AN, [2, "", "04/06/2014", "6A1"]])
    assert (len(found.people), codes(found.problems)) == (1, [(3, "full_name", "name-missing")])
    assert found.problems[0].column == "B"


def test_a_text_alone_among_people_is_said_and_not_read():
    found = reading([HEADER, AN, ["", "Chuyển từ trường khác đến", "", ""], BINH])
    assert (len(found.people), codes(found.problems)) == (2, [(3, "row", "unclear-row")])


def test_the_first_person_is_not_taken_for_a_second_header():
    rows = [["Họ và tên", "Giới tính", "Quan hệ", "Người giám hộ"], ["Trần Văn An", "Nam", "Mẹ", "Lê Thị Hoa"]]
    assert [(p.row, p.full_name) for p in people([*rows, ["Vũ Thị Nga", "Nữ", "Bố", "Vũ Văn Hải"]])] == [
        (2, "Trần Văn An"),
        (3, "Vũ Thị Nga"),
    ]


def test_a_header_of_two_rows_is_read_together():
    rows: Rows = [
        ["TT", "Họ và tên", "", "Ngày sinh", "", "", "Cha", ""],
        ["", "Họ đệm", "Tên", "Ngày", "Tháng", "Năm", "Họ tên", "SĐT"],
        [1, "Trần Văn", "An", 27, 10, 2014, "Trần Hải", "0912345678"],
        [2, "Lê Thị", "Bình", "", "", 2013, "", ""],
    ]
    an, binh = people(rows)
    assert (an.full_name, an.birth_date, an.guardians) == ("Trần Văn An", date(2014, 10, 27), (("father", "Trần Hải", "0912345678", None),))
    assert (binh.full_name, binh.birth_date, binh.birth_year, binh.guardians) == ("Lê Thị Bình", None, 2013, ())


def test_two_headings_of_one_name_are_told_apart_by_the_merged_one_above():
    rows = [
        ["", "", "", "Thông tin cha", "", "Thông tin mẹ"],
        ["STT", "Họ tên", "Lớp", "Họ tên", "SĐT", "Họ tên"],
        [1, "Vũ An", "1A", "Vũ Hải", "0912345678", "Lê Hoa"],
    ]
    made = workbook({"S": rows})
    made["S"].merge_cells("D1:E1")
    made["S"].merge_cells("F1:G1")
    person = read(finished(made), "x.xlsx").people[0]
    assert person.full_name == "Vũ An"
    assert person.guardians == (("father", "Vũ Hải", "0912345678", None), ("mother", "Lê Hoa", None, None))


def test_a_name_merged_over_two_columns_is_family_left_and_given_name_right():
    made = workbook({"S": [["STT", "Họ và tên", "", "Lớp"], [1, "Trần Văn", "An", "6A1"]]})
    made["S"].merge_cells("B1:C1")
    assert read(finished(made), "x.xlsx").people[0].full_name == "Trần Văn An"


def test_numbers_too_short_for_a_health_card_are_those_of_badges():
    short = people([["Mã thẻ", "Họ tên", "Chuyền"], ["Khối sản xuất"], ["NV0012", "Trần Văn An", 1], ["NV0013", "Lê Thị Bình", 2]])
    assert [(person.staff_code, person.bhxh_code) for person in short] == [("NV0012", None), ("NV0013", None)]
    cards = reading([["Mã thẻ", "Họ tên", "Chuyền"], ["NV0012", "Trần Văn An", 1], ["0123456789", "Lê Thị Bình", 2]])
    assert [(person.staff_code, person.bhxh_code) for person in cards.people] == [(None, None), (None, "0123456789")]
    assert codes(cards.problems) == [(2, "health_card", "not-a-card")]


@pytest.mark.parametrize(
    ("codes_written", "read_as"),
    [
        (["NV0012", "NV0013"], ("staff_code", "NV0012")),
        (["CB-12", "CB-13"], ("staff_code", "CB-12")),
        (["HS0012", "HS0013"], ("pupil_code", "HS0012")),
        (["NV0012", "NV0013", "NV0014", "NV0015", "NV0015"], ("staff_code", "NV0012")),
        (["NV0012", "NV0012"], None),  # everybody's: of the post
        (["NV0012", "HS0013"], None),
        (["V.07.03.29", "V.07.03.30"], None),
        (["0012", "0013"], None),
    ],
)
def test_a_plain_heading_of_numbers_is_told_by_the_letters_in_them(codes_written: list[str], read_as: tuple[str, str] | None):
    for heading in ("Mã số", "Mã"):
        rows = [[code, f"Trần Văn {name}", "27/10/2014"] for code, name in zip(codes_written, GIVEN, strict=False)]
        person = people([[heading, "Họ tên", "Ngày sinh"], ["A. KHỐI VĂN PHÒNG"], *rows])[0]
        assert (person.staff_code, person.pupil_code) == (None, None) if read_as is None else getattr(person, read_as[0]) == read_as[1]


def test_a_class_of_boys_alone_is_known_by_the_marks_in_other_classes():
    header = ["STT", "Họ và tên", "Ngày sinh", "Nữ"]
    boys, girls = [header, [*AN[:3], ""]], [header, [*BINH[:3], "x"]]
    assert [person.sex for person in people(**{"6A1": boys, "6A2": girls})] == ["male", "female"]
    assert [person.sex for person in people(**{"6A1": boys, "6A2": boys})] == [None, None]


def test_birth_years_under_nam_and_nu_tell_the_sex_too():
    rows = [["TT", "Họ và tên", "Năm sinh", ""], ["", "", "Nam", "Nữ"], [1, "Trần Văn An", 1980, ""], [2, "Lê Thị Bình", "", 1985]]
    assert [(p.birth_year, p.sex) for p in people(rows)] == [(1980, "male"), (1985, "female")]


UNITS: dict[str, tuple[list[list[object]], list[str | None]]] = {
    "a title names the class": ([["DANH SÁCH HỌC SINH LỚP 6A1 - NĂM HỌC 2025-2026"]], ["6A1", "6A1"]),
    "a title names the class and its teacher": ([["Lớp: 12 Tin (GVCN: Lê Thị Hoa)"]], ["12 Tin", "12 Tin"]),
    "a title names a department": ([["Phòng ban: Kế toán"]], ["Kế toán", "Kế toán"]),
    "a title speaks of classes in general": ([["DANH SÁCH CÁC LỚP HỌC"]], [None, None]),
}


@pytest.mark.parametrize(("titles", "units"), UNITS.values(), ids=UNITS)
def test_a_unit_is_read_from_the_title(titles: list[list[object]], units: list[str | None]):
    assert [p.unit for p in people([*titles, HEADER[:3], AN[:3], BINH[:3]])] == units


@pytest.mark.parametrize(
    "above", [["", "Lớp:", "6A5", "GVCN:", "Trần Thị Hoa"], ["Lớp :", "", "6A5"], ["Năm học:", "2025-2026", "Lớp:", "6A5"]]
)
def test_a_class_in_the_cell_beside_its_label_is_read(above: list[str]):
    assert people([above, HEADER[:3], AN[:3]])[0].unit == "6A5"


def test_sheets_named_after_classes_are_their_peoples_units():
    found = reading(**{"Lớp 6A1": [HEADER[:3], AN[:3]], "6A2": [HEADER[:3], BINH[:3]], "Ghi chú": [["Nộp trước thứ sáu"]]})
    assert [(p.sheet, p.unit) for p in found.people] == [("Lớp 6A1", "6A1"), ("6A2", "6A2")]
    assert [(sheet.name, sheet.skipped) for sheet in found.sheets] == [("Lớp 6A1", None), ("6A2", None), ("Ghi chú", "no-header")]


def test_several_sheets_named_after_departments_are_units_and_one_alone_is_not():
    assert [p.unit for p in people(**{"Kế toán": [HEADER[:3], AN[:3]], "Hành chính": [HEADER[:3], BINH[:3]]})] == ["Kế toán", "Hành chính"]
    assert [p.unit for p in people(**{"Danh sách": [HEADER[:3], AN[:3]]})] == [None]
    assert [p.unit for p in people(Sheet1=[HEADER[:3], AN[:3]], Sheet2=[HEADER[:3], BINH[:3]])] == [None, None]


def test_where_title_and_sheet_name_differ_the_sheet_name_counts_and_it_is_said():
    found = reading(**{"6A2": [["DANH SÁCH LỚP 6A1"], HEADER[:3], AN[:3]]})
    assert (found.people[0].unit, codes(found.problems)) == ("6A2", [(2, "unit", "title-and-sheet-differ")])


GROUPS = {
    "in the first column": ["Phòng Đào tạo", "", ""],
    "in the name's column, worded like a unit": ["", "Phòng Đào tạo", ""],
    "with a numeral in front": ["I", "Phòng Đào tạo", ""],
    "with a numeral inside": ["", "II. Phòng Đào tạo (12 người)", ""],
    "with a count at the end": ["Phòng Đào tạo", "", 12],
}


@pytest.mark.parametrize("label", GROUPS.values(), ids=GROUPS)
def test_a_row_of_its_own_names_the_unit_of_those_below(label: list[object]):
    rows = [["STT", "Họ và tên", "Ngày sinh"], label, AN[:3], ["Khoa Luật", "", ""], BINH[:3]]
    found = reading(rows)
    assert [(p.full_name, p.unit) for p in found.people] == [("Trần Văn An", "Phòng Đào tạo"), ("Lê Thị Bình", "Khoa Luật")]
    assert found.sheets[0].unit_from == "group-rows"


@pytest.mark.parametrize("label", ["1. Chuyền 1", "Chuyền 1", "1. Cắt", "1) Cắt"])
def test_of_two_labels_the_lower_one_names_the_unit(label: str):
    rows = [["STT", "Họ và tên", "Ngày sinh"], ["B. KHỐI SẢN XUẤT", "", ""], [label, "", ""], AN[:3], ["2. Ủi", "", ""], BINH[:3]]
    found = reading(rows)
    assert ([p.unit for p in found.people], found.problems) == ([label.lstrip("1.) "), "Ủi"], ())


def test_a_label_below_the_one_that_names_the_unit_is_not_passed_over_without_a_word():
    found = reading([["STT", "Họ và tên", "Ngày sinh"], ["KHỐI SẢN XUẤT", "", ""], ["Cắt", "", ""], AN[:3], BINH[:3]])
    assert [p.unit for p in found.people] == ["KHỐI SẢN XUẤT", "KHỐI SẢN XUẤT"]
    assert codes(found.problems) == [(3, "row", "unclear-row")]


def test_a_column_of_units_comes_before_any_title():
    found = reading([["DANH SÁCH LỚP 9Z"], HEADER, AN])
    assert (found.people[0].unit, found.sheets[0].unit_from) == ("6A1", "column")


@pytest.mark.parametrize("title", ["DANH SÁCH LỚP 6A1", ""])
def test_a_class_that_is_not_the_lists_is_kept_and_said(title: str):
    rows = [[title], HEADER, *([number, f"Trần Văn {name}", "27/10/2014", "6A1"] for number, name in enumerate(GIVEN))]
    rows[4][3] = "6A4"
    found = reading(**{"6A1": rows})
    assert [p.unit for p in found.people] == ["6A1", "6A1", "6A4", "6A1", "6A1"]
    assert codes(found.problems) == [(5, "unit", "another-class")]


def test_a_list_of_several_classes_has_none_of_its_own():
    rows = [HEADER, *([number, f"Trần Văn {name}", "27/10/2014", f"6A{number}"] for number, name in enumerate(GIVEN))]
    assert reading(**{"6A1": rows}).problems == reading([["DANH SÁCH LỚP 6"], *rows]).problems == ()


def test_hidden_sheets_are_skipped_and_said_and_hidden_rows_are_read():
    made = workbook({"6A1": [HEADER, AN, BINH], "DMUC": [["Mã", "Tên"], ["01", "Danh mục"]], "Cũ": [HEADER, AN]})
    made["DMUC"].sheet_state = "hidden"
    made["Cũ"].sheet_state = "veryHidden"
    made["6A1"].row_dimensions[3].hidden = True
    found = read(finished(made), "x.xlsx")
    assert [p.full_name for p in found.people] == ["Trần Văn An", "Lê Thị Bình"]
    assert [(sheet.name, sheet.skipped) for sheet in found.sheets] == [("6A1", None), ("DMUC", "hidden"), ("Cũ", "hidden")]


def test_columns_that_are_not_needed_are_listed_and_their_values_kept_nowhere():
    found = reading([[*HEADER, "Dân tộc", "Nghề nghiệp mẹ", "Màu áo"], [*AN, "Kinh", "Giáo viên", "xanh"]])
    assert [(c.letters, c.why_not) for c in found.columns if c.why_not] == [("E", "sensitive"), ("F", "not-needed"), ("G", "unknown")]
    assert not any(word in repr(found) for word in ("Kinh", "Giáo viên", "xanh"))


def test_a_wrong_size_declared_by_the_sheet_changes_nothing():
    def lie(part: bytes) -> bytes:
        assert b'ref="A1:D3"' in part
        return part.replace(b'ref="A1:D3"', b'ref="A1:B2"')

    assert len(read(with_part(book([HEADER, AN, BINH]), "xl/worksheets/sheet1.xml", lie), "x.xlsx").people) == 2


ONE = [[1, "Trần Văn An", "12/05/2014"], [2, "Lê Thị Bình", "13/05/2014"]]


def test_a_table_below_with_columns_of_its_own_has_the_unit_of_its_own_title():
    below = [["LỚP 6A2"], ["STT", "Ngày sinh", "Họ và tên", "Giới tính"], [1, "15/05/2014", "Phạm Chi", "Nữ"]]
    read = reading(
        [["LỚP 6A1"], ["STT", "Họ và tên", "Ngày sinh"], *ONE, *[[f"{n}", f"Vũ {n * 'a'}n", "1/2/2014"] for n in range(3, 9)], [], *below]
    )
    assert [person.unit for person in read.people] == ["6A1"] * 8 + ["6A2"]


@pytest.mark.parametrize("numbered", [True, False])
def test_who_stands_above_a_better_header_is_not_lost(numbered: bool):
    """A list of one or two people, and right below it one whose header knows more headings."""
    rows = [
        ["STT", "Họ và tên", "Ngày sinh"],
        *ONE,
        ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Điện thoại"],
        [1, "Phạm Chi", "15/5/2014"],
    ]
    assert len(names(rows if numbered else [row[1:] for row in rows])) == 3


def test_tables_side_by_side_have_the_units_of_the_titles_above_them():
    rows = [["LỚP 6A1", "", "", "", "LỚP 6A2"], ["STT", "Họ và tên", "Ngày sinh", "", "STT", "Họ và tên", "Ngày sinh"]]
    rows += [[*one, "", one[0], f"{one[1]} Hai", one[2]] for one in ONE]
    assert [person.unit for person in people(rows)] == ["6A1", "6A1", "6A2", "6A2"]
    rows[0] = ["DANH SÁCH LỚP 6A3"]
    assert [person.unit for person in people(rows)] == ["6A3"] * 4
