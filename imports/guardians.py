"""Parents and guardians, who stand in columns of their child's row."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.domain.names import fold
from imports.cells import shown
from imports.columns import FieldCells
from imports.judges.blanks import Findings, says_nothing
from imports.judges.contacts import judge_phones
from imports.judges.identity import judge_personal_ids
from imports.judges.names import NameWords, judge_names, odd_names, tidy_names
from imports.values import GuardianRead, Severity

Note = Callable[[str, str, Findings, list[str | None]], None]  # field of the cells, field of the problems, findings, the values found

ROLES = ("father", "mother", "parent", "parent2", "guardian", "guardian2")
_OF_ROLE = {"father": "father", "mother": "mother", "guardian": "guardian", "guardian2": "guardian"}
_RELATIONS = {
    "father": frozenset({"cha", "bo", "ba", "cha ruot", "bo ruot", "father", "bo de", "cha de", "thay"}),
    "mother": frozenset({"me", "ma", "me ruot", "mother", "me de", "u", "bam"}),
}  # fmt: skip


def guardians_of(cells: FieldCells, note: Note) -> list[tuple[GuardianRead, ...]] | None:
    """Each person's guardians, or None for a sheet without columns for them."""
    present = [role for role in ROLES if any(field.startswith(f"{role}_") for field in cells.fields())]
    if not present:
        return None
    columns = [_one_guardian(cells, role, note, relation_column=role == present[-1] or role == "guardian") for role in present]
    if len(columns) == 1:
        return [(guardian,) if guardian else () for guardian in columns[0]]
    return [tuple(filter(None, several)) for several in zip(*columns, strict=True)]


def _one_guardian(cells: FieldCells, role: str, note: Note, *, relation_column: bool) -> list[GuardianRead | None]:
    names = _names(cells, f"{role}_name", note)
    phones = _phones(cells, f"{role}_phone", note)
    ids = _personal_ids(cells, f"{role}_personal_id", note)
    relations = _relations(cells, role, note, relation_column=relation_column)
    return [
        GuardianRead(relation, name, phone, number) if name or phone or number else None
        for relation, name, phone, number in zip(relations, names, phones, ids, strict=True)
    ]


def _names(cells: FieldCells, field: str, note: Note) -> Sequence[str | None]:
    column = cells.take(field)
    if column is None:
        return [None] * cells.count
    words = NameWords()
    names = tidy_names(["" if says_nothing(cell) else cell for cell in column.values], words)
    findings = judge_names(names, odd_names(names, words))
    wrong = {index for index, finding in findings if finding.severity is Severity.ERROR}
    kept = [None if index in wrong else name or None for index, name in enumerate(names)]
    note(field, "guardian_name", findings, kept)
    return kept


def _phones(cells: FieldCells, field: str, note: Note) -> list[str | None]:
    column = cells.take(field)
    if column is None:
        return [None] * cells.count
    phones, findings = judge_phones(column.values)
    note(field, "guardian_phone", findings, phones)
    return phones


def _personal_ids(cells: FieldCells, field: str, note: Note) -> list[str | None]:
    column = cells.take(field)
    if column is None:
        return [None] * cells.count
    papers, findings = judge_personal_ids(column.values, [None] * cells.count, [None] * cells.count)
    numbers = [paper.personal_id for paper in papers]
    note(field, "guardian_personal_id", findings, numbers)
    return numbers


def _relations(cells: FieldCells, role: str, note: Note, *, relation_column: bool) -> list[str | None]:
    """From a column Quan hệ where there is one; else what the headings say ("Họ tên mẹ"). "Phụ huynh" may be either parent."""
    own = cells.take(f"{role}_relation") or (cells.take("relation") if relation_column else None)
    if own is None:
        return [_OF_ROLE.get(role)] * cells.count
    known = {cell: relation_of(shown(cell)) or _OF_ROLE.get(role) for cell in set(own.values)}
    return [known[cell] for cell in own.values]


def relation_of(text: str) -> str | None:
    """Bố, Mẹ, Ông, Cô …: father, mother, or guardian for anybody else who is named; None where nothing stands."""
    word = fold(text).strip(" .")
    if not word:
        return None
    return next((relation for relation, words in _RELATIONS.items() if word in words), "guardian")
