"""What kind of file this is, and whether it is safe to parse: every refusal here comes before a parser has seen a byte."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from enum import StrEnum

from imports import copies, legacy
from imports.limits import MAX_CELLS, MAX_COLUMNS, MAX_PARTS, MAX_UNPACKED_BYTES
from imports.values import Unreadable


class Container(StrEnum):
    """The kinds of workbook that are read."""

    XLSX = "xlsx"
    XLS = "xls"


_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML = re.compile(rb"<\s*(?:!doctype html|html|table|head|body|meta)\b", re.IGNORECASE)
_TEXTS = (b"%PDF", b"{\\rtf")
_XML_2003 = b"urn:schemas-microsoft-com:office:spreadsheet"

# Rows and cells as spreadsheet programs write them. What these two match to the end of a sheet can't spread over more than 26 x 209,999
# or 52 x 99,999 cells; any other sheet is measured cell by cell, which is slow. Possessive, so that no input makes them backtrack.
_ATTRIBUTES = rb'(?: (?:s|cm|vm)="\d++")*+(?: t="\w++")?+'
_FORMULA = rb"(?:<f(?: [^<>]*+)?+(?:/>|>[^<]*+</f>))?+"
_VALUE = rb'(?:<v>[^<]*+</v>|<is><t>[^<]*+</t></is>|<v/>|<is><t xml:space="preserve">[^<]*+</t></is>)?+'
_REST = _ATTRIBUTES + rb"(?:/>|>" + _FORMULA + _VALUE + rb"</c>)|</row>|<row(?: [^<>]*+)?+>)*+"
_NARROW = re.compile(rb'(?:<c r="[A-Z](?:\d{1,5}+"|1\d{5}"|20\d{4}")' + _REST)
_WIDE = re.compile(rb'(?:<c r="A?[A-Z]\d{1,5}+"' + _REST)
_ROW_OR_CELL = re.compile(rb"<(?:[^<>/:\s]+:)?(row|c)((?:\s[^<>]*)?)>")
_REFERENCE = re.compile(rb"\sr\s*=\s*[\"']([A-Za-z]*)(\d*)[\"']")


def recognise(data: bytes, filename: str) -> Container:
    """The kind of a file, told by its bytes and never by its name; raises Unreadable for what can't or mustn't be parsed."""
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise Unreadable("empty", "The file %(filename)s is empty. Choose the workbook again.", filename=filename)
    if data.startswith(_ZIP):
        _check_zip(data)
        return Container.XLSX
    if data.startswith(_OLE):
        legacy.check(data)
        return Container.XLS
    raise _name_the_stranger(data, filename)


def _name_the_stranger(data: bytes, filename: str) -> Unreadable:
    head = data[:4096]
    if _XML_2003 in head or _HTML.search(head):
        return Unreadable(
            "unsupported-kind",
            "%(filename)s is a web page or XML text under a spreadsheet's name. Open it in Excel, save it as an Excel workbook (.xlsx) "
            "and upload that.",
            filename=filename,
        )
    if b"\0" not in head and b"\n" in data and any(mark in head for mark in (b",", b";", b"\t")) and not head.startswith(_TEXTS):
        return Unreadable(
            "unsupported-kind",
            "%(filename)s is plain text with separators (CSV). Open it in Excel, save it as an Excel workbook (.xlsx) and upload that.",
            filename=filename,
        )
    return Unreadable(
        "not-a-spreadsheet",
        "%(filename)s is not a spreadsheet. Upload the Excel workbook (.xlsx or .xls) that holds the roster.",
        filename=filename,
    )


def _check_zip(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_kind({name.lower() for name in archive.namelist()})
            _check_parts(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError) as error:
        if b"PK\x05\x06" not in data:
            raise Unreadable(
                "cut-off", "The file is cut off: its end is missing, as after a broken download. Get the workbook again and upload it."
            ) from error
        raise Unreadable(
            "damaged", "The file is damaged: its inside can't be unpacked. Open it in Excel, save it again and upload that."
        ) from error


def _check_kind(names: set[str]) -> None:
    if "xl/workbook.xml" in names:
        return
    if "xl/workbook.bin" in names or "content.xml" in names:
        raise Unreadable(
            "unsupported-kind",
            "The file is a binary (.xlsb) or OpenDocument (.ods) workbook. Save it as an Excel workbook (.xlsx) and upload that.",
        )
    if "word/document.xml" in names:
        raise Unreadable("not-a-spreadsheet", "The file is a Word document. Copy its table into an Excel workbook (.xlsx) and upload that.")
    raise Unreadable("not-a-spreadsheet", "The file is a packed archive, not a workbook. Unpack it and upload the workbook itself.")


def _check_parts(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    left = MAX_UNPACKED_BYTES
    if len(parts) > MAX_PARTS:
        raise copies.too_large(MAX_UNPACKED_BYTES)
    sheets, size, texts = [], 0, []
    for part in parts:
        if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise zipfile.BadZipFile  # no workbook is packed otherwise, and the other methods can't be unpacked in bounded steps
        with archive.open(part) as stream:
            content = stream.read(left + 1)  # the size that the archive declares may be a lie
        left -= len(content)
        if left < 0:
            raise copies.too_large(MAX_UNPACKED_BYTES)
        if b"sheetData" in content:
            sheets.append(part)
            size += len(content)
            count = copies.texts_in(_check_cells(content))
        else:
            count = copies.texts_in(content)
        if count > MAX_CELLS:
            raise _too_many_cells()
        if count:
            texts.append(content)
    copies.refuse_many_copies(texts, size, (archive.read(sheet) for sheet in sheets))


def _check_cells(content: bytes) -> bytes:
    """Refuse a sheet whose cells span too large an area: the parser makes room for the whole rectangle, were it for two far corners.

    Answers what stands beside the rows that are known to hold nothing but cells.
    """
    start = content.find(b"<sheetData>") + len(b"<sheetData>")
    for plain in (_NARROW, _WIDE):
        match = plain.match(content, start) if start >= len(b"<sheetData>") else None
        if match and content.startswith(b"</sheetData>", match.end()) and b"sheetData" not in content[match.end() + 12 :]:
            return content[:start] + content[match.end() :]
    _measure_cells(content)
    return content


def _measure_cells(content: bytes) -> None:
    row = column = last_row = last_column = cells = 0
    for match in _ROW_OR_CELL.finditer(content):
        references = _REFERENCE.findall(match[2])
        if match[1] == b"row":
            row, column = (int(references[-1][1] or 0) if references else row + 1), 0
            continue
        column += 1
        if references:  # the parser takes the last of several
            letters, digits = references[-1]
            column, row = _column_number(letters), int(digits or 0)
        cells += 1
        if match[2].endswith(b"/"):
            continue  # a format without a value: the parser doesn't keep it
        last_row, last_column = max(last_row, row), max(last_column, column)
        if cells > MAX_CELLS or last_column > MAX_COLUMNS or last_row * last_column > MAX_CELLS:
            raise _too_many_cells()


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper()[:8]:
        number = number * 26 + letter - 64
    return number


def _too_many_cells() -> Unreadable:
    return Unreadable(
        "too-many-cells",
        "A sheet of the file spans more than %(cells)s cells. Delete what stands far right of or far below the roster and upload it again.",
        cells=MAX_CELLS,
    )
