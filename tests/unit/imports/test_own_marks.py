"""What this program writes into workbooks is passed over when they come back, and nothing that only looks like it."""

from __future__ import annotations

import unicodedata

from imports import preview
from imports.words.vocabulary import ERROR_HEADING, GUIDE_TITLE
from tests.unit.imports.books import book, codes, names, people, reading

HEAD = ["STT", "Họ và tên", "Ngày sinh"]
AN = [1, "Trần Văn An", "27/10/2014"]
BINH = [2, "Lê Thị Bình", "28/10/2014"]


def test_the_error_column_is_passed_over_wherever_it_stands():
    plain = people([HEAD, AN, BINH])
    assert people([[*HEAD, "Lỗi"], [*AN, "C2: sai"], [*BINH, ""]]) == plain
    assert names([["Lỗi", *HEAD], ["C2: sai", *AN], ["", *BINH]]) == ["Trần Văn An", "Lê Thị Bình"]


def test_it_is_known_however_its_letters_are_composed():
    decomposed = unicodedata.normalize("NFD", ERROR_HEADING)
    assert [c.heading for c in reading([[*HEAD, f" {decomposed} "], [*AN, "x"]]).columns] == HEAD


def test_what_it_says_about_a_row_makes_no_person_of_it():
    """A row that holds nothing but one text of its own gets the same finding again, not another one."""
    stray = ["", "xem lại với nhà trường", ""]
    first = reading([HEAD, AN, stray, BINH])
    again = reading([[*HEAD, "Lỗi"], [*AN, ""], [*stray, "Dòng này không được đọc."], [*BINH, ""]])
    assert (codes(again.problems), again.people) == (codes(first.problems), first.people)


def test_under_two_header_rows_it_is_found_in_the_upper_one():
    plain = [["STT", "Họ và tên", "Thông tin mẹ", ""], ["", "", "Họ tên", "SĐT"], [1, "Trần Văn An", "Lê Hà", "0912000111"]]
    marked = [[*line, extra] for line, extra in zip(plain, ("Lỗi", "", "D3: sai"), strict=True)]
    assert reading(marked) == reading(plain)


def test_the_word_elsewhere_is_left_alone():
    assert names([["", "Lỗi", ""], HEAD, AN, [2, "Lỗi", "28/10/2014"]]) == ["Trần Văn An", "Lỗi"]


def test_a_column_of_the_owners_own_is_left_alone_although_some_cells_begin_with_the_word():
    rows = [["Trần Văn An", "27/10/2014", "Lỗi: tự ghi"], ["Lê Thị Bình", "28/10/2014", "đã nộp"]]
    assert preview(book(rows), "a.xlsx")[0].rows == tuple(map(tuple, rows))


def test_a_guide_is_passed_over_whatever_stands_on_it():
    found = reading(**{"Danh sách": [HEAD, AN], "Hướng dẫn": [[GUIDE_TITLE, "", ""], HEAD, BINH]})
    assert [person.full_name for person in found.people] == ["Trần Văn An"]
    assert [(sheet.name, sheet.skipped) for sheet in found.sheets] == [("Danh sách", None), ("Hướng dẫn", "lookup")]


def test_a_sheet_that_only_is_called_a_guide_is_read():
    assert names(**{"Danh sách": [HEAD, AN], "Hướng dẫn": [["Ghi chú", "", ""], HEAD, BINH]}) == ["Trần Văn An", "Lê Thị Bình"]
