"""The unit of each of a table's people: from their own column, else from what stands above them, else from the sheet's name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from imports.judges.blanks import Findings
from imports.judges.words import judge_unit, judge_units
from imports.people.guardian_contacts import Note
from imports.sheets.columns import FieldCells
from imports.units.names import completes, may_be_day, unit_key, unit_of_sheet, unit_of_titles
from imports.values import Finding, Severity

_SOME, _SELDOM = 2, 0.34
_NEARLY_ALL = 0.8
_OTHER_TITLE = Finding(
    Severity.WARNING,
    "title-and-sheet-differ",
    "The title names another class than the sheet's name. The people were taken for the sheet's class.",
)
CLASS_OR_DAY = Finding(
    Severity.WARNING,
    "class-or-day",
    "The sheet's name may be a class's or a day's, so no class was taken from it. Write the class above the list.",
)
_ANOTHER_CLASS = Finding(
    Severity.WARNING,
    "another-class",
    "Nearly everybody in this list is in the class of its title or sheet, but this row names another. Check which is right.",
)
_FROM_ABOVE = Finding(Severity.REPAIR, "unit-from-above", "The cell is blank; the class or department written above it was taken.")


class Units(NamedTuple):
    """`come_from`: "column", "group-rows", "title", "sheet-name", or None where nothing names any. `said`: what is odd about a text that
    stands for the whole table, its title or the sheet's name, and that text."""

    names: Sequence[str | None]
    come_from: str | None
    said: Sequence[tuple[str, Finding]] = ()


def units_of(cells: FieldCells, titles: Sequence[str], sheet: str, groups: Sequence[str | None] | None, note: Note) -> Units:
    """`titles`: the texts above the table; `groups`: what the rows above each person name. Findings of the column's cells go to `note`."""
    title, finding = _of_titles(titles, sheet)
    said = [finding] if finding else []
    own = unit_of_sheet(sheet)
    names = _of_column(cells, {unit_key(name) for name in (own, title) if name}, note)
    if names:
        return Units(names, "column", said)
    if groups:
        return Units([group or title or own for group in groups], "group-rows", said)
    name, come_from, finding = _of_all(title, own, sheet)
    return Units([name] * cells.count, come_from, [*said, finding] if finding else said)


def _of_titles(titles: Sequence[str], sheet: str) -> tuple[str | None, tuple[str, Finding] | None]:
    title = unit_of_titles(titles, sheet)
    unit, finding = judge_unit(title or "")
    return unit, (title, finding) if finding and title else None


def _of_all(title: str | None, own: str | None, sheet: str) -> tuple[str | None, str | None, tuple[str, Finding] | None]:
    """The one unit of everybody, where it is from, and what is odd about that. `own`: the class that the sheet's name says."""
    if own and title and completes(own, title):
        return own, "sheet-name", None
    if (
        own and title and unit_key(own) != unit_key(title) and not completes(title, own) and not _is_its_grade(own, title)
    ):  # a title is copied with its sheet, no name is
        return own, "sheet-name", (title, _OTHER_TITLE)
    if title:
        return title, "title", None
    if own is None and may_be_day(sheet):
        return None, None, (sheet, CLASS_OR_DAY)
    return own, "sheet-name" if own else None, None


def _is_its_grade(own: str, title: str) -> bool:
    """Whether a sheet is called after the grade of the class in its title: "Lớp 2" above which "LỚP 2A5" stands."""
    return own.isdecimal() and title.startswith(own) and not title[len(own) :][:1].isdecimal()


def _of_column(cells: FieldCells, lists: set[str], note: Note) -> Sequence[str | None] | None:
    """What each person's own cell says; None without such a column, and where nothing stands in it."""
    column = cells.take("unit")
    if column is None:
        return None
    units, findings = judge_units(column.values)
    note("unit", "unit", findings, units)
    units = _from_above(units, note)
    if not any(units):
        return None
    _say_other_classes(units, lists, note)
    return units


def _from_above(units: list[str | None], note: Note) -> list[str | None]:
    """A class written once, beside its first pupil, stands for those below it, if the column is written so throughout."""
    if None not in units:
        return units
    written = [unit for unit in units if unit]
    if len(written) < _SOME or units[0] is None or len(written) > _SELDOM * len(units) or len(set(written)) < len(written):
        return units
    filled: list[str | None] = []
    findings: Findings = []
    for index, unit in enumerate(units):
        filled.append(unit or filled[-1])
        if not unit:
            findings.append((index, _FROM_ABOVE))
    note("unit", "unit", findings, filled)
    return filled


def _say_other_classes(units: list[str | None], lists: set[str], note: Note) -> None:
    """A row of another class, in a list that is one class's by its title or its sheet's name and by nearly all its rows."""
    other = {unit for unit in set(units) if unit and unit_key(unit) not in lists} if lists else set()
    places = [index for index, unit in enumerate(units) if unit in other] if other else []
    filled = len(units) - units.count(None) if places else 0
    if places and filled - len(places) >= _NEARLY_ALL * filled:
        note("unit", "unit", [(index, _ANOTHER_CLASS) for index in places], list(units))
