"""Opening registrations, and keeping in them the day from which somebody registers for themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from sqlalchemy import and_, select, update

from app import clock
from app.domain.registration import State
from app.domain.scope import CampaignScope
from app.domain.track import Part, self_from
from app.extensions import db
from app.models import Guardianship, Person, Registration
from app.queries.campaigns import CampaignView, campaign
from app.services import unlocking
from app.services.bulk import insert_rows
from app.services.histories import Place

BLOCK = 1000


def open_registrations(scope: CampaignScope, people: Iterable[tuple[int, date | None]], part: Part = Part.MEMBER) -> None:
    """Open registrations for people who have none in the campaign, each with the day from which they register for themselves.

    A guardian who turns out to be asked to register is one of those asked from now on; what was recorded stays. Of children who are known
    from an earlier campaign the guardians come along.
    """
    db.session.flush()
    wanted = dict(people)
    known = _known_parts(scope) if part is Part.MEMBER else dict.fromkeys(_registered(scope, list(wanted)), Part.MEMBER)
    for number in wanted:
        if known.get(number) is Part.GUARDIAN:
            _in_campaign(scope, number, {"part": Part.MEMBER, "self_from": wanted[number]}, only=Part.GUARDIAN)
    _open(scope, ((number, day) for number, day in wanted.items() if number not in known), part)
    if part is Part.MEMBER:
        _bring_guardians(scope, list(wanted))


def open_for_new(scope: CampaignScope, people: Iterable[tuple[int, date | None]]) -> None:
    """`open_registrations` for people who were made just now: nobody can know a registration or a guardian of theirs."""
    _open(scope, people, Part.MEMBER)


def _open(scope: CampaignScope, people: Iterable[tuple[int, date | None]], part: Part) -> None:
    opened = {
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
    rows = ((number, day.isoformat() if day else None) for number, day in people)
    insert_rows(Registration, ("person_id", "self_from"), rows, opened)


def _bring_guardians(scope: CampaignScope, child_ids: Sequence[int]) -> None:
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
        introduce(scope, campaign(scope), sorted(found))


def introduce(scope: CampaignScope, view: CampaignView, guardian_ids: Sequence[int]) -> None:
    """Guardians get a registration that is not counted, and what is known of them elsewhere."""
    open_registrations(scope, ((number, None) for number in guardian_ids), Part.GUARDIAN)
    unlocking.join(view, Place(scope.institution_id, scope.campaign_id, scope.actor.user_id, scope.actor.name), guardian_ids)


def self_from_of(scope: CampaignScope, view: CampaignView, person_ids: Sequence[int]) -> Iterator[tuple[int, date | None]]:
    """People of the institution with the day from which they register for themselves in the campaign."""
    for start in range(0, len(person_ids), BLOCK):
        statement = select(Person.id, Person.has_card, Person.birth_date, Person.birth_year).where(
            Person.institution_id == scope.institution_id, Person.id.in_(person_ids[start : start + BLOCK])
        )
        for number, has_card, birth_date, birth_year in db.session.execute(statement):
            yield (
                number,
                self_from(has_card=has_card, birth_date=birth_date, birth_year=birth_year, below=view.guardian_below),
            )


def own_track(scope: CampaignScope, view: CampaignView, person_ids: Sequence[int]) -> None:
    """Details that decide about the track have changed: set the day anew. Who is there only as a guardian registers for themselves."""
    db.session.flush()
    for number, day in list(self_from_of(scope, view, person_ids)):
        _in_campaign(scope, number, {"self_from": day}, only=Part.MEMBER)


def tracks_anew(campaign_id: int, below: int) -> None:
    """A campaign's limit has changed: set the day anew for everybody in it."""
    own = and_(Person.institution_id == Registration.institution_id, Person.id == Registration.person_id)
    statement = (
        select(Registration.institution_id, Registration.person_id, Person.has_card, Person.birth_date, Person.birth_year)
        .join(Person, own)
        .where(Registration.campaign_id == campaign_id, Registration.part == Part.MEMBER)
    )
    for block in db.session.execute(statement.execution_options(yield_per=BLOCK)).partitions():
        rows = [
            {
                "institution_id": institution_id,
                "campaign_id": campaign_id,
                "person_id": number,
                "self_from": self_from(has_card=has_card, birth_date=birth_date, birth_year=birth_year, below=below),
            }
            for institution_id, number, has_card, birth_date, birth_year in block
        ]
        db.session.execute(update(Registration), rows)
    db.session.expire_all()


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


def _known_parts(scope: CampaignScope) -> dict[int, Part]:
    """Guardians who are registered in the campaign already."""
    statement = select(Registration.person_id).where(
        Registration.institution_id == scope.institution_id,
        Registration.campaign_id == scope.campaign_id,
        Registration.part == Part.GUARDIAN,
    )
    return dict.fromkeys(db.session.scalars(statement), Part.GUARDIAN)


def _registered(scope: CampaignScope, person_ids: Sequence[int]) -> Iterator[int]:
    for start in range(0, len(person_ids), BLOCK):
        yield from db.session.scalars(
            select(Registration.person_id).where(
                Registration.institution_id == scope.institution_id,
                Registration.campaign_id == scope.campaign_id,
                Registration.person_id.in_(person_ids[start : start + BLOCK]),
            )
        )
