"""Scopes for an operator at the command line, who may do everything."""

from __future__ import annotations

from sqlalchemy import exists, select

from app.domain.access import Role
from app.domain.scope import Actor, AgencyScope, CampaignScope, InstitutionScope
from app.extensions import db
from app.models import Agency, Campaign, Institution, Participation, User

OPERATOR = Actor(None, "dòng lệnh")  # kept with what it recorded, so it is data and has one language


class Unknown(LookupError):
    """There is no such place or campaign; the text says which."""


def everything() -> AgencyScope:
    """All agencies: every path begins with a slash."""
    return AgencyScope(OPERATOR, Role.ADMIN, 0, "/")


def agency(code: str) -> AgencyScope:
    row = db.session.execute(select(Agency.id, Agency.path).where(Agency.code == code)).one_or_none()
    if row is None:
        raise Unknown(f"no agency has the code {code}")
    return AgencyScope(OPERATOR, Role.ADMIN, row.id, row.path)


def institution(code: str) -> InstitutionScope:
    number = db.session.scalar(select(Institution.id).where(Institution.code == code))
    if number is None:
        raise Unknown(f"no institution has the code {code}")
    return InstitutionScope(OPERATOR, Role.ADMIN, number)


def in_campaign(institution_code: str, campaign_code: str) -> CampaignScope:
    scope = institution(institution_code)
    number = db.session.scalar(
        select(Campaign.id)
        .join(Participation, Participation.campaign_id == Campaign.id)
        .where(Campaign.code == campaign_code, Participation.institution_id == scope.institution_id)
    )
    if number is None:
        raise Unknown(f"institution {institution_code} takes no part in a campaign {campaign_code}")
    return CampaignScope(scope, number)


def is_empty() -> bool:
    """Whether nothing has been set up yet."""
    return not db.session.scalar(select(exists().where(Agency.id > 0) | exists().where(User.id > 0)))
