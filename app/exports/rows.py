"""What a workbook is made of: plain rows, worded already."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class ProgressLine:
    """One line of a progress table: a class or an institution. Milestones are cumulative; `code_missing` and `rejected` are who stands
    there now. `handed_in` is None where the procedure has no paper; `percent` 0 to 100 with one decimal, None where nobody is in scope."""

    name: str
    total: int
    in_scope: int
    code_missing: int
    declared: int
    handed_in: int | None
    rejected: int
    granted: int
    in_use: int
    done: int
    left: int
    percent: float | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One person of a list. `state` and `standing` are worded for the reader; `left` tells that they are in scope and not done."""

    full_name: str
    unit: str
    birth_date: date | None
    birth_year: int | None
    sex: str | None
    personal_id: str | None
    bhxh_code: str | None
    pupil_code: str | None
    staff_code: str | None
    phone: str | None
    email: str | None
    position: str | None
    guardian: str | None
    guardian_phone: str | None
    state: str
    standing: str
    declared_on: date | None
    paper_due_on: date | None
    handed_in_on: date | None
    granted_on: date | None
    signed_in_on: date | None
    reason: str | None
    left: bool

    @property
    def born(self) -> date | str | None:
        """The date, or the year alone where no more is known."""
        return self.birth_date or (str(self.birth_year) if self.birth_year else None)


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above a table. `as_of` is local time; `campaign` and `deadline` are worded lines; `issuer` is the body that reports."""

    issuer: str
    above_issuer: str
    title: str
    campaign: str
    deadline: str
    as_of: datetime


@dataclass(frozen=True, slots=True)
class InstitutionBook:
    """The institution's workbook. `unit_word` heads the column of units ("Lớp"); `people` come by unit and name, are read once, and their
    `unit` is a unit's `name`. `proofs` is a worded line on how the accounts are known, empty where there is none. `unused` names fields of
    PersonLine that nobody has: no column is spent on them."""

    heading: Heading
    unit_word: str
    units: tuple[ProgressLine, ...]
    total: ProgressLine
    people: Iterable[PersonLine]
    proofs: str = ""
    unused: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class PeopleBook:
    """A list of people as a page shows it, `count` of them; `meant` says in words who they are."""

    heading: Heading
    unit_word: str
    meant: str
    count: int
    people: Iterable[PersonLine]
    unused: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class AgencyBook:
    """The agency's progress workbook."""

    heading: Heading
    institutions: tuple[ProgressLine, ...]
    total: ProgressLine
    proofs: str = ""
