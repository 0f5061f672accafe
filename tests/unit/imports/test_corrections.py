"""Cells typed anew, repairs that nobody wants, and what is said of a file as a whole."""

from __future__ import annotations

from datetime import date

import pytest

from imports import Correction, Reading, Severity, read
from tests.unit.imports.books import Rows, book, codes, finished, reading, workbook

ROWS: Rows = [
    ["STT", "Họ và tên", "Ngày sinh", "SĐT", "Dân tộc"],
    [1, "Trần Văn An", "31/02/2014", 912345678, "Kinh"],
    [2, "", "27/10/2014", "091234", "Kinh"],
]


def corrected(rows: Rows, *cells: tuple[int, str, str]) -> Reading:
    return read(book(rows), "x.xlsx", corrections=[Correction("Sheet1", *cell) for cell in cells])


def test_a_cell_typed_anew_is_judged_like_any_other():
    found = corrected(ROWS, (2, "C", "28/02/2014"), (3, "B", "LÊ THỊ BÌNH"), (3, "D", "0912 345 679"))
    assert [(p.full_name, p.birth_date, p.phone) for p in found.people] == [
        ("Trần Văn An", date(2014, 2, 28), "0912345678"),
        ("Lê Thị Bình", date(2014, 10, 27), "0912345679"),
    ]
    assert [problem for problem in found.problems if problem.severity is Severity.ERROR] == []


def test_what_is_typed_may_be_wrong_again():
    assert codes(corrected(ROWS, (2, "C", "30/02/2014")).problems)[0] == (2, "birth_date", "not-a-date")


@pytest.mark.parametrize("cell", [(2, "E", "Tày"), (1, "B", "Tên"), (99, "B", "Ai"), (2, "Z", "x"), (0, "B", "x"), (-1, "B", "x")])
def test_a_correction_outside_the_taken_cells_changes_nothing(cell: tuple[int, str, str]):
    assert corrected(ROWS, cell) == reading(ROWS)


def test_a_correction_on_another_sheet_changes_nothing():
    assert read(book(ROWS), "x.xlsx", corrections=[Correction("Sheet2", 2, "B", "Lê Tư")]) == reading(ROWS)


def test_an_emptied_cell_is_empty():
    found = corrected(ROWS, (2, "C", " "))
    assert (found.people[0].birth_date, [c for c in codes(found.problems) if c[1] == "birth_date"]) == (None, [])


def test_a_date_typed_anew_has_the_day_first_and_turns_no_column():
    rows = [ROWS[0], *([n, f"Trần {n}", day, "", ""] for n, day in enumerate(["10/27/2014", "10/28/2014", "04/06/2014", "x"], 1))]
    rows = [[*row[:1], row[1].replace("1", "A").replace("2", "B").replace("3", "C").replace("4", "D"), *row[2:]] for row in rows]
    found = corrected(rows, (5, "C", "04/06/2014"))
    assert [p.birth_date for p in found.people] == [date(2014, 10, 27), date(2014, 10, 28), date(2014, 4, 6), date(2014, 6, 4)]


def test_a_refused_repair_leaves_the_value_out_and_says_so():
    found = read(book(ROWS), "x.xlsx", refused=frozenset({("phone", "zero-restored")}))
    assert found.people[0].phone is None
    assert [(p.code, p.severity) for p in found.problems if p.field == "phone" and p.row == 2] == [("zero-restored", Severity.WARNING)]


REFUSED = {
    "a date": ("Ngày sinh", "01-09-14", ("birth_date", "short-year"), "birth_date"),
    "a number": ("Số CCCD", 79214000123, ("personal_id", "zeros-restored"), "personal_id"),
    "a code": ("Mã số BHXH", 123456789, ("bhxh_code", "zeros-restored"), "bhxh_code"),
    "a phone": ("SĐT", "01634567890", ("phone", "mobile-modernised"), "phone"),
}


@pytest.mark.parametrize(("heading", "cell", "repair", "field"), REFUSED.values(), ids=REFUSED)
def test_any_repair_can_be_refused(heading: str, cell: object, repair: tuple[str, str], field: str):
    data = book([["STT", "Họ và tên", heading], [1, "Trần Văn An", cell]])
    assert getattr(read(data, "x.xlsx").people[0], field) is not None
    found = read(data, "x.xlsx", refused=frozenset({repair}))
    assert getattr(found.people[0], field) is None
    assert [(p.field, p.code, p.severity) for p in found.problems] == [(*repair, Severity.WARNING)]


def test_a_guardians_repair_can_be_refused_and_a_name_is_kept_as_it_stands():
    data = book([["STT", "Họ và tên", "SĐT mẹ", "Họ tên mẹ"], [1, "Trần Văn An (lớp trưởng)", 912345678, "Lê Hoa"]])
    refused = frozenset({("guardian_phone", "zero-restored"), ("full_name", "note-removed")})
    person = read(data, "x.xlsx", refused=refused).people[0]
    assert (person.full_name, person.guardians) == ("Trần Văn An (lớp Trưởng)", (("mother", "Lê Hoa", None, None),))


def test_hidden_and_skipped_rows_and_sheets_are_said_with_their_counts():
    header = ["STT", "Họ và tên", "Ngày sinh"]
    rows = [
        header, ["Phòng A"], [1, "Trần Văn An", "27/10/2014"], header, [2, "Lê Thị Bình", "04/06/2014"], ["", "Cộng: 2"],
        ["Phòng B"], [3, "Vũ Minh", "05/06/2014"], ["", "Tổng số: 3"], ["", "Người lập"], ["", "Lê Tư"],
    ]  # fmt: skip
    made = workbook({"DS": rows, "Ẩn": [header], "DMUC": [["Mã", "Tên"], ["01", "Kinh"]], "Ghi chú": [["x"]]})
    made["Ẩn"].sheet_state = "hidden"
    made["DS"].column_dimensions["C"].hidden = True
    notes = read(finished(made), "x.xlsx").notes
    assert dict(notes[0].params) == {"columns": "C"}
    assert [(note.sheet, note.code, dict(note.params).get("rows")) for note in notes] == [
        ("DS", "hidden-columns", None),
        ("DS", "repeated-headers", "4"),
        ("DS", "totals", "6, 9"),
        ("DS", "signatures", "10"),
        ("DS", "below-the-list", "11"),
        ("DS", "group-rows", "2, 7"),
        ("Ẩn", "hidden-sheet", None),
        ("DMUC", "lookup-sheet", None),
        ("Ghi chú", "sheet-without-people", None),
    ]
    assert "Totals and remarks, skipped: 2 (rows 6, 9)" in [note.text % dict(note.params) for note in notes]


def test_each_column_has_samples_and_what_shows_how_it_is_read():
    rows = [
        ["STT", "Họ và tên", "Ngày sinh", "Số CCCD", "Màu áo"],
        *([n, name, f"{n + 12}/10/2014", 79214000000 + n, "xanh"] for n, name in enumerate(["Trần An", "Lê Tư", "Vũ Ba", "Hồ Sáu"], 1)),
    ]
    number, name, born, card, colour = reading(rows).columns
    assert (number.samples, name.samples, name.why, name.evidence) == (("1", "2", "3"), ("Trần An", "Lê Tư", "Vũ Ba"), "heading", None)
    assert (born.samples[0], born.evidence and born.evidence.text % dict(born.evidence.params)) == (
        "13/10/2014", "4 values have a day over 12: day/month/year",
    )  # fmt: skip
    assert card.evidence
    assert card.evidence.text % dict(card.evidence.params) == "4 numbers were padded with zeros to 12 digits"
    assert (colour.samples, colour.why_not) == ((), "unknown")


def test_progress_is_told_and_can_stop_the_reading():
    told: list[tuple[str, int, int]] = []
    read(book(**{"6A1": ROWS, "6A2": ROWS}), "x.xlsx", progress=lambda *step: told.append(step))
    assert [step for step in told if step[0] == "read"] == [("read", 2, 2), ("read", 4, 4)]
    assert [done for stage, done, _ in told if stage == "judged"] == sorted(done for stage, done, _ in told if stage == "judged")
    assert told[-1][0] == "judged"

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read(book(ROWS), "x.xlsx", progress=stop)
