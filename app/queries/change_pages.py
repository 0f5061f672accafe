"""How the changes of a roster are kept: a page of them as JSON, so that a review's page is one row and an import few."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import repeat
from typing import Any, NamedTuple

import orjson

from imports.values import Difference, GuardianRead, RosterRow

PAGE = 100
AGAIN = "again"  # the kind of pages that repeat what differs from the review before


class KeptChange(NamedTuple):
    """One change as it is kept. `values` is the row as JSON has it (`row_of` makes it a row), None for somebody whom the roster does not
    name; `person_id` is given beforehand also to a new person, `is_known` tells them apart; `differences` are (field, old, new)."""

    values: list[Any] | None
    person_id: int | None
    is_known: bool
    person_revision: int | None
    differences: list[list[str | None]]


def packed(changes: Iterable[tuple[Any, ...]]) -> str:
    """Tuples in the order of `KeptChange` (with a `RosterRow` for its values) as JSON."""
    return orjson.dumps(list(changes), default=tuple).decode()


def unpacked(text: str) -> list[KeptChange]:
    return list(map(tuple.__new__, repeat(KeptChange), orjson.loads(text)))  # as _make does, without a call for each change


def unpacked_again(text: str) -> list[tuple[KeptChange, str]]:
    """The changes of a page of `AGAIN`, each with its own kind, which is kept behind it."""
    return [(KeptChange._make(change[:-1]), change[-1]) for change in orjson.loads(text)]


def packed_row(row: RosterRow) -> str:
    return orjson.dumps(tuple(row), default=tuple).decode()


def unpacked_row(text: str) -> RosterRow:
    return row_of(orjson.loads(text))


def row_of(values: list[Any]) -> RosterRow:
    """The row that was read, from its JSON values."""
    sheet, row, name, birth, *others, guardians = values
    birth_date = date.fromisoformat(birth) if birth else None
    return RosterRow._make((sheet, row, name, birth_date, *others, tuple(GuardianRead(*guardian) for guardian in guardians)))


def differences_of(change: KeptChange) -> tuple[Difference, ...]:
    return tuple(Difference._make(difference) for difference in change.differences)
