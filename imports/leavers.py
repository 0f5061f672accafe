"""People who leave, where a report of changes has a sheet for each of its sections ("Tăng", "Giảm")."""

from __future__ import annotations

from collections.abc import Sequence

from imports.births import Births
from imports.sections import LEAVER, is_report, leave, section_of
from imports.table_people import TablePeople
from imports.values import Problem, RosterRow


def set_aside(tables: Sequence[TablePeople]) -> set[str]:
    """Take the people of such sheets out of what was read, and say so of each; answers the sheets' names."""
    named = [(table, label) for table in tables if (label := section_of(table.sheet))]
    if not is_report(label for _, label in named):
        return set()
    for table, label in named:
        if leave(label):
            gone = {row.row for row in table.rows}
            table.problems[:] = [problem for problem in table.problems if problem.row not in gone] + list(map(_said, table.rows))
            table.rows.clear()
            table.births = Births([], [])
    return {table.sheet for table, label in named if leave(label)}


def _said(row: RosterRow) -> Problem:
    return Problem(row.sheet, row.row, None, "row", LEAVER.severity, row.full_name, LEAVER.code, LEAVER.text)
