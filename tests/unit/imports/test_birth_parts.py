"""Day, month and year side by side are one date, with or without a heading over them."""

from __future__ import annotations

from datetime import date

import pytest

from tests.unit.imports.books import reading

ROWS = [[1, "Trần Văn An", 5, 3, 2014, "6A"], [2, "Lê Thị Bình", 15, 12, 2013, "6A"], [3, "Võ Chi", "", "", 2014, "6A"]]


@pytest.mark.parametrize("heads", [("Ngày", "Tháng", "Năm"), ("Ngày sinh", "Tháng sinh", "Năm sinh"), ("NGÀY", "THÁNG", "NĂM SINH")])
def test_three_columns_are_one_birth_date(heads: tuple[str, str, str]):
    found = reading([["STT", "Họ và tên", *heads, "Lớp"], *ROWS])
    assert [(person.birth_date, person.birth_year) for person in found.people] == [
        (date(2014, 3, 5), 2014),
        (date(2013, 12, 15), 2013),
        (None, 2014),
    ]


def test_a_date_beside_a_year_is_still_a_date():
    found = reading(
        [["STT", "Họ và tên", "Ngày sinh", "Năm sinh"], [1, "Trần Văn An", "5/3/2014", 2014], [2, "Lê Bình", "15/3/2014", 2014]]
    )
    assert [person.birth_date for person in found.people] == [date(2014, 3, 5), date(2014, 3, 15)]
