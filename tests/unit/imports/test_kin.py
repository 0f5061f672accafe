"""Words for relatives beside a guardian's name say who that is; a remark in the name's place is nobody's name."""

from __future__ import annotations

import pytest

from imports import Severity, read
from imports.values import GuardianRead
from tests.unit.imports.books import book, codes, column, names, people, reading

OTHERS = ("Vũ Thị Ba", "Hồ Văn Tư")

NAMED = {
    "Mẹ kế: Lê Thị Hoa": ("guardian", "Lê Thị Hoa"),
    "Ông nội: Lê Văn Hải": ("guardian", "Lê Văn Hải"),
    "BÀ NGOẠI: LÊ THỊ HOA": ("guardian", "Lê Thị Hoa"),
    "Bác: Lê Hải": ("guardian", "Lê Hải"),
    "Cô - Lê Thị Hoa": ("guardian", "Lê Thị Hoa"),
    "Chú Lê Văn Hải": ("guardian", "Lê Văn Hải"),
    "Dì: Hoa": ("guardian", "Hoa"),
    "Ông nội Lê Hải": ("guardian", "Lê Hải"),
    "Lê Thị Hoa (bà ngoại)": ("guardian", "Lê Thị Hoa"),
    "Bà Lê Thị Hoa": (None, "Lê Thị Hoa"),  # anybody's title
}


@pytest.mark.parametrize("heading", ["Họ tên phụ huynh", "Họ tên phụ huynh, SĐT"])
@pytest.mark.parametrize(("cell", "told"), NAMED.items())
def test_a_word_for_a_relative_is_no_part_of_the_name_and_says_who_that_is(cell: str, told: tuple[str | None, str], heading: str):
    found = reading(column(heading, cell, *OTHERS))
    assert found.people[0].guardians == (GuardianRead(*told, None, None),)
    assert [(p.row, p.field, p.severity, p.code) for p in found.problems] == [(2, "guardian_name", Severity.REPAIR, "relative-beside-name")]


def test_a_grandmother_among_the_mothers_is_no_mother_and_that_can_be_refused():
    rows = column("Họ tên mẹ", "Bà nội: Lê Thị Hoa", *OTHERS)
    assert people(rows)[0].guardians == (GuardianRead("guardian", "Lê Thị Hoa", None, None),)
    refused = read(book(rows), "x.xlsx", refused=frozenset({("guardian_name", "relative-beside-name")}))
    assert (refused.people[0].guardians, codes(refused.problems)) == ((), [(2, "guardian_name", "relative-beside-name")])


def test_a_word_alone_names_nobody_and_tells_whose_telephone_that_is():
    rows = [["STT", "Họ và tên", "Lớp", "Họ tên mẹ", "Người liên hệ", "SĐT"], [1, "Trần Văn An", "3A", "Lê Hoa", "Mẹ", "0912345678"]]
    assert people(rows)[0].guardians == (GuardianRead("mother", "Lê Hoa", "0912345678", None),)


def test_a_telephone_alone_in_a_column_of_names_is_no_name():
    found = reading(column("Họ tên mẹ", "0912345678", *OTHERS))
    assert found.people[0].guardians == (GuardianRead("mother", None, "0912345678", None),)
    assert codes(found.problems) == [(2, "guardian_phone", "phone-beside-name")]


@pytest.mark.parametrize("name", ["Ông Cao Thắng", "Chu Văn An", "Cô Văn Tý", "Cha Văn Khê", "Ba Thị Cúc", "Tự Đức Anh"])
def test_a_family_name_that_sounds_so_stays(name: str):
    found = reading(column("Họ tên phụ huynh", name, *OTHERS))
    assert (found.people[0].guardians, found.problems) == ((GuardianRead(None, name, None, None),), ())


def test_a_title_that_is_the_childs_family_name_is_the_guardians_too():
    header = ["STT", "Họ và tên", "Họ tên cha"]
    rows = [[1, "Ông Gia Bảo", "Ông Đặng Nhật Khang"], [2, "Trần Gia Bảo", "Ông Trần Nhật Khang"], [3, "Ông Gia Hân", "Ông: Lê Nhật Khang"]]
    assert [p.guardians[0].full_name for p in people([header, *rows])] == ["Ông Đặng Nhật Khang", "Trần Nhật Khang", "Lê Nhật Khang"]


REMARKS = ["ở với bà", "Ở với bà ngoại", "mồ côi", "MỒ CÔI", "đi làm xa", "Đi làm ăn xa", "Bố mẹ ly hôn", "Đã mất", "không rõ",
           "Trần Hải đã mất", "làm thuê", "Trần Hải (mất)", "ốm nặng"]  # fmt: skip


@pytest.mark.parametrize("remark", REMARKS)
def test_a_remark_is_nobodys_name_and_is_said(remark: str):
    found = reading(column("Họ tên bố", remark, *OTHERS))
    assert found.people[0].guardians == ()
    assert codes(found.problems) == [(2, "guardian_name", "remark-for-name")]
    both = reading(column("Họ tên bố, SĐT", f"{remark} 0912345678", *OTHERS))
    assert both.people[0].guardians == (GuardianRead("father", None, "0912345678", None),)


@pytest.mark.parametrize("nothing", ["không có", "Không", "-", "chưa có"])
def test_a_word_for_nobody_is_as_good_as_a_blank(nothing: str):
    found = reading(column("Họ tên bố", nothing, *OTHERS))
    assert (found.people[0].guardians, found.problems) == ((), ())


def test_small_letters_say_nothing_where_all_names_are_written_so():
    found = people(column("Họ tên bố", "hờ a pá", "vũ văn ba", "hồ văn tư"))
    assert [person.guardians[0].full_name for person in found] == ["Hờ A Pá", "Vũ Văn Ba", "Hồ Văn Tư"]


def test_who_is_called_cha_stands_below_others_as_somebody_and_a_father_as_a_father():
    rows = [["STT", "Họ và tên", "Ngày sinh"], [1, "Trần Văn An", "27/10/2014"], ["", "Cha Văn Khê", "01/02/2014"], [2, "Lê Bình", ""]]
    assert names(rows) == ["Trần Văn An", "Cha Văn Khê", "Lê Bình"]
    rows[2] = ["", "Cha Trần Hải", ""]
    assert [person.guardians for person in people(rows)] == [(GuardianRead("father", "Trần Hải", None, None),), ()]


@pytest.mark.parametrize(
    ("said", "relation"), [("Bà", "guardian"), ("BÀ.", "guardian"), ("Ba", "father"), ("Ông", "guardian"), ("Má", "mother")]
)
def test_a_grandmother_in_a_column_of_relations_is_no_father(said: str, relation: str):
    rows = [["Họ và tên", "Lớp", "Người giám hộ", "Quan hệ"], ["Trần Văn An", "3A", "Lê Thị Sáu", said]]
    assert people(rows)[0].guardians[0].relation == relation
