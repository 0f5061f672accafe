"""Which institutions a campaign could take in, and which it has."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import and_, exists, func, or_, select

from app.collation import unit_key
from app.domain.scope import AgencyScope
from app.extensions import db
from app.models import Agency, Institution, Participation, Registration, Roster
from app.queries.campaigns import CampaignView


@dataclass(frozen=True, slots=True)
class Candidate:
    """`is_busy` tells that people are registered or rosters uploaded, so that the institution has to stay."""

    code: str
    name: str
    kind: str
    agency_code: str
    agency_name: str
    takes_part: bool
    is_busy: bool


def candidates(scope: AgencyScope, campaign: CampaignView) -> list[Candidate]:
    """All institutions below the campaign's agency that the scope sees, by name."""
    present = and_(Participation.institution_id == Institution.id, Participation.campaign_id == campaign.id)
    busy = or_(
        *(exists().where(table.institution_id == Institution.id, table.campaign_id == campaign.id) for table in (Registration, Roster))
    )
    statement = (
        select(Institution, Agency, Participation.campaign_id.is_not(None), busy)
        .join(Agency, Agency.id == Institution.agency_id)
        .outerjoin(Participation, present)
        .where(Agency.path.startswith(scope.path, autoescape=True), Agency.path.startswith(campaign.agency_path, autoescape=True))
    )
    found = [
        Candidate(row.code, row.name, row.kind, agency.code, agency.name, bool(takes_part), bool(is_busy))
        for row, agency, takes_part, is_busy in db.session.execute(statement)
    ]
    return sorted(found, key=lambda candidate: (unit_key(candidate.name), candidate.code))


def count_participants(scope: AgencyScope, campaign: CampaignView) -> int:
    """How many institutions of the scope take part."""
    statement = (
        select(func.count())
        .select_from(Participation)
        .join(Institution, Institution.id == Participation.institution_id)
        .join(Agency, Agency.id == Institution.agency_id)
        .where(Participation.campaign_id == campaign.id, Agency.path.startswith(scope.path, autoescape=True))
    )
    return db.session.scalar(statement) or 0
