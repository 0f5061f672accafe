"""One person on two rows, and two people who only look like one."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.imports.books import codes, reading

HEADER = ["STT", "Họ và tên", "Ngày sinh", "Lớp", "CCCD", "Mã số BHXH", "SĐT"]
HOA = ["Lê Thị Hoa", "16/05/2014", "6A1", "001314000001", "0123456789", "0912345678"]

ONE_PERSON: dict[str, list[Any]] = {
    "the whole row again": HOA,
    "the same number, the name without marks": ["Le Thi Hoa", "", "", "001314000001", "", ""],
    "the same number, the name otherwise spelt": ["Lê Thị Hòa", "16/05/2014", "6A1", "001314000001", "", ""],
    "the same BHXH code": ["Lê Thị Hoa", "", "6A2", "", "0123456789", ""],
    "name, birth date and class": ["LÊ THỊ HOA", "16/05/2014", "6a1", "", "", ""],
}

TWO_PEOPLE: dict[str, list[Any]] = {
    "twins": ["Lê Thị Huệ", "16/05/2014", "6A1", "001314000002", "0123456780", "0912345678"],
    "twins without numbers": ["Lê Thị Huệ", "16/05/2014", "6A1", "", "", "0912345678"],
    "the same name in another class": ["Lê Thị Hoa", "16/05/2014", "6A2", "", "", ""],
    "the same name born on another day": ["Lê Thị Hoa", "17/05/2014", "6A1", "", "", ""],
    "the same name and day with another number": ["Lê Thị Hoa", "16/05/2014", "6A1", "001314000003", "", ""],
    "a name that differs by a mark": ["Lê Thị Hoà", "16/05/2014", "6A1", "", "", ""],
}


@pytest.mark.parametrize("second", ONE_PERSON.values(), ids=ONE_PERSON)
def test_the_second_row_of_a_person_is_a_problem_and_no_second_person(second: list[Any]):
    found = reading([HEADER, [1, *HOA], [2, *second]])
    assert [person.row for person in found.people] == [2]
    assert codes(found.problems) == [(3, "row", "duplicate")]
    assert dict(found.problems[0].params) == {"row": "2", "sheet": "Sheet1"}


@pytest.mark.parametrize("second", TWO_PEOPLE.values(), ids=TWO_PEOPLE)
def test_two_people_stay_two(second: list[Any]):
    found = reading([HEADER, [1, *HOA], [2, *second]])
    assert (len(found.people), found.problems) == (2, ())


def test_a_person_on_two_sheets_is_one_person():
    found = reading(**{"6A1": [HEADER, [1, *HOA]], "Tổng hợp": [HEADER, [1, *HOA]]})
    assert [(person.sheet, person.row) for person in found.people] == [("6A1", 2)]
    assert [(problem.sheet, problem.row, problem.code) for problem in found.problems] == [("Tổng hợp", 2, "duplicate")]


def test_one_number_for_two_different_people_is_trusted_for_the_first_only():
    found = reading([HEADER, [1, *HOA], [2, "Trần Văn Nam", "01/02/2013", "6A2", "", "0123456789", ""]])
    assert [person.bhxh_code for person in found.people] == ["0123456789", None]
    assert codes(found.problems) == [(3, "bhxh_code", "number-of-another")]


@pytest.mark.parametrize(("phones", "count"), [(("0912345678", "0912345678"), 1), (("0912345678", "0987654321"), 2), (("", ""), 2)])
def test_two_of_one_name_without_birth_dates_are_one_only_if_the_phone_agrees(phones: tuple[str, str], count: int):
    rows = [["STT", "Họ và tên", "Lớp", "SĐT"], *([number, "Lê Thị Hoa", "6A1", phone] for number, phone in enumerate(phones, 1))]
    assert len(reading(rows).people) == count
