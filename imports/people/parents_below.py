"""Parents who have rows of their own below their child, in the child's own columns: "Lê Thị Hoa (mẹ)", without a number."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from imports.files.cells import Sheet
from imports.judges.blanks import Findings
from imports.judges.contacts import judge_phones
from imports.judges.identity import judge_personal_ids
from imports.judges.name_and_phone import guardian_named, parted
from imports.judges.names import NameWords, judge_names, odd_names, tidy_names
from imports.sheets.columns import FieldCells
from imports.sheets.layout import Layout
from imports.sheets.row_kinds import Body
from imports.values import GuardianRead, Severity

Note = Callable[[FieldCells, str, str, Findings, list[str | None]], None]


class ParentRow(NamedTuple):
    """A row of a sheet (0-based), the place of the child among the people, and what the name's cell says."""

    row: int
    child: int
    relation: str
    said: str


def parents_in(body: Body) -> dict[int, tuple[str, str]]:
    """Rows without a number whose name says that it is a father's, a mother's or another relative's, in a list that is numbered."""
    number, name = body.by_field.get("number"), body.by_field.get("full_name")
    if number is None or name is None:
        return {}
    texts = ((index, line[name]) for index, line in enumerate(body.lines) if line[number] == "" and line[name] != "")
    return {index: parent for index, text in texts if isinstance(text, str) and (parent := guardian_named(text))}


def guardians_below(sheet: Sheet, layout: Layout, found: Sequence[ParentRow], note: Note) -> list[GuardianRead]:
    """The parents of these rows; telephone and number are those of their own row."""
    cells = FieldCells(sheet, layout, [one.row for one in found])
    parts = [parted(one.said) for one in found]
    words = NameWords()
    names = tidy_names([one.texts[0] if one.texts else "" for one in parts], words)
    findings = judge_names(names, odd_names(names, words))
    wrong = {index for index, finding in findings if finding.severity is Severity.ERROR}
    kept = [None if index in wrong else name or None for index, name in enumerate(names)]
    note(cells, "full_name", "guardian_name", findings, kept)
    phone, number = cells.take("phone"), cells.take("personal_id")
    beside, odd = judge_phones([" / ".join(one.numbers) for one in parts])
    note(cells, "full_name", "guardian_phone", odd, beside)
    phones, odd = judge_phones(phone.values) if phone else (beside, [])
    note(cells, "phone", "guardian_phone", odd, phones)
    nobody: list[str | None] = [None] * cells.count
    years: list[int | None] = [None] * cells.count
    papers, odd = judge_personal_ids(number.values, years, nobody) if number else ([], [])
    numbers = [paper.personal_id for paper in papers] or nobody
    note(cells, "personal_id", "guardian_personal_id", odd, numbers)
    return [
        GuardianRead(one.relation, name, own or other, personal_id)
        for one, name, own, other, personal_id in zip(found, kept, phones, beside, numbers, strict=True)
    ]
