"""`python -m imports FILE` prints what is read in a roster, as JSON. For people who want to see what the reader understands of a file."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from imports import ColumnRead, Evidence, Note, Problem, Question, Reading, RosterRow, Severity, Unreadable, read


def main(arguments: list[str]) -> int:
    if len(arguments) != 1:
        print("Usage: python -m imports FILE", file=sys.stderr)
        return 2
    path = Path(arguments[0])
    try:
        reading = read(path.read_bytes(), path.name)
    except OSError as error:
        print(f"The file can't be opened: {error.strerror}.", file=sys.stderr)
        return 2
    except Unreadable as error:
        print(error, file=sys.stderr)
        return 2
    json.dump(_as_json(reading), sys.stdout, ensure_ascii=False, indent=1)
    print()
    return 0


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
        "field": problem.field,
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
