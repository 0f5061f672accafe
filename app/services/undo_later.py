"""What rosters that were applied after another one say of the same people: it stands, whatever becomes of the earlier one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import orjson
from sqlalchemy import select

from app.domain.names import fold, match_key
from app.extensions import db
from app.models import ChangePage, EffectPage, Roster
from app.queries.change_pages import unpacked
from app.services.effects import Pair
from imports.values import Kind, RosterRow

_unit_key = lru_cache(maxsize=10_000)(fold)  # a roster repeats its units
_PLACES = {name: place for place, name in enumerate(RosterRow._fields)}


@dataclass(slots=True)
class Later:
    """`rosters` by id, each with its campaign. `listed`: who stands in one, with what values (as JSON has them). `edits`: values that one
    changed. `links`: guardians that one noted. `moved_from`: the units that somebody was in before."""

    rosters: dict[int, int] = field(default_factory=dict)
    listed: dict[int, list[tuple[int, list[Any]]]] = field(default_factory=lambda: defaultdict(list))
    edits: dict[tuple[int, str], int] = field(default_factory=dict)
    links: dict[Pair, int] = field(default_factory=dict)
    moved_from: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))

    def says(self, person_id: int, name: str, value: Any, unit_key: str | None) -> int | None:
        """The roster that gives somebody exactly this value, if one does. Of a unit its folded name is asked."""
        for roster_id, values in self.listed.get(person_id, ()):
            said = values[_PLACES["unit" if name == "unit_id" else name]]
            if said is not None and (_unit_key(said) == unit_key if name == "unit_id" else said == value):
                return roster_id
        return None

    def names_guardian(self, child_id: int, full_name: str, phone: str | None, personal_id: str | None) -> int | None:
        """The roster in which this guardian stands beside the child, if there is one."""
        for roster_id, values in self.listed.get(child_id, ()):
            for _relation, name, number, own_id in values[_PLACES["guardians"]]:
                if (own_id or personal_id) and own_id == personal_id:
                    return roster_id
                if (name and match_key(name) == match_key(full_name)) or (number and number == phone):
                    return roster_id
        return None

    def campaigns_of(self, person_id: int) -> set[int]:
        return {self.rosters[roster_id] for roster_id, _ in self.listed.get(person_id, ())}


def later_than(roster: Roster) -> Later:
    """Rosters of the same institution, of whichever campaign, that were applied later and not undone."""
    statement = select(Roster.id, Roster.campaign_id).where(
        Roster.institution_id == roster.institution_id,
        Roster.status == "applied",
        Roster.undone_at.is_(None),
        Roster.people_mark > roster.people_mark,
    )
    later = Later(dict(db.session.execute(statement.order_by(Roster.people_mark)).all()))
    if later.rosters:
        _read_rows(later, roster.institution_id)
        _read_effects(later, roster.institution_id)
    return later


def _read_rows(later: Later, institution_id: int) -> None:
    pages = select(ChangePage.roster_id, ChangePage.changes).where(
        ChangePage.institution_id == institution_id,
        ChangePage.roster_id.in_(list(later.rosters)),
        ChangePage.kind.in_([Kind.NEW, Kind.CHANGED, Kind.MOVED, Kind.SAME]),
    )
    for roster_id, changes in db.session.execute(pages):
        for change in unpacked(changes):
            if change.is_known and change.person_id is not None and change.values is not None:
                later.listed[change.person_id].append((roster_id, change.values))


def _read_effects(later: Later, institution_id: int) -> None:
    pages = select(EffectPage.roster_id, EffectPage.kind, EffectPage.effects).where(
        EffectPage.institution_id == institution_id,
        EffectPage.roster_id.in_(list(later.rosters)),
        EffectPage.kind.in_(["people", "links"]),
    )
    for roster_id, kind, effects in db.session.execute(pages):
        for entry in orjson.loads(effects):
            if kind == "people":
                person_id, values = entry
                for name in values:
                    later.edits[person_id, name] = roster_id
                if "unit_id" in values and values["unit_id"][0] is not None:
                    later.moved_from[person_id].add(values["unit_id"][0])
            else:
                later.links[entry[0], entry[1]] = roster_id


def splice(institution_id: int, later: Later, kept: Mapping[tuple[int, str], tuple[Any, Any]]) -> None:
    """Of values that stay because a later roster replaced them ((person, name): before and after): once that one is undone as well, they
    return to what was before both."""
    replaced = {where: values for where, values in kept.items() if where in later.edits}
    if not replaced:
        return
    pages = select(EffectPage).where(
        EffectPage.institution_id == institution_id, EffectPage.roster_id.in_(list(later.rosters)), EffectPage.kind == "people"
    )
    for page in db.session.scalars(pages):
        _splice_page(page, replaced)
    db.session.flush()


def _splice_page(page: EffectPage, replaced: Mapping[tuple[int, str], tuple[Any, Any]]) -> None:
    entries = orjson.loads(page.effects)
    for person_id, values in entries:
        for name, pair in values.items():
            before, after = replaced.get((person_id, name), (None, None))
            if (person_id, name) in replaced and pair[0] == after:
                pair[0] = before
    text = orjson.dumps(entries).decode()
    if text != page.effects:
        page.effects = text
