"""What the reader can't decide it asks, and trusts nothing there until somebody has answered."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
from openpyxl import load_workbook

from imports import Answer, Question, Reading, SheetAnswer, Unreadable, preview, read
from imports.asking.nobody_found import asked_instead
from tests.unit.imports.books import Rows, book, codes, finished, reading, workbook

HEADER = ["STT", "Họ và tên", "Ngày sinh"]
NAMES = ["Trần Văn An", "Lê Thị Bình", "Vũ Minh Châu", "Phạm Dũng", "Đỗ Thị Em", "Hồ Gia Hân"]
OPEN = ["04/06/2014", "01/02/2014", "11/12/2013", "03/05/2014", "05/05/2014"]


def dated(*days: Any, header: Rows = (HEADER,), beside: list[str] | None = None) -> Rows:
    rows = [[number, NAMES[number % 6] + f" {'Một Hai Ba Bốn Năm Sáu Bảy'.split()[number % 7]}", day] for number, day in enumerate(days, 1)]
    return [*header, *([*row, *(beside[i : i + 1] if beside else [])] for i, row in enumerate(rows))]


def answered(rows: Rows, **said: Any) -> Reading:
    return read(book(rows), "roster.xlsx", answer=Answer((SheetAnswer("Sheet1", **said),)))


def asked(found: Reading) -> list[tuple[str | None, str]]:
    return [(question.column, question.code) for question in found.questions]


def born(found: Reading) -> list[date | None]:
    return [person.birth_date for person in found.people]


def test_a_column_that_leaves_day_and_month_open_asks_and_is_not_trusted_until_then():
    found = reading(dated(*OPEN))
    assert asked(found) == [("C", "date-order")]
    assert born(found) == [None, None, None, None, date(2014, 5, 5)]  # the fifth of May is that in any order
    assert codes(found.problems) == [(row, "birth_date", "date-order") for row in range(2, 6)]
    question = found.questions[0]
    assert question.text % dict(question.params) == (
        "Does the day or the month come first in column C of sheet Sheet1? Dates like 04/06/2014 can be read either way."
    )


@pytest.mark.parametrize(("month_first", "first"), [(False, date(2014, 6, 4)), (True, date(2014, 4, 6))])
def test_an_answer_settles_the_order_of_dates(month_first: bool, first: date):
    found = answered(dated(*OPEN), month_first=month_first)
    assert (found.questions, born(found)[0]) == ((), first)
    assert not [problem for problem in found.problems if problem.severity == "error"]


DECIDED = {
    "one day over 12": [*OPEN, "27/10/2014"],
    "years in front": ["2014-06-04", "2014-02-01", "2013-12-11", "2014-05-03", "2014-07-08"],
    "the month in words": [f"ngày {day} tháng 6 năm 2014" for day in range(1, 6)],
    "a few dates only": OPEN[:3],
    "the same date again and again": ["04/06/2014"] * 9,
    "real dates": [date(2014, 6, day) for day in range(1, 8)],
}


@pytest.mark.parametrize("days", DECIDED.values(), ids=DECIDED)
def test_dates_that_can_be_told_ask_nothing(days: list[Any]):
    found = reading(dated(*days))
    assert (found.questions, found.problems, None in born(found)) == ((), (), False)


def test_few_dates_that_could_be_either_have_the_day_first():
    assert born(reading(dated("04/06/2014")))[0] == date(2014, 6, 4)


@pytest.mark.parametrize(("issued", "first"), [("27/10/2021", date(2014, 6, 4)), ("10/27/2021", date(2014, 4, 6))])
def test_another_column_of_days_on_the_sheet_decides(issued: str, first: date):
    found = reading(dated(*OPEN, header=([*HEADER, "Ngày cấp"],), beside=[issued]))
    assert (found.questions, born(found)[0]) == ((), first)
    assert issued not in repr(found)


@pytest.mark.parametrize(("other", "first"), [("27/10/2014", date(2014, 6, 4)), ("10/27/2014", date(2014, 4, 6))])
def test_another_sheet_decides(other: str, first: date):
    found = read(book(**{"6A1": dated(*OPEN), "6A2": dated(other, "10/28/2014" if other.startswith("10") else "28/10/2014")}), "x.xlsx")
    assert (found.questions, born(found)[0]) == ((), first)


def test_two_sheets_that_contradict_each_other_decide_nothing():
    found = read(book(**{"6A1": dated(*OPEN), "6A2": dated("27/10/2014"), "6A3": dated("10/27/2014")}), "x.xlsx")
    assert [(question.sheet, question.code) for question in found.questions] == [("6A1", "date-order")]


def test_a_column_with_many_dates_of_either_order_asks_about_those_that_could_be_both():
    days = ["27/10/2014", "28/10/2014", "29/10/2014", "10/27/2014", "10/28/2014", "10/29/2014", "04/06/2014"]
    found = reading(dated(*days))
    assert asked(found) == [("C", "date-order")]
    assert (born(found)[0], born(found)[3], born(found)[6]) == (date(2014, 10, 27), date(2014, 10, 27), None)
    settled = answered(dated(*days), month_first=True)
    assert (born(settled)[0], born(settled)[3], born(settled)[6]) == (date(2014, 10, 27), date(2014, 10, 27), date(2014, 4, 6))


PHONES = [["STT", "Họ và tên", "SĐT", "Điện thoại"], [1, "Trần Văn An", "0912345678", "0987654321"], [2, "Lê Thị Bình", "0912345679", ""]]


def test_two_headings_of_one_kind_ask_which_is_meant_and_neither_is_trusted():
    found = reading(PHONES)
    assert asked(found) == [("D", "two-headings")]
    assert [person.phone for person in found.people] == [None, None]
    assert codes(found.problems) == [(2, "phone", "two-headings"), (3, "phone", "two-headings")]
    text = found.questions[0].text % dict(found.questions[0].params)
    assert text == "Sheet Sheet1 has two columns for the same thing: SĐT (column C) and Điện thoại (column D). Which one is meant?"


def test_two_headings_with_the_same_values_are_no_contradiction():
    found = reading([PHONES[0], [1, "Trần Văn An", "0912345678", "0912345678"]])
    assert (found.questions, found.people[0].phone) == ((), "0912345678")


@pytest.mark.parametrize(("fields", "phone"), [((("D", "phone"),), "0987654321"), ((("D", None),), "0912345678")])
def test_an_answer_says_which_of_two_columns_is_meant(fields: tuple[tuple[str, str | None], ...], phone: str):
    found = answered(PHONES, fields=fields)
    assert (found.questions, found.people[0].phone) == ((), phone)


def test_two_columns_for_names_are_asked_about_too():
    found = reading([["STT", "Họ tên", "Họ và tên", "Lớp"], [1, "Trần Văn An", "Lê Thị Hoa", "6A1"]])
    assert asked(found) == [("C", "two-headings")]
    assert codes(found.problems) == [(2, "full_name", "two-headings")]


NO_HEADER: Rows = [
    ["", "DANH SÁCH LỚP 6A1", "", ""],
    ["", "Người", "Khi nào", "Gọi"],
    [1, "Trần Văn An", "27/10/2014", "0912345678"],
    [2, "Lê Thị Bình", "04/06/2014", "0912345679"],
    [3, "Vũ Minh Châu", "05/06/2014", "0912345670"],
]
SAID = {"header_row": 2, "fields": (("B", "full_name"), ("C", "birth_date"), ("D", "father_phone"))}


def test_a_file_without_a_header_can_be_read_with_the_header_row_and_the_fields_said():
    with pytest.raises(Unreadable) as refused:
        reading(NO_HEADER)
    found = answered(NO_HEADER, **SAID)
    assert [(p.row, p.full_name, p.birth_date, p.unit) for p in found.people[:1]] == [(3, "Trần Văn An", date(2014, 10, 27), "6A1")]
    assert found.people[0].guardians == (("father", None, "0912345678", None),)
    assert {(c.letters, c.why) for c in found.columns} == {("B", "answer"), ("C", "answer"), ("D", "answer")}
    assert refused.value.code == "no-header"
    assert refused.value.fingerprint == found.fingerprint != ""


def test_a_sheet_that_lists_people_below_no_header_is_asked_about():
    found = read(book(**{"6A1": dated("27/10/2014"), "6A2": NO_HEADER, "Tổng hợp": [["Lớp", "Sĩ số"], ["6A1", 35]]}), "x.xlsx")
    assert [(q.sheet, q.column, q.code) for q in found.questions] == [("6A2", None, "no-header")]


def test_where_there_is_no_header_people_are_read_from_the_first_row_on():
    rows = [[1, "Trần Văn An", "27/10/2014", "6A1"], [2, "Lê Thị Bình", "28/10/2014", "6A1"], [3, "Vũ Ba", "29/10/2014", "6A1"]]
    said = Answer((SheetAnswer("Sheet1", header_row=0, fields=(("B", "full_name"), ("C", "birth_date"), ("D", "unit"))),))
    found = read(book(rows), "x.xlsx", answer=said)
    assert [(person.row, person.full_name, person.unit) for person in found.people] == [
        (1, "Trần Văn An", "6A1"),
        (2, "Lê Thị Bình", "6A1"),
        (3, "Vũ Ba", "6A1"),
    ]
    assert ([sheet.header_row for sheet in found.sheets], found.problems, found.questions) == ([0], (), ())
    assert found.fingerprint == "", "another list without headings may have other columns"


def test_a_header_row_given_by_hand_comes_before_the_one_that_would_be_found():
    rows = [HEADER, [1, "Mẫu Ghi Tên", "1/1/2014"], HEADER, [1, "Trần Văn An", "27/10/2014"]]
    assert [person.row for person in answered(rows, header_row=3).people] == [4]


def test_a_column_can_be_given_another_field_or_left_out():
    rows = [["STT", "Họ và tên", "Ghi chú", "SĐT"], [1, "Trần Văn An", "6A1", "0912345678"]]
    found = answered(rows, fields=(("C", "unit"), ("D", None)))
    assert (found.people[0].unit, found.people[0].phone) == ("6A1", None)
    assert [(c.letters, c.field, c.why, c.why_not) for c in found.columns[2:]] == [
        ("C", "unit", "answer", None),
        ("D", None, "answer", "left-out"),
    ]
    assert "0912345678" not in repr(found)


def test_a_sheet_can_be_left_out():
    data = book(**{"6A1": dated("27/10/2014"), "Cũ": dated("28/10/2014")})
    found = read(data, "x.xlsx", answer=Answer((SheetAnswer("Cũ", taken=False),)))
    assert [(sheet.name, sheet.skipped) for sheet in found.sheets] == [("6A1", None), ("Cũ", "left-out")]


def with_hidden(**sheets: Rows) -> bytes:
    """A workbook whose sheets are all hidden but the first."""
    made = workbook(sheets)
    for sheet in made.worksheets[1:]:
        sheet.sheet_state = "hidden"
    return finished(made)


def test_a_hidden_sheet_is_taken_where_somebody_says_so_and_that_changes_no_fingerprint():
    data = with_hidden(**{"6A1": dated("27/10/2014"), "6A2": dated("28/10/2014"), "Cũ": [["Ai", "Gì"], ["x", "y"]]})
    found = read(data, "x.xlsx", answer=Answer((SheetAnswer("6A2", though_hidden=True),)))
    assert [(sheet.name, sheet.skipped) for sheet in found.sheets] == [("6A1", None), ("6A2", None), ("Cũ", "hidden")]
    assert {person.sheet for person in found.people} == {"6A1", "6A2"}
    assert [(note.sheet, note.code) for note in found.notes if "hidden" in note.code] == [
        ("6A2", "hidden-sheet-read"),
        ("Cũ", "hidden-sheet"),
    ]
    assert found.fingerprint == read(data, "x.xlsx").fingerprint


NOBODY = {
    "an empty sheet": [],
    "a cover": [["Trường THCS Minh Họa"], ["Danh sách học sinh"]],
    "headings alone": [["STT", "Họ và tên", "Ngày sinh"]],
}


@pytest.mark.parametrize("visible", NOBODY.values(), ids=NOBODY)
def test_people_on_hidden_sheets_alone_are_asked_about(visible: Rows):
    data = with_hidden(**{"Bìa": visible, "6A1": dated("27/10/2014"), "6A2": dated("28/10/2014"), "Mã": [["Mã", "Tên"], ["1", "Nam"]]})
    with pytest.raises(Unreadable) as refused:
        read(data, "x.xlsx")
    found = asked_instead(refused.value, preview(data, "x.xlsx"), None)
    assert found is not None
    assert [(question.code, dict(question.params)["sheets"]) for question in found.questions] == [("only-hidden", "6A1, 6A2")]
    assert [sheet.skipped for sheet in found.sheets[1:]] == ["hidden"] * 3


def test_hidden_sheets_without_people_are_not_asked_about():
    data = with_hidden(**{"Bìa": [], "Mã": [["Mã", "Tên"], ["1", "Nam"]], "6A2": [["STT", "Họ và tên", "Ngày sinh"]]})
    with pytest.raises(Unreadable) as refused:
        read(data, "x.xlsx")
    assert (refused.value.code, asked_instead(refused.value, preview(data, "x.xlsx"), None)) == ("empty", None)


def test_people_without_headings_on_a_visible_sheet_come_before_hidden_ones():
    rows = [["Trần Văn An", "27/10/2014"], ["Lê Thị Bình", "28/10/2014"], ["Vũ Văn Ba", "29/10/2014"]]
    data = with_hidden(**{"Ghi chú": [["x", "y"]], "6A1": rows, "Cũ": dated("27/10/2014")})
    made = load_workbook(io.BytesIO(data))
    made["6A1"].sheet_state = "visible"
    data = finished(made)
    with pytest.raises(Unreadable) as refused:
        read(data, "x.xlsx")
    found = asked_instead(refused.value, preview(data, "x.xlsx"), None)
    assert found is not None
    assert [(question.sheet, question.code) for question in found.questions] == [("6A1", "no-header")]


def test_a_hidden_sheet_without_headings_that_is_taken_asks_for_them():
    rows = [["Trần Văn An", "27/10/2014"], ["Lê Thị Bình", "28/10/2014"], ["Vũ Văn Ba", "29/10/2014"]]
    data, answer = with_hidden(**{"Bìa": [], "6A1": rows}), Answer((SheetAnswer("6A1", though_hidden=True),))
    with pytest.raises(Unreadable) as refused:
        read(data, "x.xlsx", answer=answer)
    found = asked_instead(refused.value, preview(data, "x.xlsx"), answer)
    assert found is not None
    assert [(question.sheet, question.code) for question in found.questions] == [("6A1", "no-header")]
    assert [sheet.skipped for sheet in found.sheets] == ["empty", "no-header"]


def test_next_terms_hidden_sheet_is_taken_like_last_terms():
    answer = Answer((SheetAnswer("6A2", though_hidden=True),))
    found = read(with_hidden(**{"6A1": dated("27/10/2014"), "7A2": dated("28/10/2014")}), "x.xlsx", answer=answer)
    assert [sheet.skipped for sheet in found.sheets] == [None, None]


def test_a_preview_shows_hidden_sheets_but_for_what_is_sensitive():
    shown = preview(
        with_hidden(**{"6A1": dated("27/10/2014"), "6A2": [[*HEADER, "Dân tộc"], [1, "Trần Văn An", "1/1/2014", "Kinh"]]}), "x.xlsx"
    )
    assert (shown[1].hidden, shown[1].rows[1]) == (True, ("1", "Trần Văn An", "1/1/2014", "•••"))


def test_next_terms_classes_are_read_by_last_terms_answer():
    answer = Answer((SheetAnswer("6A1", fields=(("D", None),)), SheetAnswer("6A2", fields=(("D", None),))))
    found = read(book(**{"7A1": PHONES, "7A2": [PHONES[0], [1, "Vũ Ba", "", "0912345670"]]}), "x.xlsx", answer=answer)
    assert ([person.phone for person in found.people], found.questions) == (["0912345678", "0912345679", None], ())


def test_a_field_that_nobody_knows_leaves_the_column_out():
    assert answered(PHONES, fields=(("D", "shoe_size"),)).people[0].phone == "0912345678"


def test_the_fingerprint_is_the_headings_and_neither_people_nor_classes():
    this_term = book(**{"6A1": [["LỚP 6A1"], *dated("27/10/2014")], "6A2": dated("28/10/2014")})
    next_term = book(**{"7A1": dated("1/1/2013", "13/1/2013"), "7A2": dated("28/10/2014"), "7A3": dated("9/9/2013")})
    other = book(**{"6A1": dated("27/10/2014", header=(["STT", "Họ tên", "Ngày sinh"],))})
    moved = book(**{"6A1": [[row[0], "", *row[1:]] for row in dated("27/10/2014")]})
    marks = [read(data, "x.xlsx").fingerprint for data in (this_term, next_term, other, moved)]
    assert marks[0] == marks[1]
    assert len({*marks[1:]}) == 3


def test_an_answer_changes_no_fingerprint():
    assert answered(PHONES, fields=(("D", None),)).fingerprint == reading(PHONES).fingerprint


def test_a_preview_shows_the_rows_and_what_would_be_proposed():
    (sheet,) = preview(book([["DANH SÁCH"], [*HEADER, "Dân tộc"], [1, "Trần Văn An", date(2014, 10, 27), "Kinh"]]), "x.xlsx")
    assert (sheet.name, sheet.header_row) == ("Sheet1", 2)
    assert sheet.fields == (("A", "number"), ("B", "full_name"), ("C", "birth_date"), ("D", None))
    assert sheet.rows[2] == ("1", "Trần Văn An", "27/10/2014", "•••")  # ethnicity is nobody's business on the page either


def test_a_preview_of_a_sheet_that_nobody_understands_shows_its_rows():
    (sheet,) = preview(book(NO_HEADER), "x.xlsx")
    assert (sheet.header_row, sheet.fields, sheet.rows[1]) == (None, (), ("", "Người", "Khi nào", "Gọi"))


def test_questions_are_values_that_fill_in_their_texts():
    found = [*reading(PHONES).questions, *reading(dated(*OPEN)).questions]
    assert all(isinstance(question, Question) and "%" not in question.text % dict(question.params) for question in found)
