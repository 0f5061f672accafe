"""One value typed into a form, judged exactly as a roster's cell is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from imports.judges.codes import judge_code
from imports.judges.contacts import judge_email, judge_phone
from imports.judges.dates import judge_birth
from imports.judges.identity import Papers, judge_bhxh_code, judge_old_id, judge_personal_id
from imports.judges.names import judge_name
from imports.judges.words import judge_position, judge_sex, judge_unit
from imports.values import Finding, Severity

Value = str | date | int | None
Judged = tuple[Value, Finding | None]

_NOT_A_DAY = Finding(Severity.ERROR, "not-a-date", "This is not a date that exists. Write day, month and year, like 27/10/2014.")
_NOT_A_YEAR = Finding(Severity.ERROR, "not-a-year", "This is not a year of birth. Write four digits, like 2014.")
_OTHER_NUMBER = Finding(Severity.ERROR, "other-number", "This number belongs in another field. Compare it with the card.")


def judge(field: str, text: str, *, birth_year: int | None = None, sex: str | None = None) -> Judged:
    """The value that a text stands for and what is odd about it; the value is None where it is blank or an error.

    `field` is a RosterRow's field other than sheet, row and guardians. `birth_year` and `sex`, where known, are held against a personal_id.
    """
    if field == "personal_id":
        return _paper(judge_personal_id(text, birth_year, sex, keeps_zeros=True), "personal_id")
    return _JUDGES[field](text)


def _paper(judged: tuple[Papers, Finding | None], field: str) -> Judged:
    papers, finding = judged
    value: str | None = getattr(papers, field)
    if value is None and any(papers):
        return None, _OTHER_NUMBER
    if value is None and finding and finding.severity is not Severity.ERROR:
        return None, finding._replace(severity=Severity.ERROR)
    return value, finding


def _name(text: str) -> Judged:
    name, finding = judge_name(text)
    return (None, finding) if finding and finding.severity is Severity.ERROR else (name or None, finding)


def _birth_date(text: str) -> Judged:
    born, finding = judge_birth(text)
    return (None, finding or _NOT_A_DAY) if born.on is None and born.year is not None else (born.on, finding)


def _birth_year(text: str) -> Judged:
    born, finding = judge_birth(text)
    return (None, _NOT_A_YEAR) if finding or born.on else (born.year, None)


_JUDGES: dict[str, Callable[[str], Judged]] = {
    "full_name": _name,
    "birth_date": _birth_date,
    "birth_year": _birth_year,
    "sex": judge_sex,
    "old_id": lambda text: _paper(judge_old_id(text), "old_id"),
    "bhxh_code": lambda text: _paper(judge_bhxh_code(text, keeps_zeros=True), "bhxh_code"),
    "pupil_code": judge_code,
    "staff_code": judge_code,
    "phone": judge_phone,
    "email": judge_email,
    "unit": judge_unit,
    "position": judge_position,
}
