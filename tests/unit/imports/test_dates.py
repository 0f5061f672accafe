"""Birth dates in all the ways that offices write them."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

import pytest

from imports import read
from imports.judges.date_texts import Typed
from imports.judges.dates import judge_births
from tests.unit.imports.books import book, codes, column, reading
from tests.unit.imports.kinds.writers import Sheet, xlsx

READ: list[tuple[Any, date | None, int | None]] = [
    ("27/10/2014", date(2014, 10, 27), 2014),
    ("1/9/2014", date(2014, 9, 1), 2014),
    ("01.09.2014", date(2014, 9, 1), 2014),
    ("01-09-2014", date(2014, 9, 1), 2014),
    ("01 / 09 / 2014", date(2014, 9, 1), 2014),
    (" 27/10/2014\u00a0", date(2014, 10, 27), 2014),
    ("'27/10/2014", date(2014, 10, 27), 2014),
    ("2014-09-01", date(2014, 9, 1), 2014),
    ("2014-09-01 00:00:00", date(2014, 9, 1), 2014),
    ("27/10/2014.", date(2014, 10, 27), 2014),
    ("27|10|2014", date(2014, 10, 27), 2014),
    ("27102014", date(2014, 10, 27), 2014),
    (27102014, date(2014, 10, 27), 2014),
    (1092014, date(2014, 9, 1), 2014),
    ("ngày 5 tháng 9 năm 2014", date(2014, 9, 5), 2014),
    (date(2014, 9, 1), date(2014, 9, 1), 2014),
    (datetime(2014, 9, 1, 13, 30), date(2014, 9, 1), 2014),
    ("29/02/2012", date(2012, 2, 29), 2012),
    ("2014", None, 2014),
    (2014, None, 2014),
    (1967.0, None, 1967),
    ("00/00/1985", None, 1985),
    ("--/--/1985", None, 1985),
    ("", None, None),
    ("-", None, None),
]

FOUND: list[tuple[Any, date | None, int | None, str]] = [
    ("31/02/2010", None, None, "not-a-date"),
    ("29/02/2013", None, None, "not-a-date"),
    ("không nhớ", None, None, "not-a-date"),
    ("1" * 500, None, None, "not-a-date"),
    (time(10, 30), None, None, "not-a-date"),
    (True, None, None, "not-a-date"),
    (0.5, None, None, "not-a-date"),
    ("01/01/1850", None, None, "implausible-birth"),
    (date(1890, 1, 1), None, None, "implausible-birth"),
    (date(1900, 1, 1), None, None, "very-old"),
    ("1/1/1900", None, None, "very-old"),
    ("01/01/1901", None, None, "very-old"),
    (1900, None, None, "very-old"),
    ("1903", None, None, "very-old"),
    (41883, date(2014, 9, 1), 2014, "serial-date"),
    (41883.0, date(2014, 9, 1), 2014, "serial-date"),
    ("09/2014", None, 2014, "no-day"),
    ("01-09-14", date(2014, 9, 1), 2014, "short-year"),
    ("15/8/99", date(1999, 8, 15), 1999, "short-year"),
    (date(1905, 7, 6), None, 2014, "year-shown-as-date"),
]


@pytest.mark.parametrize(("cell", "day", "year"), READ)
def test_a_birth_is_read(cell: Any, day: date | None, year: int | None):
    assert judge_births([cell]) == ([day], [year], [])


@pytest.mark.parametrize(("cell", "day", "year", "code"), FOUND)
def test_an_odd_birth_is_named(cell: Any, day: date | None, year: int | None, code: str):
    days, years, findings = judge_births([cell])
    assert (days, years, [(place, finding.code) for place, finding in findings]) == ([day], [year], [(0, code)])


def test_a_column_of_real_dates_is_taken_as_it_is():
    days = [date(1972, 4, 13), date(2014, 1, 2)]
    assert judge_births(days) == (days, [1972, 2014], [])


def test_the_whole_column_tells_that_the_month_comes_first():
    days, _, findings = judge_births(["01/02/2014", "04/13/2011", "05/25/2012"])
    assert days == [date(2014, 1, 2), date(2011, 4, 13), date(2012, 5, 25)]
    assert {finding.code for _, finding in findings} == {"month-first"}


def test_one_wrong_date_does_not_turn_a_column_that_has_the_day_first():
    days, _, findings = judge_births(["27/10/2014", "01/02/2014", "04/13/2011"])
    assert days == [date(2014, 10, 27), date(2014, 2, 1), None]
    assert [(place, finding.code) for place, finding in findings] == [(2, "not-a-date")]


def test_dates_that_excel_swapped_are_put_back_when_the_column_proves_it():
    swapped: list[Any] = [date(2014, 4, 6), date(2014, 9, 1), date(2013, 1, 2), date(2014, 2, 3), date(2014, 12, 5), date(2014, 11, 7)]
    days, _, findings = judge_births([*swapped, "27/10/2014", "13/05/2014", "21/01/2014"])
    assert days[:2] == [date(2014, 6, 4), date(2014, 1, 9)]
    assert {finding.code for _, finding in findings} == {"day-month-swapped"}


@pytest.mark.parametrize("also", ["05/06/2014", date(2014, 6, 30)])
def test_dates_are_not_swapped_on_weaker_evidence(also: Any):
    real: list[Any] = [date(2014, 4, 6), date(2014, 9, 1), date(2013, 1, 2), date(2014, 2, 3), date(2014, 12, 5), date(2014, 11, 7)]
    days, _, findings = judge_births([*real, "27/10/2014", "13/05/2014", "21/01/2014", also])
    assert (days[:6], findings) == (real, [])


def test_a_few_real_dates_prove_nothing():
    real: list[Any] = [date(2014, 4, 6), date(2014, 9, 1), date(2013, 1, 2), date(2014, 2, 3), date(2014, 12, 5)]
    assert judge_births([*real, "27/10/2014", "13/05/2014", "21/01/2014"])[0][:5] == real


def test_the_other_dates_of_the_column_tell_the_century_of_a_short_year():
    assert judge_births(["13/02/1972", "14/05/1968", "20/11/25"])[0][2] == date(1925, 11, 20)
    assert judge_births(["13/02/2022", "14/05/2023", "20/11/25"])[0][2] == date(2025, 11, 20)


def test_a_date_that_does_not_exist_is_a_problem_at_its_cell():
    found = reading(column("Ngày sinh", "27/10/2014", "31/02/2014"))
    assert [person.birth_date for person in found.people] == [date(2014, 10, 27), None]
    assert codes(found.problems) == [(3, "birth_date", "not-a-date")]
    assert (found.problems[0].column, found.problems[0].value) == ("C", "31/02/2014")


OTHERS = ["27/10/2009", date(2010, 4, 13), "05/09/2010"]


@pytest.mark.parametrize("text", ["40123", " 40123 ", "'40123", "40123.0"])
def test_a_number_of_days_in_a_text_among_dates_is_turned_back_and_said(text: str):
    days, years, findings = judge_births([*OTHERS, text])
    assert (days[-1], years[-1]) == (date(2009, 11, 6), 2009)
    assert [(place, finding.severity, finding.code) for place, finding in findings] == [(3, "repair", "serial-in-text")]


def test_texts_that_are_dates_are_enough():
    assert judge_births(["27/10/2009", "28/10/2009", "29/10/2009", "40123"])[0][-1] == date(2009, 11, 6)


NOT_TOLD: dict[str, list[Any]] = {
    "nothing else in the column": ["40123"],
    "others like it alone": ["40123", "40124", "40125", "40126"],
    "one date alone": ["27/10/2009", "40123"],
    "fewer dates than numbers": ["27/10/2009", "28/10/2009", "40124", "40125", "40123"],
    "years alone": ["2009", "2010", 2010, "40123"],
    "far from all others": [*OTHERS, "20123"],
    "beyond what is a day": [*OTHERS, "59999"],
    "day and month may have been swapped": ["27/10/2009", "28/10/2009", "29/10/2009", date(2009, 4, 6), date(2009, 4, 7), "40123"],
}


@pytest.mark.parametrize("cells", NOT_TOLD.values(), ids=NOT_TOLD)
def test_without_dates_around_it_a_number_in_a_text_is_no_date(cells: list[Any]):
    days, _, findings = judge_births(cells)
    assert (days[-1], findings[-1][1].code) == (None, "not-a-date")


def test_a_number_typed_alone_is_no_date():
    assert judge_births([*OTHERS, Typed("40123")])[0][-1] is None


@pytest.mark.parametrize("number", [38661, "38661"])
def test_a_workbook_that_counts_from_1904_counts_these_so_too(number: Any):
    rows = [[f"Trần Văn {name}", day] for name, day in zip("ABCD", [*OTHERS, number], strict=True)]
    found = read(xlsx(Sheet("6A1", [["Họ và tên", "Ngày sinh"], *rows]), from_1904=True), "x")
    assert [person.birth_date for person in found.people] == [date(2009, 10, 27), date(2010, 4, 13), date(2010, 9, 5), date(2009, 11, 6)]


def test_a_year_shown_as_a_date_is_told_also_where_days_are_counted_from_1904():
    rows = [["Trần Văn A", date(1909, 7, 7)], ["Trần Văn B", date(2014, 7, 7)]]
    found = read(xlsx(Sheet("6A1", [["Họ và tên", "Ngày sinh"], *rows]), from_1904=True), "x")
    assert [(person.birth_date, person.birth_year) for person in found.people] == [(None, 2014), (date(2014, 7, 7), 2014)]
    assert codes(found.problems) == [(2, "birth_date", "year-shown-as-date")]


def test_the_repair_can_be_refused():
    data = book(column("Ngày sinh", *OTHERS, "40123"))
    found = read(data, "x.xlsx", refused=frozenset({("birth_date", "serial-in-text")}))
    assert (found.people[3].birth_date, found.people[3].birth_year) == (None, None)
    assert [(problem.severity, problem.code) for problem in found.problems] == [("warning", "serial-in-text")]


def test_a_birth_long_after_nearly_all_others_is_named_and_kept():
    found = reading(column("Ngày sinh", *["27/10/2014", "13/05/2015"] * 5, "20/11/2041"))
    assert found.people[10].birth_date == date(2041, 11, 20)
    assert codes(found.problems) == [(12, "birth_date", "birth-far-later")]


def test_a_birth_behind_a_day_that_is_known_is_left_out():
    births = column("Ngày sinh", "29/11/2026", "30/11/2026", 2026, 2027, "27/10/2014")
    found = read(book(births), "x.xlsx", today=date(2026, 11, 29))
    assert [person.birth_year for person in found.people] == [2026, None, 2026, None, 2014]
    assert codes(found.problems) == [(3, "birth_date", "birth-to-come"), (5, "birth_date", "birth-to-come")]


def test_a_birth_more_than_110_years_before_a_day_that_is_known_is_left_out():
    births = column("Ngày sinh", "01/01/1915", "31/12/1916", 1910, 1916, "27/10/1974", "1/1/1900")
    found = read(book(births), "x.xlsx", today=date(2026, 11, 29))
    assert [person.birth_year for person in found.people] == [None, 1916, None, 1916, 1974, None]
    assert codes(found.problems) == [(row, "birth_date", "very-old") for row in (2, 4, 7)]
    assert reading(births).people[0].birth_year == 1915


@pytest.mark.parametrize("later", [["20/11/2014"] * 3, ["20/11/1999"]])
def test_children_among_grown_ups_are_not_odd(later: list[str]):
    assert reading(column("Ngày sinh", *["27/10/1970", "13/05/1985"] * 5, *later)).problems == ()


def two_columns(*pairs: tuple[Any, Any]) -> list[list[Any]]:
    return [["STT", "Họ và tên", "Ngày sinh", "Năm sinh"], *([n, f"Trần Văn {'ABCDE'[n]}n", *pair] for n, pair in enumerate(pairs))]


@pytest.mark.parametrize("day", ["27/10", "27-10", date(2025, 10, 27)])
def test_a_day_without_its_year_takes_that_of_the_column_beside_it(day: Any):
    other = "13/5" if isinstance(day, str) else date(2025, 5, 13)
    found = reading(two_columns((day, 2008), (other, "2007"), ("", 2009)))
    assert [(person.birth_date, person.birth_year) for person in found.people] == [
        (date(2008, 10, 27), 2008), (date(2007, 5, 13), 2007), (None, 2009),
    ]  # fmt: skip
    assert codes(found.problems) == [(2, "birth_date", "year-from-beside"), (3, "birth_date", "year-from-beside")]


def test_a_year_that_is_said_twice_and_differs_is_named():
    found = reading(two_columns(("27/10/2008", 2008), ("13/05/2007", 2008)))
    assert [person.birth_date for person in found.people] == [date(2008, 10, 27), date(2007, 5, 13)]
    assert codes(found.problems) == [(3, "birth_date", "other-year-beside")]
