"""A campaign's ladder: the one it begins with, its rungs, its hours, and when it keeps still."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import exists, select

from app import clock
from app.domain.ladder import ADDRESSED, Anchor, Channel, Measure, Receiver, Rung, ready_made
from app.domain.nudge import Hours
from app.domain.procedure import PROCEDURES
from app.domain.scope import AgencyScope, CampaignScope
from app.domain.standing import Goal, Standing
from app.domain.track import Track
from app.extensions import db
from app.models import Agency, Campaign, Ladder, LadderRung, MessageText, Unit
from app.services import log

LONGEST = {Measure.DAYS: 365, Measure.WORKDAYS: 250, Measure.MONTHS: 12}


class LadderRefusal(StrEnum):
    NOT_YOURS = "not-yours"  # the campaign or rung is not the scope's to change
    NO_RECEIVER = "no-receiver"
    NO_CHANNEL = "no-channel"
    ODD_DISTANCE = "odd-distance"
    UNKNOWN_UNIT = "unknown-unit"
    UNKNOWN_TEXT = "unknown-text"
    COUNTED_FROM_A_PERSON = "counted-from-a-person"  # a digest has no declaration or grant to count from
    ODD_HOURS = "odd-hours"
    NOT_EMPTY = "not-empty"  # the ready-made ladder is only given where there is none


@dataclass(frozen=True, slots=True)
class RungDraft:
    """A rung as somebody wants it; see `app.domain.ladder.Rung`."""

    anchor: Anchor
    distance: int
    measure: Measure = Measure.DAYS
    standings: frozenset[Standing] = frozenset()
    track: Track | None = None
    unit_id: int | None = None
    receivers: frozenset[Receiver] = ADDRESSED
    channels: tuple[Channel, ...] = (Channel.EMAIL, Channel.ZALO, Channel.SMS)
    text_id: int | None = None


Scope = AgencyScope | CampaignScope


def begin(campaign: Campaign) -> None:
    """A new campaign has a ladder that reminds from the first day."""
    db.session.add(Ladder(campaign_id=campaign.id))
    db.session.flush()
    _put_ready_made(campaign)


def take_ready_made(scope: AgencyScope, campaign_id: int) -> LadderRefusal | None:
    """The ready-made rungs for a campaign of the scope's that has none of its own."""
    campaign = _own(scope, campaign_id)
    if campaign is None:
        return LadderRefusal.NOT_YOURS
    here = exists().where(LadderRung.campaign_id == campaign_id, LadderRung.institution_id.is_(None), LadderRung.removed_at.is_(None))
    if db.session.scalar(select(here)):
        return LadderRefusal.NOT_EMPTY
    _put_ready_made(campaign)
    _note(scope, campaign)
    return None


def _put_ready_made(campaign: Campaign) -> None:
    has_paper = PROCEDURES[campaign.procedure].paper_days is not None
    db.session.add_all(_row(campaign.id, None, rung) for rung in ready_made(Goal(campaign.goal), has_paper=has_paper))
    db.session.flush()


def add_rung(scope: Scope, campaign_id: int, draft: RungDraft) -> int | LadderRefusal:
    """A rung of the whole campaign (an agency's scope) or of the scope's institution; answers its id."""
    campaign = _reachable(scope, campaign_id)
    if campaign is None:
        return LadderRefusal.NOT_YOURS
    refused = _odd(scope, campaign_id, draft)
    if refused:
        return refused
    row = _row(campaign_id, _institution(scope), draft)
    db.session.add(row)
    db.session.flush()
    _note(scope, campaign)
    return row.id


def change_rung(scope: Scope, campaign_id: int, rung_id: int, draft: RungDraft) -> int | LadderRefusal:
    """The rung gives way to a new one where its day or its receivers change, so that what was sent keeps what it was sent by; answers
    the id that holds now. One that now means others is planned anew, also for those whom it has not meant before."""
    row = _own_rung(scope, campaign_id, rung_id)
    if row is None:
        return LadderRefusal.NOT_YOURS
    refused = _odd(scope, campaign_id, draft)
    if refused:
        return refused
    new = _row(campaign_id, row.institution_id, draft)
    if all(getattr(new, name) == getattr(row, name) for name in ("anchor", "distance", "measure", "receivers")):
        for name in ("standings", "track", "unit_id", "channels", "text_id"):
            setattr(row, name, getattr(new, name))
        row.planned_for = row.planned_at = None
        db.session.flush()
        return rung_id
    row.removed_at, new.is_paused = clock.now(), row.is_paused
    db.session.add(new)
    db.session.flush()
    return new.id


def remove_rung(scope: Scope, campaign_id: int, rung_id: int) -> LadderRefusal | None:
    row = _own_rung(scope, campaign_id, rung_id)
    if row is None:
        return LadderRefusal.NOT_YOURS
    row.removed_at = clock.now()
    db.session.flush()
    return None


def pause_rung(scope: Scope, campaign_id: int, rung_id: int, *, paused: bool) -> LadderRefusal | None:
    row = _own_rung(scope, campaign_id, rung_id)
    if row is None:
        return LadderRefusal.NOT_YOURS
    row.is_paused = paused
    db.session.flush()
    return None


def set_hours(scope: AgencyScope, campaign_id: int, hours: Hours, *, on_sundays: bool, on_holidays: bool) -> LadderRefusal | None:
    """From which hour until before which messages may go, and whether on Sundays and holidays too."""
    campaign = _own(scope, campaign_id)
    if campaign is None:
        return LadderRefusal.NOT_YOURS
    if not 0 <= hours.first < hours.last <= 24:
        return LadderRefusal.ODD_HOURS
    ladder = db.session.get_one(Ladder, campaign_id)
    ladder.first_hour, ladder.last_hour, ladder.on_sundays, ladder.on_holidays = hours.first, hours.last, on_sundays, on_holidays
    db.session.flush()
    _note(scope, campaign)
    return None


def pause_ladder(scope: AgencyScope, campaign_id: int, *, paused: bool) -> LadderRefusal | None:
    """Nothing of the campaign goes until it is woken."""
    campaign = _own(scope, campaign_id)
    if campaign is None:
        return LadderRefusal.NOT_YOURS
    db.session.get_one(Ladder, campaign_id).paused_at = clock.now() if paused else None
    db.session.flush()
    _note(scope, campaign)
    return None


def _odd(scope: Scope, campaign_id: int, draft: RungDraft) -> LadderRefusal | None:
    if not draft.receivers:
        return LadderRefusal.NO_RECEIVER
    if not draft.channels:
        return LadderRefusal.NO_CHANNEL
    in_bounds = 1 <= draft.distance <= 7 if draft.anchor is Anchor.WEEKDAY else abs(draft.distance) <= LONGEST[draft.measure]
    if not in_bounds or (draft.distance < 0 and draft.anchor is not Anchor.DEADLINE):
        return LadderRefusal.ODD_DISTANCE
    if draft.receivers - ADDRESSED and draft.anchor not in {Anchor.DEADLINE, Anchor.WEEKDAY}:
        return LadderRefusal.COUNTED_FROM_A_PERSON
    if draft.unit_id is not None and not _has_unit(scope, draft.unit_id):
        return LadderRefusal.UNKNOWN_UNIT
    if draft.text_id is not None and not _has_text(scope, campaign_id, draft.text_id):
        return LadderRefusal.UNKNOWN_TEXT
    return None


def _has_unit(scope: Scope, unit_id: int) -> bool:
    return isinstance(scope, CampaignScope) and db.session.get(Unit, (scope.institution_id, unit_id)) is not None


def _has_text(scope: Scope, campaign_id: int, text_id: int) -> bool:
    row = db.session.get(MessageText, text_id)
    usable = row is not None and row.campaign_id == campaign_id and row.removed_at is None
    return usable and row is not None and row.institution_id in {None, _institution(scope)}


def _row(campaign_id: int, institution_id: int | None, wanted: RungDraft | Rung) -> LadderRung:
    return LadderRung(
        campaign_id=campaign_id,
        institution_id=institution_id,
        unit_id=wanted.unit_id,
        anchor=wanted.anchor,
        distance=wanted.distance,
        measure=wanted.measure,
        standings=",".join(sorted(wanted.standings)),
        track=wanted.track,
        receivers=",".join(sorted(wanted.receivers)),
        channels=",".join(wanted.channels),
        text_id=wanted.text_id,
        is_paused=False,
    )


def _own_rung(scope: Scope, campaign_id: int, rung_id: int) -> LadderRung | None:
    if _reachable(scope, campaign_id) is None:
        return None
    here = LadderRung.institution_id.is_(None) if isinstance(scope, AgencyScope) else LadderRung.institution_id == scope.institution_id
    return db.session.scalar(
        select(LadderRung).where(LadderRung.id == rung_id, LadderRung.campaign_id == campaign_id, LadderRung.removed_at.is_(None), here)
    )


def _reachable(scope: Scope, campaign_id: int) -> Campaign | None:
    if isinstance(scope, AgencyScope):
        return _own(scope, campaign_id)
    return db.session.get(Campaign, campaign_id) if scope.campaign_id == campaign_id else None


def _own(scope: AgencyScope, campaign_id: int) -> Campaign | None:
    return db.session.scalar(
        select(Campaign)
        .join(Agency, Agency.id == Campaign.agency_id)
        .where(Campaign.id == campaign_id, Agency.path.startswith(scope.path, autoescape=True))
    )


def _institution(scope: Scope) -> int | None:
    return scope.institution_id if isinstance(scope, CampaignScope) else None


def _note(scope: Scope, campaign: Campaign) -> None:
    log.note(scope.actor, "changed-ladder", agency_id=campaign.agency_id, institution_id=_institution(scope))
