"""OpenDocument and XML Spreadsheet 2003: places that are skipped or repeated, what only looks like a cell, what was made to be heavy."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from imports import Unreadable, read
from imports.files.cells import Cell, Sheet, sheets_of
from tests.unit.imports.kinds.writers import ods_of, packed

TEXT = '<table:table-cell office:value-type="string"{}><text:p>{}</text:p></table:table-cell>'


def ods(rows: str, styles: str = "") -> Sheet:
    return next(iter(sheets_of(ods_of(styles, f'<table:table table:name="6A1">{rows}</table:table>'), "x")))


def cell(text: str, more: str = "") -> str:
    return TEXT.format(more, text)


ODS: dict[str, tuple[str, list[list[Cell]]]] = {
    "repeated cells and rows": (
        '<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="2"/>'
        + cell("a", ' table:number-columns-repeated="2"')
        + "</table:table-row>",
        [["", "", "a", "a"], ["", "", "a", "a"]],
    ),
    "a million empty rows between and behind": (
        '<table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row>'
        f"<table:table-row>{cell('a')}</table:table-row>"
        '<table:table-row table:number-rows-repeated="1048572"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>',
        [[""], [""], [""], ["a"]],
    ),
    "spaces, tabs, breaks, paragraphs": (
        "<table:table-row>" + cell("Họ<text:s/>và<text:tab/>tên<text:line-break/>học</text:p><text:p>sinh") + "</table:table-row>",
        [["Họ và\ttên\nhọc\nsinh"]],
    ),
    "a comment and a drawing are no part of the cell": (
        '<table:table-row><table:table-cell office:value-type="string"><office:annotation><text:p>no</text:p></office:annotation>'
        "<draw:frame><draw:text-box><text:p>no</text:p></draw:text-box></draw:frame><text:p>yes</text:p></table:table-cell></table:table-row>",
        [["yes"]],
    ),
    "a table within a cell is none": (
        f'<table:table-row>{cell("a")}<table:table-cell><table:table table:name="b"><table:table-row>{cell("no")}</table:table-row>'
        f"</table:table></table:table-cell>{cell('c')}</table:table-row>",
        [["a", "", "c"]],
    ),
    "values of every type": (
        '<table:table-row><table:table-cell office:value-type="float" office:value="12"><text:p>12</text:p></table:table-cell>'
        '<table:table-cell office:value-type="float" office:value="12"><text:p>00012</text:p></table:table-cell>'
        '<table:table-cell office:value-type="float" office:value="912345678"><text:p>0912 345 678</text:p></table:table-cell>'
        '<table:table-cell office:value-type="percentage" office:value="0.5"><text:p>50%</text:p></table:table-cell>'
        '<table:table-cell office:value-type="boolean" office:boolean-value="true"><text:p>TRUE</text:p></table:table-cell>'
        '<table:table-cell office:value-type="date" office:date-value="2014-10-27"><text:p>27/10/14</text:p></table:table-cell>'
        '<table:table-cell office:value-type="date" office:date-value="2014-10-27T08:30:00"><text:p>x</text:p></table:table-cell>'
        '<table:table-cell office:value-type="time" office:time-value="PT1H"><text:p>01:00</text:p></table:table-cell></table:table-row>',
        [[12.0, "00012", "0912 345 678", 0.5, True, date(2014, 10, 27), datetime(2014, 10, 27, 8, 30), "01:00"]],
    ),
}


@pytest.mark.parametrize(("rows", "cells"), ODS.values(), ids=ODS)
def test_opendocument_cells(rows: str, cells: list[list[Cell]]):
    assert ods(rows).rows == cells


def test_the_font_of_a_column_counts_where_a_cell_has_no_style():
    style = '<style:style style:name="{}" style:family="table-cell"{}>{}</style:style>'
    properties = '<style:text-properties style:font-name="Vn"/>'
    styles = (
        '<office:font-face-decls><style:font-face style:name="Vn" svg:font-family="\'.VnTime\'"/></office:font-face-decls>'
        "<office:automatic-styles>"
        + style.format("a", "", properties)
        + style.format("b", ' style:parent-style-name="a"', "")
        + "</office:automatic-styles>"
    )
    columns = '<table:table-column table:number-columns-repeated="2"/><table:table-column table:default-cell-style-name="b"/>'
    rows = f"<table:table-row><table:table-cell/>{cell('Lß Æi')}{cell('Lß V¨n öng')}</table:table-row>"
    assert ods(columns + rows, styles).rows == [["", "Lß Æi", "Lò Văn ửng"]]


def xml(table: str, more: str = "") -> bytes:
    ns = "urn:schemas-microsoft-com:office:spreadsheet"
    return (
        f'\n<?xml version="1.0"?><Workbook xmlns="{ns}" xmlns:ss="{ns}" xmlns:x="urn:schemas-microsoft-com:office:excel"'
        f' xmlns:html="http://www.w3.org/TR/REC-html40">{more}<Worksheet ss:Name="6A1"><Table>{table}</Table></Worksheet></Workbook>'
    ).encode()


def data(text: str, kind: str = "String") -> str:
    return f'<Data ss:Type="{kind}">{text}</Data>'


XML: dict[str, tuple[str, list[list[Cell]]]] = {
    "places that are said": (
        f'<Row ss:Index="2"><Cell ss:Index="2">{data("a")}</Cell><Cell>{data("b")}</Cell></Row>',
        [["", "", ""], ["", "a", "b"]],
    ),
    "a merged cell moves the next one": (
        f'<Row><Cell ss:MergeAcross="1">{data("a")}</Cell><Cell>{data("b")}</Cell></Row>',
        [["a", "", "b"]],
    ),
    "rows that one stands for": (f'<Row ss:Span="2"/><Row><Cell>{data("a")}</Cell></Row>', [[""], [""], [""], ["a"]]),
    "a comment is no part of the cell": (
        f"<Row><Cell>{data('a')}<Comment><ss:Data>no</ss:Data></Comment></Cell></Row>",
        [["a"]],
    ),
    "text of many pieces": (
        '<Row><Cell><ss:Data ss:Type="String" xmlns="http://www.w3.org/TR/REC-html40"><B>Họ</B><Font html:Face="Arial"> tên</Font>'
        "</ss:Data></Cell></Row>",
        [["Họ tên"]],
    ),
    "values of every type": (
        f"<Row><Cell>{data('12', 'Number')}</Cell><Cell>{data('4.8210776317E10', 'Number')}</Cell>"
        f"<Cell>{data('2014-10-27T00:00:00.000', 'DateTime')}</Cell><Cell>{data('1', 'Boolean')}</Cell></Row>",
        [[12.0, 48210776317.0, date(2014, 10, 27), True]],
    ),
}


@pytest.mark.parametrize(("table", "cells"), XML.values(), ids=XML)
def test_xml_spreadsheet_cells(table: str, cells: list[list[Cell]]):
    assert next(iter(sheets_of(xml(table), "x"))).rows == cells


def test_formats_and_fonts_are_inherited_from_columns_rows_and_parents():
    styles = (
        '<Styles><Style ss:ID="a"><Font ss:FontName=".VnTime"/></Style><Style ss:ID="b" ss:Parent="a">'
        '<NumberFormat ss:Format="00000"/></Style></Styles>'
    )
    table = (
        f'<Column ss:Index="2" ss:StyleID="b"/><Row ss:StyleID="a"><Cell>{data("Lß")}</Cell></Row>'
        f"<Row><Cell>{data('Lß')}</Cell><Cell>{data('Lß')}</Cell></Row><Row><Cell ss:Index='2'>{data('12', 'Number')}</Cell></Row>"
    )
    assert next(iter(sheets_of(xml(table, styles), "x"))).rows == [["Lò", ""], ["Lß", "Lò"], ["", "00012"]]


def sheet_of(row: str, more: str = "") -> bytes:
    return ods_of("", f"<table:table><table:table-row{more}>{row}</table:table-row></table:table>")


CELLS_REPEATED, ROWS_REPEATED = ' table:number-columns-repeated="{}"', ' table:number-rows-repeated="{}"'
HEAVY = {
    "a cell repeated a billion times": sheet_of(cell("x", CELLS_REPEATED.format(999_999_999))),
    "a row repeated a billion times": sheet_of(cell("x"), ROWS_REPEATED.format(999_999_999)),
    "a long text repeated": sheet_of(cell("x" * 30_000, CELLS_REPEATED.format(50)), ROWS_REPEATED.format(9_999)),
    "a million spaces, many times": sheet_of(cell('<text:s text:c="1000000"/>' * 100_000)),
    "entities that unfold": packed({"content.xml": '<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><a>&b;</a>'}),
    "entities in XML of 2003": xml("").replace(b"<Workbook", b'<!DOCTYPE a [<!ENTITY a "aaaa">]><Workbook', 1),
    "a far corner": xml(f'<Row ss:Index="999999"><Cell ss:Index="16000">{data("x")}</Cell></Row>'),
    "places that go back": xml(f'<Row ss:Index="9"/><Row ss:Index="3"><Cell>{data("x")}</Cell></Row>'),
    "more rows than a roster": xml(f"<Row><Cell>{data('x')}</Cell></Row>" * 201_001),
    "a number that is none": xml(f"<Row><Cell>{data('x', 'Number')}</Cell></Row>"),
    "data outside any cell": xml(data("x")),
}


@pytest.mark.parametrize("content", HEAVY.values(), ids=HEAVY)
def test_a_document_made_to_be_heavy_or_wrong_is_refused(content: bytes):
    with pytest.raises(Unreadable):
        read(content, "x")
