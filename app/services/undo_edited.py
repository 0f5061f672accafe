"""Whether people whom a roster brought are still as it brought them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import select

from app.domain.names import fold
from app.extensions import db
from app.models import ChangePage, Person, Unit
from app.queries.change_pages import unpacked
from app.services.effects import VALUES, Effects, Values, values_of
from imports.values import Kind, RosterRow

_PLACES = {name: place for place, name in enumerate(RosterRow._fields)}
_NOTHING: Values = dict.fromkeys(VALUES)


def edited(institution_id: int, roster_id: int, revisions: Mapping[int, int], effects: Effects) -> Iterator[int]:
    """Those whose details are others now. Who was never edited is known by the revision, and not looked at."""
    perhaps = {number for number, revision in revisions.items() if revision != 1}
    if not perhaps:
        return
    keys: dict[int | None, str] = dict(
        db.session.execute(select(Unit.id, Unit.name_key).where(Unit.institution_id == institution_id)).all()
    )
    brought = _as_brought(institution_id, roster_id, perhaps, effects)
    columns = [Person.id, Person.has_card, *(getattr(Person, name) for name in VALUES)]
    people = select(*columns).where(Person.institution_id == institution_id, Person.roster_id == roster_id, Person.revision != 1)
    for person in db.session.execute(people):
        now = values_of(person) | {"unit_id": keys.get(person.unit_id)}
        for name, (_, after) in effects.people.get(person.id, {}).items():  # the same roster named them again, as a guardian
            brought.setdefault(person.id, dict(_NOTHING))[name] = keys.get(after) if name == "unit_id" else after
        if person.has_card is not None or now != brought.get(person.id):
            yield person.id


def _as_brought(institution_id: int, roster_id: int, wanted: set[int], effects: Effects) -> dict[int, Values]:
    """The values of some people as the roster brought them; a unit by its folded name."""
    found = {number: _NOTHING | values for number, values in effects.made.items() if number in wanted}
    pages = select(ChangePage.changes).where(
        ChangePage.institution_id == institution_id, ChangePage.roster_id == roster_id, ChangePage.kind == Kind.NEW
    )
    for changes in db.session.scalars(pages):
        for change in unpacked(changes):
            if change.person_id in wanted and change.values is not None and not change.is_known:
                found[change.person_id] = _of_row(change.values)
    return found


def _of_row(values: list[Any]) -> Values:
    unit = values[_PLACES["unit"]]
    return {name: values[_PLACES[name]] for name in VALUES if name != "unit_id"} | {"unit_id": fold(unit) if unit else None}
