"""What was read of a row, drawn back into the columns of the sender's own sheet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from flask import Flask

from app.queries.roster_problems import ProblemView
from app.queries.summaries import ColumnUnderstood
from app.web.roster_sheets import draw, shown
from imports.values import GuardianRead, RosterRow, Severity

MOTHER = GuardianRead("mother", "Lê Thị Hoa", "0912000111", None)
FATHER = GuardianRead("father", "Trần Văn Ba", None, "001080000111")
CHILD = RosterRow(
    sheet="6A1", row=8, full_name="Trần Thị Minh An", birth_date=date(2014, 3, 5), birth_year=None, sex="female",
    personal_id="001314000111", old_id=None, bhxh_code=None, pupil_code="HS01", staff_code=None, phone=None, email=None,
    unit="6A1", position=None, guardians=(FATHER, MOTHER),
)  # fmt: skip
COLUMNS = [
    ColumnUnderstood("6A1", "A", "STT", "number", None),
    ColumnUnderstood("6A1", "B", "Họ và tên", "full_name", None),
    ColumnUnderstood("6A1", "C", "Số định danh", "personal_id", None),
    ColumnUnderstood("6A1", "D", "Dân tộc", None, "sensitive"),
    ColumnUnderstood("6A1", "E", "Thẻ BHYT", "health_card", None),
]


@pytest.fixture(autouse=True)
def request_of_a_visitor(app: Flask) -> Iterator[None]:
    with app.test_request_context():
        yield


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("full_name", "Trần Thị Minh An"),
        ("family_name", "Trần Thị Minh"),
        ("middle_name", "Thị Minh"),
        ("given_name", "An"),
        ("birth_date", "05/03/2014"),
        ("birth_day", "5"),
        ("birth_month", "3"),
        ("birth_year", "05/03/2014"),
        ("birth_if_female", "05/03/2014"),
        ("birth_if_male", ""),
        ("is_female", "x"),
        ("is_male", ""),
        ("pupil_code", "HS01"),
        ("staff_code", ""),
        ("mother_name", "Lê Thị Hoa"),
        ("mother_phone", "0912000111"),
        ("father_personal_id", "001080000111"),
        ("parent_name", "Trần Văn Ba"),
        ("parent2_name", "Lê Thị Hoa"),
        ("guardian_name", ""),
        ("health_card", ""),
    ],
)
def test_each_column_shows_what_was_read_from_it(field: str, expected: str):
    assert shown(CHILD, field) == expected


def finding(row: int, column: str | None, severity: Severity, **more: Any) -> ProblemView:
    values: dict[str, Any] = {"value": "1314000111", "text": "Zeros were put back.", "row_values": CHILD} | more
    return ProblemView(number=row, sheet="6A1", row=row, column=column, field="personal_id", severity=severity, params={}, **values)


def test_columns_that_are_not_kept_are_not_drawn():
    sheet = draw([finding(8, "C", Severity.REPAIR)], COLUMNS)[0]
    assert [head.letters for head in sheet.heads] == ["B", "C"]


def test_a_column_in_which_something_was_found_is_drawn_whatever_it_is():
    sheet = draw([finding(8, "E", Severity.ERROR), finding(8, "H", Severity.ERROR)], COLUMNS)[0]
    assert [head.letters for head in sheet.heads] == ["B", "C", "E", "H"]


def test_a_repair_shows_what_it_made_of_what_stood_there():
    cell = draw([finding(8, "C", Severity.REPAIR)], COLUMNS)[0].lines[0].cells[1]
    assert (cell.was, cell.text, cell.tone, len(cell.messages)) == ("1314000111", "001314000111", "fixed", 1)


def test_a_repair_of_a_whole_column_is_told_once_in_its_head():
    sheet = draw([finding(8, "C", Severity.REPAIR), finding(9, "C", Severity.REPAIR)], COLUMNS)[0]
    assert sheet.heads[1].note is not None
    assert all(not cell.messages for line in sheet.lines for cell in line.cells)


def test_an_error_stands_in_every_cell_that_has_it():
    sheet = draw([finding(8, "C", Severity.ERROR), finding(9, "C", Severity.ERROR)], COLUMNS)[0]
    assert [len(line.cells[1].messages) for line in sheet.lines] == [1, 1]
    assert sheet.heads[1].note is None


def test_the_worst_finding_gives_a_cell_its_colour():
    findings = [finding(8, "C", Severity.WARNING), finding(8, "C", Severity.ERROR, text="Not a number.")]
    cell = draw(findings, COLUMNS)[0].lines[0].cells[1]
    assert (cell.tone, len(cell.messages)) == ("wrong", 2)


def test_what_is_wrong_with_a_whole_row_stands_below_it_with_its_name():
    line = draw([finding(9, None, Severity.ERROR, value="Trần An", row_values=None)], COLUMNS)[0].lines[0]
    assert [cell.text for cell in line.cells] == ["Trần An", ""]
    assert len(line.messages) == 1


def test_offending_cells_of_an_open_review_can_be_typed_in_and_others_not():
    findings = [finding(8, "C", Severity.ERROR), finding(9, "C", Severity.WARNING), finding(10, "C", Severity.REPAIR)]
    lines = draw(findings, COLUMNS, is_open=True)[0].lines
    assert [[cell.can_type for cell in line.cells] for line in lines] == [[False, True], [False, True], [False, False]]
    assert not any(cell.can_type for line in draw(findings, COLUMNS)[0].lines for cell in line.cells)


def test_what_is_wrong_with_a_row_as_a_whole_is_mended_in_any_of_its_cells():
    line = draw([finding(9, None, Severity.ERROR)], COLUMNS, is_open=True)[0].lines[0]
    assert all(cell.can_type for cell in line.cells)
