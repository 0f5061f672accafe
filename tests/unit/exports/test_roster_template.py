"""A blank roster: every heading is known to the reader, and who fills it in as asked is told of no problem."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from app.exports.returned import returned
from app.exports.roster_template import GUIDE_SHEET, LISTS_SHEET, ROSTER_SHEET, Blank, Who, columns_of, template
from imports import Severity, Unreadable, read
from imports.headings.meaning import meaning
from tests.unit.exports.test_returned import mark
from tests.unit.imports.books import finished

KINDS = [(Who.PUPILS, "Lớp"), (Who.STAFF, "Phòng ban"), (Who.STAFF, "Đơn vị"), (Who.STAFF, "Tổ chuyên môn")]
UNITS = ["6A1", "6A2", "Tổ Văn, Sử"]


def blank(who: Who = Who.PUPILS, unit_word: str = "Lớp", units: list[str] | None = None) -> bytes:
    return template(who, "Trường THCS Minh Họa", unit_word, UNITS if units is None else units)


def opened(data: bytes) -> Any:
    return load_workbook(BytesIO(data))


def head_of(sheet: Any) -> int:
    return next(row for row in range(1, 20) if sheet.cell(row, 1).value == "STT")


def value(column: Blank, example: str) -> object:
    return datetime.strptime(example, "%d/%m/%Y") if column.field == "birth_date" else example or None


def filled_in(who: Who, unit_word: str) -> bytes:
    """The template with its own examples as people."""
    book = opened(blank(who, unit_word))
    sheet = book[ROSTER_SHEET]
    for number in (0, 1):
        for place, column in enumerate(columns_of(who, unit_word), 2):
            sheet.cell(head_of(sheet) + 1 + number, place).value = value(column, column.examples[number])
    return finished(book)


@pytest.mark.parametrize(("who", "unit_word"), KINDS)
def test_the_reader_takes_each_heading_for_the_field_that_is_meant(who: Who, unit_word: str):
    book = opened(filled_in(who, unit_word))
    headings = [cell.value for cell in book[ROSTER_SHEET][head_of(book[ROSTER_SHEET])]]
    columns = columns_of(who, unit_word)
    assert headings == ["STT", *(f"{c.heading} *" if c.needed else c.heading for c in columns)]
    assert [meaning(heading).field for heading in headings] == ["number", *(c.field for c in columns)]
    assert [c.field for c in read(filled_in(who, unit_word), "a.xlsx").columns] == ["number", *(c.field for c in columns)]


@pytest.mark.parametrize(("who", "unit_word"), KINDS)
def test_the_examples_filled_in_are_read_without_a_problem(who: Who, unit_word: str):
    reading = read(filled_in(who, unit_word), "a.xlsx")
    assert reading.problems == ()
    assert [person.full_name for person in reading.people] == ["Nguyễn Ví Dụ", "Trần Thị Mẫu"]
    for number, person in enumerate(reading.people):
        said = {column.field: column.examples[number] for column in columns_of(who, unit_word)}
        assert person.birth_date is not None
        assert f"{person.birth_date:%d/%m/%Y}" == said["birth_date"]
        assert person.sex == {"Nam": "male", "Nữ": "female"}[said["sex"]]
        for field in ("personal_id", "bhxh_code", "pupil_code", "staff_code", "phone", "email", "unit", "position"):
            assert getattr(person, field) == (said.get(field) or None), field
        guardians = {g.relation: (g.full_name, g.phone) for g in person.guardians}
        assert guardians == {
            role: (said[f"{role}_name"], said[f"{role}_phone"]) for role in ("father", "mother", "guardian") if said.get(f"{role}_name")
        }


@pytest.mark.parametrize(("who", "unit_word"), KINDS)
def test_left_blank_it_names_nobody_and_that_is_said(who: Who, unit_word: str):
    with pytest.raises(Unreadable) as refused:
        read(blank(who, unit_word), "a.xlsx")
    assert refused.value.code == "no-people"


def test_guide_and_lists_are_passed_over():
    skipped = {sheet.name: sheet.skipped for sheet in read(filled_in(Who.PUPILS, "Lớp"), "a.xlsx").sheets}
    assert skipped == {ROSTER_SHEET: None, GUIDE_SHEET: "lookup", LISTS_SHEET: "hidden"}


def test_examples_stand_on_the_guide_alone():
    book = opened(blank())
    assert [cell.value for row in book[ROSTER_SHEET].iter_rows(min_row=head_of(book[ROSTER_SHEET]) + 1) for cell in row if cell.value] == []
    assert "Nguyễn Ví Dụ" in [cell.value for row in book[GUIDE_SHEET].iter_rows() for cell in row]


def test_numbers_are_text_and_dates_are_dates_before_anything_is_typed():
    sheet = opened(blank())[ROSTER_SHEET]
    formats = {sheet.cell(head_of(sheet), place).value: sheet.column_dimensions[letter].number_format for place, letter in columns(sheet)}
    assert (formats["Số định danh cá nhân"], formats["SĐT mẹ"], formats["Ngày sinh *"]) == ("@", "@", "dd/mm/yyyy")


def columns(sheet: Any) -> list[tuple[int, str]]:
    return [(cell.column, cell.column_letter) for cell in sheet[head_of(sheet)]]


def checks(sheet: Any) -> dict[str, Any]:
    """The checks by the heading of their column."""
    names = {letter: str(sheet.cell(head_of(sheet), place).value).rstrip(" *") for place, letter in columns(sheet)}
    return {names[str(check.sqref)[0]]: check for check in sheet.data_validations.dataValidation}


def test_what_is_known_can_be_chosen():
    book = opened(blank())
    found = checks(book[ROSTER_SHEET])
    assert found["Giới tính"].formula1 == '"Nam,Nữ"'
    assert found["Quan hệ"].type == "list"
    assert (found["Lớp"].formula1, [cell.value for cell in book[LISTS_SHEET]["A"]]) == ("'Danh mục'!$A$1:$A$3", UNITS)
    assert (found["Ngày sinh"].type, found["Số định danh cá nhân"].type) == ("date", "textLength")
    assert {name for name, check in found.items() if check.errorStyle == "stop" or check.errorStyle is None} == {"Giới tính"}


def test_an_institution_without_classes_yet_gets_no_empty_list():
    book = opened(blank(units=[]))
    assert book.sheetnames == [ROSTER_SHEET, GUIDE_SHEET]
    assert "Lớp" not in checks(book[ROSTER_SHEET])


def test_the_head_stays_in_sight_repeats_on_paper_and_explains_itself():
    sheet = opened(blank())[ROSTER_SHEET]
    head = head_of(sheet)
    assert (sheet.freeze_panes, sheet.print_title_rows) == (f"C{head + 1}", f"${head}:${head}")
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == ("landscape", 1, 0)
    assert all(cell.comment for cell in sheet[head][1:])
    assert "kể cả số 0 ở đầu" in next(cell.comment.text for cell in sheet[head] if cell.value == "Số định danh cá nhân")


def test_a_template_goes_back_and_forth_like_any_workbook():
    data = filled_in(Who.PUPILS, "Lớp")
    row = head_of(opened(data)[ROSTER_SHEET])
    back = returned(data, "a.xlsx", [mark(row + 1, "C", Severity.ERROR, "Sai.", ROSTER_SHEET)], {ROSTER_SHEET: row})
    assert read(back.content, "a.xlsx") == read(data, "a.xlsx")
    assert opened(back.content)[ROSTER_SHEET].cell(row, 3).comment.text.startswith("Ngày/tháng/năm")
