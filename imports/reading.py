"""A workbook as understood: every sheet's layout, its people, and all that is odd about them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date

from app.domain.names import fold
from imports.asking.answers import Answers, answered_layout
from imports.asking.corrections import by_sheet, correct
from imports.asking.date_questions import settle_dates
from imports.asking.fingerprints import fingerprint, headings_of
from imports.asking.heading_questions import lists_people_without_header, no_header, two_headings
from imports.files.cells import Sheet, letters_of, sheets_of
from imports.files.formulas import finding_of
from imports.files.limits import MAX_HEADER_ROW, MAX_ROWS
from imports.files.old_fonts import refuse_old_font, texts_of
from imports.headings.sex_legends import Legend
from imports.known.doubles import find_doubles
from imports.people.leavers import set_aside
from imports.people.of_table import people_of
from imports.people.people_units import CLASS_OR_DAY
from imports.people.refused_repairs import Refused
from imports.people.sex_sheets import legend_in_list, settle_sexes
from imports.people.table_people import TablePeople, Wishes
from imports.sheets import notes
from imports.sheets.layout import Layout, find_layout
from imports.sheets.merged import fill_down
from imports.sheets.sections import section_of
from imports.sheets.tables import tables_of
from imports.units.names import is_like_a_day, may_be_day, may_be_unit, unit_name
from imports.values import Answer, ColumnRead, Correction, Note, Problem, Question, Reading, RosterRow, SheetRead, Unreadable

_LOOKUP_WORDS = frozenset({"dm", "dmuc", "danh muc", "danhmuc", "lookup", "list", "lists", "huong dan", "hdsd", "readme", "ma", "ds chon"})

Progress = Callable[[str, int, int], None]


def read(
    data: bytes,
    filename: str,
    *,
    answer: Answer | None = None,
    corrections: Sequence[Correction] = (),
    refused: Refused = frozenset(),
    progress: Progress | None = None,
    today: date | None = None,
) -> Reading:
    """Read a roster's bytes. Where the file as a whole can't be taken, raises Unreadable with one sentence on what to do.

    The kind of file is told by its bytes; `filename` only names it in that sentence. `answer`: what a user said the workbook means.
    `corrections`: cells typed anew. `refused`: field and code of repairs that the user doesn't want; those values are left out, and a
    warning says so. `progress` is told the stage ("read", "judged") and how many rows of how many that are known of so far; it may raise
    to stop. `today`, where it is known: a birth behind it, or over 110 years before, is an error (who gives none learns of
    it from `plan`).
    """
    answers = Answers(answer)
    sheets: Iterable[Sheet] = sheets_of(data, filename, with_hidden=answers.want_hidden)
    if answer:
        sheets = list(sheets)
        answers.meet(sheet.name for sheet in sheets)
    reader = _Reader(answers, by_sheet(corrections), Wishes(refused=refused, today=today), progress)
    for sheet in sheets:
        reader.take(sheet)
    return reader.reading()


class _Reader:
    def __init__(self, answers: Answers, corrections: dict[str, list[Correction]], wishes: Wishes, progress: Progress | None) -> None:
        self.answers, self.corrections, self.progress = answers, corrections, progress
        self.wishes = replace(wishes, step=self._judged if progress else None)
        self.found: list[TablePeople] = []
        self.sheets: list[SheetRead] = []
        self.titles: dict[str, None] = {}
        self.notes: list[Note] = []
        self.questions: list[Question] = []
        self.headings: list[str] = []  # of the sheets taken
        self.unknown: list[str] = []  # of those without a header
        self.legends: list[Legend] = []  # of sexes, on look-up sheets
        self.rows_seen = self.rows_judged = 0

    def take(self, sheet: Sheet) -> None:
        answer = self.answers.of(sheet.name)
        if sheet.hidden and not (answer and answer.taken and answer.though_hidden):
            self._skip(sheet, "hidden")
            return
        skipped = None if any(cell != "" for line in sheet.rows for cell in line) else "empty"
        found = None if skipped else find_layout(sheet)
        if not (skipped or sheet.hidden):  # an answer changes no fingerprint
            (self.headings if found else self.unknown).append(headings_of(sheet, found))
        if answer and not answer.taken and not skipped:
            self._skip(sheet, "left-out")
            return
        layout = None if skipped else answered_layout(sheet, found, answer)
        if layout is None:
            self._skip(sheet, skipped or self._without_header(sheet))
            self.legends += [legend] if not skipped and (legend := legend_in_list(sheet.rows)) else []
            return
        self._count_rows(len(sheet.rows) - layout.first_row)
        fill_down(sheet, layout)
        corrections = self.corrections.get(sheet.name, ())
        correct(sheet, layout, corrections)
        if any(finding_of(typed.text) for typed in corrections):
            sheet = replace(sheet, has_formulas=True)
        self._read(sheet, layout, answer.month_first if answer else None)

    def _skip(self, sheet: Sheet, why: str) -> None:
        self.sheets.append(SheetRead(sheet.name, None, 0, why, None))
        self.notes += notes.of_sheet(sheet, why)

    def _without_header(self, sheet: Sheet) -> str:
        texts = texts_of(sheet.rows[:MAX_HEADER_ROW])
        refuse_old_font(texts, len(texts), sheet.name)
        if fold(sheet.name).rstrip(" 0123456789") in _LOOKUP_WORDS:
            return "lookup"
        if lists_people_without_header(sheet):
            self.questions.append(no_header(sheet.name))
        return "no-header"

    def _count_rows(self, rows: int) -> None:
        self.rows_seen += rows
        if self.rows_seen > MAX_ROWS:
            raise Unreadable(
                "too-many-rows",
                "The file has more than %(rows)s rows. Split it into several files and upload them one after the other.",
                rows=MAX_ROWS,
            )
        if self.progress:
            self.progress("read", self.rows_seen, self.rows_seen)

    def _read(self, sheet: Sheet, layout: Layout, month_first: bool | None) -> None:
        self.titles.update(dict.fromkeys(layout.titles))
        self.notes += notes.of_sheet(sheet, None)
        tables = tables_of(sheet, layout)
        people = []
        for table in tables:
            people.append(people_of(table, replace(self.wishes, month_first=month_first)))
            self.rows_judged += len(people[-1].rows)
        self.found += people
        beside = [table.layout.columns[0].index for table in tables if table.layout.header_row == layout.header_row]
        if len(beside) > 1:
            self.notes.append(notes.side_by_side(sheet.name, letters_of(beside[1])))
        for found in people:
            self.notes += notes.of_rows(sheet.name, found.skipped)
            self.questions += two_headings(found)
        unit_from = next((found.unit_from for found in people if found.unit_from), None)
        self.sheets.append(SheetRead(sheet.name, layout.header_row + 1, sum(len(found.rows) for found in people), None, unit_from))

    def _judged(self, done: int, _: int) -> None:
        if self.progress:
            self.progress("judged", self.rows_judged + done, self.rows_seen)

    def reading(self) -> Reading:
        mark = fingerprint(self.headings or self.unknown)
        if not self.found:
            raise _no_header(self.sheets, mark)
        self._without_leavers()
        self._sexes_from_other_sheets()
        settle_sexes(self.found, self.legends, self.wishes.refused)
        self._units_from_sheet_names()
        self.questions += settle_dates(self.found, self.wishes.refused)
        rows = [row for people in self.found for row in people.rows]
        problems = [problem for people in self.found for problem in people.problems]
        if not rows and not problems:
            nobody = Unreadable("no-people", "The file has a header row but nobody below it. Fill in the roster and upload it again.")
            nobody.fingerprint = mark
            raise nobody
        rows, problems = _without_doubles(rows, problems)
        return Reading(
            tuple(rows),
            tuple(problems),
            tuple(self.sheets),
            tuple(self._columns()),
            tuple(self.titles),
            tuple(dict.fromkeys(self.notes)),  # what is said of the file comes with each of its sheets
            tuple(self.questions),
            mark,
        )

    def _columns(self) -> Iterable[ColumnRead]:
        """Every column once; in a table further below only those that mean something else."""
        listed: dict[tuple[str, str, str | None], ColumnRead] = {}
        for people in self.found:
            for column in people.columns:
                listed.setdefault((column.sheet, column.letters, column.field), column)
        return listed.values()

    def _without_leavers(self) -> None:
        leaving = set_aside(self.found)
        self.sheets = [sheet._replace(people=0) if sheet.name in leaving else sheet for sheet in self.sheets]

    def _sexes_from_other_sheets(self) -> None:
        """A class of boys alone has no mark under Nữ; that the column is filled in at all, the other classes' sheets show."""
        if not any(people.marked for people in self.found):
            return
        for people in self.found:
            if people.unmarked:
                people.rows[:] = [row._replace(sex=people.unmarked) for row in people.rows]

    def _units_from_sheet_names(self) -> None:
        """Several sheets of people without a unit: where their names say something, they are the units."""
        nameless = {people.sheet for people in self.found if people.rows and people.unit_from is None}
        classes = {sheet.name for sheet in self.sheets if sheet.unit_from == "sheet-name"}
        among_classes = all(map(may_be_day, nameless)) and len(nameless | set(filter(is_like_a_day, classes))) > 1  # "2.9" beside "2.8"
        several = len(nameless) > 1 and all(may_be_unit(name) and section_of(name) is None for name in nameless)
        if nameless and (among_classes or several):
            self._name_units(nameless)

    def _name_units(self, nameless: set[str]) -> None:
        for people in self.found:
            if people.sheet in nameless and people.unit_from is None:
                people.problems[:] = [problem for problem in people.problems if problem.code != CLASS_OR_DAY.code]
                people.rows[:] = [row._replace(unit=unit_name(people.sheet)) for row in people.rows]
        self.sheets = [sheet._replace(unit_from="sheet-name") if sheet.name in nameless else sheet for sheet in self.sheets]


def _no_header(sheets: list[SheetRead], mark: str) -> Unreadable:
    if all(sheet.skipped in ("empty", "hidden") for sheet in sheets):
        return Unreadable("empty", "The workbook has no visible sheet with anything in it. Check that it is the right file.")
    refusal = Unreadable(
        "no-header",
        "No row of headings was found in the first %(rows)s rows of %(sheets)s. Put a row above the people that names the columns, "
        "with Họ và tên among them.",
        rows=MAX_HEADER_ROW,
        sheets=", ".join(sheet.name for sheet in sheets if sheet.skipped in ("no-header", "lookup"))[:100],
    )
    refusal.fingerprint = mark
    return refusal


def _without_doubles(rows: list[RosterRow], problems: list[Problem]) -> tuple[list[RosterRow], list[Problem]]:
    doubles = find_doubles(rows)
    if not doubles.problems:
        return rows, problems
    for place, names in doubles.shared.items():
        rows[place] = RosterRow(**rows[place]._asdict() | dict.fromkeys(names))
    order = {row.sheet: number for number, row in reversed(list(enumerate(rows)))}
    everything = sorted([*problems, *doubles.problems], key=lambda problem: (order.get(problem.sheet, len(rows)), problem.row))
    return [row for place, row in enumerate(rows) if place not in doubles.repeated], everything
