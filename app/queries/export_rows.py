"""Everybody whom a workbook lists, with all that it says of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import SQLColumnExpression, and_, func, select
from sqlalchemy.orm import aliased

from app.domain.registration import State
from app.domain.scope import CampaignScope
from app.domain.standing import Standing
from app.extensions import db
from app.models import Guardianship, Person, Registration, Unit
from app.queries.campaigns import CampaignView
from app.queries.filters import PeopleFilter, meant, standing_column, with_people, within

OPTIONAL = ("sex", "personal_id", "pupil_code", "staff_code", "phone", "email", "position")


@dataclass(frozen=True, slots=True)
class GuardianContact:
    """Whom to call about a child."""

    full_name: str
    relation: str | None
    phone: str | None


@dataclass(frozen=True, slots=True)
class ExportRow:
    """One line of the full list of a workbook."""

    id: int
    full_name: str
    unit: str | None
    birth_date: date | None
    birth_year: int | None
    sex: str | None
    personal_id: str | None
    bhxh_code: str | None
    pupil_code: str | None
    staff_code: str | None
    phone: str | None
    email: str | None
    position: str | None
    state: State
    standing: Standing
    declared_on: date | None
    paper_due_on: date | None
    handed_in_on: date | None
    submitted_on: date | None
    granted_on: date | None
    signed_in_on: date | None
    reason: str | None


def export_rows(scope: CampaignScope, campaign: CampaignView, wanted: PeopleFilter) -> Iterator[ExportRow]:
    """Everybody whom the filter means, by unit and name, for a workbook."""
    statement = (
        with_people(select(*(_export_column(name, campaign) for name in ExportRow.__slots__)))
        .outerjoin(Unit, and_(Unit.institution_id == Person.institution_id, Unit.id == Person.unit_id))
        .where(within(scope), meant(campaign, wanted))
        .order_by(Unit.sort_key.is_(None), Unit.sort_key, Person.sort_key, Person.id)
    )
    found = (ExportRow(*row) for row in db.session.execute(statement.execution_options(yield_per=2000)))
    return (replace(row, state=State(row.state), standing=Standing(row.standing)) for row in found)


def _export_column(name: str, campaign: CampaignView) -> SQLColumnExpression[Any]:
    if name == "standing":
        return standing_column(campaign)
    if name == "unit":
        return Unit.name
    column: SQLColumnExpression[Any] = getattr(Person, name, None) or getattr(Registration, name)
    return column


def guardian_contacts(scope: CampaignScope) -> dict[int, GuardianContact]:
    """For each child of the campaign whom to call: the first of their guardians who has a telephone, else the first."""
    guardian = aliased(Person)
    statement = (
        with_people(select(Guardianship.child_id, guardian.full_name, Guardianship.relation, guardian.phone))
        .join(Guardianship, and_(Guardianship.institution_id == Person.institution_id, Guardianship.child_id == Person.id))
        .join(guardian, and_(guardian.institution_id == Guardianship.institution_id, guardian.id == Guardianship.guardian_id))
        .where(within(scope))
        .order_by(guardian.phone.is_(None).desc(), guardian.id.desc())  # the one that is read last stays
    )
    rows = db.session.execute(statement.execution_options(yield_per=2000))
    return {child_id: GuardianContact(name, relation, phone) for child_id, name, relation, phone in rows}


def unused_fields(scope: CampaignScope) -> frozenset[str]:
    """Those of the optional fields that none of the people whom the scope sees has."""
    counts = db.session.execute(with_people(select(*(func.count(getattr(Person, name)) for name in OPTIONAL))).where(within(scope))).one()
    return frozenset(name for name, count in zip(OPTIONAL, counts, strict=True) if not count)
