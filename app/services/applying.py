"""Writing what a reviewed roster brings: units, people, their registrations, their guardians."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from operator import itemgetter
from typing import Any

from sqlalchemy import and_, select

from app import clock
from app.collation import name_key, name_keys, unit_key
from app.domain.details import FOUND_BY, PLAIN
from app.domain.likeness import Glance
from app.domain.names import fold, fold_name, search_text, with_numbers
from app.domain.registration import Event
from app.domain.runs import Stage, Steps, Tell, silently
from app.domain.scope import CampaignScope
from app.domain.track import Part
from app.extensions import db
from app.models import ChangePage, Guardianship, Person, Registration, Unit
from app.queries.campaigns import CampaignView, campaign
from app.queries.change_pages import KeptChange, differences_of, row_of, unpacked
from app.services.bulk import insert_rows
from app.services.effects import Effects, keep, values_of
from app.services.guardians import link_guardians, people_of, recognise_anew
from app.services.likely import look_again, note_new_doubles
from app.services.numbers import allot
from app.services.openings import open_for_new, open_registrations, own_day, own_track, self_from_of
from app.services.registrations import record_many
from imports.differences import RETURNS
from imports.values import GuardianRead, Kind, RosterRow

# Where a value stands in a row, as JSON has it.
_NAME, _BIRTH, _YEAR, _UNIT, _GUARDIANS = map(RosterRow._fields.index, ("full_name", "birth_date", "birth_year", "unit", "guardians"))
_plain = itemgetter(*map(RosterRow._fields.index, PLAIN))
_numbers = itemgetter(*map(RosterRow._fields.index, FOUND_BY))

_PAGES_AT_ONCE = 20  # unpacked one after the other, they need not be in memory together
BLOCK = 1000
Values = list[Any]
Edit = tuple[int, RosterRow, frozenset[str]]  # of whom, what was read, the fields that differ


@dataclass(slots=True)
class _Sorted:
    """A roster's changes by what has to be done. `joining` are known people who are new in the campaign, `returning` ones who had left."""

    new: list[tuple[int, Values]] = field(default_factory=list)
    joining: list[int] = field(default_factory=list)
    returning: list[int] = field(default_factory=list)
    edited: list[Edit] = field(default_factory=list)
    guarded: list[tuple[int, tuple[GuardianRead, ...]]] = field(default_factory=list)


def apply_changes(scope: CampaignScope, roster_id: int, tell: Tell = silently) -> None:
    """Let in the new, changed and moved rows of a roster. The caller has made sure that the review still holds."""
    todo, effects = _sort(scope, roster_id), Effects()
    units = _units(scope, effects, [values[_UNIT] for _, values in todo.new] + [row.unit for _, row, _ in todo.edited])
    made = {"institution_id": scope.institution_id, "roster_id": roster_id, "revision": 1, "updated_at": clock.now()}
    columns = ("id", "unit_id", "full_name", "sort_key", "search_text", *PLAIN)
    steps = Steps(tell, Stage.WRITTEN, 2 * len(todo.new) + len(todo.edited) + len(todo.guarded))
    glances: list[Glance] = []
    people = (_person(number, values, units, glances) for number, values in todo.new)
    insert_rows(Person, columns, steps.over(people), made)
    for some in _blocks(todo.edited):
        known = {person.id: person for person in people_of(scope.institution_id, [number for number, _, _ in some])}
        for number, row, fields in steps.over(some):
            _edit(effects, known[number], row, fields, units)
        db.session.flush()
    view = campaign(scope)
    open_for_new(scope, roster_id, list(steps.over((number, _self_from(view, values)) for number, values in todo.new)))
    open_registrations(scope, self_from_of(scope, view, todo.joining), effects=effects)
    own_track(scope.institution_id, [number for number, _, fields in todo.edited if fields & {"birth_date", "birth_year"}])
    recognise_anew(scope, view, [number for number, _, fields in todo.edited if fields & {"full_name", "phone", "personal_id"}])
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
    fields = frozenset(difference.field for difference in differences_of(change))
    as_read = row_of(values)
    if RETURNS in fields:
        todo.returning.append(number)
    if fields - {"guardians", RETURNS}:
        todo.edited.append((number, as_read, fields))
    if "guardians" in fields:
        todo.guarded.append((number, as_read.guardians))


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


def _blocks(edited: Sequence[Edit]) -> Iterator[Sequence[Edit]]:
    """People are fetched and written a thousand at a time: one by one takes ten times as long."""
    for start in range(0, len(edited), BLOCK):
        yield edited[start : start + BLOCK]


def _edit(effects: Effects, person: Person, row: RosterRow, fields: frozenset[str], units: Mapping[str | None, int | None]) -> None:
    before = values_of(person)
    for name in fields - {"guardians", "unit", RETURNS}:
        setattr(person, name, getattr(row, name))
    if "birth_date" in fields:
        person.birth_year = row.birth_year
    if "unit" in fields and row.unit:
        person.unit_id = units[row.unit]
    person.sort_key = name_key(person.full_name)
    numbers = (person.personal_id, person.bhxh_code, person.pupil_code, person.staff_code, person.phone, person.email)
    person.search_text = search_text(person.full_name, numbers)
    person.revision += 1
    person.updated_at = clock.now()
    effects.changed(person, before)


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
