"""Parents and guardians, who stand in columns of their child's row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.domain.names import fold
from imports.files.cells import shown
from imports.headings.guardian_headings import GUARDIAN_ROLES
from imports.headings.number_owners import owner_of
from imports.judges.identity import judge_personal_ids
from imports.people.guardian_contacts import Note, names_and_phones
from imports.sheets.columns import FieldCells
from imports.values import Finding, GuardianRead, Severity
from imports.words.relatives import parent_of

Born = tuple[Sequence[int | None], Sequence[str | None]]

_CHILDS = Finding(
    Severity.WARNING,
    "childs-number",
    "Birth year and sex inside the number are those of the person listed, so it was not taken as a guardian's. Check whose it is.",
)
_OF_ROLE = {"father": "father", "mother": "mother", "guardian": "guardian", "guardian2": "guardian"}


def guardians_of(cells: FieldCells, note: Note, born: Born | None = None) -> list[tuple[GuardianRead, ...]] | None:
    """Each person's guardians, or None for a sheet without columns for them. `born`: the people's birth years and sexes."""
    present = [role for role in GUARDIAN_ROLES if any(field.startswith(f"{role}_") for field in cells.fields())]
    if not present:
        return None
    second: dict[int, GuardianRead] = {}
    found: list[tuple[GuardianRead, ...]]
    columns = [
        _one_guardian(cells, role, note, second, born, relation_column=role == present[-1] or role == "guardian") for role in present
    ]
    if len(columns) == 1:
        found = [(guardian,) if guardian else () for guardian in columns[0]]
    else:
        found = [tuple(filter(None, several)) for several in zip(*columns, strict=True)]
        if "parent" in present or "parent2" in present:
            found = [_each_once(several) if len(several) > 1 else several for several in found]
    for index, guardian in second.items():
        found[index] += (guardian,)
    return found


def _each_once(guardians: tuple[GuardianRead, ...]) -> tuple[GuardianRead, ...]:
    """Who is named again as a parent or a contact person, without saying which, is one with the father or mother of that name."""
    names = {one.full_name for one in guardians}
    if len(names) == len(guardians) and None not in names:
        return guardians
    unsaid = [one for one in guardians if one.relation is None or one.full_name is None]
    kept = list(guardians)
    for again in unsaid:
        place = next((place for place, one in enumerate(kept) if one is not again and _is_same(one, again)), None)
        if place is not None:
            kept[place] = GuardianRead(*(first or second for first, second in zip(kept[place], again, strict=True)))
            kept.remove(again)
    return tuple(kept)


def _is_same(known: GuardianRead, again: GuardianRead) -> bool:
    """The same name beside a relation that is not said, or the same relation beside a name that is not; and no number that differs."""
    if known.relation is None or any(one and other and one != other for one, other in zip(known[2:], again[2:], strict=True)):
        return False
    return known.full_name == again.full_name if again.full_name else known.relation == again.relation != "guardian"


def _one_guardian(
    cells: FieldCells, role: str, note: Note, second: dict[int, GuardianRead], born: Born | None, *, relation_column: bool
) -> list[GuardianRead | None]:
    told = names_and_phones(cells, role, note)
    second.update(told.second)
    ids = _personal_ids(cells, f"{role}_personal_id", note, born)
    relations = _relations(cells, role, told.relations, relation_column=relation_column)
    return [
        GuardianRead(relation, name, phone, number) if name or phone or number else None
        for relation, name, phone, number in zip(relations, told.names, told.phones, ids, strict=True)
    ]


def _personal_ids(cells: FieldCells, field: str, note: Note, born: Born | None) -> list[str | None]:
    column = cells.take(field)
    if column is None:
        return [None] * cells.count
    papers, findings = judge_personal_ids(column.values, [None] * cells.count, [None] * cells.count)
    numbers = [paper.personal_id for paper in papers]
    for index, (year, sex) in enumerate(zip(*born, strict=True) if born else ()):
        if sex and owner_of(numbers[index] or "", year, sex) == "person":
            numbers[index] = None
            findings.append((index, _CHILDS))
    note(field, "guardian_personal_id", findings, numbers)
    return numbers


def _relations(cells: FieldCells, role: str, said: Mapping[int, str], *, relation_column: bool) -> list[str | None]:
    """From a column Quan hệ where there is one; else what a cell says, or the headings ("Họ tên mẹ"). "Phụ huynh" may be either parent."""
    own = cells.take(f"{role}_relation") or (cells.take("relation") if relation_column else None)
    if own is None:
        return [said.get(index, _OF_ROLE.get(role)) for index in range(cells.count)] if said else [_OF_ROLE.get(role)] * cells.count
    known = {cell: relation_of(shown(cell)) or _OF_ROLE.get(role) for cell in set(own.values)}
    return [known[cell] for cell in own.values]


def relation_of(text: str) -> str | None:
    """Bố, Mẹ, Ông, Cô …: father, mother, or guardian for anybody else who is named; None where nothing stands."""
    if not fold(text).strip(" ."):
        return None
    return parent_of(text) or "guardian"
