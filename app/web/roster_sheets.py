"""Findings drawn into the sender's own sheet: Excel's row numbers and column letters, the message inside the cell it is about."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from flask_babel import gettext

from app.domain import names
from app.queries.roster_problems import ProblemView
from app.queries.summaries import ColumnUnderstood, GroupView
from app.web import roster_words, words
from imports.values import GuardianRead, RosterRow, Severity

_NAMES = frozenset({"full_name", "family_name", "middle_name", "given_name"})
_OFFENDING = frozenset({"wrong", "odd"})
_TONES = {Severity.ERROR: "wrong", Severity.WARNING: "odd", Severity.REPAIR: "fixed"}


@dataclass(frozen=True, slots=True)
class Cell:
    """`text` is what is kept or what stands there; `was` what stood there before a repair; `tone` is None for a cell without findings;
    `can_type` tells whether it is corrected here."""

    text: str
    was: str | None = None
    tone: str | None = None
    messages: tuple[str, ...] = ()
    can_type: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A row; `messages` are about it as a whole. `is_blank` tells that nothing of its cells is known."""

    row: int
    cells: tuple[Cell, ...]
    messages: tuple[str, ...]

    @property
    def is_blank(self) -> bool:
        return not any(cell.text or cell.messages for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column; `note` is what was mended in all of its cells alike."""

    letters: str
    heading: str
    is_name: bool
    note: str | None


@dataclass(frozen=True, slots=True)
class Drawn:
    """A part of one sheet: the columns that were taken and the rows in which something was found."""

    name: str
    heads: tuple[Head, ...]
    lines: tuple[Line, ...]


def draw(findings: Iterable[ProblemView], columns: Sequence[ColumnUnderstood], *, is_open: bool = False) -> list[Drawn]:
    """The findings by sheet, sheets and rows in the order given. In an open review offending cells are corrected where they stand."""
    by_sheet: dict[str, dict[int, list[ProblemView]]] = {}
    for finding in findings:
        by_sheet.setdefault(finding.sheet, {}).setdefault(finding.row, []).append(finding)
    return [_sheet(name, rows, [column for column in columns if column.sheet == name], is_open) for name, rows in by_sheet.items()]


def said(finding: ProblemView | GroupView) -> str:
    """The finding in the visitor's language."""
    return str(gettext(finding.text, **finding.params))


def _sheet(name: str, rows: dict[int, list[ProblemView]], columns: Sequence[ColumnUnderstood], is_open: bool) -> Drawn:
    found_in = {finding.column for findings in rows.values() for finding in findings if finding.column}
    drawn = tuple(column for column in columns if column.letters in found_in or _is_drawn(column))
    others = found_in - {column.letters for column in drawn}
    drawn += tuple(ColumnUnderstood(name, letters, "", None, None) for letters in sorted(others))
    notes = {column.letters: _common_note(rows.values(), column.letters) for column in drawn}
    heads = tuple(Head(column.letters, column.heading, column.field in _NAMES, notes[column.letters]) for column in drawn)
    return Drawn(name, heads, tuple(_line(row, findings, drawn, notes, is_open) for row, findings in rows.items()))


def _common_note(rows: Iterable[Sequence[ProblemView]], letters: str) -> str | None:
    """What repairs of a column say, where all say the same: it stands once, in the column's head."""
    found = [finding for findings in rows for finding in findings if finding.column == letters]
    told = {said(finding) for finding in found}
    return told.pop() if len(told) == 1 and len(found) > 1 and found[0].severity is Severity.REPAIR else None


def _is_drawn(column: ColumnUnderstood) -> bool:
    """The list's own number says no more than Excel's; a card's number is not kept."""
    return column.field is not None and column.field not in {"number", "health_card", "relation"}


def _line(
    row: int, findings: Sequence[ProblemView], columns: Sequence[ColumnUnderstood], notes: dict[str, str | None], is_open: bool
) -> Line:
    values = next((finding.row_values for finding in findings if finding.row_values), None)
    by_column: dict[str | None, list[ProblemView]] = {}
    for finding in findings:
        by_column.setdefault(finding.column, []).append(finding)
    about_row = by_column.get(None, [])
    cells = [_cell(by_column.get(column.letters, []), column.field, values, notes[column.letters]) for column in columns]
    if values is None and about_row:  # then the finding's value is the name
        cells = [Cell(about_row[0].value) if column.field == "full_name" else cell for column, cell in zip(columns, cells, strict=True)]
    if is_open:  # what is wrong with the row as a whole can be mended in any of its cells
        of_row = any(finding.severity is Severity.ERROR for finding in about_row)
        cells = [
            replace(cell, can_type=column.field is not None and (cell.tone in _OFFENDING or (of_row and cell.tone is None)))
            for column, cell in zip(columns, cells, strict=True)
        ]
    return Line(row, tuple(cells), tuple(map(said, about_row)))


def _cell(findings: Sequence[ProblemView], field: str | None, values: RosterRow | None, note: str | None) -> Cell:
    kept = shown(values, field) if values and field else ""
    if not findings:
        return Cell(kept)
    worst = min((finding.severity for finding in findings), key=list(Severity).index)
    messages = tuple(text for text in dict.fromkeys(map(said, findings)) if text != note)
    written = findings[0].value
    if worst is Severity.REPAIR and kept and kept != written:
        return Cell(kept, written, _TONES[worst], messages)
    return Cell(written or kept, None, _TONES[worst], messages)


def shown(row: RosterRow, field: str) -> str:
    """What was read for a column's field, as it is written here."""
    if field in _MADE:
        return _MADE[field](row)
    if field in RosterRow._fields:
        return str(getattr(row, field) or "")
    role, _underscore, part = field.partition("_")
    guardian = _guardian(row.guardians, role)
    if guardian is None:
        return ""
    if part == "contact":
        return " ".join(filter(None, (guardian.full_name, guardian.phone)))
    return {"name": guardian.full_name, "phone": guardian.phone, "personal_id": guardian.personal_id}.get(part) or ""


def fields_of(rows: Iterable[RosterRow]) -> list[str]:
    """The fields that any of the rows has, for a table of them; a year of birth stands in the column of the dates."""
    found = list(rows)
    return [field for field in roster_words.FIELDS if field != "birth_year" and any(shown(row, field) for row in found)]


def _guardians(row: RosterRow) -> str:
    return "\n".join(filter(None, map(_one_guardian, row.guardians)))


def _one_guardian(guardian: GuardianRead) -> str:
    relation = words.RELATIONS.get(guardian.relation or "")
    told = " ".join(filter(None, (guardian.full_name, guardian.phone)))
    return f"{relation}: {told}" if relation and told else told


def _birth(row: RosterRow) -> str:
    if row.birth_date:
        return f"{row.birth_date:%d/%m/%Y}"
    return str(row.birth_year or "")


def _guardian(guardians: Sequence[GuardianRead], role: str) -> GuardianRead | None:
    """The guardian of a column "Họ tên mẹ"; "phụ huynh" may be any of them."""
    if role in {"parent", "parent2"}:
        place = 0 if role == "parent" else 1
        return guardians[place] if len(guardians) > place else None
    alike = [guardian for guardian in guardians if guardian.relation == role.removesuffix("2")]
    place = 1 if role == "guardian2" else 0
    return alike[place] if len(alike) > place else None


_MADE: dict[str, Callable[[RosterRow], str]] = {
    "family_name": lambda row: " ".join(row.full_name.split()[:-1]),
    "middle_name": lambda row: names.split(row.full_name).middle,
    "given_name": lambda row: names.split(row.full_name).given,
    "birth_date": _birth,
    "birth_year": _birth,
    "birth_day": lambda row: str(row.birth_date.day) if row.birth_date else "",
    "birth_month": lambda row: str(row.birth_date.month) if row.birth_date else "",
    "birth_if_male": lambda row: _birth(row) if row.sex == "male" else "",
    "birth_if_female": lambda row: _birth(row) if row.sex == "female" else "",
    "guardians": _guardians,
    "sex": lambda row: str(words.SEXES.get(row.sex or "", "")),
    "is_male": lambda row: "x" if row.sex == "male" else "",
    "is_female": lambda row: "x" if row.sex == "female" else "",
}
