"""A workbook's sheets as rows of plain cells, whatever kind of file they come from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from imports.files import formulas
from imports.files.container import Container, look
from imports.files.fonts.conversion import convert
from imports.files.fonts.misread import put_right, with_vietnamese_d
from imports.files.fonts.tables import ONLY_OLD
from imports.files.grids import Cell, Grid, Merge, Noticed
from imports.files.kinds import ods, office, separated, web_page, xml_2003
from imports.files.limits import LONGEST_CELL, MAX_CELLS, MAX_SHEETS, MAX_TEXT_BYTES
from imports.files.own_marks import take_out
from imports.files.refusals import damaged, too_large, too_many_sheets
from imports.files.signs import has_controls, one_line, without_controls
from imports.values import Note, Unreadable

__all__ = ["Cell", "Merge", "Sheet", "letters_of", "sheets_of", "shown"]

_LONGEST_SHEET_NAME = 100
_ROWS_AT_ONCE = 200
_MISREAD = Note(
    None, "misread", "%(cells)s cells had been misread by another program (UTF-8 as another code); their letters were put right"
)
_FROM_1904 = Note(None, "dates-from-1904", "The workbook counts its days from 1904, as old Macintosh versions do. The dates were read so")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its rows from row 1 and column A on, all equally long, blank cells ''."""

    name: str
    hidden: bool
    rows: list[list[Cell]]
    merges: tuple[Merge, ...]
    hidden_rows: int = 0  # how many rows with content the sheet hides (they are read)
    notes: tuple[Note, ...] = ()  # what was done to read its cells at all
    hidden_columns: tuple[str, ...] = ()  # the letters of those with content
    from_1904: bool = False  # the workbook counts days so
    has_formulas: bool = False  # cells may stand in it that hold a formula's error, or a formula


def sheets_of(data: bytes, filename: str, *, with_own_marks: bool = False, with_hidden: bool = False) -> Iterator[Sheet]:
    """The sheets in the workbook's order, one at a time, so that only one is in memory. A hidden one comes without rows, but `with_hidden`.

    What this program itself has written into the workbook is left out, or `with_own_marks` left in.
    """
    kind, noticed = look(data, filename)
    names = _Names()
    cells_left, text_left = MAX_CELLS, MAX_TEXT_BYTES
    of_file = (_FROM_1904,) if noticed.from_1904 else ()
    for grid in _grids(kind, data, noticed, with_hidden=with_hidden):
        name = names.kept(grid.name)
        if grid.hidden and not with_hidden:
            yield Sheet(name, True, [], ())
            continue
        if not with_own_marks:
            take_out(grid.rows)
        cells_left -= sum(map(len, grid.rows))
        length, suspicious, has_formulas, misread = _tidy(grid.rows)
        text_left -= length
        if text_left < 0:
            raise too_large(MAX_TEXT_BYTES)
        if cells_left < 0:
            raise Unreadable(
                "too-many-cells",
                "The file's sheets hold more than %(cells)s cells together. Split it into several files.",
                cells=MAX_CELLS,
            )
        notes = (*grid.notes, *of_file, *(_convert(grid, name) if suspicious or grid.fonts else ()))
        if misread:
            notes = (*notes, _MISREAD._replace(sheet=name, params=(("cells", str(misread)),)))
        if suspicious:
            with_vietnamese_d(grid.rows)
        yield Sheet(
            name, grid.hidden, grid.rows, grid.merges, _hidden_rows(grid), notes, _hidden_columns(grid), noticed.from_1904, has_formulas
        )


def _grids(kind: Container, data: bytes, noticed: Noticed, *, with_hidden: bool) -> Iterator[Grid]:
    match kind:
        case Container.ODS:
            return ods.grids_of(data)
        case Container.XML_2003:
            return xml_2003.grids_of(data)
        case Container.HTML:
            return web_page.grids_of(data)
        case Container.TEXT:
            return separated.grids_of(data)
        case Container.XLSX | Container.XLSB | Container.XLS:
            return office.grids_of(data, noticed, with_hidden=with_hidden)


class _Names:
    """The sheets' names as they can be kept, no two alike unless the file has it so."""

    def __init__(self) -> None:
        self._kept: dict[str, str] = {}
        self._count = 0

    def kept(self, written: str) -> str:
        self._count += 1
        if self._count > MAX_SHEETS:
            raise too_many_sheets(self._count)
        if written not in self._kept:
            short = one_line(written)[:_LONGEST_SHEET_NAME]
            self._kept[written] = short if short and short not in self._kept.values() else f"{short} ({self._count})".strip()
        return self._kept[written]


def _tidy(rows: list[list[Cell]]) -> tuple[int, bool, bool, int]:
    """Take the control characters out of all texts; tells how long these are together, whether signs of old fonts or of formulas are
    among them, and how many had been misread. Two hundred rows without any cost one look."""
    total = misread = 0
    suspicious = has_formulas = False
    for start in range(0, len(rows), _ROWS_AT_ONCE):
        some = rows[start : start + _ROWS_AT_ONCE]
        texts = [cell for line in some for cell in line if type(cell) is str]
        text = "".join(texts)
        total += len(text)
        if len(text) > LONGEST_CELL and len(max(texts, key=len)) > LONGEST_CELL:
            raise damaged()  # no spreadsheet program writes it
        odd = ONLY_OLD.search(text) is not None
        if odd and (found := put_right(some, text)):
            misread += found
            odd = any(ONLY_OLD.search(cell) for line in some for cell in line if type(cell) is str)
        suspicious = suspicious or odd
        has_formulas = has_formulas or formulas.has_any(text)
        if has_controls(text):
            for line in some:
                line[:] = [without_controls(cell) if type(cell) is str else cell for cell in line]
    return total, suspicious, has_formulas, misread


def _convert(grid: Grid, name: str) -> list[Note]:
    return [
        Note(
            name,
            "old-font",
            "The text of %(cells)s cells was in an old font (%(font)s) and was put into Unicode",
            (("cells", str(count)), ("font", font.value)),
        )
        for font, count in convert(grid.rows, grid.fonts).items()
    ]


def _hidden_rows(grid: Grid) -> int:
    return sum(any(cell != "" for cell in grid.rows[row]) for row in grid.hidden_rows if row < len(grid.rows))


def _hidden_columns(grid: Grid) -> tuple[str, ...]:
    width = len(grid.rows[0]) if grid.rows else 0
    hidden = (column for some in grid.hidden_columns for column in some if column < width)
    return tuple(letters_of(column) for column in hidden if any(line[column] != "" for line in grid.rows))


def shown(cell: Cell) -> str:
    """A cell as text, about as the sheet shows it: whole numbers without a point, dates as dd/mm/yyyy."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, date):
        return f"{cell.day:02d}/{cell.month:02d}/{cell.year:04d}"
    return str(cell)


def letters_of(index: int) -> str:
    """A column's letters from its place, counted from 0."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
