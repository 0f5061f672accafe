"""What is kept with a roster as JSON: how its workbook was understood, and what a review says before it shows a row."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import orjson

from app.queries.change_pages import row_of
from imports.values import Evidence, Note, Question, RosterRow, Severity


@dataclass(frozen=True, slots=True)
class SheetUnderstood:
    name: str
    header_row: int | None
    people: int
    skipped: str | None
    unit_from: str | None


@dataclass(frozen=True, slots=True)
class ColumnUnderstood:
    sheet: str
    letters: str
    heading: str
    field: str | None
    why_not: str | None
    samples: tuple[str, ...] = ()
    why: str = "heading"
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class Understood:
    """How the workbook was read."""

    sheets: tuple[SheetUnderstood, ...] = ()
    columns: tuple[ColumnUnderstood, ...] = ()
    notes: tuple[Note, ...] = ()
    questions: tuple[Question, ...] = ()

    @property
    def dropped(self) -> tuple[str, ...]:
        """Headings of columns that are not kept, each once."""
        return tuple(dict.fromkeys(c.heading for c in self.columns if c.field is None and c.why_not != "unknown"))

    @property
    def evidence(self) -> tuple[ColumnUnderstood, ...]:
        """Columns of which their values showed how to read them."""
        return tuple(column for column in self.columns if column.evidence)


@dataclass(frozen=True, slots=True)
class GroupView:
    """Findings that say the same; `where` names the cells of errors and warnings ("D4, D9–D31"), `examples` what repairs made of what.
    `is_alike` tells whether `params` hold for all of them."""

    number: int
    severity: Severity
    sheet: str
    column: str | None
    field: str
    code: str
    text: str
    params: dict[str, str]
    is_alike: bool
    where: str
    count: int
    examples: tuple[tuple[str, RosterRow], ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """Findings rolled up, the rows that wait (by sheet), and how many known values of each field would be overwritten."""

    groups: tuple[GroupView, ...] = ()
    waiting: tuple[tuple[str, str], ...] = ()
    overwritten: dict[str, int] = field(default_factory=dict)

    @property
    def to_check(self) -> tuple[GroupView, ...]:
        return tuple(group for group in self.groups if group.severity is not Severity.REPAIR)

    @property
    def repairs(self) -> tuple[GroupView, ...]:
        return tuple(group for group in self.groups if group.severity is Severity.REPAIR)


_TOLD = ("severity", "sheet", "column", "field", "code", "text", "params", "is_alike", "where", "count")


def understood_of(text: str) -> Understood:
    kept = orjson.loads(text or '{"sheets": [], "columns": []}')
    return Understood(
        tuple(SheetUnderstood(*sheet) for sheet in kept["sheets"]),
        tuple(_column(*column) for column in kept["columns"]),
        tuple(Note(sheet, code, said, _pairs(params)) for sheet, code, said, params in kept.get("notes", ())),
        tuple(Question(sheet, column, code, said, _pairs(params)) for sheet, column, code, said, params in kept.get("questions", ())),
    )


def _column(
    sheet: str,
    letters: str,
    heading: str,
    field: str | None,
    why_not: str | None,
    samples: list[str] | None = None,
    why: str = "heading",
    evidence: tuple[str, list[list[str]]] | None = None,
) -> ColumnUnderstood:
    seen = Evidence(evidence[0], _pairs(evidence[1])) if evidence else None
    return ColumnUnderstood(sheet, letters, heading, field, why_not, tuple(samples or ()), why, seen)


def _pairs(params: list[list[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in params)


def summary_of(text: str) -> Summary:
    kept = orjson.loads(text)
    groups = (_group(number, told) for number, told in enumerate(kept.get("groups", ())))
    waiting = tuple((sheet, rows) for sheet, rows in kept.get("waiting", ()))
    return Summary(tuple(groups), waiting, kept.get("overwritten", {}))


def _group(number: int, told: list[Any]) -> GroupView:
    *values, examples = told
    view = dict(zip(_TOLD, values, strict=True))
    view["severity"] = Severity(view["severity"])
    return GroupView(number, **view, examples=tuple((old, row_of(row)) for old, row in examples))
