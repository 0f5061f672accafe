"""What a sheet's name says of its people, and that it is known by its name."""

from __future__ import annotations

import pytest

from imports import Answer, Correction, SheetAnswer, read
from tests.unit.imports.books import book, codes, people, reading

HEADER = ["STT", "Họ và tên", "Ngày sinh"]
AN = [1, "Trần Văn An", "27/10/2014"]
BINH = [2, "Lê Thị Bình", "04/06/2014"]

SHEETS = {
    "6B (35hs)": "6B",
    "L.6C": "6C",
    "6D-GVCN Hoa": "6D",
    "Lop 6A": "6A",
    "6A, sĩ số 35": "6A",
    "12 Tin": "12 Tin",
    "6.1": "6.1",
    "Sheet1": None,
    "1 ds": None,
    "10 HS": None,
    "5 GV": None,
    "2 Danh sách": None,
    "6A, 6B": None,  # which of them is whose?
    "6A; B": None,
    "6A (6B)": None,
}


@pytest.mark.parametrize(("name", "unit"), SHEETS.items())
def test_a_sheets_name_says_the_class_whatever_stands_beside_it(name: str, unit: str | None):
    (person,) = people(**{name: [["STT", "Họ và tên", "Ngày sinh"], [1, "Trần Văn An", "27/10/2014"]]})
    assert person.unit == unit


def test_a_day_for_a_name_is_a_class_among_classes_only():
    alone = reading(**{"2.9": [HEADER, AN]})
    assert ([person.unit for person in alone.people], codes(alone.problems)) == ([None], [(1, "unit", "class-or-day")])
    among = reading(**{"2.8": [HEADER, AN], "2.9": [HEADER, BINH]})
    assert ([person.unit for person in among.people], among.problems) == (["2.8", "2.9"], ())


def test_a_sheet_is_found_by_its_name_though_it_ends_in_a_space():
    made = book(**{"6A1 ": [HEADER, AN], "6A2": [HEADER, BINH]})
    typed = read(made, "x.xlsx", corrections=[Correction("6A1 ", 2, "B", "Trần Văn Em")])
    assert [person.full_name for person in typed.people] == ["Trần Văn Em", "Lê Thị Bình"]
    left = read(made, "x.xlsx", answer=Answer((SheetAnswer("6A1 ", taken=False), SheetAnswer("6A2", month_first=True))))
    assert [person.full_name for person in left.people] == ["Lê Thị Bình"]
