"""Web pages that call themselves .xls: tables laid out as Excel lays them out."""

from __future__ import annotations

from datetime import date

import pytest

from imports import Unreadable, read
from imports.files.cells import Cell, Sheet, sheets_of
from tests.unit.imports.kinds.writers import in_windows_1258


def sheet_of(body: str, head: str = "") -> Sheet:
    return next(iter(sheets_of(f"<html><head>{head}</head><body>{body}</body></html>".encode(), "x.xls")))


def rows_of(body: str, head: str = "") -> list[list[Cell]]:
    return sheet_of(body, head).rows


CELLS = {
    "merged over columns": (
        "<tr><td colspan=2>a<td>b</tr><tr><td>c<td>d<td>e</tr>",
        [["a", "", "b"], ["c", "d", "e"]],
    ),
    "merged over rows": (
        "<tr><td rowspan=2>a<td>b</tr><tr><td>c</tr><tr><td>d</tr>",
        [["a", "b"], ["", "c"], ["d", ""]],
    ),
    "merged over both": (
        "<tr><td rowspan=2 colspan=2>a<td>b</tr><tr><td>c</tr>",
        [["a", "", "b"], ["", "", "c"]],
    ),
    "cells that nobody closed": ("<tr><td>a<td>b<tr><th>c<td>d", [["a", "b"], ["c", "d"]]),
    "gaps, breaks, signs": (
        "<tr><td>\n  Họ   và\n tên&nbsp;<br>học sinh</td><td>&nbsp;</td><td>A&amp;B &#7841;</td></tr>",
        [["Họ và tên\nhọc sinh", "", "A&B ạ"]],
    ),
    "empty rows": ("<tr></tr><tr><td>a</tr>", [[""], ["a"]]),
    "head, body and foot": ("<thead><tr><th>a</thead><tbody><tr><td>b</tbody><tfoot><tr><td>c</tfoot>", [["a"], ["b"], ["c"]]),
}


@pytest.mark.parametrize(("table", "rows"), CELLS.values(), ids=CELLS)
def test_cells_stand_where_excel_puts_them(table: str, rows: list[list[Cell]]):
    assert rows_of(f"<table>{table}</table>") == rows


def test_text_and_tables_stand_below_each_other():
    page = "<h3>TRƯỜNG A</h3><p>Lớp <b>6A1</b></p><table><tr><td>a</table><script>no</script><table><caption>b</caption><tr><td>c</table>"
    assert rows_of(page, "<title>no</title><style>td{color:red}</style>") == [["TRƯỜNG A"], ["Lớp 6A1"], ["a"], ["b"], ["c"]]


def test_a_table_that_only_lays_out_the_page_does_not_hide_the_one_inside():
    page = "<table><tr><td><table><tr><td>Họ tên<td>Lớp<tr><td>Trần An<td>6A1</table></td></tr></table>"
    assert [person.full_name for person in read(page.encode(), "x.xls").people] == ["Trần An"]


def test_tables_within_cells_stand_where_those_cells_stand():
    inner = "<table><tr><td>{}</td></tr></table>"
    second = f"<tr><td>2<td>{inner.format('Lê Ba')}<td>{inner.format('6A2')}</tr>"
    page = f"<table><tr><td>1<td>{inner.format('Trần An')}<td>6A1</tr>{second}</table>"
    assert rows_of(page) == [["1", "Trần An", "6A1"], ["2", "Lê Ba", "6A2"]]
    wide = "<table><tr><td>a<td><table><tr><td>b<td>c</tr><tr><td>d<td>e</tr></table></td><td>f</tr><tr><td>g</tr></table>"
    assert rows_of(wide) == [["a", "b", "c", "f"], ["", "d", "e", ""], ["g", "", "", ""]]
    laid_out = "<table><tr><td><table><tr><td>Họ tên<td>Lớp<tr><td>Trần An<td>6A1</table></td></tr><tr><td>x</table>"
    assert rows_of(laid_out) == [["Họ tên", "Lớp"], ["Trần An", "6A1"], ["x", ""]]


def test_a_number_counts_as_it_is_and_not_as_it_is_shortened():
    assert rows_of('<table><tr><td x:num="48210776317">4.8E+10<td x:num>12<td x:str>007</table>') == [[48210776317.0, "12", "007"]]


def test_numbers_and_days_that_libreoffice_tells_beside_the_text():
    page = '<tr><td sdval="436497161" sdnum="1033;">436497161<td sdval="41939" sdnum="1033;1033;DD/MM/YYYY">27/10/2014'
    page += '<td sdval="0" sdnum="1">0'
    assert rows_of(f"<table>{page}</table>") == [[436497161.0, date(2014, 10, 27), 0.0]]


def test_zeros_shown_beside_a_number_are_kept():
    assert rows_of('<table><tr><td x:num="12">00012<td x:num="7">HS007<td x:num="1234">1.234</table>') == [["00012", "HS007", 1234.0]]


@pytest.mark.parametrize("told", ["Short Date", r"dd\/mm\/yyyy", r"\[$-42A\]dd mmmm yyyy"])
def test_a_number_in_a_date_format_is_a_day(told: str):
    style = f"<style>.x1 {{mso-number-format:'{told}'}}</style>"
    assert rows_of('<table><tr><td class="a x1" x:num="41939">27-Oct-14</table>', style) == [[date(2014, 10, 27)]]


def test_excels_own_name_of_the_sheet_is_kept():
    head = "<!--[if gte mso 9]><xml><x:ExcelWorkbook><x:Name>6A1</x:Name></x:ExcelWorkbook></xml><![endif]-->"
    assert sheet_of("<table><tr><td>a</table>", head).name == "6A1"


FONTS = {
    "a class": ("<style>.x1{font-family:.VnTime, serif}</style>", "<td class=x1>§Æng V¨n ¸nh"),
    "all cells": ("<style>td {font-family:'.VnTime'}</style>", "<td>§Æng V¨n ¸nh"),
    "an attribute": ("", "<td style='font-family:\".VnTime\"'>§Æng V¨n ¸nh"),
    "a font element": ("", '<td><font face=".VnTime">§Æng V¨n ¸nh</font>'),
    "a piece": ("", '<td><font face=".VnTime">§Æng V¨n</font> Ánh'),
    "no font named": ("", "<td>§Æng V¨n ¸nh</tr><tr><td>Lß V¨n öng</tr><tr><td>TrÇn H­êng"),
    "VNI": ("<style>.x1{font-family:VNI-Times}</style>", "<td class=x1>Ñaëng Vaên AÙnh"),
    "capitals": ("<style>.x1{font-family:.VnTimeH}</style>", "<td class=x1>®Æng v¨n ¸nh"),
}


@pytest.mark.parametrize(("head", "cells"), FONTS.values(), ids=FONTS)
def test_old_fonts_are_put_into_unicode(head: str, cells: str):
    name = rows_of(f"<table><tr>{cells}</table>", head)[0][0]
    assert isinstance(name, str)
    assert name.title() == "Đặng Văn Ánh"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1258"])
def test_the_bytes_tell_the_encoding_whatever_the_page_says(encoding: str):
    page = "<html><head><meta charset=iso-8859-1></head><body><table><tr><td>Họ tên<td>Lớp<tr><td>Lê Ân<td>6A1</table>"
    data = in_windows_1258(page) if encoding == "cp1258" else page.encode(encoding)
    assert [person.full_name for person in read(data, "x.xls").people] == ["Lê Ân"]


HEAVY = {
    "a cell as wide as the world": "<table><tr><td colspan=999999999>a<td>b</table>",
    "tables in tables": "<table><tr><td>" * 200,
    "cells that reach far down": "<table><tr>" + "<td rowspan=999999>" * 15_000 + "<tr><td>x" * 100_000,
    "a class name of a megabyte": "<style>.b{font-family:x}</style><table><tr><td class='" + "a " * 500_000 + "'>x",
}


@pytest.mark.parametrize("page", HEAVY.values(), ids=HEAVY)
def test_a_page_made_to_be_heavy_is_refused(page: str):
    with pytest.raises(Unreadable):
        read(f"<html><body>{page}".encode(), "x.xls")


def test_a_title_that_claims_more_columns_than_there_are_is_no_harm():
    page = "<table><tr><td colspan=999>DANH SÁCH</tr><tr><td>STT<td>Họ tên<td>Lớp</tr><tr><td>1<td>Trần An<td>6A1</tr></table>"
    assert len(read(page.encode(), "x.xls").people) == 1
    assert len(rows_of(page)[0]) == 3
