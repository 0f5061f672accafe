"""`python -m imports FILE`: what it prints and how it ends."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from imports.__main__ import main
from tests.unit.imports.books import book, column


def test_it_prints_people_problems_and_repairs_apart(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    rows = [["STT", "Họ tên", "Ngày sinh", "SĐT", "Họ tên mẹ"], [1, "Trần Văn An", "31/02/2014", 912345678, "Lê Thị Hoa"]]
    path = tmp_path / "a.xlsx"
    path.write_bytes(book(rows))
    assert main([str(path)]) == 0
    printed = json.loads(capsys.readouterr().out)
    person = printed["people"][0]
    assert {name: person[name] for name in ("sheet", "row", "full_name", "birth_date", "phone", "guardians")} == {
        "sheet": "Sheet1",
        "row": 2,
        "full_name": "Trần Văn An",
        "birth_date": None,
        "phone": "0912345678",
        "guardians": [{"relation": "mother", "full_name": "Lê Thị Hoa"}],
    }
    assert [(p["row"], p["column"], p["field"], p["severity"], p["value"]) for p in printed["problems"]] == [
        (2, "C", "birth_date", "error", "31/02/2014")
    ]
    assert [(p["field"], p["severity"]) for p in printed["repairs"]] == [("phone", "repair")]


@pytest.mark.parametrize(
    ("changed", "severity"), [(datetime(2026, 9, 5, tzinfo=UTC), "error"), (datetime(1980, 1, 1, tzinfo=UTC), "warning")]
)
def test_a_birth_after_the_file_was_changed_is_an_error_like_any_other_that_can_not_be(
    changed: datetime, severity: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    path = tmp_path / "a.xlsx"
    births = [f"{day}/10/2014" for day in range(14, 28)] + ["16/05/2041"]
    path.write_bytes(book(column("Ngày sinh", *births)))
    os.utime(path, (changed.timestamp(), changed.timestamp()))
    assert main([str(path)]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert [(p["row"], p["column"], p["field"], p["severity"]) for p in printed["problems"]] == [(16, "C", "birth_date", severity)]
    last = printed["people"][-1]
    assert (last["birth_date"], last["birth_year"]) == ((None, None) if severity == "error" else ("2041-05-16", 2041))


@pytest.mark.parametrize(
    ("heading", "number", "field"),
    [("Số thẻ BHYT", "HS479123", "bhxh_code"), ("Số thẻ BHYT", "079310000011", "personal_id"), ("Số CMND", "12345", "personal_id")],
)
def test_a_problem_names_the_field_of_a_person_that_the_column_fills(
    heading: str, number: str, field: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    path = tmp_path / "a.xlsx"
    path.write_bytes(book([["STT", "Họ tên", "Ngày sinh", heading], [1, "Trần Văn An", "27/10/2014", number]]))
    assert main([str(path)]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert [problem["field"] for problem in printed["problems"]] == [field]
    assert {problem["field"] for problem in printed["problems"]} <= printed["people"][0].keys()


def test_it_prints_what_was_asked_noted_and_seen_in_the_columns(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    header = ["STT", "Họ tên", "Ngày sinh", "SĐT", "Điện thoại"]
    rows = [header, [1, "Trần Văn An", "27/10/2014", "0912345678", "0912345679"], header, ["", "Tổng số: 1"]]
    path = tmp_path / "a.xlsx"
    path.write_bytes(book(rows))
    assert main([str(path)]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert [(note["code"], note["message"]) for note in printed["notes"]] == [
        ("repeated-headers", "The header again, skipped: 1 (rows 3)"),
        ("totals", "Totals and remarks, skipped: 1 (rows 4)"),
    ]
    assert [(question["column"], question["code"]) for question in printed["questions"]] == [("E", "two-headings")]
    born = printed["columns"][2]
    assert (born["samples"], born["evidence"]) == (["27/10/2014"], "1 values have a day over 12: day/month/year")
    assert len(printed["fingerprint"]) == 64


def test_a_file_that_can_not_be_read_ends_with_two_and_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    path = tmp_path / "letter.txt"
    path.write_bytes(b"Kinh gui")
    assert (main([str(path)]), main([str(tmp_path / "missing.xlsx")]), main([])) == (2, 2, 2)
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.splitlines() == [
        "letter.txt is not a spreadsheet. Upload the Excel workbook (.xlsx or .xls) that holds the roster.",
        "The file can't be opened: No such file or directory.",
        "Usage: python -m imports FILE",
    ]


def test_a_value_with_a_percent_sign_does_not_break_a_message(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    path = tmp_path / "100%.xlsx"
    path.write_bytes(book(**{"6A1": [["Họ tên", "CCCD"], ["An", "100%"], ["100%s", "x%(y)s"]]}))
    assert main([str(path)]) == 0
    path.write_bytes(b"")
    assert main([str(path)]) == 2
    assert capsys.readouterr().err == "The file 100%.xlsx is empty. Choose the workbook again.\n"
