"""A campaign's ladder as it is now: rungs, texts, hours, and the terms on which messages go."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache

from sqlalchemy import and_, or_, select

from app import clock
from app.domain.ladder import LATE_DAYS, Anchor, Channel, Course, Measure, Receiver, Rung
from app.domain.nudge import Hours, Terms
from app.domain.standing import Standing
from app.domain.track import Track
from app.extensions import db
from app.models import Campaign, ChannelState, Ladder, LadderRung, MessageText
from app.queries.campaigns import CampaignView, campaigns_with
from app.texts.speech import Wording
from app.workdays import is_holiday, is_workday

AFTERWARDS = timedelta(days=366)  # a password may have to be changed half a year after the last grant


@dataclass(frozen=True, slots=True)
class LadderView:
    """`paused_at` is None while the campaign reminds."""

    campaign_id: int
    paused_at: datetime | None
    hours: Hours
    on_sundays: bool
    on_holidays: bool
    rungs: tuple[Rung, ...]


def ladder(campaign_id: int) -> LadderView:
    """The ladder with the rungs of the campaign and of its institutions."""
    row = db.session.get_one(Ladder, campaign_id)
    found = db.session.scalars(
        select(LadderRung).where(LadderRung.campaign_id == campaign_id, LadderRung.removed_at.is_(None)).order_by(LadderRung.id)
    )
    rungs = tuple(rung_of(rung) for rung in found)
    return LadderView(campaign_id, row.paused_at, Hours(row.first_hour, row.last_hour), row.on_sundays, row.on_holidays, rungs)


def rungs_of(campaign_id: int) -> dict[int, Rung]:
    """All rungs that the campaign has or had, by id."""
    return {row.id: rung_of(row) for row in db.session.scalars(select(LadderRung).where(LadderRung.campaign_id == campaign_id))}


def rung_of(row: LadderRung) -> Rung:
    return Rung(
        id=row.id,
        anchor=Anchor(row.anchor),
        distance=row.distance,
        measure=Measure(row.measure),
        standings=frozenset(Standing(word) for word in _words(row.standings)),
        track=Track(row.track) if row.track else None,
        institution_id=row.institution_id,
        unit_id=row.unit_id,
        receivers=frozenset(Receiver(word) for word in _words(row.receivers)),
        channels=tuple(Channel(word) for word in _words(row.channels)),
        text_id=row.text_id,
        is_paused=row.is_paused,
    )


def _words(joined: str) -> list[str]:
    return joined.split(",") if joined else []


def terms(view: CampaignView, ways: frozenset[Channel]) -> Terms:
    """What `app.domain.nudge.decide` needs of a campaign. Of `ways` those in trouble are left out."""
    found = ladder(view.id)
    return Terms(found.rungs, course(view, found), found.hours, found.paused_at is not None, ways - channels_in_trouble())


def course(view: CampaignView, found: LadderView) -> Course:
    return Course(view.starts_on, view.deadline, is_workday, quiet_days(found.on_sundays, found.on_holidays))


@cache
def quiet_days(on_sundays: bool, on_holidays: bool) -> Callable[[date], bool]:
    """The days on which nothing goes: Sundays and public holidays with Tết, unless the campaign says so."""

    @cache
    def is_quiet(day: date) -> bool:
        return (day.isoweekday() == 7 and not on_sundays) or (is_holiday(day) and not on_holidays)

    return is_quiet


def channels_in_trouble() -> frozenset[Channel]:
    """Channels that can't be used at the moment: the operator has to mend something, or the quota is used up."""
    lasting = or_(ChannelState.until.is_(None), ChannelState.until > clock.now())
    found = db.session.scalars(select(ChannelState.channel).where(ChannelState.trouble.is_not(None), lasting))
    return frozenset(Channel(name) for name in found)


def wordings(campaign_id: int) -> dict[int, Wording]:
    """The campaign's own texts, by id."""
    rows = db.session.scalars(select(MessageText).where(MessageText.campaign_id == campaign_id))
    return {row.id: Wording(row.subject, row.body, row.short) for row in rows}


def active() -> list[CampaignView]:
    """The campaigns that may have something to send: their ladder is awake, and they began and did not end long ago."""
    today = clock.today()
    awake = select(Ladder.campaign_id).where(Ladder.paused_at.is_(None))
    running = and_(Campaign.starts_on <= today + timedelta(days=LATE_DAYS), Campaign.deadline_on >= today - AFTERWARDS)
    return campaigns_with(and_(Campaign.id.in_(awake), running))
