"""Nothing leaves the room that the database can't keep: no control characters, nothing longer than its column."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from imports import Severity, judge, read
from tests.unit.imports.books import book, codes, column, names, people, reading, with_part

CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
SHEET = "xl/worksheets/sheet1.xml"


def with_controls(rows: list[list[Any]], name: str = "Sheet1") -> bytes:
    """The workbook with every ~ turned into a NUL, a bell and a C1 sign, as an escape and raw."""
    signs = "_x0000_&#7;\x90".encode()
    data = with_part(book(rows), SHEET, lambda part: part.replace(b"~", signs))
    return with_part(data, "xl/workbook.xml", lambda part: part.replace(b'name="Sheet1"', f'name="{name}"'.encode()))


def test_no_control_character_leaves_the_room():
    headings = ["STT", "Họ~ và\ntên", "Ngày sinh", "Lớp", "Chức vụ", "Email", "Mã học sinh", "SĐT", "Họ tên cha", "Ghi\tchú~"]
    rows = [
        ["DANH SÁCH~ LỚP 6A1\nnăm 2025"],
        headings,
        [1, "Trần~ Văn An", "27/10/2014", "6A~1", "Giáo~ viên", "an~@truong.vn", "HS~01", "09123~45678", "Trần~ Ba", "~"],
        [2, "Lê\tThị\nB~ình", "31/~02/\n2014", "6A1\n", "Tổ\ttrưởng", "x~@", "HS02", "1~2\t3", "L~ê Tư", ""],
    ]
    read_in = read(with_controls(rows, "6A\x90 1"), "x.xlsx")
    everything = json.dumps(
        [read_in.people, read_in.problems, read_in.sheets, read_in.columns, read_in.titles], default=str, ensure_ascii=False
    )
    assert CONTROL.search(everything) is None
    assert [person.full_name for person in read_in.people] == ["Trần Văn An", "Lê Thị Bình"]
    assert {column.heading for column in read_in.columns} >= {"Họ và tên", "Ghi chú"}
    assert read_in.titles == ("DANH SÁCH LỚP 6A1 năm 2025",)
    assert read_in.sheets[0].name == "6A 1"
    first = read_in.people[0]
    assert (first.unit, first.position, first.email, first.pupil_code, first.phone) == (
        "6A1",
        "Giáo viên",
        "an@truong.vn",
        "HS01",
        "0912345678",
    )
    assert {problem.value for problem in read_in.problems} >= {"31/02/ 2014", "x@"}


def test_sheet_names_that_differ_in_a_control_character_alone_stay_two():
    data = book(A=column("Lớp", "6A1"), B=column("Lớp", "6A2", "6A2"))
    data = with_part(
        data,
        "xl/workbook.xml",
        lambda part: part.replace(b'name="A"', b'name="6A"').replace(b'name="B"', '="6A\x90"'.join(["name", ""]).encode()),
    )
    read_in = read(data, "x.xlsx")
    assert len({sheet.name for sheet in read_in.sheets}) == 2
    assert [person.unit for person in read_in.people] == ["6A1", "6A2", "6A2"]


def test_a_name_that_can_not_be_seen_is_none():
    rows = [["STT", "Họ và tên", "Ngày sinh"], [1, "Trần An", "27/10/2014"], [2, "\u200b \u2060\u200e", "28/10/2014"], [3, "\ufeff", ""]]
    read_in = reading(rows)
    assert [person.full_name for person in read_in.people] == ["Trần An"]
    assert (3, "full_name", "name-missing") in codes(read_in.problems)
    assert names([*column("Lớp", "6A1")[:1], [1, "An \u200b Bình\u200f", "6A1"]]) == ["An Bình"]


LONG = {
    "full_name": ("Họ và tên", " ".join(["Nguyễn"] * 17), " ".join(["Nguyễn"] * 18), "name-too-long"),
    "unit": ("Lớp", "ế" * 200, "ế" * 201, "too-long"),
    "position": ("Chức vụ", "ế" * 120, "ế" * 121, "too-long"),
    "email": ("Email", "an@" + ".".join(["x" * 60] * 4) + ".vnedu", "an@" + ".".join(["x" * 60] * 4) + ".vietname", "too-long"),
    "pupil_code": ("Mã học sinh", "Đ" * 30, "Đ" * 31, "too-long"),
    "staff_code": ("Mã nhân viên", "1" * 30, "1" * 31, "too-long"),
}


@pytest.mark.parametrize(("field", "heading", "kept", "too_long", "code"), [(field, *case) for field, case in LONG.items()], ids=LONG)
def test_a_value_longer_than_what_is_kept_is_a_problem_at_its_cell(field: str, heading: str, kept: str, too_long: str, code: str):
    def roster(text: str) -> list[list[Any]]:
        row = [1, text, "27/10/2014"] if field == "full_name" else [1, "Trần An", "27/10/2014", text]
        return [["STT", "Họ và tên", "Ngày sinh", *([] if field == "full_name" else [heading])], row]

    fine, wrong = reading(roster(kept)), reading(roster(too_long))
    assert (getattr(fine.people[0], field), fine.problems) == (kept, ())
    [problem] = wrong.problems
    assert (problem.row, problem.column, problem.field) == (2, "B" if field == "full_name" else "D", field)
    assert (problem.severity, problem.code) == (Severity.ERROR, code)
    assert len(problem.value) <= 100
    value = getattr(wrong.people[0], field)
    assert value is None or (field == "full_name" and len(value) <= 120)
    assert judge(field, kept) == (kept, None)
    judged, finding = judge(field, too_long)
    assert (judged, finding and finding.code, finding and finding.severity) == (None, code, Severity.ERROR)


def test_lengths_are_those_of_composed_letters():
    assert judge("position", "e\u0302\u0301" * 120) == ("ế" * 120, None)
    assert judge("pupil_code", "e\u0302\u0301" * 30) == ("ế" * 30, None)
    assert judge("unit", "6A\0\u200b1") == ("6A1", None)
    assert judge("full_name", "\u200b\0 \u200e") == (None, None)


def test_a_guardian_with_too_long_a_name_is_left_out():
    read_in = reading([["STT", "Họ và tên", "Ngày sinh", "Họ tên cha"], [1, "Trần An", "27/10/2014", "Trần " * 30]])
    assert read_in.people[0].guardians == ()
    assert codes(read_in.problems) == [(2, "guardian_name", "name-too-long")]


def test_a_unit_in_a_title_or_a_row_of_its_own_may_be_too_long_as_well():
    in_title = reading([["Lớp " + "A" * 201], ["STT", "Họ và tên", "Ngày sinh"], [1, "Trần An", "27/10/2014"]])
    assert in_title.people[0].unit is None
    assert codes(in_title.problems) == [(2, "unit", "too-long")]
    header = ["STT", "Họ và tên", "Ngày sinh"]
    in_group = reading([header, ["Phòng " + "A" * 201], [1, "Trần An", "27/10/2014"], ["Phòng B"], [2, "Lê Tư", "28/10/2014"]])
    assert [person.unit for person in in_group.people] == [None, "Phòng B"]
    assert [problem[1:] for problem in codes(in_group.problems)] == [("row", "too-long")]


def test_letters_that_become_several_when_folded_are_counted_so():
    assert people([["STT", "Họ và tên", "Lớp"], [1, "Trần An", "한" * 100]])[0].unit is None
