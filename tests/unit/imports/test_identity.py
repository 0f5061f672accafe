"""Số định danh, CMND, BHXH codes and health cards as rosters hold them."""

from __future__ import annotations

from typing import Any

import pytest

from imports.judges.identity import judge_bhxh_code, judge_health_card, judge_personal_id
from tests.unit.imports.books import codes, column, people, reading

# A man born in 2010: 048 (Đà Nẵng), 2 (male, 20xx), 10.
PERSONAL_IDS: list[tuple[Any, str | None, str | None]] = [
    ("048210776317", "048210776317", None),
    ("048 210 776 317", "048210776317", None),
    ("048.210.776.317", "048210776317", None),
    ("CCCD: 048210776317", "048210776317", None),
    ("Số 048210776317", "048210776317", None),
    ("SỐ ABC", None, "not-12-digits"),
    ("\u200b048210776317", "048210776317", None),
    (48210776317, "048210776317", "zeros-restored"),
    (48210776317.0, "048210776317", "zeros-restored"),
    ("48210776317", "048210776317", "zeros-restored"),
    (1210776317, "001210776317", "zeros-restored"),
    (3210776317, None, "zeros-contradicted"),
    (48310776317, "048310776317", "other-sex"),
    (48211776317, "048211776317", "other-birth-year"),
    (1310776317, None, "zeros-contradicted"),
    (1211776317, None, "zeros-contradicted"),
    ("048211776317", "048211776317", "other-birth-year"),
    ("048310776317", "048310776317", "other-sex"),
    ("003210776317", "003210776317", "unknown-place"),
    ("7.92E+10", None, "digits-gone"),
    ("7,9E+11", None, "digits-gone"),
    (79200000000, None, "digits-gone"),
    (48210776317.5, None, "not-12-digits"),
    ("0482107763", None, "not-12-digits"),
    ("0482107763171", None, "not-12-digits"),
    ("chưa làm", None, "not-12-digits"),
    ("C1234567", None, "passport"),
    ("", None, None),
    ("không có", None, None),
    (0, None, None),
]


@pytest.mark.parametrize(("cell", "number", "code"), PERSONAL_IDS)
def test_a_personal_id_is_read_mended_or_named(cell: Any, number: str | None, code: str | None):
    papers, finding = judge_personal_id(cell, 2010, "male", keeps_zeros=isinstance(cell, str) and len(cell) == 10)
    assert (papers.personal_id, finding and finding.code) == (number, code)


@pytest.mark.parametrize(("cell", "old"), [("123456789", "123456789"), (123456789, "123456789"), (12345678, "012345678")])
def test_nine_digits_are_an_old_card_kept_and_flagged(cell: Any, old: str):
    papers, finding = judge_personal_id(cell)
    assert (papers.personal_id, papers.old_id, finding and finding.code) == (None, old, "old-id")


def test_a_text_that_is_too_short_in_a_column_that_keeps_its_zeros_lost_something_else():
    found = reading(column("CCCD", "048210776317", "48210776318", 48210776319))
    assert [person.personal_id for person in found.people] == ["048210776317", None, "048210776319"]
    assert codes(found.problems) == [(3, "personal_id", "not-12-digits"), (4, "personal_id", "zeros-restored")]


def test_a_code_that_lost_two_zeros_is_padded_to_the_columns_width():
    rows = [
        ["Họ tên", "Ngày sinh", "Giới tính", "Số CCCD"],
        ["Trần An", "27/10/1985", "Nam", 1085123456],
        ["Lê Hoa", "1/1/1990", "Nữ", 79190123456],
    ]
    assert [person.personal_id for person in people(rows)] == ["001085123456", "079190123456"]


def test_a_number_that_does_not_fit_birth_date_or_sex_is_kept_with_a_warning():
    rows = [
        ["Họ tên", "Ngày sinh", "Giới tính", "CCCD"],
        ["Trần An", "27/10/2010", "Nam", "048210776317"],
        ["Lê Hoa", "1/1/2011", "Nam", "048210776318"],
    ]
    found = reading(rows)
    assert [person.personal_id for person in found.people] == ["048210776317", "048210776318"]
    assert codes(found.problems) == [(3, "personal_id", "other-birth-year")]


BHXH_CODES: list[tuple[Any, str | None, str | None]] = [
    ("0123456789", "0123456789", None),
    ("01 2345 6789", "0123456789", None),
    (7912345678, "7912345678", None),
    (123456789, "0123456789", "zeros-restored"),
    ("123456789", "0123456789", "zeros-restored"),
    ("31972014", None, "not-10-digits"),
    (31972014, None, "not-10-digits"),
    ("HS4010123456789", "0123456789", "card-for-code"),
    ("3.1E+09", None, "digits-gone"),
    ("chưa có", None, None),
]


@pytest.mark.parametrize(("cell", "number", "code"), BHXH_CODES)
def test_a_bhxh_code_is_read_mended_or_named(cell: Any, number: str | None, code: str | None):
    papers, finding = judge_bhxh_code(cell)
    assert (papers.bhxh_code, finding and finding.code) == (number, code)


def test_a_personal_id_in_the_bhxh_column_is_kept_as_what_it_is():
    found = reading(column("Mã số BHXH", "048210776317", "0123456789"))
    assert [(person.personal_id, person.bhxh_code) for person in found.people] == [("048210776317", None), (None, "0123456789")]
    assert codes(found.problems) == [(2, "bhxh_code", "personal-id-for-code")]


HEALTH_CARDS: list[tuple[Any, str | None, str | None, str | None]] = [
    ("HS4010123456789", "0123456789", None, None),
    ("hs 4 01 01 234 56789", "0123456789", None, None),
    ("MS4 01 0123456789", "0123456789", None, None),  # letters that are a label elsewhere
    ("CC1010123456789", "0123456789", None, None),
    ("Số thẻ: 0123456789", "0123456789", None, None),
    ("0123456789", "0123456789", None, None),
    (123456789, "0123456789", None, "zeros-restored"),
    ("048210776317", None, "048210776317", None),
    ("048211776317", None, "048211776317", "other-birth-year"),
    (48210776317, None, "048210776317", "zeros-restored"),
    (1210776317, None, "001210776317", "zeros-restored"),
    ("HS40101234567", None, None, "not-a-card"),
    ("", None, None, None),
]


@pytest.mark.parametrize(("cell", "bhxh_code", "personal_id", "code"), HEALTH_CARDS)
def test_a_health_card_tells_what_its_form_tells(cell: Any, bhxh_code: str | None, personal_id: str | None, code: str | None):
    papers, finding = judge_health_card(cell, 2010, "male")
    assert (papers.bhxh_code, papers.personal_id, finding and finding.code) == (bhxh_code, personal_id, code)


def test_an_old_card_number_stands_beside_a_personal_id():
    person = people([["Họ tên", "Số CMND", "Số định danh cá nhân"], ["Trần An", "123456789", "048210776317"]])[0]
    assert (person.old_id, person.personal_id) == ("123456789", "048210776317")


def test_two_columns_that_give_different_numbers_are_said():
    found = reading(
        [["Họ tên", "Mã số BHXH", "Số thẻ BHYT"], ["Trần An", "0123456789", "HS4010123456780"], ["Lê Hoa", "", "HS4010123456781"]]
    )
    assert [person.bhxh_code for person in found.people] == ["0123456789", "0123456781"]
    assert codes(found.problems) == [(2, "health_card", "numbers-disagree")]


def test_a_less_telling_column_fills_what_the_better_one_leaves_blank():
    rows = [["Họ tên", "Số CCCD", "Số định danh cá nhân"], ["Trần An", "048210776317", ""], ["Lê Hoa", "", "048210776318"]]
    assert [person.personal_id for person in people(rows)] == ["048210776317", "048210776318"]
