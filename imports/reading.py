"""A workbook as understood: every sheet's layout, its people, and all that is odd about them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.domain.names import fold
from imports.cells import Sheet, sheets_of
from imports.doubles import find_doubles
from imports.layout import Layout, find_layout
from imports.limits import MAX_HEADER_ROW, MAX_ROWS
from imports.old_fonts import refuse_old_font, texts_of
from imports.people import SheetPeople, people_of
from imports.units import may_be_unit, unit_name
from imports.values import Answer, ColumnRead, Correction, Problem, Reading, RosterRow, SheetRead, Unreadable

_LOOKUP_WORDS = frozenset({"dm", "dmuc", "danh muc", "danhmuc", "lookup", "list", "lists", "huong dan", "hdsd", "readme", "ma", "ds chon"})


def read(
    data: bytes,
    filename: str,
    *,
    answer: Answer | None = None,
    corrections: Sequence[Correction] = (),
    refused: frozenset[tuple[str, str]] = frozenset(),
    progress: Callable[[str, int, int], None] | None = None,
) -> Reading:
    """Read a roster's bytes. Where the file as a whole can't be taken, raises Unreadable with one sentence on what to do.

    The kind of file is told by its bytes; `filename` only names it in that sentence. `answer`: what a user said the workbook means.
    `corrections`: cells typed anew. `refused`: field and code of repairs that the user doesn't want; those values are left out, and a
    warning says so. `progress` is told the stage ("read", "judged"), how many rows of how many; it may raise to stop.
    """
    reader = _Reader(data)
    for sheet in sheets_of(data, filename):
        reader.take(sheet)
        if progress:
            progress("read", reader.rows_seen, reader.rows_seen)
    return reader.reading()


class _Reader:
    def __init__(self, data: bytes) -> None:
        self.data = data
        self.found: dict[str, SheetPeople] = {}
        self.sheets: list[SheetRead] = []
        self.columns: list[ColumnRead] = []
        self.titles: dict[str, None] = {}
        self.rows_seen = 0

    def take(self, sheet: Sheet) -> None:
        skipped = "hidden" if sheet.hidden else None if any(cell != "" for line in sheet.rows for cell in line) else "empty"
        layout = None if skipped else find_layout(sheet)
        if layout is None:
            if not skipped:
                texts = texts_of(sheet.rows[:MAX_HEADER_ROW])
                refuse_old_font(texts, len(texts), sheet.name)
            skipped = skipped or ("lookup" if fold(sheet.name).rstrip(" 0123456789") in _LOOKUP_WORDS else "no-header")
            self.sheets.append(SheetRead(sheet.name, None, 0, skipped, None))
            return
        self._count_rows(len(sheet.rows) - layout.first_row)
        people = people_of(self.data, sheet, layout)
        self.found[sheet.name] = people
        self.sheets.append(SheetRead(sheet.name, layout.header_row + 1, len(people.rows), None, people.unit_from))
        self._list_columns(sheet.name, layout)

    def _count_rows(self, rows: int) -> None:
        self.rows_seen += rows
        if self.rows_seen > MAX_ROWS:
            raise Unreadable(
                "too-many-rows",
                "The file has more than %(rows)s rows. Split it into several files and upload them one after the other.",
                rows=MAX_ROWS,
            )

    def _list_columns(self, sheet: str, layout: Layout) -> None:
        self.columns += [ColumnRead(sheet, c.letters, c.heading, c.meaning.field, c.meaning.why_not) for c in layout.columns]
        self.titles.update(dict.fromkeys(layout.titles))

    def reading(self) -> Reading:
        if not self.found:
            raise _no_header(self.sheets)
        self._sexes_from_other_sheets()
        self._units_from_sheet_names()
        rows = [row for people in self.found.values() for row in people.rows]
        problems = [problem for people in self.found.values() for problem in people.problems]
        if not rows and not problems:
            raise Unreadable("no-people", "The file has a header row but nobody below it. Fill in the roster and upload it again.")
        rows, problems = _without_doubles(rows, problems)
        return Reading(tuple(rows), tuple(problems), tuple(self.sheets), tuple(self.columns), tuple(self.titles))

    def _sexes_from_other_sheets(self) -> None:
        """A class of boys alone has no mark under Nữ; that the column is filled in at all, the other classes' sheets show."""
        if not any(people.marked for people in self.found.values()):
            return
        for people in self.found.values():
            if people.unmarked:
                people.rows[:] = [row._replace(sex=people.unmarked) for row in people.rows]

    def _units_from_sheet_names(self) -> None:
        """Several sheets of people without a unit: where their names say something, they are the units."""
        nameless = [name for name, people in self.found.items() if people.rows and people.unit_from is None]
        if len(nameless) < 2 or not all(map(may_be_unit, nameless)):
            return
        for name in nameless:
            people = self.found[name]
            people.rows[:] = [row._replace(unit=unit_name(name)) for row in people.rows]
        self.sheets = [sheet._replace(unit_from="sheet-name") if sheet.name in nameless else sheet for sheet in self.sheets]


def _no_header(sheets: list[SheetRead]) -> Unreadable:
    if all(sheet.skipped in ("empty", "hidden") for sheet in sheets):
        return Unreadable("empty", "The workbook has no visible sheet with anything in it. Check that it is the right file.")
    return Unreadable(
        "no-header",
        "No row of headings was found in the first %(rows)s rows of %(sheets)s. Put a row above the people that names the columns, "
        "with Họ và tên among them.",
        rows=MAX_HEADER_ROW,
        sheets=", ".join(sheet.name for sheet in sheets if sheet.skipped in ("no-header", "lookup"))[:100],
    )


def _without_doubles(rows: list[RosterRow], problems: list[Problem]) -> tuple[list[RosterRow], list[Problem]]:
    doubles = find_doubles(rows)
    if not doubles.problems:
        return rows, problems
    for place, names in doubles.shared.items():
        rows[place] = RosterRow(**rows[place]._asdict() | dict.fromkeys(names))
    order = {row.sheet: number for number, row in reversed(list(enumerate(rows)))}
    everything = sorted([*problems, *doubles.problems], key=lambda problem: (order.get(problem.sheet, len(rows)), problem.row))
    return [row for place, row in enumerate(rows) if place not in doubles.repeated], everything
