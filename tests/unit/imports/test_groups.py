"""Findings rolled up: alike ones together, rows as ranges, the worst first."""

from __future__ import annotations

import pytest

from imports.groups import groups_of, placed, ranges, worst_first
from imports.values import ColumnRead, Problem, Severity


def problem(row: int, column: str | None = "D", severity: Severity = Severity.ERROR, code: str = "not-a-date", **more: str) -> Problem:
    sheet, field = more.get("sheet", "6A1"), more.get("field", "birth_date")
    return Problem(
        sheet, row, column, field, severity, "x", code, "This is no date.", (("known", more["known"]),) if "known" in more else ()
    )


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([4], "D4"),
        ([4, 5], "D4–D5"),
        ([4, *range(9, 32)], "D4, D9–D31"),
        ([31, 9, 10, 9, 4], "D4, D9–D10, D31"),
        (range(1, 40, 2), "D1, D3, D5, D7, D9, D11, D13, D15, D17, D19, D21, D23, …"),
    ],
)
def test_neighbouring_cells_are_told_as_one_range(rows: list[int], told: str):
    assert ranges("D", rows) == told


def test_without_a_column_the_rows_are_told_alone():
    assert ranges("", [4, 9, 10]) == "4, 9–10"


def test_alike_findings_of_one_column_are_one_group():
    groups = groups_of([problem(4), problem(9), problem(10), problem(9, "E"), problem(9, sheet="6A2")])
    assert [(group.first.sheet, group.where, group.places) for group in groups] == [
        ("6A1", "D4, D9–D10", (0, 1, 2)), ("6A1", "E9", (3,)), ("6A2", "D9", (4,))
    ]  # fmt: skip


def test_errors_come_before_warnings_and_those_before_repairs():
    found = [problem(1, severity=Severity.REPAIR), problem(2, severity=Severity.WARNING), problem(3), problem(4, severity=Severity.WARNING)]
    assert [group.first.severity for group in groups_of(found)] == [Severity.ERROR, Severity.WARNING, Severity.REPAIR]
    assert [rows[0].row for rows in worst_first(found)] == [3, 2, 4, 1]


def test_a_row_keeps_all_that_was_found_in_it_together():
    found = [problem(1, "C", Severity.REPAIR), problem(1, "E"), problem(2)]
    assert [[p.column for p in rows] for rows in worst_first(found)] == [["C", "E"], ["D"]]


def test_a_repair_is_one_group_in_all_sheets_because_it_is_refused_as_one():
    found = [problem(1, "C", Severity.REPAIR), problem(7, "F", Severity.REPAIR, sheet="6A2")]
    assert [group.places for group in groups_of(found)] == [(0, 1)]


def test_findings_that_say_it_of_different_values_are_known_as_such():
    assert groups_of([problem(1, known="2014"), problem(2, known="2014")])[0].is_alike
    assert not groups_of([problem(1, known="2014"), problem(2, known="2015")])[0].is_alike


def test_what_matching_found_in_a_number_stands_in_the_column_that_it_was_read_from():
    columns = [ColumnRead("6A1", "F", "Số định danh", "personal_id", None), ColumnRead("6A2", "G", "CCCD", "personal_id", None)]
    found = placed([problem(1, None, field="personal_id", sheet="6A2"), problem(1, None, field="row"), problem(1, "D")], columns)
    assert [p.column for p in found] == ["G", None, "D"]
