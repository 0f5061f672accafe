"""What each rung of a ladder has brought: how many people its messages spoke of, and how many of them took a step soon after."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Date, and_, case, exists, func, or_, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import aliased
from sqlalchemy.sql.functions import GenericFunction

from app.domain.ladder import ADDRESSED, Receiver
from app.domain.nudge import Status
from app.domain.registration import Event
from app.extensions import db
from app.models import Nudge, NudgePerson, RecordedEvent
from app.queries.where import EVERYWHERE, Where

DAYS = 3
# The steps that a message can move somebody to, or that follow from one.
STEPS = (
    *(Event.CODE_ISSUED, Event.DECLARED, Event.FORM_RECEIVED, Event.HANDED_IN),
    *(Event.GRANTED, Event.APP_INSTALLED, Event.SIGNED_IN, Event.PASSWORD_CHANGED),
)
_LEFT = sorted({Status.SENT, Status.DELIVERED})


@dataclass(frozen=True, slots=True)
class Effect:
    """`sent` messages of a rung spoke of `people`; `moved` of these took a step within three days. A child's message counts once for each
    message, so somebody who was reminded twice by a rung is two."""

    sent: int
    people: int
    moved: int

    @property
    def share(self) -> float | None:
        return 100 * self.moved / self.people if self.people else None


class local_day(GenericFunction[Any]):
    """The local date of an instant, some days later."""

    type = Date()
    inherit_cache = True


@compiles(local_day, "sqlite")
def _for_sqlite(element: Any, compiler: Any, **kwargs: Any) -> str:
    instant, days = (compiler.process(part, **kwargs) for part in element.clauses)
    return f"date({instant}, '+7 hours', {days} || ' days')"


@compiles(local_day, "postgresql")
def _for_postgresql(element: Any, compiler: Any, **kwargs: Any) -> str:
    instant, days = (compiler.process(part, **kwargs) for part in element.clauses)
    return f"(({instant} AT TIME ZONE 'Asia/Ho_Chi_Minh')::date + {days}::integer)"


def effects(campaign_id: int, where: Where = EVERYWHERE) -> Mapping[int, Effect]:
    """By rung, for those that have sent something to people themselves."""
    told = and_(
        NudgePerson.campaign_id == Nudge.campaign_id,
        NudgePerson.nudge_id == Nudge.id,
        NudgePerson.institution_id == Nudge.institution_id,
        Nudge.receiver == Receiver.GUARDIAN,
    )
    statement = (
        select(Nudge.rung_id, func.count(Nudge.id.distinct()), func.count(), func.count(case((_took_a_step(), 1))))
        .select_from(Nudge)
        .outerjoin(NudgePerson, told)
        .where(
            Nudge.campaign_id == campaign_id,
            where.of_nudges(),
            Nudge.rung_id.is_not(None),
            Nudge.status.in_(_LEFT),
            Nudge.receiver.in_(sorted(ADDRESSED)),
        )
        .group_by(Nudge.rung_id)
    )
    return {row[0]: Effect(*row[1:]) for row in db.session.execute(statement) if row[0] is not None}


def _took_a_step() -> ColumnElement[bool]:
    """The person, the child, or the guardian for whose account the child may wait; recorded after the message had left, and not taken
    back."""
    undone = aliased(RecordedEvent)
    return exists().where(
        RecordedEvent.institution_id == Nudge.institution_id,
        RecordedEvent.campaign_id == Nudge.campaign_id,
        or_(RecordedEvent.person_id == Nudge.person_id, RecordedEvent.person_id == NudgePerson.person_id),
        RecordedEvent.event.in_(sorted(STEPS)),
        RecordedEvent.on.between(local_day(Nudge.sent_at, 0), local_day(Nudge.sent_at, DAYS)),
        RecordedEvent.recorded_at >= Nudge.sent_at,
        ~exists().where(
            undone.institution_id == RecordedEvent.institution_id,
            undone.campaign_id == RecordedEvent.campaign_id,
            undone.person_id == RecordedEvent.person_id,
            undone.takes_back == RecordedEvent.number,
        ),
    )
