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
from imports import Correction, Severity, read
from imports.corrections import as_written
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


def test_a_sheet_without_a_header_gets_colours_and_comments_and_no_column():
    data = book([[1, "Trần Văn An", "31/02/2014", "6A1"], [2, "Lê Thị Bình", "27/10/2014", "6A1"]])
    found = [Mark("Sheet1", 1, "C", Severity.ERROR, "Không có ngày này."), Mark("Sheet1", 2, None, Severity.WARNING, "Lạ.")]
    sheet = load_workbook(BytesIO(returned(data, "a.xlsx", found, {"Sheet1": 0}).content)).active
    assert [sheet[at].comment.text.partition("\n")[2] for at in ("C1", "A2")] == ["Không có ngày này.", "Lạ."]
    assert [cell.value for cell in sheet[1]] == [1, "Trần Văn An", "31/02/2014", "6A1"]


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
