"""Writing what a reviewed roster brings: units, people, their registrations, their guardians."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from operator import itemgetter
from typing import Any

from sqlalchemy import and_, select

from app import clock
from app.collation import name_keys, unit_key
from app.domain.details import FOUND_BY, PLAIN
from app.domain.likeness import Glance
from app.domain.names import fold, fold_name, with_numbers
from app.domain.registration import Event
from app.domain.runs import Stage, Steps, Tell, silently
from app.domain.scope import CampaignScope
from app.domain.track import Part
from app.extensions import db
from app.models import ChangePage, Guardianship, Person, Registration, Unit
from app.queries.campaigns import CampaignView, campaign
from app.queries.change_pages import KeptChange, unpacked
from app.services.bulk import insert_rows
from app.services.effects import Effects, keep
from app.services.guardians import link_guardians, recognise_anew
from app.services.histories import Place
from app.services.likely import look_again, note_new_doubles
from app.services.numbers import allot
from app.services.openings import open_for_new, open_registrations, own_day, own_track, self_from_of
from app.services.registrations import record_many
from app.services.rewriting import rewrite
from app.services.unlocking import in_turn
from imports.known.differences import RETURNS
from imports.values import GuardianRead, Kind, RosterRow

# Where a value stands in a row, as JSON has it.
_PLACES: dict[str | None, int] = {name: place for place, name in enumerate(RosterRow._fields)}
_NAME, _BIRTH, _YEAR, _UNIT, _GUARDIANS = itemgetter("full_name", "birth_date", "birth_year", "unit", "guardians")(_PLACES)
_plain = itemgetter(*map(RosterRow._fields.index, PLAIN))
_numbers = itemgetter(*map(RosterRow._fields.index, FOUND_BY))

_PAGES_AT_ONCE = 20  # unpacked one after the other, they need not be in memory together
_TRACK = frozenset(("birth_date", "birth_year"))  # decide from when somebody registers alone
_RECOGNISED = frozenset(("full_name", "phone", "personal_id"))  # by these a guardian is known elsewhere
Values = list[Any]


@dataclass(slots=True)
class _Sorted:
    """A roster's changes by what has to be done. `joining` are known people who are new in the campaign, `returning` ones who had left,
    `edited` those of whom other values were read, with the name of the unit for the unit."""

    new: list[tuple[int, Values]] = field(default_factory=list)
    joining: list[int] = field(default_factory=list)
    returning: list[int] = field(default_factory=list)
    edited: dict[int, dict[str, Any]] = field(default_factory=dict)
    guarded: list[tuple[int, tuple[GuardianRead, ...]]] = field(default_factory=list)


def apply_changes(scope: CampaignScope, roster_id: int, tell: Tell = silently) -> None:
    """Let in the new, changed and moved rows of a roster. The caller has made sure that the review still holds."""
    todo, effects = _sort(scope, roster_id), Effects()
    units = _units(scope, effects, [values[_UNIT] for _, values in todo.new] + [values.get("unit") for values in todo.edited.values()])
    made = {"institution_id": scope.institution_id, "roster_id": roster_id, "revision": 1, "updated_at": clock.now()}
    columns = ("id", "unit_id", "full_name", "sort_key", "search_text", *PLAIN)
    steps = Steps(tell, Stage.WRITTEN, 2 * len(todo.new) + len(todo.edited) + len(todo.guarded))
    glances: list[Glance] = []
    people = (_person(number, values, units, glances) for number, values in todo.new)
    insert_rows(Person, columns, steps.over(people), made)
    edited = ((number, _by_id(todo.edited[number], units)) for number in steps.over(sorted(todo.edited)))
    effects.people = rewrite(scope.institution_id, edited)
    view = campaign(scope)
    open_for_new(scope, roster_id, list(steps.over((number, _self_from(view, values)) for number, values in todo.new)))
    open_registrations(scope, self_from_of(scope, view, todo.joining), effects=effects)
    if elder := _with_any(_TRACK, effects.people):
        in_turn(Place.of(scope))  # before their registrations, as whoever records an account: what follows needs it, too
        own_track(scope.institution_id, elder)
    recognise_anew(scope, view, _with_any(_RECOGNISED, effects.people))
    link_guardians(scope, view, roster_id, list(steps.over(todo.guarded)), effects)
    if todo.returning:
        back = record_many(scope, todo.returning, Event.READMITTED, clock.today(), reason=f"có trong danh sách số {roster_id}")
        effects.bulks += [back.bulk_id] if back.bulk_id else []
    effects.opened -= effects.made.keys()  # they are known by the roster that brought them
    look_again(scope.institution_id, effects.people)
    glances += ((number, fold_name(values["full_name"]), None) for number, values in effects.made.items() if values["full_name"])
    note_new_doubles(scope.institution_id, roster_id, glances)
    effects.amiss = _amiss(scope, effects)
    keep(scope.institution_id, roster_id, effects)
    steps.finish()


def _sort(scope: CampaignScope, roster_id: int) -> _Sorted:
    todo = _Sorted()
    statement = (
        select(ChangePage.kind, ChangePage.changes)
        .where(
            ChangePage.institution_id == scope.institution_id,
            ChangePage.roster_id == roster_id,
            ChangePage.kind.in_([Kind.NEW, Kind.CHANGED, Kind.MOVED]),
        )
        .order_by(ChangePage.kind, ChangePage.number)
    )
    for kind, changes in db.session.execute(statement.execution_options(yield_per=_PAGES_AT_ONCE)):
        for change in unpacked(changes):
            if change.person_id is None or change.values is None:
                raise ValueError(f"a change of kind {kind} has no person or no row")
            if change.is_known:
                _put_known(todo, Kind(kind), change.person_id, change.values, change)
            else:
                todo.new.append((change.person_id, change.values))
                if change.values[_GUARDIANS]:
                    todo.guarded.append((change.person_id, tuple(GuardianRead(*one) for one in change.values[_GUARDIANS])))
    return todo


def _put_known(todo: _Sorted, kind: Kind, number: int, values: Values, change: KeptChange) -> None:
    if kind is Kind.NEW:
        todo.joining.append(number)
    fields = {name for name, _, _ in change.differences}
    if RETURNS in fields:
        todo.returning.append(number)
    if "guardians" in fields:
        todo.guarded.append((number, tuple(GuardianRead(*one) for one in values[_GUARDIANS])))
    new = {str(name): values[_PLACES[name]] for name in fields - {"guardians", RETURNS}}
    if "birth_date" in new:
        new["birth_year"] = values[_YEAR]
    if new:
        todo.edited[number] = new


def _units(scope: CampaignScope, effects: Effects, names: Iterable[str | None]) -> dict[str | None, int | None]:
    """The unit of each name as the roster spells it; those that the institution lacks are made. No name is no unit."""
    known = dict(db.session.execute(select(Unit.name_key, Unit.id).where(Unit.institution_id == scope.institution_id)).all())
    spelled = {name: fold(name) for name in dict.fromkeys(names) if name}
    missing = {key: name for name, key in reversed(spelled.items()) if key not in known}
    if missing:
        first = allot(scope.institution_id, len(missing))
        rows = [(first + place, name, key, unit_key(name)) for place, (key, name) in enumerate(missing.items())]
        insert_rows(Unit, ("id", "name", "name_key", "sort_key"), rows, {"institution_id": scope.institution_id})
        known |= {key: number for number, _, key, _ in rows}
        effects.units += [number for number, *_ in rows]
    return {None: None} | {name: known[key] for name, key in spelled.items()}


def _person(number: int, values: Sequence[Any], units: Mapping[str | None, int | None], glances: list[Glance]) -> tuple[Any, ...]:
    name, unit = values[_NAME], values[_UNIT]
    sort_key, folded = name_keys(name)
    glances.append((number, folded, values[_BIRTH]))
    return (
        number,
        units[unit],
        name,
        sort_key,
        with_numbers(folded, _numbers(values)),
        *_plain(values),
    )


def _by_id(values: dict[str, Any], units: Mapping[str | None, int | None]) -> dict[str, Any]:
    """What was read, with the unit as it is kept."""
    unit = values.pop("unit", None)
    return values | {"unit_id": units[unit]} if unit else values


def _with_any(names: frozenset[str], people: Mapping[int, Mapping[str, object]]) -> list[int]:
    """Those of whom a value of these is another one now."""
    return [number for number, changed in people.items() if not names.isdisjoint(changed)]


def _amiss(scope: CampaignScope, effects: Effects) -> set[int]:
    """Of those whose registration was opened: guardians of somebody who had one already, by a link that was there already."""
    if not effects.opened:
        return set()
    of_child = and_(
        Registration.institution_id == Guardianship.institution_id,
        Registration.campaign_id == scope.campaign_id,
        Registration.person_id == Guardianship.child_id,
        Registration.part == Part.MEMBER,
    )
    statement = (
        select(Guardianship.child_id, Guardianship.guardian_id)
        .join(Registration, of_child)
        .where(Guardianship.institution_id == scope.institution_id)
    )
    return {
        guardian
        for child, guardian in db.session.execute(statement)
        if guardian in effects.opened and child not in effects.opened and (child, guardian) not in effects.links
    }


def _self_from(view: CampaignView, values: Values) -> date | None:
    """`own_day` for a row that was read; most are long grown up, and their dates need not be parsed."""
    year = values[_YEAR]
    if year is None or year + view.guardian_below < view.starts_on.year:
        return None
    born = values[_BIRTH]
    return own_day(None, date.fromisoformat(born) if born else None, year, view.guardian_below, view.starts_on)
