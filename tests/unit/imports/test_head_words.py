"""Headings that nobody listed are known by their head words, unless what follows names another's or another thing."""

from __future__ import annotations

import pytest

from imports.headings.head_words import by_its_head
from tests.unit.imports.books import reading

TAKEN = {
    "phone": [
        "Số điện thoại di động\nđăng ký VssID", "Số điện thoại đang dùng", "SĐT chính chủ", "Số điện thoại nhận OTP", "SĐT LH",
        "ĐT nhận mã OTP", "Số điện thoại học sinh đang dùng", "Số điện thoại của bản thân", "Thông tin liên hệ / SĐT nhận OTP",
        "Số điện thoại, Zalo đang dùng", "Số điện thoại đăng ký tài khoản VssID", "So dien thoai dang dung", "Đ/thoại",
        "Đ.thoại dùng VssID",
    ],
    "unit": [
        "Đơn vị, phòng ban\nnơi làm việc", "Đ/v công tác", "Đ.vị CT", "Đơn vị CT", "Nơi công tác", "Cơ quan", "Cơ quan, đơn vị công tác",
        "Cơ quan công tác", "Tên trường", "Trường", "Trường/Lớp", "Trường - Lớp", "Bộ phận đang làm việc", "B/phận", "P/ban",
        "Phòng/Đội", "Phòng, đội", "Đội/Tổ", "Ban - Đội", "Kho và cửa hàng", "Phòng/Đội công tác", "Phong/Doi",
        "Phòng đang công tác", "Trường đang học", "Don vi dang cong tac",
    ],
    "position": ["C/vụ", "C.vụ hiện nay", "Chức vụ hiện đang giữ", "Chức danh được bổ nhiệm"],
    "bhxh_code": ["Mã số BHXH đã tra cứu được", "Mã BHXH được cấp"],
    "personal_id": ["Số CCCD gắn chip mới nhất"],
    "birth_date": ["Ngày sinh theo CCCD"],
    "email": ["Địa chỉ email đang dùng"],
    "mother_phone": ["SĐT mẹ đang dùng"],
    "staff_code": ["Mã số CN", "Mã CN"],
    "sex": ["Ông/Bà", "Ông (bà)", "Mr./Ms.", "Danh xưng"],
}  # fmt: skip

ANOTHERS = [
    "SĐT bà", "SĐT cơ quan đang dùng", "Số điện thoại cơ quan", "SĐT trưởng thôn", "SĐT GVCN", "Số điện thoại đang dùng của vợ",
    "SĐT không dùng", "Số ĐT đã khóa", "Số điện thoại, email", "DT đang dùng", "Hiệu trưởng / SĐT đang dùng", "SĐT kế toán",
    "Số điện thoại giáo viên chủ nhiệm", "Số điện thoại nhà riêng",
    "Đơn vị cấp", "Cơ quan cấp", "Cơ quan thuế", "Nơi cấp", "Nơi sinh", "Đơn vị tính", "Trưởng", "Trường cũ", "Tên đơn vị cấp",
    "Cơ quan BHXH quản lý", "Đơn vị đóng BHXH", "Đơn vị công tác của bố", "Cơ quan chủ quản", "Trường cấp 2", "Nơi đăng ký KCB",
    "Lớp dạy", "Lớp trưởng", "Lớp học thêm", "Phòng thi", "Phòng học", "Khoa học", "Tổ trưởng", "Mã phòng thi", "Lớp/Màu áo",
    "Đội", "Kho", "Đội trưởng", "Tổ/Bản", "Thôn/Đội", "Đoàn/Đội", "Đội/Bóng",
    "Chức vụ/Đơn vị", "Chức vụ Đảng", "Chức vụ trong Đảng", "Chức vụ, đơn vị công tác", "Vị trí ngồi",
    "Ngày sinh hoạt Đảng", "Đ/c", "Đ/c thường trú", "T/T", "K/Q", "Họ tên\nPhone", "Mã số\nID number", "Khóa", "Năm", "",
]  # fmt: skip


@pytest.mark.parametrize(("field", "heading"), [(field, heading) for field, headings in TAKEN.items() for heading in headings])
def test_what_follows_the_head_words_only_qualifies_them(field: str, heading: str):
    found = by_its_head(heading)
    assert found is not None
    assert found.field == field


@pytest.mark.parametrize("heading", ANOTHERS)
def test_a_heading_of_another_person_place_or_thing_stays_unknown(heading: str):
    assert by_its_head(heading) is None


PEOPLE = [["STT", "Họ và tên", "Ngày sinh"], *([number, f"Trần Văn {name}", f"{number}/10/1990"] for number, name in
          enumerate(("An", "Bình", "Cường", "Dũng", "Em", "Giang"), 14))]  # fmt: skip
PHONES = [f"091234567{digit}" for digit in range(6)]
FIELD_OF = {
    "their own telephones": ("Số điện thoại đang dùng", PHONES, "phone"),
    "one telephone for all": ("Số điện thoại đang dùng", PHONES[:1] * 6, None),
    "no telephones": ("Số điện thoại đang dùng", ["x", "", "x", "x", "", ""], None),
    "nothing": ("Số điện thoại đang dùng", [""] * 6, None),
    "departments": ("Đ/v công tác", ["Phòng Thu", "Tổ Hành chính"] * 3, "unit"),
    "marks": ("Đ/v", ["x", "", "x", "x", "", ""], None),
    "people's names": ("Đ/v", ["Lê Thị Hoa", "Trần Văn Tư", "Vũ Thị Ba"] * 2, None),
    "schools": ("Trường", ["Trường Mầm non Sơn Ca", "Trường Tiểu học Đồng Tâm"] * 3, "unit"),
    "names under a form of address": ("Ông (bà)", ["Lê Thị Hoa", "Trần Văn Tư", "Vũ Thị Ba"] * 2, None),
    "departments by two words": ("Phòng/Đội", ["Phòng Nghiệp vụ", "Đội Quản lý"] * 3, "unit"),
    "marks by two words": ("Phòng/Đội", ["x", "", "x", "x", "", ""], None),
    "workers' codes": ("Mã số CN", ["CN012", "CN013", "0014", "CN-15", "16", "17"], "staff_code"),
    "branches' codes": ("Mã CN", ["CN01", "CN02"] * 3, None),
    "numbers of persons": ("Mã số CN", [f"00119900009{digit}" for digit in range(6)], None),
    "titles": ("C/vụ", ["CV", "PTP"] * 3, "position"),
}


@pytest.mark.parametrize(("heading", "cells", "field"), FIELD_OF.values(), ids=FIELD_OF)
def test_the_values_have_to_agree(heading: str, cells: list[str], field: str | None):
    rows = [[*line, cell] for line, cell in zip(PEOPLE, [heading, *cells], strict=True)]
    found = reading(rows)
    assert (found.columns[-1].field, found.columns[-1].why_not is None) == (field, field is not None)
    if field:
        assert [getattr(person, field) for person in found.people] == cells
    assert not found.problems


def test_how_somebody_is_addressed_tells_their_sex():
    cells = ["Ông/Bà", *["Ông", "Bà", "Ông.", "bà", "Anh", "Ms."]]
    found = reading([[cell, *line] for line, cell in zip(PEOPLE, cells, strict=True)])
    assert [person.sex for person in found.people] == ["male", "female"] * 3
    assert not found.problems


def test_a_heading_known_as_a_whole_comes_first():
    rows = [[*line, own, other] for line, own, other in zip(PEOPLE, ["SĐT", *PHONES], ["SĐT chính chủ", *reversed(PHONES)], strict=True)]
    found = reading(rows)
    assert [column.field for column in found.columns[-2:]] == ["phone", None]
    assert [person.phone for person in found.people] == PHONES


def test_a_column_that_stayed_blank_keeps_no_other_from_being_known():
    rows = [[*line, own, other] for line, own, other in zip(PEOPLE, ["SĐT", *[""] * 6], ["SĐT chính chủ", *PHONES], strict=True)]
    assert [person.phone for person in reading(rows).people] == PHONES


def test_right_of_a_mothers_name_it_is_her_telephone_and_no_unit():
    beside = ["Họ tên mẹ", "SĐT đang dùng", "Cơ quan"]
    cells = [beside, *(["Lê Thị Hoa", phone, "Công an tỉnh"] for phone in PHONES)]
    found = reading([[*line, *more] for line, more in zip(PEOPLE, cells, strict=True)])
    assert {(person.phone, person.unit) for person in found.people} == {(None, None)}
    assert [person.guardians[0].phone for person in found.people] == PHONES


def test_one_school_is_a_unit_in_a_list_of_staff_and_not_of_pupils():
    cells = ["Trường", *["THCS Minh Họa"] * 6]
    rows = [[*line, cell] for line, cell in zip(PEOPLE, cells, strict=True)]
    assert reading([["DANH SÁCH GIÁO VIÊN"], *rows]).people[0].unit == "THCS Minh Họa"
    assert reading([["DANH SÁCH HỌC SINH"], *rows]).people[0].unit is None


def test_such_headings_alone_beside_names_are_a_header_and_stand_below_labels():
    told = list(zip(PEOPLE[1:], PHONES, strict=True))
    rows = [["Họ và tên", "SĐT đang dùng", "Đ/v công tác"], *([line[1], phone, "Phòng Thu"] for line, phone in told)]
    assert [(person.phone, person.unit) for person in reading(rows).people] == [(phone, "Phòng Thu") for phone in PHONES]
    labels = [[*PEOPLE[0], "Thông tin liên hệ", ""], ["", "", "", "SĐT đang dùng", "Email đang dùng"]]
    rows = [*labels, *([*line, phone, f"a{phone}@x.vn"] for line, phone in told)]
    found = reading(rows)
    assert [(person.phone, person.email) for person in found.people] == [(phone, f"a{phone}@x.vn") for phone in PHONES]
    assert not found.problems
