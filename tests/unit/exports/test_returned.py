"""The sender's own workbook comes back: marked where something was found, otherwise as it was, and readable again as it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
import xlrd
import xlsxwriter
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

from app.exports import returned as returning
from app.exports.marking.styles import COLOURS
from app.exports.returned import Mark, Returned, returned
from imports import Correction, Reading, Severity, read
from tests.unit.imports.books import Rows, book, finished, with_part

BOOKS = Path(__file__).parents[2] / "workbooks"
HEAD = ["STT", "Họ và tên", "Ngày sinh", "Lớp", "Điện thoại"]
AN = [1, "Trần Văn An", "27/10/2014", "6A1", "0912000111"]
BINH = [2, "Lê Thị Bình", "31/02/2014", "6A1", "12"]
CHI = [3, "Phạm Văn Chi", "05/03/2014", "6A1", "0912000333"]
ROSTER: Rows = [HEAD, AN, BINH, CHI]
DAY = "Không có ngày này."


def marks_of(reading: Reading) -> list[Mark]:
    return [Mark(p.sheet, p.row, p.column, p.severity, p.text % dict(p.params) if p.params else p.text) for p in reading.problems]


def headers_of(reading: Reading) -> dict[str, int]:
    return {sheet.name: sheet.header_row for sheet in reading.sheets if sheet.header_row}


def given_back(data: bytes, filename: str = "danh-sach.xlsx", marks: Sequence[Mark] | None = None) -> Returned:
    """The workbook with these marks, or with what the reader finds in it."""
    reading = read(data, filename)
    return returned(data, filename, marks_of(reading) if marks is None else marks, headers_of(reading))


def opened(data: bytes | Returned) -> Any:
    return load_workbook(BytesIO(data.content if isinstance(data, Returned) else data))


def sheet_of(data: bytes | Returned) -> Any:
    return opened(data).worksheets[0]


def colour(cell: Any) -> str | None:
    return cell.fill.fgColor.rgb if cell.fill.patternType == "solid" else None


def mark(row: int, column: str | None, severity: Severity = Severity.ERROR, message: str = DAY, sheet: str = "Sheet1") -> Mark:
    return Mark(sheet, row, column, severity, message)


def parts(data: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_bad_cell_has_a_colour_a_comment_and_a_message_in_the_column_right_of_the_roster():
    sheet = sheet_of(given_back(book(ROSTER), marks=[mark(3, "C")]))
    assert colour(sheet["C3"]) == COLOURS[Severity.ERROR]
    assert sheet["C3"].comment.text == f"Tiến độ VssID:\n{DAY}"
    assert [cell.value for cell in sheet["F"]] == ["Lỗi", None, f"C3: {DAY}", None]
    assert [sheet["C3"].value, sheet["E3"].value, sheet["C2"].fill.patternType] == ["31/02/2014", "12", None]


def test_each_severity_has_its_colour_and_the_worst_wins_where_two_meet():
    found = [
        mark(2, "B", Severity.REPAIR, "Đã sửa."),
        mark(3, "C", Severity.WARNING, "Lạ."),
        mark(3, "C", Severity.ERROR),
        mark(4, "E", Severity.WARNING, "Lạ."),
    ]
    sheet = sheet_of(given_back(book(ROSTER), marks=found))
    assert [colour(sheet[at]) for at in ("B2", "C3", "E4")] == [COLOURS[s] for s in (Severity.REPAIR, Severity.ERROR, Severity.WARNING)]
    assert sheet["C3"].comment.text == f"Tiến độ VssID:\n{DAY}\nLạ."
    assert [sheet[f"F{row}"].value for row in (2, 3, 4)] == ["B2: Đã sửa. (đã tự sửa, xin xem lại)", f"C3: Lạ. | C3: {DAY}", "E4: Lạ."]


@pytest.mark.parametrize("severity", list(Severity))
def test_dark_letters_stand_out_from_every_colour(severity: Severity):
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in (b / 255 for b in bytes.fromhex(COLOURS[severity][2:]))]
    assert (0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05) / 0.05 > 10


def test_what_is_about_the_row_stands_in_the_column_and_what_is_about_the_sheet_at_its_heading():
    sheet = sheet_of(given_back(book(ROSTER), marks=[mark(4, None, message="Cả dòng."), mark(1, None, message="Cả trang.")]))
    assert (sheet["F4"].value, colour(sheet["F4"])) == ("Cả dòng.", COLOURS[Severity.ERROR])
    assert sheet["F1"].value == "Lỗi"
    assert sheet["F1"].comment.text.startswith("Tiến độ VssID:\nCả trang.\nCột này do phần mềm thêm vào.")


def test_a_blank_cell_or_row_can_be_marked_too():
    sheet = sheet_of(given_back(book([HEAD, AN, ["", "", "", "", "0912000222"], CHI]), marks=[mark(3, "B"), mark(9, "C")]))
    assert [colour(sheet[at]) for at in ("B3", "C9")] == [COLOURS[Severity.ERROR]] * 2
    assert [cell.coordinate for cell in sheet[3] if cell.value] == ["E3", "F3"]


def test_who_has_nothing_found_gets_the_workbook_as_it_was():
    data = book([HEAD, AN, CHI])
    same = given_back(data).content
    assert {n: c for n, c in parts(same).items() if n != "xl/styles.xml"} == {n: c for n, c in parts(data).items() if n != "xl/styles.xml"}


def laid_out() -> bytes:
    """A roster with all that people do to a sheet: formulas with values, a chart, an image's neighbour, lists, filters, hidden things."""
    content = BytesIO()
    made = xlsxwriter.Workbook(content)
    sheet, hidden = made.add_worksheet("Lớp 6A1"), made.add_worksheet("Danh mục")
    made.add_chartsheet("Biểu đồ").set_chart(charted(made))
    later = made.add_worksheet("Lớp 6A2")
    hidden.hide()
    bold = made.add_format({"bold": True, "border": 1, "bg_color": "#D9D9D9"})
    zeros = made.add_format({"num_format": "0000000000", "bg_color": "#EEF7E8"})
    for one in (sheet, later):
        one.merge_range("A1:E1", "TRƯỜNG THCS MINH HỌA", bold)
        one.write_row("A3", HEAD, bold)
        for row, person in enumerate((AN, BINH, CHI), 4):
            one.write_row(f"A{row}", person)
            one.write_formula(f"B{row}", f'=UPPER("{person[1]}")', None, str(person[1]).upper())
            one.write_number(f"E{row}", 912000111 + row, zeros)
        one.set_column("B:B", 31)
        one.set_column("F:XFD", 3)
        one.set_row(3, None, None, {"hidden": True})
        one.freeze_panes(3, 2)
        one.autofilter("A3:E6")
        one.data_validation("D4:D9", {"validate": "list", "source": ["6A1", "6A2"]})
        one.conditional_format("A4:A6", {"type": "cell", "criteria": ">", "value": 2, "format": bold})
        one.insert_chart("H3", charted(made))
    made.close()
    return content.getvalue()


def charted(made: Any) -> Any:
    chart = made.add_chart({"type": "column"})
    chart.add_series({"values": "='Lớp 6A1'!$A$4:$A$6"})
    return chart


def test_the_layout_is_the_senders():
    data = laid_out()
    back = given_back(data, marks=[mark(5, "C", sheet="Lớp 6A2")])
    before, after = parts(data), parts(back.content)
    changed = {name for name in after if before.get(name) != after[name]}
    assert changed == {
        "[Content_Types].xml", "xl/styles.xml", "xl/worksheets/sheet3.xml", "xl/worksheets/_rels/sheet3.xml.rels", "xl/comments1.xml",
        "xl/drawings/vmlDrawing1.vml",
    }  # fmt: skip
    assert before.keys() <= after.keys()
    was, now = before["xl/worksheets/sheet3.xml"].decode(), after["xl/worksheets/sheet3.xml"].decode()
    for kept in (
        r"<sheetViews>.*</sheetViews>",
        r"<autoFilter.*?/>",
        r"<mergeCells.*</dataValidations>",
        r"<drawing .*?/>",
        r'<row r="4".*?</row>',
    ):
        assert re.search(kept, was)[0] in now, kept  # type: ignore[index]
    assert '<c r="B5"><f>UPPER("Lê Thị Bình")</f><v>LÊ THỊ BÌNH</v></c>' in re.sub(r' t="str"', "", now)


def test_a_chart_sheet_between_does_not_shift_the_marks():
    found = opened(given_back(laid_out(), marks=[mark(5, "C", sheet="Lớp 6A2")]))
    assert colour(found["Lớp 6A2"]["C5"]) == COLOURS[Severity.ERROR]
    assert [cell.comment for row in found["Lớp 6A1"].iter_rows() for cell in row if cell.comment] == []


def test_a_column_width_that_neighbours_share_stays_theirs():
    widths = opened(given_back(laid_out(), marks=[mark(5, "C", sheet="Lớp 6A1")]))["Lớp 6A1"].column_dimensions
    assert [(d.min, d.max, round(d.width)) for d in sorted(widths.values(), key=lambda d: d.min)] == [(2, 2, 32), (6, 6, 80), (7, 16384, 4)]


def test_a_marked_cell_keeps_its_format_and_gets_the_fill_of_its_row_back():
    made = Workbook()
    sheet: Any = made.active
    sheet.title = "Sheet1"
    for row in ROSTER:
        sheet.append(row)
    for cell in sheet[3]:
        cell.fill = PatternFill("solid", fgColor="FFEAF3E6")
        cell.font = Font(bold=True)
    sheet["C3"].number_format = "dd/mm/yyyy"
    first = given_back(finished(made), marks=[mark(3, "C")])
    marked = sheet_of(first)["C3"]
    assert (colour(marked), marked.font.bold, marked.number_format) == (COLOURS[Severity.ERROR], True, "dd/mm/yyyy")
    mended = sheet_of(given_back(first.content, marks=[]))["C3"]
    assert (colour(mended), mended.font.bold, mended.number_format, mended.comment) == ("FFEAF3E6", True, "dd/mm/yyyy", None)


def test_the_column_has_the_look_of_its_neighbours_and_holds_text():
    made = Workbook()
    sheet: Any = made.active
    sheet.title = "Sheet1"
    for row in ROSTER:
        sheet.append(row)
    for cell in sheet[1]:
        cell.font = Font(bold=True, name="Arial")
    found = sheet_of(given_back(finished(made), marks=[mark(3, "C", message="=1+1")]))
    assert (found["F1"].font.bold, found["F1"].font.name) == (True, "Arial")
    assert (found["F3"].data_type, found["F3"].number_format, found["F3"].value) == ("s", "@", "C3: =1+1")


def test_a_font_of_the_time_before_unicode_gives_way_in_our_column_alone():
    made = Workbook()
    sheet: Any = made.active
    sheet.title = "Sheet1"
    for row in ROSTER:
        sheet.append(row)
    for cell in (*sheet[1], *sheet[3]):
        cell.font = Font(name=".VnTime", size=13)
    found = sheet_of(returned(finished(made), "a.xlsx", [mark(3, "E")], {"Sheet1": 1}))
    assert [(found[at].font.name, found[at].font.size) for at in ("F1", "F3", "E3")] == [("Times New Roman", 13)] * 2 + [(".VnTime", 13)]


TWO_ROWS: Rows = [
    ["STT", "Họ và tên", "Ngày sinh", "Thông tin mẹ", ""],
    ["", "", "", "Họ tên", "SĐT"],
    [1, "Trần Văn An", "27/10/2014", "Lê Thị Hà", "0912000111"],
    [2, "Lê Thị Bình", "31/02/2014", "Võ Thị Lan", "0912000222"],
]


def two_rows() -> bytes:
    made = Workbook()
    sheet: Any = made.active
    sheet.title = "Sheet1"
    for row in TWO_ROWS:
        sheet.append(row)
    for merged in ("A1:A2", "B1:B2", "C1:C2", "D1:E1"):
        sheet.merge_cells(merged)
    return finished(made)


def test_under_a_merged_header_of_two_rows_the_heading_is_merged_likewise():
    back = given_back(two_rows())
    sheet = sheet_of(back)
    assert (sheet["F1"].value, "F1:F2" in sheet.merged_cells) == ("Lỗi", True)
    assert read(back.content, "a.xlsx") == read(two_rows(), "a.xlsx")
    cleared = sheet_of(given_back(back.content, marks=[]))
    assert sorted(map(str, cleared.merged_cells.ranges)) == ["A1:A2", "B1:B2", "C1:C2", "D1:E1"]
    again = sheet_of(given_back(back.content))
    assert sorted(map(str, again.merged_cells.ranges)) == ["A1:A2", "B1:B2", "C1:C2", "D1:E1", "F1:F2"]


def test_what_stands_right_of_the_roster_is_not_written_over():
    rows = [[*HEAD, "", ""], [*AN, "", ""], [*BINH, "", "ghi riêng"], [*CHI, "x", ""]]
    sheet = sheet_of(given_back(book(rows), marks=[mark(3, "C")]))
    assert [sheet["F4"].value, sheet["G3"].value, sheet["H1"].value, sheet["H3"].value] == ["x", "ghi riêng", "Lỗi", f"C3: {DAY}"]


@pytest.mark.parametrize("name", sorted(path.name for path in BOOKS.iterdir() if path.is_file()))
def test_a_returned_workbook_reads_as_the_one_that_was_sent(name: str):
    data = (BOOKS / name).read_bytes()
    reading = read(data, name)
    every = marks_of(reading) or [Mark(row.sheet, row.row, "B", Severity.WARNING, "Thử.") for row in reading.people[::7]]
    back = returned(data, name, every, headers_of(reading))
    again = read(back.content, back.filename)
    assert (again.people, again.problems, again.columns) == (reading.people, reading.problems, reading.columns)
    assert [sheet.name for sheet in again.sheets] == [sheet.name for sheet in reading.sheets]
    marked = {(m.sheet, m.row, m.column) for m in every if m.column}
    found = {
        (sheet.title, cell.row, cell.column_letter)
        for sheet in opened(back).worksheets
        for row in sheet.iter_rows()
        for cell in row
        if colour(cell) in COLOURS.values() and not str(cell.value).startswith(tuple(f"{c}{cell.row}: " for c in "ABCDEFGHIJKLMNOP"))
    }
    assert marked <= found


def test_a_corrected_cell_is_good_and_its_marks_go_with_the_next_return():
    first = given_back(book(ROSTER))
    corrected = opened(first)
    corrected["Sheet1"]["C3"], corrected["Sheet1"]["E3"] = "28/02/2014", "0912000222"
    reading = read(finished(corrected), "a.xlsx")
    assert reading.problems == ()
    assert reading.people[1].birth_date == date(2014, 2, 28)
    sheet = sheet_of(given_back(finished(corrected)))
    assert [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.comment or colour(cell)] == []
    assert [cell.value for cell in sheet[1]] == HEAD
    assert [cell.value for cell in sheet[3]][2:] == ["28/02/2014", "6A1", "0912000222"]


def test_a_second_return_replaces_the_column_and_the_marks_of_the_first():
    first = given_back(book(ROSTER), marks=[mark(3, "C"), mark(4, "E"), mark(4, None, message="Cả dòng.")])
    sheet = sheet_of(given_back(first.content, marks=[mark(2, "B", message="Khác.")]))
    assert [cell.value for cell in sheet[1]] == [*HEAD, "Lỗi"]
    assert [cell.value for cell in sheet["F"]] == ["Lỗi", "B2: Khác.", None, None]
    assert {cell.coordinate for row in sheet.iter_rows() for cell in row if cell.comment} == {"B2", "F1"}
    assert {cell.coordinate for row in sheet.iter_rows() for cell in row if colour(cell)} == {"B2", "F2"}


def test_whoever_moves_the_column_gets_it_back_beside_the_roster():
    rows = [["Lỗi", *HEAD], ["", *AN], ["cũ", *BINH], ["", *CHI]]
    sheet = sheet_of(given_back(book(rows), marks=[mark(3, "D")]))
    assert [cell.value for cell in sheet[1]] == [None, *HEAD, "Lỗi"]
    assert [cell.value for cell in sheet[3]] == [None, *BINH, f"D3: {DAY}"]


def commented(*at: str, author: str = "Hà") -> bytes:
    made = Workbook()
    sheet: Any = made.active
    sheet.title = "Sheet1"
    for row in ROSTER:
        sheet.append(row)
    for place in at:
        sheet[place].comment = Comment("Hỏi lại phụ huynh", author, width=300, height=120)
    return finished(made)


def test_the_senders_own_comments_stay():
    first = given_back(commented("C3", "B4"), marks=[mark(3, "C")])
    sheet = sheet_of(first)
    assert sheet["C3"].comment.text == f"Hỏi lại phụ huynh\n\nTiến độ VssID:\n{DAY}"
    assert (sheet["B4"].comment.text, sheet["B4"].comment.author) == ("Hỏi lại phụ huynh", "Hà")
    cleared = sheet_of(given_back(first.content, marks=[]))
    assert {c.coordinate: c.comment.text for r in cleared.iter_rows() for c in r if c.comment} == dict.fromkeys(
        ("C3", "B4"), "Hỏi lại phụ huynh"
    )


def test_a_conversation_is_not_written_into():
    sheet = sheet_of(given_back(commented("C3", author="tc={123}"), marks=[mark(3, "C")]))
    assert (sheet["C3"].comment.text, colour(sheet["C3"]), sheet["F3"].value) == (
        "Hỏi lại phụ huynh", COLOURS[Severity.ERROR], f"C3: {DAY}",
    )  # fmt: skip


def test_when_all_is_mended_no_trace_of_comments_is_left_in_the_file():
    first = given_back(book(ROSTER), marks=[mark(3, "C")])
    assert {"xl/comments1.xml", "xl/drawings/vmlDrawing1.vml"} <= parts(first.content).keys()
    cleared = parts(given_back(first.content, marks=[]).content)
    assert [name for name in cleared if "comment" in name or "vml" in name] == []
    assert b"legacyDrawing" not in cleared["xl/worksheets/sheet1.xml"]
    assert b"comments1" not in cleared["[Content_Types].xml"] + cleared["xl/worksheets/_rels/sheet1.xml.rels"]


def test_comments_end_where_programs_would_get_slow_and_the_worst_come_first(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(returning, "MOST_COMMENTS", 2)
    sheet = sheet_of(given_back(book(ROSTER), marks=[mark(2, "B", Severity.REPAIR), mark(3, "C"), mark(4, "E", Severity.WARNING)]))
    assert {cell.coordinate for row in sheet.iter_rows() for cell in row if cell.comment} == {"F1", "C3"}
    assert all(colour(sheet[at]) and sheet[f"F{at[1]}"].value for at in ("B2", "C3", "E4"))


def test_a_drop_down_and_a_number_format_are_still_there():
    made = Workbook()
    sheet: Any = made.active
    sheet.title = "Sheet1"
    for row in ROSTER:
        sheet.append(row)
    choice = DataValidation(type="list", formula1='"6A1,6A2"')
    choice.add("D2:D9")
    sheet.add_data_validation(choice)
    found = sheet_of(given_back(finished(made), marks=[mark(3, "D")]))
    assert [(str(v.sqref), v.formula1) for v in found.data_validations.dataValidation] == [("D2:D9", '"6A1,6A2"')]


def test_macros_stay_and_the_name_says_so():
    data = book(ROSTER)
    content = BytesIO(data)
    with ZipFile(content, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"macro")
    back = given_back(content.getvalue(), "Danh sách lớp.xlsm", marks=[mark(3, "C")])
    assert (back.filename, parts(back.content)["xl/vbaProject.bin"]) == ("Danh sách lớp - cần sửa.xlsm", b"macro")


def test_the_name_tells_what_it_is_and_does_not_grow():
    assert given_back(book(ROSTER), "6A1.xlsx").filename == "6A1 - cần sửa.xlsx"
    assert given_back(book(ROSTER), "6A1 - cần sửa.xlsx").filename == "6A1 - cần sửa.xlsx"
    assert given_back((BOOKS / "06-employer.xls").read_bytes(), "06-employer.xls").filename == "06-employer - cần sửa.xlsx"


def test_a_cell_typed_anew_in_the_browser_is_in_the_workbook():
    data = book(ROSTER)
    back = returned(data, "a.xlsx", [mark(3, "C")], {"Sheet1": 1}, [Correction("Sheet1", 3, "E", "0912000222")])
    cell = sheet_of(back)["E3"]
    assert (cell.value, cell.data_type, cell.number_format, cell.comment) == ("0912000222", "s", "@", None)


def with_prefix(content: bytes) -> bytes:
    """A sheet as .NET programs write it: every element named with a prefix, rows and cells without their places."""
    content = re.sub(rb"<(/?)(\w)", rb"<\1x:\2", content).replace(b"xmlns=", b"xmlns:x=")
    return re.sub(rb' r="[A-Z]*\d+"', b"", content)


def without_places(content: bytes) -> bytes:
    return re.sub(rb' r="[A-Z]*\d+"| spans="[\d:]+"', b"", content)


@pytest.mark.parametrize("change", [with_prefix, without_places])
def test_a_sheet_written_in_another_manner_is_marked_all_the_same(change: Callable[[bytes], bytes]):
    data = with_part(book(ROSTER), "xl/worksheets/sheet1.xml", change)
    back = given_back(data, marks=[mark(3, "C")])
    sheet = sheet_of(back)
    assert (colour(sheet["C3"]), sheet["F3"].value) == (COLOURS[Severity.ERROR], f"C3: {DAY}")
    assert read(back.content, "a.xlsx").people == read(data, "a.xlsx").people


def test_a_workbook_put_together_in_an_unknown_way_is_made_anew():
    strict = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
    data = book(ROSTER)
    for name in ("xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml"):
        data = with_part(data, name, lambda part: part.replace(b"http://schemas.openxmlformats.org/spreadsheetml/2006/main", strict))
    back = given_back(data, marks=[mark(3, "C")])
    sheet = sheet_of(back)
    assert (colour(sheet["C3"]), sheet["F3"].value, sheet["B2"].value) == (COLOURS[Severity.ERROR], f"C3: {DAY}", "Trần Văn An")


@pytest.mark.parametrize("font", [".VnTime", None])
def test_messages_in_unicode_do_not_change_what_a_font_of_the_1990s_is_told_by(font: str | None):
    sheet = xlrd.open_workbook(BOOKS / "09-tcvn3-font.xls").sheet_by_index(0)
    made = Workbook()
    copy: Any = made.active
    copy.title = "Sheet1"
    for row in range(sheet.nrows):
        for column in range(sheet.ncols):
            cell = copy.cell(row + 1, column + 1, sheet.cell_value(row, column))
            if font:
                cell.font = Font(name=font)
    reading = read(finished(made), "a.xlsx")
    every = [Mark("Sheet1", person.row, "B", Severity.ERROR, f"{DAY} Hãy ghi ngày, tháng, năm.") for person in reading.people]
    back = returned(finished(made), "a.xlsx", every, headers_of(reading))
    assert read(back.content, "a.xlsx").people == reading.people
