"""`python -m imports FILE` prints what is read in a roster, as JSON. For people who want to see what the reader understands of a file."""

from __future__ import annotations

import json
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from imports import ColumnRead, Evidence, Note, Problem, Question, Reading, RosterRow, Severity, Unreadable, read

_FIRST_LISTS = date(2020, 11, 16)  # letter 3717/BHXH-CNTT
_EAST = timedelta(hours=14)  # wherever it was changed, no later day had begun
_FILLED = {"health_card": "bhxh_code", "old_id": "personal_id"}  # columns that people have no field of: what their values fill
_OF_PERSONAL_ID = frozenset({"unknown-place", "other-birth-year", "other-sex"})  # doubts about a card of twelve digits


def main(arguments: list[str]) -> int:
    if len(arguments) != 1:
        print("Usage: python -m imports FILE", file=sys.stderr)
        return 2
    path = Path(arguments[0])
    try:
        reading = read(path.read_bytes(), path.name, today=_changed_on(path))
    except OSError as error:
        print(f"The file can't be opened: {error.strerror}.", file=sys.stderr)
        return 2
    except Unreadable as error:
        print(error, file=sys.stderr)
        return 2
    json.dump(_as_json(reading), sys.stdout, ensure_ascii=False, indent=1)
    print()
    return 0


def _changed_on(path: Path) -> date | None:
    """The day on which a file was last changed: nobody in it was born later. None before VssID began, as packers put there (1970, 1980)."""
    changed = datetime.fromtimestamp(path.stat().st_mtime, UTC) + _EAST
    return changed.date() if changed.date() >= _FIRST_LISTS else None


def _as_json(reading: Reading) -> dict[str, Any]:
    return {
        "people": [_person(row) for row in reading.people],
        "problems": [_problem(problem) for problem in reading.problems if problem.severity is not Severity.REPAIR],
        "repairs": [_problem(problem) for problem in reading.problems if problem.severity is Severity.REPAIR],
        "sheets": [sheet._asdict() for sheet in reading.sheets],
        "columns": [_column(column) for column in reading.columns],
        "notes": [_told(note) for note in reading.notes],
        "questions": [_told(question) | {"column": question.column} for question in reading.questions],
        "fingerprint": reading.fingerprint,
    }


def _person(row: RosterRow) -> dict[str, Any]:
    guardians = [{name: value for name, value in guardian._asdict().items() if value} for guardian in row.guardians]
    return row._asdict() | {"birth_date": row.birth_date and row.birth_date.isoformat(), "guardians": guardians}


def _problem(problem: Problem) -> dict[str, Any]:
    return {
        "sheet": problem.sheet,
        "row": problem.row,
        "column": problem.column,
        "field": "personal_id" if problem.code in _OF_PERSONAL_ID else _FILLED.get(problem.field, problem.field),
        "severity": problem.severity.value,
        "value": problem.value,
        "code": problem.code,
        "message": _filled_in(problem),
    }


def _column(column: ColumnRead) -> dict[str, Any]:
    return column._asdict() | {"evidence": column.evidence and _filled_in(column.evidence)}


def _told(told: Note | Question) -> dict[str, Any]:
    return {"sheet": told.sheet, "code": told.code, "message": _filled_in(told)}


def _filled_in(said: Problem | Note | Question | Evidence) -> str:
    return said.text % dict(said.params) if said.params else said.text


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
