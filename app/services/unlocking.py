"""A guardian's account unlocks their children: in every class, and in every institution of the campaign that knows the same guardian.

No institution sees another's people by it. What passes is one fact, written to the guardian's own registration there as an event whose
source says that it came from elsewhere.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, update
from sqlalchemy.orm import aliased

from app.domain.registration import Details, Event, Facts, Happening, Refusal, State
from app.domain.standing import REACHED, Goal
from app.extensions import db
from app.models import Guardianship, RecordedEvent, Registration
from app.queries.campaigns import CampaignView
from app.queries.people import facts_of
from app.services.histories import Place, Written, counting, next_step, pasts, write_one
from app.services.twins import Where, any_of, blocks, same_people

ELSEWHERE = "đơn vị khác trong đợt"  # kept with the event, so it is data and has one language
_HAS_ACCOUNT = REACHED[Goal.GRANTED]
_TELLS_OF_ACCOUNT = frozenset({Event.GRANTED, Event.SIGNED_IN, Event.PASSWORD_CHANGED})


@dataclass(frozen=True, slots=True)
class _Known:
    """One guardian here, and the same one's registrations at the campaign's other institutions."""

    here: Registration
    elsewhere: tuple[Registration, ...]


def account_since(facts: Facts) -> date | None:
    """Since when somebody has had an account, None for who has none. Who was put outside the target keeps theirs."""
    state = facts.aside if facts.state is State.EXCLUDED else facts.state
    return (facts.granted_on or facts.signed_in_on or facts.moved_on) if state in _HAS_ACCOUNT else None


def after(view: CampaignView, place: Place, steps: Iterable[Written]) -> None:
    """Carry on what steps of guardians mean for their children, here and elsewhere. Steps of others mean nothing."""
    moved = {step.person_id: step for step in steps if account_since(step.before) != account_since(step.facts)}
    if not moved:
        return
    guardians = _guardians_among(place, moved)
    unlock(place, guardians)
    turned = [number for number in guardians if not (account_since(moved[number].before) and account_since(moved[number].facts))]
    for known in _known_elsewhere(place, turned):
        step = moved[known.here.person_id]
        since = account_since(step.facts)
        if since:
            for registration in known.elsewhere:
                _grant(view, registration, since)
        else:
            _let_go(view, known.elsewhere, step.happening.on)


def join(view: CampaignView, place: Place, guardian_ids: Sequence[int]) -> None:
    """Guardians have become known here, or their children have: an account that one institution knows of is known to all of them."""
    for known in _known_elsewhere(place, guardian_ids):
        everywhere = (known.here, *known.elsewhere)
        since = [on for registration in everywhere if (on := account_since(facts_of(registration)))]
        for registration in everywhere if since else ():
            _grant(view, registration, min(since))
    unlock(place, guardian_ids)


def unlock(place: Place, guardian_ids: Collection[int]) -> None:
    """Set anew since when the children of these guardians have somebody with an account, in the place's campaign."""
    for block in blocks(guardian_ids):
        children = select(Guardianship.child_id).where(
            Guardianship.institution_id == place.institution_id, Guardianship.guardian_id.in_(block)
        )
        _set_anew(place.institution_id, and_(Registration.campaign_id == place.campaign_id, Registration.person_id.in_(children)))


def unlock_child(institution_id: int, child_id: int) -> None:
    """The same for one child whose guardians are others now, in every campaign."""
    _set_anew(institution_id, Registration.person_id == child_id)


def _set_anew(institution_id: int, children: ColumnElement[bool]) -> None:
    of_guardian = aliased(Registration)
    guards = and_(Guardianship.institution_id == of_guardian.institution_id, Guardianship.guardian_id == of_guardian.person_id)
    first = (
        select(func.min(func.coalesce(of_guardian.granted_on, of_guardian.signed_in_on, of_guardian.moved_on)))
        .join(Guardianship, guards)
        .where(
            Guardianship.institution_id == Registration.institution_id,
            Guardianship.child_id == Registration.person_id,
            of_guardian.campaign_id == Registration.campaign_id,
            has_account(of_guardian),
        )
        .correlate(Registration)
        .scalar_subquery()
    )
    db.session.execute(
        update(Registration)
        .where(Registration.institution_id == institution_id, children, Registration.unlocked_on.is_distinct_from(first))
        .values(unlocked_on=first)
        .execution_options(synchronize_session=False)
    )
    db.session.expire_all()


def has_account(registration: type[Registration]) -> ColumnElement[bool]:
    """`account_since` as SQL."""
    having = sorted(_HAS_ACCOUNT)
    return or_(registration.state.in_(having), and_(registration.state == State.EXCLUDED, registration.aside.in_(having)))


def _guardians_among(place: Place, person_ids: Collection[int]) -> list[int]:
    found = set[int]()
    for block in blocks(person_ids):
        found |= set(
            db.session.scalars(
                select(Guardianship.guardian_id).where(
                    Guardianship.institution_id == place.institution_id, Guardianship.guardian_id.in_(block)
                )
            )
        )
    return sorted(found)


def _known_elsewhere(place: Place, guardian_ids: Collection[int]) -> Iterator[_Known]:
    """Those of the guardians whom other institutions of the campaign know, too. Their registrations are locked: what somebody is just
    recording there comes first."""
    for block in blocks(guardian_ids):
        groups = same_people(place, block)
        wanted = {where for here, others in groups.items() for where in (here, *others)}
        rows = {(row.institution_id, row.person_id): row for row in db.session.scalars(_locked(place, wanted))} if wanted else {}
        for here, others in groups.items():
            if here in rows:
                yield _Known(rows[here], tuple(rows[where] for where in sorted(others) if where in rows))


def _locked(place: Place, people: Collection[Where]) -> Select[Registration]:
    return (
        select(Registration)
        .where(Registration.campaign_id == place.campaign_id, any_of(Registration, people))
        .order_by(Registration.institution_id, Registration.person_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def _grant(view: CampaignView, registration: Registration, on: date) -> None:
    """The account is known from elsewhere. Where it is known here already, or somebody is outside the target, nothing is written."""
    if account_since(facts_of(registration)):
        return
    moved_on = registration.moved_on
    happening = Happening(registration.revision + 1, Event.GRANTED, max(on, moved_on) if moved_on else on, details=Details())
    _write(_place_of(registration), registration, next_step(view, registration, happening))


def _let_go(view: CampaignView, registrations: Sequence[Registration], on: date) -> None:
    """What was taken over from elsewhere no longer holds. Where somebody has recorded the account as well it stays, there and for all."""
    histories = [(registration, _counting(registration)) for registration in registrations]
    if any(account_since(facts_of(registration)) and _was_recorded_there(rows) for registration, rows in histories):
        return
    for registration, rows in histories:
        if rows and rows[-1].mirrored:
            there = _place_of(registration)
            happening = Happening(registration.revision + 1, Event.TAKEN_BACK, on)
            past = pasts(there, [registration.person_id])[registration.person_id]
            _write(there, registration, next_step(view, registration, happening, past))


def _counting(registration: Registration) -> Sequence[RecordedEvent]:
    return counting(_place_of(registration), [registration.person_id]).get(registration.person_id, ())


def _was_recorded_there(rows: Sequence[RecordedEvent]) -> bool:
    return any(row.event in _TELLS_OF_ACCOUNT and not row.mirrored for row in rows)


def _write(there: Place, registration: Registration, step: Written | Refusal) -> None:
    if not isinstance(step, Refusal) and write_one(there, registration, step):
        unlock(there, [step.person_id])


def _place_of(registration: Registration) -> Place:
    return Place(registration.institution_id, registration.campaign_id, None, ELSEWHERE, mirrored=True)
