"""Dates that a sheet alone leaves open: the other sheets decide, or the user is asked.

A column of text dates is undecidable where no first and no second number is over 12 (or where many dates have the day first and many
others the month), no answer, no other column of days on the sheet and no other sheet shows the order. Years in front ("2014-09-01")
leave nothing open. Then, if the workbook has at least `_ENOUGH_TO_ASK` different dates of the kind, a question is put for each such column;
the answer to offer first is that the day comes first, as it nearly always does in Viet Nam. Fewer dates are read so without a question:
of a handful of birthdays all may well lie before the 13th, of more hardly.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from imports.files.cells import shown
from imports.judges.dates import MONTH_FIRST
from imports.people.refused_repairs import Refused, without_refused
from imports.people.table_people import TablePeople
from imports.values import Evidence, Finding, Problem, Question, RosterRow, Severity

_ENOUGH_TO_ASK = 4

_UNDECIDED = Finding(
    Severity.ERROR,
    "date-order",
    "Day and month can't be told apart in this column. Say which comes first; until then the date is not taken.",
)
_OTHERS_DAY = Evidence("Other sheets write the day first")
_OTHERS_MONTH = Evidence("Other sheets write the month first")
_TOO_FEW = Evidence("Too few dates to tell; read as day/month/year, as is usual")
_ASKED = Evidence("No number is over 12, so day and month can't be told apart")
_MIXED = Evidence("Some values have the day first and some the month")


def settle_dates(tables: Sequence[TablePeople], refused: Refused) -> list[Question]:
    """Decide about the dates that were left open, in place; answers the questions for those that can't be decided."""
    undecided = [table for table in tables if table.births.open]
    if not undecided:
        return []
    shown_elsewhere = {table.births.month_first for table in tables} - {None}
    few = len({day for table in undecided for day in _dates(table)}) < _ENOUGH_TO_ASK
    questions = []
    for table in undecided:
        if table.births.mixed or (len(shown_elsewhere) != 1 and not (few and not shown_elsewhere)):
            questions.append(_ask(table))
        elif shown_elsewhere == {True}:
            _swap(table, refused)
            _say(table, _OTHERS_MONTH)
        else:
            _say(table, _OTHERS_DAY if shown_elsewhere else _TOO_FEW)
    return questions


def _dates(table: TablePeople) -> list[str]:
    return [shown(day) for place in table.births.open if (day := table.rows[place].birth_date)]


def _ask(table: TablePeople) -> Question:
    example = next(iter(_dates(table)), "")
    for place in table.births.open:
        row = table.rows[place]
        table.problems.append(_problem(table, row, _UNDECIDED))
        table.rows[place] = row._replace(birth_date=None, birth_year=None)
    table.problems.sort(key=lambda problem: problem.row)
    _say(table, _MIXED if table.births.mixed else _ASKED)
    return Question(
        table.sheet,
        table.births_in,
        "date-order",
        "Does the day or the month come first in column %(column)s of sheet %(sheet)s? Dates like %(example)s can be read either way.",
        (("column", table.births_in or ""), ("sheet", table.sheet), ("example", example), ("dates", str(len(table.births.open)))),
    )


def _swap(table: TablePeople, refused: Refused) -> None:
    for place in table.births.open:
        row = table.rows[place]
        if row.birth_date:
            days: list[date | None] = [row.birth_date.replace(day=row.birth_date.month, month=row.birth_date.day)]
            finding = without_refused("birth_date", [(0, MONTH_FIRST)], refused, days)[0][1]
            table.problems.append(_problem(table, row, finding))
            table.rows[place] = row._replace(birth_date=days[0], birth_year=days[0].year if days[0] else None)
    table.problems.sort(key=lambda problem: problem.row)


def _problem(table: TablePeople, row: RosterRow, finding: Finding) -> Problem:
    value = shown(row.birth_date) if row.birth_date else ""
    return Problem(row.sheet, row.row, table.births_in, "birth_date", finding.severity, value, finding.code, finding.text, finding.params)


def _say(table: TablePeople, evidence: Evidence) -> None:
    table.columns[:] = [c._replace(evidence=evidence) if c.letters == table.births_in else c for c in table.columns]
