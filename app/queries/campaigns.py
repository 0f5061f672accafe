"""Campaigns as pages, services' callers and exports need them: the letter, the rule, the dates, whom to ask."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, literal, or_, select
from sqlalchemy.orm import aliased

from app import clock
from app.domain import deadlines
from app.domain.deadlines import Deadline
from app.domain.procedure import PROCEDURES, Procedure
from app.domain.scope import AgencyScope, CampaignScope, InstitutionScope
from app.domain.standing import Goal, Today
from app.extensions import db
from app.models import Agency, Campaign, Institution, Participation
from app.queries.contacts import ContactView, contact_of
from app.workdays import is_workday


@dataclass(frozen=True, slots=True)
class CampaignView:
    """One campaign. Who is younger than `guardian_below` on `ages_on` (None: on the day itself) and has no card registers through a
    guardian. `contact` is the agency's side; the institution's own is `institution_contact`, None on the agency's pages."""

    id: int
    code: str
    agency_code: str
    agency_name: str
    agency_path: str
    receiving_code: str
    receiving_name: str
    dispatch_number: str | None
    dispatch_on: date | None
    issued_by: str | None
    scope: str | None
    basis: str | None
    goal: Goal
    target: int
    starts_on: date
    deadline: Deadline
    deadline_phrase: str | None
    procedure: Procedure
    guardian_below: int
    ages_on: date | None
    keep_images: bool
    image_days: int
    takes_all: bool
    contact: ContactView | None
    institution_contact: ContactView | None

    @property
    def title(self) -> str:
        return self.dispatch_number or self.code

    @property
    def safe_day(self) -> date:
        return deadlines.safe_day(self.deadline, is_workday)

    @property
    def workdays_left(self) -> int:
        return deadlines.workdays_left(clock.today(), self.safe_day, is_workday)

    @property
    def pace(self) -> float:
        """Where today's progress should be, 0 to 1."""
        return deadlines.pace(self.starts_on, self.safe_day, clock.today(), is_workday)

    def today(self) -> Today:
        """The clock's part of every standing in this campaign."""
        day = clock.today()
        late_before = deadlines.workdays_before(day, self.procedure.office_days, is_workday)
        return Today(on=day, office_late_before=late_before, ages_on=self.ages_on or day)


def campaign(scope: CampaignScope) -> CampaignView:
    """The campaign of the scope, with the institution's contact person."""
    found = _read(_campaigns().where(Campaign.id == scope.campaign_id), scope.institution_id)
    if not found:
        raise LookupError("campaign")
    return found[0]


def institution_campaigns(scope: InstitutionScope) -> list[CampaignView]:
    """The campaigns an institution takes part in, the newest first."""
    taking_part = select(Participation.campaign_id).where(Participation.institution_id == scope.institution_id)
    return _read(_campaigns().where(Campaign.id.in_(taking_part)), scope.institution_id)


def agency_campaign(scope: AgencyScope, code: str) -> CampaignView | None:
    """A campaign that concerns the agency: one of its subtree, or one that an agency above it made."""
    found = _read(_campaigns().where(Campaign.code == code, _concerns(scope)))
    return found[0] if found else None


def agency_campaigns(scope: AgencyScope) -> list[CampaignView]:
    """All campaigns that concern the agency, the newest first."""
    return _read(_campaigns().where(_concerns(scope)))


def campaigns_with(condition: ColumnElement[bool]) -> list[CampaignView]:
    """Campaigns for a job, which belongs to no place."""
    return _read(_campaigns().where(condition))


def campaigns_by_id(numbers: Iterable[int]) -> dict[int, CampaignView]:
    """Campaigns that a job has rows of."""
    return {view.id: view for view in campaigns_with(Campaign.id.in_(list(numbers)))}


def _campaigns() -> Select[Campaign, Agency, Agency]:
    receiving = aliased(Agency)
    return (
        select(Campaign, Agency, receiving)
        .join(Agency, Agency.id == Campaign.agency_id)
        .join(receiving, receiving.id == Campaign.receiving_agency_id)
        .order_by(Campaign.deadline_on.desc(), Campaign.id.desc())
    )


def _concerns(scope: AgencyScope) -> ColumnElement[bool]:
    return or_(Agency.path.startswith(scope.path, autoescape=True), literal(scope.path).startswith(Agency.path))


def _read(statement: Select[Campaign, Agency, Agency], institution_id: int | None = None) -> list[CampaignView]:
    rows = db.session.execute(statement).all()
    institution = db.session.get(Institution, institution_id) if institution_id is not None and rows else None
    return [_view(campaign, agency, receiving, contact_of(institution)) for campaign, agency, receiving in rows]


def _view(campaign: Campaign, agency: Agency, receiving: Agency, institution_contact: ContactView | None) -> CampaignView:
    return CampaignView(
        id=campaign.id,
        code=campaign.code,
        agency_code=agency.code,
        agency_name=agency.name,
        agency_path=agency.path,
        receiving_code=receiving.code,
        receiving_name=receiving.name,
        dispatch_number=campaign.dispatch_number,
        dispatch_on=campaign.dispatch_on,
        issued_by=campaign.issued_by,
        scope=campaign.scope,
        basis=campaign.basis,
        goal=Goal(campaign.goal),
        target=campaign.target,
        starts_on=campaign.starts_on,
        deadline=Deadline(campaign.deadline_on, campaign.deadline_included),
        deadline_phrase=campaign.deadline_phrase,
        procedure=PROCEDURES[campaign.procedure].with_paper_days(campaign.paper_days),
        guardian_below=campaign.guardian_below,
        ages_on=campaign.ages_on,
        keep_images=campaign.keep_images,
        image_days=campaign.image_days,
        takes_all=campaign.takes_all,
        contact=contact_of(campaign, receiving, agency),
        institution_contact=institution_contact,
    )
