"""What is asked of the reading of one table, and what comes of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from imports.people.births import Births
from imports.people.refused_repairs import Refused
from imports.people.sex_column import SexesRead
from imports.sheets.columns import Dispute
from imports.values import ColumnRead, Problem, RosterRow

Step = Callable[[int, int], None]  # rows judged, of how many


@dataclass(frozen=True, slots=True)
class Wishes:
    """What is asked of the reading of one sheet beyond what the sheet says. `today`: as for `imports.read`."""

    month_first: bool | None = None
    refused: Refused = frozenset()
    step: Step | None = None
    today: date | None = None


@dataclass(slots=True)
class TablePeople:
    sheet: str
    rows: list[RosterRow]
    problems: list[Problem]
    unit_from: str | None
    unmarked: str | None = None  # a lone column Nữ (or Nam) without one mark: the sex of its blank cells, if other sheets have marks
    marked: bool = False  # a lone column with marks
    columns: list[ColumnRead] = field(default_factory=list)
    skipped: dict[str, list[int]] = field(default_factory=dict)
    disputes: list[Dispute] = field(default_factory=list)
    births: Births = field(default_factory=lambda: Births([], []))
    sexes: SexesRead | None = None
    births_in: str | None = None  # the letters of the birth dates' column
