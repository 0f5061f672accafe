"""A workbook of another kind made anew: the same sheets, rows and columns, and every value means what it meant."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from app.exports.rebuilt import rebuilt
from imports import read
from imports.files.cells import Cell, Sheet, sheets_of


def sheet(*rows: list[Cell], name: str = "6A1", hidden: bool = False, merges: Any = ()) -> Sheet:
    return Sheet(name, hidden, [list(row) for row in rows], merges)


def opened(*sheets: Sheet) -> Any:
    return load_workbook(BytesIO(rebuilt(sheets)))


def read_back(*cells: Cell) -> list[Cell]:
    return next(iter(sheets_of(rebuilt([sheet(list(cells))]), "a.xlsx"))).rows[0]


def test_sheets_rows_and_columns_stand_where_they_stood():
    book = opened(
        sheet(["", "", ""], ["", "x", ""], ["", "", "y"], name="6A1", merges=(((0, 0), (0, 2)),)),
        sheet(name="Danh mục", hidden=True),
        sheet(["z"], name="6A2"),
    )
    assert [(one.title, one.sheet_state) for one in book.worksheets] == [("6A1", "visible"), ("Danh mục", "hidden"), ("6A2", "visible")]
    assert {c.coordinate: c.value for row in book["6A1"].iter_rows() for c in row if c.value} == {"B2": "x", "C3": "y"}
    assert [str(merged) for merged in book["6A1"].merged_cells.ranges] == ["A1:C1"]


@pytest.mark.parametrize(
    "cell",
    [
        "0912000111", "Trần  Thị\nBình ", "=1+1", "+84912000111", "@an", "-", "<b> & 'x'", 12, 912000111, 0.5, 7.9e11, True, False,
        date(2014, 10, 27), datetime(2014, 10, 27, 7, 30), time(7, 30), timedelta(hours=30),
    ],
)  # fmt: skip
def test_every_value_comes_back_as_it_was(cell: Cell):
    (found,) = read_back(cell)
    assert found == cell
    assert isinstance(found, str) == isinstance(cell, str)


@pytest.mark.parametrize(("cell", "text"), [(date(1899, 1, 5), "05/01/1899"), (float("inf"), "inf"), (timedelta(-1), "-1 day, 0:00:00")])
def test_what_a_workbook_has_no_value_for_becomes_text(cell: Cell, text: str):
    assert read_back(cell, "x")[0] == text


def test_text_that_begins_like_a_formula_stays_text():
    cell = opened(sheet(['=HYPERLINK("http://x")']))["6A1"]["A1"]
    assert (cell.data_type, cell.value, cell.quotePrefix) == ("s", '=HYPERLINK("http://x")', True)


def test_digits_that_were_text_keep_their_zeros_when_typed_over():
    found = opened(sheet(["0912000111", "6A1", 5]))["6A1"]
    assert [cell.number_format for cell in found[1]] == ["@", "General", "General"]


def test_columns_are_as_wide_as_what_they_mostly_hold():
    title = ["DANH SÁCH HỌC SINH TRƯỜNG TRUNG HỌC CƠ SỞ MINH HỌA NĂM HỌC 2026", ""]
    widths = opened(sheet(title, *[["1", "Nguyễn Hoàng Bảo Trân"]] * 30))["6A1"].column_dimensions
    assert (widths["A"].width, widths["B"].width) == (5, 23)


def test_the_first_visible_sheet_is_the_one_that_opens():
    assert opened(sheet(name="Danh mục", hidden=True), sheet(["x"])).active.title == "6A1"


def test_names_that_excel_forbids_are_changed_as_little_as_possible():
    assert opened(sheet(["x"], name="Lớp 6/1"), sheet(["y"], name="Lớp 6-1")).sheetnames == ["Lớp 6-1", "Lớp 6-1 (2)"]


def test_a_roster_reads_as_before():
    head: list[Cell] = ["STT", "Họ và tên", "Ngày sinh", "Số CCCD"]
    people: list[list[Cell]] = [[1, "Trần Văn An", date(2014, 10, 27), "001214012345"], [2, "Lê Bình", "28/10/2014", "001214012346"]]
    found = read(rebuilt([sheet(head, *people)]), "a.xlsx")
    assert [(p.full_name, p.birth_date, p.personal_id, p.unit) for p in found.people] == [
        ("Trần Văn An", date(2014, 10, 27), "001214012345", "6A1"),
        ("Lê Bình", date(2014, 10, 28), "001214012346", "6A1"),
    ]
    assert found.problems == ()
