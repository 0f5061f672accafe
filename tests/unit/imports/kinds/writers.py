"""One description of a workbook, written as every kind of file that is read."""

from __future__ import annotations

import csv
import io
import struct
import unicodedata
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from html import escape
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import CALENDAR_MAC_1904

Place = tuple[int, int]  # row and column, from 0


@dataclass
class Sheet:
    """One sheet. `merges` are corners (row, column, row, column); all places count from 0."""

    name: str
    rows: Sequence[Sequence[Any]]
    merges: Sequence[tuple[int, int, int, int]] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    hidden: bool = False
    fonts: dict[Place, str] = field(default_factory=dict)
    formats: dict[Place, str] = field(default_factory=dict)

    def styles(self) -> list[tuple[str, str]]:
        """All pairs of font and format, the plain one first."""
        places = {*self.fonts, *self.formats}
        return [("Arial", "General"), *sorted({self.style(*place) for place in places} - {("Arial", "General")})]

    def style(self, row: int, column: int) -> tuple[str, str]:
        return self.fonts.get((row, column), "Arial"), self.formats.get((row, column), "General")

    def span(self, row: int, column: int) -> tuple[int, int]:
        """How many further rows and columns a cell covers."""
        return next(((bottom - row, right - column) for top, left, bottom, right in self.merges if (top, left) == (row, column)), (0, 0))

    def is_covered(self, row: int, column: int) -> bool:
        return any(
            top <= row <= bottom and left <= column <= right and (top, left) != (row, column) for top, left, bottom, right in self.merges
        )


def xlsx(*sheets: Sheet, from_1904: bool = False) -> bytes:
    book = Workbook()
    book.remove(book.active)
    if from_1904:
        book.epoch = CALENDAR_MAC_1904
    for sheet in sheets:
        made = book.create_sheet(sheet.name)
        made.sheet_state = "hidden" if sheet.hidden else "visible"
        for row, line in enumerate(sheet.rows):
            for column, value in enumerate(line):
                cell = made.cell(row + 1, column + 1, None if value == "" else value)
                font, number_format = sheet.style(row, column)
                if font != "Arial":
                    cell.font = Font(name=font)
                if number_format != "General":
                    cell.number_format = number_format
        for top, left, bottom, right in sheet.merges:
            made.merge_cells(start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1)
        for row in sheet.hidden_rows:
            made.row_dimensions[row + 1].hidden = True
        for column in sheet.hidden_columns:
            made.column_dimensions[get_column_letter(column + 1)].hidden = True
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _serial(day: date, from_1904: bool) -> int:
    return (day - (date(1904, 1, 1) if from_1904 else date(1899, 12, 30))).days


def _record(kind: int, content: bytes = b"") -> bytes:
    head = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    length = len(content)
    size = b""
    while True:
        size += bytes([length & 0x7F | (0x80 if length > 0x7F else 0)])
        length >>= 7
        if not length:
            return head + size + content


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text.encode("utf-16-le")) // 2) + text.encode("utf-16-le")


def archive(**parts: bytes | str) -> bytes:
    return packed({name.replace("__", "/"): content for name, content in parts.items()})


def packed(parts: dict[str, bytes | str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return stream.getvalue()


def xlsb(*sheets: Sheet, from_1904: bool = False) -> bytes:
    texts: dict[str, int] = {}
    styles = sorted({style for sheet in sheets for style in sheet.styles()} | {("Arial", "dd/mm/yyyy")})
    parts: dict[str, bytes | str] = {}
    bundle, relations = b"", ""
    for number, sheet in enumerate(sheets, 1):
        parts[f"xl/worksheets/sheet{number}.bin"] = _xlsb_sheet(sheet, texts, styles, from_1904)
        bundle += _record(156, struct.pack("<II", 1 if sheet.hidden else 0, number) + _wide(f"rId{number}") + _wide(sheet.name))
        relations += _relation(f"rId{number}", "worksheet", f"worksheets/sheet{number}.bin")
    relations += _relation("rId98", "styles", "styles.bin") + _relation("rId99", "sharedStrings", "sharedStrings.bin")
    parts["xl/workbook.bin"] = (
        _record(131) + _record(153, struct.pack("<III", int(from_1904), 0, 0)) + _record(143) + bundle + _record(144) + _record(132)
    )
    parts["xl/_rels/workbook.bin.rels"] = (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relations}</Relationships>'
    )
    parts["xl/styles.bin"] = _xlsb_styles(styles)
    items = b"".join(_record(19, b"\0" + _wide(text)) for text in texts)
    parts["xl/sharedStrings.bin"] = _record(159, struct.pack("<II", len(texts), len(texts))) + items + _record(160)
    return packed(parts)


def _relation(identity: str, kind: str, target: str) -> str:
    kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return f'<Relationship Id="{identity}" Type="{kinds}/{kind}" Target="{target}"/>'


def _xlsb_styles(styles: list[tuple[str, str]]) -> bytes:
    formats = b"".join(_record(44, struct.pack("<H", 164 + n) + _wide(number_format)) for n, (_, number_format) in enumerate(styles))
    fonts = b"".join(_record(43, bytes(21) + _wide(font)) for font, _ in styles)
    cells = b"".join(_record(47, struct.pack("<HHHHH", 0, 164 + n, n, 0, 0) + bytes(6)) for n, _ in enumerate(styles))
    count = struct.pack("<I", len(styles))
    return b"".join(
        [
            _record(278),
            _record(615, count) + formats + _record(616),
            _record(611, count) + fonts + _record(612),
            _record(617, count) + cells + _record(618),
            _record(279),
        ]
    )


def _xlsb_sheet(sheet: Sheet, texts: dict[str, int], styles: list[tuple[str, str]], from_1904: bool) -> bytes:
    width = max(map(len, sheet.rows))
    made = _record(129) + _record(148, struct.pack("<IIII", 0, len(sheet.rows) - 1, 0, width - 1))
    made += (
        _record(390) + b"".join(_record(60, struct.pack("<IIIIH", c, c, 2304, 0, 1)) for c in sorted(sheet.hidden_columns)) + _record(391)
    )
    made += _record(145)
    for row, line in enumerate(sheet.rows):
        made += _record(0, struct.pack("<IIHBBBI", row, 0, 300, 0, 0x10 if row in sheet.hidden_rows else 0, 0, 0))
        for column, value in enumerate(line):
            style = sheet.style(row, column)
            if isinstance(value, date):
                style, value = ("Arial", "dd/mm/yyyy"), _serial(value, from_1904)
            place = struct.pack("<II", column, styles.index(style))
            if isinstance(value, str):
                made += _record(7, place + struct.pack("<I", texts.setdefault(value, len(texts)))) if value else _record(1, place)
            else:
                made += _record(5, place + struct.pack("<d", value))
    made += _record(146)
    for top, left, bottom, right in sheet.merges:
        made += _record(176, struct.pack("<IIII", top, bottom, left, right))
    return made + _record(130)


_ODS = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"), ("table", "table"), ("text", "text"), ("style", "style"), ("svg", "svg-compatible"), ("draw", "drawing")
    )
)  # fmt: skip


def ods(*sheets: Sheet, from_1904: bool = False) -> bytes:
    fonts = sorted({font for sheet in sheets for font in sheet.fonts.values()})
    styles = "".join(
        f'<style:style style:name="f{n}" style:family="table-cell"><style:text-properties style:font-name="{font}"/></style:style>'
        for n, font in enumerate(fonts)
    )
    hiding = '<style:style style:name="gone" style:family="table"><style:table-properties table:display="false"/></style:style>'
    body = "".join(_ods_sheet(sheet, fonts) for sheet in sheets)
    return ods_of(f"<office:automatic-styles>{styles}{hiding}</office:automatic-styles>", body)


def ods_of(styles: str, tables: str) -> bytes:
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document-content {_ODS}>{styles}'
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    return packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content})


def _ods_sheet(sheet: Sheet, fonts: list[str]) -> str:
    style = ' table:style-name="gone"' if sheet.hidden else ""
    hiding = ' table:visibility="collapse"'
    rows = "".join(
        f"<table:table-column{hiding if column in sheet.hidden_columns else ''}/>" for column in range(max(map(len, sheet.rows)))
    )
    for row, line in enumerate(sheet.rows):
        hidden = ' table:visibility="collapse"' if row in sheet.hidden_rows else ""
        cells = "".join(_ods_cell(sheet, fonts, row, column, value) for column, value in enumerate(line))
        empty = '<table:table-cell table:number-columns-repeated="16000"/>'
        rows += f"<table:table-row{hidden}>{cells}{empty}</table:table-row>"
    rows += (
        '<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    return f'<table:table table:name="{escape(sheet.name)}"{style}>{rows}</table:table>'


def _ods_cell(sheet: Sheet, fonts: list[str], row: int, column: int, value: Any) -> str:
    if sheet.is_covered(row, column):
        return "<table:covered-table-cell/>"
    down, across = sheet.span(row, column)
    attributes = f' table:number-rows-spanned="{down + 1}" table:number-columns-spanned="{across + 1}"' if down or across else ""
    if (row, column) in sheet.fonts:
        attributes += f' table:style-name="f{fonts.index(sheet.fonts[row, column])}"'
    if isinstance(value, date):
        attributes += f' office:value-type="date" office:date-value="{value.isoformat()}"'
    elif isinstance(value, (int, float)):
        attributes += f' office:value-type="float" office:value="{value}"'
    elif value:
        attributes += ' office:value-type="string"'
    text = "</text:p><text:p>".join(escape(_shown(value, sheet.style(row, column)[1])).split("\n"))
    return f"<table:table-cell{attributes}>{f'<text:p>{text}</text:p>' if value != '' else ''}</table:table-cell>"


def _shown(value: Any, number_format: str) -> str:
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, (int, float)) and set(number_format.rpartition('"')[2]) == {"0"}:
        zeros = number_format.rpartition('"')[2]
        return number_format.partition('"')[2].partition('"')[0] + str(value).rjust(len(zeros), "0")
    return str(value)


def xml_2003(*sheets: Sheet, from_1904: bool = False) -> bytes:
    styles = [style for sheet in sheets for style in sheet.styles()]
    made = "".join(
        f'<Style ss:ID="s{n}"><Font ss:FontName="{font}"/><NumberFormat ss:Format="{escape(number_format)}"/></Style>'
        for n, (font, number_format) in enumerate(styles)
    )
    body = "".join(_xml_sheet(sheet, styles) for sheet in sheets)
    return (
        f'<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"'
        f' xmlns:x="urn:schemas-microsoft-com:office:excel" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
        f"<Styles>{made}</Styles>{body}</Workbook>"
    ).encode()


def _xml_sheet(sheet: Sheet, styles: list[tuple[str, str]]) -> str:
    rows = "".join(f'<Column ss:Index="{column + 1}" ss:Hidden="1"/>' for column in sorted(sheet.hidden_columns))
    for row, line in enumerate(sheet.rows):
        if not any(value != "" for value in line):
            continue  # as Excel does: the next row says where it stands
        cells = ""
        for column, value in enumerate(line):
            if value == "" or sheet.is_covered(row, column):
                continue
            down, across = sheet.span(row, column)
            merged = f' ss:MergeAcross="{across}" ss:MergeDown="{down}"' if down or across else ""
            kind = "DateTime" if isinstance(value, date) else "String" if isinstance(value, str) else "Number"
            text = f"{value.isoformat()}T00:00:00.000" if isinstance(value, date) else escape(str(value))
            style = styles.index(sheet.style(row, column))
            cells += f'<Cell ss:Index="{column + 1}" ss:StyleID="s{style}"{merged}><Data ss:Type="{kind}">{text}</Data></Cell>'
        hidden = ' ss:Hidden="1"' if row in sheet.hidden_rows else ""
        rows += f'<Row ss:Index="{row + 1}"{hidden}>{cells}</Row>'
    visible = "<x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions>" if sheet.hidden else ""
    return f'<Worksheet ss:Name="{escape(sheet.name)}"><Table>{rows}</Table>{visible}</Worksheet>'


def html(sheet: Sheet, *, charset: str = "utf-8") -> bytes:
    """As Excel saves a web page: classes with fonts and formats, numbers beside the text that shows them."""
    styles = sheet.styles()
    css = "".join(f".xl{n}\n\t{{font-family:{font};\n\tmso-number-format:'{form}';}}" for n, (font, form) in enumerate(styles))
    hiding = " style='display:none'"
    rows = "".join(f"<col width=0{hiding if column in sheet.hidden_columns else ''}>\n" for column in range(max(map(len, sheet.rows))))
    for row, line in enumerate(sheet.rows):
        hidden = " style='display:none'" if row in sheet.hidden_rows else ""
        cells = ""
        for column, value in enumerate(line):
            if sheet.is_covered(row, column):
                continue
            down, across = sheet.span(row, column)
            merged = f" rowspan={down + 1} colspan={across + 1}" if down or across else ""
            style = styles.index(sheet.style(row, column))
            number = f' x:num="{value}"' if isinstance(value, (int, float)) else ""
            text = escape(_shown(value, sheet.style(row, column)[1])).replace("\n", "<br>")
            cells += f"<td class=xl{style}{merged}{number}>{text}</td>\n"
        rows += f"<tr{hidden}>\n{cells}</tr>\n"
    page = (
        '<html xmlns:x="urn:schemas-microsoft-com:office:excel">\n<head>\n'
        f'<meta http-equiv=Content-Type content="text/html; charset={charset}">\n<style>\n<!--{css}-->\n</style></head>\n'
        f"<body><table>\n{rows}</table></body></html>"
    )
    return page.encode(charset)


def separated(sheet: Sheet, separator: str = ",", encoding: str = "utf-8-sig") -> bytes:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=separator)
    for row, line in enumerate(sheet.rows):
        writer.writerow([_shown(value, sheet.style(row, column)[1]) for column, value in enumerate(line)])
    return stream.getvalue().encode(encoding)


def in_windows_1258(text: str) -> bytes:
    """As Windows writes it: letters with their hats are single signs, tones are signs of their own behind them."""
    pieces = []
    for letter in text:
        base, *marks = unicodedata.normalize("NFD", letter)
        tones = [mark for mark in marks if mark in "\u0300\u0301\u0303\u0309\u0323"]
        hatted = unicodedata.normalize("NFC", base + "".join(mark for mark in marks if mark not in tones))
        pieces.append(hatted + "".join(tones))
    return "".join(pieces).encode("cp1258")


WITH_SHEETS: dict[str, Callable[..., bytes]] = {"xlsx": xlsx, "xlsb": xlsb, "ods": ods, "xml-2003": xml_2003}
