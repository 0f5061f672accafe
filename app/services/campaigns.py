"""An agency's campaigns: made, changed, and which institutions take part."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from sqlalchemy import Select, delete, exists, insert, select

from app import clock
from app.domain.deadlines import is_plausible
from app.domain.names import tidy
from app.domain.procedure import PROCEDURES
from app.domain.scope import AgencyScope
from app.domain.standing import Goal
from app.domain.track import GUARDIAN_BELOW, IMAGE_DAYS
from app.extensions import db
from app.models import Agency, Campaign, Desk, Difficulty, Institution, Participation, Registration, Roster
from app.services import ladders, log
from app.services.openings import tracks_anew
from app.services.places import ContactGiven, is_code


class CampaignRefusal(StrEnum):
    CODE_TAKEN = "code-taken"
    CODE_MALFORMED = "code-malformed"
    UNKNOWN_AGENCY = "unknown-agency"
    ENDS_BEFORE_START = "ends-before-start"
    ODD_DATES = "odd-dates"
    NOT_YOURS = "not-yours"
    HAS_EVENTS = "has-events"


@dataclass(frozen=True, slots=True)
class CampaignDraft:
    """A campaign as its form or command gives it. `receiving_code` is the office that declarations name, the agency's own if empty."""

    deadline_on: date
    deadline_included: bool
    deadline_phrase: str = ""
    starts_on: date | None = None
    goal: Goal = Goal.GRANTED
    target: int = 100
    procedure: str = "paper-2021"
    paper_days: int | None = None
    guardian_below: int = GUARDIAN_BELOW
    ages_on: date | None = None
    keep_images: bool = False
    image_days: int = IMAGE_DAYS
    dispatch_number: str = ""
    dispatch_on: date | None = None
    issued_by: str = ""
    scope: str = ""
    basis: str = ""
    receiving_code: str = ""
    contact: ContactGiven = field(default_factory=ContactGiven)


def create(scope: AgencyScope, agency_code: str, code: str, draft: CampaignDraft, *, takes_all: bool) -> CampaignRefusal | None:
    """A campaign of one of the scope's agencies; with `takes_all` every institution below it takes part, later ones too."""
    agency = db.session.scalar(select(Agency).where(Agency.code == agency_code, Agency.path.startswith(scope.path, autoescape=True)))
    if agency is None:
        return CampaignRefusal.UNKNOWN_AGENCY
    if not is_code(code):
        return CampaignRefusal.CODE_MALFORMED
    if db.session.scalar(select(Campaign.id).where(Campaign.code == code)):
        return CampaignRefusal.CODE_TAKEN
    campaign = Campaign(code=code, agency_id=agency.id, receiving_agency_id=agency.id, takes_all=takes_all)
    refused = _fill(campaign, draft)
    if refused:
        return refused
    db.session.add(campaign)
    db.session.flush()
    ladders.begin(campaign)
    if takes_all:
        _take_in(campaign, _institutions_below(agency.path))
    log.note(scope.actor, "made-campaign", agency_id=agency.id)
    return None


def change(scope: AgencyScope, campaign_id: int, draft: CampaignDraft) -> CampaignRefusal | None:
    """New terms. The procedure can't change once something is recorded, because the events would not fit any more."""
    campaign = _own(scope, campaign_id)
    if campaign is None:
        return CampaignRefusal.NOT_YOURS
    moved = db.session.scalar(select(exists().where(Registration.campaign_id == campaign.id, Registration.revision > 0)))
    before = PROCEDURES[campaign.procedure].with_paper_days(campaign.paper_days)
    if moved and PROCEDURES[draft.procedure].with_paper_days(draft.paper_days) != before:
        return CampaignRefusal.HAS_EVENTS
    limit = campaign.guardian_below
    refused = _fill(campaign, draft)
    if refused:
        db.session.expire(campaign)
        return refused
    db.session.flush()
    if campaign.guardian_below != limit:
        tracks_anew(campaign.id)
    log.note(scope.actor, "changed-campaign", agency_id=campaign.agency_id)
    return None


def choose_institutions(
    scope: AgencyScope, campaign_id: int, codes: Collection[str], *, takes_all: bool
) -> tuple[str, ...] | CampaignRefusal:
    """Let exactly these institutions take part. Those that have something in it stay; their codes are answered."""
    campaign = _own(scope, campaign_id)
    if campaign is None:
        return CampaignRefusal.NOT_YOURS
    campaign.takes_all = takes_all
    path = db.session.get_one(Agency, campaign.agency_id).path
    below = {i.id: i.code for i in db.session.scalars(_institutions_below(path))}
    wanted = set(below) if takes_all else {number for number, code in below.items() if code in codes}
    present = set(db.session.scalars(select(Participation.institution_id).where(Participation.campaign_id == campaign.id)))
    going = present - wanted
    busy = _busy(campaign.id, going)
    db.session.execute(
        delete(Participation).where(Participation.campaign_id == campaign.id, Participation.institution_id.in_(going - busy))
    )
    if wanted - present:
        db.session.execute(insert(Participation), [{"institution_id": n, "campaign_id": campaign.id} for n in sorted(wanted - present)])
    db.session.flush()
    log.note(scope.actor, "chose-institutions", agency_id=campaign.agency_id, count=len(wanted))
    return tuple(sorted(below[number] for number in busy if number in below))


def _own(scope: AgencyScope, campaign_id: int) -> Campaign | None:
    return db.session.scalar(
        select(Campaign)
        .join(Agency, Agency.id == Campaign.agency_id)
        .where(Campaign.id == campaign_id, Agency.path.startswith(scope.path, autoescape=True))
    )


def _fill(campaign: Campaign, draft: CampaignDraft) -> CampaignRefusal | None:
    starts_on = draft.starts_on or campaign.starts_on or min(clock.today(), draft.deadline_on)
    if draft.deadline_on < starts_on:
        return CampaignRefusal.ENDS_BEFORE_START
    if not is_plausible(starts_on, draft.deadline_on):
        return CampaignRefusal.ODD_DATES
    if draft.receiving_code:
        receiving = db.session.scalar(select(Agency.id).where(Agency.code == draft.receiving_code))
        if receiving is None:
            return CampaignRefusal.UNKNOWN_AGENCY
        campaign.receiving_agency_id = receiving
    campaign.starts_on = starts_on
    campaign.deadline_on, campaign.deadline_included = draft.deadline_on, draft.deadline_included
    campaign.deadline_phrase = tidy(draft.deadline_phrase) or None
    campaign.goal, campaign.target = draft.goal, draft.target
    campaign.procedure, campaign.paper_days = draft.procedure, draft.paper_days
    campaign.guardian_below, campaign.ages_on = draft.guardian_below, draft.ages_on
    campaign.keep_images, campaign.image_days = draft.keep_images, draft.image_days
    campaign.dispatch_number, campaign.dispatch_on = tidy(draft.dispatch_number) or None, draft.dispatch_on
    campaign.issued_by, campaign.scope, campaign.basis = (
        tidy(draft.issued_by) or None,
        draft.scope.strip() or None,
        draft.basis.strip() or None,
    )
    for column, value in draft.contact.columns().items():
        setattr(campaign, column, value)
    return None


def _institutions_below(path: str) -> Select[Institution]:
    return (
        select(Institution)
        .join(Agency, Agency.id == Institution.agency_id)
        .where(Agency.path.startswith(path, autoescape=True))
        .order_by(Institution.code)
    )


def _take_in(campaign: Campaign, institutions: Select[Institution]) -> None:
    rows = [{"institution_id": i.id, "campaign_id": campaign.id} for i in db.session.scalars(institutions)]
    if rows:
        db.session.execute(insert(Participation), rows)


def _busy(campaign_id: int, institution_ids: Collection[int]) -> set[int]:
    """Those of the institutions that have something in the campaign already."""
    found: set[int] = set()
    for table in (Registration, Roster, Desk, Difficulty):
        found |= set(
            db.session.scalars(
                select(table.institution_id).where(table.campaign_id == campaign_id, table.institution_id.in_(institution_ids)).distinct()
            )
        )
    return found
