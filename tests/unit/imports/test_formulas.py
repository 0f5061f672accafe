"""What a formula came to is read like any value; where it came to nothing, that is said."""

from __future__ import annotations

import re
from typing import Any

import pytest

from imports import Correction, Severity, read
from tests.unit.imports.books import Rows, book, codes, reading, with_part

SHEET = "xl/worksheets/sheet1.xml"
HEAD = ["STT", "Họ và tên", "Ngày sinh", "Số điện thoại", "Lớp"]
AN = [1, "Trần Văn An", "12/05/2014", "0912000111", "6A1"]


def with_cell(place: int, cell: Any) -> Rows:
    return [HEAD, [*AN[:place], cell, *AN[place + 1 :]], [2, "Lê Thị Bình", "13/05/2014", "0912000112", "6A1"]]


@pytest.mark.parametrize("place", [2, 3, 4])
@pytest.mark.parametrize("error", ["#REF!", "#VALUE!", "#NAME?", "#DIV/0!"])
def test_a_formula_that_failed_is_an_error_in_its_cell(place: int, error: str):
    read = reading(with_cell(place, error))  # openpyxl writes these as errors
    assert [(p.column, p.severity, p.value, p.code) for p in read.problems] == [("CDE"[place - 2], Severity.ERROR, error, "formula-failed")]
    assert len(read.people) == 2


@pytest.mark.parametrize("place", [2, 3, 4])
def test_a_formula_that_found_nothing_leaves_a_blank_and_says_so(place: int):
    read = reading(with_cell(place, "#N/A"))
    assert [(p.severity, p.code) for p in read.problems] == [(Severity.WARNING, "formula-found-nothing")]


def test_a_failed_name_is_no_name():
    assert codes(reading(with_cell(1, "#N/A")).problems) == [(2, "full_name", "formula-failed")]


@pytest.mark.parametrize("place", [1, 2, 3, 4])
def test_a_formula_without_its_value_is_said(place: int):
    read = reading(with_cell(place, '=CONCATENATE("a", "<b>")'))  # openpyxl doesn't calculate
    assert [(p.row, p.code) for p in read.problems] == [(2, "formula-without-value")]
    assert read.problems[0].value.startswith("=C")
    assert len(read.people) == 2


def test_nobody_is_lost_where_everything_is_a_formula_without_value():
    rows = [HEAD, *([f"=ROW()-{n}", f'="Trần "&"An {n}"', f"=DATE(2014,5,{n})", f'="091200011"&{n}', '="6A1"'] for n in range(1, 4))]
    read = reading(rows)
    assert [row.row for row in read.people] == [2, 3, 4]
    assert {(p.field, p.code) for p in read.problems} == {
        (field, "formula-without-value") for field in ("full_name", "birth_date", "phone", "unit")
    }


@pytest.mark.parametrize(
    "cell",
    [
        b'<c r="D2" t="str"><f>TEXT(912000111,"0000000000")</f><v>0912000111</v></c>',
        b'<c r="D2"><f>912000000+111</f><v>912000111</v></c>',
        b'<c r="D2" t="str"><f>IF(A1="","","x")</f><v></v></c>',
    ],
)
def test_a_formula_with_its_value_is_read_and_so_is_one_that_comes_to_an_empty_text(cell: bytes):
    data = with_part(book(with_cell(3, "x")), SHEET, lambda xml: re.sub(rb'<c r="D2".*?</c>', cell, xml))
    problems = read(data, "ds.xlsx").problems
    assert [p for p in problems if p.severity is not Severity.REPAIR] == []


@pytest.mark.parametrize(
    "cell",
    [
        b'<c r="D2"><f t="shared" si="0"/></c><c r="Z2"><f t="shared" si="0">A1</f><v>1</v></c>',
        b'<c r="D2"><f>A1</f></c>',
        b"<c r='D2' t='e'><v>#REF!</v></c>",
        b'<c t="e" r="D2"><f>A1</f><v>#REF!</v></c>',
    ],
)
def test_other_ways_to_write_it_are_known(cell: bytes):
    data = with_part(book(with_cell(3, "x")), SHEET, lambda xml: re.sub(rb'<c r="D2".*?</c>', cell, xml))
    assert [(p.row, p.field, p.code[:8]) for p in read(data, "ds.xlsx").problems] == [(2, "phone", "formula-")]


def test_a_prefix_before_every_tag_changes_nothing():
    def prefixed(xml: bytes) -> bytes:
        return re.sub(rb"<(/?)(?=\w)", rb"<\1x:", xml).replace(b" xmlns=", b" xmlns:x=", 1)

    data = with_part(book(with_cell(3, "=A1")), SHEET, prefixed)
    assert [(p.row, p.field) for p in read(data, "ds.xlsx").problems] == [(2, "phone")]


@pytest.mark.parametrize("typed", ["=1+1", "#REF!", '=HYPERLINK("http://x.example";"x")'])
@pytest.mark.parametrize("column", ["B", "C", "D", "E"])
def test_a_formula_typed_in_the_browser_is_no_value(column: str, typed: str):
    read_again = read(book(with_cell(3, "0912")), "ds.xlsx", corrections=[Correction("Sheet1", 2, column, typed)])
    assert [p.code[:8] for p in read_again.problems if p.column == column] == ["formula-"]


def test_signs_that_begin_no_formula_are_left_alone():
    assert [p.code for p in reading(with_cell(4, "#6A1")).problems] == []
    assert reading(with_cell(4, "#6A1")).people[0].unit == "#6A1"
