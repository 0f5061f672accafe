"""Whom something has happened to since a roster was applied: all tables that know people are asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, or_, select

from app.domain import addresses
from app.domain.nudge import Status
from app.domain.scope import CampaignScope
from app.domain.undoing import Why
from app.extensions import db
from app.models import (
    Address,
    Batch,
    BatchForm,
    Desk,
    DeskPerson,
    Difficulty,
    Evidence,
    ImageView,
    Invitation,
    LadderRung,
    MembershipUnit,
    Nudge,
    NudgePerson,
    Pause,
    Person,
    RecordedEvent,
    Registration,
    Unit,
)

UNSENT = (Status.PLANNED, Status.LEFT_OUT, Status.OVERTAKEN)
Reasons = dict[int, set[Why]]


def touched(scope: CampaignScope, made: Collection[int], since: datetime) -> tuple[Reasons, Reasons]:
    """Everybody with anything recorded: those to whom it happened in the campaign, and those to whom it did in another one or in none."""
    here: Reasons = defaultdict(set)
    elsewhere: Reasons = defaultdict(set)
    for why, statement in _traces(scope.institution_id):
        for person_id, campaign_id in db.session.execute(statement):
            if campaign_id == scope.campaign_id:
                here[person_id].add(why)
            else:
                elsewhere[person_id].add(why if campaign_id is None else Why.OTHER_CAMPAIGN)
    for person_id in _opted_out(scope.institution_id, made, since):
        elsewhere[person_id].add(Why.OPTED_OUT)
    return here, elsewhere


def recorded_after(scope: CampaignScope, revisions: dict[int, int]) -> set[int]:
    """Those of whom something was recorded in the campaign after the event of the given number."""
    statement = select(RecordedEvent.person_id, RecordedEvent.number).where(
        RecordedEvent.institution_id == scope.institution_id,
        RecordedEvent.campaign_id == scope.campaign_id,
        RecordedEvent.person_id.in_(sorted(revisions)),
        RecordedEvent.mirrored.is_(False),
    )
    return {person_id for person_id, number in db.session.execute(statement) if number > revisions[person_id]}


def _traces(institution_id: int) -> Iterator[tuple[Why, Select[int, int | None]]]:
    """Who has something of each kind, in which campaign. What was only taken over from elsewhere, or never sent, is nobody's doing."""
    yield Why.RECORDED, _distinct(RecordedEvent, institution_id).where(RecordedEvent.mirrored.is_(False))
    yield Why.PAPER, _distinct(Evidence, institution_id)
    yield Why.PAPER, _distinct(ImageView, institution_id)
    yield Why.DIFFICULTY, _distinct(Difficulty, institution_id).where(Difficulty.person_id.is_not(None))
    yield Why.PAUSED, _distinct(Pause, institution_id).where(Pause.person_id.is_not(None))
    sent = _distinct(Nudge, institution_id).where(Nudge.person_id.is_not(None), Nudge.status.not_in(UNSENT))
    yield Why.REMINDED, sent
    spoken_of = and_(Nudge.campaign_id == NudgePerson.campaign_id, Nudge.id == NudgePerson.nudge_id)
    yield Why.REMINDED, _distinct(NudgePerson, institution_id).join(Nudge, spoken_of).where(Nudge.status.not_in(UNSENT))
    in_batch = and_(Batch.institution_id == BatchForm.institution_id, Batch.id == BatchForm.batch_id)
    batches = select(BatchForm.person_id, Batch.campaign_id).join(Batch, in_batch)
    yield Why.BATCH, batches.where(BatchForm.institution_id == institution_id)
    at_desk = and_(Desk.institution_id == DeskPerson.institution_id, Desk.id == DeskPerson.desk_id)
    desks = select(DeskPerson.person_id, Desk.campaign_id).join(Desk, at_desk)
    yield Why.DESK, desks.where(DeskPerson.institution_id == institution_id)


def _distinct(table: Any, institution_id: int) -> Select[int, int | None]:
    return select(table.person_id, table.campaign_id).where(table.institution_id == institution_id).distinct()


def _opted_out(institution_id: int, made: Collection[int], since: datetime) -> set[int]:
    """Those among the people who have asked since for no more messages, by phone or e-mail."""
    said = set(db.session.scalars(select(Address.address).where(Address.opted_out_at >= since)))
    if not said:
        return set()
    reached = or_(Person.phone.is_not(None), Person.email.is_not(None))
    statement = select(Person.id, Person.phone, Person.email).where(Person.institution_id == institution_id, reached)
    return {
        number
        for number, phone, email in db.session.execute(statement)
        if number in made and said & {addresses.of_phone(phone), addresses.of_email(email)}
    }


def in_other_campaigns(scope: CampaignScope) -> set[int]:
    """Those of the institution who are registered in another campaign, too."""
    statement = select(Registration.person_id).where(
        Registration.institution_id == scope.institution_id, Registration.campaign_id != scope.campaign_id
    )
    return set(db.session.scalars(statement.distinct()))


def units_in_use(institution_id: int) -> set[int | None]:
    """Units that something besides people points to: smaller units, teachers and those invited to be, rungs, pauses."""
    found: set[int | None] = set()
    for column, institution in (
        (Unit.parent_id, Unit.institution_id),
        (MembershipUnit.unit_id, MembershipUnit.institution_id),
        (LadderRung.unit_id, LadderRung.institution_id),
        (Pause.unit_id, Pause.institution_id),
    ):
        found |= set(db.session.scalars(select(column).where(institution == institution_id)))
    invited = db.session.scalars(select(Invitation.unit_ids).where(Invitation.institution_id == institution_id, Invitation.unit_ids != ""))
    return found | {int(number) for numbers in invited for number in numbers.split(",")}
