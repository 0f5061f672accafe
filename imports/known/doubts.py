"""What makes a roster look like somebody else's. It is asked about before going on, never refused: whoever uploads it knows best."""

from __future__ import annotations

from typing import NamedTuple

from imports.units.institutions import other_institution
from imports.units.names import unit_key
from imports.values import Kind, Plan, Reading, Snapshot

MANY = 20  # so many people, in the file and known here, say something


class Doubt(NamedTuple):
    """`code`: "other-institution" (the title names `other`), "few-known" (`known` of the file's `people`, `here` are known in all)."""

    code: str
    params: dict[str, str | int]


def doubts(reading: Reading, planned: Plan, snapshot: Snapshot) -> list[Doubt]:
    found = []
    other = other_institution(reading.titles, snapshot)
    if other:
        found.append(Doubt("other-institution", {"other": other}))
    people, here = (
        len(reading.people),
        sum(1 for person in snapshot.people if person.registered or person.unit),
    )  # not those known as parents
    known = _known(planned, people)
    if people >= MANY and here >= MANY and known * 2 < people and not _is_new_unit(reading, snapshot):
        found.append(Doubt("few-known", {"known": known, "people": people, "here": here}))
    return found


def _known(planned: Plan, people: int) -> int:
    """Whoever may be somebody known counts as known: a row that waits because two people fit is no stranger."""
    return people - sum(1 for change in planned.changes if change.kind is Kind.NEW and change.person_id is None)


def _is_new_unit(reading: Reading, snapshot: Snapshot) -> bool:
    """A list of one class or department in which nobody is known yet: so schools send theirs, class by class."""
    units = {unit_key(person.unit) if person.unit else "" for person in reading.people}
    return len(units) == 1 and units.isdisjoint({unit_key(known.unit) for known in snapshot.people if known.unit} | {""})
