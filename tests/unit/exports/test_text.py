"""Text that a spreadsheet takes as text, and names that a sheet may have."""

from __future__ import annotations

import pytest

from app.exports.text import MAX_SHEET_NAME, clean, is_computed, sheet_names


@pytest.mark.parametrize("text", ["=1+1", "+84912000111", "-2", "@SUM(A1)", '=HYPERLINK("http://x")'])
def test_what_a_spreadsheet_would_compute_is_known(text: str):
    assert is_computed(text)


@pytest.mark.parametrize("text", ["Nguyễn An", "0912000111", "a=b", ""])
def test_ordinary_text_is_left_alone(text: str):
    assert not is_computed(text)


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("\t=1+1", "=1+1"),  # what hides behind a tab is then seen for what it is
        ("\r\n=1+1", "=1+1"),
        ("Nguyễn\x00 An\x0b", "Nguyễn An"),
        ("hai\ndòng", "hai dòng"),
        ("\ud800An", "An"),
        ("  An  ", "An"),
    ],
)
def test_what_can_not_be_stored_is_taken_out(text: str, cleaned: str):
    assert clean(text) == cleaned


def test_a_sheet_name_has_none_of_the_forbidden_characters_and_is_short_enough():
    assert sheet_names(["6A1/6A2", "[x]:*?\\", "'Tổ'", "x" * 40]) == ["6A1-6A2", "-x-----", "Tổ", "x" * MAX_SHEET_NAME]


def test_no_two_sheets_have_one_name_whatever_the_case():
    names = sheet_names(["6A1", "6a1", "6A1", "Tổng hợp", "History", "", "?"], taken=["Tổng hợp"])
    assert names == ["6A1", "6a1 (2)", "6A1 (3)", "Tổng hợp (2)", "History (2)", "-", "- (2)"]


def test_long_names_that_begin_alike_stay_short_enough():
    names = sheet_names(["Phòng Kế hoạch và Đầu tư phát triển số 1", "Phòng Kế hoạch và Đầu tư phát triển số 2"])
    assert len(set(names)) == 2
    assert max(map(len, names)) == MAX_SHEET_NAME
