"""What applying a roster does beyond bringing new people, noted while it is done and kept by the page, so that it can be undone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import orjson
from sqlalchemy import delete, select

from app.domain.details import PLAIN
from app.extensions import db
from app.models import EffectPage, Guardianship, Person
from app.services.bulk import insert_rows

PAGE = 1000
VALUES = ("unit_id", "full_name", *PLAIN)
APPLIED = "applied"  # a page of this kind says that all others are there, however few
_KINDS = ("units", "people", "made", "opened", "amiss", "turned", "links", "bulks")

Values = dict[str, Any]
Changed = dict[str, tuple[Any, Any]]  # values by name, before and after
Pair = tuple[int, int]  # child and guardian


@dataclass(slots=True)
class Link:
    """A child's guardian: the relation before and after; `is_new` that there was no such link."""

    before: str | None
    after: str | None
    is_new: bool


@dataclass(slots=True)
class Effects:
    """`units` that were made. `people` who were known: values before and after. `made` guardians with what they were made of. `opened`
    registrations of people who were known, among them `amiss` those of guardians whose child was registered already and who should have
    had one before; `turned` those of guardians who are asked to register now: (own day before, revision).
    `bulks` let those in again who had left. Dates stand as ISO text."""

    units: list[int] = field(default_factory=list)
    people: dict[int, Changed] = field(default_factory=dict)
    made: dict[int, Values] = field(default_factory=dict)
    opened: set[int] = field(default_factory=set)
    amiss: set[int] = field(default_factory=set)
    turned: dict[int, tuple[str | None, int]] = field(default_factory=dict)
    links: dict[Pair, Link] = field(default_factory=dict)
    bulks: list[int] = field(default_factory=list)

    def changed(self, person: Person, before: Values) -> None:
        """`person` has other values now than `before`; several changes of one value are one."""
        known = self.people.setdefault(person.id, {})
        for name, after in values_of(person).items():
            first = known.get(name, (before[name],))[0]
            if after != before[name] or name in known:
                known[name] = (first, after)

    def linked(self, link: Guardianship, before: str | None, *, is_new: bool) -> None:
        known = self.links.setdefault((link.child_id, link.guardian_id), Link(before, link.relation, is_new))
        known.after = link.relation


def values_of(person: Any) -> Values:
    """A person's values as they are kept and compared."""
    return {name: as_kept(getattr(person, name)) for name in VALUES}


def as_kept(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def as_stored(name: str, value: Any) -> Any:
    """A kept value as its column takes it."""
    return date.fromisoformat(value) if name == "birth_date" and value else value


def keep(institution_id: int, roster_id: int, effects: Effects) -> None:
    rows: dict[str, Sequence[Any]] = {
        "units": effects.units,
        "people": [(number, values) for number, values in effects.people.items() if values],
        "made": [(number, values) for number, values in effects.made.items()],
        "opened": sorted(effects.opened),
        "amiss": sorted(effects.amiss),
        "turned": [(number, *turned) for number, turned in effects.turned.items()],
        "links": [(*pair, link.before, link.after, link.is_new) for pair, link in effects.links.items()],
        "bulks": effects.bulks,
    }
    pages = [(APPLIED, 1, "[]")]
    pages += [page for kind, entries in rows.items() for page in paged(kind, entries, PAGE)]
    insert_rows(EffectPage, ("kind", "number", "effects"), pages, {"institution_id": institution_id, "roster_id": roster_id})


def paged(kind: str, entries: Sequence[Any], size: int) -> Iterable[tuple[str, int, str]]:
    for number, start in enumerate(range(0, len(entries), size), 1):
        yield kind, number, orjson.dumps(entries[start : start + size]).decode()


def kept(institution_id: int, roster_id: int) -> Effects | None:
    """None where nothing was noted: the roster was applied by a version that could not undo."""
    found: dict[str, list[Any]] = {}
    statement = select(EffectPage.kind, EffectPage.effects).where(
        EffectPage.institution_id == institution_id, EffectPage.roster_id == roster_id
    )
    for kind, effects in db.session.execute(statement.order_by(EffectPage.kind, EffectPage.number)):
        found.setdefault(kind, []).extend(orjson.loads(effects))
    if APPLIED not in found:
        return None
    units, people, made, opened, amiss, turned, links, bulks = (found.get(kind, []) for kind in _KINDS)
    return Effects(
        units=units,
        people=dict(people),
        made=dict(made),
        opened=set(opened),
        amiss=set(amiss),
        turned={number: (day, revision) for number, day, revision in turned},
        links={(child, guardian): Link(before, after, is_new) for child, guardian, before, after, is_new in links},
        bulks=bulks,
    )


def forget(institution_id: int, roster_id: int) -> None:
    db.session.execute(delete(EffectPage).where(EffectPage.institution_id == institution_id, EffectPage.roster_id == roster_id))
