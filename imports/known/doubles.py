"""Two rows of one person are a problem of the second row; twins, and two people of one name, are two people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import itemgetter

from app.domain.names import fold_name, match_key
from imports.units.names import unit_key
from imports.values import Problem, RosterRow, Severity

_NUMBERS = ("personal_id", "bhxh_code", "pupil_code", "staff_code")
NUMBER_PLACES = tuple(RosterRow._fields.index(name) for name in _NUMBERS)


@dataclass(slots=True)
class Doubles:
    """Places of rows that repeat an earlier one, numbers that stand for two different people (place -> fields), and what to say of both."""

    repeated: dict[int, int] = field(default_factory=dict)  # place -> the earlier place
    shared: dict[int, list[str]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def find_doubles(rows: Sequence[RosterRow]) -> Doubles:
    doubles = Doubles()
    everybody_has_one = False
    for name, place in zip(_NUMBERS, NUMBER_PLACES, strict=True):
        values: list[str | None] = list(map(itemgetter(place), rows))
        distinct = set(values)
        everybody_has_one = everybody_has_one or (len(distinct) == len(rows) and None not in distinct)
        if len(distinct) - (None in distinct) < len(values) - values.count(None):
            _by_number(rows, values, name, doubles)
    if not everybody_has_one:  # else no two rows can do without a differing number
        _by_name(rows, doubles.repeated)
    doubles.problems += [_double(rows[second], rows[first]) for second, first in sorted(doubles.repeated.items())]
    return doubles


def _by_number(rows: Sequence[RosterRow], values: list[str | None], name: str, doubles: Doubles) -> None:
    first_with: dict[str, int] = {}
    for index, value in enumerate(values):
        if value is None or index in doubles.repeated:
            continue
        first = first_with.setdefault(value, index)
        if first == index:
            continue
        if _may_be_one(rows[first], rows[index]):
            doubles.repeated[index] = first
        else:
            doubles.shared.setdefault(index, []).append(name)
            doubles.problems.append(_shared(rows[index], rows[first], name, value))


def _may_be_one(one: RosterRow, other: RosterRow) -> bool:
    """Of two rows with one number: whether name or birth date agree too. If neither does, a number was mistyped."""
    return fold_name(one.full_name) == fold_name(other.full_name) or (one.birth_date is not None and one.birth_date == other.birth_date)


def _by_name(rows: Sequence[RosterRow], repeated: dict[int, int]) -> None:
    alike: defaultdict[tuple[object, object], list[int]] = defaultdict(list)
    units = {unit: unit_key(unit or "") for unit in {row.unit for row in rows}}
    for index, row in enumerate(rows):
        if index not in repeated:
            alike[row.birth_date or row.birth_year, units[row.unit]].append(index)
    for indexes in alike.values():
        if len(indexes) > 1:
            _among_alike(rows, indexes, repeated)


def _among_alike(rows: Sequence[RosterRow], indexes: list[int], repeated: dict[int, int]) -> None:
    named: defaultdict[str, list[int]] = defaultdict(list)
    for index in indexes:
        earlier = named[match_key(rows[index].full_name)]
        first = next((place for place in earlier if _is_one(rows[place], rows[index])), None)
        if first is None:
            earlier.append(index)
        else:
            repeated[index] = first


def _is_one(one: RosterRow, other: RosterRow) -> bool:
    """Of two rows with one name, birth date and unit: no number differs. Without a birth date the phone or guardians must agree."""
    if any(one[place] and other[place] and one[place] != other[place] for place in NUMBER_PLACES):
        return False
    if one.birth_date:
        return True
    return bool(one.phone or one.guardians) and (one.phone, one.guardians) == (other.phone, other.guardians)


def _double(second: RosterRow, first: RosterRow) -> Problem:
    return Problem(
        second.sheet,
        second.row,
        None,
        "row",
        Severity.ERROR,
        second.full_name,
        "duplicate",
        "This person already stands in row %(row)s of sheet %(sheet)s. Delete one of the two rows.",
        (("row", str(first.row)), ("sheet", first.sheet)),
    )


def _shared(second: RosterRow, first: RosterRow, name: str, value: str) -> Problem:
    return Problem(
        second.sheet,
        second.row,
        None,
        name,
        Severity.ERROR,
        value,
        "number-of-another",
        "This number also stands in row %(row)s of sheet %(sheet)s, for somebody of another name and birth date. Find out whose it is.",
        (("row", str(first.row)), ("sheet", first.sheet)),
    )
