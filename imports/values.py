"""What passes the wall of this room: the rows read, the problems found, the plan made. Plain frozen values, nothing computed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple


class Severity(StrEnum):
    """error: the value can't be trusted and was left out; warning: odd but usable, kept; repair: mended by rule, shown."""

    ERROR = "error"
    WARNING = "warning"
    REPAIR = "repair"


class Unreadable(Exception):
    """The file as a whole can't be taken. `code` names why (kebab-case); `text` is an English msgid, `params` fills it in."""

    def __init__(self, code: str, text: str, **params: str | int) -> None:
        super().__init__(text % params if params else text)
        self.code, self.text, self.params = code, text, params
        self.fingerprint = ""  # where no header was found: what an answer is remembered by, as Reading has it


class GuardianRead(NamedTuple):
    """A parent or guardian as one row of the roster names them. relation: father, mother, guardian or None."""

    relation: str | None
    full_name: str | None
    phone: str | None
    personal_id: str | None


class RosterRow(NamedTuple):
    """One person as read. Every value is tidy (NFC, ordinary case, digits only) or None where the cell was empty or not to be trusted."""

    sheet: str
    row: int
    full_name: str
    birth_date: date | None
    birth_year: int | None
    sex: str | None
    personal_id: str | None
    old_id: str | None
    bhxh_code: str | None
    pupil_code: str | None
    staff_code: str | None
    phone: str | None
    email: str | None
    unit: str | None
    position: str | None
    guardians: tuple[GuardianRead, ...]


class Finding(NamedTuple):
    """What is odd about one value, before it has an address. `text` is an English msgid that `params` fills in."""

    severity: Severity
    code: str
    text: str
    params: tuple[tuple[str, str], ...] = ()


class Problem(NamedTuple):
    """One finding in one cell (or row: field "row"). `row` is Excel's row number, `column` its letters ("D"); `text` an English msgid."""

    sheet: str
    row: int
    column: str | None
    field: str
    severity: Severity
    value: str
    code: str
    text: str
    params: tuple[tuple[str, str], ...] = ()


class Correction(NamedTuple):
    """A cell typed anew in the browser: its text takes the place of what the sheet has there, and is judged like any other."""

    sheet: str
    row: int
    column: str
    text: str


class SheetAnswer(NamedTuple):
    """What a user said of a sheet. `header_row`: Excel's, None = find it, 0 = there is none; `fields`: a column's letters and its field,
    None = leave out. `though_hidden`: read it although the workbook hides it."""

    name: str
    taken: bool = True
    header_row: int | None = None
    fields: tuple[tuple[str, str | None], ...] = ()
    month_first: bool | None = None
    though_hidden: bool = False


class Answer(NamedTuple):
    """What a user said that a workbook means; remembered by the reading's fingerprint."""

    sheets: tuple[SheetAnswer, ...]


class Question(NamedTuple):
    """What the reader can't decide: "date-order", "two-headings", "no-header", "only-hidden". Until an `Answer` settles it, the cells
    aren't trusted."""

    sheet: str
    column: str | None
    code: str
    text: str
    params: tuple[tuple[str, str], ...] = ()


class Note(NamedTuple):
    """What was done with a sheet, or (sheet None) with the file, and is said: hidden rows read, totals skipped, a font converted."""

    sheet: str | None
    code: str
    text: str
    params: tuple[tuple[str, str], ...] = ()


class Evidence(NamedTuple):
    """What in a column's values shows how they are to be read: "31 values have a day over 12"."""

    text: str
    params: tuple[tuple[str, str], ...] = ()


class ColumnRead(NamedTuple):
    """How one column was understood; `field` is None for one that was not taken. `why_not`: "sensitive", "not-needed", "unknown",
    "whose" (the person's or a contact person's), "child-or-own", "either-parent", "left-out" (by an answer), None.
    `why`: "heading", "heading-above", "answer", "values". Only taken columns have samples."""

    sheet: str
    letters: str
    heading: str
    field: str | None
    why_not: str | None
    samples: tuple[str, ...] = ()
    why: str = "heading"
    evidence: Evidence | None = None


class SheetRead(NamedTuple):
    """How one sheet was understood; `skipped` is None for a sheet that was taken, else "hidden", "empty", "lookup" or "no-header"."""

    name: str
    header_row: int | None
    people: int
    skipped: str | None
    unit_from: str | None  # "column", "group-rows", "sheet-name", "title" or None: where the unit came from


@dataclass(frozen=True, slots=True)
class Reading:
    """A workbook as understood: people in the file's order, problems in the file's order, and how it was understood."""

    people: tuple[RosterRow, ...]
    problems: tuple[Problem, ...]
    sheets: tuple[SheetRead, ...]
    columns: tuple[ColumnRead, ...]
    titles: tuple[str, ...]  # the lines above the headers, tidy, each once
    notes: tuple[Note, ...] = ()
    questions: tuple[Question, ...] = ()
    fingerprint: str = ""  # of the taken sheets' headings: next term's file with the same headings has the same


class SheetPreview(NamedTuple):
    """A sheet as it stands, for somebody to say what it means: its first rows as shown text, what the reader would propose, and whether it
    seems to list people."""

    name: str
    hidden: bool
    rows: tuple[tuple[str, ...], ...]
    header_row: int | None
    fields: tuple[tuple[str, str | None], ...]
    lists_people: bool = False


class KnownPerson(NamedTuple):
    """A person as the institution knows them now.

    `registered`: has a registration in the campaign that the roster is for; `by_hand`: not from a roster; `left`: why they are outside the
    target, where that says that they are no longer here.
    """

    id: int
    revision: int
    registered: bool
    by_hand: bool
    full_name: str
    birth_date: date | None
    birth_year: int | None
    sex: str | None
    personal_id: str | None
    old_id: str | None
    bhxh_code: str | None
    pupil_code: str | None
    staff_code: str | None
    phone: str | None
    email: str | None
    unit: str | None
    position: str | None
    guardians: tuple[GuardianRead, ...]
    left: str | None = None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What is known when a plan is made. `other_names`: names of other institutions, to notice a file that is someone else's. `today`: the
    day on which nobody younger can stand in a list."""

    institution_name: str
    people: tuple[KnownPerson, ...]
    other_names: tuple[str, ...] = ()
    today: date | None = None


class Kind(StrEnum):
    """new: not known in this campaign; changed, moved (to another unit, whatever else changes), same: known; waiting: has an error, does
    not go in; absent: known, not in the file."""

    NEW = "new"
    CHANGED = "changed"
    MOVED = "moved"
    SAME = "same"
    WAITING = "waiting"
    ABSENT = "absent"


class Difference(NamedTuple):
    field: str
    old: str | None
    new: str | None


class PlannedChange(NamedTuple):
    """What one row of the roster would do. `person_id` is None for somebody not known at all; `row` is None for an absent person.

    An empty cell never erases a known value: a difference always has a new value.
    """

    kind: Kind
    row: RosterRow | None
    person_id: int | None
    person_revision: int | None
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """All changes, in the file's order, absent people last. `problems` holds the reading's and those that matching found."""

    changes: tuple[PlannedChange, ...]
    problems: tuple[Problem, ...]
    counts: dict[str, int] = field(default_factory=dict)  # by kind, plus "problems" (errors and warnings) and "repairs"
