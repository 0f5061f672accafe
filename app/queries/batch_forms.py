"""Signed forms as batches list them: whose each is, to which class it belongs, and by when it has to be handed in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, select
from sqlalchemy.orm import aliased

from app.domain.registration import State
from app.domain.scope import CampaignScope
from app.domain.track import Part, Track, track_of
from app.extensions import db
from app.models import BatchForm, Guardianship, Person, Registration
from app.queries import places
from app.queries.campaigns import CampaignView
from app.queries.filters import known_to, with_people

AT_RISK = (State.DECLARED, State.FORM_RECEIVED)  # the portal deletes what is not handed in by its last day


@dataclass(frozen=True, slots=True)
class TakenOut:
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class FormView:
    """One signed form and whose it is. A guardian's own form has the `children` they register for, and belongs to the children's units;
    a child's has the `guardians`."""

    person_id: int
    full_name: str
    birth_date: date | None
    birth_year: int | None
    unit_ids: tuple[int, ...]
    units: tuple[str, ...]
    children: tuple[str, ...]
    guardians: tuple[str, ...]
    state: State
    declared_on: date | None
    due_on: date | None
    file_number: str | None
    taken_out: TakenOut | None

    @property
    def at_risk(self) -> bool:
        """Not handed in yet."""
        return self.taken_out is None and self.state in AT_RISK


def views(scope: CampaignScope, campaign: CampaignView, rows: Sequence[tuple[Person, Registration, BatchForm | None]]) -> list[FormView]:
    """The forms by unit and name."""
    names = {unit.id: unit.name for unit in places.units(scope.within)}
    order = {number: place for place, number in enumerate(names)}
    children = _children(scope, [person.id for person, registration, _ in rows if registration.part == Part.GUARDIAN])
    guarded = [r.person_id for _, r, _ in rows if track_of(r.self_from, campaign.today().ages_on) is Track.GUARDIAN]
    guardians = _guardians(scope, guarded)
    found: list[tuple[tuple[int, bytes, int], FormView]] = []
    for person, registration, form in rows:
        own = [person.unit_id] if person.unit_id else [unit_id for _, unit_id in children[person.id]]
        unit_ids = tuple(sorted({number for number in own if number in order}, key=order.__getitem__))
        view = FormView(
            person_id=person.id,
            full_name=person.full_name,
            birth_date=person.birth_date,
            birth_year=person.birth_year,
            unit_ids=unit_ids,
            units=tuple(names[number] for number in unit_ids),
            children=tuple(name for name, _ in children[person.id]),
            guardians=tuple(guardians[person.id]),
            state=State(registration.state),
            declared_on=registration.declared_on,
            due_on=registration.paper_due_on,
            file_number=registration.file_number,
            taken_out=_taken_out(form),
        )
        found.append(((order[unit_ids[0]] if unit_ids else len(order), person.sort_key, person.id), view))
    return [view for _, view in sorted(found, key=lambda pair: pair[0])]


def _taken_out(form: BatchForm | None) -> TakenOut | None:
    if form is None or form.taken_out_at is None:
        return None
    return TakenOut(form.taken_out_reason or "", form.taken_out_by or "", form.taken_out_at)


def _children(scope: CampaignScope, guardian_ids: Sequence[int]) -> dict[int, list[tuple[str, int | None]]]:
    """Names and units of each guardian's children, as far as the scope sees them."""
    statement = (
        with_people(select(Guardianship.guardian_id, Person.full_name, Person.unit_id))
        .join(Guardianship, and_(Guardianship.institution_id == Person.institution_id, Guardianship.child_id == Person.id))
        .where(known_to(scope), Guardianship.guardian_id.in_(guardian_ids))
        .order_by(Guardianship.guardian_id, Guardianship.child_id)
    )
    found: dict[int, list[tuple[str, int | None]]] = defaultdict(list)
    for guardian_id, name, unit_id in db.session.execute(statement):
        found[guardian_id].append((name, unit_id))
    return found


def _guardians(scope: CampaignScope, child_ids: Sequence[int]) -> dict[int, list[str]]:
    guardian = aliased(Person)
    statement = (
        select(Guardianship.child_id, guardian.full_name)
        .outerjoin(guardian, and_(guardian.institution_id == Guardianship.institution_id, guardian.id == Guardianship.guardian_id))
        .where(Guardianship.institution_id == scope.institution_id, Guardianship.child_id.in_(child_ids))
        .order_by(guardian.id)
    )
    found: dict[int, list[str]] = defaultdict(list)
    for child_id, name in db.session.execute(statement):
        if name:
            found[child_id].append(name)
    return found
