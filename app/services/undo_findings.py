"""What undoing a roster would do, worked out without touching anything: what goes, what returns, what stays and why.

The page before the button and the undoing itself ask here, so the page shows what the button does.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

import orjson
from sqlalchemy import select

from app.domain.scope import CampaignScope
from app.domain.track import Part
from app.domain.undoing import OUTSIDE, Kept, Why
from app.extensions import db
from app.models import Person, RecordedEvent, Roster, Unit
from app.services.effects import VALUES, Effects, Pair, Values
from app.services.histories import Place, last_counting
from app.services.rewriting import details_of
from app.services.undo_later import Later
from app.services.undo_scene import Scene, look, registered
from app.services.undo_touched import recorded_after, units_in_use


@dataclass(slots=True)
class Findings:
    """`going` people, `closing` registrations of people who stay, `turning` ones that are a guardian's again (with the own day), `values`
    and `relations` that return, `parting` children and guardians, `units` that nobody needs any more. `children` who stay and lose a
    guardian, `guardians` who stay and lose a child. `leaving` are those, by bulk, who had come back.
    `replaced` are values that stay."""

    going: set[int] = field(default_factory=set)
    closing: set[int] = field(default_factory=set)
    turning: dict[int, str | None] = field(default_factory=dict)
    values: dict[int, Values] = field(default_factory=dict)
    relations: dict[Pair, str | None] = field(default_factory=dict)
    parting: set[Pair] = field(default_factory=set)
    units: set[int] = field(default_factory=set)
    children: set[int] = field(default_factory=set)
    guardians: set[int] = field(default_factory=set)
    leaving: dict[int, set[int]] = field(default_factory=dict)
    kept: list[Kept] = field(default_factory=list)
    replaced: dict[tuple[int, str], tuple[Any, Any]] = field(default_factory=dict)
    later: Later = field(default_factory=Later)

    @property
    def mark(self) -> str:
        """What was found, in short: whoever has seen one thing doesn't do another."""
        lists: tuple[Iterable[Any], ...] = (
            self.going,
            self.closing,
            self.turning,
            self.values,
            self.parting,
            self.units,
            *self.leaving.values(),
        )
        told = orjson.dumps([*(sorted(one) for one in lists), list(map(list, self.kept))])
        return hashlib.sha256(told).hexdigest()[:16]


def find(scope: CampaignScope, roster: Roster, effects: Effects) -> Findings:
    scene = look(scope, roster, effects)
    found = Findings(later=scene.later)
    staying = _staying(scene, found)
    found.going = scene.made - staying.keys()
    for child, guardian in scene.links:
        if (child, guardian) in found.parting or (child in found.going) != (guardian in found.going):
            found.children |= {child} - found.going
            found.guardians |= {guardian} - found.going
    _registrations(scene, staying, found)
    _values(scene, found)
    _returners(scene, found)
    found.units = _empty_units(scene, found)
    found.kept += _kept_people(scene, staying)
    found.kept = sorted(set(found.kept), key=lambda kept: (kept.person_id, kept.field or "", kept.why))
    return found


def _staying(scene: Scene, found: Findings) -> dict[int, set[Why]]:
    """Made people who stay, with why: for reasons of their own, or as guardians of somebody who stays."""
    staying = {number: set(whys) for number, whys in scene.own.items() if whys}
    names = _guardians_named(scene)
    moved = True
    while moved:
        moved = False
        for pair in scene.links:
            child, guardian = pair
            if guardian in scene.made and guardian not in staying and _link_stays(scene, staying, names, pair):
                staying[guardian] = {Why.GUARDS}
                moved = True
    for pair, link in scene.effects.links.items():
        child, guardian = pair
        if pair not in scene.links or any(number in scene.made and number not in staying for number in pair):
            continue
        kept = _kept_link(scene, staying, names, pair)
        if link.is_new and not _link_stays(scene, staying, names, pair):
            found.parting.add(pair)
        elif kept and child not in scene.made:
            found.kept.append(kept)
        elif not link.is_new and link.before != link.after:
            found.relations[pair] = link.before
    return staying


def _guardians_named(scene: Scene) -> dict[int, Any]:
    """The guardians of children who were known before, to tell whether a later roster names them as well."""
    ids = {guardian for (child, guardian) in scene.effects.links if child in scene.later.listed}
    return {number: person for number, *person in details_of(scene.scope.institution_id, ids, ("full_name", "phone", "personal_id"))}


def _link_stays(scene: Scene, staying: dict[int, set[Why]], names: dict[int, Any], pair: Pair) -> bool:
    child, guardian = pair
    if child in scene.made and child not in staying:
        return False
    link = scene.effects.links.get(pair)
    if link is None or not link.is_new or child in scene.made:
        return True
    return bool(scene.own.get(guardian)) or _kept_link(scene, staying, names, pair) is not None


def _kept_link(scene: Scene, staying: dict[int, set[Why]], names: dict[int, Any], pair: Pair) -> Kept | None:
    """Whether a guardian whom the roster noted for a known child has been confirmed or changed since."""
    child, guardian = pair
    if scene.links[pair] != scene.effects.links[pair].after:
        why = Why.LATER_ROSTER if pair in scene.later.links else Why.EDITED
        return Kept(child, why, "guardians", scene.later.links.get(pair))
    person = names.get(guardian)
    roster_id = scene.later.names_guardian(child, *person) if person else None
    return Kept(child, Why.LATER_ROSTER, "guardians", roster_id) if roster_id else None


def _registrations(scene: Scene, staying: dict[int, set[Why]], found: Findings) -> None:
    """Registrations of people who stay: those that the roster opened close, those it made a member's are a guardian's again."""
    outside = {number for number, whys in staying.items() if whys <= OUTSIDE}
    if not (outside or scene.effects.opened or scene.effects.turned):
        return
    here = registered(scene.scope)
    members = {number for number, part in here.items() if part == Part.MEMBER} - found.going
    opened = {number for number in scene.effects.opened | outside if number in here}
    stays = {number for number in opened if number not in scene.made and _holds_registration(scene, number)}
    found.kept += [Kept(number, why, None, _by(scene, number, why)) for number in stays for why in _whys(scene, number)]
    since = recorded_after(scene.scope, {number: revision for number, (_, revision) in scene.effects.turned.items()})
    for number, (day, _) in scene.effects.turned.items():
        if number not in members:
            continue
        listed = scene.scope.campaign_id in scene.later.campaigns_of(number)
        if number in since or listed:
            why = Why.RECORDED if number in since else Why.LATER_ROSTER
            found.kept.append(Kept(number, why, None, _by(scene, number, why)))
        else:
            found.turning[number] = day
    leaving = opened - stays
    members -= leaving | found.turning.keys()
    guarding = {guardian for pair in scene.links.keys() - found.parting for child, guardian in [pair] if child in members}
    guarding -= scene.effects.amiss
    found.closing = leaving - guarding
    found.turning |= {number: None for number in leaving & guarding if here[number] == Part.MEMBER}


def _holds_registration(scene: Scene, number: int) -> bool:
    return bool(scene.here.get(number)) or scene.scope.campaign_id in scene.later.campaigns_of(number)


def _whys(scene: Scene, number: int) -> set[Why]:
    return scene.here.get(number, set()) or {Why.LATER_ROSTER}


def _by(scene: Scene, number: int, why: str) -> int | None:
    """The later roster that keeps somebody, where one does."""
    if why != Why.LATER_ROSTER:
        return None
    listed = [roster_id for roster_id, _ in scene.later.listed.get(number, ())]
    edits = [scene.later.edits[number, name] for name in VALUES if (number, name) in scene.later.edits]
    links = [roster_id for pair, roster_id in scene.later.links.items() if number in pair]
    return max([*listed, *edits, *links], default=None)


def _values(scene: Scene, found: Findings) -> None:
    """Values that the roster changed of people who stay: each returns unless it is another one by now."""
    changed = {number: values for number, values in scene.effects.people.items() if number not in scene.made}
    if not changed:
        return
    names = sorted({"unit_id", *chain.from_iterable(changed.values())})
    keys = dict(db.session.execute(select(Unit.id, Unit.name_key).where(Unit.institution_id == scene.scope.institution_id)).all())
    for number, *kept in details_of(scene.scope.institution_id, changed, names):
        now, returning = dict(zip(names, kept, strict=True)), dict[str, Any]()
        for name, (before, after) in changed[number].items():
            if now[name] == before:
                continue
            said = scene.later.says(number, name, now[name], keys.get(now["unit_id"] or 0)) if scene.later.rosters else None
            if now[name] != after or said or (name == "unit_id" and before is not None and before not in keys):
                roster_id = said or scene.later.edits.get((number, name))
                found.kept.append(Kept(number, Why.LATER_ROSTER if roster_id else Why.EDITED, name, roster_id))
                found.replaced[number, name] = before, after
            else:
                returning[name] = before
        if (number, "birth_date") in found.replaced:
            returning.pop("birth_year", None)  # the two belong together
        if returning:
            found.values[number] = returning


def _returners(scene: Scene, found: Findings) -> None:
    """Who had left before the roster and was let in again by it has left again, unless something was recorded of them since."""
    scope = scene.scope
    for bulk_id in scene.effects.bulks:
        of_bulk = select(RecordedEvent.person_id).where(
            RecordedEvent.institution_id == scope.institution_id, RecordedEvent.bulk_id == bulk_id
        )
        ids = [number for number in db.session.scalars(of_bulk) if number not in found.going]
        last = last_counting(Place(scope.institution_id, scope.campaign_id, None, ""), ids)
        found.leaving[bulk_id] = {number for number in ids if number in last and last[number].bulk_id == bulk_id}
        found.kept += [Kept(number, Why.RECORDED) for number in set(ids) - found.leaving[bulk_id]]


def _empty_units(scene: Scene, found: Findings) -> set[int]:
    """Units that the roster made and that nobody is in, and nothing else was said of, once it is undone."""
    if not scene.effects.units:
        return set()
    institution_id = scene.scope.institution_id
    statement = select(Person.id, Person.unit_id).where(Person.institution_id == institution_id, Person.unit_id.in_(scene.effects.units))
    used = {
        found.values.get(number, {}).get("unit_id", unit_id)
        for number, unit_id in db.session.execute(statement)
        if number not in found.going
    }
    used |= {values.get("unit_id") for values in found.values.values()}
    for number, units in scene.later.moved_from.items():
        used |= units if (number, "unit_id") not in found.replaced else set()
    used |= units_in_use(institution_id)
    return set(scene.effects.units) - used


def _kept_people(scene: Scene, staying: dict[int, set[Why]]) -> Iterator[Kept]:
    for number, whys in staying.items():
        for why in whys:
            yield Kept(number, why, None, _by(scene, number, why))
