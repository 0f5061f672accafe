"""Opening registrations, and keeping in them the day from which somebody registers for themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, insert, literal, select, update

from app import clock
from app.domain.registration import State
from app.domain.scope import CampaignScope
from app.domain.track import Part, self_from
from app.extensions import db
from app.models import Campaign, Guardianship, Person, Registration
from app.queries.campaigns import CampaignView, campaign
from app.services import unlocking
from app.services.bulk import insert_rows, update_rows
from app.services.effects import Effects, as_kept
from app.services.histories import Place

BLOCK = 1000


def open_registrations(
    scope: CampaignScope, people: Iterable[tuple[int, date | None]], part: Part = Part.MEMBER, *, effects: Effects | None = None
) -> None:
    """Open registrations for people who have none in the campaign, each with the day from which they register for themselves.

    A guardian who turns out to be asked to register is one of those asked from now on; what was recorded stays. Of children who are known
    from an earlier campaign the guardians come along.
    """
    db.session.flush()
    wanted = dict(people)
    known = _guardians_here(scope) if part is Part.MEMBER else dict.fromkeys(_registered(scope, list(wanted)))
    for number in wanted:
        before = known.get(number)
        if before is not None:
            _in_campaign(scope, number, {"part": Part.MEMBER, "self_from": wanted[number]}, only=Part.GUARDIAN)
            if effects is not None:
                effects.turned[number] = before
    _open(scope, ((number, day) for number, day in wanted.items() if number not in known), part)
    if effects is not None:
        effects.opened |= wanted.keys() - known.keys()
    if part is Part.MEMBER:
        _bring_guardians(scope, list(wanted), effects)


def open_for_new(scope: CampaignScope, roster_id: int, people: Sequence[tuple[int, date | None]]) -> None:
    """`open_registrations` for all people whom a roster has brought just now: nobody can know a registration or a guardian of theirs.

    Where all are grown up, their registrations are alike, and the database makes them itself: that takes half the time.
    """
    if not people or any(day for _, day in people):
        _open(scope, people, Part.MEMBER)
        return
    first = min(number for number, _ in people)
    alike = _as_opened(scope, Part.MEMBER)
    values = (literal(value, getattr(Registration, name).type) for name, value in alike.items())
    brought = and_(Person.institution_id == scope.institution_id, Person.id >= first, Person.roster_id == roster_id)
    made = insert(Registration).from_select(["person_id", *alike], select(Person.id, *values).where(brought), include_defaults=False)
    db.session.execute(made)


def _open(scope: CampaignScope, people: Iterable[tuple[int, date | None]], part: Part) -> None:
    rows = ((number, day.isoformat() if day else None) for number, day in people)
    insert_rows(Registration, ("person_id", "self_from"), rows, _as_opened(scope, part))


def _as_opened(scope: CampaignScope, part: Part) -> dict[str, Any]:
    return {
        "institution_id": scope.institution_id,
        "campaign_id": scope.campaign_id,
        "opened_on": clock.today(),
        "part": part.value,
        "state": State.TO_START.value,
        "revision": 0,
        "attempt": 0,
        "rejections": 0,
        "changed_at": clock.now(),
    }


def _bring_guardians(scope: CampaignScope, child_ids: Sequence[int], effects: Effects | None) -> None:
    found = set[int]()
    for start in range(0, len(child_ids), BLOCK):
        found |= set(
            db.session.scalars(
                select(Guardianship.guardian_id).where(
                    Guardianship.institution_id == scope.institution_id, Guardianship.child_id.in_(child_ids[start : start + BLOCK])
                )
            )
        )
    if found:
        introduce(scope, campaign(scope), sorted(found), effects)


def introduce(scope: CampaignScope, view: CampaignView, guardian_ids: Sequence[int], effects: Effects | None = None) -> None:
    """Guardians get a registration that is not counted, and what is known of them elsewhere."""
    open_registrations(scope, ((number, None) for number in guardian_ids), Part.GUARDIAN, effects=effects)
    unlocking.join(view, Place.of(scope), guardian_ids)


def self_from_of(scope: CampaignScope, view: CampaignView, person_ids: Sequence[int]) -> Iterator[tuple[int, date | None]]:
    """People of the institution with the day from which they register for themselves in the campaign."""
    for start in range(0, len(person_ids), BLOCK):
        statement = select(Person.id, Person.has_card, Person.birth_date, Person.birth_year).where(
            Person.institution_id == scope.institution_id, Person.id.in_(person_ids[start : start + BLOCK])
        )
        for number, has_card, birth_date, birth_year in db.session.execute(statement):
            yield number, own_day(has_card, birth_date, birth_year, view.guardian_below, view.starts_on)


def own_day(has_card: bool | None, birth_date: date | None, birth_year: int | None, below: int, starts_on: date) -> date | None:
    """`track.self_from`; who was grown up before the campaign's year needs no day of it."""
    if has_card is None and birth_year is not None and birth_year + below < starts_on.year:
        return None
    return self_from(has_card=has_card, birth_date=birth_date, birth_year=birth_year, below=below)


def own_track(institution_id: int, person_ids: Sequence[int]) -> None:
    """Details that decide about the track have changed: set the day anew, in every campaign. Who is there only as a guardian registers for
    themselves."""
    db.session.flush()
    for start in range(0, len(person_ids), BLOCK):
        _days_anew(
            and_(Registration.institution_id == institution_id, Registration.person_id.in_(person_ids[start : start + BLOCK])),
        )
    db.session.expire_all()


def tracks_anew(campaign_id: int) -> None:
    """A campaign's limit has changed: set the day anew for everybody in it."""
    db.session.flush()
    _days_anew(Registration.campaign_id == campaign_id)
    db.session.expire_all()


def _days_anew(whose: ColumnElement[bool]) -> None:
    columns: tuple[Any, ...] = (
        *(Registration.institution_id, Registration.campaign_id, Registration.person_id, Registration.self_from),
        *(Person.has_card, Person.birth_date, Person.birth_year, Campaign.guardian_below, Campaign.starts_on),
    )
    statement = (
        select(*columns)
        .join(Person, and_(Person.institution_id == Registration.institution_id, Person.id == Registration.person_id))
        .join(Campaign, Campaign.id == Registration.campaign_id)
        .where(whose, Registration.part == Part.MEMBER)
    )
    for block in db.session.execute(statement.execution_options(yield_per=BLOCK)).partitions():
        rows = [
            (day.isoformat() if day else None, institution_id, campaign_id, number)
            for institution_id, campaign_id, number, before, has_card, birth_date, birth_year, below, starts_on in block
            if (day := own_day(has_card, birth_date, birth_year, below, starts_on)) != before
        ]
        update_rows(Registration, ("self_from",), ("institution_id", "campaign_id", "person_id"), rows)


def _in_campaign(scope: CampaignScope, person_id: int, values: dict[str, object], *, only: Part) -> None:
    db.session.execute(
        update(Registration)
        .where(
            Registration.institution_id == scope.institution_id,
            Registration.campaign_id == scope.campaign_id,
            Registration.person_id == person_id,
            Registration.part == only,
        )
        .values(**values)
        .execution_options(synchronize_session=False)
    )


def _guardians_here(scope: CampaignScope) -> dict[int, tuple[str | None, int] | None]:
    """Guardians who are registered in the campaign already, each with the own day and the revision of the registration."""
    statement = select(Registration.person_id, Registration.self_from, Registration.revision).where(
        Registration.institution_id == scope.institution_id,
        Registration.campaign_id == scope.campaign_id,
        Registration.part == Part.GUARDIAN,
    )
    return {number: (as_kept(day), revision) for number, day, revision in db.session.execute(statement)}


def _registered(scope: CampaignScope, person_ids: Sequence[int]) -> Iterator[int]:
    for start in range(0, len(person_ids), BLOCK):
        yield from db.session.scalars(
            select(Registration.person_id).where(
                Registration.institution_id == scope.institution_id,
                Registration.campaign_id == scope.campaign_id,
                Registration.person_id.in_(person_ids[start : start + BLOCK]),
            )
        )
