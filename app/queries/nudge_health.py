"""Whether reminders flow: days on which nothing went, ticks that stay away, channels in trouble, open questions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, case, func, literal_column, or_, select, true

from app import clock
from app.domain.ladder import Channel
from app.domain.nudge import Status, Why
from app.domain.scope import CampaignScope
from app.extensions import db
from app.models import ChannelState, Ladder, Nudge
from app.queries import ladders, running

PATIENCE = timedelta(hours=2)
TICKS = ("plan", "send")
TICKS_WITHIN = timedelta(minutes=15)
STARTS_WITHIN = timedelta(minutes=3)  # a scheduler that has just begun ends its first ticks within them


class Ticks(StrEnum):
    """How the scheduler is. STARTING: it has just begun and not ended its first ticks; LATE: nobody plans or sends although a campaign
    reminds."""

    OK = "ok"
    STARTING = "starting"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class SilentDay:
    """A day whose messages should have gone long ago, while nothing goes at all."""

    on: date
    waiting: int


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a channel is not used; `until` is when one message tries it again, None: never by itself."""

    channel: Channel
    detail: str
    since: datetime
    until: datetime | None

    def is_over(self, now: datetime) -> bool:
        """One message may try."""
        return self.until is not None and self.until <= now


@dataclass(frozen=True, slots=True)
class NudgeHealth:
    """How reminders flow in the whole installation."""

    silent_days: tuple[SilentDay, ...]
    ticks: Ticks
    troubles: tuple[Trouble, ...]
    unknown: int

    @property
    def is_red(self) -> bool:
        return bool(self.silent_days or self.ticks is Ticks.LATE or self.troubles)


def health(now: datetime) -> NudgeHealth:
    return NudgeHealth(silent_days(None, now), ticks(now), troubles(), unknown(None))


def silent_days(scope: CampaignScope | None, now: datetime) -> tuple[SilentDay, ...]:
    """The days of which messages still wait that could have gone for hours, while nothing was sent: neither lately nor, where all that
    waits has failed before, today. Everywhere, or at the scope's institution; empty when all is well."""
    long_ago = now - PATIENCE
    has_failed = or_(Nudge.error.is_not(None), Nudge.why == Why.TROUBLE)
    untried = and_(Nudge.not_before <= long_ago, Nudge.error.is_(None))
    awake = Nudge.campaign_id.not_in(select(Ladder.campaign_id).where(Ladder.paused_at.is_not(None)))
    due = and_(_is(Status.PLANNED), Nudge.planned_at <= long_ago, Nudge.goes_on <= clock.local_date(now), awake, _here(scope))
    waiting = (
        select(Nudge.goes_on, func.count(), func.sum(case((untried, 1), else_=0)))
        .where(due, or_(untried, has_failed))
        .group_by(Nudge.goes_on)
        .order_by(Nudge.goes_on)
    )
    found = db.session.execute(waiting).all()
    if not found:
        return ()
    morning = datetime.combine(clock.local_date(now), time(), clock.LOCAL)
    last = db.session.scalar(select(func.max(Nudge.sent_at)).where(_here(scope)))
    since = long_ago if any(of_day[2] for of_day in found) else morning
    return () if last is not None and last >= since else tuple(SilentDay(on, count) for on, count, _ in found)


def ticks(now: datetime) -> Ticks:
    if not ladders.active():
        return Ticks.OK
    last = running.heartbeats()
    if all(tick in last and last[tick] >= now - TICKS_WITHIN for tick in TICKS):
        return Ticks.OK
    began = last.get(running.BEGAN)
    return Ticks.STARTING if began is not None and began >= now - STARTS_WITHIN else Ticks.LATE


def troubles() -> tuple[Trouble, ...]:
    """The channels that are in trouble, until a message has gone through or the operator says that it is over."""
    rows = db.session.scalars(select(ChannelState).where(ChannelState.trouble.is_not(None)).order_by(ChannelState.channel))
    return tuple(Trouble(Channel(row.channel), row.trouble or "", row.trouble_at or clock.now(), row.until) for row in rows)


def unknown(scope: CampaignScope | None) -> int:
    """Messages of which nobody knows whether they left: somebody has to look."""
    return db.session.scalar(select(func.count()).where(Nudge.status == Status.UNKNOWN, _here(scope))) or 0


def _here(scope: CampaignScope | None) -> ColumnElement[bool]:
    if scope is None:
        return true()
    return and_(Nudge.campaign_id == scope.campaign_id, Nudge.institution_id == scope.institution_id)


def _is(status: Status) -> ColumnElement[bool]:
    return Nudge.status == literal_column(f"'{status.value}'")
