"""Agencies and institutions as their pages show them."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from app.domain.scope import AgencyScope, InstitutionScope
from app.extensions import db
from app.models import Agency, Institution, Unit
from app.queries.contacts import ContactView, contact_of


@dataclass(frozen=True, slots=True)
class AgencyView:
    id: int
    code: str
    name: str
    parent_code: str | None
    contact: ContactView | None


@dataclass(frozen=True, slots=True)
class InstitutionView:
    id: int
    code: str
    name: str
    kind: str
    agency_code: str
    agency_name: str
    contact: ContactView | None
    head: ContactView | None


@dataclass(frozen=True, slots=True)
class UnitView:
    id: int
    name: str


def agency(scope: AgencyScope) -> AgencyView:
    """The agency of the scope."""
    row = db.session.get_one(Agency, scope.agency_id)
    parent = db.session.get(Agency, row.parent_id) if row.parent_id else None
    inside = parent is not None and parent.path.startswith(scope.path)
    return AgencyView(row.id, row.code, row.name, parent.code if parent and inside else None, contact_of(row))


def name_above(scope: AgencyScope) -> str | None:
    """The name of the agency right above, which stands over an official table; None at the root."""
    parent = select(Agency.parent_id).where(Agency.id == scope.agency_id).scalar_subquery()
    return db.session.scalar(select(Agency.name).where(Agency.id == parent))


def agencies(scope: AgencyScope) -> list[AgencyView]:
    """The agency and all below it, in the order of the tree."""
    rows = db.session.scalars(select(Agency).where(Agency.path.startswith(scope.path, autoescape=True)).order_by(Agency.path)).all()
    codes = {row.id: row.code for row in rows}
    return [AgencyView(row.id, row.code, row.name, codes.get(row.parent_id or 0), contact_of(row)) for row in rows]


def institution(scope: InstitutionScope) -> InstitutionView:
    """The institution of the scope."""
    row, agency_row = db.session.execute(
        select(Institution, Agency).join(Agency, Agency.id == Institution.agency_id).where(Institution.id == scope.institution_id)
    ).one()
    return _institution(row, agency_row)


def institutions(scope: AgencyScope) -> list[InstitutionView]:
    """All institutions of the agency's subtree, by code."""
    statement = (
        select(Institution, Agency)
        .join(Agency, Agency.id == Institution.agency_id)
        .where(Agency.path.startswith(scope.path, autoescape=True))
        .order_by(Institution.code)
    )
    return [_institution(row, agency_row) for row, agency_row in db.session.execute(statement)]


def units(scope: InstitutionScope) -> list[UnitView]:
    """The units that the scope sees, in the order of their names."""
    statement = select(Unit.id, Unit.name).where(Unit.institution_id == scope.institution_id).order_by(Unit.sort_key, Unit.id)
    found = [UnitView(*row) for row in db.session.execute(statement)]
    return found if scope.unit_ids is None else [unit for unit in found if unit.id in scope.unit_ids]


def other_names(institution_id: int) -> tuple[str, ...]:
    """Names of all other institutions, to notice a roster that is someone else's."""
    mine = select(Institution.name).where(Institution.id == institution_id).scalar_subquery()
    statement = select(Institution.name).where(Institution.id != institution_id, func.lower(Institution.name) != func.lower(mine))
    return tuple(db.session.scalars(statement))


def _head(row: Institution) -> ContactView | None:
    return ContactView(row.head_name, row.head_phone, row.head_email) if row.head_name or row.head_email else None


def _institution(row: Institution, agency_row: Agency) -> InstitutionView:
    return InstitutionView(row.id, row.code, row.name, row.kind, agency_row.code, agency_row.name, contact_of(row), _head(row))
