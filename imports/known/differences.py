"""What a row of a roster would change about a person who is known. An empty cell changes nothing."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.names import fold_name, match_key
from app.domain.returning import BACK
from imports.units.names import unit_key
from imports.values import Difference, GuardianRead, KnownPerson, RosterRow

RETURNS = "returns"  # a difference that is no value: somebody who had left is in the list
_LAST_OF_KNOWN = KnownPerson._fields.index("left")
_FIRST_OF_ROW, _FIRST_OF_KNOWN = RosterRow._fields.index("full_name"), KnownPerson._fields.index("full_name")
_EXACT = ("sex", "personal_id", "old_id", "bhxh_code", "pupil_code", "staff_code", "phone")
_WORDS = ("email", "position")


def differences(row: RosterRow, known: KnownPerson) -> tuple[Difference, ...]:
    """Field by field, in the order of the fields."""
    found = [Difference(RETURNS, known.left, BACK)] if known.left else []
    if row[_FIRST_OF_ROW:] == known[_FIRST_OF_KNOWN:_LAST_OF_KNOWN]:  # both list the same fields in the same order
        return tuple(found)
    if not _same_name(row.full_name, known.full_name):
        found.append(Difference("full_name", known.full_name, row.full_name))
    found += _birth(row, known)
    found += [Difference(name, old, new) for name in _EXACT if (new := getattr(row, name)) and new != (old := getattr(known, name))]
    found += [
        Difference(name, old, new)
        for name in _WORDS
        if (new := getattr(row, name)) and new.casefold() != ((old := getattr(known, name)) or "").casefold()
    ]
    if row.unit and unit_key(row.unit) != unit_key(known.unit or ""):
        found.append(Difference("unit", known.unit, row.unit))
    if row.guardians and (guardians := _guardians(row.guardians, known.guardians)):
        found.append(guardians)
    return tuple(found)


def _same_name(new: str, old: str) -> bool:
    """Hoà and Hòa are one name; and a name without its marks tells nothing against the same one with them."""
    return new == old or match_key(new) == match_key(old) or (new.isascii() and fold_name(new) == fold_name(old))


def _birth(row: RosterRow, known: KnownPerson) -> list[Difference]:
    if row.birth_date:
        return [Difference("birth_date", _iso(known), row.birth_date.isoformat())] if row.birth_date != known.birth_date else []
    if row.birth_year and row.birth_year != known.birth_year and not known.birth_date:
        return [Difference("birth_year", str(known.birth_year) if known.birth_year else None, str(row.birth_year))]
    return []


def _iso(known: KnownPerson) -> str | None:
    return known.birth_date.isoformat() if known.birth_date else str(known.birth_year) if known.birth_year else None


def _guardians(new: Sequence[GuardianRead], old: Sequence[GuardianRead]) -> Difference | None:
    """A difference over all guardians together, if the row says anything that isn't known of them."""
    left = list(old)
    changed_old, changed_new = [], []
    for guardian in new:
        before = next((other for other in left if _are_one(guardian, other)), None)
        if before:
            left.remove(before)
        if before is None or not _is_covered(guardian, before):
            changed_new.append(readable(guardian))
            changed_old += [readable(before)] if before else []
    return Difference("guardians", "; ".join(changed_old) or None, "; ".join(changed_new)) if changed_new else None


def _are_one(new: GuardianRead, old: GuardianRead) -> bool:
    """Whether two entries mean one guardian: the number decides, then the phone, the name, or being the same parent."""
    if new.personal_id and old.personal_id:
        return new.personal_id == old.personal_id
    if new.full_name and old.full_name and match_key(new.full_name) == match_key(old.full_name):
        return True
    same_parent = new.relation == old.relation and new.relation in ("father", "mother")
    return same_parent or (new.phone is not None and new.phone == old.phone and not (new.full_name and old.full_name))


def _is_covered(new: GuardianRead, old: GuardianRead) -> bool:
    name_is_known = not new.full_name or (old.full_name is not None and _same_name(new.full_name, old.full_name))
    others = ((new.relation, old.relation), (new.phone, old.phone), (new.personal_id, old.personal_id))
    return name_is_known and all(not value or value == before for value, before in others)


def readable(guardian: GuardianRead) -> str:
    """A guardian as one line: name, phone, number, and who they are."""
    facts = ", ".join(filter(None, (guardian.full_name, guardian.phone, guardian.personal_id)))
    return f"{facts} ({guardian.relation})" if guardian.relation else facts
