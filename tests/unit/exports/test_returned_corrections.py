"""What was typed in the browser stands in the workbook that comes back, and means there what it meant in the review."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font

from app.exports.marking.archive import MAIN
from app.exports.returned import Mark, returned
from imports import Answer, Correction, Severity, SheetAnswer, preview, read
from imports.asking.corrections import as_written
from tests.unit.imports.books import Rows, book, finished, with_part
from tests.unit.imports.test_old_fonts import in_tcvn3

CHAIN = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/calcChain"
HEAD = ["STT", "Họ và tên", "Ngày sinh", "Lớp", "Điện thoại"]
NAMES = ["An", "Bình", "Chi", "Dũng", "Đạt", "Hà", "Hải", "Khoa", "Lan", "Minh"]
SECOND_OVER_12 = ["10/27/2014", "04/06/2014", "11/28/2014", "12/30/2014"]
FIRST_OVER_12 = ["27/10/2014", "28/11/2014", "30/12/2014"]


def rows(births: list[Any]) -> Rows:
    return [HEAD, *([n, f"Trần Văn {NAMES[n]}", born, "6A1", "0912000111"] for n, born in enumerate(births))]


def sent_again(data: bytes, *cells: Correction, field: str = "birth_date") -> bytes:
    header = {sheet.name: sheet.header_row for sheet in read(data, "a.xlsx").sheets if sheet.header_row}
    return returned(data, "a.xlsx", [], header, [as_written(cell, field) for cell in cells]).content


@pytest.mark.parametrize(
    "typed", ["5/3/2014", "05032014", "28/02/2014", "5/3/14", "5 tháng 3 năm 2014", "2014-03-05", "2014", "31/02/2014", ""]
)
@pytest.mark.parametrize(
    "births",
    [
        pytest.param(["x", *SECOND_OVER_12], id="month first"),
        pytest.param(["x", *FIRST_OVER_12], id="day first"),
        pytest.param(["x", "04/06/2014", "05/07/2014"], id="undecided"),
        pytest.param(["x", *FIRST_OVER_12, *(date(2014, 4, day) for day in range(1, 7))], id="swapped by a program"),
        pytest.param(["x", date(2014, 10, 27)], id="dates of the spreadsheet"),
    ],
)
def test_a_date_typed_anew_is_read_the_same_in_whatever_column_and_changes_no_other(births: list[Any], typed: str):
    data, cell = book(rows(births)), Correction("Sheet1", 2, "C", typed)
    reviewed = read(data, "a.xlsx", corrections=[cell])
    again = read(sent_again(data, cell), "a.xlsx")
    assert [(p.birth_date, p.birth_year) for p in again.people] == [(p.birth_date, p.birth_year) for p in reviewed.people]
    assert [question.code for question in again.questions] == [question.code for question in reviewed.questions]


def test_a_hidden_sheet_that_was_taken_is_marked_and_stays_hidden():
    made = Workbook()
    for name in ("6A1", "6A2"):
        sheet = made.create_sheet(name)
        for row in rows(["27/10/2014", "31/02/2014"]):
            sheet.append(row)
        sheet.sheet_state = "visible" if name == "6A1" else "hidden"
    del made["Sheet"]
    found = [Mark("6A2", 3, "C", Severity.ERROR, "Không có ngày này.")]
    back = load_workbook(BytesIO(returned(finished(made), "a.xlsx", found, {"6A1": 1, "6A2": 1}, with_hidden=True).content))
    assert (back["6A2"].sheet_state, back["6A2"]["F3"].value) == ("hidden", "C3: Không có ngày này.")


NO_HEADER = [[1, "Trần Văn An", "31/02/2014", "6A1"], [2, "Lê Thị Bình", "27/10/2014", "6A1"], [3, "Vũ Văn Ba", "31/04/2014", "6A1", "?"]]
SAID = Answer((SheetAnswer("Sheet1", header_row=0, fields=(("B", "full_name"), ("C", "birth_date"), ("D", "unit"))),))
NO_DAY = "Không có ngày này."


def column_of(data: bytes, letters: str) -> list[str | None]:
    return [cell.value for cell in load_workbook(BytesIO(data)).active[letters]]


def test_a_sheet_without_a_header_has_its_messages_right_of_everything_and_every_one_says_what_it_is():
    found = [Mark("Sheet1", 1, "C", Severity.ERROR, NO_DAY), Mark("Sheet1", 3, None, Severity.WARNING, "Lạ.")]
    data = returned(book(NO_HEADER), "a.xlsx", found, {"Sheet1": 0}).content
    assert column_of(data, "F") == [f"Lỗi: C1: {NO_DAY}", None, "Lỗi: Lạ."]
    sheet = load_workbook(BytesIO(data)).active
    assert sheet["C1"].comment.text.partition("\n")[2] == NO_DAY
    assert "Cột này do phần mềm thêm vào." in sheet["F1"].comment.text
    assert [cell.value for cell in sheet[1]][:4] == NO_HEADER[0]


def test_where_its_first_row_is_in_order_the_column_begins_with_its_name():
    data = returned(book(NO_HEADER), "a.xlsx", [Mark("Sheet1", 3, "C", Severity.ERROR, NO_DAY)], {"Sheet1": 0}).content
    assert column_of(data, "F") == ["Lỗi", None, f"Lỗi: C3: {NO_DAY}"]


@pytest.mark.parametrize("first_is_wrong", [True, False])
def test_sent_again_a_sheet_without_a_header_reads_the_same_and_comes_back_with_one_column(first_is_wrong: bool):
    data = book(NO_HEADER if first_is_wrong else [[1, "Trần Văn An", "27/02/2014", "6A1"], *NO_HEADER[1:]])

    def sent_back(sent: bytes) -> bytes:
        found = [Mark(p.sheet, p.row, p.column, p.severity, NO_DAY) for p in read(sent, "a.xlsx", answer=SAID).problems]
        return returned(sent, "a.xlsx", found, {"Sheet1": 0}).content

    once = sent_back(data)
    assert read(once, "a.xlsx", answer=SAID) == read(data, "a.xlsx", answer=SAID)
    assert [sheet.rows for sheet in preview(once, "a.xlsx")] == [
        tuple((*row, "") for row in sheet.rows) for sheet in preview(data, "a.xlsx")
    ]
    again = sent_back(once)
    assert column_of(again, "F") == column_of(once, "F")
    assert load_workbook(BytesIO(again)).active.max_column == 6
    mended = returned(again, "a.xlsx", [], {"Sheet1": 0}).content
    assert column_of(mended, "F") == [None, None, None]


def test_only_dates_are_put_into_words():
    assert as_written(Correction("6A1", 2, "E", "0912000333"), "phone").text == "0912000333"
    assert as_written(Correction("6A1", 2, "C", "5/3/2014"), "birth_date").text == "5 tháng 3 năm 2014"
    assert as_written(Correction("6A1", 2, "C", "không rõ"), "birth_date").text == "không rõ"


@pytest.mark.parametrize("font", [".VnTime", None])
def test_a_name_typed_in_unicode_is_the_same_among_names_in_an_old_font(font: str | None):
    made = Workbook()
    sheet = made.active
    for row in [
        ["STT", in_tcvn3("Họ và tên"), in_tcvn3("Lớp")],
        *([n, in_tcvn3(f"Nguyễn Thị Hường {name}"), "6A1"] for n, name in enumerate(NAMES)),
    ]:
        sheet.append(row)
    for cell in (cell for line in sheet for cell in line if font):
        cell.font = Font(name=font)
    data, cell = finished(made), Correction("Sheet", 3, "B", "Trần Đức Phượng")
    reviewed = read(data, "a.xlsx", corrections=[cell])
    assert reviewed.people[1].full_name == "Trần Đức Phượng"
    assert read(sent_again(data, cell, field="full_name"), "a.xlsx").people == reviewed.people


def test_a_computed_cell_typed_over_leaves_no_formula_and_no_order_of_computing():
    made = Workbook()
    for row in [HEAD, [1, "Trần Văn An", '="31/02/"&2014', "6A1", ""], [2, "Lê Thị Bình", "27/10/2014", "6A1", ""]]:
        made.active.append(row)
    relation = f'<Relationship Id="rId99" Type="{CHAIN}" Target="calcChain.xml"/></Relationships>'.encode()
    content = BytesIO(with_part(finished(made), "xl/_rels/workbook.xml.rels", lambda part: part.replace(b"</Relationships>", relation)))
    with ZipFile(content, "a") as archive:
        archive.writestr("xl/calcChain.xml", f'<calcChain xmlns="{MAIN}"><c r="C2" i="1"/></calcChain>')
    back = returned(content.getvalue(), "a.xlsx", [], {"Sheet": 1}, [Correction("Sheet", 2, "C", "28/02/2014")]).content
    assert load_workbook(BytesIO(back)).active["C2"].value == "28/02/2014"
    with ZipFile(BytesIO(back)) as archive:
        assert "xl/calcChain.xml" not in archive.namelist()
        assert b"calcChain" not in archive.read("xl/_rels/workbook.xml.rels")
