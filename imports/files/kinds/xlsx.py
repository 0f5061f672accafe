"""What an .xlsx workbook says about its cells beside their values: hidden rows, fonts of the 1990s, formats that hold zeros.

Most workbooks have none of it. One search in the bytes tells so; only the others are looked at closely.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from html import unescape
from typing import NamedTuple

from imports.files.fonts.tables import OldFont, font_of, in_unicode
from imports.files.formats import pieces_of
from imports.files.grids import Details, hide
from imports.files.kinds.markup import Attributes, local, walk

WORKBOOK, RELATIONS, STYLES = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"

_TEXTS_OF_PIECES = ("si", "is")
_HIDDEN = re.compile(rb"\shidden\s*=\s*[\"'](?:1|true)[\"']")
_COLUMNS = re.compile(rb"<(?:\w+:)?col(\s[^<>]*)>")
_FIRST_OR_LAST = re.compile(rb"\s(min|max)\s*=\s*[\"'](\d{1,9})[\"']")
_OLD_FONT = re.compile(rb"[\"'](?:\.vn|vni[- ])", re.IGNORECASE)
_HOLDS_ZEROS = re.compile(rb"formatCode\s*=\s*[\"'][^\"']*0")
_DATES_FROM_1904 = re.compile(rb"\sdate1904\s*=\s*[\"'](?:1|true)[\"']")
_ROW_OR_CELL = re.compile(rb"<(?:[^<>/:\s]+:)?(row|c)((?:\s[^<>]*)?)>")
_REFERENCE = re.compile(rb"\sr\s*=\s*[\"']([A-Za-z]*)(\d{0,9})[\"']")
# A cell's content: a formula, and what it comes to or an error. All are tried where the content begins, so none reads far.
_WITHOUT_VALUE = re.compile(
    rb"<(?:\w+:)?f(?:\s[^<>]*)?(?:/>|>([^<]*)</(?:\w+:)?f>)\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_ERROR = re.compile(rb"(?:<(?:\w+:)?f(?:\s[^<>]*)?(?:/>|>[^<]*</(?:\w+:)?f>))?\s*<(?:\w+:)?v>([^<]*)<")
_IS_TEXT = re.compile(rb"\st\s*=\s*[\"']str[\"']")  # it may well come to an empty one
_IS_ERROR = re.compile(rb"\st\s*=\s*[\"']e[\"']")
_LONGEST_FORMULA = 60
_STYLE = re.compile(rb"\ss\s*=\s*[\"'](\d{1,6})[\"']")


class Style(NamedTuple):
    """What is worth knowing of a cell's style: a font of the 1990s, a number format that holds zeros."""

    font: OldFont | None
    number_format: str


def hides_rows(sheet: bytes) -> bool:
    start = max(sheet.find(b"sheetData"), 0)
    return sheet.find(b"hidden", start) >= 0 and _HIDDEN.search(sheet, start) is not None  # a word is found ten times as fast


def hidden_columns(sheet: bytes) -> list[range]:
    """The columns that a sheet hides, as it says above its rows."""
    columns: list[range] = []
    head = sheet[: max(sheet.find(b"sheetData"), 0)]
    for match in _COLUMNS.finditer(head) if b"hidden" in head else ():
        said = dict(_FIRST_OR_LAST.findall(match[1]))
        if _HIDDEN.search(match[1]) and len(said) == 2:
            hide(columns, int(said[b"min"]) - 1, int(said[b"max"]) - 1)
    return columns


def says_more(styles: bytes) -> bool:
    return _OLD_FONT.search(styles) is not None or _HOLDS_ZEROS.search(styles) is not None


def has_formulas(sheet: bytes) -> bool:
    """Whether a formula has failed or may be without a value. Each search reads the whole sheet, so there are no more than usual spellings
    need."""
    if b't="e"' in sheet or (b"'" in sheet and b"t='e'" in sheet):
        return True
    return (b"</f>" if b"<sheetData" in sheet else b":f>") in sheet and _WITHOUT_VALUE.search(sheet) is not None


def names_old_fonts(texts: bytes) -> bool:
    """Whether pieces of texts are in such a font, in a part that holds texts."""
    return b"rFont" in texts and _OLD_FONT.search(texts) is not None


def counts_from_1904(workbook: bytes) -> bool:
    return _DATES_FROM_1904.search(workbook) is not None


def sheet_parts(workbook: bytes, relations: bytes) -> dict[str, str]:
    """The names of the sheets, by the parts of the archive that hold them."""
    targets: dict[str, str] = {}

    def relation(name: str, attributes: Attributes) -> None:
        if local(name) == "Relationship":
            target = attributes.get("Target", "").lower()
            targets[attributes.get("Id", "")] = target[1:] if target.startswith("/") else posixpath.normpath(f"xl/{target}")

    parts: dict[str, str] = {}

    def sheet(name: str, attributes: Attributes) -> None:
        if local(name) == "sheet":
            number = next((value for key, value in attributes.items() if local(key) == "id"), "")
            if number in targets:
                parts[targets[number]] = attributes.get("name", "")

    walk(relations, relation)
    walk(workbook, sheet)
    return parts


def styles_of(content: bytes) -> dict[int, Style]:
    """The styles that say more, by their numbers."""
    formats: dict[str, str] = {}
    fonts: list[str] = []
    styles: dict[int, Style] = {}
    path: list[str] = []
    count = 0

    def start(name: str, attributes: Attributes) -> None:
        nonlocal count
        path.append(local(name))
        inside = path[-2:]
        if inside == ["numFmts", "numFmt"]:
            formats[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif inside == ["fonts", "font"]:
            fonts.append("")
        elif inside == ["font", "name"] and path[-3:-2] == ["fonts"]:
            fonts[-1] = attributes.get("val", "")
        elif inside == ["cellXfs", "xf"]:
            number = attributes.get("fontId", "")
            font = fonts[int(number)] if number.isdecimal() and int(number) < len(fonts) else ""
            style = Style(font_of(font), formats.get(attributes.get("numFmtId", ""), ""))
            if style.font or pieces_of(style.number_format):
                styles[count] = style
            count += 1

    def end(_: str) -> None:
        path.pop()

    walk(content, start, end)
    return styles


def mixed_texts(content: bytes) -> dict[str, str]:
    """Texts of which only pieces are in an old font, shared ones or a sheet's own: the whole as it stands, and as it was meant."""
    meant: dict[str, str] = {}
    path: list[str] = []
    raw: list[str] = []
    mended: list[str] = []
    font: OldFont | None = None

    def start(name: str, attributes: Attributes) -> None:
        nonlocal font
        path.append(local(name))
        if path[-1] in _TEXTS_OF_PIECES:
            raw.clear()
            mended.clear()
        elif path[-1] == "r":
            font = None
        elif path[-1] == "rFont":
            font = font_of(attributes.get("val", ""))

    def end(_: str) -> None:
        if path.pop() in _TEXTS_OF_PIECES and raw != mended:
            meant["".join(raw)] = "".join(mended)

    def text(piece: str) -> None:
        if path[-1] == "t" and "rPh" not in path:
            raw.append(piece)
            mended.append(in_unicode(piece, font) if font and "r" in path else piece)

    walk(content, start, end, text)
    return meant


def details_of(sheet: bytes, styles: Mapping[int, Style], *, hides: bool, formulas: bool) -> Details:
    """A close look at one sheet's rows and cells."""
    details = Details()
    for kind, row, column, attributes, after in _places(sheet):
        if kind == b"row":
            if hides and _HIDDEN.search(attributes):
                details.hidden_rows.add(row)
            continue
        if formulas and not attributes.endswith(b"/"):
            _note_formula(details, row, column, attributes, sheet, after)
        if styles and (found := _STYLE.search(attributes)) and (style := styles.get(int(found[1]))):
            if style.font:
                details.fonts[row, column] = style.font
            if pieces_of(style.number_format):
                details.formats[row, column] = style.number_format
    return details


def _note_formula(details: Details, row: int, column: int, attributes: bytes, sheet: bytes, after: int) -> None:
    """`after`: where the content of the cell begins."""
    if _IS_ERROR.search(attributes):
        error = _ERROR.match(sheet, after)
        details.formulas[row, column] = _written(error[1] if error else b"") or "#VALUE!"
    elif not _IS_TEXT.search(attributes) and (found := _WITHOUT_VALUE.match(sheet, after)):
        details.formulas[row, column] = f"={_written(found[1] or b'')}"


def _written(text: bytes) -> str:
    return unescape(text[: 4 * _LONGEST_FORMULA].decode("utf-8", "ignore"))[:_LONGEST_FORMULA]


def _places(sheet: bytes) -> Iterator[tuple[bytes, int, int, bytes, int]]:
    """Every row and cell with its place (0-based), its attributes, and where they end."""
    row = column = -1
    for match in _ROW_OR_CELL.finditer(sheet):
        reference = _REFERENCE.search(match[2])
        if match[1] == b"row":
            row, column = int(reference[2]) - 1 if reference and reference[2] else row + 1, -1
        else:
            column = column_number(reference[1]) - 1 if reference and reference[1] else column + 1
        yield match[1], row, column, match[2], match.end()


def column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper()[:8]:
        number = number * 26 + letter - 64
    return number


def all_details(
    read: Callable[[str], bytes],
    hiding: Iterable[str],
    columns: Mapping[str, list[range]],
    mixed: Iterable[str],
    formulas: Set[str],
    *,
    styled: bool,
) -> dict[str, Details]:
    """The details of all sheets that have any, by the sheets' names. `hiding`, `mixed`, `formulas`: the parts that hide rows, that have
    mixed texts, formulas without values; `columns`: those that parts hide."""
    parts = sheet_parts(read(WORKBOOK), read(RELATIONS))
    styles = styles_of(read(STYLES)) if styled else {}
    texts = {text: meant for part in mixed for text, meant in mixed_texts(read(part)).items()}
    hidden = set(hiding)
    found: dict[str, Details] = {}
    for part, name in parts.items():
        more = styles or part in hidden or part in formulas
        details = details_of(read(part), styles, hides=part in hidden, formulas=part in formulas) if more else Details()
        details.texts = texts
        details.hidden_columns = columns.get(part, [])
        found[name] = details
    return found
