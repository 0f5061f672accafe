"""A guardian's account unlocks their children: in every class, and in every institution of the campaign that knows the same guardian.

No institution sees another's people by it. What passes is one fact, written to the guardian's own registration there as an event whose
source says that it came from elsewhere.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, update
from sqlalchemy.orm import aliased

from app import clock
from app.domain.registration import Event, Facts, Happening, Refusal, State, leave_out
from app.domain.standing import REACHED, Goal
from app.extensions import db
from app.models import Guardianship, RecordedEvent, Registration
from app.queries.campaigns import CampaignView
from app.queries.facts import facts_of, happening_of
from app.services.histories import Place, Written, counting, deciding, step_from, write_many
from app.services.twins import Where, any_of, blocks, by_institution, same_people

ELSEWHERE = "đơn vị khác trong đợt"  # kept with the event, so it is data and has one language
_HAS_ACCOUNT = REACHED[Goal.GRANTED]
_TELLS_OF_ACCOUNT = frozenset({Event.GRANTED, Event.SIGNED_IN, Event.PASSWORD_CHANGED, Event.DATA_CHANGED})
_CHANGES_ACCOUNT = _TELLS_OF_ACCOUNT | {Event.STOPPED, Event.READMITTED, Event.TAKEN_BACK}
MANY = 5000
_TURN = 2021  # the advisory lock of this program; its second number is the campaign


@dataclass(frozen=True, slots=True)
class _Kept:
    """What one institution knows of a guardian."""

    institution_id: int
    person_id: int
    revision: int
    facts: Facts

    @property
    def where(self) -> Where:
        return self.institution_id, self.person_id


@dataclass(frozen=True, slots=True)
class _Known:
    """One guardian as kept here, and the same one as kept at the campaign's other institutions."""

    here: _Kept
    elsewhere: tuple[_Kept, ...]


def in_turn(place: Place, event: Event | None = None) -> None:
    """Who tells of accounts does so one after the other within a campaign: what is recorded of a guardian here is written to other
    institutions, too, and two who each hold what the other wants would wait for each other. SQLite has one writer anyway."""
    if (event is None or event in _CHANGES_ACCOUNT) and db.session.connection().dialect.name == "postgresql":
        db.session.execute(select(func.pg_advisory_xact_lock(_TURN, place.campaign_id)))


def account_since(facts: Facts) -> date | None:
    """Since when somebody has had an account, None for who has none. Who was put outside the target keeps theirs."""
    state = facts.aside if facts.state is State.EXCLUDED else facts.state
    return (facts.granted_on or facts.signed_in_on or facts.moved_on) if state in _HAS_ACCOUNT else None


def after(view: CampaignView, place: Place, steps: Iterable[Written]) -> None:
    """Carry on what steps of guardians mean for their children, here and elsewhere. Steps of others mean nothing."""
    written = list(steps)
    _tell_the_readmitted(view, place, written)
    moved = {step.person_id: step for step in written if account_since(step.before) != account_since(step.facts)}
    if not moved:
        return
    guardians = guardians_among(place.institution_id, moved)
    _unlock(place, guardians)
    turned = [number for number in guardians if not (account_since(moved[number].before) and account_since(moved[number].facts))]
    for some in _known_elsewhere(place, turned):
        now = [(known, moved[known.here.person_id]) for known in some]
        gained = [(kept, since) for known, step in now if (since := account_since(step.facts)) for kept in known.elsewhere]
        lost = [(known.elsewhere, step.happening.on) for known, step in now if not account_since(step.facts)]
        _grant(view, place, gained)
        _let_go(view, place, lost)
    db.session.expire_all()


def _tell_the_readmitted(view: CampaignView, place: Place, steps: Iterable[Written]) -> None:
    """Who was outside the target was told nothing meanwhile."""
    back = [step for step in steps if step.before.state is State.EXCLUDED and step.facts.state is not State.EXCLUDED]
    told = guardians_among(place.institution_id, [step.person_id for step in back if not account_since(step.facts)])
    if told:
        join(view, place, told)


def join(view: CampaignView, place: Place, guardian_ids: Sequence[int]) -> None:
    """Guardians have become known here, or their children have: an account that one institution knows of is known to all of them."""
    in_turn(place)
    for some in _known_elsewhere(place, guardian_ids):
        everywhere = [(known.here, *known.elsewhere) for known in some]
        since = [(group, [on for kept in group if (on := _since(kept))]) for group in everywhere]
        _grant(view, place, [(kept, min(days)) for group, days in since if days for kept in group])
    _unlock(place, guardian_ids)
    db.session.expire_all()


def known_as(place: Place, guardian_ids: Collection[int]) -> set[Where]:
    """The guardians, and as whom the campaign's other institutions know them."""
    found = {(place.institution_id, number) for number in guardian_ids}
    for block in blocks(guardian_ids):
        found |= {where for others in same_people(place, block).values() for where in others}
    return found


def part(view: CampaignView, place: Place, people: Collection[Where], since: datetime) -> None:
    """Guardians who were taken for one person no longer are: accounts that were taken over from each other since then, and that nobody of
    those who are still one has recorded, are taken back."""
    steps: dict[Where, Written] = {}
    for institution_id, ids in by_institution(people).items():
        there = _there(place, institution_id)
        for some in blocks(ids):
            same = same_people(there, some)
            everybody = {(institution_id, number) for number in some} | {where for others in same.values() for where in others}
            told = _counting(place, everybody)
            recorded = {where for where in everybody if _was_recorded(told.get(where, ()))}
            for row in db.session.execute(_locked(place, {(institution_id, number) for number in some})):
                kept = _Kept(row.institution_id, row.person_id, row.revision, facts_of(row))
                rows = told.get(kept.where, ())
                if _since(kept) and any(one.mirrored and one.recorded_at >= since for one in rows):
                    alone = not recorded & {kept.where, *same.get(kept.where, ())}
                    step = _without_the_mirrored(view, kept, rows, clock.today()) if alone else None
                    steps |= {kept.where: step} if step else {}
    _write(place, steps)
    db.session.expire_all()


def _unlock(place: Place, guardian_ids: Collection[int]) -> None:
    """Set anew since when the children of these guardians have somebody with an account, in the place's campaign."""
    for block in blocks(guardian_ids):
        children = select(Guardianship.child_id).where(
            Guardianship.institution_id == place.institution_id, Guardianship.guardian_id.in_(block)
        )
        _set_anew(place.institution_id, and_(Registration.campaign_id == place.campaign_id, Registration.person_id.in_(children)))


def unlock_child(institution_id: int, child_id: int) -> None:
    """The same for one child whose guardians are others now, in every campaign."""
    _set_anew(institution_id, Registration.person_id == child_id)
    db.session.expire_all()


def unlock_children(institution_id: int, child_ids: Collection[int]) -> None:
    """The same for many."""
    for block in blocks(child_ids):
        _set_anew(institution_id, Registration.person_id.in_(block))
    db.session.expire_all()


def _set_anew(institution_id: int, children: ColumnElement[bool]) -> None:
    of_guardian = aliased(Registration)
    account = (  # a subquery of its own: without statistics SQLite would begin with everybody's registration
        select(func.coalesce(of_guardian.granted_on, of_guardian.signed_in_on, of_guardian.moved_on))
        .where(
            of_guardian.institution_id == Guardianship.institution_id,
            of_guardian.campaign_id == Registration.campaign_id,
            of_guardian.person_id == Guardianship.guardian_id,
            has_account(of_guardian),
        )
        .correlate(Guardianship, Registration)
        .scalar_subquery()
    )
    first = (
        select(func.min(account))
        .where(Guardianship.institution_id == Registration.institution_id, Guardianship.child_id == Registration.person_id)
        .correlate(Registration)
        .scalar_subquery()
    )
    db.session.execute(
        update(Registration)
        .where(Registration.institution_id == institution_id, children, Registration.unlocked_on.is_distinct_from(first))
        .values(unlocked_on=first)
        .execution_options(synchronize_session=False)
    )


def has_account(registration: type[Registration]) -> ColumnElement[bool]:
    """`account_since` as SQL."""
    having = sorted(_HAS_ACCOUNT)
    return or_(registration.state.in_(having), and_(registration.state == State.EXCLUDED, registration.aside.in_(having)))


def guardians_among(institution_id: int, person_ids: Collection[int]) -> list[int]:
    """Those of some people who are anybody's guardian."""
    here = select(Guardianship.guardian_id).where(Guardianship.institution_id == institution_id)
    if len(person_ids) > MANY:  # it takes less to fetch all guardians than to name so many people
        return sorted(set(db.session.scalars(here.distinct())) & set(person_ids))
    found = set[int]()
    for block in blocks(person_ids):
        found |= set(db.session.scalars(here.where(Guardianship.guardian_id.in_(block))))
    return sorted(found)


def _known_elsewhere(place: Place, guardian_ids: Collection[int]) -> Iterator[list[_Known]]:
    """Those of the guardians whom other institutions of the campaign know, too, some at a time. Their registrations are locked: what
    somebody is just recording there comes first."""
    for block in blocks(guardian_ids):
        groups = same_people(place, block)
        wanted = {where for here, others in groups.items() for where in (here, *others)}
        rows = db.session.execute(_locked(place, wanted)) if wanted else ()
        kept = {(row.institution_id, row.person_id): _Kept(row.institution_id, row.person_id, row.revision, facts_of(row)) for row in rows}
        yield [
            _Known(kept[here], tuple(kept[where] for where in sorted(others) if where in kept))
            for here, others in groups.items()
            if here in kept
        ]


def _locked(place: Place, people: Collection[Where]) -> Select[*tuple[Any, ...]]:
    """As rows: the session has enough to keep while a roster comes in."""
    return (
        select(*(getattr(Registration, name) for name in ("institution_id", "person_id", "revision", *Facts.__slots__)))
        .where(Registration.campaign_id == place.campaign_id, any_of(Registration, people))
        .order_by(Registration.institution_id, Registration.person_id)
        .with_for_update()
    )


def _since(kept: _Kept) -> date | None:
    return account_since(kept.facts)


def _grant(view: CampaignView, place: Place, told: Iterable[tuple[_Kept, date]]) -> None:
    """The account is known from elsewhere. Where it is known already, or somebody is outside the target, nothing is written."""
    steps: dict[Where, Written] = {}
    decided = deciding(view)
    for kept, on in told:
        if _since(kept) or kept.where in steps:
            continue
        happening = Happening(kept.revision + 1, Event.GRANTED, max(on, kept.facts.moved_on or on))
        step = step_from(view, decided, kept.person_id, kept.facts, happening)
        if not isinstance(step, Refusal):
            steps[kept.where] = step
    _write(place, steps)


def _let_go(view: CampaignView, place: Place, told: Sequence[tuple[tuple[_Kept, ...], date]]) -> None:
    """What was taken over from elsewhere no longer holds. Where somebody has recorded the account as well it stays, there and for all."""
    steps: dict[Where, Written] = {}
    told_there = _counting(place, {kept.where for everywhere, _ in told for kept in everywhere})
    for everywhere, on in told:
        if any(_since(kept) and _was_recorded(told_there.get(kept.where, ())) for kept in everywhere):
            continue
        for kept in everywhere:
            step = _without_the_mirrored(view, kept, told_there.get(kept.where, ()), on)
            if step:
                steps[kept.where] = step
    _write(place, steps)


def _without_the_mirrored(view: CampaignView, kept: _Kept, rows: Sequence[RecordedEvent], on: date) -> Written | None:
    """Taking back what was taken over, also where something else was recorded after it. None where there is nothing of the kind."""
    taken_over = [row.number for row in rows if row.mirrored]
    if not taken_over:
        return None
    facts = leave_out(view.procedure, [happening_of(row) for row in rows], taken_over[-1])
    undoing = Happening(kept.revision + 1, Event.TAKEN_BACK, on, takes_back=taken_over[-1])
    return Written(kept.person_id, undoing, facts, kept.facts) if facts else None


def _counting(place: Place, people: Collection[Where]) -> dict[Where, Sequence[RecordedEvent]]:
    """What was told of each and has not been taken back."""
    return {
        (institution_id, person_id): rows
        for institution_id, ids in by_institution(people).items()
        for block in blocks(ids)
        for person_id, rows in counting(_there(place, institution_id), block).items()
    }


def _was_recorded(rows: Sequence[RecordedEvent]) -> bool:
    return any(row.event in _TELLS_OF_ACCOUNT and not row.mirrored for row in rows)


def _write(place: Place, steps: Mapping[Where, Written]) -> None:
    for institution_id, ids in by_institution(steps).items():
        there = _there(place, institution_id)
        write_many(there, [steps[institution_id, person_id] for person_id in ids], None)
        _unlock(there, ids)


def _there(place: Place, institution_id: int) -> Place:
    return Place(institution_id, place.campaign_id, None, ELSEWHERE, mirrored=True)
