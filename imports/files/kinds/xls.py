"""What the records of an old .xls workbook say beside its cells' values: sheets, hidden rows, fonts, formats, the first day."""

from __future__ import annotations

from struct import unpack_from

from imports.files.fonts.tables import OldFont, font_of
from imports.files.formats import pieces_of
from imports.files.grids import Details, Noticed, hide

_STREAM, _FONT, _FORMAT, _STYLE, _SHEET, _CODE_PAGE, _FROM_1904, _ROW = 0x0809, 0x0031, 0x041E, 0x00E0, 0x0085, 0x0042, 0x0022, 0x0208
_COLUMNS = 0x007D
TOLD = frozenset({_STREAM, _FONT, _FORMAT, _STYLE, _SHEET, _CODE_PAGE, _FROM_1904, _ROW, _COLUMNS})
_NEW = 0x0600  # Excel 97 and later
_UTF_16, _HIDDEN, _COLUMNS_HIDDEN = 1200, 0x20, 1
ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}
_NO_FONT = 4  # the number that no font has


class Listener:
    """Hears the records in the file's order: first those of the workbook, then each sheet's."""

    def __init__(self) -> None:
        self._new = True
        self._code_page = "cp1252"
        self._names: dict[int, str] = {}  # by where the sheet begins
        self._fonts: list[str] = []
        self._formats: dict[int, str] = {}
        self._styles: list[tuple[int, int]] = []
        self._old_fonts: dict[int, OldFont] = {}
        self._telling: dict[int, str] = {}
        self._from_1904 = False
        self._details: dict[int, Details] = {}
        self._current = Details()
        self.styled = False

    def hear(self, kind: int, place: int, content: bytes) -> None:
        """One record of a kind in `TOLD`; `place` is where it begins."""
        if kind == _STREAM:
            self._begin(place, content)
        elif kind == _ROW and len(content) >= 14:
            if content[12] & _HIDDEN:
                self._current.hidden_rows.add(unpack_from("<H", content)[0])
        elif kind == _COLUMNS and len(content) >= 9:
            if content[8] & _COLUMNS_HIDDEN:
                hide(self._current.hidden_columns, *unpack_from("<HH", content))
        elif kind == _SHEET and len(content) >= 8:
            self._names[unpack_from("<I", content)[0]] = self._text(content, 6, 1)
        elif kind == _FONT and len(content) >= 16:
            self._fonts.append(self._text(content, 14, 1))
        elif kind == _FORMAT and len(content) >= 4:
            self._formats[unpack_from("<H", content)[0]] = self._text(content, 2, 2 if self._new else 1)
        elif kind == _STYLE and len(content) >= 4:
            self._styles.append(unpack_from("<HH", content))
        elif kind == _CODE_PAGE and len(content) >= 2:
            number = unpack_from("<H", content)[0]
            self._code_page = "utf-16-le" if number == _UTF_16 else f"cp{number}"
        elif kind == _FROM_1904 and len(content) >= 2:
            self._from_1904 = unpack_from("<H", content)[0] == 1

    def error(self, row: int, column: int, code: int) -> None:
        """A cell whose formula has failed."""
        self._current.formulas[row, column] = ERRORS.get(code, "#VALUE!")

    def cell(self, row: int, column: int, style: int) -> None:
        """A cell of the sheet that was begun last. Worth calling only where `styled`."""
        if style in self._old_fonts:
            self._current.fonts[row, column] = self._old_fonts[style]
        if style in self._telling:
            self._current.formats[row, column] = self._telling[style]

    def noticed(self) -> Noticed:
        return Noticed({self._names[place]: details for place, details in self._details.items() if place in self._names}, self._from_1904)

    def _begin(self, place: int, content: bytes) -> None:
        if not self._names:
            self._new = len(content) < 2 or unpack_from("<H", content)[0] >= _NEW
        elif not self._details:
            self._settle_styles()
        if place in self._names:
            self._current = self._details[place] = Details()

    def _settle_styles(self) -> None:
        for number, (font, number_format) in enumerate(self._styles):
            index = font if font < _NO_FONT else font - 1
            if index < len(self._fonts) and (old := font_of(self._fonts[index])):
                self._old_fonts[number] = old
            if pieces_of(self._formats.get(number_format, "")):
                self._telling[number] = self._formats[number_format]
        self.styled = bool(self._old_fonts or self._telling)

    def _text(self, content: bytes, start: int, width: int) -> str:
        """A text with one or two bytes before it that tell its length; since Excel 97 a further one that tells how wide its letters are."""
        length = int.from_bytes(content[start : start + width], "little")
        start += width
        if not self._new:
            return _decoded(content[start : start + length], self._code_page)
        if content[start : start + 1] == b"\1":
            return content[start + 1 : start + 1 + 2 * length].decode("utf-16-le", "replace")
        return content[start + 1 : start + 1 + length].decode("latin-1")


def _decoded(text: bytes, code_page: str) -> str:
    try:
        return text.decode(code_page, "replace")
    except LookupError:
        return text.decode("latin-1")
