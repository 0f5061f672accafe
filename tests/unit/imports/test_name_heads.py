"""Names of others that no list is of."""

from __future__ import annotations

import pytest

from imports import Unreadable
from tests.unit.imports.books import reading
from tests.unit.imports.sent_name_heads import DATES, NAMES, named

_IDS = ("001090000011", "001191000022", "001192000033")


@pytest.mark.parametrize(
    "heading",
    [
        "Họ tên vợ/chồng",
        "Họ tên chủ tài khoản",
        "Họ và tên người phụ thuộc",
        "Họ tên GVCN",
        "Họ tên kế toán",
        "Họ tên giám đốc",
        "Họ tên đầu mối",
    ],
)
def test_another_persons_name_is_not_taken_for_the_listed_ones(heading: str):
    with pytest.raises(Unreadable):
        reading(named(heading, ["Ngày sinh", "Số CCCD"], DATES, _IDS))


def test_what_is_sensitive_about_a_child_stays_so_beside_an_employee():
    found = reading([["STT", "Họ tên nhân viên", "Con thương binh", "Họ tên con"], [1, "Trần Văn An", "x", "Trần Minh Châu"]])
    assert [column.why_not for column in found.columns] == [None, None, "sensitive", "not-needed"]


def test_a_child_named_left_of_the_employee_may_be_who_is_listed_and_is_asked_about():
    rows = [["Họ tên con", "Năm sinh", "Họ tên cán bộ"], ["Trần Bé", 2015, "Trần Văn An"], ["Lê Na", 2016, "Lê Thị Bình"]]
    assert [question.code for question in reading(rows).questions] == ["two-headings"]


def test_what_has_no_names_in_it_is_no_column_of_names():
    rows = named("Tên khách hàng", ["Ngày sinh", "Số CCCD"], DATES, _IDS)
    for row, company in zip(rows[1:], ("Công ty A", "Công ty B", "Cửa hàng C"), strict=True):
        row[1] = company
    with pytest.raises(Unreadable):
        reading(rows)


def test_two_such_columns_are_not_chosen_between():
    with pytest.raises(Unreadable):
        reading(named("Họ tên khách hàng", ["Họ tên CN", "Ngày sinh", "Số CCCD"], NAMES[::-1], DATES, _IDS))
