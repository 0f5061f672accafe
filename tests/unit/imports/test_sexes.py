"""Numbers for the sex: what shows their meaning is said, also from sheet to sheet; a reading against the habit can be refused."""

from __future__ import annotations

from imports import Severity, read
from imports.headings.sex_legends import legend_among, legend_of
from tests.unit.imports.books import finished, workbook
from tests.unit.imports.sent import Rows

_HEADER = ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Số CCCD"]


def _rows(first: int, *, ids: bool = True) -> Rows:
    """Six pupils, girls with 1 and boys with 0."""
    return [
        [n, f"Trần Văn {name}", f"{n + 12}/10/2014", n % 2, f"00121400{first + n:04}" if ids and n % 2 == 0 else
         f"00131400{first + n:04}" if ids else ""]
        for n, name in enumerate(("An", "Bình", "Châu", "Dung", "Em", "Hoa"), 1)
    ]  # fmt: skip


def _read(sheets: dict[str, Rows], **wishes: frozenset[tuple[str, str]]):
    found = read(finished(workbook(sheets)), "x.xlsx", **wishes)
    evidence = [column.evidence for column in found.columns if column.field == "sex"]
    return found, [one and one.text % dict(one.params) for one in evidence]


def test_a_column_says_what_shows_the_meaning_of_its_numbers():
    _, by_numbers = _read({"A": [_HEADER, *_rows(0)]})
    assert by_numbers == ["The sex inside 6 CCCD numbers shows what the numbers mean: 0 = Nam, 1 = Nữ"]
    _, by_habit = _read({"A": [_HEADER, *_rows(0, ids=False)]})
    assert by_habit == ["Nothing says what the numbers mean; read as is usual: 0 = Nữ, 1 = Nam"]


def test_a_sheet_that_does_not_show_it_is_read_like_the_others():
    found, evidence = _read({"A": [_HEADER, *_rows(0)], "B": [_HEADER, *_rows(10, ids=False)]})
    assert [person.sex for person in found.people] == ["female", "male"] * 6
    assert evidence[1] == "Another sheet shows what the numbers mean: 0 = Nam, 1 = Nữ"
    assert [problem.row for problem in found.problems if problem.code == "sex-turned" and problem.sheet == "B"] == list(range(2, 8))


def test_sheets_that_show_opposite_meanings_teach_no_third_one():
    usual = [[*row[:3], 1 - row[3], row[4]] for row in _rows(20)]
    found, _ = _read({"A": [_HEADER, *_rows(0)], "B": [_HEADER, *usual], "C": [_HEADER, *_rows(10, ids=False)]})
    assert [person.sex for person in found.people] == ["female", "male"] * 6 + ["male", "female"] * 3


def test_a_reading_against_the_habit_can_be_refused():
    found, _ = _read({"A": [_HEADER, *_rows(0)], "B": [_HEADER, *_rows(10, ids=False)]}, refused=frozenset({("sex", "sex-turned")}))
    assert {person.sex for person in found.people} == {None}
    assert {problem.severity for problem in found.problems if problem.field == "sex"} == {Severity.WARNING}


def test_what_counts_people_or_contradicts_itself_is_no_legend():
    assert legend_of("Nam 1, nữ 2") == {"1": "male", "2": "female"}
    assert legend_among(["Sĩ số 3: nam = 1, nữ = 2"]) is None
    assert legend_among(["Ghi chú: 1 nữ chuyển đi"]) is None
    assert legend_among(["Ghi chú: 1 = nữ, 0 = nam", "Giới tính: 1: nam, 0: nữ"]) is None
    assert legend_of("Giới tính (1: Nam; 1: Nữ)") is None


def test_a_sheet_of_people_who_leave_stays_set_aside():
    found, _ = _read({"Tăng": [["Mẫu D02-TS"], _HEADER, *_rows(0)], "Giảm": [["Mẫu D02-TS"], _HEADER, *_rows(10, ids=False)]})
    assert [person.sheet for person in found.people] == ["Tăng"] * 6
