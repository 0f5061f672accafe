"""A guardian's name and telephone are read also where both stand in one cell, and what is guessed of that is said."""

from __future__ import annotations

from typing import Any

import pytest

from imports import Severity, read
from imports.headings.meaning import meaning
from imports.values import GuardianRead
from tests.unit.imports.books import book, codes, column, people, reading

HEADINGS = {
    "Họ tên cha/mẹ, SĐT": "parent_contact",
    "Họ tên và SĐT mẹ": "mother_contact",
    "Họ và tên, số điện thoại phụ huynh": "parent_contact",
    "SĐT, họ tên bố": "father_contact",
    "Họ tên bố - SĐT bố": "father_contact",
    "Mẹ (họ tên, SĐT)": "mother_contact",
    "Họ tên mẹ (SĐT)": "mother_contact",
    "Họ tên mẹ học sinh, số ĐT": "mother_contact",
    "Tên + điện thoại người giám hộ": "guardian_contact",
    "Họ tên PH 2, SĐT": "parent2_contact",
    "Họ và tên + SĐT của PHHS": "parent_contact",
    "Liên hệ phụ huynh": "parent_contact",
    "Thông tin phụ huynh": "parent_contact",
    "Mother's name and phone number": "mother_contact",
    # and what is something else
    "Họ tên học sinh, SĐT phụ huynh": None,
    "Họ tên bố, SĐT mẹ": None,
    "Họ tên, SĐT": None,
    "Họ tên cha, nghề nghiệp, SĐT": None,
    "Địa chỉ liên hệ phụ huynh": None,
    "SĐT liên hệ phụ huynh": "parent_phone",
    "Họ tên mẹ": "mother_name",
    "SĐT mẹ": "mother_phone",
}


@pytest.mark.parametrize(("heading", "field"), HEADINGS.items())
def test_the_heading_is_known_by_what_it_names(heading: str, field: str | None):
    assert meaning(heading).field == field


def test_the_heading_is_known_below_a_label():
    assert (meaning("Họ tên, SĐT", "Mẹ").field, meaning("Họ tên - SĐT", "Phụ huynh").field) == ("mother_contact", "parent_contact")


CELLS = {
    "Nguyễn Văn A - 0912345678": ("Nguyễn Văn A", "0912345678"),
    "Trần Thị B (0987654321)": ("Trần Thị B", "0987654321"),
    "0912345678 Lê C": ("Lê C", "0912345678"),
    "NGUYỄN VĂN A\n0912.345.678": ("Nguyễn Văn A", "0912345678"),
    "Nguyễn Văn A, SĐT: 0912 345 678": ("Nguyễn Văn A", "0912345678"),
    "Nguyễn Văn A ĐT +84 912 345 678": ("Nguyễn Văn A", "0912345678"),
    "(0912345678) Lê Văn C": ("Lê Văn C", "0912345678"),
    "Nguyễn Văn A": ("Nguyễn Văn A", None),
    "0912345678": (None, "0912345678"),
    "không có": (None, None),
    "-": (None, None),
    "": (None, None),
}


@pytest.mark.parametrize(("cell", "told"), CELLS.items())
def test_a_cell_is_parted_into_name_and_telephone_without_a_word_of_guessing(cell: str, told: tuple[str | None, str | None]):
    found = reading(column("Họ tên mẹ, SĐT", cell, "Vũ Thị Hoa - 0912000111"))
    expected = (GuardianRead("mother", *told, None),) if any(told) else ()
    assert (found.people[0].guardians, found.problems) == (expected, ())


def test_a_number_without_its_zero_is_said_to_be_mended():
    found = reading(column("Họ tên mẹ, SĐT", "Lê Hoa - 912345678", 912345679))
    assert [person.guardians[0][1:3] for person in found.people] == [("Lê Hoa", "0912345678"), (None, "0912345679")]
    assert [(p.severity, p.field, p.code) for p in found.problems] == [(Severity.REPAIR, "guardian_phone", "zero-restored")] * 2


ODD: dict[str, tuple[str | None, str | None, str, str]] = {
    "Lê Hoa - 091234567": ("Lê Hoa", None, "guardian_phone", "not-a-phone"),
    "Lê Hoa 0912345678, 0987654321": ("Lê Hoa", "0912345678", "guardian_phone", "two-phones"),
    "Lê Hoa 0912345678 - Vũ Ba 0987654321": ("Lê Hoa", "0912345678", "guardian_name", "two-people"),
    "Lê Hoa 12 - 0912345678": ("Lê Hoa 12", "0912345678", "guardian_name", "odd-name"),
}


@pytest.mark.parametrize(("cell", "told"), ODD.items())
def test_what_is_odd_about_either_is_said(cell: str, told: tuple[str | None, str | None, str, str]):
    found = reading(column("Họ tên mẹ, SĐT", cell, "Vũ Thị Hoa - 0912000111"))
    assert found.people[0].guardians[0][1:3] == told[:2]
    assert told[2:] in [(field, code) for _, field, code in codes(found.problems)]


def test_a_ditto_mark_is_no_name():
    found = reading(column("Họ tên mẹ, SĐT", "Lê Hoa - 0912345678", "nt", '"'))
    assert [person.guardians for person in found.people] == [(GuardianRead("mother", "Lê Hoa", "0912345678", None),)] * 3
    assert codes(found.problems) == [(3, "guardian_name", "ditto"), (4, "guardian_name", "ditto")]


@pytest.mark.parametrize("cell", ["Bố: Lê An 0987654321; mẹ: Hồ Thị Hoa 0912345678", "Bố mất, mẹ Hồ Thị Hoa 0912345678"])
def test_of_both_parents_the_one_is_taken_whom_the_heading_names(cell: str):
    found = reading(column("Họ tên mẹ, SĐT", cell, "Vũ Thị Ba - 0912000111"))
    assert found.people[0].guardians == (GuardianRead("mother", "Hồ Thị Hoa", "0912345678", None),)
    assert codes(found.problems) == [(2, "guardian_name", "rest-removed")]


def test_a_number_is_left_of_no_name():
    (guardian,) = people(column("Họ tên mẹ, SĐT", "0912345678 (Hoa) 12/5/1985"))[0].guardians
    assert guardian.full_name == "(Hoa) 12"


@pytest.mark.parametrize(
    ("cell", "relation"),
    [
        ("Mẹ: Lê Hoa - 0912345678", "mother"),
        ("Lê Hoa (mẹ) 0912345678", "mother"),
        ("bố: Lê An 0912345678", "father"),
        ("Lê An 0912345678", None),
    ],
)
def test_a_parents_cell_may_say_which_parent_it_is(cell: str, relation: str | None):
    (guardian,) = people(column("Họ tên phụ huynh, SĐT", cell))[0].guardians
    assert (guardian.relation, guardian.full_name, guardian.phone) == (relation, "Lê Hoa" if "Hoa" in cell else "Lê An", "0912345678")


def test_a_telephone_in_a_column_of_names_is_taken_and_said_and_can_be_refused():
    rows = column("Họ tên mẹ", "Lê Hoa - 0912345678", "Vũ Thị Ba")
    found = reading(rows)
    assert [person.guardians for person in found.people] == [
        (GuardianRead("mother", "Lê Hoa", "0912345678", None),),
        (GuardianRead("mother", "Vũ Thị Ba", None, None),),
    ]
    assert [(p.column, p.severity, p.field, p.code, p.value) for p in found.problems] == [
        ("C", Severity.REPAIR, "guardian_phone", "phone-beside-name", "Lê Hoa - 0912345678")
    ]
    refused = read(book(rows), "x.xlsx", refused=frozenset({("guardian_phone", "phone-beside-name")}))
    assert refused.people[0].guardians == (GuardianRead("mother", "Lê Hoa", None, None),)
    assert [(p.severity, p.code) for p in refused.problems] == [(Severity.WARNING, "phone-beside-name")]


def two(*cells: tuple[Any, Any]) -> list[list[Any]]:
    return [["STT", "Họ và tên", "Họ tên mẹ", "SĐT mẹ"], *([n, f"Trần Văn {'ABC'[n]}n", *pair] for n, pair in enumerate(cells))]


def test_a_telephone_of_its_own_comes_before_the_one_beside_the_name():
    found = reading(two(("Lê Hoa - 0912345678", "0987654321"), ("Vũ Ba - 0912345678", "0912345678"), ("Hồ Tư - 0912345679", "")))
    assert [person.guardians[0].phone for person in found.people] == ["0987654321", "0912345678", "0912345679"]
    assert [(p.row, p.column, p.code) for p in found.problems] == [(2, "C", "two-phones"), (4, "C", "phone-beside-name")]


def test_a_name_in_a_column_of_telephones_is_taken_and_said_where_there_is_no_other():
    found = reading(column("SĐT mẹ", "0912345678 Lê Thị Hoa", "0912000111"))
    assert found.people[0].guardians == (GuardianRead("mother", "Lê Thị Hoa", "0912345678", None),)
    assert [(p.field, p.severity, p.code) for p in found.problems] == [("guardian_name", Severity.REPAIR, "name-beside-phone")]
    assert reading(two(("Vũ Ba", "0912345678 Lê Thị Hoa"))).people[0].guardians[0].full_name == "Vũ Ba"


@pytest.mark.parametrize("cell", ["0912345678 gọi buổi tối", "0912345678 (cơ quan)", "Zalo 0912345678", "0912345678 làm ruộng"])
def test_a_note_beside_a_telephone_is_no_name(cell: str):
    found = reading(column("SĐT mẹ", cell))
    assert found.people[0].guardians == (GuardianRead("mother", None, "0912345678", None),)
    assert [p.code for p in found.problems] == ["note-removed"]


def test_what_else_stands_in_the_cell_is_said_to_be_left_out_and_that_can_be_refused():
    rows = column("Họ tên mẹ, SĐT", "Lê Hoa, làm ruộng, 0912345678", "Vũ Thị Ba - 0912000111")
    found = reading(rows)
    assert found.people[0].guardians == (GuardianRead("mother", "Lê Hoa", "0912345678", None),)
    assert [(p.field, p.severity, p.code) for p in found.problems] == [("guardian_name", Severity.REPAIR, "rest-removed")]
    refused = read(book(rows), "x.xlsx", refused=frozenset({("guardian_name", "rest-removed")}))
    assert refused.people[0].guardians == (GuardianRead("mother", None, "0912345678", None),)


def test_what_stands_beside_such_a_column_is_the_parents_like_beside_a_name():
    rows = [["STT", "Họ và tên", "Ngày sinh", "Họ tên mẹ, SĐT", "Năm sinh", "CCCD"]]
    found = reading([*rows, [1, "Trần Văn An", "", "Lê Hoa - 0912345678", "1985", "001185000123"]])
    assert (found.people[0].birth_year, found.people[0].personal_id) == (None, None)
    assert found.people[0].guardians[0].personal_id == "001185000123"


BOTH = [
    "Bố: Lê An - ĐT 0912345678; Mẹ: Hồ Thị Hoa - ĐT 0987654321",
    "Bố Lê An (0912345678)\nMẹ Hồ Thị Hoa (0987654321)",
    "Cha: Lê An, SĐT: 0912.345.678, Mẹ: Hồ Thị Hoa, SĐT: 0987 654 321",
    "Họ tên bố: Lê An 0912345678 / Họ tên mẹ: Hồ Thị Hoa 0987654321",
]


@pytest.mark.parametrize("cell", BOTH)
@pytest.mark.parametrize("heading", ["Họ tên bố mẹ, số điện thoại", "Họ tên phụ huynh"])
def test_father_and_mother_in_one_cell_are_two_guardians(heading: str, cell: str):
    found = reading(column(heading, cell, "Vũ Thị Ba"))
    assert found.people[0].guardians == (
        GuardianRead("father", "Lê An", "0912345678", None),
        GuardianRead("mother", "Hồ Thị Hoa", "0987654321", None),
    )
    guessed = [("guardian_name", "parent-beside-name"), ("guardian_phone", "phone-beside-name")] if heading == "Họ tên phụ huynh" else []
    assert [(p.field, p.code) for p in found.problems] == guessed


def test_the_mother_first_and_a_father_without_a_telephone():
    found = reading(column("Họ tên cha mẹ, SĐT", "Mẹ: Hồ Thị Hoa 0987654321, bố: Lê An", "Vũ Thị Ba 0912000111"))
    assert found.people[0].guardians == (
        GuardianRead("mother", "Hồ Thị Hoa", "0987654321", None),
        GuardianRead("father", "Lê An", None, None),
    )


def test_a_word_before_a_parents_name_is_no_part_of_it():
    found = reading(column("Họ tên phụ huynh", "Bố Lê An", "mẹ: Hồ Thị Hoa", "Ba Thị Cúc"))
    assert [person.guardians[0][:2] for person in found.people] == [("father", "Lê An"), ("mother", "Hồ Thị Hoa"), (None, "Ba Thị Cúc")]
    assert [(p.row, p.severity, p.code) for p in found.problems] == [(row, Severity.REPAIR, "parent-beside-name") for row in (2, 3)]


def test_a_telephone_of_the_other_parent_that_is_wrong_is_said():
    found = reading(column("Họ tên bố mẹ, SĐT", "Bố: Lê An 0912345678; mẹ: Hồ Hoa 098765432", "Vũ Thị Ba 0912000111"))
    assert found.people[0].guardians[1] == GuardianRead("mother", "Hồ Hoa", None, None)
    assert codes(found.problems) == [(2, "guardian_phone", "not-a-phone")]


@pytest.mark.parametrize("named", ["Lê Thị Hoa (bà ngoại)", "Lê Thị Hoa (bà)", "Bà nội: Lê Thị Hoa", "Lê Thị Hoa (người giám hộ)"])
def test_a_relative_in_a_row_of_their_own_below_the_child_is_a_guardian_and_nobody_else(named: str):
    rows = [["STT", "Họ và tên", "Ngày sinh", "SĐT"], [1, "Trần Văn An", "27/10/2014", ""], ["", named, "", "0912345678"]]
    (child,) = people([*rows, [2, "Lê Thị Bình", "28/10/2014", ""]])[:-1]
    assert child.guardians == (GuardianRead("guardian", "Lê Thị Hoa", "0912345678", None),)


def test_a_title_before_a_name_makes_nobody_a_guardian():
    rows = [["STT", "Họ và tên", "Ngày sinh"], [1, "Trần Văn An", "27/10/1984"], ["", "Bà: Lê Thị Hoa", "28/10/1984"]]
    found = reading([*rows, [2, "Lê Thị Bình", "28/10/1984"]])
    assert ([person.guardians for person in found.people], codes(found.problems)) == ([(), ()], [(3, "row", "unclear-row")])
