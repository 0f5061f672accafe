"""Workbooks that are zip archives (.xlsx, .xlsm, .xlsb, .ods): their bounds, kept before a parser has seen a byte."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from imports.files import copies
from imports.files.grids import Container, Noticed
from imports.files.kinds import xlsb, xlsx
from imports.files.limits import MAX_CELLS, MAX_COLUMNS, MAX_PARTS, MAX_UNPACKED_BYTES
from imports.files.refusals import encrypted, not_unpacked, too_large, too_many_cells
from imports.values import Unreadable

# Rows and cells as spreadsheet programs write them. What these match to the end of a sheet can't spread over more than 26 x 209,999
# or 52 x 99,999 cells; any other sheet is measured cell by cell, which is slow. Possessive, so that no input makes them backtrack. The
# attributes s, cm, vm and t are told by the letters they are made of, of which no second reference (r) can be; the usual cells come first.
_ATTRIBUTES = rb'[ smvct="\d]*+'
_TYPE = rb'(?:[A-Za-z]++")?+'
_FORMULA = rb"(?:<f(?: [^<>]*+)?+(?:/>|>[^<]*+</f>))?+"
_VALUE = rb'(?:<v>[^<]*+</v>|<is><t>[^<]*+</t></is>|<v/>|<is><t xml:space="preserve">[^<]*+</t></is>)?+'
_NARROW_PLACE, _WIDE_PLACE = rb'<c r="[A-Z](?:\d{1,5}+"|1\d{5}"|20\d{4}")', rb'<c r="A?[A-Z]\d{1,5}+"'


def _cells(place: bytes, other: bytes, formula: bytes) -> re.Pattern[bytes]:
    """Rows of cells with such places. `other` is their type, where it takes other letters than those of the attributes."""
    texts = other + rb"(?:><is><t>[^<]*+</t></is></c>|/>|>" + formula + _VALUE + rb"</c>)"
    return re.compile(rb"(?:" + place + _ATTRIBUTES + rb"(?:><v>[^<]*+</v></c>|" + texts + rb")|</row>|<row(?: [^<>]*+)?+>)*+")


_BARE = _cells(_NARROW_PLACE, rb'(?!e")' + _TYPE, b"")  # neither formulas nor errors among them
_NARROW, _WIDE = (_cells(place, _TYPE, _FORMULA) for place in (_NARROW_PLACE, _WIDE_PLACE))
_ROW_OR_CELL = re.compile(rb"<(?:[^<>/:\s]+:)?(row|c)((?:\s[^<>]*)?)>")
_REFERENCE = re.compile(rb"\sr\s*=\s*[\"']([A-Za-z]*)(\d*)[\"']")


def check(data: bytes) -> tuple[Container, Noticed]:
    """The kind of an archive, and what was noticed of its sheets on the way; raises Unreadable for what mustn't be parsed."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            kind = _kind({name.lower() for name in archive.namelist()})
            if kind is Container.XLSX:
                return kind, _check_xlsx(archive)
            _check_sizes(archive)
            if kind is Container.XLSB:
                return kind, _check_xlsb(archive)
            if b"encryption-data" in _part(archive, "meta-inf/manifest.xml"):
                raise encrypted()
            return kind, Noticed()
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError, KeyError) as error:
        if b"PK\x05\x06" not in data:
            raise Unreadable(
                "cut-off", "The file is cut off: its end is missing, as after a broken download. Get the workbook again and upload it."
            ) from error
        raise not_unpacked() from error


def _kind(names: set[str]) -> Container:
    for part, kind in (("xl/workbook.xml", Container.XLSX), ("xl/workbook.bin", Container.XLSB), ("content.xml", Container.ODS)):
        if part in names:
            return kind
    if "word/document.xml" in names:
        raise Unreadable("not-a-spreadsheet", "The file is a Word document. Copy its table into an Excel workbook (.xlsx) and upload that.")
    raise Unreadable("not-a-spreadsheet", "The file is a packed archive, not a workbook. Unpack it and upload the workbook itself.")


def _unpacked(archive: zipfile.ZipFile) -> Iterator[tuple[zipfile.ZipInfo, bytes]]:
    """Each part with its content, as far as all of them together keep the bounds."""
    parts = archive.infolist()
    left = MAX_UNPACKED_BYTES
    if len(parts) > MAX_PARTS:
        raise too_large(MAX_UNPACKED_BYTES)
    for part in parts:
        if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise zipfile.BadZipFile  # no workbook is packed otherwise, and the other methods can't be unpacked in bounded steps
        with archive.open(part) as stream:
            content = stream.read(left + 1)  # the size that the archive declares may be a lie
        left -= len(content)
        if left < 0:
            raise too_large(MAX_UNPACKED_BYTES)
        yield part, content


def _check_sizes(archive: zipfile.ZipFile) -> None:
    for _ in _unpacked(archive):
        pass


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    """A part by its name in small letters; nothing for one that isn't there."""
    found = next((part for part in archive.infolist() if part.filename.lower() == name), None)
    return archive.read(found) if found else b""


def _check_xlsb(archive: zipfile.ZipFile) -> Noticed:
    return xlsb.check(lambda name: _part(archive, name))


def _check_xlsx(archive: zipfile.ZipFile) -> Noticed:
    sheets, size, texts = [], 0, []
    hiding: set[str] = set()
    mixed: set[str] = set()
    formulas: set[str] = set()
    columns: dict[str, list[range]] = {}
    styled = from_1904 = False
    for part, content in _unpacked(archive):
        name, beside = part.filename.lower(), content
        if b"sheetData" in content:
            sheets.append(part)
            size += len(content)
            if xlsx.hides_rows(content):
                hiding.add(name)
            if hidden := xlsx.hidden_columns(content):
                columns[name] = hidden
            beside, may_have_formulas = _check_cells(content)
            if may_have_formulas and xlsx.has_formulas(content):
                formulas.add(name)
        else:
            styled = styled or (name == xlsx.STYLES and xlsx.says_more(content))
            from_1904 = from_1904 or (name == xlsx.WORKBOOK and xlsx.counts_from_1904(content))
        if xlsx.names_old_fonts(beside):
            mixed.add(name)
        count = copies.texts_in(beside)
        if count > MAX_CELLS:
            raise too_many_cells()
        if count:
            texts.append(content)
    copies.refuse_many_copies(texts, size, (archive.read(sheet) for sheet in sheets))
    if not (hiding or columns or styled or mixed or formulas):
        return Noticed({}, from_1904)
    return Noticed(xlsx.all_details(lambda name: _part(archive, name), hiding, columns, mixed, formulas, styled=styled), from_1904)


def _check_cells(content: bytes) -> tuple[bytes, bool]:
    """Refuse a sheet whose cells span too large an area: the parser makes room for the whole rectangle, were it for two far corners.

    Answers what stands beside the rows that are known to hold nothing but cells, and whether formulas may be among these.
    """
    start = content.find(b"<sheetData>") + len(b"<sheetData>")
    bare = _BARE.match(content, start) if start >= len(b"<sheetData>") else None
    for plain, begin in ((_NARROW, bare.end()), (_WIDE, start)) if bare else ():
        match = plain.match(content, begin)
        if match and content.startswith(b"</sheetData>", match.end()) and b"sheetData" not in content[match.end() + 12 :]:
            return content[:start] + content[match.end() :], match.end() > begin
    _measure_cells(content)
    return content, True


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
            column, row = xlsx.column_number(letters), int(digits or 0)
        cells += 1
        if match[2].endswith(b"/"):
            continue  # a format without a value: the parser doesn't keep it
        last_row, last_column = max(last_row, row), max(last_column, column)
        if cells > MAX_CELLS or last_column > MAX_COLUMNS or last_row * last_column > MAX_CELLS:
            raise too_many_cells()
